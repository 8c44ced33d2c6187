/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-block"

#include "yj-math-block.h"

#include <glib/gi18n.h>

#include "yj-code-block.h"
#include "yj-copy-button.h"
#include "yj-formula-view.h"
#include "yj-text-piece.h"

/* A formula on lines of its own: drawn, in a scroller when it is wide; as its source where it cannot be drawn. */
struct _YjMathBlock
{
  GtkWidget  parent_instance;

  GtkWidget *content;           /* an overlay or a code block */
  guint      length;            /* bytes of the source */
  gboolean   marked;
};

static void yj_math_block_text_piece_init (YjTextPieceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YjMathBlock, yj_math_block, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (YJ_TYPE_TEXT_PIECE, yj_math_block_text_piece_init))

/* ---- what is marked: of a drawn formula all or nothing */

static guint
yj_math_block_get_offset (YjTextPiece *piece,
                          double       x,
                          double       y)
{
  YjMathBlock *self = YJ_MATH_BLOCK (piece);

  if (YJ_IS_CODE_BLOCK (self->content))
    return yj_text_piece_get_offset (YJ_TEXT_PIECE (self->content), x, y);
  return x * 2 < gtk_widget_get_width (GTK_WIDGET (self)) ? 0 : self->length;
}

static void
yj_math_block_get_caret (YjTextPiece     *piece,
                         guint            offset,
                         graphene_rect_t *caret)
{
  YjMathBlock *self = YJ_MATH_BLOCK (piece);

  if (YJ_IS_CODE_BLOCK (self->content))
    yj_text_piece_get_caret (YJ_TEXT_PIECE (self->content), offset, caret);
  else
    graphene_rect_init (caret, offset > 0 ? gtk_widget_get_width (GTK_WIDGET (self)) : 0, 0, 1, gtk_widget_get_height (GTK_WIDGET (self)));
}

static void
yj_math_block_set_marked (YjTextPiece *piece,
                          guint        start,
                          guint        end)
{
  YjMathBlock *self = YJ_MATH_BLOCK (piece);

  if (YJ_IS_CODE_BLOCK (self->content))
    yj_text_piece_set_marked (YJ_TEXT_PIECE (self->content), start, end);
  else if (self->marked != (start < end))
    {
      self->marked = start < end;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
yj_math_block_text_piece_init (YjTextPieceInterface *iface)
{
  iface->get_offset = yj_math_block_get_offset;
  iface->get_caret = yj_math_block_get_caret;
  iface->set_marked = yj_math_block_set_marked;
}

static void
yj_math_block_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  if (YJ_MATH_BLOCK (widget)->marked)
    {
      GdkRGBA colour = yj_text_piece_get_colour ();

      gtk_snapshot_append_color (snapshot, &colour,
                                 &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
    }

  GTK_WIDGET_CLASS (yj_math_block_parent_class)->snapshot (widget, snapshot);
}

/* ---- the object */

static void
yj_math_block_dispose (GObject *object)
{
  YjMathBlock *self = YJ_MATH_BLOCK (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (yj_math_block_parent_class)->dispose (object);
}

static void
yj_math_block_class_init (YjMathBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_math_block_dispose;
  widget_class->snapshot = yj_math_block_snapshot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "yj-math");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yj_math_block_init (YjMathBlock *self)
{
}

static GtkWidget *
create_drawing (YjFormula  *formula,
                const char *source)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = yj_formula_view_new (formula);
  GtkWidget *button = yj_copy_button_new (_("Copy Formula"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, source, -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scroller);

  yj_copy_button_set_text (YJ_COPY_BUTTON (button), source);
  gtk_widget_add_css_class (button, "yj-over");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), button);
  return overlay;
}

/**
 * yj_math_block_new:
 *
 * Returns: (transfer floating): an empty one
 */
GtkWidget *
yj_math_block_new (void)
{
  return g_object_new (YJ_TYPE_MATH_BLOCK, NULL);
}

/**
 * yj_math_block_set_block:
 * @self: a math block
 * @block: a formula, with its delimiters
 * @chinese: whether ideographs are to have Chinese shapes
 *
 * Shows @block.
 */
void
yj_math_block_set_block (YjMathBlock *self,
                         YjBlock     *block,
                         gboolean     chinese)
{
  g_autoptr(YjFormula) formula = NULL;
  PangoContext *context;

  g_return_if_fail (YJ_IS_MATH_BLOCK (self));
  g_return_if_fail (block->kind == YJ_BLOCK_MATH);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->length = yj_block_get_length (block);
  formula = yj_formula_new (block->text, TRUE);
  context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  if (formula != NULL && yj_formula_set (formula, context, yj_formula_font_size (context)))
    self->content = create_drawing (formula, block->text);
  else
    {
      self->content = yj_code_block_new ();
      yj_code_block_set_block (YJ_CODE_BLOCK (self->content), block, chinese);
    }
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}
