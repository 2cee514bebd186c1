/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-json.h"
#include "baton-sandbox-process.h"

#define PROGRAM "baton-sandbox"
#define READY_SECONDS 20

struct _BatonSandboxProcess
{
  GObject parent_instance;

  GSubprocess *process;     /* (owned) (nullable) */
  GDataInputStream *output; /* (owned) (nullable) */
  char *orchestrator;       /* (owned) (nullable) */
  char *client_id;          /* (owned) (nullable) */
  char *user_key;           /* (owned) (nullable) */
};

enum
{
  SIGNAL_EXITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonSandboxProcess, baton_sandbox_process, G_TYPE_OBJECT)

/* Where the program is: told, beside us (installed), in the build tree, in PATH. */
static char *
find_program (void)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  const char *told = g_getenv ("BATON_SANDBOX");

  if (told != NULL && *told != '\0')
    return g_strdup (told);
  if (own != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (own);
      g_autofree char *beside = g_build_filename (folder, PROGRAM, NULL);
      g_autofree char *built = g_build_filename (folder, "..", "sandbox", PROGRAM, NULL);

      if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (beside, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&beside);
      if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&built);
    }
  return g_find_program_in_path (PROGRAM);
}

static void
forget (BatonSandboxProcess *self)
{
  g_clear_object (&self->output);
  g_clear_pointer (&self->orchestrator, g_free);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->user_key, g_free);
}

static void
stop (BatonSandboxProcess *self)
{
  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  g_clear_object (&self->process);
  forget (self);
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (BatonSandboxProcess) self = g_weak_ref_get (weak);

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL || self->process != G_SUBPROCESS (source))
    return;
  g_clear_object (&self->process);
  forget (self);
  g_signal_emit (self, signals[SIGNAL_EXITED], 0);
}

static gboolean
read_ready (BatonSandboxProcess *self, const char *line, GError **error)
{
  g_autoptr (JsonNode) root = baton_json_parse_text (line, -1, error);
  JsonObject *object;
  const char *orchestrator, *client_id, *user_key;

  if (root == NULL)
    return FALSE;
  object = baton_json_require_root_object (root, error);
  if (object == NULL)
    return FALSE;
  orchestrator = baton_json_require_string (object, "orchestrator", error);
  if (orchestrator == NULL)
    return FALSE;
  client_id = baton_json_require_string (object, "clientId", error);
  if (client_id == NULL)
    return FALSE;
  user_key = baton_json_require_string (object, "userKey", error);
  if (user_key == NULL)
    return FALSE;

  self->orchestrator = g_strdup (orchestrator);
  self->client_id = g_strdup (client_id);
  self->user_key = g_strdup (user_key);
  return TRUE;
}

/* One start: its own cancellable, so that a limit of time ends the reading too. */
typedef struct
{
  GCancellable *reading; /* (owned) */
  GSource *limit;        /* (owned) */
  GSource *cancelled;    /* (owned) (nullable) */
  gboolean late;
} Start;

static void
start_free (Start *start)
{
  g_source_destroy (start->limit);
  g_source_unref (start->limit);
  if (start->cancelled != NULL)
    {
      g_source_destroy (start->cancelled);
      g_source_unref (start->cancelled);
    }
  g_object_unref (start->reading);
  g_free (start);
}

static gboolean
late_cb (gpointer user_data)
{
  Start *start = user_data;

  start->late = TRUE;
  g_cancellable_cancel (start->reading);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Start *start = user_data;

  g_cancellable_cancel (start->reading);
  return G_SOURCE_REMOVE;
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  BatonSandboxProcess *self = g_task_get_source_object (task);
  Start *start = g_task_get_task_data (task);

  line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  if (line != NULL && read_ready (self, line, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  stop (self);
  if (start->late)
    g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_TIMED_OUT, "%s",
                             _("The sandbox did not get ready in time."));
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_BAD_ANSWER, "%s",
                             _("The sandbox ended before it was ready."));
}

static void
baton_sandbox_process_dispose (GObject *object)
{
  stop (BATON_SANDBOX_PROCESS (object));
  G_OBJECT_CLASS (baton_sandbox_process_parent_class)->dispose (object);
}

static void
baton_sandbox_process_class_init (BatonSandboxProcessClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_sandbox_process_dispose;

  signals[SIGNAL_EXITED] = g_signal_new ("exited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_sandbox_process_init (BatonSandboxProcess *self)
{
}

BatonSandboxProcess *
baton_sandbox_process_new (void)
{
  return g_object_new (BATON_TYPE_SANDBOX_PROCESS, NULL);
}

static void
add_limits (GTask *task, Start *start, GCancellable *cancellable)
{
  GMainContext *context = g_task_get_context (task);

  start->limit = g_timeout_source_new_seconds (READY_SECONDS);
  g_source_set_callback (start->limit, late_cb, start, NULL);
  g_source_attach (start->limit, context);
  if (cancellable != NULL)
    {
      start->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (start->cancelled, G_SOURCE_FUNC (cancelled_cb), start, NULL);
      g_source_attach (start->cancelled, context);
    }
}

void
baton_sandbox_process_start_async (BatonSandboxProcess *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *program = NULL;
  GWeakRef *weak;
  Start *start;

  g_return_if_fail (BATON_IS_SANDBOX_PROCESS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_sandbox_process_start_async);
  if (self->orchestrator != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  stop (self);

  program = find_program ();
  if (program == NULL)
    {
      g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_NOT_FOUND, "%s",
                               _("The program “baton-sandbox” is not installed."));
      return;
    }
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error, program, "--port=0", "--with-parent", NULL);
  if (self->process == NULL)
    {
      g_task_return_error (task, baton_error_convert (g_steal_pointer (&error), NULL));
      return;
    }
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  g_subprocess_wait_async (self->process, NULL, waited_cb, weak);

  start = g_new0 (Start, 1);
  start->reading = g_cancellable_new ();
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);
  add_limits (task, start, cancellable);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, start->reading, line_cb,
                                       g_steal_pointer (&task));
}

gboolean
baton_sandbox_process_start_finish (BatonSandboxProcess *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
baton_sandbox_process_get_orchestrator (BatonSandboxProcess *self)
{
  g_return_val_if_fail (BATON_IS_SANDBOX_PROCESS (self), NULL);
  return self->orchestrator;
}

const char *
baton_sandbox_process_get_client_id (BatonSandboxProcess *self)
{
  g_return_val_if_fail (BATON_IS_SANDBOX_PROCESS (self), NULL);
  return self->client_id;
}

const char *
baton_sandbox_process_get_user_key (BatonSandboxProcess *self)
{
  g_return_val_if_fail (BATON_IS_SANDBOX_PROCESS (self), NULL);
  return self->user_key;
}
