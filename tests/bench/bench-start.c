/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For start.py:
 *
 *   bench-start --app PLACE  the real application, on one of its places
 *   bench-start --bare       a window of libadwaita with a header bar, and nothing in it
 *
 * Both print a line of JSON when the first frame is painted that shows what is to be shown. Times are monotonic, seconds.
 */
#include <stdio.h>

#include "yj-application.h"
#include "yj-window.h"

static void
after_paint_cb (GdkFrameClock *clock,
                GtkWidget     *window)
{
  static gboolean told;

  if (told || (YJ_IS_WINDOW (window) && !yj_window_is_open (YJ_WINDOW (window))))
    return;
  told = TRUE;
  g_print ("{\"first\": %.6f}\n", (double) g_get_monotonic_time () / 1e6);
}

static void
realized_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), window);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window)
{
  if (YJ_IS_WINDOW (window))
    g_signal_connect (window, "realize", G_CALLBACK (realized_cb), NULL);
}

static int
run_app (char **argv)
{
  g_autoptr(YjApplication) application = yj_application_new ();
  g_autoptr(GSettings) settings = g_settings_new (YJ_APP_ID);

  g_settings_set_string (settings, "place", argv[2]);
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application), *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1080, 720);
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

static int
run_bare (void)
{
  g_autoptr(AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

int
main (int   argc,
      char *argv[])
{
  setvbuf (stdout, NULL, _IOLBF, 0);
  g_assert (argc == 2 || argc == 3);

  return argc == 3 ? run_app (argv) : run_bare ();
}
