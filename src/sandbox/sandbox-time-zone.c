/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-time-zone.h"

#include <unicode/ucal.h>

#define MAX_NAME 80 /* of the definition: ProcessScheduleDto.TimeZoneId */

/* Returns: FALSE where @text cannot be the name of a zone. */
static gboolean
to_utf16 (const char *text, UChar name[MAX_NAME + 1])
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_NAME)
    return FALSE;
  for (gsize i = 0; i <= length; i++)
    {
      if ((guchar)text[i] >= 0x80)
        return FALSE;
      name[i] = (UChar)text[i];
    }

  return TRUE;
}

/* Returns: (transfer full) (nullable) */
static char *
from_utf16 (const UChar *name, int32_t length, UErrorCode status)
{
  return U_SUCCESS (status) && length > 0 && length <= MAX_NAME
             ? g_utf16_to_utf8 (name, length, NULL, NULL, NULL)
             : NULL;
}

/* GLib reads the file of a zone again once nobody has the zone any more, and that takes longer than
 * all that is done with it. Returns: (transfer none) (nullable) */
static GTimeZone *
find_zone (const char *iana)
{
  static GHashTable *zones;
  GTimeZone *zone;

  if (zones == NULL)
    zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                   (GDestroyNotify)g_time_zone_unref);
  zone = g_hash_table_lookup (zones, iana);
  if (zone == NULL)
    {
      zone = g_time_zone_new_identifier (iana);
      if (zone != NULL)
        g_hash_table_insert (zones, g_strdup (iana), zone);
    }

  return zone;
}

char *
sandbox_time_zone_to_iana (const char *id)
{
  UChar name[MAX_NAME + 1];
  UChar found[MAX_NAME + 1];
  UErrorCode status = U_ZERO_ERROR;
  g_autofree char *iana = NULL;
  int32_t length;

  g_return_val_if_fail (id != NULL, NULL);

  if (!to_utf16 (id, name))
    return NULL;
  length = ucal_getTimeZoneIDForWindowsID (name, -1, NULL, found, MAX_NAME, &status);
  iana = from_utf16 (found, length, status);
  if (iana != NULL)
    return g_steal_pointer (&iana);

  /* GLib takes more than names for a zone: offsets, and rules of POSIX. */
  status = U_ZERO_ERROR;
  ucal_getCanonicalTimeZoneID (name, -1, found, MAX_NAME, NULL, &status);

  return U_SUCCESS (status) && find_zone (id) != NULL ? g_strdup (id) : NULL;
}

GTimeZone *
sandbox_time_zone_get (const char *iana)
{
  GTimeZone *zone = iana != NULL ? find_zone (iana) : NULL;

  return zone != NULL ? zone : find_zone ("UTC");
}

char *
sandbox_time_zone_to_windows (const char *iana)
{
  UChar name[MAX_NAME + 1];
  UChar found[MAX_NAME + 1];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length;

  g_return_val_if_fail (iana != NULL, NULL);

  if (!to_utf16 (iana, name))
    return NULL;
  length = ucal_getWindowsTimeZoneID (name, -1, found, MAX_NAME, &status);

  return from_utf16 (found, length, status);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

char **
sandbox_time_zone_list_windows (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *list = g_ptr_array_new ();
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration *zones
      = ucal_openTimeZoneIDEnumeration (UCAL_ZONE_TYPE_CANONICAL, NULL, NULL, &status);
  const char *zone;

  while (zones != NULL && (zone = uenum_next (zones, NULL, &status)) != NULL)
    {
      g_autofree char *windows = sandbox_time_zone_to_windows (zone);

      if (windows == NULL || g_hash_table_contains (names, windows))
        continue;
      g_hash_table_add (names, windows);
      g_ptr_array_add (list, g_steal_pointer (&windows));
    }
  uenum_close (zones);
  g_ptr_array_sort (list, compare_names);
  g_ptr_array_add (list, NULL);

  return (char **)g_ptr_array_free (list, FALSE);
}
