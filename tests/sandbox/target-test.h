/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Somebody whom the sandbox calls: a real server on this computer, which notes what it is told.
 * On the thread's main context, which runs in target_test_wait() alone. */
typedef struct
{
  SoupServer *server;           /* (owned) */
  GSocketService *service;      /* (owned) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  char *url;                    /* (owned) */
  GPtrArray *paths;             /* (owned): text, as the arrays below: one entry a call */
  GPtrArray *bodies;            /* (owned) */
  GPtrArray *signatures;        /* (owned): "" where there was none */
  guint failures;               /* how many of the next calls it refuses, which are not noted */
  guint calls;                  /* with those that it refused */
  guint distrusted;             /* how often its certificate was refused */
} TargetTest;

/* @folder: (nullable): with the certificate that a sandbox with --tls has made there; NULL for a
 * target without TLS. */
TargetTest *target_test_start (const char *folder);
void target_test_stop (TargetTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TargetTest, target_test_stop)

/* Waits until @counter, of @self, is @n. */
void target_test_wait (TargetTest *self, const guint *counter, guint n);
/* Gives what must not come the time to come. */
void target_test_wait_in_vain (TargetTest *self);
void target_test_forget (TargetTest *self);

/* Asserts that call @n was signed with @secret over the bytes that came. */
void target_test_assert_signed (TargetTest *self, guint n, const char *secret);

G_END_DECLS
