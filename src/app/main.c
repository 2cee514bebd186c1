/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <sys/resource.h>

#include <glib/gi18n.h>

#include "baton-application.h"
#include "baton-redact.h"

int
main (int argc, char *argv[])
{
  /* A core file would hold the tokens. */
  const struct rlimit no_core = { 0, 0 };
  g_autoptr (BatonApplication) application = NULL;

  setrlimit (RLIMIT_CORE, &no_core);
  baton_redact_install_log_writer ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("Baton"));

  application = baton_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
