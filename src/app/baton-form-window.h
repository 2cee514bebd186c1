/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/**
 * BatonFormWindow:
 *
 * A form that makes one call. It stays open with what was typed, and says why, until the call succeeds; then it emits done
 * and closes. Main thread.
 *
 * Signal: done (const char *message): translated, what was done.
 */
#define BATON_TYPE_FORM_WINDOW (baton_form_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (BatonFormWindow, baton_form_window, BATON, FORM_WINDOW, AdwWindow)

struct _BatonFormWindowClass
{
  AdwWindowClass parent_class;

  /* Returns: (transfer full) (nullable): the call; NULL while something lacks. */
  BatonRequest *(*make_request) (BatonFormWindow *self);
  /* Returns: (transfer full): what was done. @answer: (nullable). */
  char *(*describe_done) (BatonFormWindow *self, JsonNode *answer);
};

/* For subclasses. @title: of the window. @submit: label of the button. @what: "The job was not started", said above a failure. All translated. */
void baton_form_window_set_words (BatonFormWindow *self,
                                  const char *title,
                                  const char *submit,
                                  const char *what);
void baton_form_window_set_connection (BatonFormWindow *self, BatonConnection *connection);
BatonConnection *baton_form_window_get_connection (BatonFormWindow *self);
/* @group: (transfer floating). */
void baton_form_window_add (BatonFormWindow *self, AdwPreferencesGroup *group);
/* To be called when what was typed changed: asks make_request whether something lacks. */
void baton_form_window_changed (BatonFormWindow *self);
/* Sends, as the button does. */
void baton_form_window_submit (BatonFormWindow *self);
/* TRUE while the button can be pressed. */
gboolean baton_form_window_is_complete (BatonFormWindow *self);
/* Shows why the form cannot be filled in at all. */
void baton_form_window_set_error (BatonFormWindow *self, const GError *error, const char *what);

G_END_DECLS
