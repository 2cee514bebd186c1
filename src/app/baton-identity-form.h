/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-form-window.h"
#include "identity/baton-external-application.h"

G_BEGIN_DECLS

/**
 * BatonIdentityForm:
 *
 * The forms for what signs in: a personal access token, an external application, a secret of one.
 * Signal: made (BatonSecret): the server made a secret, and tells it this once.
 */
#define BATON_TYPE_IDENTITY_FORM (baton_identity_form_get_type ())
G_DECLARE_FINAL_TYPE (BatonIdentityForm, baton_identity_form, BATON, IDENTITY_FORM, BatonFormWindow)

GtkWindow *baton_identity_form_new_token (GtkWindow *parent, BatonConnection *connection);
/* @application: (nullable): NULL for a new one. @organization: its GUID. */
GtkWindow *baton_identity_form_new_application (GtkWindow *parent,
                                                BatonConnection *connection,
                                                const char *organization,
                                                const BatonExternalApplication *application);
GtkWindow *baton_identity_form_new_secret (GtkWindow *parent,
                                           BatonConnection *connection,
                                           const char *organization,
                                           const char *application);

G_END_DECLS
