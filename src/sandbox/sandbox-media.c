/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-media.h"

#include <gio/gio.h>

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-audit.h"
#include "sandbox-clock.h"
#include "sandbox-operations.h"
#include "sandbox-parameter.h"
#include "sandbox-row.h"
#include "sandbox-statement.h"
#include "sandbox-zip.h"

#define US "UiPath.Server.Configuration.OData."
#define WIDTH 320
#define HEIGHT 180
#define STRIDE (1 + 3 * WIDTH)
#define PICTURES 5

static const SandboxBodyField delete_fields[] = { { "jobId", SANDBOX_BODY_INT }, { NULL } };

/* As PNG wants it behind each chunk. */
static guint32
get_crc (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
    }

  return ~crc;
}

static void
append_number (GByteArray *png, guint32 number)
{
  guint32 big_endian = GUINT32_TO_BE (number);

  g_byte_array_append (png, (const guint8 *)&big_endian, sizeof big_endian);
}

static void
append_chunk (GByteArray *png, const char *type, const guint8 *data, gsize length)
{
  guint begin;

  append_number (png, (guint32)length);
  begin = png->len;
  g_byte_array_append (png, (const guint8 *)type, 4);
  if (length > 0)
    g_byte_array_append (png, data, (guint)length);
  append_number (png, get_crc (png->data + begin, png->len - begin));
}

static void
fill (guint8 *pixels, guint left, guint top, guint width, guint height, guint32 color)
{
  for (guint y = top; y < MIN (top + height, HEIGHT); y++)
    for (guint x = left; x < MIN (left + width, WIDTH); x++)
      {
        guint8 *pixel = pixels + y * STRIDE + 1 + 3 * x;

        pixel[0] = (guint8)(color >> 16);
        pixel[1] = (guint8)(color >> 8);
        pixel[2] = (guint8)color;
      }
}

/* A desktop with a window in which something grows. */
static void
draw (guint8 *pixels, guint number, guint step)
{
  fill (pixels, 0, 0, WIDTH, HEIGHT, 0x2b4a6f);
  fill (pixels, 0, HEIGHT - 14, WIDTH, 14, 0x1a1a1a);
  fill (pixels, 40, 20, 240, 130, 0xf4f4f4);
  fill (pixels, 40, 20, 240, 12, 0xc8c8c8);
  for (guint row = 0; row < 7; row++)
    fill (pixels, 50, 40 + row * 14, 40 + (number * 37 + row * 53) % 150, 8, 0x9aa7b4);
  fill (pixels, 50, 138, 30 + step * 40, 6, step + 1 < PICTURES ? 0x2e8b57 : 0xb22222);
}

/* Returns: (transfer full): the picture @step as PNG. */
static GBytes *
make_png (guint number, guint step)
{
  static const guint8 magic[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 header[] = { 0, 0, WIDTH >> 8, WIDTH & 0xff, 0, 0, 0, HEIGHT, 8, 2, 0, 0, 0 };
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  g_autofree guint8 *pixels = g_malloc0 (STRIDE * HEIGHT);
  g_autofree guint8 *packed = g_malloc (STRIDE * HEIGHT);
  GByteArray *png = g_byte_array_new ();
  gsize read, written = 0;

  draw (pixels, number, step);
  if (g_converter_convert (G_CONVERTER (compressor), pixels, STRIDE * HEIGHT, packed,
                           STRIDE * HEIGHT, G_CONVERTER_INPUT_AT_END, &read, &written, NULL)
      != G_CONVERTER_FINISHED)
    g_critical ("Cannot pack a picture");
  g_byte_array_append (png, magic, sizeof magic);
  append_chunk (png, "IHDR", header, sizeof header);
  append_chunk (png, "IDAT", packed, written);
  append_chunk (png, "IEND", NULL, 0);

  return g_byte_array_free_to_bytes (png);
}

GBytes *
sandbox_media_make_zip (gint64 job)
{
  SandboxZip *zip = sandbox_zip_new ();

  for (guint step = 0; step < PICTURES; step++)
    {
      g_autoptr (GBytes) png = make_png ((guint)(job % 1000), step);
      g_autofree char *name = g_strdup_printf ("screenshot-%04u.png", step + 1);

      sandbox_zip_add (zip, name, sandbox_clock_now () / G_USEC_PER_SEC,
                       g_bytes_get_data (png, NULL), g_bytes_get_size (png));
    }

  return sandbox_zip_end (zip);
}

void
sandbox_media_add (SandboxStore *store, const SandboxJob *job)
{
  g_autofree char *name = NULL;

  g_return_if_fail (SANDBOX_IS_STORE (store));
  g_return_if_fail (job != NULL);

  name = g_strdup_printf ("%s.zip", job->key);
  sandbox_insert (store, "ExecutionMedia", SANDBOX_INT ("TenantId", job->tenant),
                  SANDBOX_INT ("OrganizationUnitId", job->folder), SANDBOX_INT ("JobId", job->id),
                  SANDBOX_TEXT ("Name", name), SANDBOX_TEXT ("StorageLocation", "Orchestrator"),
                  SANDBOX_TEXT ("ReleaseName", job->process));
  sandbox_update (store, "Jobs", job->id, SANDBOX_INT ("HasMediaRecorded", TRUE));
}

/* Answers where the folder has no pictures of such a job. */
static gboolean
find_media (SandboxRequest *request, gint64 job)
{
  if (sandbox_statement_ask (request->store,
                             "SELECT 1 FROM \"ExecutionMedia\" WHERE \"JobId\" = ? AND "
                             "\"TenantId\" = ? AND \"OrganizationUnitId\" = ?",
                             "iii", job, request->tenant, request->folder))
    return TRUE;

  sandbox_reply_error (request, 404, 1002,
                       "There is no execution media of the job %" G_GINT64_FORMAT ".", job);

  return FALSE;
}

static void
download_cb (SandboxRequest *request)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) zip = NULL;
  gint64 job;

  if (!sandbox_parameter_require_id (request, "jobId", &job) || !find_media (request, job))
    return;

  name = g_strdup_printf ("%" G_GINT64_FORMAT ".zip", job);
  sandbox_store_begin (request->store);
  sandbox_audit (request, "ExecutionMedia", "Download", job, name, NULL);
  sandbox_store_commit (request->store);
  zip = sandbox_media_make_zip (job);
  sandbox_reply_file (request, name, "application/octet-stream", zip);
}

static void
delete_cb (SandboxRequest *request)
{
  gint64 job = baton_json_peek_int (request->body, "jobId", 0);
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, job);

  if (!sandbox_body_check (request, request->body, "deleteParameters", delete_fields)
      || !find_media (request, job))
    return;

  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store, "DELETE FROM \"ExecutionMedia\" WHERE \"JobId\" = ?", "i",
                         job);
  sandbox_update (request->store, "Jobs", job, SANDBOX_INT ("HasMediaRecorded", FALSE));
  sandbox_audit (request, "ExecutionMedia", "Delete", job, name, request->body);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

const SandboxOperation sandbox_media_operations[] = {
  { "GET", "/odata/ExecutionMedia/" US "DownloadMediaByJobId", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "ExecutionMedia.View", download_cb },
  { "POST", "/odata/ExecutionMedia/" US "DeleteMediaByJobId", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "ExecutionMedia.Delete", delete_cb },
  { NULL },
};
