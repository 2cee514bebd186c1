/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "baton-about.h"

void
baton_about_present (GtkWindow *parent)
{
  GtkWidget *window = adw_about_window_new ();
  AdwAboutWindow *about = ADW_ABOUT_WINDOW (window);

  adw_about_window_set_application_icon (about, APPLICATION_ID);
  adw_about_window_set_application_name (about, _("Baton"));
  adw_about_window_set_developer_name (about, _("The Baton authors"));
  adw_about_window_set_version (about, PACKAGE_VERSION);
  adw_about_window_set_license_type (about, GTK_LICENSE_GPL_3_0);
  adw_about_window_set_comments (
      about, _("A desktop for UiPath Orchestrator.\n\nBaton is not affiliated with UiPath. UiPath and "
               "Orchestrator are trademarks of their owner."));
  /* TRANSLATORS: your names, one a line. */
  adw_about_window_set_translator_credits (about, _("translator-credits"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}
