/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For gallery.py and playing.py:
 *
 *   bench-gallery --make N     fills the library that the environment names with N finished videos, and prints their covers
 *   bench-gallery --app        the real application, on its gallery
 *   bench-gallery --bare FILE  a bare GtkGridView over the pictures that FILE names, one a line, with lazy textures
 *   bench-gallery --play       as --app, and opens the first video as soon as all pictures in sight are there, gives it the
 *                              whole screen, and prints when
 *
 * The latter three print a line of JSON when the first frame with cards is painted, and when all of the pictures in sight are
 * there; after SIGUSR1 they scroll for ten seconds and tell of the frames. Times are monotonic, seconds.
 */
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>

#include "yj-application.h"
#include "yj-gallery-grid.h"
#include "yj-job-card.h"
#include "yj-poster-image.h"
#include "yj-window.h"

#define SPEED 2400              /* px/s */
#define SECONDS 10
#define DAY (24 * G_TIME_SPAN_HOUR)

typedef struct
{
  gboolean       play;
  GtkWidget     *window;
  GtkWidget     *view;          /* the grid */
  gboolean       first;         /* the first frame was told */
  gboolean       full;          /* and that with all pictures */
  gint64         scroll_from;   /* µs; 0: does not scroll */
  gint64         last;
  gint64         longest;
  guint          frames;
} Bench;

static double
now (void)
{
  return (double) g_get_monotonic_time () / 1e6;
}

/* ---- what is in sight */

/* Counts the pictures in sight and those of them that are there. */
static void
count (GtkWidget *in,
       guint     *n,
       guint     *there)
{
  if (!gtk_widget_get_mapped (in))
    return;
  if (YJ_IS_POSTER_IMAGE (in))
    {
      (*n)++;
      *there += yj_poster_image_get_paintable (YJ_POSTER_IMAGE (in)) != NULL;
      return;
    }
  if (GTK_IS_PICTURE (in))
    {
      (*n)++;
      *there += gtk_picture_get_paintable (GTK_PICTURE (in)) != NULL;
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (in); child != NULL; child = gtk_widget_get_next_sibling (child))
    count (child, n, there);
}

static YjJobCard *
find_card (GtkWidget *in)
{
  YjJobCard *found = YJ_IS_JOB_CARD (in) && gtk_widget_get_mapped (in) ? YJ_JOB_CARD (in) : NULL;

  for (GtkWidget *w = gtk_widget_get_first_child (in); w != NULL && found == NULL; w = gtk_widget_get_next_sibling (w))
    found = find_card (w);
  return found;
}

/* As a click on the card does, and then the key for the whole screen. */
static gboolean
open_cb (gpointer user_data)
{
  Bench *bench = user_data;

  g_print ("{\"event\": \"opened\", \"at\": %.6f}\n", now ());
  g_signal_emit_by_name (bench->view, "activate", yj_job_card_get_job (find_card (bench->view)));
  gtk_window_fullscreen (GTK_WINDOW (bench->window));

  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (GdkFrameClock *clock,
                Bench         *bench)
{
  guint n = 0, there = 0;

  if (bench->full || !gtk_widget_get_mapped (bench->view))
    return;
  count (bench->view, &n, &there);
  if (n == 0)
    return;
  if (!bench->first)
    g_print ("{\"event\": \"first\", \"at\": %.6f, \"cards\": %u}\n", now (), n);
  bench->first = TRUE;
  if (there == n)
    {
      bench->full = TRUE;
      g_print ("{\"event\": \"full\", \"at\": %.6f}\n", now ());
      if (bench->play)
        g_idle_add (open_cb, bench);
    }
}

/* ---- scrolling */

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Bench *bench = user_data;
  gint64 tick = g_get_monotonic_time ();
  g_autoptr(GtkAdjustment) adjustment = NULL;

  if (bench->last != 0)
    bench->longest = MAX (bench->longest, tick - bench->last);
  bench->last = tick;
  bench->frames++;
  if (tick - bench->scroll_from >= SECONDS * G_USEC_PER_SEC)
    {
      g_print ("{\"event\": \"scrolled\", \"frames\": %u, \"seconds\": %.3f, \"longest\": %.2f}\n", bench->frames,
               (double) (tick - bench->scroll_from) / 1e6, (double) bench->longest / 1e3);
      return G_SOURCE_REMOVE;
    }
  g_object_get (bench->view, "vadjustment", &adjustment, NULL);
  gtk_adjustment_set_value (adjustment, (double) (tick - bench->scroll_from) / 1e6 * SPEED);

  return G_SOURCE_CONTINUE;
}

static gboolean
scroll_cb (gpointer user_data)
{
  Bench *bench = user_data;

  bench->scroll_from = g_get_monotonic_time ();
  bench->last = bench->longest = 0;
  bench->frames = 0;
  gtk_widget_add_tick_callback (bench->window, tick_cb, bench, NULL);

  return G_SOURCE_CONTINUE;
}

static void
watch (Bench     *bench,
       GtkWidget *window,
       GtkWidget *view)
{
  bench->window = window;
  bench->view = view;
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), bench);
  g_unix_signal_add (SIGUSR1, scroll_cb, bench);
}

/* ---- the application */

static GtkWidget *
find (GtkWidget *in,
      GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (in, type) ? in : NULL;

  for (GtkWidget *w = gtk_widget_get_first_child (in); w != NULL && found == NULL; w = gtk_widget_get_next_sibling (w))
    found = find (w, type);
  return found;
}

static void
realized_cb (GtkWidget *window,
             Bench     *bench)
{
  watch (bench, window, find (window, YJ_TYPE_GALLERY_GRID));
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 Bench          *bench)
{
  if (bench->window == NULL && YJ_IS_WINDOW (window))
    g_signal_connect (window, "realize", G_CALLBACK (realized_cb), bench);
}

static int
run_app (Bench *bench,
         char **argv)
{
  g_autoptr(YjApplication) application = yj_application_new ();
  g_autoptr(GSettings) settings = g_settings_new (YJ_APP_ID);

  g_settings_set_string (settings, "place", "gallery");
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), bench);
  return g_application_run (G_APPLICATION (application), 1, argv);
}

/* ---- the bare one */

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_new_from_filename (task_data, NULL), g_object_unref);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GtkWidget *picture = GTK_WIDGET (object);
  g_autoptr(GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (texture != NULL && g_object_get_data (object, "task") == result)
    gtk_picture_set_paintable (GTK_PICTURE (picture), GDK_PAINTABLE (texture));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *picture = gtk_picture_new ();

  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_size_request (picture, 230, 130);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *picture = gtk_widget_get_first_child (box);
  const char *path = gtk_string_object_get_string (gtk_list_item_get_item (item));
  g_autoptr(GTask) task = g_task_new (picture, NULL, loaded_cb, NULL);

  gtk_picture_set_paintable (GTK_PICTURE (picture), NULL);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), "A boat passes slowly");
  g_object_set_data_full (G_OBJECT (picture), "task", g_object_ref (task), g_object_unref);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_thread);
}

static void
activate_cb (GtkApplication *application,
             Bench          *bench)
{
  const char *file = g_object_get_data (G_OBJECT (application), "file");
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autofree char *text = NULL;
  g_auto(GStrv) paths = NULL;
  GtkWidget *view;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  paths = g_strsplit (g_strchomp (text), "\n", -1);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  view = gtk_grid_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (gtk_string_list_new ((const char * const *) paths)))), factory);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (view), 4);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), view);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), scroll);
  gtk_window_set_default_size (GTK_WINDOW (window), 1080, 720);
  gtk_widget_realize (window);
  watch (bench, window, view);
  gtk_window_present (GTK_WINDOW (window));
}

static int
run_bare (Bench      *bench,
          const char *file)
{
  g_autoptr(AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_object_set_data (G_OBJECT (application), "file", (gpointer) file);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), bench);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

/* ---- the library */

static void
take_result (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static YjJobRow *
new_row (guint i)
{
  YjJobRow *row = yj_job_row_new ();

  row->uuid = g_uuid_string_random ();
  row->state = g_strdup ("ready");
  row->origin = g_strdup ("https://example.invalid");
  row->mode = g_strdup (i % 3 == 0 ? "i2v" : "t2v");
  row->model_id = g_strdup ("t2v/happyhorse-1.0-t2v");
  row->model_name = g_strdup ("happyhorse-1.0-t2v");
  row->prompt = g_strdup_printf ("第 %u 个：月光下的小船慢慢驶过 A boat passes slowly", i);
  row->recipe = g_strdup ("{\"files\":[]}");
  row->file = g_strconcat (row->uuid, ".mp4", NULL);
  row->cover = g_strconcat (row->uuid, ".png", NULL);
  row->width = 1280;
  row->height = 720;
  row->duration = 5 * G_GINT64_CONSTANT (1000000000);
  row->size = 1000000;
  row->created = row->submitted = row->finished = g_get_real_time () - (gint64) i * DAY / 40;

  return row;
}

static int
make (guint n)
{
  g_autoptr(GFile) folder = g_file_new_for_path (g_getenv ("YUANJING_DATA_DIR"));
  g_autoptr(GAsyncResult) opened = NULL, added = NULL, closed = NULL;
  g_autoptr(GPtrArray) done = NULL;
  g_autoptr(YjLibrary) library = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_job_row_free);

  yj_library_open_async (folder, NULL, take_result, &opened);
  library = yj_library_open_finish (wait_for (&opened), NULL);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, new_row (i));
  yj_library_add_jobs_async (library, rows, NULL, take_result, &added);
  done = yj_library_add_jobs_finish (library, wait_for (&added), NULL);
  for (guint i = done->len; i-- > 0;)
    g_print ("%s/%s\n", g_file_peek_path (yj_library_get_videos_folder (library)), ((const YjJobRow *) done->pdata[i])->cover);
  yj_library_close_async (library, take_result, &closed);
  wait_for (&closed);

  return 0;
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { 0 };

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc == 3 && g_str_equal (argv[1], "--make"))
    return make ((guint) g_ascii_strtoull (argv[2], NULL, 10));
  if (argc == 3 && g_str_equal (argv[1], "--bare"))
    return run_bare (&bench, argv[2]);

  g_assert (argc == 2 && (g_str_equal (argv[1], "--app") || g_str_equal (argv[1], "--play")));
  bench.play = g_str_equal (argv[1], "--play");
  return run_app (&bench, argv);
}
