/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "auth/baton-scopes.h"
#include "baton-date-row.h"
#include "baton-entry-name.h"
#include "baton-method-chooser.h"
#include "baton-method-text.h"
#include "baton-redact.h"
#include "baton-redirect-row.h"
#include "baton-scopes-row.h"
#include "baton-sign-in-fields.h"

/* Shorter than this nobody pastes a block. */
#define SHORTEST_PASTE 12

/* Each field: what is in the template, which property of the account it is (@property), what of a
 * pasted text goes there, and what to say where it is empty. */
static const struct
{
  BatonInputs input;
  const char *child;
  const char *property; /* (nullable) */
  gsize paste;          /* 0: none */
  const char *missing;  /* (nullable) */
} inputs[] = {
  { BATON_INPUT_USER_KEY, "user_key", NULL, G_STRUCT_OFFSET (BatonPaste, user_key),
    N_ ("Enter the user key; the API Access page of Orchestrator shows it.") },
  { BATON_INPUT_CLIENT_ID, "client_id", "client-id", G_STRUCT_OFFSET (BatonPaste, client_id),
    N_ ("Enter the client ID; the API Access page shows it below the user key, and an external "
        "application shows it as App ID.") },
  { BATON_INPUT_CLIENT_SECRET, "client_secret", NULL, G_STRUCT_OFFSET (BatonPaste, client_secret),
    N_ ("Enter the client secret; the server showed it once, as App Secret, when it was made.") },
  { BATON_INPUT_ACCESS_TOKEN, "access_token", NULL, G_STRUCT_OFFSET (BatonPaste, access_token),
    N_ ("Enter the personal access token; the server showed it once, when it was made.") },
  { BATON_INPUT_EXPIRY, "expiry", NULL, 0, NULL },
  { BATON_INPUT_TENANT, "tenant", NULL, G_STRUCT_OFFSET (BatonPaste, tenant), NULL },
  { BATON_INPUT_USER_NAME, "user_name", "user-name", G_STRUCT_OFFSET (BatonPaste, user_name),
    N_ ("Enter your user name or e-mail address.") },
  { BATON_INPUT_PASSWORD, "password", NULL, G_STRUCT_OFFSET (BatonPaste, password),
    N_ ("Enter your password.") },
  { BATON_INPUT_REDIRECT, "redirect", "redirect-uri", G_STRUCT_OFFSET (BatonPaste, redirect_uri),
    N_ ("Enter the redirect URL that is registered with the external application.") },
  { BATON_INPUT_SCOPES, "scopes", "scopes", G_STRUCT_OFFSET (BatonPaste, scopes),
    N_ ("Enter the scopes to ask for.") },
};

#define N_INPUTS G_N_ELEMENTS (inputs)

struct _BatonSignInFields
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *rows[N_INPUTS];
  BatonMethodChooser *chooser;
  GtkLabel *explain;

  BatonInputs typed; /* by a person: the program does not overwrite it any more */
  gboolean chosen;   /* by a person, the way too */
  gboolean filling;  /* the program writes */

  BatonSecret *kept; /* (owned) (nullable): for the account that is signed in to again */
  char *kept_client; /* (owned) (nullable): the client ID that it is of */
};

enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_METHOD_CHANGED,
  SIGNAL_PASTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonSignInFields, baton_sign_in_fields, GTK_TYPE_WIDGET)

static BatonMethod
get_method (BatonSignInFields *self)
{
  return baton_method_chooser_get_method (self->chooser);
}

static GtkWidget *
find_row (BatonSignInFields *self, BatonInputs input)
{
  for (guint i = 0; i < N_INPUTS; i++)
    if (inputs[i].input == input)
      return self->rows[i];

  g_assert_not_reached ();
}

static const char *
text_of (BatonSignInFields *self, BatonInputs input)
{
  return gtk_editable_get_text (GTK_EDITABLE (find_row (self, input)));
}

static void
fill (BatonSignInFields *self, BatonInputs input, const char *text)
{
  if (text == NULL || g_strcmp0 (text_of (self, input), text) == 0)
    return;
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (find_row (self, input)), text);
  self->filling = FALSE;
}

/* Returns: (transfer none) (nullable): the kept secret of the client that is asked for. */
static const char *
find_kept_secret (BatonSignInFields *self)
{
  g_autofree char *client = g_strstrip (g_strdup (text_of (self, BATON_INPUT_CLIENT_ID)));

  if (self->kept == NULL || g_strcmp0 (client, self->kept_client) != 0)
    return NULL;

  return baton_secret_get_kind (self->kept) == BATON_SECRET_CLIENT_SECRET
             ? baton_secret_get_value (self->kept)
             : baton_secret_get_client_secret (self->kept);
}

static const char *
get_client_secret (BatonSignInFields *self)
{
  const char *typed = text_of (self, BATON_INPUT_CLIENT_SECRET);
  const char *kept = *typed == '\0' ? find_kept_secret (self) : NULL;

  return kept != NULL ? kept : typed;
}

/* What is typed, or what stands in for it. */
static const char *
get_text (BatonSignInFields *self, BatonInputs input)
{
  return input == BATON_INPUT_CLIENT_SECRET ? get_client_secret (self) : text_of (self, input);
}

static void
name_client_secret (BatonSignInFields *self)
{
  const BatonMethodText *text = baton_method_text_get (get_method (self));
  GtkWidget *secret = find_row (self, BATON_INPUT_CLIENT_SECRET);
  const char *title = _ ("Client secret");

  if (find_kept_secret (self) != NULL)
    title = _ ("Client secret (the kept one, or a new one)");
  else if ((text->required & BATON_INPUT_CLIENT_SECRET) == 0)
    title = _ ("Client secret (of a confidential application)");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (secret), title);
  baton_entry_name_set (secret);
}

/* What is asked for by default is another for each way, until a person writes it. */
static void
fill_scopes (BatonSignInFields *self)
{
  g_autofree char *scopes = baton_scopes_make_default (get_method (self));

  if ((self->typed & BATON_INPUT_SCOPES) == 0)
    fill (self, BATON_INPUT_SCOPES, scopes);
}

static void
show_method (BatonSignInFields *self)
{
  const BatonMethodText *text = baton_method_text_get (get_method (self));

  for (guint i = 0; i < N_INPUTS; i++)
    gtk_widget_set_visible (self->rows[i], (text->inputs & inputs[i].input) != 0);
  name_client_secret (self);
  gtk_label_set_text (self->explain, _ (text->explain));
  baton_scopes_row_set_method (BATON_SCOPES_ROW (find_row (self, BATON_INPUT_SCOPES)),
                               get_method (self));
  fill_scopes (self);
  g_signal_emit (self, signals[SIGNAL_METHOD_CHANGED], 0);
}

static void
chooser_changed_cb (BatonSignInFields *self, gboolean by_person)
{
  if (by_person)
    self->chosen = TRUE;
  show_method (self);
}

static void
changed_cb (BatonSignInFields *self, GtkWidget *row)
{
  gtk_widget_remove_css_class (row, "error");
  if (self->filling)
    return;
  for (guint i = 0; i < N_INPUTS; i++)
    {
      if (self->rows[i] != row)
        continue;
      /* An emptied field is the program's again. */
      if (*gtk_editable_get_text (GTK_EDITABLE (row)) != '\0')
        self->typed |= inputs[i].input;
      else
        self->typed &= ~inputs[i].input;
    }
  /* A kept secret is of one client alone. */
  name_client_secret (self);
}

/* This sees what is pasted, dropped, or put in by assistive technology. */
static void
inserted_cb (GtkEditable *editable, const char *text, int length, int *position, gpointer user_data)
{
  BatonSignInFields *self = user_data;
  g_autofree char *copy = NULL;
  gboolean taken = FALSE;

  if (self->filling || length < SHORTEST_PASTE)
    return;
  copy = g_strndup (text, (gsize)length);
  g_signal_emit (self, signals[SIGNAL_PASTED], 0, copy, &taken);
  explicit_bzero (copy, strlen (copy));
  if (taken)
    g_signal_stop_emission_by_name (editable, "insert-text");
}

static void
activated_cb (BatonSignInFields *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static void
baton_sign_in_fields_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_SIGN_IN_FIELDS);
  G_OBJECT_CLASS (baton_sign_in_fields_parent_class)->dispose (object);
}

static void
baton_sign_in_fields_finalize (GObject *object)
{
  BatonSignInFields *self = BATON_SIGN_IN_FIELDS (object);

  g_free (self->kept_client);
  g_clear_pointer (&self->kept, baton_secret_unref);
  G_OBJECT_CLASS (baton_sign_in_fields_parent_class)->finalize (object);
}

static void
baton_sign_in_fields_class_init (BatonSignInFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_sign_in_fields_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_sign_in_fields_finalize;

  signals[SIGNAL_ACTIVATE]
      = g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_METHOD_CHANGED] = g_signal_new ("method-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PASTED]
      = g_signal_new ("pasted", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                      NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);

  g_type_ensure (BATON_TYPE_DATE_ROW);
  g_type_ensure (BATON_TYPE_METHOD_CHOOSER);
  g_type_ensure (BATON_TYPE_REDIRECT_ROW);
  g_type_ensure (BATON_TYPE_SCOPES_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-sign-in-fields.ui");
  for (guint i = 0; i < N_INPUTS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, inputs[i].child, FALSE, 0);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInFields, chooser);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInFields, content);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInFields, explain);
  gtk_widget_class_bind_template_callback (widget_class, chooser_changed_cb);
}

static void
find_children (BatonSignInFields *self)
{
  GType type = BATON_TYPE_SIGN_IN_FIELDS;
  GtkWidget *widget = GTK_WIDGET (self);

  for (guint i = 0; i < N_INPUTS; i++)
    self->rows[i] = GTK_WIDGET (gtk_widget_get_template_child (widget, type, inputs[i].child));
}

static void
baton_sign_in_fields_init (BatonSignInFields *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  find_children (self);

  for (guint i = 0; i < N_INPUTS; i++)
    {
      GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->rows[i]));

      baton_entry_name_set (self->rows[i]);
      g_signal_connect_object (text, "insert-text", G_CALLBACK (inserted_cb), self, 0);
      g_signal_connect_object (self->rows[i], "changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->rows[i], "entry-activated", G_CALLBACK (activated_cb), self,
                               G_CONNECT_SWAPPED);
    }
  show_method (self);
}

BatonMethod
baton_sign_in_fields_get_method (BatonSignInFields *self)
{
  g_return_val_if_fail (BATON_IS_SIGN_IN_FIELDS (self), BATON_METHOD_USER_KEY);

  return get_method (self);
}

void
baton_sign_in_fields_set_method (BatonSignInFields *self, BatonMethod method)
{
  g_return_if_fail (BATON_IS_SIGN_IN_FIELDS (self));

  baton_method_chooser_set_method (self->chooser, method);
  self->chosen = TRUE;
}

void
baton_sign_in_fields_propose (BatonSignInFields *self, BatonMethod method)
{
  g_return_if_fail (BATON_IS_SIGN_IN_FIELDS (self));

  if (!self->chosen && self->typed == 0)
    baton_method_chooser_set_method (self->chooser, method);
}

static void
hint (BatonSignInFields *self, BatonInputs input, const char *text)
{
  if ((self->typed & input) == 0)
    fill (self, input, text);
}

void
baton_sign_in_fields_hint_client_id (BatonSignInFields *self, const char *text)
{
  g_return_if_fail (BATON_IS_SIGN_IN_FIELDS (self));

  hint (self, BATON_INPUT_CLIENT_ID, text);
}

void
baton_sign_in_fields_hint_tenant (BatonSignInFields *self, const char *text)
{
  g_return_if_fail (BATON_IS_SIGN_IN_FIELDS (self));

  hint (self, BATON_INPUT_TENANT, text);
}

void
baton_sign_in_fields_set_tenant (BatonSignInFields *self, const char *text)
{
  g_return_if_fail (BATON_IS_SIGN_IN_FIELDS (self));

  fill (self, BATON_INPUT_TENANT, text);
  self->typed &= ~BATON_INPUT_TENANT;
}

const char *
baton_sign_in_fields_get_tenant (BatonSignInFields *self)
{
  g_return_val_if_fail (BATON_IS_SIGN_IN_FIELDS (self), NULL);

  return text_of (self, BATON_INPUT_TENANT);
}

void
baton_sign_in_fields_fill (BatonSignInFields *self, BatonAccount *account)
{
  g_return_if_fail (BATON_IS_SIGN_IN_FIELDS (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  baton_sign_in_fields_set_method (self, baton_account_get_method (account));
  fill (self, BATON_INPUT_TENANT,
        baton_deployment_get_tenant (baton_account_get_deployment (account)));
  for (guint i = 0; i < N_INPUTS; i++)
    {
      g_autofree char *text = NULL;

      if (inputs[i].property == NULL)
        continue;
      g_object_get (account, inputs[i].property, &text, NULL);
      fill (self, inputs[i].input, text);
    }
}

void
baton_sign_in_fields_add_scope (BatonSignInFields *self, const char *scope)
{
  g_autofree char *scopes = NULL;

  g_return_if_fail (BATON_IS_SIGN_IN_FIELDS (self));
  g_return_if_fail (scope != NULL);

  scopes = baton_scopes_add (text_of (self, BATON_INPUT_SCOPES), scope);
  fill (self, BATON_INPUT_SCOPES, scopes);
  self->typed |= BATON_INPUT_SCOPES;
}

/* Returns: the way that @paste is about; the chosen one where it does not say. */
static BatonMethod
find_method (BatonSignInFields *self, BatonPaste *paste)
{
  if (paste->user_key != NULL)
    return BATON_METHOD_USER_KEY;
  if (paste->access_token != NULL)
    return BATON_METHOD_PERSONAL_ACCESS_TOKEN;
  if (paste->redirect_uri != NULL)
    return BATON_METHOD_BROWSER;
  if (paste->client_secret != NULL && get_method (self) != BATON_METHOD_BROWSER)
    return BATON_METHOD_CLIENT_CREDENTIALS;
  if (paste->password != NULL)
    return BATON_METHOD_PASSWORD;

  return get_method (self);
}

void
baton_sign_in_fields_paste (BatonSignInFields *self, BatonPaste *paste)
{
  BatonMethod method;

  g_return_if_fail (BATON_IS_SIGN_IN_FIELDS (self));
  g_return_if_fail (paste != NULL);

  method = find_method (self, paste);
  if (method != get_method (self))
    baton_sign_in_fields_set_method (self, method);
  for (guint i = 0; i < N_INPUTS; i++)
    {
      const char *text
          = inputs[i].paste != 0 ? G_STRUCT_MEMBER (const char *, paste, inputs[i].paste) : NULL;

      fill (self, inputs[i].input, text);
      if (text != NULL)
        self->typed |= inputs[i].input;
    }
}

void
baton_sign_in_fields_focus_secret (BatonSignInFields *self)
{
  static const BatonInputs secrets[] = { BATON_INPUT_USER_KEY, BATON_INPUT_PASSWORD,
                                         BATON_INPUT_ACCESS_TOKEN, BATON_INPUT_CLIENT_SECRET };
  const BatonMethodText *text;

  g_return_if_fail (BATON_IS_SIGN_IN_FIELDS (self));

  text = baton_method_text_get (get_method (self));
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    if ((text->inputs & secrets[i]) != 0)
      {
        gtk_widget_grab_focus (find_row (self, secrets[i]));
        return;
      }
}

GtkWidget *
baton_sign_in_fields_check (BatonSignInFields *self, const char **problem)
{
  const BatonMethodText *text;
  GtkWidget *expiry;
  gint64 ends;

  g_return_val_if_fail (BATON_IS_SIGN_IN_FIELDS (self), NULL);

  text = baton_method_text_get (get_method (self));
  for (guint i = 0; i < N_INPUTS; i++)
    if ((text->required & inputs[i].input) != 0 && *get_text (self, inputs[i].input) == '\0')
      {
        *problem = _ (inputs[i].missing);
        return self->rows[i];
      }

  expiry = find_row (self, BATON_INPUT_EXPIRY);
  if ((text->inputs & BATON_INPUT_EXPIRY) == 0)
    return NULL;
  if (!baton_date_row_read (BATON_DATE_ROW (expiry), &ends))
    *problem = _ ("Enter the day as 2026-12-31, or leave it empty.");
  else if (ends != 0 && ends <= g_get_real_time ())
    *problem = _ ("That day is over, so the personal access token has expired. Make a new one.");
  else
    return NULL;

  return expiry;
}

static char *
dup_value (BatonSignInFields *self, BatonInputs input)
{
  if (input == BATON_INPUT_SCOPES)
    return baton_scopes_arrange (text_of (self, input), get_method (self));

  return g_strstrip (g_strdup (text_of (self, input)));
}

BatonAccount *
baton_sign_in_fields_make_account (BatonSignInFields *self,
                                   const char *id,
                                   BatonDeployment *deployment)
{
  const BatonMethodText *text;
  g_autofree char *tenant = NULL;
  g_autoptr (BatonDeployment) placed = NULL;
  BatonAccount *account;

  g_return_val_if_fail (BATON_IS_SIGN_IN_FIELDS (self), NULL);
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (deployment), NULL);

  text = baton_method_text_get (get_method (self));
  tenant = dup_value (self, BATON_INPUT_TENANT);
  placed = g_object_ref (deployment);
  if (*tenant != '\0' && g_strcmp0 (tenant, baton_deployment_get_tenant (deployment)) != 0)
    {
      g_autoptr (BatonDeployment) other = baton_deployment_with_tenant (
          deployment, baton_deployment_get_organization (deployment), tenant);

      g_set_object (&placed, other);
    }

  account = baton_account_new (id, placed, get_method (self));
  for (guint i = 0; i < N_INPUTS; i++)
    {
      g_autofree char *value = NULL;

      if (inputs[i].property == NULL || (text->inputs & inputs[i].input) == 0)
        continue;
      value = dup_value (self, inputs[i].input);
      g_object_set (account, inputs[i].property, value, NULL);
    }

  return account;
}

/* Returns: where the secret of @kind is typed; 0 where it is not. */
static BatonInputs
find_secret_input (BatonSecretKind kind)
{
  switch (kind)
    {
    case BATON_SECRET_USER_KEY:
      return BATON_INPUT_USER_KEY;
    case BATON_SECRET_PASSWORD:
      return BATON_INPUT_PASSWORD;
    case BATON_SECRET_CLIENT_SECRET:
      return BATON_INPUT_CLIENT_SECRET;
    case BATON_SECRET_PERSONAL_ACCESS_TOKEN:
      return BATON_INPUT_ACCESS_TOKEN;
    case BATON_SECRET_REFRESH_TOKEN:
    case BATON_SECRET_AUTHORIZATION_CODE:
    case BATON_SECRET_PROXY_LOGIN:
    case BATON_SECRET_CERTIFICATE_PASSWORD:
    default:
      return 0;
    }
}

BatonSecret *
baton_sign_in_fields_make_secret (BatonSignInFields *self)
{
  const BatonMethodText *text;
  BatonInputs input;
  BatonSecret *secret;
  gint64 ends = 0;
  char *value;

  g_return_val_if_fail (BATON_IS_SIGN_IN_FIELDS (self), NULL);

  text = baton_method_text_get (get_method (self));
  input = find_secret_input (text->kind);
  if (input == 0)
    return NULL;
  if ((text->inputs & BATON_INPUT_EXPIRY) != 0)
    baton_date_row_read (BATON_DATE_ROW (find_row (self, BATON_INPUT_EXPIRY)), &ends);

  value = g_strdup (get_text (self, input));
  if (!text->blanks_count)
    g_strstrip (value);
  secret = baton_secret_new (text->kind, value, g_get_real_time (), ends);
  baton_secret_free (value);

  return secret;
}

void
baton_sign_in_fields_set_kept (BatonSignInFields *self, const char *client_id, BatonSecret *kept)
{
  g_return_if_fail (BATON_IS_SIGN_IN_FIELDS (self));
  g_return_if_fail (client_id != NULL && kept != NULL);

  g_free (self->kept_client);
  self->kept_client = g_strdup (client_id);
  g_clear_pointer (&self->kept, baton_secret_unref);
  self->kept = baton_secret_ref (kept);
  name_client_secret (self);
}

const char *
baton_sign_in_fields_get_client_secret (BatonSignInFields *self)
{
  const char *secret;

  g_return_val_if_fail (BATON_IS_SIGN_IN_FIELDS (self), NULL);

  secret = get_client_secret (self);

  return *secret != '\0' ? secret : NULL;
}
