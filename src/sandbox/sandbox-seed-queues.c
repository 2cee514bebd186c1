/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-fault.h"
#include "sandbox-seed-private.h"
#include "sandbox-statement.h"

typedef struct
{
  const char *name;
  const char *folder;
  const char *description;
  const char *reference; /* with one %u */
  const char *content;   /* with two %u */
  guint retries;
  guint weight;
  gboolean unique;
  gboolean both;
} Queue;

static const Queue queues[] = {
  { "Invoices_Inbound",
    "Shared",
    "Invoices that came by e-mail, one item each",
    "INV-%06u",
    "{\"InvoiceNumber\":\"%u\",\"Supplier\":\"Nordwind Logistik "
    "GmbH\",\"Amount\":%u.50,\"Currency\":\"EUR\","
    "\"DueDate\":\"2026-02-28T00:00:00Z\"}",
    2,
    34,
    TRUE,
    TRUE },
  { "Orders_Web",
    "Shared",
    "Orders of the web shop",
    "SO-%06u",
    "{\"OrderNumber\":\"%u\",\"Customer\":\"Bistro Le Jardin\",\"Lines\":%u,\"Express\":false}",
    3,
    26,
    TRUE,
    TRUE },
  { "Bank_Statements",
    "Shared",
    "Statement lines that found no open item",
    "ST-%06u",
    "{\"Account\":\"DE89370400440532013000\",\"Line\":%u,\"Amount\":%u.00,\"Purpose\":\"RE 4711 "
    "vielen Dank\"}",
    1,
    12,
    FALSE,
    TRUE },
  { "New_Hires",
    "Shared",
    "New colleagues, from the HR system",
    "E%05u",
    "{\"EmployeeId\":\"E%u\",\"Name\":\"Lucía "
    "Fernández\",\"Department\":\"Logistics\",\"Equipment\":%u}",
    1,
    5,
    TRUE,
    TRUE },
  { "Customer_Changes",
    "Shared",
    "Addresses that changed in the CRM",
    "CU-%06u",
    "{\"CustomerId\":%u,\"Street\":\"Hauptstraße %u\",\"City\":\"Köln\"}",
    2,
    10,
    FALSE,
    FALSE },
  { "Invoices_EMEA",
    "Finance/Accounts Payable/EMEA",
    "As Invoices_Inbound, for EMEA",
    "EM-%06u",
    "{\"InvoiceNumber\":\"%u\",\"Amount\":%u.10,\"Currency\":\"GBP\"}",
    2,
    5,
    TRUE,
    FALSE },
  { "Accounts_To_Create",
    "Human Resources/Onboarding",
    "Accounts of new colleagues",
    "AC-%05u",
    "{\"EmployeeId\":\"E%u\",\"System\":\"CRM\",\"Level\":%u}",
    1,
    3,
    FALSE,
    FALSE },
  { "Rücksendungen",
    "Kundenservice/Rücksendungen",
    "Rücksendungen aus dem Webshop",
    "RS-%06u",
    "{\"Rueckgabe\":%u,\"Grund\":\"Größe passt nicht\",\"Positionen\":%u}",
    2,
    5,
    TRUE,
    FALSE },
};

/* Status numbers are those of QueueItemDto.Status: New, InProgress, Failed, Successful, Abandoned,
 * Retried, Deleted. */
enum
{
  NEW,
  IN_PROGRESS,
  FAILED,
  SUCCESSFUL,
  ABANDONED,
  RETRIED,
  DELETED,
};

static guint
choose_status (SandboxSeed *self, guint position, guint n)
{
  guint roll = sandbox_seed_below (self, 100);

  /* The youngest wait or are at work; each status stands in the data. */
  if (position + n / 25 >= n)
    return NEW;
  if (position + n / 25 + 6 >= n)
    return IN_PROGRESS;
  if (roll < 82)
    return SUCCESSFUL;
  if (roll < 91)
    return FAILED;
  if (roll < 95)
    return RETRIED;
  if (roll < 98)
    return ABANDONED;

  return DELETED;
}

#define N_COLUMNS 24

typedef struct
{
  SandboxSeed *seed;
  const Queue *queue;
  gint64 id;
  gint64 folder;
  guint number;      /* of the next item */
  guint n;           /* items of the queue */
  char **exceptions; /* one JSON a fault */
  char key[37];
  char reference[32];
  char content[256];
  char data[320];
  char version[16];
  SandboxValue row[N_COLUMNS + 1];
} Items;

/* A moment of the last 30 days; items come evenly. */
static gint64
choose_creation (Items *self)
{
  double part = (double) self->number / self->n;

  return self->seed->now - SANDBOX_SEED_DAYS * SANDBOX_DAY +
         (gint64) (part * (SANDBOX_SEED_DAYS - 0.02) * SANDBOX_DAY) +
         sandbox_seed_below (self->seed, 600) * G_USEC_PER_SEC;
}

static void
make_texts (Items *self)
{
  sandbox_seed_guid (self->seed, self->key);
  sandbox_row_format (
      self->reference, sizeof self->reference, self->queue->reference, self->number + 1, 0);
  sandbox_row_format (self->content,
                      sizeof self->content,
                      self->queue->content,
                      40000 + self->number,
                      1 + sandbox_seed_below (self->seed, 900));
  g_snprintf (self->data, sizeof self->data, "{\"DynamicProperties\":%s}", self->content);
  sandbox_row_format (self->version, sizeof self->version, "AAAAA%5uA=", self->number % 100000, 0);
}

static const SandboxValue *
next_item (gpointer user_data)
{
  Items *self = user_data;
  SandboxSeed *seed = self->seed;
  guint status = choose_status (seed, self->number, self->n);
  guint fault = sandbox_seed_below (seed, sandbox_fault_count ());
  gboolean failed = status == FAILED || status == RETRIED;
  gboolean started = status != NEW && status != DELETED;
  gint64 created = choose_creation (self);
  gint64 start = MIN (created + (gint64) (20 + sandbox_seed_below (seed, 900)) * G_USEC_PER_SEC,
                      seed->now - SANDBOX_MINUTE);
  gint64 begun = status == IN_PROGRESS ? seed->now - (1 + self->number % 40) * SANDBOX_MINUTE : start;
  gint64 end = MIN (start + (gint64) (5 + sandbox_seed_below (seed, 240)) * G_USEC_PER_SEC,
                    seed->now - G_USEC_PER_SEC);
  const SandboxSeedRobot *robot = &g_array_index (seed->robots, SandboxSeedRobot, fault % 5);

  if (self->number == self->n)
    return NULL;

  make_texts (self);
  memcpy (self->row,
          ((const SandboxValue[]){
              SANDBOX_INT ("TenantId", seed->tenant),
              SANDBOX_INT ("OrganizationUnitId", self->folder),
              SANDBOX_INT ("QueueDefinitionId", self->id),
              SANDBOX_TEXT ("SpecificContent", self->content),
              SANDBOX_TEXT ("SpecificData", self->data),
              SANDBOX_INT ("Status", status),
              SANDBOX_INT ("ReviewStatus", status == FAILED && self->number % 7 == 0 ? 1 : 0),
              SANDBOX_TEXT ("Key", self->key),
              SANDBOX_TEXT ("UniqueKey", self->key),
              SANDBOX_TEXT ("Reference", self->reference),
              SANDBOX_INT ("Priority",
                           self->number % 9 == 0    ? 0
                           : self->number % 13 == 0 ? 2
                                                    : 1),
              SANDBOX_TEXT ("ProcessingException", failed ? self->exceptions[fault] : NULL),
              SANDBOX_INT_IF ("ProcessingExceptionType", failed, sandbox_fault_get (fault)->business),
              SANDBOX_TEXT ("Output", status == SUCCESSFUL ? "{\"Result\":\"Posted\"}" : NULL),
              SANDBOX_INT_IF ("RobotId", started, robot->id),
              SANDBOX_TIME ("StartProcessing", started ? begun : 0),
              SANDBOX_TIME ("EndProcessing", failed || status == SUCCESSFUL ? end : 0),
              SANDBOX_TIME ("DueDate", self->number % 4 == 0 ? created + 2 * SANDBOX_DAY : 0),
              SANDBOX_INT ("RetryNumber", status == RETRIED),
              SANDBOX_INT ("SecondsInPreviousAttempts", 0),
              SANDBOX_TEXT ("Progress", status == IN_PROGRESS ? "Checking the amount" : NULL),
              SANDBOX_TEXT ("RowVersion", self->version),
              SANDBOX_INT ("Encrypted", FALSE),
              SANDBOX_TIME ("CreationTime", created),
              { NULL },
          }),
          sizeof self->row);
  self->number++;

  return self->row;
}

static char **
make_exceptions (SandboxSeed *self)
{
  char **exceptions = g_new0 (char *, sandbox_fault_count () + 1);

  for (guint i = 0; i < sandbox_fault_count (); i++)
    {
      const SandboxFault *fault = sandbox_fault_get (i);
      g_autofree char *reason = g_strescape (fault->message, NULL);
      g_autofree char *trace = g_strescape (fault->trace, NULL);

      exceptions[i] =
          g_strdup_printf ("{\"Reason\":\"%s\",\"Details\":\"%s\",\"Type\":\"%s\"}",
                           reason,
                           trace,
                           fault->business ? "BusinessException" : "ApplicationException");
    }

  return exceptions;
}

/* The history of the youngest items: of more it would take longer than the items themselves. */
#define N_WITH_HISTORY 40
/* Of those that failed one in seven is being looked at. */
#define N_WITH_COMMENTS 400

static void
seed_history (SandboxSeed *self, gint64 queue)
{
  static const char *const moments[][3] = {
    /* action, status, time */
    { "0", "0", "\"CreationTime\"" },
    { "3", "1", "\"StartProcessing\"" },
    { "3", "\"Status\"", "\"EndProcessing\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "INSERT INTO \"QueueItemEvents\" (\"TenantId\", \"OrganizationUnitId\", "
          "\"QueueItemId\", \"Timestamp\", \"Action\", \"UserId\", \"UserName\", \"Status\", "
          "\"ReviewStatus\") SELECT \"TenantId\", \"OrganizationUnitId\", \"Id\", %s, %s, "
          "?2, 'admin', %s, 0 FROM \"QueueItems\" WHERE \"Id\" > (SELECT max (\"Id\") FROM "
          "\"QueueItems\") - ?3 AND \"QueueDefinitionId\" = ?1 AND %s IS NOT NULL",
          moments[i][2], moments[i][0], moments[i][1], moments[i][2]);

      sandbox_statement_run (
          self->store, sql, "iii", queue, self->admin, (gint64) N_WITH_HISTORY);
    }
}

/* What was said of those that failed and are being looked at. */
static void
seed_comments (SandboxSeed *self, gint64 queue)
{
  sandbox_statement_run (
      self->store,
      "INSERT INTO \"QueueItemComments\" (\"TenantId\", \"OrganizationUnitId\", \"Text\", "
      "\"QueueItemId\", \"CreationTime\", \"UserId\") SELECT \"TenantId\", "
      "\"OrganizationUnitId\", 'Asked the department; they correct it at the source.', \"Id\", "
      "min (\"EndProcessing\" + 3600000000, ?3), ?2 FROM \"QueueItems\" "
      "WHERE \"Id\" > (SELECT max (\"Id\") FROM \"QueueItems\") - ?4 AND "
      "\"QueueDefinitionId\" = ?1 AND \"ReviewStatus\" = 1 ORDER BY \"Id\" DESC LIMIT 3",
      "iiii", queue, self->admin, self->now, (gint64) N_WITH_COMMENTS);
}

void
sandbox_seed_queues (SandboxSeed *self)
{
  /* A tenth of the jobs, in bounds. */
  guint n_items = sandbox_seed_share (self, CLAMP (self->options->jobs / 10, 400, 20000));
  g_auto (GStrv) exceptions = make_exceptions (self);

  for (gsize i = 0; i < G_N_ELEMENTS (queues); i++)
    {
      const Queue *queue = &queues[i];
      Items items = { .seed = self,
                      .queue = queue,
                      .n = MAX (n_items * queue->weight / 100, 12),
                      .exceptions = exceptions };
      char key[37];

      if (!queue->both && !sandbox_seed_is_first (self))
        continue;

      items.folder = sandbox_seed_get_folder (self, queue->folder)->id;
      items.id = sandbox_insert (
          self->store,
          "QueueDefinitions",
          SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_INT ("OrganizationUnitId", items.folder),
          SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)),
          SANDBOX_TEXT ("Name", queue->name),
          SANDBOX_TEXT ("Description", queue->description),
          SANDBOX_INT ("MaxNumberOfRetries", queue->retries),
          SANDBOX_INT ("AcceptAutomaticallyRetry", TRUE),
          SANDBOX_INT ("RetryAbandonedItems", FALSE),
          SANDBOX_INT ("EnforceUniqueReference", queue->unique),
          SANDBOX_INT ("Encrypted", FALSE),
          SANDBOX_INT ("SlaInMinutes", queue->unique ? 240 : 0),
          SANDBOX_INT ("RiskSlaInMinutes", queue->unique ? 180 : 0),
          SANDBOX_TIME ("CreationTime", self->now - (300 + (gint64) i * 13) * SANDBOX_DAY));
      sandbox_row_insert_all (self->store, "QueueItems", next_item, &items);
      seed_history (self, items.id);
      seed_comments (self, items.id);
    }
}
