/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "sandbox-tls.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/pkcs12.h>
#include <gnutls/x509-ext.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

/* No client takes a certificate of a server that lives longer. */
#define LIFE (825 * 24 * 3600)
/* Made anew when it has less than this left. */
#define RESERVE (30 * 24 * 3600)
#define SERIAL_LENGTH 16
#define MAX_PEM 16384

typedef struct
{
  gnutls_x509_privkey_t key;     /* (owned) */
  gnutls_x509_crt_t certificate; /* (owned) */
} Identity;

static void
identity_clear (Identity *self)
{
  g_clear_pointer (&self->key, gnutls_x509_privkey_deinit);
  g_clear_pointer (&self->certificate, gnutls_x509_crt_deinit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Identity, identity_clear)

static gboolean
check (int code, GError **error)
{
  if (code >= 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("Cannot make a certificate: %s"),
               gnutls_strerror (code));

  return FALSE;
}

/* A key of its own, and what every certificate has. */
static gboolean
begin (Identity *self, const char *name, GError **error)
{
  guint8 serial[SERIAL_LENGTH];
  guint8 id[64];
  gsize id_length = sizeof id;
  time_t now = time (NULL);
  int code;

  if ((code = gnutls_x509_privkey_init (&self->key)) < 0
      || (code = gnutls_x509_crt_init (&self->certificate)) < 0
      || (code = gnutls_x509_privkey_generate (
              self->key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0))
             < 0
      || (code = gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial)) < 0)
    return check (code, error);

  /* A serial number is positive. */
  serial[0] = (guint8)((serial[0] & 0x7f) | 0x40);
  if ((code = gnutls_x509_crt_set_version (self->certificate, 3)) < 0
      || (code = gnutls_x509_crt_set_serial (self->certificate, serial, sizeof serial)) < 0
      || (code = gnutls_x509_crt_set_activation_time (self->certificate, now - 24 * 3600)) < 0
      || (code = gnutls_x509_crt_set_expiration_time (self->certificate, now + LIFE)) < 0
      || (code = gnutls_x509_crt_set_dn_by_oid (self->certificate, GNUTLS_OID_X520_COMMON_NAME, 0,
                                                name, (unsigned)strlen (name)))
             < 0
      || (code = gnutls_x509_crt_set_key (self->certificate, self->key)) < 0
      || (code = gnutls_x509_crt_get_key_id (self->certificate, 0, id, &id_length)) < 0
      || (code = gnutls_x509_crt_set_subject_key_id (self->certificate, id, id_length)) < 0)
    return check (code, error);

  return TRUE;
}

/* Confines the authority to names and addresses of this computer. */
static int
set_constraints (gnutls_x509_crt_t certificate)
{
  static guint8 ipv4[] = { 127, 0, 0, 0, 255, 0, 0, 0 };
  static guint8 ipv6[]
      = { 0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   1,
          255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
  static guint8 localhost[] = "localhost";
  const gnutls_datum_t dns = { localhost, sizeof localhost - 1 };
  const gnutls_datum_t first = { ipv4, sizeof ipv4 };
  const gnutls_datum_t second = { ipv6, sizeof ipv6 };
  gnutls_x509_name_constraints_t constraints;
  int code = gnutls_x509_name_constraints_init (&constraints);

  if (code < 0)
    return code;
  if ((code = gnutls_x509_name_constraints_add_permitted (constraints, GNUTLS_SAN_DNSNAME, &dns))
          >= 0
      && (code
          = gnutls_x509_name_constraints_add_permitted (constraints, GNUTLS_SAN_IPADDRESS, &first))
             >= 0
      && (code
          = gnutls_x509_name_constraints_add_permitted (constraints, GNUTLS_SAN_IPADDRESS, &second))
             >= 0)
    code = gnutls_x509_crt_set_name_constraints (certificate, constraints, 1);
  gnutls_x509_name_constraints_deinit (constraints);

  return code;
}

static gboolean
make_authority (Identity *self, const char *what, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s on %s", what, g_get_host_name ());
  int code;

  if (strlen (name) > 64)
    name[64] = '\0';
  if (!begin (self, name, error))
    return FALSE;
  if ((code = gnutls_x509_crt_set_basic_constraints (self->certificate, 1, 0)) < 0
      || (code = gnutls_x509_crt_set_key_usage (self->certificate,
                                                GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN))
             < 0
      || (code = set_constraints (self->certificate)) < 0
      || (code = gnutls_x509_crt_sign2 (self->certificate, self->certificate, self->key,
                                        GNUTLS_DIG_SHA256, 0))
             < 0)
    return check (code, error);

  return TRUE;
}

/* Of this computer, and for @purpose. */
static gboolean
make_issued (Identity *self,
             const Identity *authority,
             const char *name,
             const char *purpose,
             GError **error)
{
  static const guint8 ipv4[4] = { 127, 0, 0, 1 };
  static const guint8 ipv6[16] = { [15] = 1 };
  guint8 id[64];
  gsize id_length = sizeof id;
  int code;

  if (!begin (self, name, error))
    return FALSE;
  if ((code = gnutls_x509_crt_set_subject_alt_name (self->certificate, GNUTLS_SAN_DNSNAME,
                                                    "localhost", 9, GNUTLS_FSAN_SET))
          < 0
      || (code = gnutls_x509_crt_set_subject_alt_name (self->certificate, GNUTLS_SAN_IPADDRESS,
                                                       ipv4, sizeof ipv4, GNUTLS_FSAN_APPEND))
             < 0
      || (code = gnutls_x509_crt_set_subject_alt_name (self->certificate, GNUTLS_SAN_IPADDRESS,
                                                       ipv6, sizeof ipv6, GNUTLS_FSAN_APPEND))
             < 0
      || (code = gnutls_x509_crt_set_basic_constraints (self->certificate, 0, -1)) < 0
      || (code = gnutls_x509_crt_set_key_usage (self->certificate, GNUTLS_KEY_DIGITAL_SIGNATURE))
             < 0
      || (code = gnutls_x509_crt_set_key_purpose_oid (self->certificate, purpose, 0)) < 0
      || (code = gnutls_x509_crt_get_key_id (authority->certificate, 0, id, &id_length)) < 0
      || (code = gnutls_x509_crt_set_authority_key_id (self->certificate, id, id_length)) < 0
      || (code = gnutls_x509_crt_sign2 (self->certificate, authority->certificate, authority->key,
                                        GNUTLS_DIG_SHA256, 0))
             < 0)
    return check (code, error);

  return TRUE;
}

static gboolean
write_certificate (const Identity *self, const char *file, GError **error)
{
  char pem[MAX_PEM];
  gsize length = sizeof pem;

  return check (gnutls_x509_crt_export (self->certificate, GNUTLS_X509_FMT_PEM, pem, &length),
                error)
         && g_file_set_contents_full (file, pem, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT,
                                      0644, error);
}

static gboolean
write_key (const Identity *self, const char *file, GError **error)
{
  char pem[MAX_PEM];
  gsize length = sizeof pem;
  gboolean done = check (gnutls_x509_privkey_export_pkcs8 (self->key, GNUTLS_X509_FMT_PEM, NULL,
                                                           GNUTLS_PKCS_PLAIN, pem, &length),
                         error)
                  && g_file_set_contents_full (file, pem, (gssize)length,
                                               G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);

  gnutls_memset (pem, 0, sizeof pem);

  return done;
}

static gboolean
make (const char *ca, const char *certificate, const char *key, GError **error)
{
  g_auto (Identity) authority = { NULL };
  g_auto (Identity) server = { NULL };

  return make_authority (&authority, "baton-sandbox", error)
         && make_issued (&server, &authority, "localhost", GNUTLS_KP_TLS_WWW_SERVER, error)
         && write_key (&server, key, error) && write_certificate (&server, certificate, error)
         && write_certificate (&authority, ca, error);
}

/* Programs look for what belongs together by this. */
static int
mark_pair (const Identity *self, gnutls_pkcs12_bag_t bag, int certificate, int key)
{
  guint8 id[64];
  gsize length = sizeof id;
  gnutls_datum_t data = { id, 0 };
  int code = gnutls_x509_crt_get_key_id (self->certificate, 0, id, &length);

  data.size = (unsigned)length;
  if (code < 0 || (code = gnutls_pkcs12_bag_set_key_id (bag, (unsigned)certificate, &data)) < 0)
    return code;

  return gnutls_pkcs12_bag_set_key_id (bag, (unsigned)key, &data);
}

/* Fills a bag with what is in @self, the key behind the password; the bag itself is not. */
static int
fill_bag (const Identity *self, gnutls_pkcs12_bag_t bag)
{
  char key[MAX_PEM];
  int certificate, place;
  gsize length = sizeof key;
  gnutls_datum_t data = { (guint8 *)key, 0 };
  int code = gnutls_x509_privkey_export_pkcs8 (self->key, GNUTLS_X509_FMT_DER,
                                               SANDBOX_TLS_CLIENT_PASSWORD,
                                               GNUTLS_PKCS_PBES2_AES_256, key, &length);

  data.size = (unsigned)length;
  if (code < 0)
    return code;
  certificate = gnutls_pkcs12_bag_set_crt (bag, self->certificate);
  place = gnutls_pkcs12_bag_set_data (bag, GNUTLS_BAG_PKCS8_ENCRYPTED_KEY, &data);
  if (certificate < 0 || place < 0)
    return MIN (certificate, place);

  return mark_pair (self, bag, certificate, place);
}

static int
fill_package (const Identity *self, gnutls_pkcs12_t package)
{
  gnutls_pkcs12_bag_t bag;
  int code = gnutls_pkcs12_bag_init (&bag);

  if (code < 0)
    return code;
  if ((code = fill_bag (self, bag)) >= 0)
    code = gnutls_pkcs12_set_bag (package, bag);
  gnutls_pkcs12_bag_deinit (bag);

  return code < 0 ? code
                  : gnutls_pkcs12_generate_mac2 (package, GNUTLS_MAC_SHA256,
                                                 SANDBOX_TLS_CLIENT_PASSWORD);
}

static gboolean
write_package (const Identity *self, const char *file, GError **error)
{
  char data[MAX_PEM];
  gsize length = sizeof data;
  gnutls_pkcs12_t package;
  int code = gnutls_pkcs12_init (&package);

  if (code < 0)
    return check (code, error);
  if ((code = fill_package (self, package)) >= 0)
    code = gnutls_pkcs12_export (package, GNUTLS_X509_FMT_DER, data, &length);
  gnutls_pkcs12_deinit (package);

  return check (code, error)
         && g_file_set_contents_full (file, data, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT,
                                      0600, error);
}

static gboolean
make_clients (const char *ca, const char *client, GError **error)
{
  g_auto (Identity) authority = { NULL };
  g_auto (Identity) issued = { NULL };

  return make_authority (&authority, "Clients of baton-sandbox", error)
         && make_issued (&issued, &authority, "Client of baton-sandbox", GNUTLS_KP_TLS_WWW_CLIENT,
                         error)
         && write_package (&issued, client, error) && write_certificate (&authority, ca, error);
}

/* Whether @own is of @authority and not about to end. */
static gboolean
is_good (GTlsCertificate *own, GTlsCertificate *authority)
{
  g_autoptr (GDateTime) end = NULL;

  if (authority == NULL || own == NULL || g_tls_certificate_verify (own, NULL, authority) != 0)
    return FALSE;
  end = g_tls_certificate_get_not_valid_after (own);

  return end != NULL && g_date_time_to_unix (end) > (gint64)time (NULL) + RESERVE;
}

/* Returns: (transfer full) (nullable): what is there, where it is whole and not about to end. */
static GTlsCertificate *
load (const char *ca, const char *certificate, const char *key)
{
  g_autoptr (GTlsCertificate) authority = g_tls_certificate_new_from_file (ca, NULL);
  g_autoptr (GTlsCertificate) own = g_tls_certificate_new_from_files (certificate, key, NULL);

  return is_good (own, authority) ? g_steal_pointer (&own) : NULL;
}

static gboolean
has_clients (const char *ca, const char *client)
{
  g_autoptr (GTlsCertificate) authority = g_tls_certificate_new_from_file (ca, NULL);
  g_autoptr (GTlsCertificate) own = g_tls_certificate_new_from_file_with_password (
      client, SANDBOX_TLS_CLIENT_PASSWORD, NULL);

  return is_good (own, authority);
}

GTlsCertificate *
sandbox_tls_load (const char *folder, char **ca, GError **error)
{
  g_autofree char *authority = g_build_filename (folder, "ca.pem", NULL);
  g_autofree char *certificate = g_build_filename (folder, "server.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "server-key.pem", NULL);
  GTlsCertificate *loaded;

  g_return_val_if_fail (folder != NULL && ca != NULL, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _ ("Cannot make %s: %s"),
                   folder, g_strerror (errno));
      return NULL;
    }

  loaded = load (authority, certificate, key);
  if (loaded == NULL)
    {
      if (!make (authority, certificate, key, error))
        return NULL;
      loaded = g_tls_certificate_new_from_files (certificate, key, error);
    }
  if (loaded != NULL)
    *ca = g_steal_pointer (&authority);

  return loaded;
}

GTlsDatabase *
sandbox_tls_load_clients (const char *folder, char **client, GError **error)
{
  g_autofree char *authority = g_build_filename (folder, "clients.pem", NULL);
  g_autofree char *package = g_build_filename (folder, "client.p12", NULL);
  GTlsDatabase *database;

  g_return_val_if_fail (folder != NULL && client != NULL, NULL);

  if (!has_clients (authority, package) && !make_clients (authority, package, error))
    return NULL;
  database = g_tls_file_database_new (authority, error);
  if (database != NULL)
    *client = g_steal_pointer (&package);

  return database;
}
