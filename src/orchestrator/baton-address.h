/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-deployment.h"

G_BEGIN_DECLS

/* The parts of a pasted address, on their way to become a BatonDeployment. Any thread. */
typedef struct
{
  BatonEdition edition;
  char *origin;       /* (owned) scheme, host in lower case, port where it is not the scheme's */
  char *organization; /* (owned) (nullable) */
  char *tenant;       /* (owned) (nullable) */
  gint64 folder;      /* `fid`, 0 where none */
  GString *notice;    /* (owned) translated, one sentence a line */
} BatonAddress;

/* Errors: BATON_ERROR_INVALID with a sentence for a person. */
BatonAddress *baton_address_parse (const char *text, GError **error);
void baton_address_free (BatonAddress *self);

/* @url: any http or https URL. TRUE where a secret may be sent there: https, or http to
 * loopback. */
gboolean baton_address_is_safe (const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonAddress, baton_address_free)

G_END_DECLS
