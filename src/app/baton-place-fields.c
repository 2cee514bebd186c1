/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-address-preview.h"
#include "baton-entry-name.h"
#include "baton-place-fields.h"
#include "baton-probe.h"
#include "baton-redact.h"

/* What can be chosen in place of what the address says. The sandbox is always known by its. */
static const BatonEdition editions[] = {
  BATON_EDITION_CLOUD, BATON_EDITION_GOVERNMENT,  BATON_EDITION_DEDICATED,
  BATON_EDITION_SUITE, BATON_EDITION_STANDALONE,
};

static const char *const service_names[BATON_N_SERVICES] = {
  [BATON_SERVICE_ORCHESTRATOR] = "orchestrator",
  [BATON_SERVICE_IDENTITY] = "identity",
  [BATON_SERVICE_PORTAL] = "portal",
};

struct _BatonPlaceFields
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *address;
  AdwExpanderRow *expander;
  AdwComboRow *edition;
  GtkWidget *services[BATON_N_SERVICES];
  BatonAddressPreview *preview;

  BatonDeployment *deployment;      /* (owned) (nullable) */
  gboolean given[BATON_N_SERVICES]; /* by a person: the program does not overwrite it any more */
  char *probed;                     /* (owned) (nullable): the origin that was asked */
  gboolean answered;                /* it said that it is found */
  BatonEdition found;
  GCancellable *probing;            /* (owned) (nullable) */
  gboolean filling;                 /* the program writes or chooses */
  GtkWidget *edited;                /* (nullable): of services: what a person is writing in now */
};

enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_CHANGED,
  SIGNAL_LEFT,
  SIGNAL_PASTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonPlaceFields, baton_place_fields, GTK_TYPE_WIDGET)

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
fill (BatonPlaceFields *self, GtkWidget *row, const char *text)
{
  gboolean filling = self->filling;

  if (text == NULL)
    text = "";
  if (g_str_equal (get_text (row), text))
    return;
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  self->filling = filling;
}

/* Returns: TRUE where the server that is typed has said what it is. */
static gboolean
is_told (BatonPlaceFields *self, BatonDeployment *deployment)
{
  return self->answered && baton_probe_is_needed (deployment)
         && g_strcmp0 (self->probed, baton_deployment_get_origin (deployment)) == 0
         && baton_deployment_get_edition (deployment) != self->found;
}

/* Returns: (transfer full) (nullable): what is typed, with what a person corrected. */
static BatonDeployment *
make_deployment (BatonPlaceFields *self, GError **error)
{
  g_autofree char *address = g_strstrip (g_strdup (get_text (self->address)));
  guint chosen = adw_combo_row_get_selected (self->edition);
  BatonDeployment *deployment = NULL;

  if (*address != '\0')
    deployment = baton_deployment_parse (address, error);
  if (deployment == NULL)
    return NULL;

  if (chosen > 0 && chosen <= G_N_ELEMENTS (editions))
    {
      g_autoptr (BatonDeployment) parsed = deployment;

      deployment = baton_deployment_with_edition (parsed, editions[chosen - 1]);
    }
  else if (is_told (self, deployment))
    {
      g_autoptr (BatonDeployment) parsed = deployment;

      deployment = baton_deployment_with_edition (parsed, self->found);
    }
  for (guint i = 0; i < BATON_N_SERVICES; i++)
    if (self->given[i])
      {
        g_autoptr (BatonDeployment) old = deployment;

        deployment
            = baton_deployment_with_service (old, (BatonService)i, get_text (self->services[i]));
      }

  return deployment;
}

/* Returns: (transfer full) (nullable): where @service is, by all that is known. */
static char *
make_service_address (BatonDeployment *deployment, BatonService service)
{
  /* The address of a person's sign-in, not that of an organisation's people. */
  if (service == BATON_SERVICE_IDENTITY)
    return baton_deployment_make_identity_url (deployment, "");

  return baton_deployment_make_service_url (deployment, service);
}

static void
show_services (BatonPlaceFields *self)
{
  for (guint i = 0; i < BATON_N_SERVICES; i++)
    {
      g_autofree char *address
          = self->deployment != NULL ? make_service_address (self->deployment, (BatonService)i)
                                     : NULL;

      /* Emptied by a person it is about to be written in. */
      if (!self->given[i] && self->services[i] != self->edited)
        fill (self, self->services[i], address);
    }
}

static void
update (BatonPlaceFields *self)
{
  g_autoptr (GError) error = NULL;

  gtk_widget_remove_css_class (self->address, "error");
  g_clear_object (&self->deployment);
  self->deployment = make_deployment (self, &error);
  show_services (self);
  baton_address_preview_set (self->preview, self->deployment, error != NULL ? error->message : NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
edition_cb (BatonPlaceFields *self)
{
  if (!self->filling)
    update (self);
}

static void
service_cb (BatonPlaceFields *self, GtkWidget *row)
{
  gtk_widget_remove_css_class (row, "error");
  if (self->filling)
    return;
  /* An emptied field is the program's again, with the next thing that changes. */
  for (guint i = 0; i < BATON_N_SERVICES; i++)
    if (self->services[i] == row)
      self->given[i] = *get_text (row) != '\0';
  self->edited = row;
  update (self);
  self->edited = NULL;
}

/* This sees what is pasted, dropped, or put in by assistive technology. */
static void
inserted_cb (GtkEditable *editable, const char *text, int length, int *position, gpointer user_data)
{
  BatonPlaceFields *self = user_data;
  char *copy = g_strndup (text, (gsize)length);
  gboolean taken = FALSE;

  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_PASTED], 0, copy, &taken);
  baton_secret_free (copy);
  if (taken)
    g_signal_stop_emission_by_name (editable, "insert-text");
}

static void
left_cb (BatonPlaceFields *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonPlaceFields) self = user_data;
  BatonEdition found;

  /* Where nothing told, what the address says is all there is. */
  if (!baton_probe_run_finish (result, &found, NULL)
      || self->probing != g_task_get_cancellable (G_TASK (result)))
    return;
  self->answered = TRUE;
  self->found = found;
  update (self);
}

static void
activated_cb (BatonPlaceFields *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static gboolean
baton_place_fields_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BATON_PLACE_FIELDS (widget)->address);
}

static void
baton_place_fields_dispose (GObject *object)
{
  BatonPlaceFields *self = BATON_PLACE_FIELDS (object);

  g_cancellable_cancel (self->probing);
  g_clear_object (&self->probing);
  g_clear_object (&self->deployment);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_PLACE_FIELDS);
  G_OBJECT_CLASS (baton_place_fields_parent_class)->dispose (object);
}

static void
baton_place_fields_finalize (GObject *object)
{
  g_free (BATON_PLACE_FIELDS (object)->probed);
  G_OBJECT_CLASS (baton_place_fields_parent_class)->finalize (object);
}

static void
baton_place_fields_class_init (BatonPlaceFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_place_fields_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_place_fields_finalize;
  widget_class->grab_focus = baton_place_fields_grab_focus;

  signals[SIGNAL_ACTIVATE]
      = g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEFT]
      = g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PASTED]
      = g_signal_new ("pasted", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                      NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);

  g_type_ensure (BATON_TYPE_ADDRESS_PREVIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-place-fields.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonPlaceFields, content);
  gtk_widget_class_bind_template_child (widget_class, BatonPlaceFields, address);
  gtk_widget_class_bind_template_child (widget_class, BatonPlaceFields, expander);
  gtk_widget_class_bind_template_child (widget_class, BatonPlaceFields, edition);
  gtk_widget_class_bind_template_child (widget_class, BatonPlaceFields, preview);
  for (guint i = 0; i < BATON_N_SERVICES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, service_names[i], FALSE, 0);
}

static void
fill_editions (BatonPlaceFields *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("As the address says"));
  for (guint i = 0; i < G_N_ELEMENTS (editions); i++)
    gtk_string_list_append (names, baton_edition_get_name (editions[i]));
  adw_combo_row_set_model (self->edition, G_LIST_MODEL (names));
  g_signal_connect_object (self->edition, "notify::selected", G_CALLBACK (edition_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
baton_place_fields_init (BatonPlaceFields *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEditable *text;

  gtk_widget_init_template (GTK_WIDGET (self));
  fill_editions (self);
  for (guint i = 0; i < BATON_N_SERVICES; i++)
    {
      self->services[i] = GTK_WIDGET (gtk_widget_get_template_child (
          GTK_WIDGET (self), BATON_TYPE_PLACE_FIELDS, service_names[i]));
      baton_entry_name_set (self->services[i]);
      g_signal_connect_object (self->services[i], "changed", G_CALLBACK (service_cb), self,
                               G_CONNECT_SWAPPED);
    }
  baton_entry_name_set (self->address);
  text = gtk_editable_get_delegate (GTK_EDITABLE (self->address));
  g_signal_connect_object (text, "insert-text", G_CALLBACK (inserted_cb), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->address, focus);
  g_signal_connect_object (self->address, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->address, "entry-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
}

BatonDeployment *
baton_place_fields_get_deployment (BatonPlaceFields *self)
{
  g_return_val_if_fail (BATON_IS_PLACE_FIELDS (self), NULL);

  return self->deployment;
}

/* Returns: what to choose so that @address is of @edition. */
static guint
find_edition (const char *address, BatonEdition edition)
{
  g_autoptr (BatonDeployment) parsed = baton_deployment_parse (address, NULL);

  if (parsed != NULL && baton_deployment_get_edition (parsed) == edition)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (editions); i++)
    if (editions[i] == edition)
      return i + 1;

  return 0;
}

void
baton_place_fields_set_deployment (BatonPlaceFields *self, BatonDeployment *deployment)
{
  g_autofree char *address = NULL;
  gboolean any = FALSE;
  guint chosen;

  g_return_if_fail (BATON_IS_PLACE_FIELDS (self));
  g_return_if_fail (BATON_IS_DEPLOYMENT (deployment));

  address = baton_deployment_make_address (deployment);
  chosen = find_edition (address, baton_deployment_get_edition (deployment));
  for (guint i = 0; i < BATON_N_SERVICES; i++)
    {
      const char *given = baton_deployment_get_given (deployment, (BatonService)i);

      self->given[i] = given != NULL;
      any = any || given != NULL;
      fill (self, self->services[i], given);
    }
  self->filling = TRUE;
  adw_combo_row_set_selected (self->edition, chosen);
  self->filling = FALSE;
  fill (self, self->address, address);
  update (self);
  /* What was corrected is not hidden. */
  if (any || chosen != 0)
    adw_expander_row_set_expanded (self->expander, TRUE);
}

const char *
baton_place_fields_get_address (BatonPlaceFields *self)
{
  g_return_val_if_fail (BATON_IS_PLACE_FIELDS (self), NULL);

  return get_text (self->address);
}

void
baton_place_fields_set_address (BatonPlaceFields *self, const char *address)
{
  g_return_if_fail (BATON_IS_PLACE_FIELDS (self));

  if (address != NULL)
    fill (self, self->address, address);
}

void
baton_place_fields_probe (BatonPlaceFields *self, BatonAccount *account)
{
  const char *origin;

  g_return_if_fail (BATON_IS_PLACE_FIELDS (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  if (self->deployment == NULL || adw_combo_row_get_selected (self->edition) != 0
      || !baton_probe_is_needed (self->deployment))
    return;
  origin = baton_deployment_get_origin (self->deployment);
  if (g_strcmp0 (origin, self->probed) == 0)
    return;

  g_cancellable_cancel (self->probing);
  g_clear_object (&self->probing);
  self->probing = g_cancellable_new ();
  self->answered = FALSE;
  g_free (self->probed);
  self->probed = g_strdup (origin);
  baton_probe_run_async (account, self->deployment, self->probing, probed_cb, g_object_ref (self));
}

void
baton_place_fields_set_wrong (BatonPlaceFields *self)
{
  g_return_if_fail (BATON_IS_PLACE_FIELDS (self));

  gtk_widget_add_css_class (self->address, "error");
}

/* Returns: (transfer none) (nullable): the corrected address that nothing may be sent to. */
static GtkWidget *
find_unsafe_service (BatonPlaceFields *self)
{
  g_autofree char *address = g_strstrip (g_strdup (get_text (self->address)));
  g_autoptr (BatonDeployment) plain = baton_deployment_parse (address, NULL);

  for (guint i = 0; plain != NULL && i < BATON_N_SERVICES; i++)
    {
      g_autoptr (BatonDeployment) one = NULL;

      if (!self->given[i])
        continue;
      one = baton_deployment_with_service (plain, (BatonService)i, get_text (self->services[i]));
      if (baton_deployment_is_safe (plain) && !baton_deployment_is_safe (one))
        return self->services[i];
    }

  return NULL;
}

GtkWidget *
baton_place_fields_check (BatonPlaceFields *self, char **title, char **body)
{
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDeployment) deployment = NULL;
  GtkWidget *service;

  g_return_val_if_fail (BATON_IS_PLACE_FIELDS (self), NULL);
  g_return_val_if_fail (title != NULL && body != NULL, NULL);

  address = g_strstrip (g_strdup (get_text (self->address)));
  if (*address == '\0')
    {
      *title = g_strdup (_ ("Something is missing"));
      *body = g_strdup (_ ("Enter the address of your Orchestrator, in any form: as the browser "
                           "shows it is best."));
      return self->address;
    }
  deployment = make_deployment (self, &error);
  if (deployment == NULL)
    {
      *title = g_strdup (_ ("The address cannot be used"));
      *body = g_strdup (error->message);
      return self->address;
    }
  if (baton_deployment_is_safe (deployment))
    return NULL;

  service = find_unsafe_service (self);
  if (service != NULL)
    {
      adw_expander_row_set_expanded (self->expander, TRUE);
      *title = g_strdup (_ ("The address cannot be used"));
      *body = g_strdup (_ ("The address of a service begins with https://. Empty the field to have "
                           "what Baton finds by itself."));
      return service;
    }
  *title = g_strdup (_ ("The address is not safe"));
  *body = g_strdup (_ ("It begins with http, so anyone on the way could read the key. Use https."));

  return self->address;
}
