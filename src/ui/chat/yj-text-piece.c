/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-text-piece"

#include "yj-text-piece.h"

#include <adwaita.h>
#include <string.h>

G_DEFINE_INTERFACE (YjTextPiece, yj_text_piece, GTK_TYPE_WIDGET)

static void
yj_text_piece_default_init (YjTextPieceInterface *iface)
{
}

/**
 * yj_text_piece_get_offset:
 * @self: a text piece
 * @x: px, in its own coordinates
 * @y: px
 *
 * Returns: bytes into the text, of the place between two letters that is nearest
 */
guint
yj_text_piece_get_offset (YjTextPiece *self,
                          double       x,
                          double       y)
{
  g_return_val_if_fail (YJ_IS_TEXT_PIECE (self), 0);

  return YJ_TEXT_PIECE_GET_IFACE (self)->get_offset (self, x, y);
}

/**
 * yj_text_piece_get_caret:
 * @self: a text piece
 * @offset: bytes into the text
 * @caret: (out): where a caret would stand, in its own coordinates
 */
void
yj_text_piece_get_caret (YjTextPiece     *self,
                         guint            offset,
                         graphene_rect_t *caret)
{
  g_return_if_fail (YJ_IS_TEXT_PIECE (self));

  YJ_TEXT_PIECE_GET_IFACE (self)->get_caret (self, offset, caret);
}

/**
 * yj_text_piece_set_marked:
 * @self: a text piece
 * @start: bytes into the text
 * @end: the same: nothing is marked
 *
 * Shows which part of the text is selected.
 */
void
yj_text_piece_set_marked (YjTextPiece *self,
                          guint        start,
                          guint        end)
{
  g_return_if_fail (YJ_IS_TEXT_PIECE (self));

  YJ_TEXT_PIECE_GET_IFACE (self)->set_marked (self, start, end);
}

/* ---- all of a document */

/**
 * yj_pieces_new:
 *
 * Returns: (transfer full): an array for [struct@Yj.Piece]
 */
GArray *
yj_pieces_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (YjPiece));
}

/**
 * yj_pieces_add:
 * @self: an array of [struct@Yj.Piece]
 * @block: a block
 * @widget: (nullable): what shows it
 *
 * Adds a leaf, or all leaves of a block whose parts are not shown.
 */
void
yj_pieces_add (GArray    *self,
               YjBlock   *block,
               GtkWidget *widget)
{
  YjPiece piece = { block, YJ_IS_TEXT_PIECE (widget) ? widget : NULL };

  if (yj_block_is_leaf (block))
    g_array_append_val (self, piece);
  else
    for (guint i = 0; block->children != NULL && i < block->children->len; i++)
      yj_pieces_add (self, g_ptr_array_index (block->children, i), NULL);
}

/**
 * yj_pieces_mark:
 * @self: all leaves of a document
 * @range: (nullable): what of it is selected
 */
void
yj_pieces_mark (GArray        *self,
                const YjRange *range)
{
  for (guint i = 0; i < self->len; i++)
    {
      YjPiece *piece = &g_array_index (self, YjPiece, i);
      guint start = 0, end = 0;

      if (piece->widget == NULL)
        continue;
      if (range != NULL)
        yj_range_in_leaf (range, i, yj_block_get_length (piece->block), &start, &end);
      yj_text_piece_set_marked (YJ_TEXT_PIECE (piece->widget), start, MAX (start, end));
    }
}

/**
 * yj_text_piece_get_colour:
 *
 * Returns: what selected text stands on
 */
GdkRGBA
yj_text_piece_get_colour (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr(GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (style);

  accent->alpha = adw_style_manager_get_high_contrast (style) ? 0.5 : 0.3;
  return *accent;
}

/* ---- labels */

static void
get_layout_origin (GtkWidget        *widget,
                   GtkLabel         *label,
                   graphene_point_t *origin)
{
  int x, y;

  gtk_label_get_layout_offsets (label, &x, &y);
  *origin = GRAPHENE_POINT_INIT (x, y);
  if (widget != GTK_WIDGET (label) && !gtk_widget_compute_point (GTK_WIDGET (label), widget, origin, origin))
    *origin = GRAPHENE_POINT_INIT (x, y);
}

/**
 * yj_label_get_offset:
 * @widget: the label or what it is in
 * @label: a label
 * @x: px, in the coordinates of @widget
 * @y: px
 *
 * Returns: bytes into the label's text, of the place that is nearest
 */
guint
yj_label_get_offset (GtkWidget *widget,
                     GtkLabel  *label,
                     double     x,
                     double     y)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  const char *text = pango_layout_get_text (layout);
  graphene_point_t origin;
  int index, trailing;

  get_layout_origin (widget, label, &origin);
  pango_layout_xy_to_index (layout, (x - origin.x) * PANGO_SCALE, (y - origin.y) * PANGO_SCALE, &index, &trailing);
  return g_utf8_offset_to_pointer (text + index, trailing) - text;
}

/**
 * yj_label_get_caret:
 * @widget: the label or what it is in
 * @label: a label
 * @offset: bytes into its text
 * @caret: (out): where a caret would stand, in the coordinates of @widget
 */
void
yj_label_get_caret (GtkWidget       *widget,
                    GtkLabel        *label,
                    guint            offset,
                    graphene_rect_t *caret)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  guint length = strlen (pango_layout_get_text (layout));
  graphene_point_t origin;
  PangoRectangle place;

  get_layout_origin (widget, label, &origin);
  pango_layout_get_cursor_pos (layout, MIN (offset, length), &place, NULL);
  graphene_rect_init (caret, origin.x + (double) place.x / PANGO_SCALE, origin.y + (double) place.y / PANGO_SCALE,
                      1, (double) place.height / PANGO_SCALE);
}

/**
 * yj_label_snapshot_marked:
 * @widget: the label's parent, which is drawn below it
 * @label: a label
 * @start: bytes into its text
 * @end: where what is marked ends
 * @snapshot: where @widget is drawn
 *
 * Draws what lies behind selected text.
 */
void
yj_label_snapshot_marked (GtkWidget   *widget,
                          GtkLabel    *label,
                          guint        start,
                          guint        end,
                          GtkSnapshot *snapshot)
{
  int range[2] = { start, end };
  GdkRGBA colour = yj_text_piece_get_colour ();
  cairo_region_t *region;
  graphene_point_t origin;

  get_layout_origin (widget, label, &origin);
  region = gdk_pango_layout_get_clip_region (gtk_label_get_layout (label), 0, 0, range, 1);
  for (int i = 0; i < cairo_region_num_rectangles (region); i++)
    {
      cairo_rectangle_int_t part;

      cairo_region_get_rectangle (region, i, &part);
      gtk_snapshot_append_color (snapshot, &colour,
                                 &GRAPHENE_RECT_INIT (origin.x + part.x, origin.y + part.y, part.width, part.height));
    }
  cairo_region_destroy (region);
}

/**
 * yj_label_get_cursor:
 *
 * Returns: (transfer none): the pointer's shape over text, one for all
 */
GdkCursor *
yj_label_get_cursor (void)
{
  static GdkCursor *cursor;

  if (cursor == NULL)
    cursor = gdk_cursor_new_from_name ("text", NULL);
  return cursor;
}
