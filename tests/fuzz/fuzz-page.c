/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "baton-error.h"
#include "baton-json.h"
#include "odata/baton-page.h"
#include "resources/baton-resource.h"

static void
read_record (const BatonResource *resource, BatonRecord *record)
{
  guint n = baton_resource_get_n_fields (resource);

  g_assert_nonnull (baton_record_get_key (record));
  g_assert_true (baton_record_equal (record, record));

  for (guint field = 0; field < n; field++)
    {
      g_autofree char *display = baton_record_dup_display (record, field);

      g_assert_nonnull (display);
      baton_record_get_number (record, field);
    }
}

/* One answer read as every resource of the catalogue in turn. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static guint turn;
  const BatonResource *const *catalogue = baton_catalogue_get ();
  g_autoptr (JsonNode) root = baton_json_parse_text ((const char *) data, (gssize) size, NULL);
  const BatonResource *resource = NULL;
  g_autoptr (BatonPage) page = NULL;
  g_autoptr (GError) error = NULL;

  if (catalogue[turn] == NULL)
    turn = 0;
  resource = catalogue[turn++];

  if (root == NULL)
    return 0;

  page = baton_page_decode (root, (gpointer) resource, &error);
  if (page == NULL)
    {
      g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
      return 0;
    }

  for (guint i = 0; i < page->records->len; i++)
    read_record (resource, g_ptr_array_index (page->records, i));

  return 0;
}
