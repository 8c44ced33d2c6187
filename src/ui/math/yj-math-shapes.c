/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-shapes"

#include <math.h>

#include "yj-math-box.h"

/* Signs that are as high or as wide as what they belong to. Fonts with tables for this are not everywhere, so that
 * they are drawn: with a pen as thick as the font's lines. */

static YjMathBox *
drawn (GskPathBuilder *builder,
       double          stroke,
       double          width,
       double          ascent,
       double          descent)
{
  YjMathBox *box = yj_math_box_new ();

  box->path = gsk_path_builder_free_to_path (builder);
  box->stroke = stroke;
  box->width = width;
  box->ascent = ascent;
  box->descent = descent;
  return box;
}

/* ---- fences */

typedef struct
{
  GskPathBuilder *builder;
  double          width;
  double          top;
  double          bottom;
  double          pen;
  gboolean        mirrored;
} Fence;

static void
move_to (Fence  *fence,
         double  x,
         double  y)
{
  gsk_path_builder_move_to (fence->builder, fence->mirrored ? fence->width - x : x, y);
}

static void
line_to (Fence  *fence,
         double  x,
         double  y)
{
  gsk_path_builder_line_to (fence->builder, fence->mirrored ? fence->width - x : x, y);
}

static void
curve_to (Fence  *fence,
          double  x1,
          double  y1,
          double  x2,
          double  y2,
          double  x3,
          double  y3)
{
  double w = fence->width;

  if (fence->mirrored)
    gsk_path_builder_cubic_to (fence->builder, w - x1, y1, w - x2, y2, w - x3, y3);
  else
    gsk_path_builder_cubic_to (fence->builder, x1, y1, x2, y2, x3, y3);
}

/* Thick in the middle and thin at the ends. */
static void
draw_paren (Fence *fence)
{
  double right = fence->width - fence->pen / 2;
  double left = -fence->width * 0.1;
  double bend = (fence->bottom - fence->top) * 0.28;
  double thick = fence->pen * 1.3;

  move_to (fence, right, fence->top);
  curve_to (fence, left, fence->top + bend, left, fence->bottom - bend, right, fence->bottom);
  curve_to (fence, left + thick, fence->bottom - bend, left + thick, fence->top + bend, right, fence->top);
  gsk_path_builder_close (fence->builder);
}

static void
draw_brace (Fence *fence)
{
  double w = fence->width;
  double middle = (fence->top + fence->bottom) / 2;
  double bend = MIN (w * 0.9, (middle - fence->top) / 2);

  move_to (fence, w - fence->pen, fence->top);
  curve_to (fence, w * 0.5, fence->top, w * 0.5, fence->top, w * 0.5, fence->top + bend);
  line_to (fence, w * 0.5, middle - bend);
  curve_to (fence, w * 0.5, middle, w * 0.3, middle, fence->pen, middle);
  curve_to (fence, w * 0.3, middle, w * 0.5, middle, w * 0.5, middle + bend);
  line_to (fence, w * 0.5, fence->bottom - bend);
  curve_to (fence, w * 0.5, fence->bottom, w * 0.5, fence->bottom, w - fence->pen, fence->bottom);
}

static void
draw_arrows (Fence    *fence,
             gboolean  up,
             gboolean  down)
{
  double x = fence->width / 2;
  double head = fence->width * 0.35;

  move_to (fence, x, fence->top);
  line_to (fence, x, fence->bottom);
  for (int i = 0; i < 2; i++)
    if (i == 0 ? up : down)
      {
        double tip = i == 0 ? fence->top : fence->bottom;
        double back = tip + (i == 0 ? head : -head);

        move_to (fence, x - head, back);
        line_to (fence, x, tip);
        line_to (fence, x + head, back);
      }
}

static void
draw_lines (Fence    *fence,
            gunichar  c)
{
  double w = fence->width;
  double left = w * 0.3;
  double right = w - fence->pen;

  switch (c)
    {
    case '[': case ']': case 0x2308: case 0x2309: case 0x230a: case 0x230b:
      if (c == '[' || c == ']' || c == 0x2308 || c == 0x2309)
        {
          move_to (fence, right, fence->top);
          line_to (fence, left, fence->top);
        }
      else
        move_to (fence, left, fence->top);
      line_to (fence, left, fence->bottom);
      if (c != 0x2308 && c != 0x2309)
        line_to (fence, right, fence->bottom);
      break;
    case 0x27e8: case 0x27e9:
      move_to (fence, right, fence->top);
      line_to (fence, fence->pen, (fence->top + fence->bottom) / 2);
      line_to (fence, right, fence->bottom);
      break;
    case '/': case '\\':
      move_to (fence, right, fence->top);
      line_to (fence, fence->pen, fence->bottom);
      break;
    case 0x2016:
      move_to (fence, w * 0.3, fence->top);
      line_to (fence, w * 0.3, fence->bottom);
      move_to (fence, w * 0.7, fence->top);
      line_to (fence, w * 0.7, fence->bottom);
      break;
    default:
      move_to (fence, w / 2, fence->top);
      line_to (fence, w / 2, fence->bottom);
      break;
    }
}

/**
 * yj_math_draw_fence:
 * @c: which, as [func@Yj.math_symbol_fence] gives it
 * @ascent: how high it reaches
 * @descent: how deep
 * @em: size of the letters
 * @pen: how thick lines are
 *
 * Returns: (transfer full): the sign
 */
YjMathBox *
yj_math_draw_fence (gunichar c,
                    double   ascent,
                    double   descent,
                    double   em,
                    double   pen)
{
  double height = ascent + descent;
  Fence fence = { gsk_path_builder_new (), em * 0.36 + MIN (height * 0.04, em * 0.24), -ascent, descent, pen, FALSE };
  gboolean filled = c == '(' || c == ')';

  if (c == '|' || c == 0x2016)
    fence.width = c == '|' ? em * 0.28 : em * 0.42;
  fence.mirrored = c == ')' || c == ']' || c == '}' || c == 0x27e9 || c == 0x2309 || c == 0x230b || c == '\\';
  if (filled)
    draw_paren (&fence);
  else if (c == '{' || c == '}')
    draw_brace (&fence);
  else if (c == 0x2191 || c == 0x2193 || c == 0x2195 || c == 0x21d1 || c == 0x21d3 || c == 0x21d5)
    draw_arrows (&fence, c == 0x2191 || c == 0x2195 || c == 0x21d1 || c == 0x21d5, c == 0x2193 || c == 0x2195 || c == 0x21d3 || c == 0x21d5);
  else
    draw_lines (&fence, c);
  return drawn (fence.builder, filled ? 0 : pen, fence.width, ascent, descent);
}

/* ---- roots */

/**
 * yj_math_draw_root:
 * @body: (transfer full): what stands below the root
 * @index: (nullable) (transfer full): which root
 * @em: size of the letters
 * @pen: how thick lines are
 *
 * Returns: (transfer full): all of it
 */
YjMathBox *
yj_math_draw_root (YjMathBox *body,
                   YjMathBox *index,
                   double     em,
                   double     pen)
{
  YjMathBox *box = yj_math_box_new ();
  GskPathBuilder *thin = gsk_path_builder_new ();
  GskPathBuilder *thick = gsk_path_builder_new ();
  double gap = pen * 2.2 + em * 0.05;
  double top = -MAX (body->ascent, em * 0.45) - gap;
  double bottom = MAX (body->descent, em * 0.04) + pen;
  double sign = em * 0.62;
  double hook = bottom - MIN ((bottom - top) * 0.45, em * 0.62);
  double left = 0;

  if (index != NULL)
    {
      double height = hook - em * 0.12 - index->descent;

      left = MAX (0, index->width - em * 0.22);
      yj_math_box_add (box, index, MAX (0, em * 0.22 - index->width), height);
    }
  gsk_path_builder_move_to (thin, left + em * 0.03, hook + em * 0.06);
  gsk_path_builder_line_to (thin, left + em * 0.14, hook);
  gsk_path_builder_line_to (thin, left + em * 0.32, bottom);
  gsk_path_builder_line_to (thin, left + sign, top);
  gsk_path_builder_line_to (thin, left + sign + em * 0.06 + body->width + em * 0.06, top);
  gsk_path_builder_move_to (thick, left + em * 0.15, hook + em * 0.02);
  gsk_path_builder_line_to (thick, left + em * 0.31, bottom - pen * 0.4);
  yj_math_box_add (box, drawn (thin, pen, left + sign + em * 0.12 + body->width, -top + pen, bottom), 0, 0);
  yj_math_box_add (box, drawn (thick, pen * 1.9, 0, 0, 0), 0, 0);
  yj_math_box_add (box, body, left + sign + em * 0.06, 0);
  box->width = left + sign + em * 0.14 + body->width;
  box->ascent += pen;
  return box;
}

/* ---- accents */

static void
add_tilde (GskPathBuilder *builder,
           double          x,
           double          y,
           double          width,
           double          height)
{
  gsk_path_builder_move_to (builder, x, y);
  gsk_path_builder_cubic_to (builder, x + width * 0.3, y - height * 1.6, x + width * 0.6, y + height * 1.0, x + width, y - height);
}

static void
add_dots (GskPathBuilder *builder,
          double          middle,
          double          y,
          guint           n,
          double          em)
{
  for (guint i = 0; i < n; i++)
    gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (middle + (i - (n - 1) / 2.0) * em * 0.24, y), em * 0.062);
}

static void
add_brace (GskPathBuilder *builder,
           double          width,
           double          y,
           double          height)
{
  double middle = width / 2;
  double bend = MIN (ABS (height), width / 4);

  gsk_path_builder_move_to (builder, 0, y);
  gsk_path_builder_cubic_to (builder, 0, y - height / 2, 0, y - height / 2, bend, y - height / 2);
  gsk_path_builder_line_to (builder, middle - bend, y - height / 2);
  gsk_path_builder_cubic_to (builder, middle, y - height / 2, middle, y - height / 2, middle, y - height);
  gsk_path_builder_cubic_to (builder, middle, y - height / 2, middle, y - height / 2, middle + bend, y - height / 2);
  gsk_path_builder_line_to (builder, width - bend, y - height / 2);
  gsk_path_builder_cubic_to (builder, width, y - height / 2, width, y - height / 2, width, y);
}

static void
add_head (GskPathBuilder *builder,
          double          x,
          double          y,
          double          size)
{
  gsk_path_builder_move_to (builder, x - size, y - ABS (size) * 0.7);
  gsk_path_builder_line_to (builder, x, y);
  gsk_path_builder_line_to (builder, x - size, y + ABS (size) * 0.7);
}

/* What stands above or below all of the body. Gives how far beyond the body it reaches. */
static double
add_wide (GskPathBuilder *builder,
          YjMathAccent    accent,
          YjMathBox      *body,
          double          em,
          double          pen)
{
  double width = MAX (body->width, em * 0.4);
  double above = -body->ascent - em * 0.12;

  switch (accent)
    {
    case YJ_ACCENT_WIDE_HAT:
      gsk_path_builder_move_to (builder, 0, above);
      gsk_path_builder_line_to (builder, width / 2, above - em * 0.16);
      gsk_path_builder_line_to (builder, width, above);
      return em * 0.3;
    case YJ_ACCENT_WIDE_TILDE:
      add_tilde (builder, 0, above, width, em * 0.1);
      return em * 0.3;
    case YJ_ACCENT_OVERLINE:
      gsk_path_builder_move_to (builder, 0, above);
      gsk_path_builder_line_to (builder, width + body->italic, above);
      return em * 0.16;
    case YJ_ACCENT_UNDERLINE:
      gsk_path_builder_move_to (builder, 0, body->descent + em * 0.12);
      gsk_path_builder_line_to (builder, width, body->descent + em * 0.12);
      return em * 0.16;
    case YJ_ACCENT_OVERARROW:
    case YJ_ACCENT_OVERARROW_LEFT:
      above -= em * 0.08;
      gsk_path_builder_move_to (builder, 0, above);
      gsk_path_builder_line_to (builder, width, above);
      if (accent == YJ_ACCENT_OVERARROW)
        add_head (builder, width, above, em * 0.14);
      else
        add_head (builder, 0, above, -em * 0.14);
      return em * 0.34;
    case YJ_ACCENT_OVERBRACE:
      add_brace (builder, width, above, em * 0.26);
      return em * 0.42;
    case YJ_ACCENT_UNDERBRACE:
      add_brace (builder, width, body->descent + em * 0.12, -em * 0.26);
      return em * 0.42;
    case YJ_ACCENT_CANCEL:
      gsk_path_builder_move_to (builder, 0, body->descent + em * 0.04);
      gsk_path_builder_line_to (builder, width, -body->ascent - em * 0.04);
      return em * 0.06;
    default:
      gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (pen, -body->ascent - em * 0.3, width + em * 0.6,
                                                               body->ascent + body->descent + em * 0.6));
      return em * 0.34;
    }
}

/* What stands above the middle of a letter. Whether it is filled. */
static gboolean
add_small (GskPathBuilder *builder,
           YjMathAccent    accent,
           double          x,
           double          y,
           double          em)
{
  double half = em * 0.17;

  switch (accent)
    {
    case YJ_ACCENT_HAT:
    case YJ_ACCENT_CHECK:
      gsk_path_builder_move_to (builder, x - half, accent == YJ_ACCENT_HAT ? y : y - half * 0.8);
      gsk_path_builder_line_to (builder, x, accent == YJ_ACCENT_HAT ? y - half * 0.8 : y);
      gsk_path_builder_line_to (builder, x + half, accent == YJ_ACCENT_HAT ? y : y - half * 0.8);
      return FALSE;
    case YJ_ACCENT_TILDE:
      add_tilde (builder, x - half * 1.2, y, half * 2.4, em * 0.08);
      return FALSE;
    case YJ_ACCENT_VECTOR:
      gsk_path_builder_move_to (builder, x - half * 1.2, y - half * 0.4);
      gsk_path_builder_line_to (builder, x + half * 1.2, y - half * 0.4);
      add_head (builder, x + half * 1.2, y - half * 0.4, em * 0.1);
      return FALSE;
    case YJ_ACCENT_DOT:
    case YJ_ACCENT_DOTS:
    case YJ_ACCENT_THREE_DOTS:
      add_dots (builder, x, y - em * 0.05, accent - YJ_ACCENT_DOT + 1, em);
      return TRUE;
    case YJ_ACCENT_ACUTE:
    case YJ_ACCENT_GRAVE:
      gsk_path_builder_move_to (builder, x, y);
      gsk_path_builder_line_to (builder, accent == YJ_ACCENT_ACUTE ? x + half * 0.8 : x - half * 0.8, y - half);
      return FALSE;
    case YJ_ACCENT_BREVE:
      gsk_path_builder_move_to (builder, x - half, y - half * 0.8);
      gsk_path_builder_cubic_to (builder, x - half * 0.6, y + half * 0.2, x + half * 0.6, y + half * 0.2, x + half, y - half * 0.8);
      return FALSE;
    case YJ_ACCENT_RING:
      gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y - half * 0.5), half * 0.6);
      return FALSE;
    default:
      gsk_path_builder_move_to (builder, x - half, y - half * 0.2);
      gsk_path_builder_line_to (builder, x + half, y - half * 0.2);
      return FALSE;
    }
}

/**
 * yj_math_draw_accent:
 * @accent: which
 * @body: (transfer full): what it belongs to
 * @em: size of the letters
 * @pen: how thick lines are
 *
 * Returns: (transfer full): the body with the accent
 */
YjMathBox *
yj_math_draw_accent (YjMathAccent  accent,
                     YjMathBox    *body,
                     double        em,
                     double        pen)
{
  YjMathBox *box = yj_math_box_new ();
  GskPathBuilder *builder = gsk_path_builder_new ();
  double width = body->width;
  double ascent = body->ascent;
  double descent = body->descent;
  gboolean filled = FALSE;

  box->italic = body->italic;
  if (accent >= YJ_ACCENT_WIDE_HAT)
    {
      double beyond = add_wide (builder, accent, body, em, pen);

      if (accent == YJ_ACCENT_UNDERLINE || accent == YJ_ACCENT_UNDERBRACE || accent == YJ_ACCENT_BOX)
        descent += beyond;
      if (accent != YJ_ACCENT_UNDERLINE && accent != YJ_ACCENT_UNDERBRACE)
        ascent += beyond;
      width = MAX (width, em * 0.4) + (accent == YJ_ACCENT_BOX ? em * 0.6 + pen * 2 : 0);
      yj_math_box_add (box, body, accent == YJ_ACCENT_BOX ? em * 0.3 + pen : 0, 0);
    }
  else
    {
      filled = add_small (builder, accent, width / 2 + body->italic * 0.7 + em * 0.02, -ascent - em * 0.1, em);
      ascent += em * 0.28;
      yj_math_box_add (box, body, 0, 0);
    }
  yj_math_box_add (box, drawn (builder, filled ? 0 : pen, width, ascent, descent), 0, 0);
  return box;
}

/**
 * yj_math_draw_arrow:
 * @c: `→`, `←`, `↔`, `⇒` or `=`
 * @width: how long it is
 * @axis: how high it lies
 * @em: size of the letters
 * @pen: how thick lines are
 *
 * Returns: (transfer full): the arrow
 */
YjMathBox *
yj_math_draw_arrow (gunichar c,
                    double   width,
                    double   axis,
                    double   em,
                    double   pen)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  gboolean is_double = c == 0x21d2 || c == '=';
  double margin = em * 0.06;

  for (int i = is_double ? -1 : 0; i <= (is_double ? 1 : 0); i += 2)
    {
      gsk_path_builder_move_to (builder, margin, -axis + i * em * 0.08);
      gsk_path_builder_line_to (builder, width - margin - (c == 0x21d2 ? em * 0.08 : 0), -axis + i * em * 0.08);
    }
  if (c == 0x2192 || c == 0x2194 || c == 0x21d2)
    add_head (builder, width - margin, -axis, em * 0.2);
  if (c == 0x2190 || c == 0x2194)
    add_head (builder, margin, -axis, -em * 0.2);
  return drawn (builder, pen, width, axis + em * 0.16, 0);
}
