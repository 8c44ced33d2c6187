/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-formula"

#include "yj-formula.h"

#include <pango/pangocairo.h>
#include <string.h>

#include "yj-math-layout.h"

#define MAX_LENGTH 10000        /* bytes of source */

struct _YjFormula
{
  YjMathNode    *root;
  gboolean       display;
  YjMathBox     *box;           /* NULL until set */
  GArray        *breaks;        /* of double: where a line could go on below, pixels */
  GArray        *parts;         /* of double: where each begins */
};

/**
 * yj_formula_get_delimiter:
 * @source: (array length=length): a formula with its delimiters, or a part of one
 * @length: bytes
 *
 * Returns: bytes of the delimiter on each side, 0 where there are none
 */
gsize
yj_formula_get_delimiter (const char *source,
                          gsize       length)
{
  static const char * const delimiters[][2] = { { "$$", "$$" }, { "\\(", "\\)" }, { "\\[", "\\]" }, { "$", "$" } };

  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      gsize n = strlen (delimiters[i][0]);

      if (length > 2 * n && strncmp (source, delimiters[i][0], n) == 0 && strncmp (source + length - n, delimiters[i][1], n) == 0)
        return n;
    }
  return 0;
}

/**
 * yj_formula_new:
 * @source: a formula in TeX, with or without its delimiters
 * @display: whether it stands on lines of its own
 *
 * Returns: (transfer full) (nullable): the formula, or %NULL when something in it cannot be set
 */
YjFormula *
yj_formula_new (const char *source,
                gboolean    display)
{
  gsize delimiter = yj_formula_get_delimiter (source, strlen (source));
  g_autofree char *tex = g_strndup (source + delimiter, strlen (source) - 2 * delimiter);
  g_autoptr(YjMathNode) root = strlen (tex) <= MAX_LENGTH ? yj_math_parse (tex) : NULL;
  YjFormula *self;

  if (root == NULL)
    return NULL;
  self = g_rc_box_new0 (YjFormula);
  self->root = g_steal_pointer (&root);
  self->display = display;
  self->breaks = g_array_new (FALSE, FALSE, sizeof (double));
  self->parts = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

YjFormula *
yj_formula_ref (YjFormula *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_formula (gpointer data)
{
  YjFormula *self = data;

  g_clear_pointer (&self->root, yj_math_node_free);
  g_clear_pointer (&self->box, yj_math_box_free);
  g_array_unref (self->breaks);
  g_array_unref (self->parts);
}

void
yj_formula_unref (YjFormula *self)
{
  g_rc_box_release_full (self, clear_formula);
}

/**
 * yj_formula_set:
 * @self: a formula
 * @context: the fonts around it
 * @em: size of its letters in pixels
 *
 * Lays the formula out, anew when fonts or size have changed.
 *
 * Returns: %FALSE when it is too large to be laid out
 */
gboolean
yj_formula_set (YjFormula    *self,
                PangoContext *context,
                double        em)
{
  g_clear_pointer (&self->box, yj_math_box_free);
  g_array_set_size (self->breaks, 0);
  g_array_set_size (self->parts, 0);
  self->box = yj_math_set (context, self->root, em, self->display, self->breaks);
  yj_formula_get_parts (self, G_MAXDOUBLE);
  return self->box != NULL;
}

/**
 * yj_formula_font_size:
 * @context: the fonts around a formula
 *
 * Returns: how large its letters are to be, in pixels: those of formulas look smaller than others
 */
double
yj_formula_font_size (PangoContext *context)
{
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  double resolution = pango_cairo_context_get_resolution (context);

  if (!pango_font_description_get_size_is_absolute (font))
    size *= (resolution > 0 ? resolution : 96) / 72;
  return size * 1.08;
}

/**
 * yj_formula_get_size:
 * @self: a formula that is set
 * @width: (out): pixels
 * @ascent: (out): above the baseline
 * @descent: (out): below it
 */
void
yj_formula_get_size (YjFormula *self,
                     double    *width,
                     double    *ascent,
                     double    *descent)
{
  *width = self->box->width;
  *ascent = self->box->ascent;
  *descent = self->box->descent;
}

/**
 * yj_formula_get_parts:
 * @self: a formula that is set
 * @max_width: what a part should not be wider than, pixels
 *
 * Parts the formula behind relations and operations, if it is too wide to stand in one line.
 *
 * Returns: how many parts there are
 */
guint
yj_formula_get_parts (YjFormula *self,
                      double     max_width)
{
  double start = 0;

  g_array_set_size (self->parts, 0);
  g_array_append_val (self->parts, start);
  if (self->box == NULL || self->box->width <= max_width)
    return 1;
  for (guint i = 0; i < self->breaks->len; i++)
    {
      double x = g_array_index (self->breaks, double, i);
      double next = i + 1 < self->breaks->len ? g_array_index (self->breaks, double, i + 1) : self->box->width;

      if (next - start > max_width && x > start)
        {
          start = x;
          g_array_append_val (self->parts, start);
        }
    }
  return self->parts->len;
}

/**
 * yj_formula_get_part:
 * @self: a formula that is set
 * @part: which
 * @start: (out) (optional): where in the whole it begins, pixels
 *
 * Returns: its width
 */
double
yj_formula_get_part (YjFormula *self,
                     guint      part,
                     double    *start)
{
  double begin = g_array_index (self->parts, double, part);

  if (start != NULL)
    *start = begin;
  return (part + 1 < self->parts->len ? g_array_index (self->parts, double, part + 1) : self->box->width) - begin;
}

/**
 * yj_formula_snapshot:
 * @self: a formula that is set
 * @part: which part of it
 * @snapshot: where the left end of its baseline is at 0, 0
 * @color: the ink
 *
 * Draws a part of the formula.
 */
void
yj_formula_snapshot (YjFormula     *self,
                     guint          part,
                     GtkSnapshot   *snapshot,
                     const GdkRGBA *color)
{
  double start;
  double width = yj_formula_get_part (self, part, &start);

  if (self->parts->len <= 1)
    {
      yj_math_box_snapshot (self->box, snapshot, color);
      return;
    }
  for (guint i = 0; self->box->children != NULL && i < self->box->children->len; i++)
    {
      YjMathBox *child = g_ptr_array_index (self->box->children, i);

      if (child->x < start - 0.5 || child->x >= start + width - 0.5)
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (child->x - start, child->y));
      yj_math_box_snapshot (child, snapshot, color);
      gtk_snapshot_restore (snapshot);
    }
}
