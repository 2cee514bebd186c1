/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "sandbox-clock.h"
#include "sandbox-command.h"
#include "sandbox-intake.h"
#include "sandbox-simulator.h"
#include "sandbox-test-set.h"
#include "sandbox-upkeep.h"

#define EXIT_BAD_OPTION 2

static gboolean
quit_cb (gpointer user_data)
{
  GMainLoop *loop = user_data;

  g_main_loop_quit (loop);

  return G_SOURCE_CONTINUE;
}

/* Whatever comes is read away; the end of it is the end of whoever started the sandbox. */
static gboolean
parent_cb (int fd, GIOCondition condition, gpointer user_data)
{
  GMainLoop *loop = user_data;
  char buffer[256];
  ssize_t length = read (fd, buffer, sizeof buffer);

  if (length > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

static int
complain (const GError *error, int status)
{
  g_printerr ("baton-sandbox: %s.\n", error->message);

  return status;
}

static int
serve (const SandboxOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (SandboxStore) store = NULL;
  g_autoptr (SandboxServer) server = NULL;
  g_autoptr (SandboxSimulator) simulator = NULL;
  g_autofree char *announcement = NULL;

  /* A limit to the size of files is as a full disk is. */
  signal (SIGXFSZ, SIG_IGN);
  sandbox_intake_raise_limits ();
  baton_clock_set_speed (sandbox_clock_get (), options->speed);
  store = sandbox_command_open_store (options, &error);
  if (store == NULL)
    return complain (error, EXIT_FAILURE);

  server = sandbox_command_make_server (store, options);
  simulator = sandbox_simulator_new (server);
  if (!sandbox_command_prepare (server, options, &error))
    return complain (error, EXIT_FAILURE);
  sandbox_upkeep_start (store);
  sandbox_test_schedules_arm (server);
  if (!sandbox_server_listen (server, &error))
    return complain (error, EXIT_FAILURE);

  loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  if (options->with_parent)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, parent_cb, loop);

  announcement = sandbox_command_make_announcement (server);
  puts (announcement);
  fflush (stdout);
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}

int
main (int argc, char *argv[])
{
  SandboxOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  SandboxCommand command;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!sandbox_command_read (&options, &command, &argc, &argv, &error))
    {
      status = complain (error, EXIT_BAD_OPTION);
      /* TRANSLATORS: the name of the program */
      g_printerr (_ ("Try “%s --help”.\n"), "baton-sandbox");
      return status;
    }
  if (command == SANDBOX_COMMAND_VERSION)
    {
      g_print ("baton-sandbox %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }
  if (command == SANDBOX_COMMAND_OPERATIONS)
    {
      g_autofree char *list = sandbox_command_list_operations ();

      g_print ("%s", list);
      return EXIT_SUCCESS;
    }

  status = serve (&options);
  sandbox_command_clear (&options);

  return status;
}
