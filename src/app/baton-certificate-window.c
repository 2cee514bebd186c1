/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-certificate-window.h"
#include "baton-question.h"
#include "baton-value-row.h"
#include "http/baton-certificate.h"

struct _BatonCertificateWindow
{
  AdwWindow parent_instance;

  AdwPreferencesPage *page;
  AdwPreferencesGroup *reasons;
  AdwPreferencesGroup *facts;

  char *host;        /* (owned) (nullable) */
  char *fingerprint; /* (owned) (nullable) */
};

enum
{
  SIGNAL_TRUSTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonCertificateWindow, baton_certificate_window, ADW_TYPE_WINDOW)

static void
answered (gpointer object, gpointer data)
{
  BatonCertificateWindow *self = object;

  g_signal_emit (self, signals[SIGNAL_TRUSTED], 0, self->host, self->fingerprint);
  gtk_window_close (GTK_WINDOW (self));
}

static void
trust_cb (BatonCertificateWindow *self)
{
  /* TRANSLATORS: %s is "host:port" */
  g_autofree char *heading = g_strdup_printf (_ ("Trust the certificate of %s?"), self->host);

  baton_question_ask (
      GTK_WINDOW (self), heading,
      _ ("Whoever has this certificate can read your keys and tokens and change what Baton shows. "
         "Ask whoever runs the server for the fingerprint, over another way than this network, and "
         "go on only if it is the same.\n\nIt counts for this account and this server alone, and "
         "no longer when the server shows another certificate."),
      _ ("Trust It"), self, answered, NULL, NULL);
}

static void
baton_certificate_window_finalize (GObject *object)
{
  BatonCertificateWindow *self = BATON_CERTIFICATE_WINDOW (object);

  g_free (self->host);
  g_free (self->fingerprint);
  G_OBJECT_CLASS (baton_certificate_window_parent_class)->finalize (object);
}

static void
baton_certificate_window_class_init (BatonCertificateWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_certificate_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);

  signals[SIGNAL_TRUSTED]
      = g_signal_new ("trusted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
baton_certificate_window_init (BatonCertificateWindow *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  AdwPreferencesGroup *action = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *button = gtk_button_new_with_label (_ ("Trust this certificate…"));

  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  self->reasons = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->facts = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", G_CALLBACK (trust_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (action, button);
  adw_preferences_page_add (self->page, self->reasons);
  adw_preferences_page_add (self->page, self->facts);
  adw_preferences_page_add (self->page, action);
  gtk_widget_set_vexpand (GTK_WIDGET (self->page), TRUE);
  gtk_box_append (GTK_BOX (all), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->page));
  adw_window_set_content (ADW_WINDOW (self), all);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 640);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Certificate"));
}

static void
add_fact (BatonCertificateWindow *self, const char *name, const char *value)
{
  adw_preferences_group_add (self->facts, baton_value_row_new (name, value));
}

static char *
format_time (GDateTime *time)
{
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : NULL;
}

static void
add_facts (BatonCertificateWindow *self, GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autoptr (GDateTime) from = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) until = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *first = format_time (from);
  g_autofree char *last = format_time (until);

  add_fact (self, _ ("Shown by"), self->host);
  add_fact (self, _ ("Issued for"), subject);
  add_fact (self, _ ("Issued by"), issuer);
  add_fact (self, _ ("Valid from"), first);
  add_fact (self, _ ("Valid until"), last);
  add_fact (self, _ ("SHA-256 fingerprint"), self->fingerprint);
}

static void
say_why (BatonCertificateWindow *self, BatonHandshake *refused)
{
  g_autofree char *reasons = baton_certificate_describe_errors (refused->errors);
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (refused->verdict != BATON_VERDICT_CHANGED)
    /* TRANSLATORS: %s is a list of reasons */
    text = g_strdup_printf (_ ("Why: %s. Nothing was sent to this server."), reasons);
  else if (refused->errors == 0)
    text = g_strdup (_ ("It is not the one that you trusted, though an authority vouches for it. "
                        "Nothing was sent to this server."));
  else
    /* TRANSLATORS: %s is a list of reasons */
    text = g_strdup_printf (_ ("It is not the one that you trusted, and by itself not trusted: %s. "
                               "Nothing was sent to this server."),
                            reasons);
  markup = g_markup_escape_text (text, -1);
  adw_preferences_group_set_title (self->reasons, refused->verdict == BATON_VERDICT_CHANGED
                                                      ? _ ("The certificate has changed")
                                                      : _ ("This certificate is not trusted"));
  adw_preferences_group_set_description (self->reasons, markup);
}

GtkWidget *
baton_certificate_window_new (GtkWindow *parent, const char *host, BatonHandshake *refused)
{
  BatonCertificateWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (refused != NULL && refused->certificate != NULL, NULL);

  self = g_object_new (BATON_TYPE_CERTIFICATE_WINDOW, "transient-for", parent, NULL);
  self->host = g_strdup (host);
  self->fingerprint = baton_certificate_dup_fingerprint (refused->certificate);
  say_why (self, refused);
  add_facts (self, refused->certificate);
  return GTK_WIDGET (self);
}
