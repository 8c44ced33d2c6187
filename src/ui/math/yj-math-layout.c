/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-layout"

#include "yj-math-layout.h"

#include "yj-math-symbols.h"

/* Sets formulas by the rules of the TeXbook's appendix G, with fewer numbers: fonts here have no tables of them. */

#define MAX_BOXES 6000

/* Space between neighbours in eighteenths of an em; less than 0: not in scripts. */
static const signed char spaces[8][8] = {
  /*               ord  op  bin rel open close punct inner */
  /* ordinary */ { 0, 3, -4, -5, 0, 0, 0, -3 },
  /* operator */ { 3, 3, 0, -5, 0, 0, 0, -3 },
  /* binary   */ { -4, -4, 0, 0, -4, 0, 0, -4 },
  /* relation */ { -5, -5, 0, 0, -5, 0, 0, -5 },
  /* open     */ { 0, 0, 0, 0, 0, 0, 0, 0 },
  /* close    */ { 0, 3, -4, -5, 0, 0, 0, -3 },
  /* punct    */ { -3, -3, 0, -3, -3, -3, -3, -3 },
  /* inner    */ { -3, 3, -4, -5, -3, 0, -3, -3 },
};

double
yj_math_em (const YjMathSetter *self,
            int                 style)
{
  static const double sizes[] = { 1, 1, 0.72, 0.58 };

  return self->em * sizes[CLAMP (style, 0, 3)];
}

double
yj_math_axis (const YjMathSetter *self,
              int                 style)
{
  return self->axis * yj_math_em (self, style);
}

double
yj_math_pen (const YjMathSetter *self,
             int                 style)
{
  return MAX (0.9, yj_math_em (self, style) * 0.055);
}

static int
smaller (int style)
{
  return style < YJ_MATH_SCRIPT ? YJ_MATH_SCRIPT : 3;
}

static YjMathBox *
set_child (YjMathSetter     *self,
           const YjMathNode *node,
           guint             i,
           int               style)
{
  const YjMathNode *child = yj_math_node_child (node, i);

  return child != NULL ? yj_math_set_node (self, child, style) : NULL;
}

static YjMathBox *
set_child_or_empty (YjMathSetter     *self,
                    const YjMathNode *node,
                    guint             i,
                    int               style)
{
  YjMathBox *box = set_child (self, node, i, style);

  return box != NULL ? box : yj_math_box_new ();
}

/* ---- scripts */

static void
stack_limits (YjMathSetter *self,
              YjMathBox    *box,
              YjMathBox    *base,
              YjMathBox    *below,
              YjMathBox    *above,
              int           style)
{
  double gap = yj_math_em (self, style) * 0.14;
  double width = MAX (base->width, MAX (below != NULL ? below->width : 0, above != NULL ? above->width : 0));
  double ascent = base->ascent;
  double descent = base->descent;
  double lean = base->italic / 2;

  yj_math_box_add (box, base, (width - base->width) / 2, 0);
  if (above != NULL)
    yj_math_box_add (box, above, (width - above->width) / 2 + lean, -ascent - gap - above->descent);
  if (below != NULL)
    yj_math_box_add (box, below, MAX (0, (width - below->width) / 2 - lean), descent + gap + below->ascent);
  box->width = MAX (box->width, width);
}

static void
attach_scripts (YjMathSetter     *self,
                YjMathBox        *box,
                const YjMathNode *base_node,
                YjMathBox        *base,
                YjMathBox        *below,
                YjMathBox        *above,
                int               style)
{
  double em = yj_math_em (self, style);
  double up = MAX (em * 0.4, base->ascent - em * 0.3);
  double down = MAX (em * 0.16, base->descent + em * 0.06);
  double x = base->width;
  double italic = base->italic;
  gboolean integral = base_node->large && base_node->limits == YJ_LIMITS_NEVER;

  yj_math_box_add (box, base, 0, 0);
  if (above != NULL)
    up = MAX (up, above->descent + em * self->x_height * 0.3);
  if (below != NULL)
    down = MAX (down, below->ascent - em * self->x_height * 0.8);
  if (above != NULL && below != NULL)
    {
      double gap = (up - above->descent) + (down - below->ascent);

      down += MAX (0, em * 0.2 - gap);
    }
  if (above != NULL)
    yj_math_box_add (box, above, x + italic + em * 0.04, -up);
  if (below != NULL)
    yj_math_box_add (box, below, x + (integral ? -em * 0.08 : em * 0.02), down);
  box->width += em * 0.06;
}

static YjMathBox *
set_scripts (YjMathSetter     *self,
             const YjMathNode *node,
             int               style)
{
  const YjMathNode *base_node = yj_math_node_child (node, 0);
  YjMathBox *box = yj_math_box_new ();
  YjMathBox *base = yj_math_set_node (self, base_node, style);
  YjMathBox *below = set_child (self, node, 1, smaller (style));
  YjMathBox *above = set_child (self, node, 2, smaller (style));

  if (node->limits == YJ_LIMITS_ALWAYS || (node->limits == YJ_LIMITS_DISPLAY && style == YJ_MATH_DISPLAY))
    stack_limits (self, box, base, below, above, style);
  else
    attach_scripts (self, box, base_node, base, below, above, style);
  return box;
}

/* ---- the kinds */

static YjMathBox *
set_atom (YjMathSetter     *self,
          const YjMathNode *node,
          int               style)
{
  YjMathBox *box, *raised;
  gboolean integral = node->limits == YJ_LIMITS_NEVER;

  if (!node->large)
    return yj_math_set_text (self, node, style, 1);
  box = yj_math_set_text (self, node, style, style == YJ_MATH_DISPLAY ? (integral ? 1.9 : 1.6) : 1.2);
  raised = yj_math_box_new ();
  raised->italic = box->italic;
  yj_math_box_add (raised, box, 0, (box->ascent - box->descent) / 2 - yj_math_axis (self, style));
  return raised;
}

static YjMathBox *
set_fraction (YjMathSetter     *self,
              const YjMathNode *node,
              int               style)
{
  double em = yj_math_em (self, style);
  double axis = yj_math_axis (self, style);
  double pen = node->amount > 0 ? yj_math_pen (self, style) : 0;
  double gap = style == YJ_MATH_DISPLAY ? em * 0.17 : em * 0.1;
  YjMathBox *above = set_child_or_empty (self, node, 0, style == YJ_MATH_DISPLAY ? 1 : smaller (style));
  YjMathBox *below = set_child_or_empty (self, node, 1, style == YJ_MATH_DISPLAY ? 1 : smaller (style));
  double width = MAX (above->width, below->width) + em * 0.2;
  double margin = em * 0.06;
  double up = MAX (axis + pen / 2 + gap + above->descent, em * (style == YJ_MATH_DISPLAY ? 0.68 : 0.42));
  double down = MAX (gap + pen / 2 - axis + below->ascent, em * (style == YJ_MATH_DISPLAY ? 0.68 : 0.36));
  YjMathBox *box = yj_math_box_new ();

  if (pen > 0)
    yj_math_box_add (box, yj_math_box_rule (width, pen / 2, pen / 2), margin, -axis);
  yj_math_box_add (box, above, margin + (width - above->width) / 2, -up);
  yj_math_box_add (box, below, margin + (width - below->width) / 2, down);
  box->width = width + margin * 2;
  return box;
}

static YjMathBox *
set_root (YjMathSetter     *self,
          const YjMathNode *node,
          int               style)
{
  YjMathBox *body = set_child_or_empty (self, node, 0, MAX (style, 1));

  return yj_math_draw_root (body, set_child (self, node, 1, 3), yj_math_em (self, style), yj_math_pen (self, style));
}

/* A fence that has the room from @ascent to @descent: a sign of the font where that is high enough. */
static YjMathBox *
set_fence (YjMathSetter *self,
           gunichar      c,
           double        ascent,
           double        descent,
           int           style)
{
  double em = yj_math_em (self, style);
  double axis = yj_math_axis (self, style);
  double half = MAX (ascent - axis, descent + axis);
  double needed = MAX (half * 2 * 0.92, half * 2 - em * 0.4);

  if (c == '.' || c == 0)
    {
      YjMathBox *empty = yj_math_box_new ();

      empty->width = em * 0.08;
      return empty;
    }
  if (needed < em * 1.15)
    {
      g_autoptr(YjMathNode) node = yj_math_node_new (YJ_MATH_ATOM, YJ_MATH_ORDINARY);
      char text[7] = { 0, };
      YjMathBox *box = yj_math_box_new ();
      YjMathBox *glyph;

      g_unichar_to_utf8 (c, text);
      node->text = g_strdup (text);
      node->variant = YJ_MATH_UPRIGHT;
      glyph = yj_math_set_text (self, node, style, 1);
      yj_math_box_add (box, glyph, 0, (glyph->ascent - glyph->descent) / 2 - axis);
      return box;
    }
  self->boxes++;
  return yj_math_draw_fence (c, axis + needed / 2, needed / 2 - axis, em, yj_math_pen (self, style) * 1.1);
}

YjMathBox *
yj_math_set_fences (YjMathSetter *self,
                    YjMathBox    *body,
                    gunichar      left,
                    gunichar      right,
                    int           style)
{
  YjMathBox *box = yj_math_box_new ();
  double ascent = body->ascent;
  double descent = body->descent;

  yj_math_box_add (box, set_fence (self, left, ascent, descent, style), 0, 0);
  yj_math_box_add (box, body, box->width, 0);
  yj_math_box_add (box, set_fence (self, right, ascent, descent, style), box->width, 0);
  return box;
}

static gboolean
has_middle (const YjMathNode *row)
{
  for (guint i = 0; row->children != NULL && i < row->children->len; i++)
    {
      const YjMathNode *child = yj_math_node_child (row, i);

      if (child != NULL && child->kind == YJ_MATH_FENCE && child->amount <= 0)
        return TRUE;
    }
  return FALSE;
}

static YjMathBox *
set_fenced (YjMathSetter     *self,
            const YjMathNode *node,
            int               style)
{
  double ascent = self->fence_ascent;
  double descent = self->fence_descent;
  YjMathBox *body;

  self->fence_ascent = self->fence_descent = 0;
  body = set_child_or_empty (self, node, 0, style);
  if (yj_math_node_child (node, 0) != NULL && has_middle (yj_math_node_child (node, 0)))
    {
      self->fence_ascent = body->ascent;
      self->fence_descent = body->descent;
      yj_math_box_free (body);
      body = set_child_or_empty (self, node, 0, style);
    }
  self->fence_ascent = ascent;
  self->fence_descent = descent;
  return yj_math_set_fences (self, body, node->left, node->right, style);
}

static YjMathBox *
set_single_fence (YjMathSetter     *self,
                  const YjMathNode *node,
                  int               style)
{
  double axis = yj_math_axis (self, style);
  double half = node->amount * yj_math_em (self, style) / 2;

  if (node->amount > 0)
    return set_fence (self, node->left, axis + half, half - axis, style);
  return set_fence (self, node->left, self->fence_ascent, self->fence_descent, style);
}

static YjMathBox *
set_accent (YjMathSetter     *self,
            const YjMathNode *node,
            int               style)
{
  YjMathBox *body = set_child_or_empty (self, node, 0, style);

  self->boxes++;
  return yj_math_draw_accent (node->accent, body, yj_math_em (self, style), yj_math_pen (self, style));
}

static YjMathBox *
set_stack (YjMathSetter     *self,
           const YjMathNode *node,
           int               style)
{
  YjMathBox *box = yj_math_box_new ();

  stack_limits (self, box, set_child_or_empty (self, node, 0, style), set_child (self, node, 1, smaller (style)),
                set_child (self, node, 2, smaller (style)), style);
  return box;
}

static YjMathBox *
set_arrow (YjMathSetter     *self,
           const YjMathNode *node,
           int               style)
{
  double em = yj_math_em (self, style);
  YjMathBox *above = set_child_or_empty (self, node, 0, smaller (style));
  YjMathBox *below = set_child (self, node, 1, smaller (style));
  double width = MAX (em * 1.6, MAX (above->width, below != NULL ? below->width : 0) + em);
  YjMathBox *box = yj_math_box_new ();

  stack_limits (self, box, yj_math_draw_arrow (node->left, width, yj_math_axis (self, style), em, yj_math_pen (self, style)),
                below, above, style);
  return box;
}

static YjMathBox *
set_phantom (YjMathSetter     *self,
             const YjMathNode *node,
             int               style)
{
  YjMathBox *box = set_child_or_empty (self, node, 0, style);

  g_clear_pointer (&box->children, g_ptr_array_unref);
  g_clear_pointer (&box->path, gsk_path_unref);
  g_clear_object (&box->layout);
  box->rule = FALSE;
  return box;
}

YjMathBox *
yj_math_set_node (YjMathSetter     *self,
                  const YjMathNode *node,
                  int               style)
{
  YjMathBox *box;

  if (++self->boxes > MAX_BOXES)
    return yj_math_box_new ();
  switch (node->kind)
    {
    case YJ_MATH_ATOM:
      return set_atom (self, node, style);
    case YJ_MATH_TEXT:
      return yj_math_set_text (self, node, style, 0.96);
    case YJ_MATH_SPACE:
      box = yj_math_box_new ();
      box->width = node->amount * yj_math_em (self, style);
      return box;
    case YJ_MATH_SCRIPTS:
      return set_scripts (self, node, style);
    case YJ_MATH_FRACTION:
      return set_fraction (self, node, style);
    case YJ_MATH_ROOT:
      return set_root (self, node, style);
    case YJ_MATH_FENCED:
      return set_fenced (self, node, style);
    case YJ_MATH_FENCE:
      return set_single_fence (self, node, style);
    case YJ_MATH_ACCENT:
      return set_accent (self, node, style);
    case YJ_MATH_STACK:
      return set_stack (self, node, style);
    case YJ_MATH_ARROW:
      return set_arrow (self, node, style);
    case YJ_MATH_ARRAY:
      return yj_math_set_array (self, node, style);
    case YJ_MATH_STYLE:
      return set_child_or_empty (self, node, 0, node->amount);
    case YJ_MATH_PHANTOM:
      return set_phantom (self, node, style);
    case YJ_MATH_ROW:
      break;
    }
  return yj_math_set_row (self, node, style, NULL);
}

/* ---- rows */

/* What does not count as a neighbour. */
static gboolean
is_transparent (const YjMathNode *node)
{
  return node->kind == YJ_MATH_SPACE || (node->kind == YJ_MATH_ROW && (node->children == NULL || node->children->len == 0));
}

/* A plus with nothing on one side is a sign and no operation. */
static void
find_classes (const YjMathNode *row,
              YjMathClass      *classes)
{
  int last = -1;

  for (guint i = 0; i < row->children->len; i++)
    {
      const YjMathNode *node = yj_math_node_child (row, i);
      YjMathClass before = last >= 0 ? classes[last] : YJ_MATH_OPEN;

      classes[i] = node->class;
      if (is_transparent (node))
        continue;
      if (node->class == YJ_MATH_BINARY && (before == YJ_MATH_BINARY || before == YJ_MATH_OPERATOR || before == YJ_MATH_RELATION ||
                                            before == YJ_MATH_OPEN || before == YJ_MATH_PUNCTUATION))
        classes[i] = YJ_MATH_ORDINARY;
      if (last >= 0 && before == YJ_MATH_BINARY &&
          (node->class == YJ_MATH_RELATION || node->class == YJ_MATH_CLOSE || node->class == YJ_MATH_PUNCTUATION))
        classes[last] = YJ_MATH_ORDINARY;
      last = i;
    }
  if (last >= 0 && classes[last] == YJ_MATH_BINARY)
    classes[last] = YJ_MATH_ORDINARY;
}

/* @breaks: (nullable): of double: gets the places where a line could go on below. */
YjMathBox *
yj_math_set_row (YjMathSetter     *self,
                 const YjMathNode *row,
                 int               style,
                 GArray           *breaks)
{
  YjMathBox *box = yj_math_box_new ();
  g_autofree YjMathClass *classes = NULL;
  int last = -1;
  double x = 0;

  if (row->children == NULL || row->children->len == 0)
    return box;
  classes = g_new0 (YjMathClass, row->children->len);
  find_classes (row, classes);
  for (guint i = 0; i < row->children->len; i++)
    {
      const YjMathNode *node = yj_math_node_child (row, i);
      YjMathBox *child = yj_math_set_node (self, node, style);
      double italic = child->italic;

      if (last >= 0 && !is_transparent (node))
        {
          int space = spaces[classes[last]][classes[i]];

          x += (space > 0 || style < YJ_MATH_SCRIPT ? ABS (space) : 0) * yj_math_em (self, style) / 18;
          if (breaks != NULL && (classes[last] == YJ_MATH_RELATION || classes[last] == YJ_MATH_BINARY || classes[last] == YJ_MATH_PUNCTUATION))
            g_array_append_val (breaks, x);
        }
      if (!is_transparent (node))
        last = i;
      x = MAX (0, x);
      yj_math_box_add (box, child, x, 0);
      x += child->width;
      box->italic = italic;
      /* A letter that leans out must not touch what stands upright behind it. */
      if (i + 1 < row->children->len)
        x += italic * 0.6;
    }
  box->width = MAX (x, 0);
  return box;
}

/* ---- all of it */

static void
measure_font (YjMathSetter *self)
{
  g_autoptr(YjMathNode) node = yj_math_node_new (YJ_MATH_ATOM, YJ_MATH_ORDINARY);
  g_autoptr(YjMathBox) plus = NULL;
  g_autoptr(YjMathBox) x = NULL;

  node->variant = YJ_MATH_UPRIGHT;
  node->text = g_strdup ("+");
  plus = yj_math_set_text (self, node, 0, 1);
  g_set_str (&node->text, "x");
  x = yj_math_set_text (self, node, 0, 1);
  self->axis = CLAMP ((plus->ascent - plus->descent) / 2 / self->em, 0.15, 0.4);
  self->x_height = CLAMP (x->ascent / self->em, 0.3, 0.7);
}

/**
 * yj_math_set:
 * @context: the fonts
 * @root: a formula
 * @em: size of its letters in pixels
 * @display: whether it stands on lines of its own
 * @breaks: (nullable) (element-type double): gets the places, in pixels, where the outermost row could be broken
 *
 * Returns: (nullable) (transfer full): the formula as it is to be drawn, or %NULL when it is too large
 */
YjMathBox *
yj_math_set (PangoContext     *context,
             const YjMathNode *root,
             double            em,
             gboolean          display,
             GArray           *breaks)
{
  YjMathSetter self = { .context = context, .em = em };
  YjMathBox *box;

  measure_font (&self);
  if (root->kind == YJ_MATH_ROW)
    box = yj_math_set_row (&self, root, display ? YJ_MATH_DISPLAY : 1, breaks);
  else
    box = yj_math_set_node (&self, root, display ? YJ_MATH_DISPLAY : 1);
  box->width += box->italic;
  if (self.boxes > MAX_BOXES)
    g_clear_pointer (&box, yj_math_box_free);
  return box;
}
