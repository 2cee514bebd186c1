/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-snapshots.h"

#include "sandbox-clock.h"
#include "sandbox-control.h"
#include "sandbox-writer.h"

/* The seed of a million jobs is made again rather than kept. */
#define MAX_IMAGE (64 * 1024 * 1024)
#define MAX_SNAPSHOTS 100
#define MAX_NAME 128
/* The seed ends now; an image of it that is older than this is made again. */
#define MAX_AGE (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  sqlite3 *image; /* (owned) */
  gint64 time;
  gint64 size;
} Snapshot;

struct _SandboxSnapshots
{
  SandboxStore *store; /* (owned) */
  SandboxSnapshotsSeed seed;
  gconstpointer user_data; /* (unowned) */
  GHashTable *named;       /* (owned): name -> Snapshot */
  Snapshot *pristine;      /* (owned) (nullable) */
  guint idle;
  guint64 generation; /* of the store as it was seeded */
};

static void
snapshot_free (Snapshot *self)
{
  if (self == NULL)
    return;

  sqlite3_close (self->image);
  g_free (self);
}

static Snapshot *
snapshot_new (SandboxStore *store)
{
  Snapshot *self = g_new0 (Snapshot, 1);

  self->image = sandbox_store_copy (store);
  self->time = sandbox_clock_now ();
  self->size = sandbox_store_get_size (store);

  return self;
}

SandboxSnapshots *
sandbox_snapshots_new (SandboxStore *store, SandboxSnapshotsSeed seed, gconstpointer user_data)
{
  SandboxSnapshots *self;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), NULL);
  g_return_val_if_fail (seed != NULL, NULL);

  self = g_new0 (SandboxSnapshots, 1);
  self->store = g_object_ref (store);
  self->seed = seed;
  self->user_data = user_data;
  self->named
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)snapshot_free);

  return self;
}

void
sandbox_snapshots_free (SandboxSnapshots *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->idle, g_source_remove);
  g_hash_table_unref (self->named);
  snapshot_free (self->pristine);
  g_object_unref (self->store);
  g_free (self);
}

static gboolean
keep_cb (gpointer user_data)
{
  SandboxSnapshots *self = user_data;

  self->idle = 0;
  if (self->pristine == NULL && self->generation == sandbox_store_get_generation (self->store))
    self->pristine = snapshot_new (self->store);

  return G_SOURCE_REMOVE;
}

void
sandbox_snapshots_keep_seed (SandboxSnapshots *self, gboolean now)
{
  g_return_if_fail (self != NULL);

  if (self->idle != 0 || sandbox_store_get_size (self->store) > MAX_IMAGE)
    return;
  self->generation = sandbox_store_get_generation (self->store);
  if (now)
    keep_cb (self);
  else
    self->idle = g_idle_add_full (G_PRIORITY_LOW, keep_cb, self, NULL);
}

static void
make_pristine (SandboxSnapshots *self)
{
  g_autoptr (SandboxStore) fresh = self->seed (self->user_data);

  g_clear_pointer (&self->pristine, snapshot_free);
  self->pristine = snapshot_new (fresh);
}

static gboolean
prepare_cb (gpointer user_data)
{
  SandboxSnapshots *self = user_data;

  self->idle = 0;
  if (self->pristine == NULL)
    make_pristine (self);

  return G_SOURCE_REMOVE;
}

void
sandbox_snapshots_prepare_seed (SandboxSnapshots *self)
{
  g_return_if_fail (self != NULL);

  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_LOW, prepare_cb, self, NULL);
}

gboolean
sandbox_snapshots_reset (SandboxSnapshots *self)
{
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->pristine == NULL || ABS (sandbox_clock_now () - self->pristine->time) > MAX_AGE)
    make_pristine (self);
  done = sandbox_store_restore (self->store, self->pristine->image);
  if (self->pristine->size > MAX_IMAGE)
    g_clear_pointer (&self->pristine, snapshot_free);

  return done;
}

/* Answers where there is none. Returns: (nullable): the snapshot that the address names. */
static Snapshot *
find (SandboxRequest *request, const char **name)
{
  SandboxSnapshots *self = sandbox_server_get_snapshots (request->server);
  Snapshot *found;

  *name = sandbox_request_get_argument (request, "name");
  found = g_hash_table_lookup (self->named, *name);
  if (found == NULL)
    sandbox_reply_error (request, SOUP_STATUS_NOT_FOUND, 0, "There is no snapshot '%s'.", *name);

  return found;
}

static void
append (GString *json, const char *name, const Snapshot *snapshot)
{
  g_string_append (json, "{\"name\":");
  sandbox_json_append_string (json, name);
  g_string_append (json, ",\"time\":");
  sandbox_json_append_time (json, snapshot->time);
  g_string_append_printf (json, ",\"bytes\":%" G_GINT64_FORMAT "}", snapshot->size);
}

static void
list_cb (SandboxRequest *request)
{
  SandboxSnapshots *self = sandbox_server_get_snapshots (request->server);
  GString *json = g_string_new ("{\"snapshots\":[");
  g_autoptr (GList) names
      = g_list_sort (g_hash_table_get_keys (self->named), (GCompareFunc)g_strcmp0);

  for (GList *l = names; l != NULL; l = l->next)
    {
      if (l != names)
        g_string_append_c (json, ',');
      append (json, l->data, g_hash_table_lookup (self->named, l->data));
    }
  g_string_append (json, "]}");
  sandbox_control_reply (request, json);
}

static void
save_cb (SandboxRequest *request)
{
  SandboxSnapshots *self = sandbox_server_get_snapshots (request->server);
  const char *name = sandbox_request_get_argument (request, "name");
  Snapshot *snapshot;
  GString *json;

  if (strlen (name) > MAX_NAME
      || (g_hash_table_size (self->named) >= MAX_SNAPSHOTS
          && !g_hash_table_contains (self->named, name)))
    {
      sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, 0,
                           "There may be %d snapshots, with names of %d bytes.", MAX_SNAPSHOTS,
                           MAX_NAME);
      return;
    }

  snapshot = snapshot_new (self->store);
  json = g_string_new (NULL);
  append (json, name, snapshot);
  g_hash_table_insert (self->named, g_strdup (name), snapshot);
  sandbox_reply_json (request, SOUP_STATUS_CREATED, json);
}

static void
restore_cb (SandboxRequest *request)
{
  const char *name;
  Snapshot *snapshot = find (request, &name);

  if (snapshot == NULL)
    return;
  if (sandbox_store_restore (request->store, snapshot->image))
    sandbox_reply_empty (request, SOUP_STATUS_NO_CONTENT);
  else
    sandbox_reply_error (request, SOUP_STATUS_INTERNAL_SERVER_ERROR, 0,
                         "The snapshot could not be restored.");
}

static void
remove_cb (SandboxRequest *request)
{
  const char *name;

  if (find (request, &name) == NULL)
    return;
  g_hash_table_remove (sandbox_server_get_snapshots (request->server)->named, name);
  sandbox_reply_empty (request, SOUP_STATUS_NO_CONTENT);
}

const SandboxOperation sandbox_snapshots_operations[] = {
  SANDBOX_CONTROL ("GET", "/snapshots", list_cb),
  SANDBOX_CONTROL ("PUT", "/snapshots/{name}", save_cb),
  SANDBOX_CONTROL ("POST", "/snapshots/{name}/restore", restore_cb),
  SANDBOX_CONTROL ("DELETE", "/snapshots/{name}", remove_cb),
  { NULL },
};
