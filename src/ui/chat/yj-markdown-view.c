/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-markdown-view"

#include "yj-markdown-view.h"

#include "yj-markdown.h"
#include "yj-text-piece.h"

/* A text in Markdown that may still grow. */
struct _YjMarkdownView
{
  AdwBin         parent_instance;

  YjBlockColumn *column;
  YjMarkdown    *document;
  YjRange        marked;
  gboolean       has_marked;
};

G_DEFINE_FINAL_TYPE (YjMarkdownView, yj_markdown_view, ADW_TYPE_BIN)

static void
yj_markdown_view_finalize (GObject *object)
{
  YjMarkdownView *self = YJ_MARKDOWN_VIEW (object);

  yj_markdown_free (self->document);

  G_OBJECT_CLASS (yj_markdown_view_parent_class)->finalize (object);
}

static void
yj_markdown_view_class_init (YjMarkdownViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = yj_markdown_view_finalize;

  gtk_widget_class_set_css_name (widget_class, "yj-markdown");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mark (YjMarkdownView *self)
{
  g_autoptr(GArray) pieces = yj_pieces_new ();

  yj_block_column_collect (self->column, pieces);
  yj_pieces_mark (pieces, self->has_marked ? &self->marked : NULL);
}

static void
built_cb (YjMarkdownView *self)
{
  if (self->has_marked)
    mark (self);
}

static void
yj_markdown_view_init (YjMarkdownView *self)
{
  self->document = yj_markdown_new ();
  self->column = YJ_BLOCK_COLUMN (yj_block_column_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->column));
  g_signal_connect_swapped (self->column, "built", G_CALLBACK (built_cb), self);
}

/**
 * yj_markdown_view_new:
 *
 * Returns: (transfer floating): an empty one
 */
GtkWidget *
yj_markdown_view_new (void)
{
  return g_object_new (YJ_TYPE_MARKDOWN_VIEW, NULL);
}

/**
 * yj_markdown_view_set_text:
 * @self: a Markdown view
 * @text: all of the text so far, which begins with what was set before
 * @complete: whether nothing will follow
 *
 * Shows @text; of the widgets, only those are touched whose text has changed.
 */
void
yj_markdown_view_set_text (YjMarkdownView *self,
                           const char     *text,
                           gboolean        complete)
{
  guint first;

  g_return_if_fail (YJ_IS_MARKDOWN_VIEW (self));

  first = yj_markdown_set_text (self->document, text, complete);
  yj_block_column_set_blocks (self->column, yj_markdown_get_blocks (self->document), first,
                              yj_markdown_is_chinese (self->document));
  if (self->has_marked)
    mark (self);
}

/**
 * yj_markdown_view_get_column:
 * @self: a Markdown view
 *
 * Returns: (transfer none): what shows the blocks
 */
YjBlockColumn *
yj_markdown_view_get_column (YjMarkdownView *self)
{
  g_return_val_if_fail (YJ_IS_MARKDOWN_VIEW (self), NULL);

  return self->column;
}

/**
 * yj_markdown_view_set_marked:
 * @self: a Markdown view
 * @range: (nullable): what of it is selected
 *
 * Shows what is selected, and goes on doing so while the text grows.
 */
void
yj_markdown_view_set_marked (YjMarkdownView *self,
                             const YjRange  *range)
{
  g_return_if_fail (YJ_IS_MARKDOWN_VIEW (self));

  if (range == NULL && !self->has_marked)
    return;
  self->has_marked = range != NULL;
  if (range != NULL)
    self->marked = *range;
  mark (self);
}

/**
 * yj_markdown_view_collect:
 * @self: a Markdown view
 * @pieces: (element-type YjPiece): grows by the leaves of the document
 */
void
yj_markdown_view_collect (YjMarkdownView *self,
                          GArray         *pieces)
{
  g_return_if_fail (YJ_IS_MARKDOWN_VIEW (self));

  yj_block_column_collect (self->column, pieces);
}

/**
 * yj_markdown_view_dup_plain:
 * @self: a Markdown view
 * @max: characters at most
 *
 * Returns: (transfer full): the beginning of the text without marks, for reading aloud
 */
char *
yj_markdown_view_dup_plain (YjMarkdownView *self,
                            gsize           max)
{
  g_autoptr(GString) plain = g_string_new (NULL);
  GPtrArray *blocks;

  g_return_val_if_fail (YJ_IS_MARKDOWN_VIEW (self), NULL);

  blocks = yj_markdown_get_blocks (self->document);
  for (guint i = 0; i < blocks->len && plain->len < max * 4; i++)
    yj_block_add_plain (g_ptr_array_index (blocks, i), plain);
  return g_utf8_substring (plain->str, 0, MIN ((gsize) g_utf8_strlen (plain->str, -1), max));
}
