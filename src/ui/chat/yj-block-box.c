/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-block-box"

#include "yj-block-box.h"

#include "yj-code-block.h"
#include "yj-list-block.h"
#include "yj-math-block.h"
#include "yj-rich-label.h"
#include "yj-table-block.h"
#include "yj-text-piece.h"

/* Blocks one below the other. When they change, a widget whose block is the same is not touched, and one whose block is
 * of the same kind takes the new one: what streams in costs its last line. */

#define SPACING 10
#define TIGHT_SPACING 4

struct _YjBlockBox
{
  GtkWidget  parent_instance;

  GPtrArray *blocks;            /* as shown */
  GPtrArray *widgets;           /* of each, borrowed */
  gboolean   chinese;
};

G_DEFINE_FINAL_TYPE (YjBlockBox, yj_block_box, GTK_TYPE_WIDGET)

static GtkWidget *
create_heading (YjBlock *block)
{
  static const char * const classes[] = { "title-2", "title-3", "title-4", "heading", "heading", "heading" };
  GtkWidget *widget = yj_rich_label_new ();

  yj_rich_label_set_fills (YJ_RICH_LABEL (widget));
  gtk_widget_add_css_class (widget, "yj-heading");
  gtk_widget_add_css_class (GTK_WIDGET (yj_rich_label_get_label (YJ_RICH_LABEL (widget))), classes[CLAMP (block->level, 1, 6) - 1]);
  return widget;
}

/**
 * yj_block_create_widget:
 * @block: a block that has a widget of its own: neither an item nor a cell
 *
 * Returns: (transfer floating): an empty widget for blocks of its kind
 */
GtkWidget *
yj_block_create_widget (YjBlock *block)
{
  GtkWidget *widget;

  switch (block->kind)
    {
    case YJ_BLOCK_HEADING:
      return create_heading (block);
    case YJ_BLOCK_CODE:
      return yj_code_block_new ();
    case YJ_BLOCK_MATH:
      return yj_math_block_new ();
    case YJ_BLOCK_RULE:
      widget = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      gtk_widget_add_css_class (widget, "yj-rule");
      return widget;
    case YJ_BLOCK_QUOTE:
      widget = yj_block_box_new ();
      gtk_widget_add_css_class (widget, "yj-quote");
      return widget;
    case YJ_BLOCK_LIST:
      return yj_list_block_new ();
    case YJ_BLOCK_TABLE:
      return yj_table_block_new ();
    case YJ_BLOCK_PARAGRAPH:
    case YJ_BLOCK_ITEM:
    case YJ_BLOCK_CELL:
      break;
    }
  widget = yj_rich_label_new ();
  yj_rich_label_set_fills (YJ_RICH_LABEL (widget));
  return widget;
}

/**
 * yj_block_update_widget:
 * @widget: what [func@Yj.Block.create_widget] gave for a block that this one can take over from
 * @block: what it is to show
 * @chinese: whether ideographs are to have Chinese shapes
 */
void
yj_block_update_widget (GtkWidget *widget,
                        YjBlock   *block,
                        gboolean   chinese)
{
  switch (block->kind)
    {
    case YJ_BLOCK_PARAGRAPH:
    case YJ_BLOCK_HEADING:
      yj_rich_label_set_block (YJ_RICH_LABEL (widget), block, chinese);
      break;
    case YJ_BLOCK_MATH:
      yj_math_block_set_block (YJ_MATH_BLOCK (widget), block, chinese);
      break;
    case YJ_BLOCK_CODE:
      yj_code_block_set_block (YJ_CODE_BLOCK (widget), block, chinese);
      break;
    case YJ_BLOCK_QUOTE:
      yj_block_box_set_blocks (YJ_BLOCK_BOX (widget), block->children, 0, chinese);
      break;
    case YJ_BLOCK_LIST:
      yj_list_block_set_block (YJ_LIST_BLOCK (widget), block, chinese);
      break;
    case YJ_BLOCK_TABLE:
      yj_table_block_set_block (YJ_TABLE_BLOCK (widget), block, chinese);
      break;
    case YJ_BLOCK_RULE:
    case YJ_BLOCK_ITEM:
    case YJ_BLOCK_CELL:
      break;
    }
}

/**
 * yj_block_can_take_over:
 * @old: a block that has a widget
 * @new: another
 *
 * Returns: whether the widget of @old can show @new
 */
gboolean
yj_block_can_take_over (const YjBlock *old,
                        const YjBlock *new)
{
  return old->kind == new->kind && old->level == new->level && old->ordered == new->ordered && old->columns == new->columns;
}

static void
yj_block_box_dispose (GObject *object)
{
  YjBlockBox *self = YJ_BLOCK_BOX (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (self->widgets, 0);
  g_ptr_array_set_size (self->blocks, 0);

  G_OBJECT_CLASS (yj_block_box_parent_class)->dispose (object);
}

static void
yj_block_box_finalize (GObject *object)
{
  YjBlockBox *self = YJ_BLOCK_BOX (object);

  g_ptr_array_unref (self->widgets);
  g_ptr_array_unref (self->blocks);

  G_OBJECT_CLASS (yj_block_box_parent_class)->finalize (object);
}

static void
yj_block_box_class_init (YjBlockBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_block_box_dispose;
  object_class->finalize = yj_block_box_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yj_block_box_init (YjBlockBox *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_block_unref);
  self->widgets = g_ptr_array_new ();
}

/**
 * yj_block_box_new:
 *
 * Returns: (transfer floating): an empty one
 */
GtkWidget *
yj_block_box_new (void)
{
  return g_object_new (YJ_TYPE_BLOCK_BOX, NULL);
}

/**
 * yj_block_box_set_blocks:
 * @self: a block box
 * @blocks: (nullable) (element-type YjBlock): what to show
 * @first: blocks before this one are known to be as before
 * @chinese: whether ideographs are to have Chinese shapes
 */
void
yj_block_box_set_blocks (YjBlockBox *self,
                         GPtrArray  *blocks,
                         guint       first,
                         gboolean    chinese)
{
  guint n = blocks != NULL ? blocks->len : 0;

  g_return_if_fail (YJ_IS_BLOCK_BOX (self));

  if (chinese != self->chinese)
    {
      self->chinese = chinese;
      first = 0;
      for (guint i = 0; i < self->blocks->len; i++)
        yj_block_update_widget (g_ptr_array_index (self->widgets, i), g_ptr_array_index (self->blocks, i), chinese);
    }

  for (guint i = first; i < n; i++)
    {
      YjBlock *block = g_ptr_array_index (blocks, i);
      YjBlock *old = i < self->blocks->len ? g_ptr_array_index (self->blocks, i) : NULL;
      GtkWidget *widget = old != NULL ? g_ptr_array_index (self->widgets, i) : NULL;

      if (old != NULL && yj_block_equal (old, block))
        {
          yj_block_adopt_source (old, block);
          continue;
        }
      if (old == NULL || !yj_block_can_take_over (old, block))
        {
          GtkWidget *new = yj_block_create_widget (block);

          gtk_widget_insert_after (new, GTK_WIDGET (self), i > 0 ? g_ptr_array_index (self->widgets, i - 1) : NULL);
          if (widget != NULL)
            gtk_widget_unparent (widget);
          widget = new;
        }
      yj_block_update_widget (widget, block, self->chinese);
      if (old == NULL)
        {
          g_ptr_array_add (self->widgets, widget);
          g_ptr_array_add (self->blocks, yj_block_ref (block));
        }
      else
        {
          yj_block_unref (old);
          g_ptr_array_index (self->blocks, i) = yj_block_ref (block);
          g_ptr_array_index (self->widgets, i) = widget;
        }
    }

  for (guint i = self->widgets->len; i > n; i--)
    gtk_widget_unparent (g_ptr_array_index (self->widgets, i - 1));
  if (self->widgets->len > n)
    {
      g_ptr_array_set_size (self->widgets, n);
      g_ptr_array_set_size (self->blocks, n);
    }
}

/**
 * yj_block_box_set_tight:
 * @self: a block box
 * @tight: whether blocks stand close together, as in a list without blank lines
 */
void
yj_block_box_set_tight (YjBlockBox *self,
                        gboolean    tight)
{
  g_return_if_fail (YJ_IS_BLOCK_BOX (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), tight ? TIGHT_SPACING : SPACING);
}

/**
 * yj_block_collect_pieces:
 * @block: a block
 * @widget: (nullable): what shows it: what [func@Yj.Block.create_widget] gave
 * @pieces: (element-type YjPiece): grows by the leaves in the block, in order, with the widgets that show them
 */
void
yj_block_collect_pieces (YjBlock   *block,
                         GtkWidget *widget,
                         GArray    *pieces)
{
  if (YJ_IS_BLOCK_BOX (widget))
    yj_block_box_collect (YJ_BLOCK_BOX (widget), pieces);
  else if (YJ_IS_LIST_BLOCK (widget))
    yj_list_block_collect (YJ_LIST_BLOCK (widget), pieces);
  else if (YJ_IS_TABLE_BLOCK (widget))
    yj_table_block_collect (YJ_TABLE_BLOCK (widget), pieces);
  else
    yj_pieces_add (pieces, block, widget);
}

/**
 * yj_block_box_collect:
 * @self: a block box
 * @pieces: (element-type YjPiece): grows by the leaves in it, in order, with the widgets that show them
 */
void
yj_block_box_collect (YjBlockBox *self,
                      GArray     *pieces)
{
  g_return_if_fail (YJ_IS_BLOCK_BOX (self));

  for (guint i = 0; i < self->blocks->len; i++)
    yj_block_collect_pieces (g_ptr_array_index (self->blocks, i), g_ptr_array_index (self->widgets, i), pieces);
}
