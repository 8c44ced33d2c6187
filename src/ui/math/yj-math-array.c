/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-array"

#include <string.h>

#include "yj-math-layout.h"

typedef struct
{
  guint       rows;
  guint       columns;
  YjMathBox **cells;
  double     *widths;           /* of the columns */
  double     *ascents;          /* of the rows */
  double     *descents;
} Grid;

static char
get_align (const YjMathNode *node,
           guint             column)
{
  guint n = 0;

  if (node->tight)
    return column % 2 == 0 ? 'r' : 'l';
  for (const char *p = node->aligns; p != NULL && *p != '\0'; p++)
    if (*p != '|' && n++ == column)
      return *p;
  return 'c';
}

/* Whether a line stands before this column; behind the last is that of one more. */
static gboolean
has_line (const YjMathNode *node,
          guint             column)
{
  guint n = 0;

  for (const char *p = node->aligns; p != NULL && *p != '\0'; p++)
    if (*p == '|' && n == column)
      return TRUE;
    else if (*p != '|')
      n++;
  return FALSE;
}

static double
get_gap (YjMathSetter     *self,
         const YjMathNode *node,
         guint             column,
         int               style)
{
  double em = yj_math_em (self, style);

  if (column == 0)
    return has_line (node, 0) ? em * 0.4 : 0;
  if (node->tight)
    return column % 2 == 1 ? 0 : em * 1.6;
  return em * (style >= YJ_MATH_SCRIPT ? 0.5 : 0.95);
}

static void
set_cells (YjMathSetter     *self,
           const YjMathNode *node,
           Grid             *grid,
           int               style)
{
  double em = yj_math_em (self, style);

  for (guint i = 0; i < grid->rows * grid->columns; i++)
    {
      const YjMathNode *cell = yj_math_node_child (node, i);
      guint row = i / grid->columns;
      guint column = i % grid->columns;
      YjMathBox *box = cell != NULL ? yj_math_set_node (self, cell, style) : yj_math_box_new ();

      /* What follows the mark of an aligned formula is nearly always a relation, and has its space before it. */
      if (node->tight && column % 2 == 1 && cell != NULL && cell->children != NULL && cell->children->len > 0 &&
          yj_math_node_child (cell, 0)->class == YJ_MATH_RELATION)
        {
          YjMathBox *spaced = yj_math_box_new ();

          yj_math_box_add (spaced, box, em * 5 / 18, 0);
          box = spaced;
        }
      grid->cells[i] = box;
      grid->widths[column] = MAX (grid->widths[column], box->width);
      grid->ascents[row] = MAX (grid->ascents[row], MAX (box->ascent, em * 0.68));
      grid->descents[row] = MAX (grid->descents[row], MAX (box->descent, em * 0.24));
    }
}

static void
place_cells (YjMathSetter     *self,
             const YjMathNode *node,
             Grid             *grid,
             YjMathBox        *box,
             int               style)
{
  double em = yj_math_em (self, style);
  double leading = em * (style >= YJ_MATH_SCRIPT ? 0.1 : node->roomy ? 0.42 : 0.32);
  double pen = yj_math_pen (self, style);
  double height = 0;
  double width = 0;
  double y;

  for (guint row = 0; row < grid->rows; row++)
    height += grid->ascents[row] + grid->descents[row] + (row > 0 ? leading : 0);
  for (guint column = 0; column < grid->columns; column++)
    width += get_gap (self, node, column, style) + grid->widths[column];
  width += has_line (node, grid->columns) ? em * 0.4 : 0;

  y = -yj_math_axis (self, style) - height / 2;
  for (guint row = 0; row < grid->rows; row++)
    {
      double x = 0;

      for (guint i = 0; node->lines != NULL && i < node->lines->len; i++)
        if (g_array_index (node->lines, guint, i) == row)
          yj_math_box_add (box, yj_math_box_rule (width, pen / 2, pen / 2), 0, row > 0 ? y - leading / 2 : y - em * 0.1);
      y += grid->ascents[row];
      for (guint column = 0; column < grid->columns; column++)
        {
          YjMathBox *cell = grid->cells[row * grid->columns + column];
          char align = get_align (node, column);
          double room = grid->widths[column] - cell->width;

          x += get_gap (self, node, column, style);
          yj_math_box_add (box, cell, x + (align == 'r' ? room : align == 'c' ? room / 2 : 0), y);
          x += grid->widths[column];
        }
      y += grid->descents[row] + leading;
    }
  for (guint i = 0; node->lines != NULL && i < node->lines->len; i++)
    if (g_array_index (node->lines, guint, i) == grid->rows)
      yj_math_box_add (box, yj_math_box_rule (width, pen / 2, pen / 2), 0, y - leading + em * 0.1);
  box->width = MAX (box->width, width);
}

static void
add_column_lines (YjMathSetter     *self,
                  const YjMathNode *node,
                  Grid             *grid,
                  YjMathBox        *box,
                  int               style)
{
  double pen = yj_math_pen (self, style);
  double ascent = box->ascent;
  double descent = box->descent;
  double x = 0;

  for (guint column = 0; column <= grid->columns; column++)
    {
      double gap = column < grid->columns ? get_gap (self, node, column, style) : 0;

      if (has_line (node, column))
        yj_math_box_add (box, yj_math_box_rule (pen, ascent, descent),
                         column == 0 ? 0 : column < grid->columns ? x + gap / 2 : box->width - pen, 0);
      x += gap + (column < grid->columns ? grid->widths[column] : 0);
    }
}

YjMathBox *
yj_math_set_array (YjMathSetter     *self,
                   const YjMathNode *node,
                   int               style)
{
  guint n = node->children != NULL ? node->children->len : 0;
  guint columns = MAX (node->columns, 1);
  Grid grid = { .rows = n / columns, .columns = columns };
  YjMathBox *box = yj_math_box_new ();

  style = MAX (node->roomy ? style : MAX (style, 1), (int) node->amount);
  grid.cells = g_new0 (YjMathBox *, grid.rows * columns);
  grid.widths = g_new0 (double, columns);
  grid.ascents = g_new0 (double, grid.rows);
  grid.descents = g_new0 (double, grid.rows);
  set_cells (self, node, &grid, style);
  place_cells (self, node, &grid, box, style);
  add_column_lines (self, node, &grid, box, style);
  g_free (grid.cells);
  g_free (grid.widths);
  g_free (grid.ascents);
  g_free (grid.descents);
  if (node->left != 0 || node->right != 0)
    return yj_math_set_fences (self, box, node->left, node->right, style);
  return box;
}
