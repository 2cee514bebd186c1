/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/**
 * SandboxPerson:
 *
 * Somebody of the organisation, as Identity knows him: a row of "IdentityPeople" as it was when it
 * was asked for. The user of the same name in each tenant holds the roles. Counted by references;
 * used on the store's thread.
 */
typedef struct
{
  char *key;       /* GUID: "sub" of all tokens but those of a user key */
  char *user_name; /* nobody else's, in any case of letters; it stays */
  char *name;
  char *surname;
  char *display_name;
  char *email;
  char *subject; /* "sub" of the tokens of a user key */
  char *type;    /* as the definition's UserType names it */
  gint64 legacy_id;
  gint64 created;  /* microseconds */
  gint64 modified; /* microseconds; 0: never */
  gboolean active; /* one that is not does not sign in, and what was given to him is good no more */
  gboolean bypasses;
  gboolean invitation_accepted;
  gboolean administrator; /* of the organisation: in its group Administrators */
} SandboxPerson;

SandboxPerson *sandbox_person_new (void);
SandboxPerson *sandbox_person_ref (SandboxPerson *self);
void sandbox_person_unref (SandboxPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxPerson, sandbox_person_unref)

/* Makes the table where it lacks, with those who are well known in it. */
void sandbox_person_prepare (SandboxStore *store);

/* Returns: (transfer full) (nullable): by user name or e-mail address, any case. */
SandboxPerson *sandbox_person_find (SandboxStore *store, const char *name);
/* Returns: (transfer full) (nullable): likewise, who may sign in. */
SandboxPerson *sandbox_person_find_active (SandboxStore *store, const char *name);
/* Returns: (transfer full) (nullable): by GUID, any case. */
SandboxPerson *sandbox_person_find_key (SandboxStore *store, const char *key);
/* Returns: (transfer full) (element-type SandboxPerson): everybody, in the order in which they
 * came. */
GPtrArray *sandbox_person_list (SandboxStore *store);

/* Returns: TRUE where both are one person. Either may be NULL, who is nobody. */
gboolean sandbox_person_is (const SandboxPerson *self, const SandboxPerson *other);

/* Writes the row of @self, whose key tells whether it is a new one. */
void sandbox_person_save (SandboxStore *store, const SandboxPerson *self);
/* Takes away @self with all that signs him in. What he did stays known. */
void sandbox_person_delete (SandboxStore *store, const SandboxPerson *self);

/* The store keeps a salted hash of a password. */
void
sandbox_person_set_password (SandboxStore *store, const SandboxPerson *self, const char *password);
/* @password: (nullable). Returns: FALSE also for whoever has none. */
gboolean
sandbox_person_has_password (SandboxStore *store, const SandboxPerson *self, const char *password);

G_END_DECLS
