/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "auth/baton-scopes.h"
#include "baton-applications-group.h"
#include "baton-identity-form.h"
#include "baton-local-time.h"
#include "baton-once-window.h"
#include "baton-question.h"
#include "baton-rotation-window.h"
#include "baton-value-row.h"
#include "identity/baton-organization-key.h"

struct _BatonApplicationsGroup
{
  BatonServerGroup parent_instance;

  char *organization;      /* (owned) (nullable): its GUID, once it is known */
  GPtrArray *applications; /* (owned) (element-type BatonExternalApplication) (nullable) */
};

G_DEFINE_FINAL_TYPE (BatonApplicationsGroup, baton_applications_group, BATON_TYPE_SERVER_GROUP)

static BatonExternalApplication *
get_application (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "application");
}

static BatonApplicationSecret *
get_secret (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "secret");
}

static void
made_cb (BatonApplicationsGroup *self, BatonSecret *secret)
{
  gtk_window_present (baton_once_window_new (
      baton_server_group_get_window (BATON_SERVER_GROUP (self)), _ ("Application secret"), secret));
}

static void
done_cb (BatonApplicationsGroup *self, const char *message)
{
  baton_server_group_say (BATON_SERVER_GROUP (self), message);
  baton_server_group_reload (BATON_SERVER_GROUP (self));
}

static void
present_form (BatonApplicationsGroup *self, GtkWindow *form)
{
  g_signal_connect_object (form, "made", G_CALLBACK (made_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (form);
}

/* @button: of an application, or of none for a new one. */
static void
edit_cb (BatonApplicationsGroup *self, GtkWidget *button)
{
  BatonServerGroup *group = BATON_SERVER_GROUP (self);

  present_form (self,
                baton_identity_form_new_application (baton_server_group_get_window (group),
                                                     baton_server_group_get_connection (group),
                                                     self->organization, get_application (button)));
}

static void
add_secret_cb (BatonApplicationsGroup *self, GtkWidget *button)
{
  BatonServerGroup *group = BATON_SERVER_GROUP (self);

  present_form (self,
                baton_identity_form_new_secret (baton_server_group_get_window (group),
                                                baton_server_group_get_connection (group),
                                                self->organization, get_application (button)->id));
}

static void
act (BatonApplicationsGroup *self, BatonRequest *request, const char *done)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify)baton_request_unref);

  g_ptr_array_add (requests, request);
  baton_server_group_act (BATON_SERVER_GROUP (self), requests, done);
}

static void
delete_answered (gpointer object, gpointer data)
{
  BatonApplicationsGroup *self = object;

  act (self, baton_external_application_make_delete (self->organization, data),
       _ ("The application was deleted"));
}

static void
delete_cb (BatonApplicationsGroup *self, GtkWidget *button)
{
  BatonExternalApplication *application = get_application (button);
  /* TRANSLATORS: %s is the name of an external application. */
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s”?"), application->name);

  baton_question_ask (
      baton_server_group_get_window (BATON_SERVER_GROUP (self)), heading,
      _ ("Everything that signs in as this application stops working, and its secrets end. "
         "This cannot be undone."),
      _ ("Delete"), self, delete_answered, g_strdup (application->id), g_free);
}

static void
delete_secret_answered (gpointer object, gpointer data)
{
  BatonApplicationsGroup *self = object;

  act (self, baton_application_secret_make_delete (self->organization, data),
       _ ("The secret was deleted"));
}

static void
delete_secret_cb (BatonApplicationsGroup *self, GtkWidget *button)
{
  baton_question_ask (
      baton_server_group_get_window (BATON_SERVER_GROUP (self)), _ ("Delete the secret?"),
      _ ("Everything that signs in with this secret stops working. This cannot be undone. "
         "To replace it, use “Rotate”."),
      _ ("Delete"), self, delete_secret_answered, g_strdup (get_secret (button)->id), g_free);
}

static gboolean
uses (BatonAccount *account, const char *origin, const char *id)
{
  const char *client_id = baton_account_get_client_id (account);
  BatonMethod method = baton_account_get_method (account);

  return (method == BATON_METHOD_CLIENT_CREDENTIALS || method == BATON_METHOD_BROWSER)
         && client_id != NULL && g_ascii_strcasecmp (client_id, id) == 0
         && g_strcmp0 (baton_deployment_get_origin (baton_account_get_deployment (account)), origin)
                == 0;
}

/* Returns: (transfer none) (nullable): the one account of Baton that signs in with a secret of the
 * application. Where several do, the others would be left behind with a secret that is deleted. */
static BatonAccount *
find_account (BatonApplicationsGroup *self, const char *id)
{
  BatonServerGroup *group = BATON_SERVER_GROUP (self);
  BatonAccount *opened = baton_connection_get_account (baton_server_group_get_connection (group));
  const char *origin = baton_deployment_get_origin (baton_account_get_deployment (opened));
  GListModel *accounts
      = G_LIST_MODEL (baton_session_get_accounts (baton_server_group_get_session (group)));
  BatonAccount *found = NULL;
  guint n_found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (BatonAccount) account = g_list_model_get_item (accounts, i);

      if (uses (account, origin, id))
        {
          found = account; /* the list keeps it */
          n_found++;
        }
    }
  if (n_found != 1 || baton_account_get_method (found) != BATON_METHOD_CLIENT_CREDENTIALS)
    return NULL;
  return found;
}

static void
rotate_cb (BatonApplicationsGroup *self, GtkWidget *button)
{
  BatonServerGroup *group = BATON_SERVER_GROUP (self);
  BatonConnection *connection = baton_server_group_get_connection (group);
  BatonSecretStore *store = baton_session_get_secret_store (baton_server_group_get_session (group));
  BatonExternalApplication *application = get_application (button);
  BatonApplicationSecret *secret = get_secret (button);
  BatonAccount *account = find_account (self, application->id);
  g_autoptr (BatonConnection) target = NULL;
  g_autoptr (BatonRotation) rotation = NULL;
  g_autofree char *what = NULL;
  gint64 expires_at = 0;
  GtkWindow *window;

  if (account == NULL)
    return;
  target = baton_connection_get_account (connection) == account
               ? g_object_ref (connection)
               : baton_connection_new (account, store, NULL);
  /* As long as the old one was made for. */
  if (secret->created_at != 0 && secret->expires_at > secret->created_at)
    expires_at = g_get_real_time () + secret->expires_at - secret->created_at;
  rotation = baton_rotation_new_of_application (connection, target, store, self->organization,
                                                application->id, secret, expires_at);
  /* TRANSLATORS: the name of an external application, and of an account of Baton. */
  what = g_strdup_printf (_ ("Secret of “%s”, with which “%s” signs in"), application->name,
                          baton_account_get_name (account));
  window = baton_rotation_window_new (baton_server_group_get_window (group), what, rotation);
  g_signal_connect_object (window, "ended", G_CALLBACK (baton_server_group_reload), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

static GtkWidget *
make_button (BatonApplicationsGroup *self,
             const char *label,
             GCallback callback,
             BatonExternalApplication *application,
             BatonApplicationSecret *secret)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "application", application);
  g_object_set_data (G_OBJECT (button), "secret", secret);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_secret (BatonApplicationsGroup *self,
            GtkWidget *row,
            BatonExternalApplication *application,
            BatonApplicationSecret *secret)
{
  GtkWidget *line = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (
      *secret->description != '\0' ? secret->description : _ ("Secret"), -1);
  g_autofree char *time = NULL;
  g_autofree char *subtitle = NULL;

  if (secret->expires_at != 0)
    {
      time = baton_local_time_format (secret->expires_at);
      /* TRANSLATORS: %s is a time. */
      subtitle = g_strdup_printf (_ ("Expires %s"), time);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line),
                               subtitle != NULL ? subtitle : _ ("Never expires"));
  if (find_account (self, application->id) != NULL)
    adw_action_row_add_suffix (
        ADW_ACTION_ROW (line),
        make_button (self, _ ("Rotate…"), G_CALLBACK (rotate_cb), application, secret));
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (line),
      make_button (self, _ ("Delete…"), G_CALLBACK (delete_secret_cb), application, secret));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
}

static void
add_value (GtkWidget *row, const char *title, const char *value)
{
  if (value != NULL && *value != '\0')
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), baton_value_row_new (title, value));
}

static void
add_buttons (BatonApplicationsGroup *self, GtkWidget *row, BatonExternalApplication *application)
{
  GtkWidget *line = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = make_button (self, _ ("Delete…"), G_CALLBACK (delete_cb), application, NULL);

  if (application->confidential)
    gtk_box_append (GTK_BOX (box), make_button (self, _ ("Add secret…"), G_CALLBACK (add_secret_cb),
                                                application, NULL));
  gtk_box_append (GTK_BOX (box),
                  make_button (self, _ ("Edit…"), G_CALLBACK (edit_cb), application, NULL));
  gtk_widget_add_css_class (remove, "destructive-action");
  gtk_widget_set_hexpand (remove, TRUE);
  gtk_widget_set_halign (remove, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 9);
  gtk_widget_set_margin_end (box, 9);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), FALSE);
  gtk_widget_set_focusable (line, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), box);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
}

/* Only once it is looked into: an organisation has many, and their scopes are long to lay out. */
static void
expanded_cb (BatonApplicationsGroup *self, GParamSpec *pspec, GtkWidget *row)
{
  BatonExternalApplication *application = get_application (row);
  g_autofree char *of_users = NULL;
  g_autofree char *own = NULL;

  if (application == NULL)
    return;
  g_object_set_data (G_OBJECT (row), "application", NULL);
  add_value (row, _ ("App ID (client ID)"), application->id);
  add_value (row, _ ("Redirect URL"), application->redirect_uri);
  of_users = baton_scopes_condense (application->user_scopes);
  own = baton_scopes_condense (application->application_scopes);
  add_value (row, _ ("User scopes"), of_users);
  add_value (row, _ ("Application scopes"), own);
  for (guint i = 0; i < application->secrets->len; i++)
    add_secret (self, row, application, g_ptr_array_index (application->secrets, i));
  add_buttons (self, row, application);
}

static void
add_application (BatonApplicationsGroup *self, BatonExternalApplication *application)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *title = g_markup_escape_text (application->name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), application->confidential
                                                             ? _ ("Confidential")
                                                             : _ ("Non-confidential"));
  g_object_set_data (G_OBJECT (row), "application", application);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (expanded_cb), self,
                           G_CONNECT_SWAPPED);
  baton_server_group_add_row (BATON_SERVER_GROUP (self), row);
}

static void
collect_expiries (GPtrArray *expiries,
                  BatonExternalApplication *application,
                  const char *account_id)
{
  for (guint i = 0; i < application->secrets->len; i++)
    {
      BatonApplicationSecret *secret = g_ptr_array_index (application->secrets, i);

      if (secret->expires_at != 0)
        g_ptr_array_add (expiries,
                         baton_expiry_new (BATON_EXPIRY_APPLICATION_SECRET, account_id, secret->id,
                                           application->name, secret->expires_at));
    }
}

static void
show_applications (BatonApplicationsGroup *self, const char *account_id)
{
  g_autoptr (GPtrArray) expiries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->applications->len; i++)
    {
      BatonExternalApplication *application = g_ptr_array_index (self->applications, i);

      add_application (self, application);
      collect_expiries (expiries, application, account_id);
    }
  baton_server_group_loaded (BATON_SERVER_GROUP (self), _ ("There is none"),
                             BATON_EXPIRY_APPLICATION_SECRET, expiries);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonApplicationsGroup) self = user_data;
  BatonConnection *connection = baton_server_group_get_connection (BATON_SERVER_GROUP (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) applications
      = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || connection == NULL)
    return;
  if (error != NULL)
    {
      baton_server_group_fail (BATON_SERVER_GROUP (self), error);
      return;
    }
  /* The rows know the old ones. */
  baton_server_group_begin (BATON_SERVER_GROUP (self));
  g_clear_pointer (&self->applications, g_ptr_array_unref);
  self->applications = g_steal_pointer (&applications);
  show_applications (self, baton_account_get_id (baton_connection_get_account (connection)));
}

static void
organization_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonApplicationsGroup) self = user_data;
  BatonServerGroup *group = BATON_SERVER_GROUP (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *organization = baton_organization_key_find_finish (result, &error);
  g_autoptr (BatonRequest) request = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || baton_server_group_get_connection (group) == NULL)
    return;
  if (error != NULL)
    {
      baton_server_group_fail (group, error);
      return;
    }
  g_free (self->organization);
  self->organization = g_steal_pointer (&organization);
  request = baton_external_application_make_list (self->organization);
  baton_pipeline_send_async (
      baton_connection_get_pipeline (baton_server_group_get_connection (group)), request,
      baton_external_application_decode_list, NULL, NULL, (GDestroyNotify)g_ptr_array_unref,
      baton_server_group_get_cancellable (group), listed_cb, g_object_ref (self));
}

static void
baton_applications_group_load (BatonServerGroup *group)
{
  baton_organization_key_find_async (baton_server_group_get_connection (group),
                                     baton_server_group_get_cancellable (group), organization_cb,
                                     g_object_ref (group));
}

static void
baton_applications_group_finalize (GObject *object)
{
  BatonApplicationsGroup *self = BATON_APPLICATIONS_GROUP (object);

  g_free (self->organization);
  g_clear_pointer (&self->applications, g_ptr_array_unref);
  G_OBJECT_CLASS (baton_applications_group_parent_class)->finalize (object);
}

static void
baton_applications_group_class_init (BatonApplicationsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_applications_group_finalize;
  BATON_SERVER_GROUP_CLASS (klass)->load = baton_applications_group_load;
}

static void
baton_applications_group_init (BatonApplicationsGroup *self)
{
  GtkWidget *make = baton_server_group_make_add (_ ("New application…"));

  g_signal_connect_object (make, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  baton_server_group_set_words (BATON_SERVER_GROUP (self), _ ("External applications"),
                                _ ("On the server, of the organisation."), "externalApps", make);
}
