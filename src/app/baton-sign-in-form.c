/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-place-fields.h"
#include "baton-sign-in-form.h"

struct _BatonSignInForm
{
  GtkWidget parent_instance;

  GtkWidget *content;
  BatonPlaceFields *place;
  BatonSignInFields *fields;
  BatonNetworkRow *network;

  BatonSecretStore *store; /* (owned): NULL after disposing */
  BatonAccounts *accounts; /* (owned) (nullable) */
  char *account_id;        /* (owned) (nullable): of the account that is signed in to again */
  char *client_id;         /* (owned) (nullable): that it is known with */
};

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonSignInForm, baton_sign_in_form, GTK_TYPE_WIDGET)

/* The way that fits an edition (fact sheet 2). */
static BatonMethod
find_method (BatonEdition edition)
{
  switch (edition)
    {
    case BATON_EDITION_STANDALONE:
      return BATON_METHOD_PASSWORD;
    case BATON_EDITION_SANDBOX:
      return BATON_METHOD_USER_KEY;
    case BATON_EDITION_CLOUD:
    case BATON_EDITION_GOVERNMENT:
    case BATON_EDITION_DEDICATED:
    case BATON_EDITION_SUITE:
    default:
      return BATON_METHOD_BROWSER;
    }
}

/* The client id used before at the same place: it is the same for all users of a deployment (fact
 * sheet 2.1). */
static void
hint_client_id (BatonSignInForm *self)
{
  GListModel *list = G_LIST_MODEL (self->accounts);
  BatonDeployment *deployment = baton_sign_in_form_get_deployment (self);

  if (deployment == NULL || list == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BatonAccount) account = g_list_model_get_item (list, i);
      BatonDeployment *known = baton_account_get_deployment (account);

      if (baton_account_get_client_id (account) != NULL
          && baton_account_get_method (account) == baton_sign_in_fields_get_method (self->fields)
          && g_strcmp0 (baton_deployment_get_origin (known),
                        baton_deployment_get_origin (deployment))
                 == 0)
        {
          baton_sign_in_fields_hint_client_id (self->fields, baton_account_get_client_id (account));
          return;
        }
    }
}

static void
place_changed_cb (BatonSignInForm *self)
{
  BatonDeployment *deployment = baton_sign_in_form_get_deployment (self);
  const char *tenant;

  if (deployment == NULL)
    return;
  tenant = baton_deployment_get_tenant (deployment);
  baton_sign_in_fields_hint_tenant (self->fields, tenant != NULL ? tenant : "");
  baton_sign_in_fields_propose (self->fields,
                                find_method (baton_deployment_get_edition (deployment)));
  hint_client_id (self);
}

/* Over the network as the account will have it. */
static void
place_left_cb (BatonSignInForm *self)
{
  g_autoptr (BatonAccount) account = NULL;

  if (baton_sign_in_form_get_deployment (self) == NULL)
    return;
  account = baton_sign_in_form_make_account (self);
  baton_place_fields_probe (self->place, account);
}

/* A whole API Access block, a curl command or JSON goes to all fields; anything else into the field
 * where it was pasted. */
static gboolean
pasted_cb (BatonSignInForm *self, const char *text)
{
  return baton_sign_in_form_paste (self, text);
}

static void
activate_cb (BatonSignInForm *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static gboolean
baton_sign_in_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BATON_SIGN_IN_FORM (widget)->place));
}

static void
baton_sign_in_form_dispose (GObject *object)
{
  BatonSignInForm *self = BATON_SIGN_IN_FORM (object);

  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_SIGN_IN_FORM);
  G_OBJECT_CLASS (baton_sign_in_form_parent_class)->dispose (object);
}

static void
baton_sign_in_form_finalize (GObject *object)
{
  g_free (BATON_SIGN_IN_FORM (object)->account_id);
  g_free (BATON_SIGN_IN_FORM (object)->client_id);
  G_OBJECT_CLASS (baton_sign_in_form_parent_class)->finalize (object);
}

static void
baton_sign_in_form_class_init (BatonSignInFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = baton_sign_in_form_dispose;
  object_class->finalize = baton_sign_in_form_finalize;
  widget_class->grab_focus = baton_sign_in_form_grab_focus;

  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BATON_TYPE_NETWORK_ROW);
  g_type_ensure (BATON_TYPE_PLACE_FIELDS);
  g_type_ensure (BATON_TYPE_SIGN_IN_FIELDS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-sign-in-form.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonSignInForm, content);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInForm, place);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInForm, fields);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInForm, network);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, pasted_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_left_cb);
}

static void
baton_sign_in_form_init (BatonSignInForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
baton_sign_in_form_set_known (BatonSignInForm *self, BatonSecretStore *store, BatonAccounts *accounts)
{
  g_return_if_fail (BATON_IS_SIGN_IN_FORM (self));
  g_return_if_fail (BATON_IS_SECRET_STORE (store));

  g_set_object (&self->store, store);
  g_set_object (&self->accounts, accounts);
}

/* Where the keyring does not give it, it is typed again. */
static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonSignInForm) self = user_data;
  g_autoptr (BatonSecret) secret
      = baton_secret_store_lookup_finish (BATON_SECRET_STORE (source), result, NULL);

  if (secret != NULL && self->store != NULL)
    baton_sign_in_fields_set_kept (self->fields, self->client_id, secret);
}

void
baton_sign_in_form_set_account (BatonSignInForm *self, BatonAccount *account)
{
  g_return_if_fail (BATON_IS_SIGN_IN_FORM (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  g_free (self->account_id);
  self->account_id = g_strdup (baton_account_get_id (account));
  baton_place_fields_set_deployment (self->place, baton_account_get_deployment (account));
  baton_sign_in_fields_fill (self->fields, account);
  baton_network_row_set_account (self->network, account);
  baton_sign_in_fields_focus_secret (self->fields);
  g_free (self->client_id);
  self->client_id = g_strdup (baton_account_get_client_id (account));
  if (self->client_id != NULL)
    baton_secret_store_lookup_async (self->store, self->account_id, NULL, looked_up_cb,
                                     g_object_ref (self));
}

gboolean
baton_sign_in_form_paste (BatonSignInForm *self, const char *text)
{
  g_autoptr (BatonPaste) paste = NULL;
  g_autofree char *address = NULL;

  g_return_val_if_fail (BATON_IS_SIGN_IN_FORM (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  paste = baton_paste_parse (text);
  if (paste == NULL)
    return FALSE;
  address = baton_paste_make_address (paste, baton_place_fields_get_address (self->place));
  baton_sign_in_fields_paste (self->fields, paste);
  baton_place_fields_set_address (self->place, address);
  return TRUE;
}

gboolean
baton_sign_in_form_use_address (BatonSignInForm *self, const char *address)
{
  g_autoptr (BatonDeployment) there = NULL;
  BatonDeployment *here;
  g_autofree char *base = NULL;
  g_autofree char *moved = NULL;

  g_return_val_if_fail (BATON_IS_SIGN_IN_FORM (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  there = baton_deployment_parse (address, NULL);
  if (there == NULL)
    return FALSE;
  here = baton_sign_in_form_get_deployment (self);
  base = here != NULL ? baton_deployment_make_address (here) : NULL;
  /* What gives out tokens stands beside the organisations, and its path names none. */
  if (base != NULL && baton_deployment_get_tenant (there) == NULL)
    moved = g_strconcat (baton_deployment_get_origin (there),
                         base + strlen (baton_deployment_get_origin (here)), NULL);
  else
    moved = baton_deployment_make_address (there);
  baton_place_fields_set_address (self->place, moved);
  return TRUE;
}

void
baton_sign_in_form_use_tenant (BatonSignInForm *self, BatonTenant *tenant)
{
  g_autoptr (BatonDeployment) deployment = NULL;

  g_return_if_fail (BATON_IS_SIGN_IN_FORM (self));
  g_return_if_fail (BATON_IS_TENANT (tenant));

  deployment = baton_deployment_with_tenant (baton_sign_in_form_get_deployment (self),
                                             baton_tenant_get_organization (tenant),
                                             baton_tenant_get_name (tenant));
  baton_sign_in_fields_set_tenant (self->fields, baton_tenant_get_name (tenant));
  baton_place_fields_set_deployment (self->place, deployment);
}

void
baton_sign_in_form_set_wrong_address (BatonSignInForm *self)
{
  g_return_if_fail (BATON_IS_SIGN_IN_FORM (self));

  baton_place_fields_set_wrong (self->place);
}

GtkWidget *
baton_sign_in_form_check (BatonSignInForm *self, char **title, char **body)
{
  const char *problem = NULL;
  GtkWidget *row;

  g_return_val_if_fail (BATON_IS_SIGN_IN_FORM (self), NULL);

  row = baton_place_fields_check (self->place, title, body);
  if (row != NULL)
    return row;
  row = baton_sign_in_fields_check (self->fields, &problem);
  if (row == NULL)
    return NULL;
  *title = g_strdup (_ ("Something is missing"));
  *body = g_strdup (problem);

  return row;
}

BatonDeployment *
baton_sign_in_form_get_deployment (BatonSignInForm *self)
{
  g_return_val_if_fail (BATON_IS_SIGN_IN_FORM (self), NULL);

  return baton_place_fields_get_deployment (self->place);
}

BatonAccount *
baton_sign_in_form_make_account (BatonSignInForm *self)
{
  BatonAccount *account;

  g_return_val_if_fail (BATON_IS_SIGN_IN_FORM (self), NULL);

  account = baton_sign_in_fields_make_account (self->fields, self->account_id,
                                               baton_sign_in_form_get_deployment (self));
  baton_network_row_apply (self->network, account);

  return account;
}

BatonSecret *
baton_sign_in_form_make_secret (BatonSignInForm *self)
{
  g_return_val_if_fail (BATON_IS_SIGN_IN_FORM (self), NULL);

  return baton_sign_in_fields_make_secret (self->fields);
}

BatonSignInFields *
baton_sign_in_form_get_fields (BatonSignInForm *self)
{
  g_return_val_if_fail (BATON_IS_SIGN_IN_FORM (self), NULL);

  return self->fields;
}

BatonNetworkRow *
baton_sign_in_form_get_network (BatonSignInForm *self)
{
  g_return_val_if_fail (BATON_IS_SIGN_IN_FORM (self), NULL);

  return self->network;
}
