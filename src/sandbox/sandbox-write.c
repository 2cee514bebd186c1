/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-write.h"

#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-change.h"
#include "sandbox-event.h"
#include "sandbox-folder.h"
#include "sandbox-permission.h"
#include "sandbox-schema.h"
#include "sandbox-share.h"
#include "sandbox-statement.h"

#define ERROR_INVALID_REQUEST 1000
#define ERROR_NAME_USED 1001
#define ERROR_NOT_FOUND 1002

/* The writes by method, each with the permission that it needs of the set's subject. */
static const struct
{
  SandboxWrites write;
  const char *method;
  gboolean with_key;
  const char *permission;
} kinds[] = {
  { SANDBOX_WRITE_CREATE, "POST", FALSE, "Create" },
  { SANDBOX_WRITE_REPLACE, "PUT", TRUE, "Edit" },
  { SANDBOX_WRITE_REPLACE_QUIET, "PUT", TRUE, "Edit" },
  { SANDBOX_WRITE_REPLACE_EMPTY, "PUT", TRUE, "Edit" },
  { SANDBOX_WRITE_PATCH, "PATCH", TRUE, "Edit" },
  { SANDBOX_WRITE_PATCH_QUIET, "PATCH", TRUE, "Edit" },
  { SANDBOX_WRITE_DELETE, "DELETE", TRUE, "Delete" },
};

SandboxWrites
sandbox_write_find (const SandboxEntitySet *set, const char *method, gboolean with_key)
{
  g_return_val_if_fail (set != NULL && method != NULL, SANDBOX_WRITE_NONE);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if ((set->writes & kinds[i].write) != 0 && kinds[i].with_key == with_key
          && g_str_equal (kinds[i].method, method))
        return kinds[i].write;
    }

  return SANDBOX_WRITE_NONE;
}

/* Returns: (transfer full): that the row "t" lies in the folder ?3, where the set lies in folders.
 */
static char *
make_inside (const SandboxEntitySet *set)
{
  return sandbox_schema_has_folder (set) ? sandbox_share_make_condition (set, "?3")
                                         : g_strdup ("?3 IS NOT NULL");
}

gint64
sandbox_write_find_row (SandboxRequest *request,
                        const SandboxEntitySet *set,
                        const char *field,
                        const char *key)
{
  g_autofree char *inside = NULL;
  g_autofree char *sql = NULL;
  gint64 id;

  g_return_val_if_fail (request != NULL && set != NULL && field != NULL && key != NULL, 0);

  inside = make_inside (set);
  sql = g_strdup_printf ("SELECT rowid FROM \"%s\" AS t WHERE \"%s\" = ?1 AND \"TenantId\" = ?2"
                         " AND %s",
                         set->name, field, inside);
  id = sandbox_statement_ask (request->store, sql, "sii", key, request->tenant, request->folder);

  if (id == 0)
    sandbox_reply_error (request, 404, ERROR_NOT_FOUND,
                         "%s has none with the key '%s', or not in this folder.", set->name, key);

  return id;
}

/* Answers where another row of the tenant, or of the folder, has the same name. */
static gboolean
check_unique (SandboxRequest *request, SandboxChange *change)
{
  const SandboxEntitySet *set = change->set;
  const char *name = set->unique != NULL ? sandbox_change_get_text (change, set->unique) : NULL;
  g_autofree char *inside = NULL;
  g_autofree char *sql = NULL;
  gboolean is_used;

  if (name == NULL)
    return TRUE;

  inside = make_inside (set);
  sql = g_strdup_printf ("SELECT 1 FROM \"%s\" AS t WHERE \"%s\" = ?1 AND \"TenantId\" = ?2 AND %s"
                         " AND rowid <> ?4",
                         set->name, set->unique, inside);
  is_used = sandbox_statement_ask (request->store, sql, "siii", name, request->tenant,
                                   request->folder, change->id)
            != 0;

  if (is_used)
    sandbox_reply_error (request, 409, ERROR_NAME_USED, "The name %s is already used.", name);

  return !is_used;
}

static void
tell (SandboxRequest *request,
      const SandboxEntitySet *set,
      gint64 id,
      const char *action,
      const char *past,
      JsonObject *body)
{
  if (set->component != NULL)
    sandbox_audit_row (request, set, action, id, body);
  if (set->event != NULL)
    {
      g_autofree char *type = g_strconcat (set->event, ".", past, NULL);
      g_autofree char *member = g_strdup (set->event);

      member[0] = g_ascii_toupper (member[0]);
      sandbox_event_emit (request->store, &(SandboxEvent){ type, request->tenant, request->folder,
                                                           request->user, member, set, id });
    }
}

static gboolean
write_row (SandboxRequest *request, SandboxChange *change)
{
  const SandboxSetHooks *hooks = change->set->hooks;
  gboolean is_new = change->kind == SANDBOX_WRITE_CREATE;

  if (hooks != NULL && hooks->check != NULL && !hooks->check (request, change))
    return FALSE;
  if (!check_unique (request, change))
    return FALSE;

  sandbox_change_write (change, request);
  if (hooks != NULL && hooks->written != NULL && !hooks->written (request, change))
    return FALSE;

  tell (request, change->set, change->id, is_new ? "Create" : "Update",
        is_new ? "created" : "updated", change->body);

  return TRUE;
}

static gboolean
run_change (SandboxRequest *request, SandboxChange *change)
{
  gboolean ok;

  sandbox_store_begin (request->store);
  ok = write_row (request, change);
  if (ok)
    sandbox_store_commit (request->store);
  else
    sandbox_store_rollback (request->store);

  return ok;
}

gint64
sandbox_write_create (SandboxRequest *request, const SandboxEntitySet *set, JsonObject *body)
{
  g_autoptr (SandboxChange) change = NULL;

  g_return_val_if_fail (request != NULL && set != NULL, 0);

  change = sandbox_change_new (request, set, body, SANDBOX_WRITE_CREATE, 0);

  return change != NULL && run_change (request, change) ? change->id : 0;
}

gboolean
sandbox_write_change (SandboxRequest *request,
                      const SandboxEntitySet *set,
                      gint64 id,
                      JsonObject *body,
                      SandboxWrites kind)
{
  g_autoptr (SandboxChange) change = NULL;

  g_return_val_if_fail (request != NULL && set != NULL && id != 0, FALSE);

  change = sandbox_change_new (request, set, body, kind, id);

  return change != NULL && run_change (request, change);
}

static gboolean
delete_row (SandboxRequest *request, const SandboxEntitySet *set, gint64 id)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE rowid = ?", set->name);
  sqlite3_stmt *statement;

  if (set->hooks != NULL && set->hooks->may_delete != NULL && !set->hooks->may_delete (request, id))
    return FALSE;

  tell (request, set, id, "Delete", "deleted", NULL);
  statement = sandbox_store_prepare (request->store, sql);
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_step (statement);
  sandbox_store_done (statement);

  return TRUE;
}

gboolean
sandbox_write_delete (SandboxRequest *request, const SandboxEntitySet *set, gint64 id)
{
  gboolean ok;

  g_return_val_if_fail (request != NULL && set != NULL && id != 0, FALSE);

  sandbox_store_begin (request->store);
  ok = delete_row (request, set, id);
  if (ok)
    sandbox_store_commit (request->store);
  else
    sandbox_store_rollback (request->store);

  return ok;
}

/* Answers where one is not there, or may not go. */
static gboolean
delete_all (SandboxRequest *request, const SandboxEntitySet *set, GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *key
          = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (ids, gint64, i));
      gint64 id = sandbox_write_find_row (request, set, set->key, key);

      if (id == 0 || !sandbox_write_delete (request, set, id))
        return FALSE;
    }

  return TRUE;
}

void
sandbox_write_delete_bulk (SandboxRequest *request, const SandboxEntitySet *set, const char *member)
{
  const SandboxBodyField fields[] = { { member, SANDBOX_BODY_ARRAY }, { NULL } };
  g_autoptr (GArray) ids = NULL;

  g_return_if_fail (request != NULL && set != NULL && member != NULL);

  if (!sandbox_body_check (request, request->body, "deleteBulkParameters", fields)
      || !sandbox_body_require (request, request->body, member, NULL))
    return;
  ids = sandbox_body_read_ids (request, request->body, member);
  if (ids == NULL)
    return;

  sandbox_store_begin (request->store);
  if (!delete_all (request, set, ids))
    {
      sandbox_store_rollback (request->store);
      return;
    }
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

static gboolean
is_allowed (SandboxRequest *request, const SandboxEntitySet *set, SandboxWrites write)
{
  g_autofree char *permission = NULL;
  /* A row is written into one folder, also where a list may be over all. */
  SandboxScope scope
      = set->scope == SANDBOX_SCOPE_TENANT ? SANDBOX_SCOPE_TENANT : SANDBOX_SCOPE_FOLDER;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].write == write)
      permission = sandbox_entity_set_dup_permission (set, kinds[i].permission);

  return sandbox_folder_resolve (request, scope)
         && (permission == NULL || sandbox_permission_check (request, permission));
}

void
sandbox_write_run (SandboxRequest *request, const SandboxEntitySet *set, SandboxWrites write)
{
  const SandboxWrites replaces =
      SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_REPLACE_QUIET | SANDBOX_WRITE_REPLACE_EMPTY;
  const SandboxWrites quiet = SANDBOX_WRITE_REPLACE_QUIET | SANDBOX_WRITE_PATCH_QUIET;
  gint64 id;

  g_return_if_fail (request != NULL && set != NULL && write != SANDBOX_WRITE_NONE);

  if (!is_allowed (request, set, write))
    return;

  if (write == SANDBOX_WRITE_CREATE)
    {
      id = sandbox_write_create (request, set, request->body);
      if (id != 0)
        sandbox_reply_entity (request, 201, set, id);
      return;
    }

  id = sandbox_write_find_row (request, set, set->key, request->key);
  if (id == 0)
    return;
  if (write == SANDBOX_WRITE_DELETE)
    {
      if (sandbox_write_delete (request, set, id))
        sandbox_reply_empty (request, 204);
    }
  else if (sandbox_write_change (request, set, id, request->body,
                                 (write & replaces) != 0 ? SANDBOX_WRITE_REPLACE
                                                         : SANDBOX_WRITE_PATCH))
    {
      if (write == SANDBOX_WRITE_REPLACE_EMPTY)
        sandbox_reply_empty (request, 204);
      else if ((write & quiet) != 0)
        sandbox_reply_empty (request, 200);
      else
        sandbox_reply_entity (request, 200, set, id);
    }
}
