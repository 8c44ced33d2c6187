/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the view of a conversation moves and does not move, in a window of its own, without a platform. */
#include <adwaita.h>
#include <string.h>

#include "yj-attachment.h"
#include "yj-find.h"
#include "yj-message-card.h"
#include "yj-selection.h"
#include "yj-transcript.h"
#include "yj-test-library.h"

typedef struct
{
  YjLibrary      *library;
  YjConversation *conversation;
  GtkWidget      *window;
  YjTranscript   *transcript;
  GtkAdjustment  *adjustment;
  char           *folder;
} Fixture;

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  guint *frames = user_data;

  (*frames)++;
  return G_SOURCE_CONTINUE;
}

static void
wait_frames (Fixture *fixture)
{
  guint frames = 0;
  guint id = gtk_widget_add_tick_callback (GTK_WIDGET (fixture->transcript), frame_cb, &frames, NULL);

  yj_test_wait (frames >= 6);
  gtk_widget_remove_tick_callback (GTK_WIDGET (fixture->transcript), id);
}

static void
add_turn (Fixture *fixture,
          guint    lines)
{
  g_autoptr(GString) text = g_string_new (NULL);
  YjMessage *answer;

  yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_USER, "问题？");
  for (guint i = 0; i < lines; i++)
    g_string_append_printf (text, "Paragraph %u of this answer.\n\n", i);
  answer = yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_ASSISTANT, text->str);
  g_object_set (answer, "state", YJ_MESSAGE_COMPLETE, NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->folder = g_dir_make_tmp ("yj-chat-XXXXXX", NULL);
  fixture->library = yj_test_open_path (fixture->folder);
  fixture->conversation = g_object_ref (yj_library_new_conversation (fixture->library));

  fixture->transcript = g_object_new (YJ_TYPE_TRANSCRIPT, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (fixture->transcript));
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 500);
  gtk_window_set_child (GTK_WINDOW (fixture->window), scroller);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->conversation);
  yj_test_close (fixture->library);
  g_clear_object (&fixture->library);
  yj_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
show (Fixture *fixture)
{
  yj_transcript_set_model (fixture->transcript, G_LIST_MODEL (fixture->conversation));
  gtk_window_present (GTK_WINDOW (fixture->window));
  yj_test_wait (gtk_widget_get_mapped (GTK_WIDGET (fixture->transcript)));
  wait_frames (fixture);
}

static guint
count_rows (Fixture *fixture)
{
  guint n = 0;

  for (GtkWidget *w = gtk_widget_get_first_child (GTK_WIDGET (fixture->transcript)); w != NULL; w = gtk_widget_get_next_sibling (w))
    n++;
  return n;
}

static double
get_end (Fixture *fixture)
{
  return gtk_adjustment_get_upper (fixture->adjustment) - gtk_adjustment_get_page_size (fixture->adjustment);
}

static void
test_opens_at_the_end (Fixture       *fixture,
                       gconstpointer  data)
{
  gboolean at_end;

  for (guint i = 0; i < 500; i++)
    add_turn (fixture, i % 7);
  show (fixture);
  g_assert_cmpfloat (get_end (fixture), >, 10000);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (fixture->adjustment), get_end (fixture), 1);
  g_object_get (fixture->transcript, "at-end", &at_end, NULL);
  g_assert_true (at_end);
  g_assert_cmpuint (count_rows (fixture), >, 2);
  g_assert_cmpuint (count_rows (fixture), <, 60);
}

/* The row at the upper edge of the view, and how far above the edge it begins. */
static YjMessage *
get_top (Fixture *fixture,
         double  *above)
{
  for (GtkWidget *w = gtk_widget_get_first_child (GTK_WIDGET (fixture->transcript)); w != NULL; w = gtk_widget_get_next_sibling (w))
    {
      graphene_rect_t box;

      g_assert_true (gtk_widget_compute_bounds (w, GTK_WIDGET (fixture->transcript), &box));
      if (box.origin.y + box.size.height > 0)
        {
          *above = box.origin.y;
          return yj_message_card_get_message (YJ_MESSAGE_CARD (w));
        }
    }
  return NULL;
}

/* Messages get their height when the view comes near; what is in sight does not jump for it. */
static void
test_scrolling_up_does_not_jump (Fixture       *fixture,
                                 gconstpointer  data)
{
  for (guint i = 0; i < 100; i++)
    add_turn (fixture, i % 5 * 4);
  show (fixture);
  for (guint i = 0; i < 40; i++)
    {
      YjMessage *before, *after;
      double y0, y1;

      before = get_top (fixture, &y0);
      gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) - 40);
      wait_frames (fixture);
      after = get_top (fixture, &y1);
      if (after == before)
        g_assert_cmpfloat_with_epsilon (y1, y0 + 40, 1);
      g_assert_cmpuint (count_rows (fixture), <, 80);
    }
}

static void
test_question_goes_to_the_top (Fixture       *fixture,
                               gconstpointer  data)
{
  YjMessage *question, *answer;
  double value, y;

  for (guint i = 0; i < 10; i++)
    add_turn (fixture, 3);
  show (fixture);
  question = yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_USER, "And now?");
  answer = yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_ASSISTANT, NULL);
  yj_transcript_show_question (fixture->transcript);
  wait_frames (fixture);
  g_assert_true (get_top (fixture, &y) == question);
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpfloat (y, <, 40);

  /* Nothing moves while the answer comes, when it is longer than the window, and when it ends. */
  value = gtk_adjustment_get_value (fixture->adjustment);
  for (guint i = 0; i < 30; i++)
    {
      yj_message_append (answer, "Some more of it.\n\n", NULL);
      wait_frames (fixture);
      g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, value);
    }
  g_assert_cmpfloat (get_end (fixture), >, value + 100);
  g_object_set (answer, "state", YJ_MESSAGE_COMPLETE, "model", "m", NULL);
  wait_frames (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, value);
}

static void
test_short_answer_leaves_the_view (Fixture       *fixture,
                                   gconstpointer  data)
{
  YjMessage *answer;
  double value, upper;
  gboolean at_end;

  for (guint i = 0; i < 10; i++)
    add_turn (fixture, 3);
  show (fixture);
  yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_USER, "And now?");
  answer = yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_ASSISTANT, NULL);
  yj_transcript_show_question (fixture->transcript);
  wait_frames (fixture);
  value = gtk_adjustment_get_value (fixture->adjustment);
  upper = gtk_adjustment_get_upper (fixture->adjustment);
  yj_message_append (answer, "Yes.", NULL);
  g_object_set (answer, "state", YJ_MESSAGE_COMPLETE, NULL);
  wait_frames (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, value);
  g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->adjustment), ==, upper);
  g_object_get (fixture->transcript, "at-end", &at_end, NULL);
  g_assert_true (at_end);
}

static void
test_following_ends_with_a_scroll_up (Fixture       *fixture,
                                      gconstpointer  data)
{
  YjMessage *answer;
  double value;

  for (guint i = 0; i < 5; i++)
    add_turn (fixture, 5);
  show (fixture);
  answer = yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_ASSISTANT, NULL);
  yj_transcript_show_end (fixture->transcript);
  for (guint i = 0; i < 20; i++)
    {
      yj_message_append (answer, "Some more of it.\n\n", NULL);
      wait_frames (fixture);
      g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (fixture->adjustment), get_end (fixture), 1);
    }
  gtk_adjustment_set_value (fixture->adjustment, get_end (fixture) - 60);
  wait_frames (fixture);
  value = gtk_adjustment_get_value (fixture->adjustment);
  for (guint i = 0; i < 10; i++)
    {
      yj_message_append (answer, "Some more of it.\n\n", NULL);
      wait_frames (fixture);
      g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, value);
    }
  yj_transcript_show_end (fixture->transcript);
  wait_frames (fixture);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (fixture->adjustment), get_end (fixture), 1);
}

/* Any message by its id, far from the view or not there yet. */
static void
test_goes_to_a_message (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(YjMessage) early = NULL;
  g_autoptr(GListStore) store = g_list_store_new (YJ_TYPE_MESSAGE);
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  double y;

  for (guint i = 0; i < 200; i++)
    add_turn (fixture, i % 7);
  early = g_list_model_get_item (G_LIST_MODEL (fixture->conversation), 100);
  yj_test_wait (yj_message_get_id (early) != 0);
  show (fixture);
  yj_transcript_show_message (fixture->transcript, yj_message_get_id (early));
  wait_frames (fixture);
  g_assert_true (get_top (fixture, &y) == early);
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpfloat (y, <, 40);
  g_assert_cmpuint (count_rows (fixture), <, 60);

  /* The messages come after the wish. */
  yj_transcript_set_model (fixture->transcript, G_LIST_MODEL (store));
  yj_transcript_show_message (fixture->transcript, yj_message_get_id (early));
  for (guint i = 0; i < 400; i++)
    g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (fixture->conversation), i));
  g_list_store_splice (store, 0, 0, all->pdata, all->len);
  wait_frames (fixture);
  g_assert_true (get_top (fixture, &y) == early);
}

/* ---- one message that is longer than any window */

static guint
count_labels (GtkWidget *in)
{
  guint n = GTK_IS_LABEL (in);

  for (GtkWidget *w = gtk_widget_get_first_child (in); w != NULL; w = gtk_widget_get_next_sibling (w))
    n += count_labels (w);
  return n;
}

static gboolean
has_text (GtkWidget  *in,
          const char *text)
{
  if (GTK_IS_LABEL (in) && strcmp (gtk_label_get_text (GTK_LABEL (in)), text) == 0)
    return TRUE;
  for (GtkWidget *w = gtk_widget_get_first_child (in); w != NULL; w = gtk_widget_get_next_sibling (w))
    if (has_text (w, text))
      return TRUE;
  return FALSE;
}

/* The first label whose lower edge is in the view, and where its upper edge is. */
static GtkWidget *
get_top_label (Fixture   *fixture,
               GtkWidget *in,
               double    *y)
{
  graphene_rect_t box;

  if (GTK_IS_LABEL (in) && gtk_widget_get_mapped (in) &&
      gtk_widget_compute_bounds (in, GTK_WIDGET (fixture->transcript), &box) && box.origin.y + box.size.height > 0)
    {
      *y = box.origin.y;
      return in;
    }
  for (GtkWidget *w = gtk_widget_get_first_child (in); w != NULL; w = gtk_widget_get_next_sibling (w))
    {
      GtkWidget *found = get_top_label (fixture, w, y);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Paragraphs and list items of all lengths, so that many a guessed height is wrong. */
static char *
make_long_text (guint blocks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < blocks; i++)
    {
      g_string_append_printf (text, i % 10 < 4 ? "%u. " : i % 10 == 5 ? "## Part %u\n\nand: " : "Paragraph %u: ", i);
      for (guint j = 0; j < i * 7 % 40; j++)
        g_string_append (text, j % 3 == 0 ? "元境" : j % 3 == 1 ? "iiiii " : "WWWWW ");
      g_string_append (text, "\n\n");
    }
  return g_string_free_and_steal (text);
}

static YjMessage *
add_long_answer (Fixture *fixture,
                 guint    blocks)
{
  g_autofree char *text = make_long_text (blocks);

  yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_USER, "Tell me all.");
  return yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_ASSISTANT, text);
}

static void
test_long_answer_has_few_widgets (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_object_set (add_long_answer (fixture, 3000), "state", YJ_MESSAGE_COMPLETE, NULL);
  show (fixture);
  g_assert_cmpfloat (get_end (fixture), >, 50000);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (fixture->adjustment), get_end (fixture), 1);
  for (double part = 1; part >= 0; part -= 0.125)
    {
      double y;

      gtk_adjustment_set_value (fixture->adjustment, part * get_end (fixture));
      wait_frames (fixture);
      g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->transcript)), <, 300);
      g_assert_nonnull (get_top_label (fixture, GTK_WIDGET (fixture->transcript), &y));
      g_assert_cmpfloat (y, <, 60);
    }
}

/* Parts get their height when the view comes near, and what is in sight does not jump for it. */
static void
test_scrolling_in_a_long_answer_does_not_jump (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_object_set (add_long_answer (fixture, 400), "state", YJ_MESSAGE_COMPLETE, NULL);
  show (fixture);
  for (guint i = 0; i < 40; i++)
    {
      GtkWidget *label;
      graphene_rect_t box;
      double y;

      label = get_top_label (fixture, GTK_WIDGET (fixture->transcript), &y);
      gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) - 130);
      wait_frames (fixture);
      g_assert_true (gtk_widget_compute_bounds (label, GTK_WIDGET (fixture->transcript), &box));
      g_assert_cmpfloat_with_epsilon (box.origin.y, y + 130, 1);
    }
}

static GBytes *
paint (Fixture *fixture)
{
  GtkWidget *widget = GTK_WIDGET (fixture->transcript);
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t box = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  wait_frames (fixture);
  gdk_paintable_snapshot (paintable, snapshot, box.size.width, box.size.height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (fixture->window)), node, &box);
  return gdk_texture_save_to_png_bytes (texture);
}

/* Only what is in sight and near it is drawn; in sight, nothing is missing. */
static void
test_draws_what_is_in_sight (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(GBytes) some = NULL;
  g_autoptr(GBytes) all = NULL;
  YjMessage *answer = add_long_answer (fixture, 400);

  g_object_set (answer, "state", YJ_MESSAGE_COMPLETE, NULL);
  show (fixture);
  for (guint i = 0; i < 37; i++)
    {
      gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) - 41);
      wait_frames (fixture);
    }
  some = paint (fixture);
  yj_block_column_show (yj_markdown_view_get_column (yj_message_card_get_part (yj_transcript_get_card (fixture->transcript, answer),
                                                                              YJ_MESSAGE_ANSWER)), -100000, 100000);
  all = paint (fixture);
  g_assert_true (g_bytes_equal (some, all));
}

static GtkEventController *
find_controller (GtkWidget *widget,
                 GType      type)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;      /* the widget holds it */
    }
  return NULL;
}

/* A finger that rests on a word selects it and opens the menu. There is no finger here: this is where GTK would say so. */
static void
test_long_press (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkEventController *press = find_controller (GTK_WIDGET (fixture->transcript), GTK_TYPE_GESTURE_LONG_PRESS);
  YjSelection *selection = yj_transcript_get_selection (fixture->transcript);
  g_autofree char *selected = NULL;
  GtkWidget *card;
  graphene_rect_t box;
  YjMessage *answer;
  gboolean menu = FALSE;

  answer = yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_ASSISTANT, "Somewords here");
  g_object_set (answer, "state", YJ_MESSAGE_COMPLETE, NULL);
  show (fixture);
  card = GTK_WIDGET (yj_transcript_get_card (fixture->transcript, answer));
  g_assert_nonnull (press);
  g_assert_true (gtk_gesture_single_get_touch_only (GTK_GESTURE_SINGLE (press)));
  g_assert_true (gtk_widget_compute_bounds (card, GTK_WIDGET (fixture->transcript), &box));
  g_signal_emit_by_name (press, "pressed", box.origin.x + 20.0, box.origin.y + 8.0);
  selected = yj_selection_dup_markdown (selection);
  g_assert_cmpstr (selected, ==, "Somewords");
  for (GtkWidget *w = gtk_widget_get_first_child (card); w != NULL; w = gtk_widget_get_next_sibling (w))
    menu |= GTK_IS_POPOVER_MENU (w);
  g_assert_true (menu);
}

/* What somebody reads stays where it is, whatever becomes of the messages above. */
static void
test_growth_above_does_not_move (Fixture       *fixture,
                                 gconstpointer  data)
{
  YjMessage *growing;
  GtkWidget *label;
  double y0, y1;

  growing = add_long_answer (fixture, 5);
  add_turn (fixture, 60);
  show (fixture);
  gtk_adjustment_set_value (fixture->adjustment, get_end (fixture) - 300);
  wait_frames (fixture);
  label = get_top_label (fixture, GTK_WIDGET (fixture->transcript), &y0);
  for (guint i = 0; i < 10; i++)
    {
      yj_message_append (growing, "And some more of it.\n\n", NULL);
      wait_frames (fixture);
      g_assert_true (get_top_label (fixture, GTK_WIDGET (fixture->transcript), &y1) == label);
      g_assert_cmpfloat_with_epsilon (y1, y0, 1);
    }
}

static GtkWidget *
get_label (Fixture    *fixture,
           GtkWidget  *in,
           const char *text,
           double      lowest,
           double     *y)
{
  graphene_rect_t box;

  if (GTK_IS_LABEL (in) && gtk_widget_compute_bounds (in, GTK_WIDGET (fixture->transcript), &box) && box.origin.y >= lowest &&
      (text == NULL || strcmp (gtk_label_get_text (GTK_LABEL (in)), text) == 0))
    {
      *y = box.origin.y;
      return in;
    }
  for (GtkWidget *w = gtk_widget_get_first_child (in); w != NULL; w = gtk_widget_get_next_sibling (w))
    {
      GtkWidget *found = get_label (fixture, w, text, lowest, y);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_narrower_keeps_the_place (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *text = NULL;
  double y0, y1;

  g_object_set (add_long_answer (fixture, 400), "state", YJ_MESSAGE_COMPLETE, NULL);
  show (fixture);
  gtk_adjustment_set_value (fixture->adjustment, get_end (fixture) / 2);
  wait_frames (fixture);
  text = g_strdup (gtk_label_get_text (GTK_LABEL (get_label (fixture, GTK_WIDGET (fixture->transcript), NULL, 0, &y0))));
  g_assert_cmpfloat (y0, <, 200);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 380, 500);
  yj_test_wait (gtk_widget_get_width (GTK_WIDGET (fixture->transcript)) < 400);
  wait_frames (fixture);
  g_assert_nonnull (get_label (fixture, GTK_WIDGET (fixture->transcript), text, -10000, &y1));
  g_assert_cmpfloat_with_epsilon (y1, y0, 1);
}

/* Heights that nobody measured follow the width, and are the same at the same width however often that changes. */
static void
test_guesses_follow_the_width (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new (NULL);
  double wide, narrow;

  for (guint i = 0; i < 60; i++)
    g_string_append (text, "words that go on and on in one paragraph, ");
  for (guint i = 0; i < 300; i++)
    {
      YjMessage *answer = yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_ASSISTANT, text->str);

      g_object_set (answer, "state", YJ_MESSAGE_COMPLETE, NULL);
    }
  show (fixture);
  wide = gtk_adjustment_get_upper (fixture->adjustment);
  for (int width = 690; width >= 390; width -= 20)
    {
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 500);
      yj_test_wait (gtk_widget_get_width (GTK_WIDGET (fixture->transcript)) <= width);
    }
  wait_frames (fixture);
  narrow = gtk_adjustment_get_upper (fixture->adjustment);
  g_assert_cmpfloat (narrow, >, wide * 1.5);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 500);
  yj_test_wait (gtk_widget_get_width (GTK_WIDGET (fixture->transcript)) > 690);
  wait_frames (fixture);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (fixture->adjustment), wide, 30);
}

/* Of a question that fills the window its end is seen, and where the answer begins. */
static void
test_long_question_shows_its_end (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autofree char *text = make_long_text (80);
  YjMessage *answer;
  double value, y = 0;

  add_turn (fixture, 3);
  show (fixture);
  yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_USER, text);
  answer = yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_ASSISTANT, "Yes");
  yj_transcript_show_question (fixture->transcript);
  wait_frames (fixture);
  value = gtk_adjustment_get_value (fixture->adjustment);
  for (GtkWidget *w = gtk_widget_get_first_child (GTK_WIDGET (fixture->transcript)); w != NULL; w = gtk_widget_get_next_sibling (w))
    if (yj_message_card_get_message (YJ_MESSAGE_CARD (w)) == answer)
      {
        graphene_rect_t box;

        g_assert_true (gtk_widget_compute_bounds (w, GTK_WIDGET (fixture->transcript), &box));
        y = box.origin.y;
      }
  g_assert_cmpfloat (y, >, 100);
  g_assert_cmpfloat (y, <, 300);
  for (guint i = 0; i < 30; i++)
    {
      yj_message_append (answer, "Some more of it.\n\n", NULL);
      wait_frames (fixture);
      g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, value);
    }
}

/* What comes at once is shown bit by bit, and all of it in the end. */
static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *text = make_long_text (3000);
  YjMessage *answer;

  yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_USER, "Tell me all.");
  answer = yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_ASSISTANT, NULL);
  show (fixture);
  yj_message_append (answer, text, NULL);
  yj_message_append (answer, "\n\nThe very end.", NULL);
  g_object_set (answer, "state", YJ_MESSAGE_COMPLETE, NULL);
  for (guint i = 0; i < 10; i++)
    wait_frames (fixture);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (fixture->adjustment), get_end (fixture), 1);
  g_assert_true (has_text (GTK_WIDGET (fixture->transcript), "The very end."));
}

/* What is attached to a question is not shown, and so not found. */
static void
test_finds_no_attachment (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(GListStore) attachments = g_list_store_new (YJ_TYPE_ATTACHMENT);
  g_autoptr(YjAttachment) attachment = yj_attachment_new ("needle.txt", "A needle, and a needle.");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(YjFound) found = NULL;
  const YjFindHit *hit;

  g_list_store_append (attachments, attachment);
  first = yj_attachment_compose (G_LIST_MODEL (attachments), "what is this");
  second = yj_attachment_compose (G_LIST_MODEL (attachments), "Where is the needle?");
  yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_USER, first);
  yj_library_add_message (fixture->library, fixture->conversation, YJ_MESSAGE_USER, second);
  yj_find_async (G_LIST_MODEL (fixture->conversation), "needle", NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  found = yj_find_finish (result, NULL);
  g_assert_cmpuint (found->hits->len, ==, 1);
  hit = &g_array_index (found->hits, YjFindHit, 0);
  g_assert_cmpuint (hit->position, ==, 1);
  g_assert_cmpuint (hit->nth, ==, 0);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  show (fixture);
  g_assert_cmpuint (yj_transcript_get_position (fixture->transcript), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/transcript/opens-at-the-end", test_opens_at_the_end);
  ADD ("/transcript/scrolling-up-does-not-jump", test_scrolling_up_does_not_jump);
  ADD ("/transcript/question-goes-to-the-top", test_question_goes_to_the_top);
  ADD ("/transcript/short-answer-leaves-the-view", test_short_answer_leaves_the_view);
  ADD ("/transcript/following-ends-with-a-scroll-up", test_following_ends_with_a_scroll_up);
  ADD ("/transcript/goes-to-a-message", test_goes_to_a_message);
  ADD ("/transcript/long-answer-has-few-widgets", test_long_answer_has_few_widgets);
  ADD ("/transcript/scrolling-in-a-long-answer-does-not-jump", test_scrolling_in_a_long_answer_does_not_jump);
  ADD ("/transcript/draws-what-is-in-sight", test_draws_what_is_in_sight);
  ADD ("/transcript/long-press", test_long_press);
  ADD ("/transcript/growth-above-does-not-move", test_growth_above_does_not_move);
  ADD ("/transcript/narrower-keeps-the-place", test_narrower_keeps_the_place);
  ADD ("/transcript/guesses-follow-the-width", test_guesses_follow_the_width);
  ADD ("/transcript/long-question-shows-its-end", test_long_question_shows_its_end);
  ADD ("/transcript/flood", test_flood);
  ADD ("/transcript/finds-no-attachment", test_finds_no_attachment);
  ADD ("/transcript/empty", test_empty);

  return g_test_run ();
}
