/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-commands"

#include "yj-math-parser.h"

#include <string.h>

#include "yj-math-symbols.h"

/* What follows a backslash. Each command is read by a function that is told which of its like it is. */

typedef YjMathNode *(*Reader) (YjMathParser *self,
                               int           detail);

static YjMathNode *
read_fraction (YjMathParser *self,
               int           style)
{
  YjMathNode *fraction = yj_math_parser_node (self, YJ_MATH_FRACTION, YJ_MATH_INNER);
  YjMathNode *node = fraction;

  fraction->amount = 1;
  yj_math_node_add (fraction, yj_math_parse_argument (self));
  yj_math_node_add (fraction, yj_math_parse_argument (self));
  if (style >= 0)
    {
      node = yj_math_parser_node (self, YJ_MATH_STYLE, YJ_MATH_INNER);
      node->amount = style;
      yj_math_node_add (node, fraction);
    }
  return node;
}

static YjMathNode *
read_binomial (YjMathParser *self,
               int           style)
{
  YjMathNode *node = read_fraction (self, style);
  YjMathNode *fraction = node->kind == YJ_MATH_STYLE ? yj_math_node_child (node, 0) : node;
  YjMathNode *fenced = yj_math_parser_node (self, YJ_MATH_FENCED, YJ_MATH_INNER);

  fraction->amount = 0;
  fenced->left = '(';
  fenced->right = ')';
  yj_math_node_add (fenced, node);
  return fenced;
}

static YjMathNode *
read_option (YjMathParser *self)
{
  gboolean in_option = self->in_option;
  YjMathNode *row;

  yj_math_parser_skip_space (self);
  if (*self->p != '[')
    return NULL;
  self->p++;
  self->in_option = TRUE;
  row = yj_math_parse_row (self);
  self->in_option = in_option;
  if (*self->p == ']')
    self->p++;
  else
    yj_math_parser_fail (self);
  return row;
}

static YjMathNode *
read_root (YjMathParser *self,
           int           detail)
{
  YjMathNode *root = yj_math_parser_node (self, YJ_MATH_ROOT, YJ_MATH_ORDINARY);
  YjMathNode *index = read_option (self);

  yj_math_node_add (root, yj_math_parse_argument (self));
  yj_math_node_add (root, index);
  return root;
}

/* ---- fences */

static gunichar
read_fence (YjMathParser *self)
{
  char name[YJ_MATH_NAME] = "";
  gunichar fence;
  gboolean is_command;

  yj_math_parser_skip_space (self);
  is_command = *self->p == '\\';
  if (is_command)
    yj_math_parser_command (self, name);
  else if (*self->p != '\0')
    {
      g_unichar_to_utf8 (g_utf8_get_char (self->p), name);
      self->p = g_utf8_next_char (self->p);
    }
  fence = yj_math_symbol_fence (name, is_command);
  if (fence == 0)
    yj_math_parser_fail (self);
  return fence;
}

static YjMathNode *
read_left (YjMathParser *self,
           int           detail)
{
  YjMathNode *fenced = yj_math_parser_node (self, YJ_MATH_FENCED, YJ_MATH_INNER);
  gboolean in_option = self->in_option;

  fenced->left = read_fence (self);
  self->in_option = FALSE;
  yj_math_node_add (fenced, yj_math_parse_row (self));
  self->in_option = in_option;
  if (yj_math_parser_at (self, "\\right"))
    {
      self->p += strlen ("\\right");
      fenced->right = read_fence (self);
    }
  else
    yj_math_parser_fail (self);
  return fenced;
}

/* @detail: tens: how large; ones: the class. */
static YjMathNode *
read_big (YjMathParser *self,
          int           detail)
{
  static const double sizes[] = { 0, 1.2, 1.8, 2.4, 3.0 };
  YjMathNode *fence = yj_math_parser_node (self, YJ_MATH_FENCE, detail % 10);

  fence->amount = sizes[detail / 10];
  fence->left = read_fence (self);
  return fence;
}

/* ---- words */

static char *
unescape (const char *raw)
{
  GString *text = g_string_new (NULL);

  for (const char *p = raw; *p != '\0'; p++)
    if (*p == '\\' && p[1] != '\0' && strchr ("#$%&_{} ", p[1]) != NULL)
      g_string_append_c (text, *++p);
    else if (*p != '{' && *p != '}')
      g_string_append_c (text, *p == '~' || *p == '\n' ? ' ' : *p);
  return g_string_free_and_steal (text);
}

static YjMathNode *
text_node (YjMathParser  *self,
           const char    *raw,
           YjMathVariant  variant)
{
  YjMathNode *node = yj_math_parser_node (self, YJ_MATH_TEXT, YJ_MATH_ORDINARY);

  node->variant = variant;
  node->text = unescape (raw);
  /* A command among words that is not known here. */
  if (strchr (node->text, '\\') != NULL)
    yj_math_parser_fail (self);
  return node;
}

/* Words, with formulas in them between dollars. */
static YjMathNode *
read_text (YjMathParser *self,
           int           variant)
{
  g_autofree char *raw = yj_math_parser_raw_group (self);
  g_auto(GStrv) parts = NULL;
  YjMathNode *row = yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY);

  if (raw == NULL)
    return row;
  if (strstr (raw, "\\$") != NULL || strchr (raw, '$') == NULL)
    {
      yj_math_node_add (row, text_node (self, raw, variant));
      return row;
    }
  parts = g_strsplit (raw, "$", -1);
  for (guint i = 0; parts[i] != NULL && !self->failed; i++)
    {
      YjMathParser inner = *self;

      if (i % 2 == 0)
        {
          yj_math_node_add (row, text_node (self, parts[i], variant));
          continue;
        }
      inner.p = parts[i];
      inner.variant = YJ_MATH_ITALIC;
      inner.in_option = FALSE;
      yj_math_node_add (row, yj_math_parse_row (&inner));
      self->nodes = inner.nodes;
      self->failed = inner.failed || *inner.p != '\0';
    }
  return row;
}

static YjMathNode *
read_font (YjMathParser *self,
           int           variant)
{
  YjMathVariant before = self->variant;
  YjMathNode *node;

  self->variant = variant;
  node = yj_math_parse_argument (self);
  self->variant = before;
  return node;
}

/* `{\bf x}`: to the end of the group. */
static YjMathNode *
read_font_switch (YjMathParser *self,
                  int           variant)
{
  self->variant = variant;
  return yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY);
}

static YjMathNode *
read_operator_name (YjMathParser *self,
                    int           limits)
{
  g_autofree char *raw = yj_math_parser_raw_group (self);
  YjMathNode *node = yj_math_parser_node (self, YJ_MATH_ATOM, YJ_MATH_OPERATOR);
  g_autoptr(GString) name = g_string_new (raw);

  g_string_replace (name, "\\,", "\u2009", 0);
  node->variant = YJ_MATH_UPRIGHT;
  node->limits = limits;
  node->text = unescape (name->str);
  if (strchr (node->text, '\\') != NULL)
    yj_math_parser_fail (self);
  return node;
}

static YjMathNode *
named (YjMathParser *self,
       const char   *name,
       YjMathClass   class)
{
  YjMathNode *node = yj_math_parser_node (self, YJ_MATH_ATOM, class);

  node->variant = YJ_MATH_UPRIGHT;
  node->text = g_strdup (name);
  return node;
}

static YjMathNode *
space (YjMathParser *self,
       double        amount)
{
  YjMathNode *node = yj_math_parser_node (self, YJ_MATH_SPACE, YJ_MATH_ORDINARY);

  node->amount = amount;
  return node;
}

static YjMathNode *
read_mod (YjMathParser *self,
          int           in_brackets)
{
  YjMathNode *row;

  if (!in_brackets)
    return named (self, "mod", YJ_MATH_BINARY);
  row = yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY);
  yj_math_node_add (row, space (self, 0.6));
  yj_math_node_add (row, named (self, "(", YJ_MATH_OPEN));
  yj_math_node_add (row, named (self, "mod", YJ_MATH_ORDINARY));
  yj_math_node_add (row, space (self, 0.33));
  yj_math_node_add (row, yj_math_parse_argument (self));
  yj_math_node_add (row, named (self, ")", YJ_MATH_CLOSE));
  return row;
}

/* The number of a formula, behind it. */
static YjMathNode *
read_tag (YjMathParser *self,
          int           detail)
{
  g_autofree char *raw = yj_math_parser_raw_group (self);
  g_autofree char *text = g_strdup_printf ("(%s)", raw != NULL ? raw : "");
  YjMathNode *row = yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY);

  yj_math_node_add (row, space (self, 2));
  yj_math_node_add (row, text_node (self, text, YJ_MATH_UPRIGHT));
  return row;
}

/* ---- above and below */

static YjMathNode *
read_accent (YjMathParser *self,
             int           accent)
{
  gboolean brace = accent == YJ_ACCENT_OVERBRACE || accent == YJ_ACCENT_UNDERBRACE;
  YjMathNode *node = yj_math_parser_node (self, YJ_MATH_ACCENT, brace ? YJ_MATH_OPERATOR : YJ_MATH_ORDINARY);

  node->accent = accent;
  node->limits = brace ? YJ_LIMITS_ALWAYS : YJ_LIMITS_NEVER;
  yj_math_node_add (node, yj_math_parse_argument (self));
  return node;
}

static YjMathNode *
read_stack (YjMathParser *self,
            int           below)
{
  YjMathNode *stack = yj_math_parser_node (self, YJ_MATH_STACK, YJ_MATH_ORDINARY);
  YjMathNode *note = yj_math_parse_argument (self);
  YjMathNode *body = yj_math_parse_argument (self);

  if (body != NULL)
    stack->class = body->kind == YJ_MATH_ROW && yj_math_node_child (body, 0) != NULL &&
                   (body->children->len == 1 || yj_math_node_child (body, 0)->class == YJ_MATH_OPERATOR)
                     ? yj_math_node_child (body, 0)->class : body->class;
  yj_math_node_add (stack, body);
  yj_math_node_add (stack, below ? note : NULL);
  yj_math_node_add (stack, below ? NULL : note);
  return stack;
}

static YjMathNode *
read_arrow (YjMathParser *self,
            int           sign)
{
  YjMathNode *arrow = yj_math_parser_node (self, YJ_MATH_ARROW, YJ_MATH_RELATION);
  YjMathNode *below = read_option (self);

  arrow->left = sign;
  yj_math_node_add (arrow, yj_math_parse_argument (self));
  yj_math_node_add (arrow, below);
  return arrow;
}

static YjMathNode *
read_substack (YjMathParser *self,
               int           detail)
{
  YjMathNode *array;

  yj_math_parser_skip_space (self);
  if (*self->p != '{')
    return yj_math_parser_fail (self);
  self->p++;
  array = yj_math_parse_lines (self);
  if (array != NULL)
    {
      array->roomy = FALSE;
      array->amount = array->kind == YJ_MATH_ARRAY ? 3 : array->amount;
    }
  if (*self->p == '}')
    self->p++;
  else
    yj_math_parser_fail (self);
  return array;
}

/* ---- the rest */

static YjMathNode *
read_class (YjMathParser *self,
            int           class)
{
  YjMathNode *row = yj_math_parser_node (self, YJ_MATH_ROW, class);

  row->limits = class == YJ_MATH_OPERATOR ? YJ_LIMITS_DISPLAY : YJ_LIMITS_NEVER;
  yj_math_node_add (row, yj_math_parse_argument (self));
  return row;
}

/* A stroke through the sign that follows. */
static YjMathNode *
read_not (YjMathParser *self,
          int           detail)
{
  YjMathNode *node = yj_math_parse_argument (self);
  g_autofree char *struck = NULL;

  if (node == NULL || node->text == NULL)
    {
      yj_math_parser_fail (self);
      return node;
    }
  struck = g_strconcat (node->text, "\u0338", NULL);
  g_free (node->text);
  node->text = g_utf8_normalize (struck, -1, G_NORMALIZE_NFC);
  return node;
}

static YjMathNode *
read_phantom (YjMathParser *self,
              int           detail)
{
  YjMathNode *node = yj_math_parser_node (self, YJ_MATH_PHANTOM, YJ_MATH_ORDINARY);

  yj_math_node_add (node, yj_math_parse_argument (self));
  return node;
}

/* Colours are not ours to give; the body is shown in that of the text. */
static YjMathNode *
read_colour (YjMathParser *self,
             int           has_body)
{
  g_free (yj_math_parser_raw_group (self));
  return has_body ? yj_math_parse_argument (self) : yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY);
}

static YjMathNode *
read_nothing (YjMathParser *self,
              int           has_argument)
{
  if (has_argument)
    g_free (yj_math_parser_raw_group (self));
  return yj_math_parser_node (self, YJ_MATH_ROW, YJ_MATH_ORDINARY);
}

static YjMathNode *
read_body (YjMathParser *self,
           int           detail)
{
  return yj_math_parse_argument (self);
}

/* @hundredths: of an em */
static YjMathNode *
read_space (YjMathParser *self,
            int           hundredths)
{
  return space (self, hundredths / 100.0);
}

static YjMathNode *
read_hspace (YjMathParser *self,
             int           detail)
{
  g_autofree char *raw = yj_math_parser_raw_group (self);
  char *unit = NULL;
  double amount = raw != NULL ? g_ascii_strtod (raw, &unit) : 0;

  if (unit != NULL && g_str_has_prefix (g_strchug (unit), "mu"))
    amount /= 18;
  else if (unit != NULL && g_str_has_prefix (unit, "pt"))
    amount /= 10;
  return space (self, CLAMP (amount, -2, 10));
}

static YjMathNode *
read_environment (YjMathParser *self,
                  int           detail)
{
  return yj_math_parse_environment (self);
}

#define BIG(name, size) \
  { name, read_big, size * 10 + YJ_MATH_ORDINARY }, { name "l", read_big, size * 10 + YJ_MATH_OPEN }, \
  { name "r", read_big, size * 10 + YJ_MATH_CLOSE }, { name "m", read_big, size * 10 + YJ_MATH_RELATION }

static const struct { const char *name; Reader reader; int detail; } commands[] = {
  { "frac", read_fraction, -1 }, { "dfrac", read_fraction, 0 }, { "cfrac", read_fraction, 0 }, { "tfrac", read_fraction, 1 },
  { "binom", read_binomial, -1 }, { "dbinom", read_binomial, 0 }, { "tbinom", read_binomial, 1 },
  { "sqrt", read_root, 0 }, { "left", read_left, 0 }, { "middle", read_big, YJ_MATH_RELATION },
  BIG ("big", 1), BIG ("Big", 2), BIG ("bigg", 3), BIG ("Bigg", 4),
  { "text", read_text, YJ_MATH_UPRIGHT }, { "textrm", read_text, YJ_MATH_UPRIGHT }, { "textnormal", read_text, YJ_MATH_UPRIGHT },
  { "mbox", read_text, YJ_MATH_UPRIGHT }, { "hbox", read_text, YJ_MATH_UPRIGHT }, { "textbf", read_text, YJ_MATH_BOLD },
  { "textit", read_text, YJ_MATH_ITALIC }, { "textsf", read_text, YJ_MATH_SANS }, { "texttt", read_text, YJ_MATH_MONOSPACE },
  { "mathrm", read_font, YJ_MATH_UPRIGHT }, { "mathup", read_font, YJ_MATH_UPRIGHT }, { "rm", read_font_switch, YJ_MATH_UPRIGHT },
  { "mathbf", read_font, YJ_MATH_BOLD }, { "bold", read_font, YJ_MATH_BOLD }, { "bf", read_font_switch, YJ_MATH_BOLD },
  { "boldsymbol", read_font, YJ_MATH_BOLD_ITALIC }, { "bm", read_font, YJ_MATH_BOLD_ITALIC },
  { "mathit", read_font, YJ_MATH_ITALIC }, { "mathnormal", read_font, YJ_MATH_ITALIC }, { "it", read_font_switch, YJ_MATH_ITALIC },
  { "mathsf", read_font, YJ_MATH_SANS }, { "mathtt", read_font, YJ_MATH_MONOSPACE },
  { "mathbb", read_font, YJ_MATH_DOUBLE_STRUCK }, { "mathcal", read_font, YJ_MATH_CALLIGRAPHIC },
  { "mathscr", read_font, YJ_MATH_CALLIGRAPHIC }, { "cal", read_font_switch, YJ_MATH_CALLIGRAPHIC }, { "mathfrak", read_font, YJ_MATH_FRAKTUR },
  { "operatorname", read_operator_name, YJ_LIMITS_NEVER }, { "operatorname*", read_operator_name, YJ_LIMITS_DISPLAY },
  { "bmod", read_mod, 0 }, { "mod", read_mod, 0 }, { "pmod", read_mod, 1 }, { "tag", read_tag, 0 },
  { "hat", read_accent, YJ_ACCENT_HAT }, { "check", read_accent, YJ_ACCENT_CHECK }, { "tilde", read_accent, YJ_ACCENT_TILDE },
  { "bar", read_accent, YJ_ACCENT_BAR }, { "vec", read_accent, YJ_ACCENT_VECTOR }, { "dot", read_accent, YJ_ACCENT_DOT },
  { "ddot", read_accent, YJ_ACCENT_DOTS }, { "dddot", read_accent, YJ_ACCENT_THREE_DOTS }, { "acute", read_accent, YJ_ACCENT_ACUTE },
  { "grave", read_accent, YJ_ACCENT_GRAVE }, { "breve", read_accent, YJ_ACCENT_BREVE }, { "mathring", read_accent, YJ_ACCENT_RING },
  { "widehat", read_accent, YJ_ACCENT_WIDE_HAT }, { "widetilde", read_accent, YJ_ACCENT_WIDE_TILDE },
  { "overline", read_accent, YJ_ACCENT_OVERLINE }, { "underline", read_accent, YJ_ACCENT_UNDERLINE },
  { "overrightarrow", read_accent, YJ_ACCENT_OVERARROW }, { "overleftarrow", read_accent, YJ_ACCENT_OVERARROW_LEFT },
  { "overbrace", read_accent, YJ_ACCENT_OVERBRACE }, { "underbrace", read_accent, YJ_ACCENT_UNDERBRACE },
  { "cancel", read_accent, YJ_ACCENT_CANCEL }, { "boxed", read_accent, YJ_ACCENT_BOX },
  { "overset", read_stack, 0 }, { "stackrel", read_stack, 0 }, { "underset", read_stack, 1 },
  { "xrightarrow", read_arrow, 0x2192 }, { "xleftarrow", read_arrow, 0x2190 }, { "xleftrightarrow", read_arrow, 0x2194 },
  { "xRightarrow", read_arrow, 0x21d2 }, { "xlongequal", read_arrow, '=' }, { "substack", read_substack, 0 },
  { "mathord", read_class, YJ_MATH_ORDINARY }, { "mathop", read_class, YJ_MATH_OPERATOR }, { "mathbin", read_class, YJ_MATH_BINARY },
  { "mathrel", read_class, YJ_MATH_RELATION }, { "mathopen", read_class, YJ_MATH_OPEN }, { "mathclose", read_class, YJ_MATH_CLOSE },
  { "mathpunct", read_class, YJ_MATH_PUNCTUATION }, { "mathinner", read_class, YJ_MATH_INNER },
  { "not", read_not, 0 }, { "phantom", read_phantom, 0 }, { "hphantom", read_phantom, 0 }, { "vphantom", read_nothing, 1 },
  { "color", read_colour, 0 }, { "textcolor", read_colour, 1 }, { "colorbox", read_colour, 1 },
  { "label", read_nothing, 1 }, { "nonumber", read_nothing, 0 }, { "notag", read_nothing, 0 }, { "mathstrut", read_nothing, 0 },
  { "strut", read_nothing, 0 }, { "relax", read_nothing, 0 }, { "allowbreak", read_nothing, 0 }, { "nobreak", read_nothing, 0 },
  { "smash", read_body, 0 }, { "ensuremath", read_body, 0 }, { "begin", read_environment, 0 },
  { ",", read_space, 17 }, { "thinspace", read_space, 17 }, { ":", read_space, 22 }, { ">", read_space, 22 }, { "medspace", read_space, 22 },
  { ";", read_space, 28 }, { "thickspace", read_space, 28 }, { "!", read_space, -17 }, { "negthinspace", read_space, -17 },
  { " ", read_space, 33 }, { "\n", read_space, 33 }, { "enspace", read_space, 50 }, { "quad", read_space, 100 }, { "qquad", read_space, 200 },
  { "hspace", read_hspace, 0 }, { "hspace*", read_hspace, 0 }, { "mspace", read_hspace, 0 },
};

static YjMathNode *
read_symbol (YjMathParser       *self,
             const YjMathSymbol *symbol)
{
  YjMathNode *node = yj_math_parser_node (self, YJ_MATH_ATOM, symbol->class);

  node->text = g_strdup (symbol->text);
  node->limits = symbol->limits;
  node->large = symbol->large;
  if (symbol->class == YJ_MATH_OPERATOR)
    node->variant = YJ_MATH_UPRIGHT;
  return node;
}

/**
 * yj_math_parse_command:
 * @self: a parser at a backslash
 *
 * Returns: (nullable) (transfer full): what the command and its arguments make
 */
YjMathNode *
yj_math_parse_command (YjMathParser *self)
{
  static GHashTable *table;
  char name[YJ_MATH_NAME];
  const YjMathSymbol *symbol;
  gpointer found;

  if (table == NULL)
    {
      table = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        g_hash_table_insert (table, (gpointer) commands[i].name, GUINT_TO_POINTER (i));
    }
  yj_math_parser_command (self, name);
  if (g_hash_table_lookup_extended (table, name, NULL, &found))
    {
      YjMathNode *node = commands[GPOINTER_TO_UINT (found)].reader (self, commands[GPOINTER_TO_UINT (found)].detail);

      if (node != NULL && self->failed)
        g_clear_pointer (&node, yj_math_node_free);
      return node;
    }
  symbol = yj_math_symbol_find (name);
  return symbol != NULL ? read_symbol (self, symbol) : yj_math_parser_fail (self);
}
