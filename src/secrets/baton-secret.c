/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-error.h"
#include "baton-redact.h"
#include "baton-secret.h"

/* `baton 1 KIND SAVED EXPIRES VALUE`: the value is last and whole, whatever it holds. Where the client
 * has a secret, `baton 2 KIND SAVED EXPIRES CLIENT-SECRET VALUE`, that one percent-encoded. */
#define MAGIC "baton"
#define VERSION "1"
#define VERSION_OF_CLIENT "2"

struct _BatonSecret
{
  gatomicrefcount ref_count;
  BatonSecretKind kind;
  char *value;         /* (owned) */
  char *client_secret; /* (owned) (nullable) */
  char *verifier;      /* (owned) (nullable) */
  gint64 saved_at;
  gint64 expires_at;
};

G_DEFINE_BOXED_TYPE (BatonSecret, baton_secret, baton_secret_ref, baton_secret_unref)

G_DEFINE_ENUM_TYPE (BatonSecretKind, baton_secret_kind,
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_USER_KEY, "user-key"),
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_PASSWORD, "password"),
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_REFRESH_TOKEN, "refresh-token"),
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_CLIENT_SECRET, "client-secret"),
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_PERSONAL_ACCESS_TOKEN, "personal-access-token"),
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_AUTHORIZATION_CODE, "authorization-code"),
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_PROXY_LOGIN, "proxy-login"),
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_CERTIFICATE_PASSWORD, "certificate-password"))

/**
 * baton_secret_kind_to_nick:
 * @kind: a kind
 *
 * Any thread.
 *
 * Returns: (transfer none): its name in the keyring
 */
const char *
baton_secret_kind_to_nick (BatonSecretKind kind)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (BATON_TYPE_SECRET_KIND);
  GEnumValue *value = g_enum_get_value (kinds, (int) kind);

  g_return_val_if_fail (value != NULL, "");

  return value->value_nick;
}

/**
 * baton_secret_kind_from_nick:
 * @nick: (nullable): a name in the keyring
 * @kind: (out): the kind, untouched on failure
 *
 * Any thread.
 *
 * Returns: %FALSE where @nick is no kind
 */
gboolean
baton_secret_kind_from_nick (const char *nick, BatonSecretKind *kind)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (BATON_TYPE_SECRET_KIND);
  GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (kinds, nick) : NULL;

  g_return_val_if_fail (kind != NULL, FALSE);

  if (value == NULL)
    return FALSE;

  *kind = (BatonSecretKind) value->value;

  return TRUE;
}

/* Returns: (transfer full) (nullable) */
static char *
copy (const char *text)
{
  if (text != NULL)
    baton_redact_remember (text);

  return g_strdup (text);
}

static void
wipe (char *text)
{
  if (text == NULL)
    return;

  baton_redact_forget (text);
  baton_secret_free (text);
}

/**
 * baton_secret_new:
 * @kind: what it is
 * @value: the value, copied
 * @saved_at: wall time in microseconds, 0 where unknown
 * @expires_at: wall time in microseconds, 0 where it does not expire or that is unknown
 *
 * Any thread.
 *
 * Returns: (transfer full): the secret
 */
BatonSecret *
baton_secret_new (BatonSecretKind kind,
                  const char *value,
                  gint64 saved_at,
                  gint64 expires_at)
{
  BatonSecret *self = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  self = g_new0 (BatonSecret, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->value = copy (value);
  self->saved_at = saved_at;
  self->expires_at = expires_at;

  return self;
}

BatonSecret *
baton_secret_new_of_client (BatonSecretKind kind,
                            const char *value,
                            const char *client_secret,
                            gint64 saved_at,
                            gint64 expires_at)
{
  BatonSecret *self = baton_secret_new (kind, value, saved_at, expires_at);

  g_return_val_if_fail (self != NULL, NULL);

  self->client_secret = copy (client_secret);

  return self;
}

BatonSecret *
baton_secret_new_code (const char *code,
                       const char *verifier,
                       const char *client_secret,
                       gint64 saved_at)
{
  BatonSecret *self = NULL;

  g_return_val_if_fail (code != NULL && verifier != NULL, NULL);

  self = baton_secret_new_of_client (BATON_SECRET_AUTHORIZATION_CODE, code, client_secret, saved_at,
                                     0);
  self->verifier = copy (verifier);

  return self;
}

BatonSecret *
baton_secret_ref (BatonSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
baton_secret_unref (BatonSecret *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  wipe (self->value);
  wipe (self->client_secret);
  wipe (self->verifier);
  g_free (self);
}

BatonSecretKind
baton_secret_get_kind (BatonSecret *self)
{
  g_return_val_if_fail (self != NULL, BATON_SECRET_USER_KEY);

  return self->kind;
}

const char *
baton_secret_get_value (BatonSecret *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->value;
}

const char *
baton_secret_get_client_secret (BatonSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->client_secret;
}

const char *
baton_secret_get_verifier (BatonSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->verifier;
}

gint64
baton_secret_get_saved_at (BatonSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->saved_at;
}

gint64
baton_secret_get_expires_at (BatonSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->expires_at;
}

/**
 * baton_secret_to_text:
 * @self: a secret
 *
 * Any thread. All in one text, so that the value and its times change together.
 *
 * Returns: (transfer full): to free with baton_secret_free()
 */
char *
baton_secret_to_text (BatonSecret *self)
{
  const char *kind = NULL;
  char saved_at[24];
  char expires_at[24];
  char *client = NULL;
  char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->kind != BATON_SECRET_AUTHORIZATION_CODE, NULL);

  kind = baton_secret_kind_to_nick (self->kind);
  g_snprintf (saved_at, sizeof saved_at, "%" G_GINT64_FORMAT, self->saved_at);
  g_snprintf (expires_at, sizeof expires_at, "%" G_GINT64_FORMAT, self->expires_at);
  /* Joined and not printed: what printf() grows leaves copies behind. */
  if (self->client_secret == NULL)
    return g_strjoin (" ", MAGIC, VERSION, kind, saved_at, expires_at, self->value, NULL);

  client = g_uri_escape_string (self->client_secret, NULL, FALSE);
  text = g_strjoin (" ", MAGIC, VERSION_OF_CLIENT, kind, saved_at, expires_at, client, self->value, NULL);
  baton_secret_free (client);

  return text;
}

static gboolean
read_fields (char *const *fields, BatonSecretKind *kind, gint64 *saved_at, gint64 *expires_at)
{
  return strcmp (fields[0], MAGIC) == 0 &&
         baton_secret_kind_from_nick (fields[2], kind) &&
         g_ascii_string_to_signed (fields[3], 10, 0, G_MAXINT64, saved_at, NULL) &&
         g_ascii_string_to_signed (fields[4], 10, 0, G_MAXINT64, expires_at, NULL);
}

/**
 * baton_secret_from_text:
 * @text: (nullable): as baton_secret_to_text() made it
 * @error: return location
 *
 * Any thread. The error does not quote the text.
 *
 * Returns: (transfer full) (nullable): the secret, or %NULL with %BATON_ERROR_BAD_ANSWER
 */
BatonSecret *
baton_secret_from_text (const char *text, GError **error)
{
  gboolean of_client = text != NULL && g_str_has_prefix (text, MAGIC " " VERSION_OF_CLIENT " ");
  gboolean known = of_client || (text != NULL && g_str_has_prefix (text, MAGIC " " VERSION " "));
  guint n = of_client ? 7 : 6;
  char **fields = g_strsplit (text != NULL ? text : "", " ", (int) n);
  BatonSecretKind kind = BATON_SECRET_USER_KEY;
  gint64 saved_at = 0;
  gint64 expires_at = 0;
  BatonSecret *self = NULL;

  if (known && g_strv_length (fields) == n && read_fields (fields, &kind, &saved_at, &expires_at))
    {
      char *client = of_client ? g_uri_unescape_string (fields[5], NULL) : NULL;

      if (!of_client || client != NULL)
        self = baton_secret_new_of_client (kind, fields[n - 1], client, saved_at, expires_at);
      if (client != NULL)
        baton_secret_free (client);
    }
  if (self == NULL)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                         "What the keyring keeps for this account was not written by this version of Baton");
  baton_secret_free_all (fields);

  return self;
}
