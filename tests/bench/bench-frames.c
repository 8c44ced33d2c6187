/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-frames: the real application, whose window is asked for a frame all the time. SIGUSR1 begins to count, SIGUSR2
   prints a line of JSON: how many frames there were since, and the longest gap between two in ms. BENCH_FRAMES=1 tells
   of every gap over 33 ms. */
#include <glib-unix.h>
#include <signal.h>

#include "yj-application.h"
#include "yj-window.h"

typedef struct
{
  GtkWindow *window;
  gint64     last;              /* µs; 0 before the first */
  gint64     begun;
  gint64     longest;
  guint      frames;
  guint      over_50;
} Bench;

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Bench *bench = user_data;
  gint64 now = g_get_monotonic_time ();

  if (bench->last != 0)
    {
      bench->longest = MAX (bench->longest, now - bench->last);
      bench->over_50 += now - bench->last > 50000;
      if (g_getenv ("BENCH_FRAMES") != NULL && now - bench->last > 33400)
        g_printerr ("%d ms at %d ms\n", (int) ((now - bench->last) / 1000), (int) ((now - bench->begun) / 1000));
    }
  bench->last = now;
  bench->frames++;
  return G_SOURCE_CONTINUE;
}

static gboolean
begin_cb (gpointer user_data)
{
  Bench *bench = user_data;

  bench->begun = g_get_monotonic_time ();
  bench->longest = 0;
  bench->frames = bench->over_50 = 0;
  g_print ("{}\n");
  return G_SOURCE_CONTINUE;
}

static gboolean
tell_cb (gpointer user_data)
{
  Bench *bench = user_data;

  g_print ("{\"frames\": %u, \"longest\": %.1f, \"over50\": %u}\n", bench->frames, (double) bench->longest / 1e3, bench->over_50);
  return G_SOURCE_CONTINUE;
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 Bench          *bench)
{
  if (bench->window != NULL || !YJ_IS_WINDOW (window))
    return;
  bench->window = window;
  gtk_widget_add_tick_callback (GTK_WIDGET (window), tick_cb, bench, NULL);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { 0 };
  g_autoptr(YjApplication) application = NULL;

  setvbuf (stdout, NULL, _IOLBF, 0);
  application = yj_application_new ();
  g_unix_signal_add (SIGUSR1, begin_cb, &bench);
  g_unix_signal_add (SIGUSR2, tell_cb, &bench);
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), &bench);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
