/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed-private.h"
#include "sandbox-statement.h"

#define N_LINES 60

/* What people did, and the set of what they did it to. */
typedef struct
{
  const char *component;
  const char *action;
  const char *set;
  const char *name; /* column */
  const char *past; /* as the text of the operation says it */
} Deed;

static const Deed deeds[] = {
  { "Jobs", "StartJob", "Releases", "Name", "started a job of" },
  { "Assets", "Update", "Assets", "Name", "updated the asset" },
  { "Schedules", "Toggle", "ProcessSchedules", "Name", "switched the trigger" },
  { "Jobs", "StopJob", "Releases", "Name", "stopped a job of" },
  { "Queues", "Update", "QueueDefinitions", "Name", "updated the queue" },
  { "Packages", "Upload", "Processes", "Key", "uploaded the package" },
  { "Processes", "Update", "Releases", "Name", "updated the process" },
  { "Machines", "Create", "Machines", "Name", "created the machine" },
  { "Users", "Assign", "Users", "UserName", "assigned roles to the user" },
};

typedef struct
{
  gint64 id;
  char *name; /* (owned) */
} Entity;

typedef struct
{
  GArray *entities[G_N_ELEMENTS (deeds)]; /* (owned): Entity */
  GArray *people;                         /* (owned): Entity */
} Cast;

static void
entity_clear (Entity *self)
{
  g_free (self->name);
}

static GArray *
list_entities (SandboxSeed *self, const char *set, const char *name, const char *condition)
{
  GArray *entities = g_array_new (FALSE, TRUE, sizeof (Entity));
  g_autofree char *sql
      = g_strdup_printf ("SELECT rowid, \"%s\" FROM \"%s\" WHERE \"TenantId\" = ?%s ORDER BY rowid"
                         " LIMIT 20",
                         name, set, condition);
  sqlite3_stmt *statement = sandbox_statement_open (self->store, sql, "i", self->tenant);

  g_array_set_clear_func (entities, (GDestroyNotify)entity_clear);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Entity entity = { sqlite3_column_int64 (statement, 0),
                        g_strdup ((const char *)sqlite3_column_text (statement, 1)) };

      g_array_append_val (entities, entity);
    }
  sandbox_store_done (statement);

  return entities;
}

static void
add_line (SandboxSeed *self, const Cast *cast, gint64 time)
{
  guint n = sandbox_seed_below (self, G_N_ELEMENTS (deeds));
  const Deed *deed = &deeds[n];
  const Entity *who
      = &g_array_index (cast->people, Entity, sandbox_seed_below (self, cast->people->len));
  const Entity *what = &g_array_index (cast->entities[n], Entity,
                                       sandbox_seed_below (self, cast->entities[n]->len));
  g_autofree char *text = g_strdup_printf ("User %s %s %s", who->name, deed->past, what->name);
  gint64 log = sandbox_insert (
      self->store, "AuditLogs", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_TEXT ("ServiceName", deed->component), SANDBOX_TEXT ("MethodName", deed->action),
      SANDBOX_TEXT ("Parameters", "{}"), SANDBOX_TIME ("ExecutionTime", time),
      SANDBOX_ENUM ("Component", deed->component), SANDBOX_ENUM ("Action", deed->action),
      SANDBOX_TEXT ("DisplayName", what->name), SANDBOX_INT ("EntityId", what->id),
      SANDBOX_TEXT ("OperationText", text), SANDBOX_TEXT ("UserName", who->name),
      SANDBOX_ENUM ("UserType", "User"), SANDBOX_INT ("UserId", who->id),
      SANDBOX_INT ("UserIsDeleted", FALSE));

  sandbox_insert (self->store, "AuditLogEntities", SANDBOX_INT ("TenantId", self->tenant),
                  SANDBOX_INT ("AuditLogId", log), SANDBOX_TEXT ("CustomData", "{}"),
                  SANDBOX_INT ("EntityId", what->id), SANDBOX_TEXT ("EntityName", deed->component),
                  SANDBOX_ENUM ("Action", deed->action));
}

void
sandbox_seed_audit (SandboxSeed *self)
{
  Cast cast = { 0 };
  guint n_lines = sandbox_seed_share (self, N_LINES);
  guint step = SANDBOX_SEED_DAYS * 24 * 60 / n_lines;

  cast.people = list_entities (self, "Users", "UserName", " AND \"Type\" = 0");
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    cast.entities[i] = list_entities (self, deeds[i].set, deeds[i].name, "");

  for (guint i = n_lines; i > 0; i--)
    add_line (self, &cast,
              self->now - (i * step - sandbox_seed_below (self, step)) * SANDBOX_MINUTE);

  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    g_array_unref (cast.entities[i]);
  g_array_unref (cast.people);
}
