/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-redact.h"
#include "baton-redact-names.h"

/* Where a name counts as secret. `code` and `result` are also common words of log lines and of error
 * envelopes, so they are not taken as headers, and a number after them stays. */
typedef enum
{
  PLACE_HEADER = 1 << 0,
  PLACE_PARAMETER = 1 << 1,
  PLACE_JSON = 1 << 2,
  PLACE_NUMBER = 1 << 3,
  PLACE_ALL = PLACE_HEADER | PLACE_PARAMETER | PLACE_JSON | PLACE_NUMBER,
} Place;

typedef struct
{
  const char *name; /* lower case, without `-`, `_` and `.` */
  Place places;
} SecretName;

static const SecretName exact_names[] = {
  { "authorization", PLACE_ALL },
  { "proxyauthorization", PLACE_ALL },
  { "cookie", PLACE_ALL },
  { "setcookie", PLACE_ALL },
  { "apikey", PLACE_ALL },
  { "xapikey", PLACE_ALL },
  { "userkey", PLACE_ALL },
  { "privatekey", PLACE_ALL },
  { "licensekey", PLACE_ALL },
  { "secretvalue", PLACE_ALL },
  { "codeverifier", PLACE_ALL },
  { "devicecode", PLACE_ALL },
  { "assertion", PLACE_ALL },
  { "clientassertion", PLACE_ALL },
  { "pwd", PLACE_ALL },
  { "token", PLACE_PARAMETER | PLACE_JSON },
  { "secret", PLACE_PARAMETER | PLACE_JSON },
  { "code", PLACE_PARAMETER | PLACE_JSON },
  { "result", PLACE_JSON }, /* Account_Authenticate: the token itself */
  { "sig", PLACE_PARAMETER | PLACE_JSON }, /* a shared access signature of Azure */
  { "signature", PLACE_ALL },
};

/* xAmzSignature, X-Goog-Credential, CredentialPassword, X-Anything-Token, webhookSecret … */
static const char *const endings[] = {
  "password", "passwd", "passphrase", "secret", "token", "amzsignature",
  "amzcredential", "googsignature", "googcredential", "userkey", "apikey",
};

static Place
places_of_name (const char *name, gsize length)
{
  char plain[64];
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (name[i] == '-' || name[i] == '_' || name[i] == '.')
        continue;
      if (n == sizeof plain - 1)
        return 0;
      plain[n++] = g_ascii_tolower (name[i]);
    }
  plain[n] = '\0';

  for (guint i = 0; i < G_N_ELEMENTS (exact_names); i++)
    if (strcmp (plain, exact_names[i].name) == 0)
      return exact_names[i].places;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (plain, endings[i]))
      return PLACE_ALL;

  return 0;
}

gboolean
baton_redact_is_secret_name (const char *name)
{
  return name != NULL && places_of_name (name, strlen (name)) != 0;
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-' || c == '.';
}

static const char *
skip_blanks (const char *p)
{
  while (*p == ' ' || *p == '\t')
    p++;

  return p;
}

static const char *
skip_space (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;

  return p;
}

static void
add_range (GArray *ranges, const char *text, const char *start, const char *end)
{
  BatonRedactRange range = { (gsize) (start - text), (gsize) (end - text) };

  if (end > start)
    g_array_append_val (ranges, range);
}

/* How many backslashes stand before the quote at @p: JSON in a string of JSON has one or three. -1 where
 * there is no quote. */
static int
count_quote_escapes (const char *p)
{
  int n = 0;

  while (p[n] == '\\')
    n++;

  return p[n] == '"' || p[n] == '\'' ? n : -1;
}

/* @p: after an opening quote @quote with @escapes backslashes. Returns: where its closing quote starts,
 * or the end of the text. */
static const char *
find_quote_end (const char *p, char quote, int escapes)
{
  while (*p != '\0')
    {
      int n = 0;

      while (p[n] == '\\')
        n++;

      /* More backslashes than the opening one had belong to the value, unless they are pairs of this depth. Fewer: the
       * text around ends, and this one was cut. */
      if (p[n] == quote && (n < escapes || n % (2 * (escapes + 1)) == escapes))
        return p + MAX (n - escapes, 0);

      p += n;
      if (*p != '\0')
        p++;
    }

  return p;
}

/* `"name" : value`. @p: after the colon. */
static const char *
find_json_value (const char *text, const char *p, Place places, GArray *ranges)
{
  const char *start = skip_space (p);
  const char *end = start;
  int escapes = count_quote_escapes (start);

  if (escapes >= 0)
    {
      start += escapes + 1;
      end = find_quote_end (start, start[-1], escapes);
      add_range (ranges, text, start, end);
      return end;
    }

  if ((places & PLACE_NUMBER) == 0 || (*start != '-' && !g_ascii_isdigit (*start)))
    return p;

  while (*end == '-' || *end == '+' || g_ascii_isalnum (*end) || *end == '.')
    end++;
  add_range (ranges, text, start, end);

  return end;
}

/* `Name: value`. @p: after the colon; @quote: the quote before the name, as in curl's -H, or NUL. */
static const char *
find_header_value (const char *text, const char *p, char quote, GArray *ranges)
{
  static const char *const schemes[] = { "Bearer ", "Basic " };
  const char *start = skip_blanks (p);
  const char *end = start;

  /* the scheme is worth knowing and no secret */
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (start, schemes[i], strlen (schemes[i])) == 0)
      {
        start = skip_blanks (start + strlen (schemes[i]));
        break;
      }

  end = start;
  while (*end != '\0' && *end != '\r' && *end != '\n' && (quote == '\0' || *end != quote))
    end++;
  add_range (ranges, text, start, end);

  return end;
}

/* `name=value` in a query, a form or a line of text. @p: after the sign; @encoded: where the sign was
 * `%3D`, so that `%26` ends it. */
static const char *
find_parameter_value (const char *text, const char *p, gboolean encoded, GArray *ranges)
{
  const char *end = p;

  if (*p == '"' || *p == '\'')
    {
      end = find_quote_end (p + 1, *p, 0);
      add_range (ranges, text, p + 1, end);
      return end;
    }

  while (*end != '\0' && !g_ascii_isspace (*end) && strchr ("&\"'<>#\\", *end) == NULL &&
         !(encoded && strncmp (end, "%26", 3) == 0))
    end++;
  add_range (ranges, text, p, end);

  return end;
}

/* Looks at what follows the name [@start, @end). Returns: from where to go on. */
static const char *
look_at_name (const char *text, const char *start, const char *end, GArray *ranges)
{
  Place places = places_of_name (start, (gsize) (end - start));
  int escapes = count_quote_escapes (end);
  char quote = start > text ? start[-1] : '\0';
  const char *p = NULL;

  if (places == 0)
    return end;

  if (quote != '"' && quote != '\'')
    quote = '\0';

  if (quote != '\0' && escapes >= 0)
    {
      p = skip_space (end + escapes + 1);

      if (*p == ':' && (places & PLACE_JSON) != 0)
        return find_json_value (text, p + 1, places, ranges);

      return end;
    }

  if (*end == '=' && (places & PLACE_PARAMETER) != 0)
    return find_parameter_value (text, end + 1, FALSE, ranges);

  if (g_ascii_strncasecmp (end, "%3D", 3) == 0 && (places & PLACE_PARAMETER) != 0)
    return find_parameter_value (text, end + 3, TRUE, ranges);

  p = skip_blanks (end);

  if (*p == ':' && (places & PLACE_HEADER) != 0)
    return find_header_value (text, p + 1, quote, ranges);

  return end;
}

static gboolean
is_web_token (const char *start, const char *end)
{
  guint dots = 0;

  if (end - start < 20 || strncmp (start, "eyJ", 3) != 0)
    return FALSE;

  for (const char *p = start; p < end; p++)
    dots += *p == '.';

  return dots >= 2;
}

/* `Bearer` and something that is not a word of a sentence. Returns: the end of the value, or @p. */
static const char *
find_bearer_value (const char *text, const char *p, GArray *ranges)
{
  const char *start = skip_blanks (p);
  const char *end = start;
  gboolean has_digit = FALSE;

  while (is_name_char (*end) || (*end != '\0' && strchr ("~+/=", *end) != NULL))
    {
      has_digit |= g_ascii_isdigit (*end);
      end++;
    }

  if (start == p || end - start < 8 || (!has_digit && end - start < 20))
    return p;

  add_range (ranges, text, start, end);

  return end;
}

/* @p: after `://`. The password of `user:password@host`. */
static void
find_address_password (const char *text, const char *p, GArray *ranges)
{
  const char *colon = NULL;
  const char *at = NULL;

  for (const char *q = p; *q != '\0' && !g_ascii_isspace (*q) && strchr ("/?#\"'<>\\", *q) == NULL; q++)
    {
      if (*q == ':' && colon == NULL)
        colon = q;
      if (*q == '@')
        at = q;
    }

  if (colon != NULL && at != NULL && colon < at)
    add_range (ranges, text, colon + 1, at);
}

void
baton_redact_find_by_name (const char *text, GArray *ranges)
{
  const char *p = text;

  while (*p != '\0')
    {
      const char *start = p;
      const char *end = NULL;

      if (strncmp (p, "://", 3) == 0)
        {
          p += 3;
          find_address_password (text, p, ranges);
          continue;
        }

      if (!is_name_char (*p))
        {
          p++;
          continue;
        }

      for (end = p; is_name_char (*end);)
        end++;

      /* `%3Faccess_token%3D…`: an address within an address */
      if (start > text && start[-1] == '%' && end - start > 2 &&
          g_ascii_isxdigit (start[0]) && g_ascii_isxdigit (start[1]))
        start += 2;

      if (is_web_token (start, end))
        add_range (ranges, text, start, end);

      p = end;
      if (end - start == 6 && g_ascii_strncasecmp (start, "bearer", 6) == 0)
        p = find_bearer_value (text, end, ranges);
      if (p == end)
        p = look_at_name (text, start, end, ranges);
    }
}
