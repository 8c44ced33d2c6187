/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of Chat in a window of their own, without a platform: what is drawn of a text that grows, and how the view
 * of a conversation moves and does not move. */
#include <adwaita.h>
#include <string.h>

#include "yj-library.h"
#include "yj-markdown-view.h"
#include "yj-message-card.h"
#include "yj-transcript.h"
#include "yj-test.h"

/* ---- Markdown */

static void
describe (GtkWidget *widget,
          guint      depth,
          GString   *text)
{
  g_string_append_printf (text, "%*s%s", depth, "", G_OBJECT_TYPE_NAME (widget));
  if (GTK_IS_LABEL (widget))
    {
      PangoAttrList *attributes = gtk_label_get_attributes (GTK_LABEL (widget));
      g_autofree char *list = attributes != NULL ? pango_attr_list_to_string (attributes) : NULL;

      g_string_append_printf (text, " “%s” %s", gtk_label_get_text (GTK_LABEL (widget)), list != NULL ? list : "");
    }
  g_string_append_c (text, '\n');
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && !GTK_IS_SCROLLBAR (child))
      describe (child, depth + 1, text);
}

static char *
describe_view (YjMarkdownView *view)
{
  g_autoptr(GString) text = g_string_new (NULL);

  describe (GTK_WIDGET (view), 0, text);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
check_streamed (const char *markdown)
{
  g_autoptr(YjMarkdownView) streamed = g_object_ref_sink (YJ_MARKDOWN_VIEW (yj_markdown_view_new ()));
  g_autoptr(YjMarkdownView) at_once = g_object_ref_sink (YJ_MARKDOWN_VIEW (yj_markdown_view_new ()));
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  for (const char *p = markdown; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *text = g_strndup (markdown, g_utf8_next_char (p) - markdown);
      int height;

      yj_markdown_view_set_text (streamed, text, FALSE);
      gtk_widget_measure (GTK_WIDGET (streamed), GTK_ORIENTATION_VERTICAL, 400, NULL, &height, NULL, NULL);
    }
  yj_markdown_view_set_text (streamed, markdown, TRUE);
  yj_markdown_view_set_text (at_once, markdown, TRUE);
  one = describe_view (streamed);
  other = describe_view (at_once);
  g_assert_cmpstr (one, ==, other);
}

static void
test_markdown_streamed (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "ui", "markdown", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      g_auto(GStrv) parts = NULL;

      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      parts = g_strsplit (contents, "=== ", -1);
      for (guint i = 1; parts[i] != NULL; i++)
        {
          *strstr (parts[i], "\n--->\n") = '\0';
          check_streamed (strchr (parts[i], '\n') != NULL ? strchr (parts[i], '\n') + 1 : "");
          n++;
        }
    }
  g_assert_cmpuint (n, >=, 60);
}

/* A long table and long code have a bounded number of widgets, and a text that grows leaves those above it alone. */
static void
test_markdown_bounds (void)
{
  g_autoptr(YjMarkdownView) view = g_object_ref_sink (YJ_MARKDOWN_VIEW (yj_markdown_view_new ()));
  g_autoptr(GString) text = g_string_new ("| a | b |\n|---|---|\n");
  g_autofree char *shown = NULL;
  guint labels = 0;

  for (guint i = 0; i < 2000; i++)
    g_string_append (text, "| 1 | 2 |\n");
  g_string_append (text, "\n```c\n");
  for (guint i = 0; i < 2000; i++)
    g_string_append (text, "int a;\n");
  g_string_append (text, "```\n");
  yj_markdown_view_set_text (view, text->str, TRUE);
  shown = describe_view (view);
  for (const char *p = shown; (p = strstr (p, "GtkLabel")) != NULL; p++)
    labels++;
  g_assert_cmpuint (labels, >, 100);
  g_assert_cmpuint (labels, <, 200);
}

/* ---- the transcript */

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
  GAsyncResult *result = NULL;
  g_autoptr(GFile) folder = NULL;
  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->folder = g_dir_make_tmp ("yj-chat-XXXXXX", NULL);
  folder = g_file_new_for_path (fixture->folder);
  yj_library_open_async (folder, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  fixture->library = yj_library_open_finish (result, NULL);
  g_clear_object (&result);
  g_assert_nonnull (fixture->library);
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
  GAsyncResult *result = NULL;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->conversation);
  yj_library_close_async (fixture->library, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_close_finish (fixture->library, result, NULL));
  g_clear_object (&result);
  g_clear_object (&fixture->library);
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
  for (guint i = 0; i < 60; i++)
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  g_test_add_func ("/chat-widgets/markdown-streamed", test_markdown_streamed);
  g_test_add_func ("/chat-widgets/markdown-bounds", test_markdown_bounds);
  ADD ("/chat-widgets/opens-at-the-end", test_opens_at_the_end);
  ADD ("/chat-widgets/scrolling-up-does-not-jump", test_scrolling_up_does_not_jump);
  ADD ("/chat-widgets/question-goes-to-the-top", test_question_goes_to_the_top);
  ADD ("/chat-widgets/short-answer-leaves-the-view", test_short_answer_leaves_the_view);
  ADD ("/chat-widgets/following-ends-with-a-scroll-up", test_following_ends_with_a_scroll_up);
  ADD ("/chat-widgets/goes-to-a-message", test_goes_to_a_message);

  return g_test_run ();
}
