/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error-text.h"
#include "baton-json.h"
#include "baton-license-group.h"
#include "baton-tenant-page.h"
#include "baton-value-row.h"

struct _BatonTenantPage
{
  GtkWidget parent_instance;

  GtkWidget *content;
  BatonLicenseGroup *license;
  BatonValueRow *user_name;
  BatonValueRow *full_name;
  BatonValueRow *email;
  BatonValueRow *roles;
  AdwExpanderRow *permissions;
  BatonValueRow *version;
  BatonValueRow *edition;
  BatonValueRow *base;

  GPtrArray *permission_rows;  /* (owned) (element-type GtkWidget, unowned) */
  BatonConnection *connection; /* (owned) (nullable) */
  GSignalGroup *of_connection; /* (owned) */
  GCancellable *cancellable;   /* (owned) (nullable): of the requests */
};

G_DEFINE_FINAL_TYPE (BatonTenantPage, baton_tenant_page, GTK_TYPE_WIDGET)

/* "Jobs.View", "Jobs.Edit" … become one row "Jobs" with "View, Edit". The service sends them in any order. */
static void
add_subject (BatonTenantPage *self, const char *subject, const char *rights)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (subject, -1);
  g_autofree char *subtitle = g_markup_escape_text (rights, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_expander_row_add_row (self->permissions, row);
  g_ptr_array_add (self->permission_rows, row);
}

static void
show_permissions (BatonTenantPage *self)
{
  const char *const *permissions = baton_connection_get_permissions (self->connection);
  g_autoptr (GHashTable) subjects
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) names = NULL;
  g_autofree char *count = NULL;
  guint n_permissions = 0;

  for (guint i = 0; i < self->permission_rows->len; i++)
    adw_expander_row_remove (self->permissions, g_ptr_array_index (self->permission_rows, i));
  g_ptr_array_set_size (self->permission_rows, 0);

  for (; permissions != NULL && permissions[n_permissions] != NULL; n_permissions++)
    {
      const char *dot = strchr (permissions[n_permissions], '.');
      g_autofree char *subject
          = dot != NULL ? g_strndup (permissions[n_permissions], (gsize) (dot - permissions[n_permissions]))
                        : g_strdup (permissions[n_permissions]);
      const char *right = dot != NULL ? dot + 1 : "";
      const char *known = g_hash_table_lookup (subjects, subject);
      char *rights = known != NULL ? g_strconcat (known, ", ", right, NULL) : g_strdup (right);

      g_hash_table_replace (subjects, g_steal_pointer (&subject), rights);
    }
  names = g_list_sort (g_hash_table_get_keys (subjects), (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    add_subject (self, l->data, g_hash_table_lookup (subjects, l->data));

  count = permissions != NULL
              ? g_strdup_printf (ngettext ("%u in this tenant", "%u in this tenant", n_permissions), n_permissions)
              : g_strdup (_("not known"));
  adw_expander_row_set_subtitle (self->permissions, count);
  gtk_widget_set_sensitive (GTK_WIDGET (self->permissions), n_permissions > 0);
}

static void
show_user (BatonTenantPage *self)
{
  JsonObject *user
      = baton_json_peek_root_object (baton_connection_get_user (self->connection));
  JsonArray *roles = user != NULL ? baton_json_peek_array (user, "RolesList") : NULL;
  g_autoptr (GString) role_names = g_string_new (NULL);

  for (guint i = 0; roles != NULL && i < baton_json_length (roles); i++)
    {
      const char *role = baton_json_peek_string_at (roles, i);

      if (role != NULL)
        g_string_append_printf (role_names, "%s%s", role_names->len > 0 ? ", " : "", role);
    }
  baton_value_row_set_value (self->user_name, baton_connection_get_user_name (self->connection));
  baton_value_row_set_value (self->full_name,
                             user != NULL ? baton_json_peek_string (user, "FullName") : NULL);
  baton_value_row_set_value (self->email,
                             user != NULL ? baton_json_peek_string (user, "EmailAddress") : NULL);
  baton_value_row_set_value (self->roles, role_names->str);
}

static void
show_server (BatonTenantPage *self)
{
  BatonDeployment *deployment
      = baton_account_get_deployment (baton_connection_get_account (self->connection));

  baton_value_row_set_value (self->edition, baton_deployment_get_edition_name (deployment));
  baton_value_row_set_value (self->base, baton_deployment_get_base_url (deployment));
}

static void
update (BatonTenantPage *self)
{
  if (self->connection == NULL)
    return;
  show_user (self);
  show_permissions (self);
  show_server (self);
}

static void
license_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonTenantPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);

  if (self->connection == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    baton_license_group_set_error (self->license, error);
  else
    baton_license_group_set (self->license, root);
}

static void
version_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonTenantPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonErrorText) text = NULL;
  g_autoptr (JsonNode) root = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  JsonObject *object;

  if (self->connection == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  object = baton_json_peek_root_object (root);
  if (error != NULL)
    text = baton_error_text_new (error, NULL);
  baton_value_row_set_value (self->version, object != NULL ? baton_json_peek_string (object, "version") : NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->version), text != NULL ? text->title : NULL);
}

static void
ask (BatonTenantPage *self, const char *path, const char *permission, GAsyncReadyCallback callback)
{
  g_autoptr (BatonRequest) request = baton_request_new ("GET", path);

  baton_request_set_priority (request, BATON_PRIORITY_USER);
  baton_request_set_permission (request, permission);
  baton_pipeline_send_async (baton_connection_get_pipeline (self->connection), request, NULL, NULL, NULL,
                             (GDestroyNotify) json_node_unref, self->cancellable, callback,
                             g_object_ref (self));
}

/* Asked each time it comes on screen: a licence in use changes. */
static void
load (BatonTenantPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->connection == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->cancellable = g_cancellable_new ();
  /* definition: Settings_GetLicense; fact sheet 1.1 for the version. */
  ask (self, "/odata/Settings/UiPath.Server.Configuration.OData.GetLicense", "License.View", license_cb);
  ask (self, "/api/Status/Version", NULL, version_cb);
}

static void
tenant_changed_cb (BatonTenantPage *self)
{
  baton_license_group_set (self->license, NULL);
  baton_value_row_set_value (self->version, NULL);
  update (self);
  load (self);
}

static void
baton_tenant_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (baton_tenant_page_parent_class)->map (widget);
  load (BATON_TENANT_PAGE (widget));
}

static void
baton_tenant_page_dispose (GObject *object)
{
  BatonTenantPage *self = BATON_TENANT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->of_connection);
  g_clear_object (&self->connection);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_TENANT_PAGE);
  G_OBJECT_CLASS (baton_tenant_page_parent_class)->dispose (object);
}

static void
baton_tenant_page_finalize (GObject *object)
{
  g_ptr_array_unref (BATON_TENANT_PAGE (object)->permission_rows);
  G_OBJECT_CLASS (baton_tenant_page_parent_class)->finalize (object);
}

static void
baton_tenant_page_class_init (BatonTenantPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_tenant_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_tenant_page_finalize;
  widget_class->map = baton_tenant_page_map;

  g_type_ensure (BATON_TYPE_VALUE_ROW);
  g_type_ensure (BATON_TYPE_LICENSE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-tenant-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonTenantPage, content);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantPage, license);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantPage, user_name);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantPage, full_name);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantPage, email);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantPage, roles);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantPage, permissions);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantPage, version);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantPage, edition);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantPage, base);
}

static void
baton_tenant_page_init (BatonTenantPage *self)
{
  self->permission_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  baton_license_group_set (self->license, NULL);
  self->of_connection = g_signal_group_new (BATON_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->of_connection, "notify::user-name", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->of_connection, "notify::permissions", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->of_connection, "tenant-changed", G_CALLBACK (tenant_changed_cb), self);
}

GtkWidget *
baton_tenant_page_new (void)
{
  return g_object_new (BATON_TYPE_TENANT_PAGE, NULL);
}

void
baton_tenant_page_set_connection (BatonTenantPage *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_TENANT_PAGE (self));
  g_return_if_fail (connection == NULL || BATON_IS_CONNECTION (connection));

  if (!g_set_object (&self->connection, connection))
    return;
  g_signal_group_set_target (self->of_connection, connection);
  tenant_changed_cb (self);
}
