/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-application.h"

#include <locale.h>
#include <glib/gi18n.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr(YjApplication) application = NULL;
  const char *localedir = g_getenv ("YUANJING_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : YJ_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = yj_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
