/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "baton-accounts.h"

#define GROUP_PREFIX "account "
#define WRITE_DELAY_MS 300

/* The file, which the writing threads share. Counted, and guarded. */
typedef struct
{
  gatomicrefcount references;
  GMutex mutex;
  char *path;         /* (owned) */
  guint64 written;    /* the serial of what is in the file: an older text never follows a newer */
} Target;

typedef struct
{
  Target *target; /* (owned) */
  char *text;     /* (owned) */
  gsize length;
  guint64 serial;
} Write;

struct _BatonAccounts
{
  GObject parent_instance;

  GPtrArray *accounts; /* (owned) (element-type BatonAccount) */
  GKeyFile *file;      /* (owned): with what others, or a later Baton, wrote in it */
  Target *target;      /* (owned) */
  GError *error;       /* (owned) (nullable) */
  gboolean read_only;  /* what is there could neither be read nor put aside */
  gboolean changed;
  guint timer;
  guint64 serial;
};

static void baton_accounts_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonAccounts,
                               baton_accounts,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      baton_accounts_list_model_init))

static void
target_unref (Target *target)
{
  if (!g_atomic_ref_count_dec (&target->references))
    return;

  g_mutex_clear (&target->mutex);
  g_free (target->path);
  g_free (target);
}

static void
write_free (Write *write)
{
  target_unref (write->target);
  g_free (write->text);
  g_free (write);
}

/* Any thread. Whole or not at all, and for nobody else to read. */
static void
write_run (Write *write)
{
  g_autofree char *folder = g_path_get_dirname (write->target->path);
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&write->target->mutex);

  if (write->serial > write->target->written)
    {
      g_mkdir_with_parents (folder, 0700);
      if (g_file_set_contents_full (write->target->path, write->text, (gssize) write->length,
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
        write->target->written = write->serial;
      else
        g_message ("Cannot write the accounts: %s", error->message);
    }

  g_mutex_unlock (&write->target->mutex);
}

static void
baton_accounts_write_thread (GTask *task,
                             gpointer source_object,
                             gpointer task_data,
                             GCancellable *cancellable)
{
  write_run (task_data);
  g_task_return_boolean (task, TRUE);
}

static void
set_text (GKeyFile *file, const char *group, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    g_key_file_set_string (file, group, key, value);
  else
    g_key_file_remove_key (file, group, key, NULL);
}

static const char *
get_nick (GType type, int value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

/* Returns: -1 where @nick is none of @type. */
static int
find_nick (GType type, const char *nick)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;

  return value != NULL ? value->value : -1;
}

/* The display names are left out where they only repeat the logical ones. */
static const char *
find_own (const char *display, const char *logical)
{
  return g_strcmp0 (display, logical) != 0 ? display : NULL;
}

/* Four names each, an empty one for none: a list of lists is nothing for this kind of file. */
#define TENANT_NAMES 4

static void
store_tenants (GKeyFile *file, const char *group, GListModel *tenants)
{
  guint n = g_list_model_get_n_items (tenants);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonTenant) tenant = g_list_model_get_item (tenants, i);
      const char *organization = baton_tenant_get_organization (tenant);
      const char *display = baton_tenant_get_organization_display (tenant);

      g_ptr_array_add (names, g_strdup (organization != NULL ? organization : ""));
      g_ptr_array_add (names, g_strdup (display != NULL ? display : ""));
      g_ptr_array_add (names, g_strdup (baton_tenant_get_name (tenant)));
      g_ptr_array_add (names, g_strdup (baton_tenant_get_display (tenant)));
    }

  if (names->len > 0)
    g_key_file_set_string_list (file, group, "tenants", (const char *const *) names->pdata,
                                names->len);
  else
    g_key_file_remove_key (file, group, "tenants", NULL);
}

static const char *
none_if_empty (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static void
load_tenants (GKeyFile *file, const char *group, BatonAccount *account)
{
  gsize n = 0;
  g_auto (GStrv) names = g_key_file_get_string_list (file, group, "tenants", &n, NULL);
  g_autoptr (GPtrArray) tenants = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i + TENANT_NAMES <= n; i += TENANT_NAMES)
    if (*names[i + 2] != '\0')
      g_ptr_array_add (tenants,
                       baton_tenant_new (none_if_empty (names[i]), none_if_empty (names[i + 1]),
                                         names[i + 2], none_if_empty (names[i + 3])));

  baton_account_set_tenants (account, tenants);
}

static const char *const service_keys[BATON_N_SERVICES] = {
  [BATON_SERVICE_ORCHESTRATOR] = "orchestrator-address",
  [BATON_SERVICE_IDENTITY] = "identity-address",
  [BATON_SERVICE_PORTAL] = "portal-address",
};

/* Returns: (transfer full): @deployment with the addresses that a person gave. */
static BatonDeployment *
load_services (GKeyFile *file, const char *group, BatonDeployment *deployment)
{
  BatonDeployment *placed = g_object_ref (deployment);

  for (guint i = 0; i < BATON_N_SERVICES; i++)
    {
      g_autofree char *address = g_key_file_get_string (file, group, service_keys[i], NULL);
      g_autoptr (BatonDeployment) old = placed;

      placed = baton_deployment_with_service (old, (BatonService) i, address);
    }

  return placed;
}

static void
store_account (GKeyFile *file, BatonAccount *account)
{
  BatonDeployment *deployment = baton_account_get_deployment (account);
  const char *organization = baton_deployment_get_organization (deployment);
  const char *tenant = baton_deployment_get_tenant (deployment);
  g_autofree char *group = g_strconcat (GROUP_PREFIX, baton_account_get_id (account), NULL);

  set_text (file, group, "name", baton_account_get_own_name (account));
  set_text (file, group, "edition",
            get_nick (BATON_TYPE_EDITION, (int) baton_deployment_get_edition (deployment)));
  set_text (file, group, "origin", baton_deployment_get_origin (deployment));
  for (guint i = 0; i < BATON_N_SERVICES; i++)
    set_text (file, group, service_keys[i],
              baton_deployment_get_given (deployment, (BatonService) i));
  set_text (file, group, "organization", organization);
  set_text (file, group, "organization-display",
            find_own (baton_account_get_organization_display (account), organization));
  set_text (file, group, "tenant", tenant);
  set_text (file, group, "tenant-display",
            find_own (baton_account_get_tenant_display (account), tenant));
  set_text (file, group, "method",
            get_nick (BATON_TYPE_METHOD, (int) baton_account_get_method (account)));
  set_text (file, group, "client-id", baton_account_get_client_id (account));
  set_text (file, group, "user-name", baton_account_get_user_name (account));
  set_text (file, group, "color", baton_account_get_color (account));
  set_text (file, group, "folder-path", baton_account_get_folder_path (account));
  set_text (file, group, "scopes", baton_account_get_scopes (account));
  set_text (file, group, "redirect-uri", baton_account_get_redirect_uri (account));
  baton_trust_save (baton_account_get_trust (account), file, group);
  store_tenants (file, group, baton_account_get_tenants (account));
}

/* Returns: (transfer full) (nullable): NULL for a group that this version does not understand. */
static BatonAccount *
load_account (GKeyFile *file, const char *group)
{
  g_autofree char *edition_nick = g_key_file_get_string (file, group, "edition", NULL);
  g_autofree char *method_nick = g_key_file_get_string (file, group, "method", NULL);
  g_autofree char *origin = g_key_file_get_string (file, group, "origin", NULL);
  g_autofree char *organization = g_key_file_get_string (file, group, "organization", NULL);
  g_autofree char *tenant = g_key_file_get_string (file, group, "tenant", NULL);
  static const char *const texts[] = {
    "name",      "organization-display", "tenant-display", "client-id",
    "user-name", "color",                "folder-path",    "scopes",
    "redirect-uri",
  };
  int edition = find_nick (BATON_TYPE_EDITION, edition_nick);
  int method = find_nick (BATON_TYPE_METHOD, method_nick);
  g_autoptr (BatonDeployment) parsed = NULL;
  g_autoptr (BatonDeployment) sure = NULL;
  g_autoptr (BatonDeployment) placed = NULL;
  g_autoptr (BatonDeployment) given = NULL;
  g_autoptr (BatonTrust) trust = baton_trust_load (file, group);
  BatonAccount *account = NULL;

  if (origin != NULL)
    parsed = baton_deployment_parse (origin, NULL);
  if (parsed == NULL || edition < 0 || method < 0 || group[strlen (GROUP_PREFIX)] == '\0')
    return NULL;

  sure = baton_deployment_with_edition (parsed, (BatonEdition) edition);
  placed = baton_deployment_with_tenant (sure, organization, tenant);
  given = load_services (file, group, placed);
  account = baton_account_new (group + strlen (GROUP_PREFIX), given, (BatonMethod) method);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = g_key_file_get_string (file, group, texts[i], NULL);

      if (text != NULL)
        g_object_set (account, texts[i], text, NULL);
    }
  baton_account_set_trust (account, trust);
  load_tenants (file, group, account);

  return account;
}

/* Returns: (transfer full) (nullable): what is to be written. */
static Write *
baton_accounts_prepare (BatonAccounts *self)
{
  Write *write = NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->changed || self->read_only)
    return NULL;
  self->changed = FALSE;

  for (guint i = 0; i < self->accounts->len; i++)
    store_account (self->file, g_ptr_array_index (self->accounts, i));

  write = g_new0 (Write, 1);
  write->target = self->target;
  g_atomic_ref_count_inc (&self->target->references);
  write->text = g_key_file_to_data (self->file, &write->length, NULL);
  write->serial = ++self->serial;

  return write;
}

static void
baton_accounts_timer_cb (gpointer user_data)
{
  BatonAccounts *self = user_data;
  g_autoptr (GTask) task = NULL;
  Write *write = NULL;

  self->timer = 0;
  write = baton_accounts_prepare (self);
  if (write == NULL)
    return;

  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, baton_accounts_timer_cb);
  g_task_set_task_data (task, write, (GDestroyNotify) write_free);
  g_task_run_in_thread (task, baton_accounts_write_thread);
}

static void
baton_accounts_changed (BatonAccounts *self)
{
  self->changed = TRUE;
  if (self->timer == 0)
    self->timer = g_timeout_add_once (WRITE_DELAY_MS, baton_accounts_timer_cb, self);
}

static void
baton_accounts_account_changed_cb (BatonAccounts *self)
{
  baton_accounts_changed (self);
}

static void
baton_accounts_watch (BatonAccounts *self, BatonAccount *account)
{
  g_signal_connect_object (account, "notify", G_CALLBACK (baton_accounts_account_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* What cannot be read is somebody's work all the same. */
static void
baton_accounts_put_aside (BatonAccounts *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.unreadable-%s", self->target->path, stamp);

  if (g_file_test (aside, G_FILE_TEST_EXISTS) || g_rename (self->target->path, aside) != 0)
    self->read_only = TRUE;
}

static void
baton_accounts_load (BatonAccounts *self)
{
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_file (self->file, self->target->path, G_KEY_FILE_KEEP_COMMENTS,
                                  &self->error))
    {
      g_key_file_unref (self->file);
      self->file = g_key_file_new ();
      if (g_error_matches (self->error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_clear_error (&self->error);
      else
        baton_accounts_put_aside (self);
      return;
    }

  groups = g_key_file_get_groups (self->file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      BatonAccount *account =
          g_str_has_prefix (groups[i], GROUP_PREFIX) ? load_account (self->file, groups[i]) : NULL;

      if (account == NULL)
        continue;
      g_ptr_array_add (self->accounts, account);
      baton_accounts_watch (self, account);
    }
}

static GType
baton_accounts_get_item_type (GListModel *model)
{
  return BATON_TYPE_ACCOUNT;
}

static guint
baton_accounts_get_n_items (GListModel *model)
{
  return BATON_ACCOUNTS (model)->accounts->len;
}

static gpointer
baton_accounts_get_item (GListModel *model, guint position)
{
  BatonAccounts *self = BATON_ACCOUNTS (model);

  return position < self->accounts->len
             ? g_object_ref (g_ptr_array_index (self->accounts, position))
             : NULL;
}

static void
baton_accounts_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = baton_accounts_get_item_type;
  iface->get_n_items = baton_accounts_get_n_items;
  iface->get_item = baton_accounts_get_item;
}

static void
baton_accounts_dispose (GObject *object)
{
  BatonAccounts *self = BATON_ACCOUNTS (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (baton_accounts_parent_class)->dispose (object);
}

static void
baton_accounts_finalize (GObject *object)
{
  BatonAccounts *self = BATON_ACCOUNTS (object);

  g_ptr_array_unref (self->accounts);
  g_key_file_unref (self->file);
  g_clear_pointer (&self->target, target_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (baton_accounts_parent_class)->finalize (object);
}

static void
baton_accounts_class_init (BatonAccountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_accounts_dispose;
  object_class->finalize = baton_accounts_finalize;
}

static void
baton_accounts_init (BatonAccounts *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->file = g_key_file_new ();
}

/**
 * baton_accounts_new:
 * @file: (nullable): a local file; %NULL is `accounts.ini` of the user
 *
 * Main thread. Reads the file here and now: it is small, and there is nothing to show before it.
 *
 * Returns: (transfer full): the accounts
 */
BatonAccounts *
baton_accounts_new (GFile *file)
{
  BatonAccounts *self = g_object_new (BATON_TYPE_ACCOUNTS, NULL);

  self->target = g_new0 (Target, 1);
  g_atomic_ref_count_init (&self->target->references);
  g_mutex_init (&self->target->mutex);
  self->target->path = file != NULL ? g_file_get_path (file)
                                    : g_build_filename (g_get_user_config_dir (), "baton",
                                                        "accounts.ini", NULL);
  baton_accounts_load (self);

  return self;
}

const GError *
baton_accounts_get_error (BatonAccounts *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNTS (self), NULL);

  return self->error;
}

/* One of the same id takes the place of the one that is there. */
void
baton_accounts_add (BatonAccounts *self, BatonAccount *account)
{
  BatonAccount *old = NULL;
  guint position = 0;

  g_return_if_fail (BATON_IS_ACCOUNTS (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  old = baton_accounts_find (self, baton_account_get_id (account));
  if (old == account)
    return;

  if (old != NULL)
    {
      g_signal_handlers_disconnect_by_func (old, baton_accounts_account_changed_cb, self);
      g_ptr_array_find (self->accounts, old, &position);
      g_object_unref (old);
      self->accounts->pdata[position] = g_object_ref (account);
    }
  else
    {
      position = self->accounts->len;
      g_ptr_array_add (self->accounts, g_object_ref (account));
    }

  baton_accounts_watch (self, account);
  baton_accounts_changed (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, old != NULL ? 1 : 0, 1);
}

void
baton_accounts_remove (BatonAccounts *self, BatonAccount *account)
{
  g_autofree char *group = NULL;
  guint position = 0;

  g_return_if_fail (BATON_IS_ACCOUNTS (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  if (!g_ptr_array_find (self->accounts, account, &position))
    return;

  group = g_strconcat (GROUP_PREFIX, baton_account_get_id (account), NULL);
  g_key_file_remove_group (self->file, group, NULL);
  g_signal_handlers_disconnect_by_func (account, baton_accounts_account_changed_cb, self);
  g_ptr_array_remove_index (self->accounts, position);

  baton_accounts_changed (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

BatonAccount *
baton_accounts_find (BatonAccounts *self, const char *id)
{
  g_return_val_if_fail (BATON_IS_ACCOUNTS (self), NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      BatonAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_strcmp0 (baton_account_get_id (account), id) == 0)
        return account;
    }

  return NULL;
}

void
baton_accounts_flush (BatonAccounts *self)
{
  Write *write = NULL;

  g_return_if_fail (BATON_IS_ACCOUNTS (self));

  write = baton_accounts_prepare (self);
  if (write == NULL)
    return;

  write_run (write);
  write_free (write);
}
