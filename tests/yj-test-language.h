/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of sentences, which run once in English and once, with the argument zh, in Chinese. */
#pragma once

#include <glib/gi18n.h>
#include <locale.h>

/* Takes the argument away; returns whether it is Chinese. */
static inline gboolean
yj_test_set_language (int   *argc,
                      char **argv)
{
  gboolean chinese = *argc > 1 && g_str_equal (argv[*argc - 1], "zh");

  if (chinese)
    {
      g_setenv ("LANGUAGE", "zh_CN", TRUE);
      g_setenv ("LC_ALL", "zh_CN.UTF-8", TRUE);
      argv[--*argc] = NULL;
    }
  g_assert_nonnull (setlocale (LC_ALL, ""));
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("YUANJING_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return chinese;
}
