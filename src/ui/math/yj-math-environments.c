/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-environments"

#include "yj-math-parser.h"

#include <string.h>

/* What comes in rows and columns. */

#define MAX_COLUMNS 40
#define MAX_CELLS 1200

typedef struct
{
  const char *name;
  const char *aligns;           /* for all columns; NULL: centred */
  gunichar    left;
  gunichar    right;
  gboolean    tight;
  gboolean    roomy;
} Environment;

static const Environment environments[] = {
  { "matrix", NULL, 0, 0, FALSE, FALSE }, { "smallmatrix", NULL, 0, 0, FALSE, FALSE },
  { "pmatrix", NULL, '(', ')', FALSE, FALSE }, { "bmatrix", NULL, '[', ']', FALSE, FALSE },
  { "Bmatrix", NULL, '{', '}', FALSE, FALSE }, { "vmatrix", NULL, '|', '|', FALSE, FALSE },
  { "Vmatrix", NULL, 0x2016, 0x2016, FALSE, FALSE }, { "array", NULL, 0, 0, FALSE, FALSE },
  { "cases", "ll", '{', 0, FALSE, FALSE }, { "dcases", "ll", '{', 0, FALSE, TRUE }, { "rcases", "ll", 0, '}', FALSE, FALSE },
  { "aligned", NULL, 0, 0, TRUE, TRUE }, { "align", NULL, 0, 0, TRUE, TRUE }, { "align*", NULL, 0, 0, TRUE, TRUE },
  { "alignat", NULL, 0, 0, TRUE, TRUE }, { "alignat*", NULL, 0, 0, TRUE, TRUE }, { "alignedat", NULL, 0, 0, TRUE, TRUE },
  { "split", NULL, 0, 0, TRUE, TRUE }, { "eqnarray", "rcl", 0, 0, FALSE, TRUE }, { "eqnarray*", "rcl", 0, 0, FALSE, TRUE },
  { "gather", NULL, 0, 0, FALSE, TRUE }, { "gather*", NULL, 0, 0, FALSE, TRUE }, { "gathered", NULL, 0, 0, FALSE, TRUE },
  { "multline", NULL, 0, 0, FALSE, TRUE }, { "multline*", NULL, 0, 0, FALSE, TRUE },
  { "equation", NULL, 0, 0, TRUE, TRUE }, { "equation*", NULL, 0, 0, TRUE, TRUE }, { "displaymath", NULL, 0, 0, TRUE, TRUE },
};

static const Environment *
find_environment (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (environments); i++)
    if (g_str_equal (environments[i].name, name))
      return &environments[i];
  return NULL;
}

/* Behind the end of a row may stand a star, and how much room is left, which is ours to choose. */
static void
skip_row_end (YjMathParser *self)
{
  self->p += yj_math_parser_at (self, "\\cr") ? 3 : 2;
  if (*self->p == '*')
    self->p++;
  if (*self->p == '[' && strspn (self->p + 1, "0123456789.-emxptuc ") == strcspn (self->p + 1, "]"))
    {
      self->p += strcspn (self->p, "]");
      if (*self->p == ']')
        self->p++;
    }
}

static void
take_lines (YjMathParser *self,
            YjMathNode   *array,
            guint         row)
{
  for (yj_math_parser_skip_space (self); yj_math_parser_at (self, "\\hline"); yj_math_parser_skip_space (self))
    {
      self->p += strlen ("\\hline");
      if (array->lines == NULL)
        array->lines = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (array->lines, row);
    }
}

static gboolean
is_empty_row (GPtrArray *row)
{
  const YjMathNode *cell = row->len == 1 ? g_ptr_array_index (row, 0) : NULL;

  return row->len == 0 || (cell != NULL && (cell->children == NULL || cell->children->len == 0));
}

/* @rows: of arrays of cells, which move. */
static void
fill_array (YjMathParser *self,
            YjMathNode   *array,
            GPtrArray    *rows)
{
  if (rows->len > 1 && is_empty_row (g_ptr_array_index (rows, rows->len - 1)))
    g_ptr_array_set_size (rows, rows->len - 1);
  array->columns = 1;
  for (guint i = 0; i < rows->len; i++)
    array->columns = MAX (array->columns, ((GPtrArray *) g_ptr_array_index (rows, i))->len);
  if (array->columns > MAX_COLUMNS || array->columns * rows->len > MAX_CELLS)
    {
      yj_math_parser_fail (self);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      GPtrArray *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < array->columns; j++)
        yj_math_node_add (array, j < row->len ? g_steal_pointer (&g_ptr_array_index (row, j)) : NULL);
    }
}

static void
parse_cells (YjMathParser *self,
             YjMathNode   *array)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *row = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_math_node_free);
  gboolean in_option = self->in_option;
  YjMathVariant variant = self->variant;

  self->in_option = FALSE;
  g_ptr_array_add (rows, row);
  take_lines (self, array, 0);
  while (!self->failed)
    {
      YjMathNode *cell = yj_math_parse_row (self);

      self->variant = variant;
      if (cell == NULL)
        break;
      g_ptr_array_add (row, cell);
      if (*self->p == '&')
        self->p++;
      else if (strncmp (self->p, "\\\\", 2) == 0 || yj_math_parser_at (self, "\\cr"))
        {
          skip_row_end (self);
          row = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_math_node_free);
          g_ptr_array_add (rows, row);
          take_lines (self, array, rows->len - 1);
        }
      else
        break;
    }
  self->in_option = in_option;
  if (!self->failed)
    fill_array (self, array, rows);
}

/* `{l|cr}` */
static void
take_aligns (YjMathParser *self,
             YjMathNode   *array)
{
  g_autofree char *spec = yj_math_parser_raw_group (self);
  GString *aligns = g_string_new (NULL);

  for (const char *p = spec; p != NULL && *p != '\0'; p++)
    if (strchr ("lcr|", *p) != NULL)
      g_string_append_c (aligns, *p);
    else if (*p != ' ')
      yj_math_parser_fail (self);
  array->aligns = g_string_free_and_steal (aligns);
}

/* What is one line needs no array around it. */
static YjMathNode *
unwrap (YjMathNode *array)
{
  YjMathNode *only;

  if (array->children == NULL || array->children->len != 1 || array->left != 0 || array->right != 0 || array->lines != NULL)
    return array;
  only = g_steal_pointer (&g_ptr_array_index (array->children, 0));
  yj_math_node_free (array);
  return only;
}

/**
 * yj_math_parse_environment:
 * @self: a parser behind `\begin`
 *
 * Returns: (nullable) (transfer full): all up to its `\end`
 */
YjMathNode *
yj_math_parse_environment (YjMathParser *self)
{
  g_autofree char *name = yj_math_parser_raw_group (self);
  g_autofree char *end = NULL;
  const Environment *environment = name != NULL ? find_environment (name) : NULL;
  g_autoptr(YjMathNode) array = NULL;

  if (environment == NULL)
    return yj_math_parser_fail (self);
  array = yj_math_parser_node (self, YJ_MATH_ARRAY, environment->left != 0 || environment->right != 0 ? YJ_MATH_INNER : YJ_MATH_ORDINARY);
  array->left = environment->left;
  array->right = environment->right;
  array->tight = environment->tight;
  array->roomy = environment->roomy;
  array->amount = g_str_equal (name, "smallmatrix") ? 2 : 0;
  array->aligns = g_strdup (environment->aligns);
  if (g_str_equal (name, "array"))
    take_aligns (self, array);
  else if (strstr (name, "at") != NULL && g_str_has_prefix (name, "align"))
    g_free (yj_math_parser_raw_group (self));
  parse_cells (self, array);
  if (self->failed || !yj_math_parser_at (self, "\\end"))
    return yj_math_parser_fail (self);
  self->p += strlen ("\\end");
  end = yj_math_parser_raw_group (self);
  if (g_strcmp0 (name, end) != 0)
    return yj_math_parser_fail (self);
  return environment->tight ? unwrap (g_steal_pointer (&array)) : g_steal_pointer (&array);
}

/**
 * yj_math_parse_lines:
 * @self: a parser at the beginning
 *
 * Reads a formula that may have several lines without saying so: many write `a &= b \\ &= c` alone.
 *
 * Returns: (nullable) (transfer full): the lines, or the only one as it is
 */
YjMathNode *
yj_math_parse_lines (YjMathParser *self)
{
  g_autoptr(YjMathNode) array = yj_math_parser_node (self, YJ_MATH_ARRAY, YJ_MATH_ORDINARY);

  array->roomy = TRUE;
  parse_cells (self, array);
  if (self->failed)
    return NULL;
  array->tight = array->columns > 1;
  return unwrap (g_steal_pointer (&array));
}
