/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-redact.h"
#include "baton-trust-files.h"

/* No file of certificates is larger. */
#define MAX_BYTES (4 * 1024 * 1024)

/* @cause: (nullable). */
static void
set_error (GError **error, const char *reason, const GError *cause, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
set_error (GError **error, const char *reason, const GError *cause, const char *format, ...)
{
  va_list arguments;
  GError *made = NULL;
  BatonErrorDetails *details = NULL;

  va_start (arguments, format);
  made = g_error_new_valist (BATON_ERROR, BATON_ERROR_TLS, format, arguments);
  va_end (arguments);
  details = baton_error_get_details (made);
  details->reason = g_strdup (reason);
  details->technical = cause != NULL ? baton_redact (cause->message) : NULL;
  g_propagate_error (error, made);
}

static void
set_unreadable (GError **error, const char *path, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    set_error (error, BATON_REASON_TRUST_FILE, cause,
               /* TRANSLATORS: %s is a file name */
               _ ("The file %s is not there any more. Nothing was sent. Choose another one in the "
                  "account’s network settings, or take it out there."),
               path);
  else
    set_error (error, BATON_REASON_TRUST_FILE, cause,
               /* TRANSLATORS: %s is a file name */
               _ ("The file %s cannot be read. Nothing was sent."), path);
}

/* A device or a disk's image would be read for ever. */
static gboolean
check_kind (const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE, 0, NULL, &cause);

  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
      && g_file_info_get_size (info) <= MAX_BYTES)
    return TRUE;
  set_unreadable (error, path, cause);
  return FALSE;
}

GTlsDatabase *
baton_trust_files_load_authorities (const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autolist (GTlsCertificate) certificates = NULL;
  GTlsDatabase *database = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_kind (path, error))
    return NULL;

  /* A database takes a file without a certificate for one that vouches for nobody. */
  certificates = g_tls_certificate_list_new_from_file (path, &cause);
  if (certificates != NULL)
    database = g_tls_file_database_new (path, &cause);
  if (cause != NULL && cause->domain == G_FILE_ERROR)
    set_unreadable (error, path, cause);
  else if (database == NULL)
    set_error (error, BATON_REASON_TRUST_FILE, cause,
               /* TRANSLATORS: %s is a file name */
               _ ("The file %s holds no certificate. It has to be a text file (PEM) with “BEGIN "
                  "CERTIFICATE” in it; others can be converted with openssl. Nothing was sent."),
               path);

  return database;
}

GTlsCertificate *
baton_trust_files_load_certificate (const char *path, const char *password, GError **error)
{
  char *data = NULL;
  gsize length = 0;
  g_autoptr (GError) cause = NULL;
  GTlsCertificate *certificate = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_kind (path, error))
    return NULL;
  if (!g_file_get_contents (path, &data, &length, &cause))
    {
      set_unreadable (error, path, cause);
      return NULL;
    }

  certificate = g_tls_certificate_new_from_pkcs12 ((const guint8 *)data, length, password, &cause);
  explicit_bzero (data, length);
  g_free (data);

  if (certificate != NULL)
    {
      g_autoptr (GByteArray) key = NULL;

      g_object_get (certificate, "private-key", &key, NULL);
      if (key != NULL)
        {
          explicit_bzero (key->data, key->len);
          return certificate;
        }
      g_object_unref (certificate);
      set_error (error, BATON_REASON_TRUST_FILE, NULL,
                 /* TRANSLATORS: %s is a file name */
                 _ ("The file %s holds a certificate, but not its private key. Export it anew, "
                    "with the key. Nothing was sent."),
                 path);
      return NULL;
    }

  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE_PASSWORD))
    set_error (error, BATON_REASON_CERTIFICATE_PASSWORD, cause,
               /* TRANSLATORS: %s is a file name */
               _ ("The password does not open the client certificate %s. Nothing was sent."), path);
  else
    set_error (error, BATON_REASON_TRUST_FILE, cause,
               /* TRANSLATORS: %s is a file name */
               _ ("The file %s holds no client certificate. It has to be a PKCS#12 file, as *.p12 "
                  "or *.pfx are. Nothing was sent."),
               path);

  return NULL;
}
