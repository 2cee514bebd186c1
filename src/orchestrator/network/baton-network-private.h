/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "baton-network.h"

G_BEGIN_DECLS

struct _BatonNetwork
{
  GObject parent_instance;

  GWeakRef account;  /* BatonAccount */
  char *account_id;  /* (owned) */
  BatonTrust *trust; /* (owned) */

  BatonSecretStore *store;           /* (weak) (nullable): accounts outlive it */
  BatonSecret *proxy_login;          /* (owned) (nullable): typed */
  BatonSecret *certificate_password; /* (owned) (nullable): typed */

  /* Made on demand, and anew when anything above changes. */
  guint generation;
  gboolean prepared;
  SoupSession *session;         /* (owned) (nullable) */
  GProxyResolver *resolver;     /* (owned) (nullable) */
  GTlsDatabase *authorities;    /* (owned) (nullable) */
  GTlsCertificate *certificate; /* (owned) (nullable) */

  BatonHandshake *refused; /* (owned) (nullable) */
  char *refused_host;      /* (owned) (nullable) */
};

/* After it is prepared. It neither signs in by itself, nor keeps cookies. (transfer none) */
SoupSession *_baton_network_get_session (BatonNetwork *self);
/* Under which the store keeps it. Returns: (transfer full). */
char *_baton_network_make_certificate_id (const char *account_id);

G_END_DECLS
