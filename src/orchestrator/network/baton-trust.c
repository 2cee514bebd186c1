/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-trust.h"

#define KEY_PROXY "proxy"
#define KEY_AUTHORITIES "ca-file"
#define KEY_CERTIFICATE "client-certificate"
#define KEY_PINS "trusted-certificates"
#define NO_PROXY "none"

struct _BatonTrust
{
  GObject parent_instance;

  BatonProxyMode mode;
  char *proxy;       /* (owned) (nullable) */
  char *authorities; /* (owned) (nullable) */
  char *certificate; /* (owned) (nullable) */
  GHashTable *pins;  /* (owned) (element-type utf8 utf8): host to fingerprint */
};

G_DEFINE_FINAL_TYPE (BatonTrust, baton_trust, G_TYPE_OBJECT)

static void
baton_trust_finalize (GObject *object)
{
  BatonTrust *self = BATON_TRUST (object);

  g_free (self->proxy);
  g_free (self->authorities);
  g_free (self->certificate);
  g_hash_table_unref (self->pins);

  G_OBJECT_CLASS (baton_trust_parent_class)->finalize (object);
}

static void
baton_trust_class_init (BatonTrustClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_trust_finalize;
}

static void
baton_trust_init (BatonTrust *self)
{
  self->mode = BATON_PROXY_SYSTEM;
  self->pins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

BatonTrust *
baton_trust_new (void)
{
  return g_object_new (BATON_TYPE_TRUST, NULL);
}

static BatonTrust *
copy (BatonTrust *self)
{
  BatonTrust *other = baton_trust_new ();
  GHashTableIter iter;
  gpointer host = NULL;
  gpointer fingerprint = NULL;

  other->mode = self->mode;
  other->proxy = g_strdup (self->proxy);
  other->authorities = g_strdup (self->authorities);
  other->certificate = g_strdup (self->certificate);
  g_hash_table_iter_init (&iter, self->pins);
  while (g_hash_table_iter_next (&iter, &host, &fingerprint))
    g_hash_table_insert (other->pins, g_strdup (host), g_strdup (fingerprint));

  return other;
}

/* An empty text is none. */
static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

BatonTrust *
baton_trust_with_proxy (BatonTrust *self, BatonProxyMode mode, const char *address)
{
  BatonTrust *other = NULL;

  g_return_val_if_fail (BATON_IS_TRUST (self), NULL);
  g_return_val_if_fail (mode != BATON_PROXY_ADDRESS || address != NULL, NULL);

  other = copy (self);
  other->mode = mode;
  set_text (&other->proxy, mode == BATON_PROXY_ADDRESS ? address : NULL);

  return other;
}

BatonTrust *
baton_trust_with_authorities (BatonTrust *self, const char *path)
{
  BatonTrust *other = NULL;

  g_return_val_if_fail (BATON_IS_TRUST (self), NULL);

  other = copy (self);
  set_text (&other->authorities, path);

  return other;
}

BatonTrust *
baton_trust_with_certificate (BatonTrust *self, const char *path)
{
  BatonTrust *other = NULL;

  g_return_val_if_fail (BATON_IS_TRUST (self), NULL);

  other = copy (self);
  set_text (&other->certificate, path);

  return other;
}

BatonTrust *
baton_trust_with_pin (BatonTrust *self, const char *host, const char *fingerprint)
{
  BatonTrust *other = NULL;

  g_return_val_if_fail (BATON_IS_TRUST (self), NULL);
  g_return_val_if_fail (host != NULL, NULL);

  other = copy (self);
  if (fingerprint != NULL)
    g_hash_table_insert (other->pins, g_strdup (host), g_strdup (fingerprint));
  else
    g_hash_table_remove (other->pins, host);

  return other;
}

BatonProxyMode
baton_trust_get_proxy_mode (BatonTrust *self)
{
  g_return_val_if_fail (BATON_IS_TRUST (self), BATON_PROXY_SYSTEM);

  return self->mode;
}

const char *
baton_trust_get_proxy_address (BatonTrust *self)
{
  g_return_val_if_fail (BATON_IS_TRUST (self), NULL);

  return self->proxy;
}

const char *
baton_trust_get_authorities (BatonTrust *self)
{
  g_return_val_if_fail (BATON_IS_TRUST (self), NULL);

  return self->authorities;
}

const char *
baton_trust_get_certificate (BatonTrust *self)
{
  g_return_val_if_fail (BATON_IS_TRUST (self), NULL);

  return self->certificate;
}

const char *
baton_trust_get_pin (BatonTrust *self, const char *host)
{
  g_return_val_if_fail (BATON_IS_TRUST (self), NULL);
  g_return_val_if_fail (host != NULL, NULL);

  return g_hash_table_lookup (self->pins, host);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

const char **
baton_trust_get_pinned_hosts (BatonTrust *self)
{
  guint n = 0;
  const char **hosts = NULL;

  g_return_val_if_fail (BATON_IS_TRUST (self), NULL);

  hosts = (const char **)g_hash_table_get_keys_as_array (self->pins, &n);
  qsort (hosts, n, sizeof *hosts, compare);

  return hosts;
}

static gboolean
has_pins_of (BatonTrust *self, BatonTrust *other)
{
  GHashTableIter iter;
  gpointer host = NULL;
  gpointer fingerprint = NULL;

  g_hash_table_iter_init (&iter, self->pins);
  while (g_hash_table_iter_next (&iter, &host, &fingerprint))
    if (g_strcmp0 (baton_trust_get_pin (other, host), fingerprint) != 0)
      return FALSE;

  return TRUE;
}

gboolean
baton_trust_equal (BatonTrust *self, BatonTrust *other)
{
  g_return_val_if_fail (BATON_IS_TRUST (self), FALSE);
  g_return_val_if_fail (BATON_IS_TRUST (other), FALSE);

  return self->mode == other->mode && g_strcmp0 (self->proxy, other->proxy) == 0
         && g_strcmp0 (self->authorities, other->authorities) == 0
         && g_strcmp0 (self->certificate, other->certificate) == 0
         && g_hash_table_size (self->pins) == g_hash_table_size (other->pins)
         && has_pins_of (self, other);
}

static gboolean
is_proxy_scheme (const char *scheme)
{
  static const char *const schemes[]
      = { "http", "https", "socks", "socks4", "socks4a", "socks5", NULL };

  return g_strv_contains (schemes, scheme);
}

char *
baton_trust_parse_proxy (const char *address, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (address));
  g_autofree char *text = strstr (stripped, "://") != NULL
                              ? g_strdup (stripped)
                              : g_strconcat ("http://", stripped, NULL);
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || strpbrk (stripped, " \t\n") != NULL || g_uri_get_host (uri) == NULL
      || *g_uri_get_host (uri) == '\0' || !is_proxy_scheme (g_uri_get_scheme (uri)))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                           _ ("This is not the address of a proxy. Write it as "
                              "proxy.example.org:3128, or as socks5://proxy.example.org:1080."));
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                           _ ("The address of the proxy holds a user name or a password. Take them "
                              "out and write them into their own fields: the keyring keeps them."));
      return NULL;
    }
  if (g_uri_get_port (uri) <= 0)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                           _ ("The address of the proxy lacks its port, as in "
                              "proxy.example.org:3128."));
      return NULL;
    }

  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), "", NULL, NULL);
}

static void
save_text (GKeyFile *file, const char *group, const char *key, const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, group, key, value);
  else
    g_key_file_remove_key (file, group, key, NULL);
}

void
baton_trust_save (BatonTrust *self, GKeyFile *file, const char *group)
{
  g_autofree const char **hosts = NULL;
  g_autoptr (GPtrArray) pins = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (BATON_IS_TRUST (self));

  save_text (file, group, KEY_PROXY, self->mode == BATON_PROXY_NONE ? NO_PROXY : self->proxy);
  save_text (file, group, KEY_AUTHORITIES, self->authorities);
  save_text (file, group, KEY_CERTIFICATE, self->certificate);

  hosts = baton_trust_get_pinned_hosts (self);
  for (guint i = 0; hosts[i] != NULL; i++)
    g_ptr_array_add (pins,
                     g_strdup_printf ("%s %s", hosts[i], baton_trust_get_pin (self, hosts[i])));
  if (pins->len > 0)
    g_key_file_set_string_list (file, group, KEY_PINS, (const char *const *)pins->pdata, pins->len);
  else
    g_key_file_remove_key (file, group, KEY_PINS, NULL);
}

BatonTrust *
baton_trust_load (GKeyFile *file, const char *group)
{
  BatonTrust *self = baton_trust_new ();
  g_autofree char *proxy = g_key_file_get_string (file, group, KEY_PROXY, NULL);
  g_auto (GStrv) pins = g_key_file_get_string_list (file, group, KEY_PINS, NULL, NULL);

  if (g_strcmp0 (proxy, NO_PROXY) == 0)
    self->mode = BATON_PROXY_NONE;
  else if (proxy != NULL && *proxy != '\0')
    {
      self->mode = BATON_PROXY_ADDRESS;
      self->proxy = g_steal_pointer (&proxy);
    }
  self->authorities = g_key_file_get_string (file, group, KEY_AUTHORITIES, NULL);
  self->certificate = g_key_file_get_string (file, group, KEY_CERTIFICATE, NULL);

  for (guint i = 0; pins != NULL && pins[i] != NULL; i++)
    {
      char *blank = strchr (pins[i], ' ');

      /* One without a fingerprint fits no certificate. */
      if (blank != NULL)
        *blank = '\0';
      g_hash_table_insert (self->pins, g_strdup (pins[i]),
                           g_strdup (blank != NULL ? blank + 1 : ""));
    }

  return self;
}
