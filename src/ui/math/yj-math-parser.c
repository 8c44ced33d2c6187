/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-parser"

#include "yj-math-parser.h"

#include <string.h>

#include "yj-math-symbols.h"

/* Reads the part of TeX that formulas in answers are written in. Whatever is not known fails as a whole: a formula with
 * something left out would be wrong without telling. */

#define MAX_DEPTH 40
#define MAX_NODES 2500

/* ---- the text */

YjMathNode *
yj_math_parser_fail (YjMathParser *self)
{
  self->failed = TRUE;
  return NULL;
}

YjMathNode *
yj_math_parser_node (YjMathParser *self,
                     YjMathKind    kind,
                     YjMathClass   class)
{
  YjMathNode *node = yj_math_node_new (kind, class);

  node->variant = self->variant;
  if (++self->nodes > MAX_NODES)
    self->failed = TRUE;
  return node;
}

void
yj_math_parser_skip_space (YjMathParser *self)
{
  while (g_ascii_isspace (*self->p) || *self->p == '%')
    if (*self->p == '%')
      self->p += strcspn (self->p, "\n");
    else
      self->p++;
}

/* The name of the command that begins here, without its backslash; @self moves behind it. */
void
yj_math_parser_command (YjMathParser *self,
                        char          name[YJ_MATH_NAME])
{
  gsize n = 0;

  self->p++;
  if (g_ascii_isalpha (*self->p))
    {
      while (g_ascii_isalpha (self->p[n]) && n < YJ_MATH_NAME - 2)
        n++;
      /* A star belongs to the few names that have one. */
      if (self->p[n] == '*' && (n == 12 || n == 6) &&
          (strncmp (self->p, "operatorname", n) == 0 || strncmp (self->p, "hspace", n) == 0))
        n++;
    }
  else if (*self->p != '\0')
    n = MIN ((gsize) (g_utf8_next_char (self->p) - self->p), YJ_MATH_NAME - 1);
  memcpy (name, self->p, n);
  name[n] = '\0';
  self->p += n;
}

/* Whether @command stands here, as a whole. */
gboolean
yj_math_parser_at (YjMathParser *self,
                   const char   *command)
{
  gsize length = strlen (command);

  return strncmp (self->p, command, length) == 0 && (!g_ascii_isalpha (command[length - 1]) || !g_ascii_isalpha (self->p[length]));
}

/* What stands between braces, as it is. */
char *
yj_math_parser_raw_group (YjMathParser *self)
{
  const char *start;
  guint depth = 0;

  yj_math_parser_skip_space (self);
  if (*self->p != '{')
    {
      yj_math_parser_fail (self);
      return NULL;
    }
  start = ++self->p;
  for (; *self->p != '\0'; self->p++)
    {
      if (*self->p == '\\' && self->p[1] != '\0')
        self->p++;
      else if (*self->p == '{')
        depth++;
      else if (*self->p == '}' && depth-- == 0)
        return g_strndup (start, self->p++ - start);
    }
  yj_math_parser_fail (self);
  return NULL;
}

/* ---- rows */

static gboolean
at_end (YjMathParser *self)
{
  return *self->p == '\0' || *self->p == '}' || *self->p == '&' || (*self->p == ']' && self->in_option) ||
         strncmp (self->p, "\\\\", 2) == 0 || yj_math_parser_at (self, "\\right") || yj_math_parser_at (self, "\\end") ||
         yj_math_parser_at (self, "\\cr");
}

static gunichar
upright_sign (gunichar c)
{
  return c == '-' ? 0x2212 : c == '*' ? 0x2217 : c == '`' ? 0x2018 : c;
}

/* A number, words in a writing without italics, or one character. */
static YjMathNode *
parse_character (YjMathParser *self)
{
  const char *start = self->p;
  gunichar c = g_utf8_get_char (start);
  YjMathNode *node = yj_math_parser_node (self, YJ_MATH_ATOM, yj_math_symbol_class (c));
  char sign[7] = { 0, };

  if (g_ascii_isdigit (c))
    while (g_ascii_isdigit (*self->p) || (*self->p == '.' && g_ascii_isdigit (self->p[1])))
      self->p++;
  else if (c >= 0x2e80)
    {
      node->kind = YJ_MATH_TEXT;
      while (g_utf8_get_char (self->p) >= 0x2e80)
        self->p = g_utf8_next_char (self->p);
    }
  else
    {
      self->p = g_utf8_next_char (self->p);
      g_unichar_to_utf8 (upright_sign (c), sign);
      node->text = g_strdup (sign);
      return node;
    }
  node->text = g_strndup (start, self->p - start);
  return node;
}

static YjMathNode *
parse_braces (YjMathParser *self)
{
  YjMathVariant variant = self->variant;
  gboolean in_option = self->in_option;
  YjMathNode *row;

  self->p++;
  self->in_option = FALSE;
  row = yj_math_parse_row (self);
  self->in_option = in_option;
  self->variant = variant;
  if (row != NULL && *self->p != '}')
    yj_math_parser_fail (self);
  else if (*self->p == '}')
    self->p++;
  return row;
}

/* One thing without the scripts behind it. */
static YjMathNode *
parse_nucleus (YjMathParser *self)
{
  switch (*self->p)
    {
    case '{':
      return parse_braces (self);
    case '\\':
      return yj_math_parse_command (self);
    case '~':
      {
        YjMathNode *space = yj_math_parser_node (self, YJ_MATH_SPACE, YJ_MATH_ORDINARY);

        space->amount = 0.33;
        self->p++;
        return space;
      }
    case '^':
    case '_':
    case '\'':
      return yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY);       /* scripts of nothing */
    case '#':
    case '$':
    case '\0':
      return yj_math_parser_fail (self);
    default:
      return parse_character (self);
    }
}

/**
 * yj_math_parse_argument:
 * @self: a parser
 *
 * Returns: (nullable) (transfer full): the group or the one thing that follows
 */
YjMathNode *
yj_math_parse_argument (YjMathParser *self)
{
  YjMathNode *node;

  yj_math_parser_skip_space (self);
  if (self->failed || ++self->depth > MAX_DEPTH || *self->p == '\0' || *self->p == '}' || *self->p == '&' ||
      *self->p == '^' || *self->p == '_')
    return yj_math_parser_fail (self);
  /* `\frac12` takes one digit each. */
  if (g_ascii_isdigit (*self->p))
    {
      node = yj_math_parser_node (self, YJ_MATH_ATOM, YJ_MATH_ORDINARY);
      node->text = g_strndup (self->p++, 1);
    }
  else
    node = parse_nucleus (self);
  self->depth--;
  return node;
}

static char *
take_primes (YjMathParser *self)
{
  GString *primes = g_string_new (NULL);

  for (; *self->p == '\''; self->p++)
    g_string_append_unichar (primes, 0x2032);
  return g_string_free_and_steal (primes);
}

/* The sign stands high by itself. */
static YjMathNode *
add_primes (YjMathParser *self,
            YjMathNode   *base,
            char         *primes)
{
  YjMathNode *row = yj_math_parser_node (self, YJ_MATH_ROW, base->class);
  YjMathNode *atom = yj_math_parser_node (self, YJ_MATH_ATOM, YJ_MATH_ORDINARY);

  atom->text = primes;
  yj_math_node_add (row, base);
  yj_math_node_add (row, atom);
  return row;
}

static YjMathNode *
parse_scripts (YjMathParser *self,
               YjMathNode   *base)
{
  g_autoptr(YjMathNode) below = NULL;
  g_autoptr(YjMathNode) above = NULL;
  g_autofree char *primes = NULL;
  YjMathNode *node;

  for (;;)
    {
      yj_math_parser_skip_space (self);
      if (yj_math_parser_at (self, "\\limits") || yj_math_parser_at (self, "\\nolimits"))
        {
          base->limits = self->p[1] == 'l' ? YJ_LIMITS_ALWAYS : YJ_LIMITS_NEVER;
          self->p += self->p[1] == 'l' ? 7 : 9;
        }
      else if (*self->p == '\'' && primes == NULL)
        primes = take_primes (self);
      else if ((*self->p == '^' && above == NULL) || (*self->p == '_' && below == NULL))
        {
          YjMathNode **target = *self->p++ == '^' ? &above : &below;

          *target = yj_math_parse_argument (self);
          if (*target == NULL)
            break;
        }
      else
        break;
    }
  if (self->failed || *self->p == '^' || *self->p == '_')
    {
      yj_math_parser_fail (self);
      return base;
    }
  if (primes != NULL)
    base = add_primes (self, base, g_steal_pointer (&primes));
  if (below == NULL && above == NULL)
    return base;
  node = yj_math_parser_node (self, YJ_MATH_SCRIPTS, base->class);
  node->limits = base->limits;
  yj_math_node_add (node, base);
  yj_math_node_add (node, g_steal_pointer (&below));
  yj_math_node_add (node, g_steal_pointer (&above));
  return node;
}

/* `a \over b`: all before against all behind. */
static YjMathNode *
parse_over (YjMathParser *self,
            YjMathNode   *above,
            gboolean      line)
{
  YjMathNode *row = yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY);
  YjMathNode *fraction = yj_math_parser_node (self, YJ_MATH_FRACTION, YJ_MATH_INNER);
  YjMathNode *below = yj_math_parse_row (self);

  fraction->amount = line;
  yj_math_node_add (fraction, above);
  yj_math_node_add (fraction, below != NULL ? below : yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY));
  yj_math_node_add (row, fraction);
  return row;
}

/* `\displaystyle` and its like hold to the end of the group. */
static YjMathNode *
parse_style (YjMathParser *self,
             int           style)
{
  YjMathNode *node = yj_math_parser_node (self, YJ_MATH_STYLE, YJ_MATH_ORDINARY);
  YjMathNode *row = yj_math_parse_row (self);

  node->amount = style;
  yj_math_node_add (node, row != NULL ? row : yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY));
  return node;
}

static int
take_style (YjMathParser *self)
{
  static const char * const styles[] = { "\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (yj_math_parser_at (self, styles[i]))
      {
        self->p += strlen (styles[i]);
        return i;
      }
  return -1;
}

/**
 * yj_math_parse_row:
 * @self: a parser
 *
 * Returns: (nullable) (transfer full): all up to what ends a group, a cell or the formula
 */
YjMathNode *
yj_math_parse_row (YjMathParser *self)
{
  g_autoptr(YjMathNode) row = yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY);

  if (self->failed || ++self->depth > MAX_DEPTH)
    return yj_math_parser_fail (self);
  for (yj_math_parser_skip_space (self); !self->failed && !at_end (self); yj_math_parser_skip_space (self))
    {
      YjMathNode *node;
      int style = take_style (self);

      if (style >= 0)
        {
          yj_math_node_add (row, parse_style (self, style));
          continue;
        }
      if (yj_math_parser_at (self, "\\over") || yj_math_parser_at (self, "\\choose"))
        {
          gboolean line = self->p[1] == 'o';

          self->p += line ? 5 : 7;
          row = parse_over (self, g_steal_pointer (&row), line);
          if (!line)
            {
              YjMathNode *fenced = yj_math_parser_node (self, YJ_MATH_FENCED, YJ_MATH_INNER);

              fenced->left = '(';
              fenced->right = ')';
              yj_math_node_add (fenced, g_steal_pointer (&row));
              row = yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY);
              yj_math_node_add (row, fenced);
            }
          continue;
        }
      node = parse_nucleus (self);
      if (node != NULL)
        yj_math_node_add (row, parse_scripts (self, node));
    }
  self->depth--;
  return self->failed ? NULL : g_steal_pointer (&row);
}

/**
 * yj_math_parse:
 * @tex: a formula without its delimiters
 *
 * Reads what TeX, LaTeX and amsmath have for formulas, without macros. In proportion to the length of @tex, and nothing
 * nests deeper than a fixed bound.
 *
 * Returns: (nullable) (transfer full): the formula, or %NULL when something in it is not known
 */
YjMathNode *
yj_math_parse (const char *tex)
{
  YjMathParser self = { .p = tex };
  g_autoptr(YjMathNode) root = NULL;

  if (strstr (tex, "\\\\") != NULL || strchr (tex, '&') != NULL)
    root = yj_math_parse_lines (&self);
  else
    root = yj_math_parse_row (&self);
  if (self.failed || *self.p != '\0')
    return NULL;
  return g_steal_pointer (&root);
}
