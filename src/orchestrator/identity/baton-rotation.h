/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../baton-connection.h"
#include "baton-external-application.h"
#include "baton-personal-access-token.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_ROTATION_MAKE,    /* a new secret on the server */
  BATON_ROTATION_SIGN_IN, /* with it, and one question to Orchestrator */
  BATON_ROTATION_KEEP,    /* it takes the place of the old one in the keyring */
  BATON_ROTATION_DELETE,  /* the old one on the server */
  BATON_ROTATION_DONE,
  BATON_ROTATION_UNDONE, /* given up: the new one is deleted, the old one is what it was */
} BatonRotationStep;

GType baton_rotation_step_get_type (void);
#define BATON_TYPE_ROTATION_STEP (baton_rotation_step_get_type ())

/**
 * BatonRotation:
 *
 * Puts a new secret in the place of one that an account of Baton signs in with. The steps follow
 * each other only where the one before succeeded, and the old secret is deleted last: where one
 * fails, the old one still works, and it goes on from that step. Main thread.
 *
 * Signal: changed (): another step, or it stopped.
 */
#define BATON_TYPE_ROTATION (baton_rotation_get_type ())
G_DECLARE_FINAL_TYPE (BatonRotation, baton_rotation, BATON, ROTATION, GObject)

/* @caller: is signed in, and may change secrets on the server. @target: of the account that is to
 * use the new one; may be @caller. @organization: its GUID. @expires_at: of the new one; 0 leaves
 * it to the server. */
BatonRotation *baton_rotation_new_of_application (BatonConnection *caller,
                                                  BatonConnection *target,
                                                  BatonSecretStore *store,
                                                  const char *organization,
                                                  const char *application,
                                                  const BatonApplicationSecret *old,
                                                  gint64 expires_at);
/* The new token has the name and the scopes of @old. */
BatonRotation *baton_rotation_new_of_token (BatonConnection *caller,
                                            BatonConnection *target,
                                            BatonSecretStore *store,
                                            const BatonPersonalAccessToken *old,
                                            gint64 expires_at);

/* Begins, or goes on from the step that failed. */
void baton_rotation_run (BatonRotation *self);
/* After a failure before the old one was deleted: deletes the new one on the server. Where it is
 * kept already there is nothing to give up. */
void baton_rotation_give_up (BatonRotation *self);
gboolean baton_rotation_can_give_up (BatonRotation *self);

/* The step that runs, or failed. */
BatonRotationStep baton_rotation_get_step (BatonRotation *self);
gboolean baton_rotation_is_running (BatonRotation *self);
const GError *baton_rotation_get_error (BatonRotation *self); /* (nullable) */
/* Returns: (transfer none): translated: where it stands, and which secret works. */
const char *baton_rotation_describe (BatonRotation *self);

G_END_DECLS
