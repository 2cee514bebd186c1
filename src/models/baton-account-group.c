/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-account-group.h"

#define GROUP_PREFIX "account "

static char *
dup_name (BatonAccount *account)
{
  return g_strconcat (GROUP_PREFIX, baton_account_get_id (account), NULL);
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

void
baton_account_group_store (BatonAccount *account, GKeyFile *file)
{
  BatonDeployment *deployment = baton_account_get_deployment (account);
  const char *organization = baton_deployment_get_organization (deployment);
  const char *tenant = baton_deployment_get_tenant (deployment);
  g_autofree char *group = dup_name (account);

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

BatonAccount *
baton_account_group_load (GKeyFile *file, const char *group)
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
  if (parsed == NULL || edition < 0 || method < 0 || !g_str_has_prefix (group, GROUP_PREFIX)
      || group[strlen (GROUP_PREFIX)] == '\0')
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

void
baton_account_group_remove (BatonAccount *account, GKeyFile *file)
{
  g_autofree char *group = dup_name (account);

  g_key_file_remove_group (file, group, NULL);
}
