/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error-text.h"
#include "baton-json.h"
#include "baton-license-group.h"
#include "baton-value-row.h"

struct _BatonLicenseGroup
{
  GtkWidget parent_instance;

  AdwPreferencesGroup *group; /* the one child */
  GPtrArray *rows;            /* (owned) (element-type GtkWidget, unowned) */
};

G_DEFINE_FINAL_TYPE (BatonLicenseGroup, baton_license_group, GTK_TYPE_WIDGET)

/* The kinds that LicenseDto counts, for a person; a kind of a later version shows as it is written. */
static const struct
{
  const char *kind;
  const char *name;
} kinds[] = {
  { "Attended", N_ ("Attended robots") },
  { "Unattended", N_ ("Unattended robots") },
  { "NonProduction", N_ ("Non-production robots") },
  { "Development", N_ ("Development (Studio)") },
  { "Studio", N_ ("Studio") },
  { "StudioX", N_ ("StudioX") },
  { "StudioPro", N_ ("Studio Pro") },
  { "RpaDeveloper", N_ ("RPA developers") },
  { "CitizenDeveloper", N_ ("Citizen developers") },
  { "TestAutomation", N_ ("Testing robots") },
  { "Headless", N_ ("Headless robots") },
  { "Hosting", N_ ("Hosting") },
  { "AutomationCloud", N_ ("Automation Cloud robots") },
  { "Serverless", N_ ("Serverless robots") },
};

static const char *
kind_name (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _(kinds[i].name);
  return kind;
}

static void
add (BatonLicenseGroup *self, GtkWidget *row)
{
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear (BatonLicenseGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_text (BatonLicenseGroup *self, const char *title, const char *subtitle, const char *icon, const char *css_class)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *markup = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  if (markup != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  if (icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icon);

      gtk_widget_add_css_class (image, css_class);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
    }
  add (self, row);
}

/* SubscriptionPlan is written in capitals; a plan of a later version shows as it is written. */
static const char *
plan_name (const char *plan)
{
  static const struct
  {
    const char *plan;
    const char *name;
  } plans[] = {
    { "COMMUNITY", N_ ("Community") },
    { "ENTERPRISE", N_ ("Enterprise") },
    { "ENTERPRISE_TRIAL", N_ ("Enterprise, on trial") },
    { "PRO", N_ ("Pro") },
    { "PRO_TRIAL", N_ ("Pro, on trial") },
  };

  for (guint i = 0; plan != NULL && i < G_N_ELEMENTS (plans); i++)
    if (g_ascii_strcasecmp (plans[i].plan, plan) == 0)
      return _(plans[i].name);
  return plan;
}

static void
add_plan (BatonLicenseGroup *self, JsonObject *license)
{
  const char *plan = plan_name (baton_json_peek_string (license, "SubscriptionPlan"));

  if (plan == NULL && baton_json_peek_bool (license, "IsCommunity", FALSE))
    plan = _("Community");
  if (plan == NULL && baton_json_peek_bool (license, "IsProOrEnterprise", FALSE))
    plan = _("Enterprise");
  add (self, baton_value_row_new (_("Plan"), plan));
}

/* ExpireDate is in seconds since 1970 (definition: LicenseDto). */
static void
add_days (BatonLicenseGroup *self, JsonObject *license)
{
  gint64 expires = baton_json_peek_int (license, "ExpireDate", 0);
  gint64 left;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *title = NULL;
  g_autofree char *until = NULL;

  if (baton_json_peek_bool (license, "IsExpired", FALSE))
    {
      add_text (self, _("The licence has expired"), NULL, "dialog-error-symbolic", "error");
      return;
    }
  if (expires <= 0 || expires > G_MAXINT32 * (gint64) 4)
    return;
  left = MAX (expires - g_get_real_time () / G_USEC_PER_SEC, 0) / 86400;
  title = g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) left), (int) left);
  date = g_date_time_new_from_unix_local (expires);
  /* TRANSLATORS: the last day of a licence, see date(1) for the letters. */
  until = g_date_time_format (date, _("Until %-d %B %Y"));
  add_text (self, title, until, left < 30 ? "dialog-warning-symbolic" : NULL, "warning");
}

/* A kind: its name, "used of allowed" in words, and a bar. */
static void
add_kind (BatonLicenseGroup *self, const char *kind, gint64 used, gint64 allowed)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (kind_name (kind));
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, MAX (MAX (allowed, used), 1));
  GtkWidget *amount;
  g_autofree char *text = NULL;

  /* TRANSLATORS: how many licences of a kind are used, and how many there are. */
  text = g_strdup_printf (_("%'d of %'d"), (int) used, (int) allowed);
  amount = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (amount, "numeric");
  gtk_widget_add_css_class (amount, used > allowed ? "error" : "dim-label");
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), amount);

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), (double) used);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kind_name (kind), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kind_name (kind), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  add (self, row);
}

/* Kinds that are neither allowed nor used say nothing to anybody. */
static void
add_kinds (BatonLicenseGroup *self, JsonObject *license)
{
  JsonObject *allowed = baton_json_peek_object (license, "Allowed");
  JsonObject *used = baton_json_peek_object (license, "Used");
  g_auto (GStrv) names = allowed != NULL ? baton_json_dup_names (allowed) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      gint64 of = baton_json_peek_int (allowed, names[i], 0);
      gint64 n = used != NULL ? baton_json_peek_int (used, names[i], 0) : 0;

      if (of > 0 || n > 0)
        add_kind (self, names[i], n, of);
    }
}

static void
baton_license_group_dispose (GObject *object)
{
  BatonLicenseGroup *self = BATON_LICENSE_GROUP (object);

  g_clear_pointer ((GtkWidget **) &self->group, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_license_group_parent_class)->dispose (object);
}

static void
baton_license_group_finalize (GObject *object)
{
  g_ptr_array_unref (BATON_LICENSE_GROUP (object)->rows);
  G_OBJECT_CLASS (baton_license_group_parent_class)->finalize (object);
}

static void
baton_license_group_class_init (BatonLicenseGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_license_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_license_group_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
baton_license_group_init (BatonLicenseGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Licence"));
  gtk_widget_set_parent (GTK_WIDGET (self->group), GTK_WIDGET (self));
}

void
baton_license_group_set (BatonLicenseGroup *self, JsonNode *license)
{
  JsonObject *object;

  g_return_if_fail (BATON_IS_LICENSE_GROUP (self));

  clear (self);
  object = baton_json_peek_root_object (license);
  if (license == NULL)
    add_text (self, _("Asking Orchestrator…"), NULL, NULL, NULL);
  if (object == NULL)
    return;
  add_plan (self, object);
  add_days (self, object);
  add_kinds (self, object);
}

void
baton_license_group_set_error (BatonLicenseGroup *self, const GError *error)
{
  g_autoptr (BatonErrorText) text = NULL;

  g_return_if_fail (BATON_IS_LICENSE_GROUP (self));
  g_return_if_fail (error != NULL);

  text = baton_error_text_new (error, _("The licence could not be loaded"));
  clear (self);
  add_text (self, text->title, text->body, "dialog-warning-symbolic", "warning");
}
