/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-search-provider.h"

#include <locale.h>
#include <glib/gi18n-lib.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr(YjSearchProvider) provider = NULL;
  const char *localedir = g_getenv ("YUANJING_LOCALEDIR");

  /* Nothing but files of this machine: the desktop's own file system would be started, and waited for, with us. */
  g_setenv ("GIO_USE_VFS", "local", TRUE);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : YJ_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  provider = yj_search_provider_new ();
  return g_application_run (G_APPLICATION (provider), argc, argv);
}
