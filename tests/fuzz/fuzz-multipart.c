/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "sandbox-multipart.h"
#include "sandbox-nupkg.h"

/* A form as an upload of packages brings it, down to what is in the files. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GPtrArray) files = NULL;

  soup_message_headers_replace (headers, "Content-Type", "multipart/form-data; boundary=b");
  files = sandbox_multipart_read (headers, body);
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const SandboxMultipartFile *file = files->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (SandboxNupkg) package = sandbox_nupkg_read (file->content, &error);

      g_assert_true (g_utf8_validate (file->name, -1, NULL));
      g_assert_true ((package == NULL) == (error != NULL));
    }
  soup_message_headers_unref (headers);

  return 0;
}
