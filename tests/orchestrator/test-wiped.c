/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "auth/baton-token-call.h"
#include "auth/baton-token.h"
#include "baton-json.h"
#include "baton-paste.h"
#include "baton-redact.h"
#include "baton-secret.h"
#include "baton-share.h"
#include "http/baton-request.h"

/* Looks through the memory of this very process for secrets that are said to be wiped. */

#define LENGTH 48
#define MASK 0x55
/* A piece of this length tells a secret from chance. */
#define PIECE 16
/* What a sanitizer keeps its books in is larger, and mapped for the most part only. */
#define LARGEST (G_GUINT64_CONSTANT (1) << 27)

/* The secret as it never stands anywhere: each byte masked. */
typedef struct
{
  guchar masked[LENGTH];
} Hidden;

static void
hide (Hidden *hidden)
{
  for (gsize i = 0; i < LENGTH; i++)
    hidden->masked[i] = (guchar) g_random_int_range ('a', 'z' + 1) ^ MASK;
}

/* Returns: (transfer full): the secret; to free with baton_secret_free(). */
static char *
reveal (const Hidden *hidden)
{
  char *text = g_malloc (LENGTH + 1);

  for (gsize i = 0; i < LENGTH; i++)
    text[i] = (char) (hidden->masked[i] ^ MASK);
  text[LENGTH] = '\0';

  return text;
}

/* Byte by byte over all that is mapped, that of others too. */
__attribute__ ((no_sanitize ("address", "undefined"))) static guint
count_in (const guchar *start, const guchar *end, const guchar *masked)
{
  guint count = 0;

  for (const guchar *p = start; p + PIECE <= end; p++)
    {
      gsize n = 0;

      while (n < PIECE && (p[n] ^ MASK) == masked[n])
        n++;
      count += n == PIECE;
    }

  return count;
}

/* Returns: how often a piece of the secret, its first or its last, stands in the heap. */
static guint
count (const Hidden *hidden)
{
  FILE *maps = fopen ("/proc/self/maps", "r");
  char line[512];
  guint found = 0;

  g_assert_nonnull (maps);
  while (fgets (line, sizeof line, maps) != NULL)
    {
      unsigned long start, end;
      char access[5], name[256] = "";

      g_assert_cmpint (sscanf (line, "%lx-%lx %4s %*s %*s %*s %255s", &start, &end, access, name), >=, 3);
      /* The stack holds what was just at work; a file's memory is nothing of ours. */
      if (access[0] != 'r' || access[1] != 'w' || end - start > LARGEST
          || (*name != '\0' && strcmp (name, "[heap]") != 0))
        continue;
      found += count_in ((const guchar *) start, (const guchar *) end, hidden->masked);
      found += count_in ((const guchar *) start, (const guchar *) end,
                         hidden->masked + LENGTH - PIECE);
    }
  fclose (maps);

  return found;
}

/* The search finds what is there, else the rest proves nothing. */
static void
test_search (void)
{
  Hidden hidden;
  char *text;

  hide (&hidden);
  g_assert_cmpuint (count (&hidden), ==, 0);
  text = reveal (&hidden);
  g_assert_cmpuint (count (&hidden), ==, 2);
  /* Freed alone it stays. */
  g_free (g_strdup (text));
  baton_secret_free (text);
  g_assert_cmpuint (count (&hidden), >, 0);
}

static void
test_secret (void)
{
  Hidden hidden, other;
  char *value, *client, *text;
  BatonSecret *secret, *read;

  hide (&hidden);
  hide (&other);
  value = reveal (&hidden);
  client = reveal (&other);
  secret = baton_secret_new_of_client (BATON_SECRET_REFRESH_TOKEN, value, client, 1, 2);
  text = baton_secret_to_text (secret);
  read = baton_secret_from_text (text, NULL);
  g_assert_cmpstr (baton_secret_get_value (read), ==, value);
  g_assert_cmpstr (baton_secret_get_client_secret (read), ==, client);
  baton_secret_free (text);
  baton_secret_free (value);
  baton_secret_free (client);
  baton_secret_unref (secret);
  g_assert_cmpuint (count (&hidden), >, 0);
  baton_secret_unref (read);
  g_assert_cmpuint (count (&hidden), ==, 0);
  g_assert_cmpuint (count (&other), ==, 0);
}

/* In all the forms that it is known by. */
static void
test_redaction (void)
{
  Hidden hidden;
  char *value, *text;
  g_autofree char *clean = NULL;

  hide (&hidden);
  value = reveal (&hidden);
  baton_redact_remember (value);
  text = g_strconcat ("It is “", value, "”.", NULL);
  clean = baton_redact (text);
  g_assert_cmpstr (clean, ==, "It is “" BATON_REDACTED "”.");
  baton_secret_free (text);
  baton_redact_forget (value);
  baton_secret_free (value);
  g_assert_cmpuint (count (&hidden), ==, 0);
}

/* A signed token: what it claims is no secret, its signature is. */
static void
test_token (void)
{
  Hidden hidden;
  char *signature, *text;
  g_autoptr (JsonNode) claims = NULL;
  BatonToken *token;

  hide (&hidden);
  signature = reveal (&hidden);
  text = g_strconcat ("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.", signature, NULL);
  token = baton_token_new (text, NULL, 0, 1);
  baton_secret_free (signature);
  baton_secret_free (text);
  claims = baton_token_dup_claims (token);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_root_object (claims), "sub"), ==, "ada");
  baton_token_unref (token);
  g_assert_cmpuint (count (&hidden), ==, 0);
}

static void
test_call (void)
{
  Hidden hidden;
  char *value = NULL;
  BatonTokenCall call = { 0 };

  hide (&hidden);
  value = reveal (&hidden);
  baton_token_call_set_form (&call, "grant_type", "refresh_token", "client_id", NULL,
                             "refresh_token", value, NULL);
  g_assert_true (g_str_has_suffix (call.body, value));
  baton_token_call_set_json (&call, "client_id", "an id", "refresh_token", value, NULL);
  g_assert_true (g_str_has_prefix (call.body, "{\"client_id\":\"an id\",\"refresh_token\":\""));
  baton_token_call_clear (&call);
  baton_secret_free (value);
  g_assert_cmpuint (count (&hidden), ==, 0);
}

/* What the server answers. */
static void
test_answer (void)
{
  Hidden hidden;
  char *value, *text;
  JsonNode *root;

  hide (&hidden);
  value = reveal (&hidden);
  root = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (root, json_array_new ());
  json_array_add_object_element (json_node_get_array (root), json_object_new ());
  json_object_set_string_member (json_array_get_object_element (json_node_get_array (root), 0),
                                 "access_token", value);
  text = baton_json_quote (value);
  baton_secret_free (text);
  baton_secret_free (value);
  g_assert_cmpuint (count (&hidden), >, 0);
  baton_json_wipe (root);
  json_node_unref (root);
  g_assert_cmpuint (count (&hidden), ==, 0);
}

static void
test_command (void)
{
  Hidden hidden;
  char *value, *command;
  g_autoptr (BatonDeployment) deployment
      = baton_deployment_parse ("https://cloud.uipath.com/acme/Production", NULL);
  g_autoptr (BatonRequest) request = baton_request_new ("POST", "/odata/It's");

  hide (&hidden);
  value = reveal (&hidden);
  command = baton_request_to_curl (request, deployment, value);
  g_assert_nonnull (strstr (command, value));
  g_assert_nonnull (strstr (command, "/odata/It'\\''s'"));
  baton_secret_free (command);
  baton_secret_free (value);
  g_assert_cmpuint (count (&hidden), ==, 0);
}

/* What a person pastes, as the portal shows it, as a file and as a form. */
static void
test_paste (void)
{
  static const char *const forms[] = {
    "User Key\n%s\nClient Id\nabc123def456\n",
    "export UIPATH_CLIENT_ID=abc123def456\nUIPATH_CLIENT_SECRET=\"%s\"\n",
    "Tenant Name: Production\nPassword: %s\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      Hidden hidden;
      char *value, *text;
      char **halves = g_strsplit (forms[i], "%s", 2);
      BatonPaste *paste;

      hide (&hidden);
      value = reveal (&hidden);
      text = g_strconcat (halves[0], value, halves[1], NULL);
      paste = baton_paste_parse (text);
      g_assert_nonnull (paste);
      g_assert_true (g_strcmp0 (paste->user_key, value) == 0
                     || g_strcmp0 (paste->client_secret, value) == 0
                     || g_strcmp0 (paste->password, value) == 0);
      baton_paste_free (paste);
      baton_secret_free (text);
      baton_secret_free (value);
      g_strfreev (halves);
      g_assert_cmpuint (count (&hidden), ==, 0);
    }
}

/* And what is copied for others. */
static void
test_share (void)
{
  g_autoptr (BatonDeployment) deployment
      = baton_deployment_parse ("https://cloud.uipath.com/acme/Production", NULL);
  g_autoptr (BatonAccount) account
      = baton_account_new (NULL, deployment, BATON_METHOD_CLIENT_CREDENTIALS);

  for (guint i = 0; i < BATON_SHARE_N_FORMATS; i++)
    {
      Hidden hidden;
      char *value, *text;
      BatonToken *token;

      /* Its text is made by what writes JSON for all. */
      if (i == BATON_SHARE_POSTMAN)
        continue;
      hide (&hidden);
      value = reveal (&hidden);
      token = baton_token_new (value, NULL, 0, 0);
      text = baton_share_make ((BatonShareFormat) i, account, NULL, token);
      baton_secret_free (text);
      baton_token_unref (token);
      baton_secret_free (value);
      g_assert_cmpuint (count (&hidden), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* Under meson what is freed is overwritten, which hides what is not wiped. */
  mallopt (M_PERTURB, 0);
  g_test_add_func ("/baton/orchestrator/wiped/search", test_search);
  g_test_add_func ("/baton/orchestrator/wiped/secret", test_secret);
  g_test_add_func ("/baton/orchestrator/wiped/redaction", test_redaction);
  g_test_add_func ("/baton/orchestrator/wiped/token", test_token);
  g_test_add_func ("/baton/orchestrator/wiped/call", test_call);
  g_test_add_func ("/baton/orchestrator/wiped/answer", test_answer);
  g_test_add_func ("/baton/orchestrator/wiped/command", test_command);
  g_test_add_func ("/baton/orchestrator/wiped/paste", test_paste);
  g_test_add_func ("/baton/orchestrator/wiped/share", test_share);

  return g_test_run ();
}
