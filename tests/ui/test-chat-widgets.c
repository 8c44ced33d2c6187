/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of Chat without a platform: what is drawn of a text that grows. */
#include <adwaita.h>
#include <string.h>

#include "yj-markdown-view.h"
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/chat-widgets/markdown-streamed", test_markdown_streamed);
  g_test_add_func ("/chat-widgets/markdown-bounds", test_markdown_bounds);

  return g_test_run ();
}
