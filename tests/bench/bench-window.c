/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-window PROMPT | --open: the real application with a look at its frame clock, for chat.py.
 *
 * With a prompt it asks that, follows the end of the answer when the last word of the prompt is `follow`, and prints one
 * line of JSON when the answer is on the screen; with --open it opens the
 * second conversation of the list once the window is quiet, and says how long that took until its end was painted.
 * BENCH_FRAMES=1 tells of every frame that is late, and how much of the answer was there then.
 * Times are wall clock, seconds, so that other programs' can be compared with them.
 */
#include "yj-application.h"
#include "yj-chat-page.h"
#include "yj-composer.h"
#include "yj-conversation-list.h"
#include "yj-message-card.h"
#include "yj-transcript.h"
#include "yj-window.h"

#include <stdio.h>
#include <string.h>

#define QUIET_FRAMES 30         /* the window has come to rest when so many went by */
#define AFTER_FRAMES 20         /* and the answer, after its end */

typedef struct
{
  GtkWindow     *window;
  GtkWidget     *page;
  GtkWidget     *composer;
  GtkWidget     *view;
  GtkWidget     *transcript;
  GdkFrameClock *clock;
  const char    *prompt;

  YjMessage     *answer;        /* borrowed */
  guint          quiet;
  guint          after;
  gint64         last_tick;     /* µs, monotonic */
  gint64         longest;
  gint64         opened;
  guint          over_33;
  guint          over_50;
  guint          frames;
  gsize          length;        /* of the text when this frame began */
  gsize          painted;       /* of it on the screen */
  double         painted_at;
  GString       *keys;          /* JSON numbers: when each key was in the buffer */
} Bench;

static GtkWidget *
find (GtkWidget *in,
      GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (in, type) ? in : NULL;

  for (GtkWidget *w = gtk_widget_get_first_child (in); w != NULL && found == NULL; w = gtk_widget_get_next_sibling (w))
    found = find (w, type);
  return found;
}

static double
now (void)
{
  return g_get_real_time () / 1e6;
}

static GListModel *
get_messages (Bench *bench)
{
  g_autoptr(GListModel) model = NULL;

  g_object_get (bench->transcript, "model", &model, NULL);
  return model;                 /* the transcript holds it */
}

static void
finish (Bench *bench)
{
  g_print ("{\"event\": \"done\", \"at\": %.6f, \"longest\": %.2f, \"over33\": %u, \"over50\": %u, \"frames\": %u, \"bytes\": %zu,"
           " \"keys\": [%s]}\n", bench->painted_at, bench->longest / 1e3, bench->over_33, bench->over_50, bench->frames, bench->painted,
           bench->keys->str);
  fflush (stdout);
  g_application_release (g_application_get_default ());
  gtk_window_close (bench->window);
  gtk_window_destroy (bench->window);
}

/* ---- asking */

static void
changed_cb (GtkTextBuffer *buffer,
            Bench         *bench)
{
  if (bench->answer != NULL)
    g_string_append_printf (bench->keys, "%s%.6f", bench->keys->len > 0 ? ", " : "", now ());
}

static void
ask (Bench *bench)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (bench->view));
  GListModel *messages;

  gtk_text_buffer_set_text (buffer, bench->prompt, -1);
  gtk_widget_activate_action (bench->composer, "composer.send", NULL);
  messages = get_messages (bench);
  g_assert (messages != NULL && g_list_model_get_n_items (messages) == 2);
  bench->answer = g_list_model_get_item (messages, 1);
  g_object_unref (bench->answer);
  g_signal_connect (buffer, "changed", G_CALLBACK (changed_cb), bench);
  gtk_widget_grab_focus (bench->view);
  if (g_str_has_suffix (bench->prompt, " follow"))
    yj_transcript_show_end (YJ_TRANSCRIPT (bench->transcript));
  g_print ("{\"event\": \"asked\"}\n");
  fflush (stdout);
}

/* ---- opening */

static void
open_long (Bench *bench)
{
  GtkWidget *list = find (bench->page, YJ_TYPE_CONVERSATION_LIST);
  g_autoptr(YjLibrary) library = NULL;
  g_autoptr(YjConversation) conversation = NULL;
  YjSession *session = NULL;

  g_assert (list != NULL);
  g_object_get (bench->page, "session", &session, NULL);
  conversation = g_list_model_get_item (yj_library_get_conversations (yj_session_get_library (session)), 1);
  g_object_unref (session);
  bench->opened = g_get_monotonic_time ();
  yj_chat_page_open (YJ_CHAT_PAGE (bench->page), conversation);
}

static gboolean
shows_end (Bench *bench)
{
  GListModel *messages = get_messages (bench);
  g_autoptr(YjMessage) last = NULL;
  graphene_rect_t box;

  if (messages == NULL || g_list_model_get_n_items (messages) < 100)
    return FALSE;
  last = g_list_model_get_item (messages, g_list_model_get_n_items (messages) - 1);
  for (GtkWidget *w = gtk_widget_get_last_child (bench->transcript); w != NULL; w = gtk_widget_get_prev_sibling (w))
    if (YJ_IS_MESSAGE_CARD (w) && yj_message_card_get_message (YJ_MESSAGE_CARD (w)) == last)
      return gtk_widget_compute_bounds (w, bench->transcript, &box) && box.origin.y > 0 &&
             box.origin.y + box.size.height <= gtk_widget_get_height (bench->transcript) + 1;
  return FALSE;
}

/* ---- frames */

static void
before_paint_cb (GdkFrameClock *clock,
                 Bench         *bench)
{
  bench->length = bench->answer != NULL ? strlen (yj_message_get_text (bench->answer)) : 0;
}

static void
after_paint_cb (GdkFrameClock *clock,
                Bench         *bench)
{
  if (bench->opened != 0 && shows_end (bench))
    {
      g_print ("{\"event\": \"opened\", \"ms\": %.1f, \"longest\": %.1f}\n", (g_get_monotonic_time () - bench->opened) / 1e3, bench->longest / 1e3);
      bench->opened = 0;
      bench->prompt = "";
      finish (bench);
      return;
    }
  if (bench->length != bench->painted)
    {
      bench->painted = bench->length;
      bench->painted_at = now ();
    }
}

static void
count_frame (Bench *bench)
{
  gint64 tick = g_get_monotonic_time ();

  if (bench->last_tick != 0)
    {
      bench->longest = MAX (bench->longest, tick - bench->last_tick);
      if (g_getenv ("BENCH_FRAMES") != NULL && tick - bench->last_tick > 33400)
        g_printerr ("%d ms, %zu bytes\n", (int) ((tick - bench->last_tick) / 1000), bench->length);
      bench->over_33 += tick - bench->last_tick > 33400;
      bench->over_50 += tick - bench->last_tick > 50000;
    }
  bench->last_tick = tick;
  bench->frames++;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Bench *bench = user_data;
  gboolean ended;

  if (bench->answer == NULL && bench->opened == 0)
    {
      if (++bench->quiet == QUIET_FRAMES)
        {
          if (bench->prompt != NULL)
            ask (bench);
          else
            open_long (bench);
        }
      return G_SOURCE_CONTINUE;
    }
  count_frame (bench);
  if (bench->opened != 0)
    return G_SOURCE_CONTINUE;
  ended = yj_message_get_state (bench->answer) != YJ_MESSAGE_STREAMING;
  if (ended && ++bench->after == AFTER_FRAMES)
    {
      finish (bench);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

/* The window is there; its session may not be open yet. */
static gboolean
look_cb (gpointer user_data)
{
  Bench *bench = user_data;
  YjSession *session = NULL;

  bench->page = find (GTK_WIDGET (bench->window), YJ_TYPE_CHAT_PAGE);
  bench->composer = find (GTK_WIDGET (bench->window), YJ_TYPE_COMPOSER);
  bench->transcript = find (GTK_WIDGET (bench->window), YJ_TYPE_TRANSCRIPT);
  if (bench->page != NULL)
    g_object_get (bench->page, "session", &session, NULL);
  if (session == NULL)
    return G_SOURCE_CONTINUE;
  g_object_unref (session);
  if (yj_session_get_library (session) == NULL || yj_session_get_platform (session) == NULL ||
      bench->composer == NULL || bench->transcript == NULL || !gtk_widget_get_mapped (bench->composer))
    return G_SOURCE_CONTINUE;
  bench->view = find (bench->composer, GTK_TYPE_TEXT_VIEW);
  bench->clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench->window));
  g_signal_connect (bench->clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect (bench->clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
  gtk_widget_add_tick_callback (GTK_WIDGET (bench->window), tick_cb, bench, NULL);
  return G_SOURCE_REMOVE;
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 Bench          *bench)
{
  if (bench->window != NULL || !YJ_IS_WINDOW (window))
    return;
  bench->window = window;
  g_application_hold (G_APPLICATION (application));
  g_timeout_add (20, look_cb, bench);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .keys = g_string_new (NULL) };
  g_autoptr(YjApplication) application = NULL;
  int status;

  g_assert (argc == 2);
  bench.prompt = strcmp (argv[1], "--open") == 0 ? NULL : argv[1];
  application = yj_application_new ();
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), &bench);
  status = g_application_run (G_APPLICATION (application), 1, argv);
  g_string_free (bench.keys, TRUE);
  return status;
}
