/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "baton-address.h"
#include "baton-error.h"

/* What a URL falls into before it is understood. */
typedef struct
{
  gboolean scheme_given;
  gboolean https;
  char *host;      /* (owned) in lower case, ASCII, IPv6 without brackets */
  int port;        /* 0: the scheme's */
  char *path;      /* (owned) still percent-encoded */
  char *rest;      /* (owned) query and fragment */
  gboolean cut;    /* the path named a service */
  gboolean suffix; /* ... in the way of the cloud and of Automation Suite: `portal_` */
} Pieces;

static void
pieces_clear (Pieces *pieces)
{
  g_free (pieces->host);
  g_free (pieces->path);
  g_free (pieces->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pieces, pieces_clear)

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_str_equal (host, "localhost") || g_str_has_suffix (host, ".localhost"))
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
host_is_below (const char *host, const char *domain)
{
  gsize length = strlen (host);
  gsize below = strlen (domain);

  return length > below + 1 && g_str_has_suffix (host, domain) && host[length - below - 1] == '.';
}

/* Returns: (transfer full): the first line of @text without what clings to a pasted address. */
static char *
tidy (const char *text)
{
  static const char *const invisible[] = { "\u200b", "\u200e", "\u2060", "\ufeff", "\u00a0" };
  static const char clinging[] = " \t\"'`<>(),;";
  g_autoptr (GString) line = g_string_new (text);
  gsize start;

  for (guint i = 0; i < G_N_ELEMENTS (invisible); i++)
    g_string_replace (line, invisible[i], i + 1 == G_N_ELEMENTS (invisible) ? " " : "", 0);

  start = strspn (line->str, " \t\r\n");
  g_string_erase (line, 0, (gssize) start);
  g_string_truncate (line, strcspn (line->str, "\r\n"));

  while (line->len > 0 && strchr (clinging, line->str[line->len - 1]) != NULL)
    g_string_truncate (line, line->len - 1);
  g_string_erase (line, 0, (gssize) strspn (line->str, clinging));

  return g_strdup (line->str);
}

/* Returns: the length of "https://", also of "https:/"; 0 where there is no scheme. "host:443" has
 * none. */
static gsize
find_scheme (const char *text)
{
  gsize n = 0;

  if (!g_ascii_isalpha (*text))
    return 0;

  while (g_ascii_isalnum (text[n]) || strchr ("+.-", text[n]) != NULL)
    {
      if (text[n] == '\0')
        return 0;
      n++;
    }

  if (text[n] != ':' || text[n + 1] != '/')
    return 0;

  n++;
  return n + strspn (text + n, "/");
}

static gboolean
split_authority (Pieces *pieces, const char *authority, GError **error)
{
  g_autofree char *host = NULL;
  const char *port = NULL;

  if (*authority == '[')
    {
      const char *end = strchr (authority, ']');

      if (end == NULL)
        goto no_host;
      host = g_strndup (authority + 1, (gsize) (end - authority - 1));
      if (!g_hostname_is_ip_address (host))
        goto no_host;
      port = end[1] == ':' ? end + 2 : NULL;
    }
  else
    {
      const char *colon = strchr (authority, ':');

      host = g_strndup (authority, strcspn (authority, ":"));
      port = colon != NULL ? colon + 1 : NULL;
    }

  if (port != NULL && *port != '\0')
    {
      guint64 number = 0;

      if (!g_ascii_string_to_unsigned (port, 10, 1, G_MAXUINT16, &number, NULL))
        {
          g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
                       /* TRANSLATORS: %s is what stands after the colon of an address */
                       _("“%s” is not a port number."), port);
          return FALSE;
        }
      pieces->port = (int) number;
    }

  if (g_str_has_suffix (host, "."))
    host[strlen (host) - 1] = '\0';

  pieces->host = g_hostname_to_ascii (host);
  if (pieces->host == NULL || *pieces->host == '\0')
    goto no_host;

  for (char *c = pieces->host; *c != '\0'; c++)
    {
      *c = g_ascii_tolower (*c);
      if (!g_ascii_isalnum (*c) && strchr (".-_:", *c) == NULL)
        goto no_host;
    }

  return TRUE;

no_host:
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
               /* TRANSLATORS: %s is what a person typed */
               _("No server name could be found in “%s”. Paste the address that the browser shows "
                  "when Orchestrator is open."),
               authority);
  return FALSE;
}

static gboolean
split (Pieces *pieces, const char *text, GError **error)
{
  gsize scheme = find_scheme (text);
  const char *authority = text + scheme;
  const char *end = NULL;
  const char *at = NULL;
  g_autofree char *name = NULL;
  gsize path;

  pieces->scheme_given = scheme > 0;
  pieces->https = TRUE;

  if (scheme > 0)
    {
      if (g_ascii_strncasecmp (text, "http:", 5) == 0)
        pieces->https = FALSE;
      else if (g_ascii_strncasecmp (text, "https:", 6) != 0)
        {
          g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                               _("The address of an Orchestrator starts with https://."));
          return FALSE;
        }
    }
  else
    authority += strspn (authority, "/");

  if (*authority == '\0')
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                           _("Enter the address of an Orchestrator."));
      return FALSE;
    }

  end = authority + strcspn (authority, "/?#\\");
  name = g_strndup (authority, (gsize) (end - authority));
  at = strrchr (name, '@');
  if (at != NULL && scheme == 0)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
                   /* TRANSLATORS: %s is what a person typed */
                   _("“%s” looks like an e-mail address, not like the address of an Orchestrator."),
                   name);
      return FALSE;
    }

  /* A user name and password in an address are not used, and must not be kept. */
  if (!split_authority (pieces, at != NULL ? at + 1 : name, error))
    return FALSE;

  path = strcspn (end, "?#");
  pieces->path = g_strndup (end, path);
  pieces->rest = g_strdup (end + path);

  return TRUE;
}

/* Names that begin what belongs to a service and no longer to the place (fact sheet 1.4). */
static gboolean
is_service (const char *segment, gboolean cloud)
{
  static const char *const everywhere[] = { "odata", "api", "identity", "swagger", "cloudrpa" };
  static const char *const own_server[] = { "portal", "account", "login", "signin", "oauth",
                                            "connect" };

  /* every service of the cloud and of Automation Suite ends so: orchestrator_, portal_, actions_ */
  if (g_str_has_suffix (segment, "_"))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (everywhere); i++)
    if (g_ascii_strcasecmp (segment, everywhere[i]) == 0)
      return TRUE;

  for (guint i = 0; !cloud && i < G_N_ELEMENTS (own_server); i++)
    if (g_ascii_strcasecmp (segment, own_server[i]) == 0)
      return TRUE;

  return FALSE;
}

static void
add_notice (BatonAddress *self, const char *sentence)
{
  if (self->notice->len > 0)
    g_string_append_c (self->notice, '\n');
  g_string_append (self->notice, sentence);
}

/* Returns: (transfer full) (element-type utf8): the decoded segments that name the place. */
static GPtrArray *
find_segments (BatonAddress *self, Pieces *pieces, gboolean cloud)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit_set (pieces->path, "/\\", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *segment = g_uri_unescape_string (parts[i], NULL);

      if (segment == NULL || !g_utf8_validate (segment, -1, NULL))
        segment = g_strdup (parts[i]);
      g_strstrip (segment);

      if (*segment == '\0' || g_str_equal (segment, ".") || g_str_equal (segment, ".."))
        continue;

      if (is_service (segment, cloud))
        {
          pieces->cut = TRUE;
          pieces->suffix = g_str_has_suffix (segment, "_");
          break;
        }

      if (strchr ("[{<$", *segment) != NULL)
        {
          g_autofree char *sentence =
              /* TRANSLATORS: %s is a part of an address, e.g. "[TenantName]" */
              g_strdup_printf (_("“%s” is a placeholder: put the real name in its place."),
                               segment);
          add_notice (self, sentence);
          break;
        }

      g_ptr_array_add (segments, g_steal_pointer (&segment));
    }

  return g_steal_pointer (&segments);
}

static void
take_organization_and_tenant (BatonAddress *self, GPtrArray *segments)
{
  if (segments->len > 0)
    self->organization = g_strdup (g_ptr_array_index (segments, 0));
  if (segments->len > 1)
    self->tenant = g_strdup (g_ptr_array_index (segments, 1));

  if (segments->len > 2)
    {
      g_autofree char *sentence =
          /* TRANSLATORS: %s is the third part of an address */
          g_strdup_printf (_("“%s” was left out: an address holds the organisation and the tenant, "
                              "a folder is chosen after signing in."),
                           (const char *) g_ptr_array_index (segments, 2));
      add_notice (self, sentence);
    }

  if (self->organization == NULL)
    add_notice (self, _("The address names no organisation and no tenant: Baton offers those that "
                         "the key can see."));
  else if (self->tenant == NULL)
    add_notice (self, _("The address names no tenant: Baton offers those that the key can see."));
}

static gboolean
take_cloud (BatonAddress *self, Pieces *pieces, GError **error)
{
  static const char *const sites[] = {
    "www.uipath.com",   "uipath.com",         "uipath.us",
    "docs.uipath.com",  "forum.uipath.com",   "academy.uipath.com",
    "marketplace.uipath.com",
  };
  g_autoptr (GPtrArray) segments = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    if (g_str_equal (pieces->host, sites[i]))
      {
        g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
                     /* TRANSLATORS: %s is a host name */
                     _("%s is a web site and no Orchestrator. Automation Cloud is at "
                        "https://cloud.uipath.com/ORGANISATION/TENANT."),
                     pieces->host);
        return FALSE;
      }

  if (host_is_below (pieces->host, "dedicated.uipath.com"))
    self->edition = BATON_EDITION_DEDICATED;
  else if (host_is_below (pieces->host, "uipath.us"))
    self->edition = BATON_EDITION_GOVERNMENT;
  else
    self->edition = BATON_EDITION_CLOUD;
  pieces->https = TRUE;

  if (g_str_equal (pieces->host, "account.uipath.com"))
    {
      add_notice (self, _("This is the address that tokens come from. Orchestrator is at "
                           "cloud.uipath.com/ORGANISATION/TENANT."));
      g_free (pieces->path);
      pieces->path = g_strdup ("");
    }
  else if (g_str_equal (pieces->host, "platform.uipath.com"))
    add_notice (self, _("platform.uipath.com is cloud.uipath.com today. User keys ended there in "
                         "March 2025: external applications and personal access tokens replaced "
                         "them."));

  if (g_str_equal (pieces->host, "account.uipath.com") ||
      g_str_equal (pieces->host, "platform.uipath.com"))
    {
      g_free (pieces->host);
      pieces->host = g_strdup ("cloud.uipath.com");
      pieces->port = 0;
    }

  segments = find_segments (self, pieces, TRUE);
  take_organization_and_tenant (self, segments);

  return TRUE;
}

static void
take_own_server (BatonAddress *self, Pieces *pieces)
{
  g_autoptr (GPtrArray) segments = find_segments (self, pieces, FALSE);

  if (!pieces->https && is_loopback (pieces->host))
    {
      self->edition = BATON_EDITION_SANDBOX;
      take_organization_and_tenant (self, segments);
      return;
    }

  if (!pieces->https)
    add_notice (self, _("This address is not encrypted. Baton sends keys and tokens over https "
                         "alone."));

  if (segments->len >= 2 || pieces->suffix)
    {
      self->edition = BATON_EDITION_SUITE;
      take_organization_and_tenant (self, segments);
      return;
    }

  self->edition = BATON_EDITION_STANDALONE;
  if (segments->len > 0)
    self->tenant = g_strdup (g_ptr_array_index (segments, 0));

  if (!pieces->scheme_given && strpbrk (pieces->host, ".:") == NULL && pieces->port == 0)
    {
      g_autofree char *sentence =
          /* TRANSLATORS: both %s are what a person typed */
          g_strdup_printf (_("“%s” was taken for the name of a server. An organisation of "
                              "Automation Cloud is at cloud.uipath.com/%s."),
                           pieces->host, pieces->host);
      add_notice (self, sentence);
    }
}

/* `…/orchestrator_/?tid=8&fid=2032` (fact sheet 1.4) */
static gint64
find_folder (const char *rest)
{
  g_auto (GStrv) parts = g_strsplit_set (rest, "?#&", -1);
  gint64 folder = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_has_prefix (parts[i], "fid=") &&
        g_ascii_string_to_signed (parts[i] + 4, 10, 1, G_MAXINT64, &folder, NULL))
      return folder;

  return 0;
}

static char *
make_origin (const Pieces *pieces)
{
  gboolean ipv6 = strchr (pieces->host, ':') != NULL;
  g_autofree char *port = NULL;

  if (pieces->port != 0 && pieces->port != (pieces->https ? 443 : 80))
    port = g_strdup_printf (":%d", pieces->port);

  return g_strconcat (pieces->https ? "https://" : "http://", ipv6 ? "[" : "", pieces->host,
                      ipv6 ? "]" : "", port, NULL);
}

BatonAddress *
baton_address_parse (const char *text, GError **error)
{
  g_autoptr (BatonAddress) self = g_new0 (BatonAddress, 1);
  g_autofree char *line = tidy (text);
  g_auto (Pieces) pieces = { 0 };

  self->notice = g_string_new (NULL);

  if (*line == '\0')
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                           _("Enter the address of an Orchestrator."));
      return NULL;
    }

  if (!split (&pieces, line, error))
    return NULL;

  /* Nobody has a certificate for loopback: without a scheme it is the sandbox. */
  if (!pieces.scheme_given && is_loopback (pieces.host))
    pieces.https = FALSE;

  if (host_is_below (pieces.host, "uipath.com") || host_is_below (pieces.host, "uipath.us") ||
      g_str_equal (pieces.host, "uipath.com") || g_str_equal (pieces.host, "uipath.us"))
    {
      if (!take_cloud (self, &pieces, error))
        return NULL;
    }
  else
    take_own_server (self, &pieces);

  self->origin = make_origin (&pieces);
  self->folder = find_folder (pieces.rest);

  return g_steal_pointer (&self);
}

void
baton_address_free (BatonAddress *self)
{
  g_free (self->origin);
  g_free (self->organization);
  g_free (self->tenant);
  g_string_free (self->notice, TRUE);
  g_free (self);
}

gboolean
baton_address_is_safe (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return FALSE;

  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;

  return g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (g_uri_get_host (uri));
}
