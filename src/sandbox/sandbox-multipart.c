/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-multipart.h"

#include <string.h>

static void
file_free (SandboxMultipartFile *self)
{
  g_free (self->field);
  g_free (self->name);
  g_bytes_unref (self->content);
  g_free (self);
}

/* Returns: (transfer full) (nullable): "filename", "name". */
static char *
dup_parameter (SoupMessageHeaders *headers, const char *parameter)
{
  g_autofree char *disposition = NULL;
  g_autoptr (GHashTable) parameters = NULL;
  const char *value = NULL;

  if (soup_message_headers_get_content_disposition (headers, &disposition, &parameters))
    value = g_hash_table_lookup (parameters, parameter);

  return value != NULL && g_utf8_validate (value, -1, NULL) ? g_strdup (value) : NULL;
}

/* libsoup 3.2 finds the last boundary only with a line end behind it, which many clients leave out,
 * and looks for the end of a part's headers with strstr(), also behind the body where that does not
 * end with a NUL. Returns: (transfer full): the same with both behind it. */
static GBytes *
terminate (GBytes *body)
{
  static const char end[] = "\r\n";
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  char *copy = g_malloc (length + sizeof end);
  g_autoptr (GBytes) whole = NULL;

  if (length > 0)
    memcpy (copy, data, length);
  memcpy (copy + length, end, sizeof end);
  whole = g_bytes_new_take (copy, length + sizeof end);

  return g_bytes_new_from_bytes (whole, 0, length + sizeof end - 1);
}

GPtrArray *
sandbox_multipart_read (SoupMessageHeaders *headers, GBytes *body)
{
  const char *type;
  g_autoptr (GBytes) terminated = NULL;
  SoupMultipart *form;
  GPtrArray *files;

  g_return_val_if_fail (headers != NULL && body != NULL, NULL);

  type = soup_message_headers_get_content_type (headers, NULL);
  terminated = terminate (body);
  form = g_strcmp0 (type, SOUP_FORM_MIME_TYPE_MULTIPART) == 0
             ? soup_multipart_new_from_message (headers, terminated)
             : NULL;
  if (form == NULL)
    return NULL;

  files = g_ptr_array_new_with_free_func ((GDestroyNotify)file_free);
  for (int i = 0; i < soup_multipart_get_length (form); i++)
    {
      SandboxMultipartFile *file;
      SoupMessageHeaders *part;
      GBytes *content;

      if (!soup_multipart_get_part (form, i, &part, &content))
        continue;
      file = g_new0 (SandboxMultipartFile, 1);
      file->field = dup_parameter (part, "name");
      file->name = dup_parameter (part, "filename");
      if (file->name == NULL)
        file->name = g_strdup_printf ("file%d", i);
      file->content = g_bytes_ref (content);
      g_ptr_array_add (files, file);
    }
  soup_multipart_free (form);

  return files;
}
