/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-inline-math"

#include "yj-inline-math.h"

#include <string.h>

#include "yj-formula.h"

/* A label's text keeps the source of a formula, which readers read and copying copies; its letters take up no room but
 * for the first ones, which take that of the formula's parts. The formula is drawn over that. */

#define WIDEST_UNBROKEN 14      /* em; what is wider may be parted */
#define MOST_PLACES 300         /* in one label; of more, the rest is shown as its source */
#define WIDEST_PART 300         /* px; a wider part would not fit a narrow window: the source is shown */

typedef struct
{
  YjFormula *formula;
  guint      start;             /* bytes into the text */
} Place;

struct _YjInlineMath
{
  GHashTable *formulas;         /* source → YjFormula, or NULL for one that cannot be shown */
  GArray     *places;           /* of Place, from the beginning to the end */
  guint       serial;           /* of the fonts they were set for */
};

static void
unref_formula (gpointer data)
{
  if (data != NULL)
    yj_formula_unref (data);
}

static void
clear_place (gpointer data)
{
  Place *place = data;

  yj_formula_unref (place->formula);
}

YjInlineMath *
yj_inline_math_new (void)
{
  YjInlineMath *self = g_new0 (YjInlineMath, 1);

  self->formulas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_formula);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, clear_place);
  return self;
}

void
yj_inline_math_free (YjInlineMath *self)
{
  g_array_unref (self->places);
  g_hash_table_unref (self->formulas);
  g_free (self);
}

/* Read and set once for all the times a growing text is shown. */
static YjFormula *
find_formula (YjInlineMath *self,
              GHashTable   *known,
              const char   *source,
              PangoContext *context)
{
  YjFormula *formula = NULL;
  double em = yj_formula_font_size (context);
  gpointer found;

  if (g_hash_table_lookup_extended (self->formulas, source, NULL, &found))
    return found;
  if (g_hash_table_lookup_extended (known, source, NULL, &found))
    formula = found != NULL ? yj_formula_ref (found) : NULL;
  else
    {
      formula = yj_formula_new (source, FALSE);
      if (formula != NULL && !yj_formula_set (formula, context, em))
        g_clear_pointer (&formula, yj_formula_unref);
    }
  if (formula != NULL)
    {
      guint parts = yj_formula_get_parts (formula, em * WIDEST_UNBROKEN);
      double widest = 0;

      for (guint i = 0; i < parts; i++)
        widest = MAX (widest, yj_formula_get_part (formula, i, NULL));
      if (widest > WIDEST_PART || parts > strlen (source))
        g_clear_pointer (&formula, yj_formula_unref);
    }
  g_hash_table_insert (self->formulas, g_strdup (source), formula);
  return formula;
}

static void
add (PangoAttrList  *list,
     PangoAttribute *attribute,
     guint           start,
     guint           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

/* @span: a formula: ASCII where its parts are, as it begins with its delimiter. */
static void
add_shapes (YjFormula     *formula,
            const char    *text,
            const YjSpan  *span,
            double         em,
            PangoAttrList *list)
{
  double width, ascent, descent;
  guint parts = yj_formula_get_parts (formula, em * WIDEST_UNBROKEN);
  const char *p = text + span->start;
  PangoRectangle rect = { 0, };

  yj_formula_get_size (formula, &width, &ascent, &descent);
  ascent = MAX (ascent, em * 0.7);
  descent = MAX (descent, em * 0.25);
  rect.y = -(int) (ascent * PANGO_SCALE);
  rect.height = (ascent + descent) * PANGO_SCALE;
  for (guint i = 0; i < parts; i++)
    {
      const char *next = g_utf8_next_char (p);

      rect.width = (yj_formula_get_part (formula, i, NULL) + 1) * PANGO_SCALE;
      add (list, pango_attr_shape_new (&rect, &rect), p - text, next - text);
      p = next;
    }
  rect.width = 0;
  add (list, pango_attr_shape_new (&rect, &rect), p - text, span->end);
  add (list, pango_attr_allow_breaks_new (FALSE), g_utf8_prev_char (p) - text, span->end);
  add (list, pango_attr_insert_hyphens_new (FALSE), span->start, span->end);
  if (ascent + descent > em * 1.25)
    add (list, pango_attr_line_height_new_absolute ((ascent + descent + em * 0.35) * PANGO_SCALE), span->start, span->end);
}

/**
 * yj_inline_math_update:
 * @self: the formulas of a label
 * @block: what the label shows
 * @context: its fonts
 * @attributes: grows by what makes room for the formulas
 */
void
yj_inline_math_update (YjInlineMath  *self,
                       const YjBlock *block,
                       PangoContext  *context,
                       PangoAttrList *attributes)
{
  g_autoptr(GHashTable) known = g_steal_pointer (&self->formulas);
  double em = yj_formula_font_size (context);

  self->formulas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_formula);
  if (yj_inline_math_is_stale (self, context))
    g_hash_table_remove_all (known);
  self->serial = pango_context_get_serial (context);
  g_array_set_size (self->places, 0);
  for (guint i = 0; block->spans != NULL && i < block->spans->len && self->places->len < MOST_PLACES; i++)
    {
      const YjSpan *span = &g_array_index (block->spans, YjSpan, i);
      g_autofree char *source = NULL;
      Place place = { NULL, span->start };

      if (!(span->style & YJ_STYLE_MATH))
        continue;
      source = g_strndup (block->text + span->start, span->end - span->start);
      place.formula = find_formula (self, known, source, context);
      if (place.formula == NULL)
        continue;
      yj_formula_ref (place.formula);
      g_array_append_val (self->places, place);
      add_shapes (place.formula, block->text, span, em, attributes);
    }
}

/**
 * yj_inline_math_is_stale:
 * @self: the formulas of a label
 * @context: its fonts
 *
 * Returns: whether the fonts have changed since the formulas were set
 */
gboolean
yj_inline_math_is_stale (YjInlineMath *self,
                         PangoContext *context)
{
  return self->serial != pango_context_get_serial (context);
}

static int
compare_place (gconstpointer a,
               gconstpointer b)
{
  guint one = ((const Place *) a)->start, other = ((const Place *) b)->start;

  return one < other ? -1 : one > other;
}

/**
 * yj_inline_math_has:
 * @self: the formulas of a label
 * @span: a formula of the label's block
 *
 * Returns: whether it is drawn; if not, its source is to be seen
 */
gboolean
yj_inline_math_has (YjInlineMath *self,
                    const YjSpan *span)
{
  const Place wanted = { NULL, span->start };

  return g_array_binary_search (self->places, &wanted, compare_place, NULL);
}

static gboolean
is_in_line (PangoLayoutIter *iter,
            int              index)
{
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  int start = pango_layout_line_get_start_index (line);

  return index >= start && index < start + pango_layout_line_get_length (line);
}

/**
 * yj_inline_math_snapshot:
 * @self: the formulas of a label
 * @label: the label
 * @snapshot: where the label's origin is at 0, 0
 *
 * Draws the formulas.
 */
void
yj_inline_math_snapshot (YjInlineMath *self,
                         GtkLabel     *label,
                         GtkSnapshot  *snapshot)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  g_autoptr(PangoLayoutIter) iter = NULL;
  int left, top;
  GdkRGBA color;
  double em;

  gtk_label_get_layout_offsets (label, &left, &top);
  gtk_widget_get_color (GTK_WIDGET (label), &color);
  em = yj_formula_font_size (pango_layout_get_context (layout));
  iter = pango_layout_get_iter (layout);
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      guint parts = yj_formula_get_parts (place->formula, em * WIDEST_UNBROKEN);

      for (guint part = 0; part < parts; part++)
        {
          PangoRectangle line;
          int x;

          /* Both go forward. */
          while (!is_in_line (iter, place->start + part) && pango_layout_iter_next_line (iter))
            ;
          pango_layout_iter_get_line_extents (iter, NULL, &line);
          pango_layout_line_index_to_x (pango_layout_iter_get_line_readonly (iter), place->start + part, FALSE, &x);
          gtk_snapshot_save (snapshot);
          gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (left + (float) (line.x + x) / PANGO_SCALE,
                                                                  top + (float) pango_layout_iter_get_baseline (iter) / PANGO_SCALE));
          yj_formula_snapshot (place->formula, part, snapshot, &color);
          gtk_snapshot_restore (snapshot);
        }
    }
}
