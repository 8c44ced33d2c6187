/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-box"

#include "yj-math-box.h"

/**
 * yj_math_box_new:
 *
 * Returns: (transfer full): an empty one without a size
 */
YjMathBox *
yj_math_box_new (void)
{
  return g_new0 (YjMathBox, 1);
}

void
yj_math_box_free (YjMathBox *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->layout);
  g_clear_pointer (&self->path, gsk_path_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/**
 * yj_math_box_add:
 * @self: a box, which grows around @child
 * @child: (transfer full): what to put into it
 * @x: where its origin is to be
 * @y: likewise
 */
void
yj_math_box_add (YjMathBox *self,
                 YjMathBox *child,
                 double     x,
                 double     y)
{
  if (self->children == NULL)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_math_box_free);
  child->x = x;
  child->y = y;
  self->width = MAX (self->width, x + child->width);
  self->ascent = MAX (self->ascent, child->ascent - y);
  self->descent = MAX (self->descent, child->descent + y);
  g_ptr_array_add (self->children, child);
}

/**
 * yj_math_box_rule:
 * @width: its width
 * @ascent: above the baseline
 * @descent: below it
 *
 * Returns: (transfer full): a filled rectangle
 */
YjMathBox *
yj_math_box_rule (double width,
                  double ascent,
                  double descent)
{
  YjMathBox *self = yj_math_box_new ();

  self->width = width;
  self->ascent = ascent;
  self->descent = descent;
  self->rule = TRUE;
  return self;
}

/**
 * yj_math_box_snapshot:
 * @self: a box
 * @snapshot: where its origin is at 0, 0
 * @color: the ink
 *
 * Draws the box and all in it.
 */
void
yj_math_box_snapshot (YjMathBox     *self,
                      GtkSnapshot   *snapshot,
                      const GdkRGBA *color)
{
  if (self->rule)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT (0, -self->ascent, self->width, self->ascent + self->descent));
  if (self->layout != NULL)
    {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, -self->baseline));
      gtk_snapshot_append_layout (snapshot, self->layout, color);
      gtk_snapshot_restore (snapshot);
    }
  if (self->path != NULL && self->stroke > 0)
    {
      g_autoptr(GskStroke) stroke = gsk_stroke_new (self->stroke);

      gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
      gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
      gtk_snapshot_append_stroke (snapshot, self->path, stroke, color);
    }
  else if (self->path != NULL)
    gtk_snapshot_append_fill (snapshot, self->path, GSK_FILL_RULE_WINDING, color);
  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    {
      YjMathBox *child = g_ptr_array_index (self->children, i);

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (child->x, child->y));
      yj_math_box_snapshot (child, snapshot, color);
      gtk_snapshot_restore (snapshot);
    }
}
