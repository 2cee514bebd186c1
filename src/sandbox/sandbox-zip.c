/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-zip.h"

#include <archive.h>
#include <archive_entry.h>

struct _SandboxZip
{
  struct archive *archive; /* (owned) */
  GByteArray *bytes;       /* (owned) */
};

static la_ssize_t
write_cb (struct archive *archive, void *user_data, const void *data, size_t size)
{
  SandboxZip *self = user_data;

  g_byte_array_append (self->bytes, data, (guint)size);

  return (la_ssize_t)size;
}

SandboxZip *
sandbox_zip_new (void)
{
  SandboxZip *self = g_new0 (SandboxZip, 1);

  self->archive = archive_write_new ();
  self->bytes = g_byte_array_new ();
  archive_write_set_format_zip (self->archive);
  /* Not filled up as a tape is. */
  archive_write_set_bytes_in_last_block (self->archive, 1);
  if (archive_write_open (self->archive, self, NULL, write_cb, NULL) != ARCHIVE_OK)
    g_critical ("Cannot write a zip: %s", archive_error_string (self->archive));

  return self;
}

void
sandbox_zip_add (SandboxZip *self, const char *name, gint64 time, gconstpointer data, gsize size)
{
  struct archive_entry *entry;

  g_return_if_fail (self != NULL && name != NULL);

  entry = archive_entry_new ();
  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t)size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, time, 0);
  if (archive_write_header (self->archive, entry) != ARCHIVE_OK
      || archive_write_data (self->archive, data, size) != (la_ssize_t)size)
    g_critical ("Cannot write %s: %s", name, archive_error_string (self->archive));
  archive_entry_free (entry);
}

GBytes *
sandbox_zip_end (SandboxZip *self)
{
  GBytes *bytes;

  g_return_val_if_fail (self != NULL, NULL);

  archive_write_close (self->archive);
  archive_write_free (self->archive);
  bytes = g_byte_array_free_to_bytes (self->bytes);
  g_free (self);

  return bytes;
}
