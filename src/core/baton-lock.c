/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "baton-lock.h"

/* Another holder is done within a request: asking this often is soon enough. */
#define PAUSE (20 * 1000)

struct _BatonLock
{
  int file;
};

/* Returns: -1 with an error. */
static int
open_file (const char *name, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "baton", NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s.lock", folder, name);
  int file = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    file = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "Cannot lock %s: %s", path,
                   g_strerror (code));
    }

  return file;
}

static void
acquire_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  BatonLock *self = NULL;
  int file = open_file (data, &error);

  while (error == NULL && flock (file, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        g_set_error_literal (&error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot lock");
      else if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
        g_usleep (PAUSE);
    }

  if (error != NULL)
    {
      if (file >= 0)
        close (file);
      g_task_return_error (task, error);
      return;
    }

  self = g_new0 (BatonLock, 1);
  self->file = file;
  g_task_return_pointer (task, self, (GDestroyNotify) baton_lock_release);
}

void
baton_lock_acquire_async (const char *name,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (name != NULL && *name != '\0' && strchr (name, '/') == NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_lock_acquire_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  g_task_run_in_thread (task, acquire_in_thread);
}

BatonLock *
baton_lock_acquire_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

BatonLock *
baton_lock_try (const char *name, GError **error)
{
  BatonLock *self = NULL;
  int file;

  g_return_val_if_fail (name != NULL && *name != '\0' && strchr (name, '/') == NULL, NULL);

  file = open_file (name, error);
  if (file < 0)
    return NULL;
  if (flock (file, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK)
        g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot lock");
      close (file);
      return NULL;
    }

  self = g_new0 (BatonLock, 1);
  self->file = file;

  return self;
}

void
baton_lock_release (BatonLock *self)
{
  if (self == NULL)
    return;

  close (self->file);
  g_free (self);
}

void
baton_lock_set_mark (BatonLock *self, gboolean mark)
{
  g_return_if_fail (self != NULL);

  if (ftruncate (self->file, mark ? 1 : 0) != 0)
    g_debug ("Cannot mark a lock: %s", g_strerror (errno));
}

gboolean
baton_lock_get_mark (BatonLock *self)
{
  struct stat about;

  g_return_val_if_fail (self != NULL, FALSE);

  return fstat (self->file, &about) == 0 && about.st_size > 0;
}
