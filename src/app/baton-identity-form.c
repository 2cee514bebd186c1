/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-entry-name.h"
#include "baton-identity-form.h"
#include "baton-redact.h"
#include "baton-scopes-row.h"
#include "identity/baton-personal-access-token.h"

#define DAY (24 * 3600LL * G_USEC_PER_SEC)
/* Enough to look at what people look at most; the rest is typed. */
#define SOME_SCOPES "OR.Folders.Read OR.Jobs.Read OR.Queues.Read OR.Assets.Read OR.Execution.Read"

typedef enum
{
  TOKEN,
  APPLICATION,
  SECRET,
} Thing;

struct _BatonIdentityForm
{
  BatonFormWindow parent_instance;

  GtkEditable *name;
  GtkEditable *scopes;             /* (nullable) */
  GtkEditable *application_scopes; /* (nullable) */
  GtkEditable *redirect_uri;       /* (nullable) */
  GtkSwitch *confidential;         /* (nullable) */
  AdwComboRow *life;               /* (nullable) */

  Thing thing;
  char *organization; /* (owned) (nullable) */
  char *application;  /* (owned) (nullable): its id */
};

G_DEFINE_FINAL_TYPE (BatonIdentityForm, baton_identity_form, BATON_TYPE_FORM_WINDOW)

enum
{
  SIGNAL_MADE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *name;
  guint days; /* 0 for never */
} lives[] = {
  { N_ ("30 days"), 30 }, { N_ ("90 days"), 90 },         { N_ ("180 days"), 180 },
  { N_ ("a year"), 365 }, { N_ ("It never expires"), 0 }, /* not for tokens: the last is left out */
};

static gint64
get_expiry (BatonIdentityForm *self)
{
  guint selected = adw_combo_row_get_selected (self->life);
  guint days = selected < G_N_ELEMENTS (lives) ? lives[selected].days : 0;

  return days != 0 ? g_get_real_time () + days * DAY : 0;
}

static gboolean
is_empty (GtkEditable *entry)
{
  return strspn (gtk_editable_get_text (entry), " \t") == strlen (gtk_editable_get_text (entry));
}

static BatonRequest *
make_application (BatonIdentityForm *self)
{
  gboolean confidential = gtk_switch_get_active (self->confidential);
  const char *redirect_uri = gtk_editable_get_text (self->redirect_uri);
  BatonExternalApplication wanted = {
    .id = self->application,
    .name = (char *)gtk_editable_get_text (self->name),
    .confidential = confidential,
    .redirect_uri = *redirect_uri != '\0' ? (char *)redirect_uri : NULL,
    .user_scopes = (char *)gtk_editable_get_text (self->scopes),
    .application_scopes
    = confidential ? (char *)gtk_editable_get_text (self->application_scopes) : NULL,
  };

  if (is_empty (self->scopes) && (!confidential || is_empty (self->application_scopes)))
    return NULL;
  return baton_external_application_make_save (&wanted, self->organization);
}

static BatonRequest *
baton_identity_form_make_request (BatonFormWindow *window)
{
  BatonIdentityForm *self = BATON_IDENTITY_FORM (window);

  if (is_empty (self->name))
    return NULL;
  switch (self->thing)
    {
    case TOKEN:
      return is_empty (self->scopes)
                 ? NULL
                 : baton_personal_access_token_make_create (gtk_editable_get_text (self->name),
                                                            gtk_editable_get_text (self->scopes),
                                                            get_expiry (self));
    case APPLICATION:
      return make_application (self);
    case SECRET:
    default:
      return baton_application_secret_make_add (self->organization, self->application,
                                                gtk_editable_get_text (self->name),
                                                get_expiry (self));
    }
}

/* Returns: (transfer full) (nullable): what the server told this once. */
static char *
read_value (BatonIdentityForm *self, JsonNode *answer)
{
  g_autoptr (BatonPersonalAccessToken) token = NULL;
  g_autoptr (BatonApplicationSecret) secret = NULL;
  char *value = NULL;

  if (self->thing == TOKEN)
    token = baton_personal_access_token_read_created (answer, &value, NULL);
  else if (self->thing == SECRET)
    secret = baton_application_secret_read_added (answer, &value, NULL);
  else
    value = baton_external_application_read_secret (answer);
  return value;
}

static char *
baton_identity_form_describe_done (BatonFormWindow *window, JsonNode *answer)
{
  BatonIdentityForm *self = BATON_IDENTITY_FORM (window);
  char *value = read_value (self, answer);

  if (value != NULL)
    {
      g_autoptr (BatonSecret) secret = baton_secret_new (
          self->thing == TOKEN ? BATON_SECRET_PERSONAL_ACCESS_TOKEN : BATON_SECRET_CLIENT_SECRET,
          value, g_get_real_time (), 0);

      baton_secret_free (value);
      g_signal_emit (self, signals[SIGNAL_MADE], 0, secret);
    }
  switch (self->thing)
    {
    case TOKEN:
      return g_strdup (_ ("The personal access token was made"));
    case APPLICATION:
      return g_strdup (self->application != NULL ? _ ("The application was changed")
                                                 : _ ("The application was made"));
    case SECRET:
    default:
      return g_strdup (_ ("The secret was added"));
    }
}

static void
baton_identity_form_finalize (GObject *object)
{
  g_free (BATON_IDENTITY_FORM (object)->organization);
  g_free (BATON_IDENTITY_FORM (object)->application);
  G_OBJECT_CLASS (baton_identity_form_parent_class)->finalize (object);
}

static void
baton_identity_form_class_init (BatonIdentityFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_identity_form_finalize;
  BATON_FORM_WINDOW_CLASS (klass)->make_request = baton_identity_form_make_request;
  BATON_FORM_WINDOW_CLASS (klass)->describe_done = baton_identity_form_describe_done;
  signals[SIGNAL_MADE] = g_signal_new ("made", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, BATON_TYPE_SECRET);
}

static void
baton_identity_form_init (BatonIdentityForm *self)
{
}

/* @row: (transfer floating): an entry row with its title. */
static GtkEditable *
add_row (BatonIdentityForm *self, AdwPreferencesGroup *group, GtkWidget *row, const char *text)
{
  adw_preferences_group_add (group, row);
  baton_entry_name_set (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_connect_object (row, "changed", G_CALLBACK (baton_form_window_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_EDITABLE (row);
}

static GtkEditable *
add_entry (BatonIdentityForm *self, AdwPreferencesGroup *group, const char *title, const char *text)
{
  return add_row (self, group, g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, NULL), text);
}

static void
add_life (BatonIdentityForm *self, AdwPreferencesGroup *group, gboolean never)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lives) - (never ? 0 : 1); i++)
    gtk_string_list_append (names, _ (lives[i].name));
  self->life = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->life), _ ("Good for"));
  adw_combo_row_set_model (self->life, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->life, 1);
  adw_preferences_group_add (group, GTK_WIDGET (self->life));
}

static AdwPreferencesGroup *
begin (BatonIdentityForm *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  baton_form_window_add (BATON_FORM_WINDOW (self), group);
  return group;
}

static BatonIdentityForm *
make (GtkWindow *parent, BatonConnection *connection, Thing thing)
{
  BatonIdentityForm *self = g_object_new (BATON_TYPE_IDENTITY_FORM, "transient-for", parent,
                                          "default-height", 420, NULL);

  self->thing = thing;
  baton_form_window_set_connection (BATON_FORM_WINDOW (self), connection);
  return self;
}

GtkWindow *
baton_identity_form_new_token (GtkWindow *parent, BatonConnection *connection)
{
  BatonIdentityForm *self = make (parent, connection, TOKEN);
  AdwPreferencesGroup *group = begin (self);

  adw_preferences_group_set_description (
      group, _ ("Whoever has the token can do as you what its scopes allow."));
  self->name = add_entry (self, group, _ ("Name"), NULL);
  self->scopes = add_row (
      self, group,
      baton_scopes_row_new_to_give (_ ("Scopes"), BATON_METHOD_PERSONAL_ACCESS_TOKEN,
                                    _ ("What whoever has the token may do; your roles in "
                                       "Orchestrator still decide.")),
      SOME_SCOPES);
  add_life (self, group, FALSE);
  baton_form_window_set_words (BATON_FORM_WINDOW (self), _ ("New token"),
                               _ ("Create"), _ ("The token was not made"));
  baton_form_window_changed (BATON_FORM_WINDOW (self));
  return GTK_WINDOW (self);
}

static void
kind_changed_cb (BatonIdentityForm *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->application_scopes),
                            gtk_switch_get_active (self->confidential));
  baton_form_window_changed (BATON_FORM_WINDOW (self));
}

static void
add_confidential (BatonIdentityForm *self, AdwPreferencesGroup *group, gboolean confidential)
{
  GtkWidget *row = adw_action_row_new ();

  self->confidential = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (self->confidential, confidential);
  gtk_widget_set_valign (GTK_WIDGET (self->confidential), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Confidential"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("It can keep a secret, and act by itself"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->confidential));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->confidential));
  adw_preferences_group_add (group, row);
  g_signal_connect_object (self->confidential, "notify::active", G_CALLBACK (kind_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWindow *
baton_identity_form_new_application (GtkWindow *parent,
                                     BatonConnection *connection,
                                     const char *organization,
                                     const BatonExternalApplication *application)
{
  BatonIdentityForm *self = make (parent, connection, APPLICATION);
  AdwPreferencesGroup *group = begin (self);
  gboolean is_new = application == NULL;

  g_return_val_if_fail (organization != NULL, NULL);

  self->organization = g_strdup (organization);
  self->application = is_new ? NULL : g_strdup (application->id);
  self->name = add_entry (self, group, _ ("Name"), is_new ? NULL : application->name);
  self->redirect_uri = add_entry (self, group, _ ("Redirect URL, for a person’s sign-in"),
                                  is_new ? NULL : application->redirect_uri);
  self->scopes = add_row (
      self, group,
      baton_scopes_row_new_to_give (_ ("User scopes"), BATON_METHOD_PERSONAL_ACCESS_TOKEN,
                                    _ ("What it may do for a person who signs in with it.")),
      is_new ? NULL : application->user_scopes);
  self->application_scopes = add_row (
      self, group,
      baton_scopes_row_new_to_give (_ ("Application scopes"), BATON_METHOD_CLIENT_CREDENTIALS,
                                    _ ("What it may do when it acts by itself.")),
      is_new ? SOME_SCOPES : application->application_scopes);
  add_confidential (self, group, is_new || application->confidential);
  baton_form_window_set_words (
      BATON_FORM_WINDOW (self), is_new ? _ ("New application") : _ ("Edit application"),
      is_new ? _ ("Create") : _ ("Save"), _ ("The application was not saved"));
  kind_changed_cb (self);
  return GTK_WINDOW (self);
}

GtkWindow *
baton_identity_form_new_secret (GtkWindow *parent,
                                BatonConnection *connection,
                                const char *organization,
                                const char *application)
{
  BatonIdentityForm *self = make (parent, connection, SECRET);
  AdwPreferencesGroup *group = begin (self);

  g_return_val_if_fail (organization != NULL, NULL);
  g_return_val_if_fail (application != NULL, NULL);

  self->organization = g_strdup (organization);
  self->application = g_strdup (application);
  self->name = add_entry (self, group, _ ("Description"), NULL);
  add_life (self, group, TRUE);
  baton_form_window_set_words (BATON_FORM_WINDOW (self), _ ("New secret"), _ ("Add"),
                               _ ("The secret was not added"));
  baton_form_window_changed (BATON_FORM_WINDOW (self));
  return GTK_WINDOW (self);
}
