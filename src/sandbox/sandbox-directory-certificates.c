/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include <string.h>

#include <gnutls/x509.h>

#include "baton-json.h"
#include "sandbox-identity-api.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"

/* The certificates by which the organisation signs what it says to a SAML provider: the one in use,
 * and the one after it. */

#define FAMILY "PM.Setting"
#define SHA1_LENGTH 20

static gboolean
has (SandboxStore *store, gboolean primary)
{
  return sandbox_statement_ask (
             store, "SELECT count(*) FROM \"IdentityCertificates\" WHERE \"Primary\" = ?", "i",
             (gint64)primary)
         != 0;
}

static void
append_one (GString *json, SandboxStore *store, gboolean primary)
{
  const char *prefix = primary ? "primary" : "secondary";
  g_autofree char *id = g_strconcat (prefix, "CertificateId", NULL);
  g_autofree char *certificate = g_strconcat (prefix, "Certificate", NULL);
  g_autofree char *thumbprint = g_strconcat (prefix, "CertificateThumbprint", NULL);
  sqlite3_stmt *statement = sandbox_statement_open (
      store,
      "SELECT \"Id\", \"Certificate\", \"Thumbprint\" FROM \"IdentityCertificates\" WHERE "
      "\"Primary\" = ?",
      "i", (gint64)primary);

  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      sandbox_identity_api_append_int (json, id, sqlite3_column_int64 (statement, 0));
      sandbox_identity_api_append_text (json, certificate,
                                        (const char *)sqlite3_column_text (statement, 1));
      sandbox_identity_api_append_text (json, thumbprint,
                                        (const char *)sqlite3_column_text (statement, 2));
    }
  sandbox_store_done (statement);
}

/* Definition: CertificatePair; 404 where there is none. */
static void
reply_pair (SandboxRequest *request)
{
  GString *json;

  if (!has (request->store, TRUE))
    {
      sandbox_identity_api_reply_error (request, 404, "CertificateNotFound",
                                        "The organization has no certificate.");
      return;
    }
  json = g_string_new ("{");
  sandbox_identity_api_append_text (json, "partitionGlobalId", SANDBOX_ORGANIZATION_KEY);
  append_one (json, request->store, TRUE);
  append_one (json, request->store, FALSE);
  g_string_append_c (json, '}');
  sandbox_reply_json (request, 200, json);
}

static void
get_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    reply_pair (request);
}

/* @text: in PEM, or the base64 of DER. Returns: (transfer full) (nullable): NULL where it is no
 * certificate. */
static char *
make_thumbprint (const char *text)
{
  gsize length = 0;
  g_autofree guchar *der = g_base64_decode (text, &length);
  gboolean pem = strstr (text, "-----BEGIN CERTIFICATE-----") != NULL;
  gnutls_datum_t data = { pem ? (guchar *)text : der, (guint)(pem ? strlen (text) : length) };
  guint8 hash[SHA1_LENGTH];
  size_t n = sizeof hash;
  GString *hex = NULL;
  gnutls_x509_crt_t certificate;

  if (gnutls_x509_crt_init (&certificate) < 0)
    return NULL;
  if (gnutls_x509_crt_import (certificate, &data, pem ? GNUTLS_X509_FMT_PEM : GNUTLS_X509_FMT_DER)
          >= 0
      && gnutls_x509_crt_get_fingerprint (certificate, GNUTLS_DIG_SHA1, hash, &n) >= 0)
    {
      hex = g_string_new (NULL);
      for (gsize i = 0; i < n; i++)
        g_string_append_printf (hex, "%02X", hash[i]);
    }
  gnutls_x509_crt_deinit (certificate);

  return hex != NULL ? g_string_free (hex, FALSE) : NULL;
}

/* Definition: AddCertificateCommand. */
static void
put (SandboxRequest *request, gboolean primary)
{
  const char *text = baton_json_peek_string (request->body, "certificate");
  g_autofree char *thumbprint = text != NULL ? make_thumbprint (text) : NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token)
      || !sandbox_identity_api_check_partition (
          request, baton_json_peek_string (request->body, "partitionGlobalId")))
    return;
  if (thumbprint == NULL)
    {
      sandbox_identity_api_reply_error (request, 400, "InvalidCertificate",
                                        "The certificate cannot be read.");
      return;
    }
  if (!primary && !has (request->store, TRUE))
    {
      sandbox_identity_api_reply_error (request, 404, "CertificateNotFound",
                                        "A secondary certificate comes after a primary one.");
      return;
    }

  sandbox_statement_run (request->store,
                         "INSERT OR REPLACE INTO \"IdentityCertificates\" (\"Primary\", "
                         "\"Certificate\", \"Thumbprint\") VALUES (?, ?, ?)",
                         "iss", (gint64)primary, text, thumbprint);
  sandbox_directory_audit (request->store, token.person, "SamlCertificate", "Update", thumbprint);
  reply_pair (request);
}

static void
put_primary_cb (SandboxRequest *request)
{
  put (request, TRUE);
}

static void
put_secondary_cb (SandboxRequest *request)
{
  put (request, FALSE);
}

/* The one after takes the place of the one in use, which is the one after then. */
static void
switch_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;
  if (!has (request->store, FALSE))
    {
      sandbox_identity_api_reply_error (request, 404, "CertificateNotFound",
                                        "The organization has no secondary certificate.");
      return;
    }
  /* Not in one step: no two may be the same at any moment. */
  sandbox_store_begin (request->store);
  sandbox_store_exec (request->store,
                      "UPDATE \"IdentityCertificates\" SET \"Primary\" = 2 WHERE \"Primary\" = 1");
  sandbox_store_exec (request->store,
                      "UPDATE \"IdentityCertificates\" SET \"Primary\" = 1 WHERE \"Primary\" = 0");
  sandbox_store_exec (request->store,
                      "UPDATE \"IdentityCertificates\" SET \"Primary\" = 0 WHERE \"Primary\" = 2");
  sandbox_store_commit (request->store);
  reply_pair (request);
}

static void
delete_cb (SandboxRequest *request)
{
  const char *id = sandbox_request_get_argument (request, "certificateId");
  g_auto (SandboxToken) token = { 0 };
  gint64 found;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;
  found = sandbox_statement_ask (
      request->store, "SELECT \"Primary\" + 1 FROM \"IdentityCertificates\" WHERE \"Id\" = ?", "s",
      id);
  if (found == 0)
    sandbox_identity_api_reply_error (request, 404, "CertificateNotFound",
                                      "There is no such certificate.");
  else if (found == 2 && has (request->store, FALSE))
    sandbox_identity_api_reply_error (request, 400, "CertificateInUse",
                                      "The primary certificate goes after the secondary one.");
  else
    {
      sandbox_statement_run (request->store,
                             "DELETE FROM \"IdentityCertificates\" WHERE \"Id\" = ?", "s", id);
      sandbox_reply_json (request, 200, g_string_new ("true"));
    }
}

const SandboxOperation sandbox_directory_certificate_operations[] = {
  SANDBOX_IDENTITY_API ("GET", "SamlCertificate/{p}/certificates", get_cb),
  SANDBOX_IDENTITY_API ("PUT", "SamlCertificate/primary", put_primary_cb),
  SANDBOX_IDENTITY_API ("PUT", "SamlCertificate/secondary", put_secondary_cb),
  SANDBOX_IDENTITY_API ("POST", "SamlCertificate/{p}/switch", switch_cb),
  SANDBOX_IDENTITY_API ("DELETE", "SamlCertificate/{p}/{certificateId}", delete_cb),
  { NULL },
};
