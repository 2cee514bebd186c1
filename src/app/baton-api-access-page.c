/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-api-access-page.h"
#include "baton-application.h"
#include "baton-key-group.h"
#include "baton-method-text.h"
#include "baton-secrets-group.h"
#include "baton-token-group.h"
#include "baton-value-row.h"

struct _BatonApiAccessPage
{
  GtkWidget parent_instance;

  GtkWidget *content;
  BatonValueRow *account;
  BatonValueRow *user;
  BatonValueRow *organization;
  BatonValueRow *tenant;
  BatonValueRow *client_id;
  BatonValueRow *base;
  BatonKeyGroup *key;
  BatonTokenGroup *token;
  BatonSecretsGroup *secrets;

  BatonConnection *connection; /* (owned) (nullable) */
  GSignalGroup *of_connection; /* (owned) */
  GSignalGroup *of_account;    /* (owned) */
};

G_DEFINE_FINAL_TYPE (BatonApiAccessPage, baton_api_access_page, GTK_TYPE_WIDGET)

/* "Display (logical)" where they differ; the logical name is what is copied, since that is what an address needs. */
static void
show_name (BatonValueRow *row, const char *display, const char *logical)
{
  g_autofree char *both = NULL;

  if (display != NULL && logical != NULL && g_strcmp0 (display, logical) != 0)
    /* TRANSLATORS: a logical name, then the display name of the same. */
    both = g_strdup_printf (_("%s (shown as %s)"), logical, display);
  baton_value_row_set_value (row, both != NULL ? both : logical);
  baton_value_row_set_copied (row, logical);
}

static void
update (BatonApiAccessPage *self)
{
  BatonAccount *account;
  BatonDeployment *deployment;

  if (self->connection == NULL)
    return;
  account = baton_connection_get_account (self->connection);
  deployment = baton_account_get_deployment (account);
  baton_value_row_set_value (self->account, baton_account_get_name (account));
  baton_value_row_set_value (self->user, baton_connection_get_user_name (self->connection));
  show_name (self->organization, baton_account_get_organization_display (account),
             baton_deployment_get_organization (deployment));
  gtk_widget_set_visible (GTK_WIDGET (self->organization),
                          baton_deployment_get_edition (deployment) != BATON_EDITION_STANDALONE);
  show_name (self->tenant, baton_account_get_tenant_display (account),
             baton_deployment_get_tenant (deployment));
  baton_value_row_set_value (self->client_id, baton_account_get_client_id (account));
  gtk_widget_set_visible (GTK_WIDGET (self->client_id),
                          (baton_method_text_get_of (account)->inputs & BATON_INPUT_CLIENT_ID) != 0);
  baton_value_row_set_value (self->base, baton_deployment_get_base_url (deployment));
}

static void
baton_api_access_page_dispose (GObject *object)
{
  BatonApiAccessPage *self = BATON_API_ACCESS_PAGE (object);

  g_clear_object (&self->of_connection);
  g_clear_object (&self->of_account);
  g_clear_object (&self->connection);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_API_ACCESS_PAGE);
  G_OBJECT_CLASS (baton_api_access_page_parent_class)->dispose (object);
}

static void
baton_api_access_page_class_init (BatonApiAccessPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_api_access_page_dispose;

  g_type_ensure (BATON_TYPE_VALUE_ROW);
  g_type_ensure (BATON_TYPE_KEY_GROUP);
  g_type_ensure (BATON_TYPE_TOKEN_GROUP);
  g_type_ensure (BATON_TYPE_SECRETS_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-api-access-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonApiAccessPage, content);
  gtk_widget_class_bind_template_child (widget_class, BatonApiAccessPage, account);
  gtk_widget_class_bind_template_child (widget_class, BatonApiAccessPage, user);
  gtk_widget_class_bind_template_child (widget_class, BatonApiAccessPage, organization);
  gtk_widget_class_bind_template_child (widget_class, BatonApiAccessPage, tenant);
  gtk_widget_class_bind_template_child (widget_class, BatonApiAccessPage, client_id);
  gtk_widget_class_bind_template_child (widget_class, BatonApiAccessPage, base);
  gtk_widget_class_bind_template_child (widget_class, BatonApiAccessPage, key);
  gtk_widget_class_bind_template_child (widget_class, BatonApiAccessPage, token);
  gtk_widget_class_bind_template_child (widget_class, BatonApiAccessPage, secrets);
}

static void
baton_api_access_page_init (BatonApiAccessPage *self)
{
  BatonApplication *application = baton_application_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->of_connection = g_signal_group_new (BATON_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->of_connection, "notify::user-name", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->of_connection, "tenant-changed", G_CALLBACK (update), self);
  self->of_account = g_signal_group_new (BATON_TYPE_ACCOUNT);
  g_signal_group_connect_swapped (self->of_account, "notify", G_CALLBACK (update), self);
  if (application != NULL)
    baton_secrets_group_set_store (self->secrets, baton_application_get_secret_store (application));
  update (self);
}

GtkWidget *
baton_api_access_page_new (void)
{
  return g_object_new (BATON_TYPE_API_ACCESS_PAGE, NULL);
}

void
baton_api_access_page_set_connection (BatonApiAccessPage *self, BatonConnection *connection)
{
  BatonAccount *account;

  g_return_if_fail (BATON_IS_API_ACCESS_PAGE (self));
  g_return_if_fail (connection == NULL || BATON_IS_CONNECTION (connection));

  if (!g_set_object (&self->connection, connection))
    return;
  account = connection != NULL ? baton_connection_get_account (connection) : NULL;
  g_signal_group_set_target (self->of_connection, connection);
  g_signal_group_set_target (self->of_account, account);
  baton_key_group_set_connection (self->key, connection);
  baton_token_group_set_connection (self->token, connection);
  baton_secrets_group_set_account (self->secrets,
                                   account != NULL ? baton_account_get_id (account) : NULL);
  update (self);
}
