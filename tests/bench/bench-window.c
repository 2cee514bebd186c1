/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-window PROGRAM [ARGUMENT…]: starts PROGRAM, prints the milliseconds until its first large window is mapped
 * and its middle painted, and ends it. It asks the X server, so nothing is built into the program for it. */
#include <gio/gio.h>
#include <signal.h>
#include <stdlib.h>
#include <xcb/xcb.h>

#define SMALLEST 300
#define LIMIT (20 * G_USEC_PER_SEC)

/* A window's contents count as painted once two pixels of its middle row differ from the empty window's. */
static gboolean
is_painted (xcb_connection_t *connection, xcb_window_t window, int width, int height)
{
  g_autofree xcb_get_image_reply_t *image = xcb_get_image_reply (
      connection,
      xcb_get_image (connection, XCB_IMAGE_FORMAT_Z_PIXMAP, window, 0, (int16_t) (height / 2),
                     (uint16_t) width, 1, ~0u),
      NULL);
  const guint32 *pixels;
  gsize length;

  if (image == NULL)
    return FALSE;
  pixels = (const guint32 *) (gconstpointer) xcb_get_image_data (image);
  length = (gsize) xcb_get_image_data_length (image) / sizeof (guint32);
  for (gsize i = 0; i < length; i++)
    if ((pixels[i] & 0xffffff) != 0)
      return TRUE;
  return FALSE;
}

int
main (int argc, char **argv)
{
  xcb_connection_t *connection = xcb_connect (NULL, NULL);
  const uint32_t mask = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
  xcb_screen_t *screen;
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  if (argc < 2 || xcb_connection_has_error (connection))
    {
      g_printerr ("usage: bench-window PROGRAM [ARGUMENT…], with a DISPLAY\n");
      return 2;
    }
  screen = xcb_setup_roots_iterator (xcb_get_setup (connection)).data;
  xcb_change_window_attributes (connection, screen->root, XCB_CW_EVENT_MASK, &mask);
  xcb_flush (connection);

  start = g_get_monotonic_time ();
  program = g_subprocess_newv ((const char *const *) argv + 1,
                               G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  if (program == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  while (g_get_monotonic_time () - start < LIMIT)
    {
      g_autofree xcb_generic_event_t *event = xcb_poll_for_event (connection);
      xcb_window_t window;
      g_autofree xcb_get_geometry_reply_t *geometry = NULL;

      if (event == NULL)
        {
          g_usleep (500);
          continue;
        }
      if ((event->response_type & 0x7f) != XCB_MAP_NOTIFY)
        continue;
      window = ((xcb_map_notify_event_t *) event)->window;
      geometry = xcb_get_geometry_reply (connection, xcb_get_geometry (connection, window), NULL);
      if (geometry == NULL || geometry->width < SMALLEST)
        continue;
      while (!is_painted (connection, window, geometry->width, geometry->height)
             && g_get_monotonic_time () - start < LIMIT)
        g_usleep (500);
      g_print ("%.1f\n", (double) (g_get_monotonic_time () - start) / 1000.0);
      g_subprocess_send_signal (program, SIGTERM);
      g_subprocess_wait (program, NULL, NULL);
      xcb_disconnect (connection);
      return 0;
    }
  g_subprocess_force_exit (program);
  g_printerr ("no window within %d s\n", (int) (LIMIT / G_USEC_PER_SEC));
  return 1;
}
