/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-connect-proxy.h"
#include "baton-error.h"
#include "baton-proxy-resolver.h"
#include "baton-redact.h"

#define DIRECT "direct://"
#define FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD)

struct _BatonProxyResolver
{
  GObject parent_instance;

  BatonTrust *trust;       /* (owned) */
  char *account_id;        /* (owned) */
  GProxyResolver *inner;   /* (owned) (nullable): NULL is direct */
  GError *error;           /* (owned) (nullable): the address is none */
  BatonSecretStore *store; /* (weak) (nullable) */
  BatonSecret *login;      /* (owned) (nullable) */
  gboolean found;          /* the last look-up found a proxy */
  GHashTable *logins;      /* (owned) (element-type utf8 BatonSecret): by id; NULL is none */
};

/* One look-up on its way. */
typedef struct
{
  char **proxies; /* (owned) (nullable) */
  guint position;
  char *id; /* (owned) (nullable): that is looked for */
} Lookup;

static void baton_proxy_resolver_iface_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonProxyResolver,
                               baton_proxy_resolver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      baton_proxy_resolver_iface_init))

static void
lookup_free (Lookup *lookup)
{
  g_strfreev (lookup->proxies);
  g_free (lookup->id);
  g_free (lookup);
}

static void
login_unref (gpointer login)
{
  if (login != NULL)
    baton_secret_unref (login);
}

static void
baton_proxy_resolver_finalize (GObject *object)
{
  BatonProxyResolver *self = BATON_PROXY_RESOLVER (object);

  g_clear_object (&self->trust);
  g_clear_object (&self->inner);
  g_clear_weak_pointer (&self->store);
  g_clear_error (&self->error);
  g_clear_pointer (&self->login, baton_secret_unref);
  g_hash_table_unref (self->logins);
  g_free (self->account_id);

  G_OBJECT_CLASS (baton_proxy_resolver_parent_class)->finalize (object);
}

static void
baton_proxy_resolver_class_init (BatonProxyResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_proxy_resolver_finalize;
}

static void
baton_proxy_resolver_init (BatonProxyResolver *self)
{
  self->logins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, login_unref);
}

BatonProxyResolver *
baton_proxy_resolver_new (BatonTrust *trust,
                          const char *account_id,
                          BatonSecretStore *store,
                          BatonSecret *login)
{
  BatonProxyResolver *self = NULL;
  g_autofree char *address = NULL;

  g_return_val_if_fail (BATON_IS_TRUST (trust), NULL);
  g_return_val_if_fail (account_id != NULL, NULL);

  baton_connect_proxy_register ();
  self = g_object_new (BATON_TYPE_PROXY_RESOLVER, NULL);
  self->trust = g_object_ref (trust);
  self->account_id = g_strdup (account_id);
  g_set_weak_pointer (&self->store, store);
  self->login = login != NULL ? baton_secret_ref (login) : NULL;

  switch (baton_trust_get_proxy_mode (trust))
    {
    case BATON_PROXY_SYSTEM:
      self->inner = g_object_ref (g_proxy_resolver_get_default ());
      break;
    case BATON_PROXY_ADDRESS:
      address = baton_trust_parse_proxy (baton_trust_get_proxy_address (trust), &self->error);
      if (address != NULL)
        self->inner = g_simple_proxy_resolver_new (address, NULL);
      break;
    case BATON_PROXY_NONE:
    default:
      break;
    }

  return self;
}

BatonSecret *
baton_proxy_resolver_make_login (const char *user_name, const char *password)
{
  g_autofree char *user = g_uri_escape_string (user_name, NULL, FALSE);
  char *escaped = g_uri_escape_string (password, NULL, FALSE);
  char *value = g_strconcat (user, ":", escaped, NULL);
  BatonSecret *login = NULL;

  login = baton_secret_new_of_client (BATON_SECRET_PROXY_LOGIN, value, password, g_get_real_time (),
                                      0);
  baton_secret_free (value);
  baton_secret_free (escaped);

  return login;
}

char *
baton_proxy_resolver_dup_user_name (BatonSecret *login)
{
  const char *value = NULL;

  g_return_val_if_fail (login != NULL, NULL);

  value = baton_secret_get_value (login);

  return g_uri_unescape_segment (value, value + strcspn (value, ":"), NULL);
}

char *
baton_proxy_resolver_make_secret_id (BatonTrust *trust, const char *account_id, const char *proxy)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (BATON_IS_TRUST (trust), NULL);

  if (baton_trust_get_proxy_mode (trust) == BATON_PROXY_ADDRESS)
    return g_strconcat (account_id, "/proxy", NULL);

  uri = g_uri_parse (proxy, FLAGS, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL
             ? g_strdup_printf ("proxy/%s:%d", g_uri_get_host (uri), g_uri_get_port (uri))
             : NULL;
}

gboolean
baton_proxy_resolver_found_one (BatonProxyResolver *self)
{
  g_return_val_if_fail (BATON_IS_PROXY_RESOLVER (self), FALSE);

  return self->found;
}

char *
baton_proxy_resolver_describe (const char *proxy)
{
  g_autoptr (GUri) uri = proxy != NULL ? g_uri_parse (proxy, FLAGS, NULL) : NULL;
  const char *scheme = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_str_has_prefix (proxy, DIRECT))
    return NULL;
  scheme = g_uri_get_scheme (uri);
  if (g_str_equal (scheme, BATON_CONNECT_PROXY_PROTOCOL))
    scheme = "http";

  return g_uri_join (FLAGS, scheme, NULL, g_uri_get_host (uri), g_uri_get_port (uri), "", NULL,
                     NULL);
}

/* Returns: (transfer full): as GIO is to take it. */
static char *
make_proxy (const char *proxy, BatonSecret *login)
{
  g_autoptr (GUri) uri = g_uri_parse (proxy, FLAGS, NULL);
  const char *userinfo = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup (proxy);
  userinfo = g_uri_get_userinfo (uri);
  if (userinfo == NULL && login != NULL)
    userinfo = baton_secret_get_value (login);

  return g_uri_join (FLAGS,
                     g_str_equal (g_uri_get_scheme (uri), "http") ? BATON_CONNECT_PROXY_PROTOCOL
                                                                  : g_uri_get_scheme (uri),
                     userinfo, g_uri_get_host (uri), g_uri_get_port (uri), "", NULL, NULL);
}

static gboolean
wants_login (const char *proxy)
{
  g_autoptr (GUri) uri = g_uri_parse (proxy, FLAGS, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && !g_str_has_prefix (proxy, DIRECT)
         && g_uri_get_userinfo (uri) == NULL;
}

static gboolean
goes_nowhere (BatonProxyResolver *self, const char *uri)
{
  return self->inner == NULL || !g_str_has_prefix (uri, "https:");
}

static char **
make_direct (void)
{
  static const char *const direct[] = { DIRECT, NULL };

  return g_strdupv ((char **)direct);
}

/* @login: (nullable). */
static void
put_proxy (char **place, BatonSecret *login)
{
  char *proxy = make_proxy (*place, login);

  baton_secret_free (*place);
  *place = proxy;
}

static void baton_proxy_resolver_go_on (GTask *task);

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonProxyResolver *self = g_task_get_source_object (task);
  Lookup *lookup = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  BatonSecret *login
      = baton_secret_store_lookup_finish (BATON_SECRET_STORE (source), result, &error);

  /* Without it the proxy says what it wants, which is better than a word of the keyring's. */
  if (error != NULL)
    g_debug ("No login for the proxy: %s", error->message);
  else
    g_hash_table_insert (self->logins, g_strdup (lookup->id),
                         login != NULL ? baton_secret_ref (login) : NULL);
  put_proxy (&lookup->proxies[lookup->position], login);
  if (login != NULL)
    baton_secret_unref (login);
  lookup->position++;
  baton_proxy_resolver_go_on (task);
}

/* @task is kept by what is waited for. */
static void
baton_proxy_resolver_go_on (GTask *task)
{
  BatonProxyResolver *self = g_task_get_source_object (task);
  Lookup *lookup = g_task_get_task_data (task);

  for (; lookup->proxies[lookup->position] != NULL; lookup->position++)
    {
      char **place = &lookup->proxies[lookup->position];
      BatonSecret *login = self->login;

      g_clear_pointer (&lookup->id, g_free);
      if (login == NULL && self->store != NULL && wants_login (*place))
        {
          lookup->id = baton_proxy_resolver_make_secret_id (self->trust, self->account_id, *place);
          if (!g_hash_table_contains (self->logins, lookup->id))
            {
              baton_secret_store_lookup_async (self->store, lookup->id,
                                               g_task_get_cancellable (task), looked_up_cb,
                                               g_object_ref (task));
              return;
            }
          login = g_hash_table_lookup (self->logins, lookup->id);
        }
      put_proxy (place, login);
    }

  self->found = lookup->proxies[0] != NULL && !g_str_has_prefix (lookup->proxies[0], DIRECT);
  g_task_return_pointer (task, g_steal_pointer (&lookup->proxies), (GDestroyNotify)g_strfreev);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Lookup *lookup = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  lookup->proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);
  if (lookup->proxies == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    baton_proxy_resolver_go_on (task);
}

static void
baton_proxy_resolver_lookup_async (GProxyResolver *resolver,
                                   const char *uri,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  BatonProxyResolver *self = BATON_PROXY_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, baton_proxy_resolver_lookup_async);
  g_task_set_task_data (task, g_new0 (Lookup, 1), (GDestroyNotify)lookup_free);

  if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else if (goes_nowhere (self, uri))
    {
      self->found = FALSE;
      g_task_return_pointer (task, make_direct (), (GDestroyNotify)g_strfreev);
    }
  else
    g_proxy_resolver_lookup_async (self->inner, uri, cancellable, found_cb,
                                   g_steal_pointer (&task));
}

static char **
baton_proxy_resolver_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Nothing in Baton looks a proxy up and waits: this is here for GIO's sake, and knows no login but
 * the one that was typed. */
static char **
baton_proxy_resolver_lookup (GProxyResolver *resolver,
                             const char *uri,
                             GCancellable *cancellable,
                             GError **error)
{
  BatonProxyResolver *self = BATON_PROXY_RESOLVER (resolver);
  char **proxies = NULL;

  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return NULL;
    }
  if (goes_nowhere (self, uri))
    return make_direct ();

  proxies = g_proxy_resolver_lookup (self->inner, uri, cancellable, error);
  for (guint i = 0; proxies != NULL && proxies[i] != NULL; i++)
    put_proxy (&proxies[i], self->login);

  return proxies;
}

static gboolean
baton_proxy_resolver_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static void
baton_proxy_resolver_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = baton_proxy_resolver_is_supported;
  iface->lookup = baton_proxy_resolver_lookup;
  iface->lookup_async = baton_proxy_resolver_lookup_async;
  iface->lookup_finish = baton_proxy_resolver_lookup_finish;
}
