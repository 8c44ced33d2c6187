/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-inline-code"

#include "yj-inline-code.h"

/* The ground that code in a sentence stands on. Pango's own would be as high as the line. */

#define PADDING 2
#define RADIUS 4

static void
draw_line (PangoLayoutIter *iter,
           const YjSpan    *span,
           double           ascent,
           double           descent,
           const GdkRGBA   *ground,
           GtkSnapshot     *snapshot)
{
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  int start = pango_layout_line_get_start_index (line);
  int end = start + pango_layout_line_get_length (line);
  double baseline = (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE;
  int *ranges;
  int n;

  if ((int) span->end <= start || (int) span->start >= end)
    return;
  pango_layout_line_get_x_ranges (line, MAX (start, (int) span->start), MIN (end, (int) span->end), &ranges, &n);
  for (int i = 0; i < n; i++)
    {
      double x = (double) ranges[2 * i] / PANGO_SCALE;
      double width = (double) (ranges[2 * i + 1] - ranges[2 * i]) / PANGO_SCALE;
      GskRoundedRect rect;

      gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT (x - PADDING, baseline - ascent, width + 2 * PADDING, ascent + descent), RADIUS);
      gtk_snapshot_push_rounded_clip (snapshot, &rect);
      gtk_snapshot_append_color (snapshot, ground, &rect.bounds);
      gtk_snapshot_pop (snapshot);
    }
  g_free (ranges);
}

/* Whether the text up to @end has been seen with the line that @iter is at. */
static gboolean
reaches (PangoLayoutIter *iter,
         guint            end)
{
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);

  return end <= (guint) (pango_layout_line_get_start_index (line) + pango_layout_line_get_length (line));
}

/**
 * yj_inline_code_snapshot:
 * @block: what the label shows
 * @math: (nullable): its formulas, which are code where they cannot be drawn
 * @label: the label
 * @grown: (nullable): what is drawn in its place
 * @snapshot: where the label's origin is at 0, 0; what is drawn now lies below its text
 *
 * Draws the ground of the code in the text.
 */
void
yj_inline_code_snapshot (const YjBlock *block,
                         YjInlineMath  *math,
                         GtkLabel      *label,
                         PangoLayout   *grown,
                         GtkSnapshot   *snapshot)
{
  PangoLayout *layout = grown != NULL ? grown : gtk_label_get_layout (label);
  PangoFontMetrics *metrics = pango_context_get_metrics (pango_layout_get_context (layout), NULL, NULL);
  double ascent = (double) pango_font_metrics_get_ascent (metrics) / PANGO_SCALE;
  double descent = (double) pango_font_metrics_get_descent (metrics) / PANGO_SCALE;
  g_autoptr(PangoLayoutIter) iter = NULL;
  GdkRGBA ground;
  int left, top;

  pango_font_metrics_unref (metrics);
  gtk_widget_get_color (GTK_WIDGET (label), &ground);
  ground.alpha *= 0.09;
  gtk_label_get_layout_offsets (label, &left, &top);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (left, top));
  iter = pango_layout_get_iter (layout);
  for (guint i = 0; i < block->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (block->spans, YjSpan, i);

      if (!(span->style & YJ_STYLE_CODE) && (!(span->style & YJ_STYLE_MATH) || yj_inline_math_has (math, span)))
        continue;
      /* Both go forward: the next one begins in the line that this one ends in, or below. */
      do
        draw_line (iter, span, ascent, descent, &ground, snapshot);
      while (!reaches (iter, span->end) && pango_layout_iter_next_line (iter));
    }
  gtk_snapshot_restore (snapshot);
}
