/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <string.h>

#include "sandbox-blob-access.h"
#include "sandbox-blob.h"

/* The storage behind the signed addresses. It is none of the service's, and answers in its own way
 * (fact sheet 6.14). */

/* Where an address leads to. */
typedef struct
{
  const SandboxEntitySet *set; /* (unowned) */
  gint64 owner;
  char *path; /* (owned) */
} Place;

static void
place_clear (Place *self)
{
  g_clear_pointer (&self->path, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static char *
decode (const char *encoded)
{
  g_autofree char *text = g_strdup (encoded);
  gsize length = strlen (text);
  g_autofree char *padded = NULL;
  g_autofree guchar *bytes = NULL;

  g_strdelimit (g_strdelimit (text, "-", '+'), "_", '/');
  padded = g_strconcat (text, length % 4 == 2 ? "==" : length % 4 == 3 ? "=" : "", NULL);
  bytes = g_base64_decode (padded, &length);

  return g_strndup ((const char *)bytes, length);
}

/* Answers where the address is not signed. What is signed is right. */
static gboolean
find_place (SandboxRequest *request, Place *place)
{
  if (!sandbox_blob_access_check (request))
    return FALSE;

  place->set = sandbox_entity_set_find (sandbox_request_get_argument (request, "set"));
  place->owner = g_ascii_strtoll (sandbox_request_get_argument (request, "owner"), NULL, 10);
  place->path = decode (sandbox_request_get_argument (request, "path") + 1);

  return TRUE;
}

static void
set_header (SandboxRequest *request, const char *name, const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), name,
                                value);
}

static void
set_version (SandboxRequest *request, GBytes *content, gint64 modified)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *tag = g_strdup_printf ("\"0x%.16s\"", digest);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (modified / G_USEC_PER_SEC);
  g_autofree char *date = soup_date_time_to_string (time, SOUP_DATE_HTTP);

  set_header (request, "ETag", tag);
  set_header (request, "Last-Modified", date);
}

/* A range of it is cut out by the HTTP server. */
static void
get_cb (SandboxRequest *request)
{
  g_auto (Place) place = { 0 };
  g_auto (SandboxBlob) blob = { 0 };

  if (!find_place (request, &place))
    return;
  if (!sandbox_blob_read (&blob, request->store, place.set->name, place.owner, place.path))
    {
      sandbox_blob_access_refuse (request, 404, "BlobNotFound",
                                  "The specified blob does not exist.");
      return;
    }

  set_version (request, blob.content, blob.modified);
  set_header (request, "Accept-Ranges", "bytes");
  sandbox_reply_bytes (request, 200, blob.type != NULL ? blob.type : "application/octet-stream",
                       blob.content);
}

static void
put_cb (SandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);
  g_auto (Place) place = { 0 };
  g_auto (SandboxBlob) blob = { 0 };
  g_autoptr (GBytes) content = NULL;

  if (!find_place (request, &place))
    return;
  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    {
      sandbox_blob_access_refuse (request, 411, "MissingContentLengthHeader",
                                  "The Content-Length header was not specified.");
      return;
    }
  if (g_strcmp0 (soup_message_headers_get_one (headers, "x-ms-blob-type"), "BlockBlob") != 0)
    {
      sandbox_blob_access_refuse (request, 400, "MissingRequiredHeader",
                                  "The header x-ms-blob-type must be BlockBlob.");
      return;
    }

  content = soup_message_body_flatten (body);
  sandbox_store_begin (request->store);
  sandbox_blob_write (request->store, place.set, place.owner, place.path,
                      soup_message_headers_get_one (headers, "Content-Type"), content);
  sandbox_store_commit (request->store);
  sandbox_blob_read (&blob, request->store, place.set->name, place.owner, place.path);
  set_version (request, content, blob.modified);
  sandbox_reply_empty (request, 201);
}

const SandboxOperation sandbox_blobs_operations[] = {
  { "GET", "/api/Blobs/{set}/{owner}/{path}", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, get_cb },
  { "PUT", "/api/Blobs/{set}/{owner}/{path}", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, put_cb,
    .raw = TRUE },
  { NULL },
};
