/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-policy.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-retention.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

/* What newer clients send and read within a queue or a process (fact sheet 6.10). */
static const struct
{
  gboolean stale;
  const char *action;
  const char *period;
  const char *bucket;
} policies[] = {
  { FALSE, "RetentionAction", "RetentionPeriod", "RetentionBucketId" },
  { TRUE, "StaleRetentionAction", "StaleRetentionPeriod", "StaleRetentionBucketId" },
};

static const SandboxBodyField policy_fields[] = {
  { "RetentionAction", SANDBOX_BODY_ENUM, .names = sandbox_enum_retention_action },
  { "RetentionPeriod", SANDBOX_BODY_INT },
  { "RetentionBucketId", SANDBOX_BODY_INT },
  { "RetentionBucketName", SANDBOX_BODY_TEXT },
  { "StaleRetentionAction", SANDBOX_BODY_ENUM, .names = sandbox_enum_retention_action },
  { "StaleRetentionPeriod", SANDBOX_BODY_INT },
  { "StaleRetentionBucketId", SANDBOX_BODY_INT },
  { "StaleRetentionBucketName", SANDBOX_BODY_TEXT },
  { NULL },
};

static const SandboxEntitySet *
get_policy_set (const SandboxEntitySet *owner, gsize i)
{
  for (gsize j = 0; sandbox_retentions[j] != NULL; j++)
    if (sandbox_retentions[j]->owner == owner)
      return policies[i].stale ? sandbox_retentions[j]->stale : sandbox_retentions[j]->final;

  g_assert_not_reached ();
}

/* Appends the policies of an entity, each member with its comma. */
static void
append_policies (GString *json, SandboxStore *store, const SandboxEntitySet *owner, gint64 id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      const SandboxEntitySet *set = get_policy_set (owner, i);
      g_autofree char *sql = g_strdup_printf (
          "SELECT \"Action\", \"Period\", \"BucketId\" FROM \"%s\" WHERE \"%s\" = ?", set->name,
          set->key);
      sqlite3_stmt *statement;

      sandbox_retention_want (store, set, id);
      statement = sandbox_statement_open (store, sql, "i", id);
      if (sqlite3_step (statement) == SQLITE_ROW)
        {
          g_string_append_printf (json, "\"%s\":\"%s\",\"%s\":%d,", policies[i].action,
                                  sandbox_enum_retention_action[sqlite3_column_int (statement, 0)],
                                  policies[i].period, sqlite3_column_int (statement, 1));
          if (sqlite3_column_type (statement, 2) != SQLITE_NULL)
            g_string_append_printf (json, "\"%s\":%" G_GINT64_FORMAT ",", policies[i].bucket,
                                    (gint64)sqlite3_column_int64 (statement, 2));
        }
      sandbox_store_done (statement);
    }
}

void
sandbox_policy_reply (SandboxRequest *request, const SandboxEntitySet *set, guint status, gint64 id)
{
  g_autoptr (SandboxShape) shape = NULL;
  g_autoptr (SandboxWriter) writer = NULL;
  g_autoptr (GString) head = NULL;
  g_autofree char *context = NULL;
  GString *json = NULL;

  g_return_if_fail (request != NULL && set != NULL);

  shape = sandbox_shape_new (set);
  writer = sandbox_writer_new (request->store, shape, TRUE);
  context = g_strconcat (set->name, "/$entity", NULL);
  head = sandbox_request_begin_json (request, context);
  json = g_string_new (NULL);
  append_policies (head, request->store, set, id);
  /* The writer has the brace. */
  sandbox_writer_write (writer, json, id, head->str + 1);
  sandbox_reply_json (request, status, json);
}

/* Takes the policies out of the body. Returns: (transfer full): what is left is the entity. */
static JsonObject *
split_body (SandboxRequest *request, JsonObject **policy)
{
  g_auto (GStrv) names = baton_json_dup_names (request->body);
  JsonObject *entity = json_object_new ();

  *policy = json_object_new ();
  for (gsize i = 0; names[i] != NULL; i++)
    {
      gboolean is_policy = FALSE;

      if (baton_json_peek_node (request->body, names[i]) == NULL)
        continue;
      for (const SandboxBodyField *field = policy_fields; field->name != NULL; field++)
        is_policy = is_policy || g_str_equal (field->name, names[i]);
      json_object_set_member (is_policy ? *policy : entity, names[i],
                              json_node_copy (baton_json_peek_node (request->body, names[i])));
    }

  return entity;
}

static gboolean
write_policies (SandboxRequest *request, const SandboxEntitySet *set, gint64 id, JsonObject *body)
{
  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      gint64 days = policies[i].stale ? SANDBOX_RETENTION_STALE_DAYS : SANDBOX_RETENTION_FINAL_DAYS;

      if ((sandbox_body_has (body, policies[i].action)
           || sandbox_body_has (body, policies[i].period))
          && !sandbox_retention_set (
              request, get_policy_set (set, i), id,
              sandbox_body_get_enum (body, policies[i].action, sandbox_enum_retention_action, 0),
              baton_json_peek_int (body, policies[i].period, days),
              baton_json_peek_int (body, policies[i].bucket, 0)))
        return FALSE;
    }

  return TRUE;
}

gint64
sandbox_policy_write (SandboxRequest *request,
                      const SandboxEntitySet *set,
                      gint64 id,
                      const char *name)
{
  g_autoptr (JsonObject) policy = NULL;
  g_autoptr (JsonObject) entity = NULL;

  g_return_val_if_fail (request != NULL && set != NULL, 0);

  entity = split_body (request, &policy);
  if (!sandbox_body_check (request, policy, name, policy_fields))
    return 0;

  sandbox_store_begin (request->store);
  if (id == 0)
    id = sandbox_write_create (request, set, entity);
  else if (!sandbox_write_change (request, set, id, entity, SANDBOX_WRITE_REPLACE))
    id = 0;
  if (id != 0 && write_policies (request, set, id, policy))
    {
      sandbox_store_commit (request->store);
      return id;
    }
  sandbox_store_rollback (request->store);

  return 0;
}
