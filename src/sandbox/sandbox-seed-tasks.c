/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed-private.h"
#include "sandbox-statement.h"
#include "sandbox-task.h"

#define N_TASKS 60

typedef struct
{
  const char *name;
  const char *description;
} Catalog;

static const Catalog catalogs[] = {
  { "Invoice approvals", "Invoices above the limit, and those without an order" },
  { "Document checks", "What the models were not sure of" },
  { "New hires", "Questions to the departments about new colleagues" },
};

typedef struct
{
  const char *title;  /* with one %u */
  const char *data;   /* JSON with two %u */
  const char *layout; /* (nullable): of a form */
  SandboxTaskType type;
  guint catalog;
  const char *action; /* that most of them end with */
} Kind;

#define LAYOUT(label, key)                                                                         \
  "{\"display\":\"form\",\"components\":[{\"type\":\"number\",\"key\":\"" key                      \
  "\",\"label\":\"" label                                                                          \
  "\"},{\"type\":\"button\",\"action\":\"submit\",\"label\":\"Approve\",\"key\":"                  \
  "\"approve\"},{\"type\":\"button\",\"action\":\"submit\",\"label\":\"Reject\",\"key\":"          \
  "\"reject\"}]}"

static const Kind kinds[] = {
  { "Approve invoice INV-%06u",
    "{\"InvoiceNumber\":\"INV-%06u\",\"Amount\":%u,\"Currency\":\"EUR\"}",
    LAYOUT ("Amount", "Amount"), SANDBOX_TASK_FORM, 0, "approve" },
  { "Check the fields of document %u", "{\"Document\":\"scan-%u.pdf\",\"Confidence\":0.%u}", NULL,
    SANDBOX_TASK_DOCUMENT_VALIDATION, 1, "submit" },
  { "Is document %u an order?", "{\"Document\":\"scan-%u.pdf\",\"Pages\":%u}", NULL,
    SANDBOX_TASK_DOCUMENT_CLASSIFICATION, 1, "submit" },
  { "Equipment for employee E%05u", "{\"EmployeeId\":\"E%u\",\"Laptops\":%u}", NULL,
    SANDBOX_TASK_EXTERNAL, 2, "done" },
  { "Travel expenses, claim %u", "{\"Claim\":%u,\"Total\":%u}", NULL, SANDBOX_TASK_APP, 0,
    "approve" },
  { "Label the complaints of batch %u", "{\"Batch\":%u,\"Messages\":%u}", NULL,
    SANDBOX_TASK_DATA_LABELING, 1, "submit" },
};

static gint64
add_catalog (SandboxSeed *self, const Catalog *catalog, gint64 folder)
{
  char key[37];

  return sandbox_insert (
      self->store, "TaskCatalogs", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_INT ("OrganizationUnitId", folder),
      SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)), SANDBOX_TEXT ("Name", catalog->name),
      SANDBOX_TEXT ("Description", catalog->description), SANDBOX_INT ("Encrypted", FALSE),
      SANDBOX_TIME ("CreationTime", self->now - 200 * SANDBOX_DAY));
}

/* The definition of the claims of travel expenses. Returns: the id of its properties. */
static gint64
add_definition (SandboxSeed *self)
{
  char key[37];
  gint64 created = self->now - 90 * SANDBOX_DAY;
  gint64 id = sandbox_insert (
      self->store, "TaskDefinitions", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)), SANDBOX_TEXT ("Name", "Travel expenses"),
      SANDBOX_TEXT ("Description", "A claim that a manager looks at"),
      SANDBOX_TIME ("CreationTime", created), SANDBOX_INT ("CreatorUserId", self->admin));

  return sandbox_insert (
      self->store, "TaskDefinitionVersions", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_INT ("TaskDefinitionId", id), SANDBOX_INT ("Version", 1),
      SANDBOX_TEXT ("Schema", "{\"type\":\"object\",\"properties\":{\"Claim\":{\"type\":"
                              "\"integer\"},\"Total\":{\"type\":\"number\"}}}"),
      SANDBOX_TEXT ("AllowedActions", "[\"approve\",\"reject\"]"),
      SANDBOX_TIME ("CreationTime", created), SANDBOX_INT ("CreatorUserId", self->admin));
}

static void
log_activity (
    SandboxSeed *self, gint64 folder, gint64 task, SandboxTaskActivity activity, gint64 time)
{
  char key[37];

  sandbox_insert (
      self->store, "TaskActivities", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_INT ("OrganizationUnitId", folder),
      SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)), SANDBOX_INT ("TaskId", task),
      SANDBOX_INT ("ActivityType", activity), SANDBOX_INT ("CreatorUserId", self->admin),
      SANDBOX_ID ("TargetUserId", activity == SANDBOX_ACTIVITY_ASSIGNED ? self->admin : 0),
      SANDBOX_TIME ("CreationTime", time));
}

/* The older they are, the more of them are done. */
static SandboxTaskStatus
choose_status (guint left)
{
  if (left <= 8)
    return SANDBOX_TASK_UNASSIGNED;

  return left % 5 == 1 || left <= 16 ? SANDBOX_TASK_PENDING : SANDBOX_TASK_COMPLETED;
}

static void
add_task (
    SandboxSeed *self, guint left, gint64 folder, const gint64 *catalog_ids, gint64 properties)
{
  guint number = N_TASKS - left;
  const Kind *kind = &kinds[number % G_N_ELEMENTS (kinds)];
  SandboxTaskStatus status = choose_status (left);
  gint64 created = self->now - left * 11 * SANDBOX_HOUR - number * SANDBOX_MINUTE;
  gint64 assigned = created + (5 + sandbox_seed_below (self, 90)) * SANDBOX_MINUTE;
  gint64 completed = assigned + (2 + sandbox_seed_below (self, 300)) * SANDBOX_MINUTE;
  gboolean done = status == SANDBOX_TASK_COMPLETED;
  gboolean is_app = kind->type == SANDBOX_TASK_APP;
  char title[96], data[192], key[37];
  gint64 id;

  sandbox_row_format (title, sizeof title, kind->title, 4100 + number, 0);
  sandbox_row_format (data, sizeof data, kind->data, 4100 + number,
                      1 + sandbox_seed_below (self, 90));
  id = sandbox_insert (
      self->store, "Tasks", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_INT ("OrganizationUnitId", folder),
      SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)), SANDBOX_INT ("Status", status),
      SANDBOX_INT ("TaskAssignmentCriteria", 0), SANDBOX_TEXT ("Title", title),
      SANDBOX_INT ("Type", kind->type), SANDBOX_INT ("Priority", number % 7 == 0 ? 2 : 1),
      SANDBOX_TEXT ("Data", data), SANDBOX_TEXT ("FormLayout", kind->layout),
      SANDBOX_TEXT ("AppTasksMetadata",
                    is_app ? "{\"appId\":\"IDc0ffee\",\"appVersion\":1}" : NULL),
      SANDBOX_ID ("TaskDefinitionPropertiesId", is_app ? properties : 0),
      SANDBOX_INT ("TaskCatalogId", catalog_ids[kind->catalog]), SANDBOX_INT ("Encrypted", FALSE),
      SANDBOX_TEXT ("Action", done ? kind->action : NULL), SANDBOX_INT ("IsDeleted", FALSE),
      SANDBOX_ID ("AssignedToUserId", status == SANDBOX_TASK_UNASSIGNED ? 0 : self->admin),
      SANDBOX_TIME ("LastAssignedTime", status == SANDBOX_TASK_UNASSIGNED ? 0 : assigned),
      SANDBOX_ID ("CompletedByUserId", done ? self->admin : 0),
      SANDBOX_TIME ("CompletionTime", done ? completed : 0), SANDBOX_TIME ("CreationTime", created),
      SANDBOX_INT ("CreatorUserId", self->admin));

  log_activity (self, folder, id, SANDBOX_ACTIVITY_CREATED, created);
  if (status != SANDBOX_TASK_UNASSIGNED)
    log_activity (self, folder, id, SANDBOX_ACTIVITY_ASSIGNED, assigned);
  if (done)
    log_activity (self, folder, id, SANDBOX_ACTIVITY_COMPLETED, completed);
}

/* What somebody wrote beside the tasks that wait. */
static void
add_notes (SandboxSeed *self)
{
  sandbox_statement_run (
      self->store,
      "INSERT INTO \"TaskNotes\" (\"Key\", \"TenantId\", \"OrganizationUnitId\", \"TaskId\", "
      "\"Text\", \"CreatorUserId\", \"CreationTime\") SELECT \"Key\", \"TenantId\", "
      "\"OrganizationUnitId\", \"Id\", 'Waiting for an answer of the supplier.', ?2, "
      "\"LastAssignedTime\" FROM \"Tasks\" WHERE \"TenantId\" = ?1 AND \"Status\" = 1",
      "ii", self->tenant, self->admin);
}

void
sandbox_seed_tasks (SandboxSeed *self)
{
  gint64 folder = sandbox_seed_get_folder (self, "Shared")->id;
  gint64 ids[G_N_ELEMENTS (catalogs)];
  gint64 properties = add_definition (self);

  for (gsize i = 0; i < G_N_ELEMENTS (catalogs); i++)
    ids[i] = add_catalog (self, &catalogs[i], folder);
  for (guint left = sandbox_seed_share (self, N_TASKS); left > 0; left--)
    add_task (self, left, folder, ids, properties);
  add_notes (self);
}
