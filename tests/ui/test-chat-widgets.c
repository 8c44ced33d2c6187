/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of Chat without a platform: what is drawn of a text that grows. */
#include <adwaita.h>
#include <string.h>
#include <time.h>

#include "yj-code-block.h"
#include "yj-composer.h"
#include "yj-formula-view.h"
#include "yj-highlight.h"
#include "yj-markdown-view.h"
#include "yj-link-stop.h"
#include "yj-math-block.h"
#include "yj-rich-label.h"
#include "yj-test.h"
#include "yj-text-piece.h"

/* What this thread has had of the processor, whatever else runs; ms. */
static gint64
get_cpu (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

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

/* ---- what grows within a line */

static GtkWidget *
find_label (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LABEL (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

static void
count_cb (guint *frames)
{
  (*frames)++;
}

/* What the view looks like in the frame after next. */
static GBytes *
paint (GtkWidget *view)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (view);
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GskRenderNode) node = NULL;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (view);
  int width = gtk_widget_get_width (view), height = gtk_widget_get_height (view);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  guint frames = 0;
  gulong id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (count_cb), &frames);

  gdk_frame_clock_begin_updating (clock);
  yj_test_wait (frames >= 2);
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, id);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (view)), node, NULL);
  return gdk_texture_save_to_png_bytes (texture);
}

/* Text that grows within its line is drawn before the label is given it, and looks as it does afterwards. */
static void
check_growth (const char *before,
              const char *after)
{
  GtkWidget *window = gtk_window_new ();
  YjMarkdownView *view = YJ_MARKDOWN_VIEW (yj_markdown_view_new ());
  g_autofree char *full = NULL;
  g_autoptr(GBytes) grown = NULL;
  g_autoptr(GBytes) caught_up = NULL;
  GtkLabel *label;

  gtk_window_set_default_size (GTK_WINDOW (window), 600, 300);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  yj_markdown_view_set_text (view, before, FALSE);
  gtk_window_present (GTK_WINDOW (window));
  label = GTK_LABEL (find_label (GTK_WIDGET (view)));
  yj_test_wait (gtk_widget_get_mapped (GTK_WIDGET (label)) && gtk_widget_get_width (GTK_WIDGET (label)) > 1);

  full = g_strdup (gtk_label_get_text (label));
  yj_markdown_view_set_text (view, after, FALSE);
  g_assert_cmpstr (gtk_label_get_text (label), ==, full);
  grown = paint (GTK_WIDGET (view));
  yj_test_wait (strcmp (gtk_label_get_text (label), full) != 0);
  caught_up = paint (GTK_WIDGET (view));
  g_assert_true (g_bytes_equal (grown, caught_up));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_growth (void)
{
  check_growth ("Some", "Some words");
  check_growth ("Some **bold", "Some **bold words** and ~~more~~");
  check_growth ("## A", "## A heading");
  check_growth ("> A", "> A word that is quoted");
}

/* Whoever asks for a place in the text gets it in all of the text. */
static void
test_growth_places (void)
{
  GtkWidget *window = gtk_window_new ();
  YjMarkdownView *view = YJ_MARKDOWN_VIEW (yj_markdown_view_new ());
  GtkWidget *label, *piece;

  gtk_window_set_default_size (GTK_WINDOW (window), 300, 300);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  yj_markdown_view_set_text (view, "One", FALSE);
  gtk_window_present (GTK_WINDOW (window));
  label = find_label (GTK_WIDGET (view));
  piece = gtk_widget_get_parent (label);
  yj_test_wait (gtk_widget_get_mapped (label) && gtk_widget_get_width (label) > 1);
  yj_markdown_view_set_text (view, "One two", FALSE);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "One");
  g_assert_cmpuint (yj_text_piece_get_offset (YJ_TEXT_PIECE (piece), 290, 5), ==, 7);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "One two");
  /* Another line is the label's at once, and so is another paragraph's text. */
  yj_markdown_view_set_text (view, "One two and so many more that they do not find room in one line of the window", FALSE);
  g_assert_true (g_str_has_suffix (gtk_label_get_text (GTK_LABEL (label)), "the window"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- code */

static GtkWidget *
find_child (GtkWidget  *widget,
            GType       type,
            guint      *skip)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (!gtk_widget_get_visible (child))
        continue;
      if (G_TYPE_CHECK_INSTANCE_TYPE (child, type) && (*skip)-- == 0)
        return child;
      found = find_child (child, type, skip);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_by_class (GtkWidget  *widget,
               const char *name)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, name) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_by_class (child, name);
  return found;
}

static int
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

static YjBlock *
create_code (guint lines)
{
  YjBlock *block = yj_block_new (YJ_BLOCK_CODE);
  GString *code = g_string_new (NULL);

  for (guint i = 0; i < lines; i++)
    g_string_append_printf (code, "%sa_line_that_is_rather_long (with, some, arguments, in, it, %u);", i > 0 ? "\n" : "", i);
  block->text = g_string_free_and_steal (code);
  block->language = g_strdup ("python");
  return block;
}

/* Code of more than 40 lines is folded until its reader unfolds it; another widget for it then shows it unfolded too. */
static void
test_code_folded (void)
{
  g_autoptr(GtkWidget) code = g_object_ref_sink (yj_code_block_new ());
  g_autoptr(GtkWidget) again = g_object_ref_sink (yj_code_block_new ());
  g_autoptr(YjBlock) forty = create_code (40);
  g_autoptr(YjBlock) hundred = create_code (100);
  g_autoptr(YjBlock) more = create_code (101);
  GtkWidget *button;
  int folded, unfolded;
  guint last = 3;

  yj_code_block_set_block (YJ_CODE_BLOCK (code), forty, FALSE);
  folded = measure (code, GTK_ORIENTATION_VERTICAL, 400);
  yj_code_block_set_block (YJ_CODE_BLOCK (code), hundred, FALSE);
  g_assert_cmpint (measure (code, GTK_ORIENTATION_VERTICAL, 400), <, folded + 60);
  folded = measure (code, GTK_ORIENTATION_VERTICAL, 400);

  button = find_child (code, GTK_TYPE_BUTTON, &last);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Show All 100 Lines");
  g_signal_emit_by_name (button, "clicked");
  unfolded = measure (code, GTK_ORIENTATION_VERTICAL, 400);
  g_assert_cmpint (unfolded, >, folded * 2);
  yj_code_block_set_block (YJ_CODE_BLOCK (code), more, FALSE);
  g_assert_cmpint (measure (code, GTK_ORIENTATION_VERTICAL, 400), >, unfolded);

  yj_code_block_set_block (YJ_CODE_BLOCK (again), more, FALSE);
  g_assert_cmpint (measure (again, GTK_ORIENTATION_VERTICAL, 400), ==, measure (code, GTK_ORIENTATION_VERTICAL, 400));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (measure (code, GTK_ORIENTATION_VERTICAL, 400), ==, folded);
}

static void
test_code_wrapped (void)
{
  g_autoptr(GtkWidget) code = g_object_ref_sink (yj_code_block_new ());
  g_autoptr(YjBlock) block = create_code (3);
  guint first = 0;
  GtkWidget *button;
  int height;

  yj_code_block_set_block (YJ_CODE_BLOCK (code), block, FALSE);
  height = measure (code, GTK_ORIENTATION_VERTICAL, 220);
  button = find_child (code, GTK_TYPE_TOGGLE_BUTTON, &first);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_cmpint (measure (code, GTK_ORIENTATION_VERTICAL, 220), >, height + 40);
  g_assert_cmpint (measure (code, GTK_ORIENTATION_HORIZONTAL, -1), <, 220);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  g_assert_cmpint (measure (code, GTK_ORIENTATION_VERTICAL, 220), ==, height);
}

static void
test_code_names (void)
{
  static const struct { const char *language; const char *name; } names[] = {
    { "python", "code.py" }, { "py", "code.py" }, { "c", "code.c" }, { "c++", "code.cpp" }, { "js", "code.js" }, { "ts", "code.ts" },
    { "rust", "code.rs" }, { "go", "code.go" }, { "bash", "code.sh" }, { "json", "code.json" }, { "yaml", "code.yaml" },
    { "html", "code.html" }, { "css", "code.css" }, { "sql", "code.sql" }, { "java", "code.java" }, { "dockerfile", "Dockerfile" },
    { "makefile", "Makefile" }, { "latex", "formula.tex" }, { "../../etc/passwd", "code.txt" }, { NULL, "code.txt" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = yj_highlight_dup_file_name (names[i].language);

      g_assert_cmpstr (name, ==, names[i].name);
    }
}

static GtkLabel *
get_line (GtkWidget *code,
          guint      i)
{
  GtkWidget *lines = find_by_class (code, "lines");
  GtkWidget *label = gtk_widget_get_first_child (lines);

  while (i-- > 0)
    label = gtk_widget_get_next_sibling (label);
  return GTK_LABEL (label);
}

static gboolean
is_coloured (GtkLabel *label)
{
  PangoAttrList *list = gtk_label_get_attributes (label);
  GSList *attributes = list != NULL ? pango_attr_list_get_attributes (list) : NULL;
  gboolean any = attributes != NULL;

  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  return any;
}

/* What is folded away gets its colours when it is unfolded; thousands of lines get them in no time. */
static void
test_code_coloured (void)
{
  g_autoptr(GtkWidget) window = g_object_ref_sink (adw_window_new ());
  GtkWidget *code = yj_code_block_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autoptr(YjBlock) block = create_code (3500);
  g_autoptr(YjBlock) endless = create_code (5000);
  guint button = 3;
  gint64 begin;

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), code);
  adw_window_set_content (ADW_WINDOW (window), scroller);
  yj_code_block_set_block (YJ_CODE_BLOCK (code), block, FALSE);
  gtk_window_present (GTK_WINDOW (window));
  yj_test_wait (is_coloured (get_line (code, 0)));
  g_assert_false (is_coloured (get_line (code, 1)));

  begin = g_get_monotonic_time ();
  g_signal_emit_by_name (find_child (code, GTK_TYPE_BUTTON, &button), "clicked");
  yj_test_wait (is_coloured (get_line (code, 3499 / 40)));
  g_test_message ("unfolded and coloured: %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - begin) / 1000);
  for (guint i = 0; i <= 3499 / 40; i++)
    g_assert_true (is_coloured (get_line (code, i)));

  /* More than can be read without holding everything up is shown as it is. */
  endless->unfolded = TRUE;
  yj_code_block_set_block (YJ_CODE_BLOCK (code), endless, FALSE);
  yj_test_wait (!is_coloured (get_line (code, 0)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* However long the code, the window answers between two steps. */
static void
test_highlight_steps (void)
{
  g_autoptr(YjBlock) block = create_code (3500);
  YjHighlight *highlight = yj_highlight_new ("c", block->text, FALSE);
  PangoAttrList *list;
  guint steps = 0;
  gint64 longest = 0;

  g_assert_nonnull (highlight);
  do
    {
      gint64 begin = get_cpu ();

      list = yj_highlight_step (highlight);
      longest = MAX (longest, get_cpu () - begin);
      steps++;
    }
  while (list == NULL);
  g_test_message ("%u steps, the longest of %" G_GINT64_FORMAT " ms", steps, longest);
  g_assert_cmpuint (steps, >=, strlen (block->text) / 10000);
  g_assert_cmpint (longest, <, 100 * yj_test_slowness ());
  yj_highlight_free (highlight);
}

/* A million letters that are pasted are attached, and hold nothing up. */
static void
test_large_paste (void)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'a');
  GtkWidget *window = adw_window_new ();
  GtkWidget *composer = g_object_new (YJ_TYPE_COMPOSER, NULL);
  GListModel *attachments = G_LIST_MODEL (yj_composer_get_attachments (YJ_COMPOSER (composer)));
  gint64 least = G_MAXINT64;

  for (gsize i = 70; i < 1024 * 1024; i += 71)
    text[i] = '\n';
  adw_window_set_content (ADW_WINDOW (window), composer);
  gtk_window_present (GTK_WINDOW (window));
  yj_test_wait (gtk_widget_get_mapped (composer));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (composer), text);
  /* The first one also has everything made and loaded for the first time. */
  for (guint n = 1; n <= 3; n++)
    {
      gint64 begin = get_cpu ();
      guint skip = 0;

      g_signal_emit_by_name (find_child (composer, GTK_TYPE_TEXT_VIEW, &skip), "paste-clipboard");
      yj_test_wait (g_list_model_get_n_items (attachments) == n);
      least = MIN (least, get_cpu () - begin);
    }
  g_test_message ("pasted in %" G_GINT64_FORMAT " ms", least);
  g_assert_cmpint (least, <, 100 * yj_test_slowness ());
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_children (GtkWidget *widget,
                GType      type)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += G_TYPE_CHECK_INSTANCE_TYPE (child, type) ? 1 : 0;
  return n;
}

/* A paragraph of nothing but links or formulas costs no more than a long one. */
static void
test_many_spans (void)
{
  g_autoptr(GString) links = g_string_new (NULL);
  g_autoptr(GString) formulas = g_string_new (NULL);

  for (guint i = 0; i < 5000; i++)
    {
      g_string_append_printf (links, "[l%u](https://example.com/%u) ", i, i);
      g_string_append_printf (formulas, "$x_{%u}$ and ", i);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GtkWidget) window = g_object_ref_sink (adw_window_new ());
      GtkWidget *view = yj_markdown_view_new ();
      GtkWidget *scroller = gtk_scrolled_window_new ();
      GtkWidget *label;
      guint first = 0;
      gint64 begin = g_get_monotonic_time ();

      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
      adw_window_set_content (ADW_WINDOW (window), scroller);
      yj_markdown_view_set_text (YJ_MARKDOWN_VIEW (view), i == 0 ? links->str : formulas->str, TRUE);
      gtk_window_set_default_size (GTK_WINDOW (window), 600, 400);
      gtk_window_present (GTK_WINDOW (window));
      yj_test_wait (find_child (view, YJ_TYPE_RICH_LABEL, &(guint) { 0 }) != NULL && gtk_widget_get_height (view) > 1000);
      g_test_message ("%s: %" G_GINT64_FORMAT " ms", i == 0 ? "links" : "formulas", (g_get_monotonic_time () - begin) / 1000);
      label = find_child (view, YJ_TYPE_RICH_LABEL, &first);
      if (i == 0)
        {
          g_assert_cmpuint (count_children (label, YJ_TYPE_LINK_STOP), ==, 200);
          /* The pointer finds those that the keyboard does not stop at. */
          g_assert_nonnull (yj_rich_label_get_link (YJ_RICH_LABEL (label), 2, gtk_widget_get_height (label) - 10));
        }
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* A formula that is known is drawn, one that is not is shown as its source; readers get the source of both. */
static void
test_formulas (void)
{
  static const struct { const char *source; gboolean drawn; } formulas[] = {
    { "$$\\frac{a}{b}$$", TRUE }, { "\\[\nx^2\n\\]", TRUE }, { "$$\\nosuch{x}$$", FALSE }, { "$$\\frac{a$$", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autoptr(GtkWidget) widget = g_object_ref_sink (yj_math_block_new ());
      g_autoptr(YjBlock) block = yj_block_new (YJ_BLOCK_MATH);
      guint view = 0, code = 0;

      block->text = g_strdup (formulas[i].source);
      yj_math_block_set_block (YJ_MATH_BLOCK (widget), block, FALSE);
      g_assert_true ((find_child (widget, YJ_TYPE_FORMULA_VIEW, &view) != NULL) == formulas[i].drawn);
      g_assert_true ((find_child (widget, YJ_TYPE_CODE_BLOCK, &code) != NULL) != formulas[i].drawn);
      g_assert_cmpint (measure (widget, GTK_ORIENTATION_VERTICAL, 300), >, 10);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/chat-widgets/markdown-streamed", test_markdown_streamed);
  g_test_add_func ("/chat-widgets/markdown-bounds", test_markdown_bounds);
  g_test_add_func ("/chat-widgets/growth", test_growth);
  g_test_add_func ("/chat-widgets/growth-places", test_growth_places);
  g_test_add_func ("/chat-widgets/code-folded", test_code_folded);
  g_test_add_func ("/chat-widgets/code-wrapped", test_code_wrapped);
  g_test_add_func ("/chat-widgets/code-coloured", test_code_coloured);
  g_test_add_func ("/chat-widgets/highlight-steps", test_highlight_steps);
  g_test_add_func ("/chat-widgets/large-paste", test_large_paste);
  g_test_add_func ("/chat-widgets/many-spans", test_many_spans);
  g_test_add_func ("/chat-widgets/code-names", test_code_names);
  g_test_add_func ("/chat-widgets/formulas", test_formulas);

  return g_test_run ();
}
