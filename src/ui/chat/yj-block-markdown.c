/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-block-markdown"

#include "yj-block-write.h"

#include <string.h>

#include "yj-formula.h"
#include "yj-text.h"

/* Blocks back into Markdown, for what is copied of a part of an answer. What is written reads as what was shown: signs that
 * stand for themselves are escaped where they would mean something, and only there. */

static void write_blocks (GPtrArray *blocks,
                          gboolean   tight,
                          GString   *target);

/* ---- text */

typedef struct
{
  GString *target;
  guint    start;               /* of the leaf in target */
  gboolean in_cell;
  YjStyle  open[3];             /* the marks that are open, the innermost last */
  guint    n_open;
  const char *uri;              /* of the open link, whose bracket stands before all marks */
} Inline;

static const char *
get_mark (YjStyle style)
{
  return style == YJ_STYLE_STRONG ? "**" : style == YJ_STYLE_EMPHASIS ? "*" : "~~";
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

/* Whether a sign at @p, in the text of a leaf that begins at @text, would be read as a mark. */
static gboolean
means_something (const char *text,
                 const char *p,
                 const char *end,
                 gboolean    in_cell)
{
  char before = p > text ? p[-1] : ' ';
  char after = p + 1 < end ? p[1] : ' ';

  switch (*p)
    {
    case '\\':
      return g_ascii_ispunct (after);
    case '`':
    case '*':
    case '~':
      return *p != '*' || !g_ascii_isspace (before) || !g_ascii_isspace (after);
    case '_':
      return !is_word (before) || !is_word (after);
    case '[':
      return memchr (p, ']', end - p) != NULL;
    case '<':
      return g_ascii_isalpha (after) || after == '/' || after == '!' || after == '?';
    case '&':
      return (g_ascii_isalnum (after) || after == '#') && memchr (p, ';', MIN (end - p, 40)) != NULL;
    case '$':
      return memchr (p + 1, '$', end - p - 1) != NULL || memchr (text, '$', p - text) != NULL;
    case '|':
      return in_cell;
    default:
      return FALSE;
    }
}

/* How many bytes from @line on make it something else than a line of a paragraph; the last of them is to be escaped. */
static gsize
match_line_mark (const char *line,
                 const char *end)
{
  const char *p = line;

  if (p < end && (*p == '#' || *p == '>' || *p == '|'))
    return 1;
  if (p < end && (*p == '-' || *p == '+' || *p == '=') && (p + 1 == end || strchr (" \t\n-=", p[1]) != NULL))
    return 1;
  while (p < end && p - line < 9 && g_ascii_isdigit (*p))
    p++;
  if (p > line && p < end && (*p == '.' || *p == ')') && (p + 1 == end || g_ascii_isspace (p[1])))
    return p + 1 - line;
  return 0;
}

/* Written as plain text, with what would be a mark escaped. */
static void
add_escaped (Inline     *self,
             const char *text,
             guint       start,
             guint       end)
{
  const char *stop = text + strlen (text);

  for (const char *p = text + start; p < text + end; p++)
    {
      gboolean at_line = p == text || p[-1] == '\n';
      gsize mark = at_line && !self->in_cell ? match_line_mark (p, stop) : 0;

      if (mark > 0 && p + mark <= text + end)
        {
          g_string_append_len (self->target, p, mark - 1);
          p += mark - 1;
          g_string_append_c (self->target, '\\');
        }
      else if (means_something (text, p, stop, self->in_cell) || ((*p == '[' || *p == ']') && self->uri != NULL))
        g_string_append_c (self->target, '\\');
      if (*p == '\n' && self->in_cell)
        g_string_append (self->target, "<br>");
      else
        g_string_append_c (self->target, *p);
    }
}

static guint
longest_run (const char *text,
             gsize       length,
             char        c)
{
  guint longest = 0, run = 0;

  for (gsize i = 0; i < length; i++)
    {
      run = text[i] == c ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  return longest;
}

static void
add_code (Inline     *self,
          const char *code,
          gsize       length)
{
  guint ticks = longest_run (code, length, '`') + 1;
  gboolean pad = length > 0 && (code[0] == '`' || code[length - 1] == '`' || (code[0] == ' ' && code[length - 1] == ' '));

  for (guint i = 0; i < ticks; i++)
    g_string_append_c (self->target, '`');
  g_string_append (self->target, pad ? " " : "");
  for (gsize i = 0; i < length; i++)
    {
      if (code[i] == '|' && self->in_cell)
        g_string_append_c (self->target, '\\');
      g_string_append_c (self->target, code[i]);
    }
  g_string_append (self->target, pad ? " " : "");
  for (guint i = 0; i < ticks; i++)
    g_string_append_c (self->target, '`');
}

static gboolean
are_brackets_even (const char *uri)
{
  int depth = 0;

  for (const char *p = uri; *p != '\0' && depth >= 0; p++)
    depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
  return depth == 0;
}

/* Closes marks down to @keep of them. A mark does not close behind a space: the space goes behind it. */
static void
close_marks (Inline   *self,
             guint     keep,
             gboolean  close_link)
{
  gsize end = self->target->len;
  g_autofree char *space = NULL;

  if (self->n_open <= keep && !close_link)
    return;
  while (end > self->start && g_ascii_isspace (self->target->str[end - 1]))
    end--;
  space = g_strdup (self->target->str + end);
  g_string_truncate (self->target, end);
  while (self->n_open > keep)
    g_string_append (self->target, get_mark (self->open[--self->n_open]));
  if (close_link)
    {
      g_string_append_printf (self->target, are_brackets_even (self->uri) ? "](%s)" : "](<%s>)", self->uri);
      self->uri = NULL;
    }
  g_string_append (self->target, space);
}

static YjStyle
get_open (const Inline *self)
{
  YjStyle open = YJ_STYLE_PLAIN;

  for (guint i = 0; i < self->n_open; i++)
    open |= self->open[i];
  return open;
}

/* Brings the open marks to @style and @uri; those opened here stand before what is written next. */
static void
set_marks (Inline     *self,
           YjStyle     style,
           const char *uri)
{
  static const YjStyle styles[] = { YJ_STYLE_STRONG, YJ_STYLE_EMPHASIS, YJ_STYLE_STRIKE };
  gboolean other_link = g_strcmp0 (self->uri, uri) != 0;
  YjStyle have;
  guint keep = 0;

  while (!other_link && keep < self->n_open && (style & self->open[keep]) != 0)
    keep++;
  close_marks (self, keep, other_link && self->uri != NULL);
  if (other_link && uri != NULL)
    g_string_append_c (self->target, '[');
  self->uri = uri;
  have = get_open (self);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if ((style & styles[i]) != 0 && (have & styles[i]) == 0)
      {
        self->open[self->n_open++] = styles[i];
        g_string_append (self->target, get_mark (styles[i]));
      }
}

/* A bare address needs no brackets. */
static gboolean
is_bare (const char *text,
         gsize       length,
         const char *uri)
{
  return uri != NULL && strlen (uri) == length && strncmp (uri, text, length) == 0 && g_str_has_prefix (uri, "http");
}

static void
add_segment (Inline     *self,
             const char *text,
             guint       start,
             guint       end,
             YjStyle     style,
             const char *uri)
{
  /* A formula is kept as it was written; a part of one is only signs. */
  gboolean formula = (style & YJ_STYLE_MATH) && yj_formula_get_delimiter (text + start, end - start) > 0;
  gboolean literal = (style & YJ_STYLE_CODE) || formula;
  gboolean bare = !literal && is_bare (text + start, end - start, uri);
  guint lead = start;

  while (!literal && lead < end && g_ascii_isspace (text[lead]))
    lead++;
  /* Nothing but space opens nothing. */
  if (lead == end && lead > start)
    {
      set_marks (self, style & get_open (self), g_strcmp0 (uri, self->uri) == 0 ? uri : NULL);
      add_escaped (self, text, start, end);
      return;
    }
  /* A mark does not open before a space. */
  if (lead > start && ((style & ~get_open (self)) != 0 || g_strcmp0 (uri, self->uri) != 0))
    {
      set_marks (self, style & get_open (self), g_strcmp0 (uri, self->uri) == 0 ? uri : NULL);
      add_escaped (self, text, start, lead);
      start = lead;
    }
  set_marks (self, style, bare ? NULL : uri);
  if (bare || formula)
    g_string_append_len (self->target, text + start, end - start);
  else if (style & YJ_STYLE_CODE)
    add_code (self, text + start, end - start);
  else
    add_escaped (self, text, start, end);
}

static void
write_text (const YjBlock *leaf,
            GString       *target)
{
  Inline self = { target, target->len, leaf->kind == YJ_BLOCK_CELL, { 0, }, 0, NULL };
  const char *text = leaf->text != NULL ? leaf->text : "";
  guint length = strlen (text);
  guint at = 0;

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  while (at < length && g_ascii_isspace (text[at]))
    at++;
  for (guint i = 0; leaf->spans != NULL && i < leaf->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (leaf->spans, YjSpan, i);

      if (span->start > at)
        add_segment (&self, text, at, MIN (span->start, length), YJ_STYLE_PLAIN, NULL);
      at = MAX (at, span->start);
      if (MIN (span->end, length) > at)
        add_segment (&self, text, at, MIN (span->end, length), span->style, span->uri);
      at = MAX (at, span->end);
    }
  if (at < length)
    add_segment (&self, text, at, length, YJ_STYLE_PLAIN, NULL);
  close_marks (&self, 0, self.uri != NULL);
}

/* ---- blocks */

static void
write_code (const YjBlock *block,
            GString       *target)
{
  const char *code = block->text != NULL ? block->text : "";
  gboolean tilde = block->language != NULL && strchr (block->language, '`') != NULL;
  char sign = tilde ? '~' : '`';
  g_autofree char *fence = g_strnfill (MAX (3, longest_run (code, strlen (code), sign) + 1), sign);

  g_string_append_printf (target, "%s%s\n%s%s%s", fence, block->language != NULL ? block->language : "", code,
                          *code != '\0' ? "\n" : "", fence);
}

static void
write_table (const YjBlock *table,
             GString       *target)
{
  static const char * const rules[] = { " --- |", " :--- |", " :---: |", " ---: |" };
  guint n = table->children != NULL ? table->children->len : 0;

  for (guint i = 0; i < n; i++)
    {
      guint column = i % table->columns;

      if (column == 0)
        g_string_append (target, i > 0 ? "\n|" : "|");
      g_string_append_c (target, ' ');
      write_text (g_ptr_array_index (table->children, i), target);
      g_string_append (target, " |");
      if (i + 1 != table->columns)
        continue;
      g_string_append (target, "\n|");
      for (column = 0; column < table->columns; column++)
        g_string_append (target, rules[((YjBlock *) g_ptr_array_index (table->children, column))->align]);
    }
}

/* Every line of @text with @indent before it, but for the first, which has @mark; an empty line only as far as needed. */
static void
add_indented (GString    *target,
              const char *text,
              const char *mark,
              const char *indent)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  g_string_append (target, mark);
  if (lines[0] != NULL)
    g_string_append (target, lines[0]);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      g_autofree char *line = g_strconcat (indent, lines[i], NULL);

      g_string_append_printf (target, "\n%s", lines[i][0] == '\0' ? g_strchomp (line) : line);
    }
}

static void
write_list (const YjBlock *list,
            gboolean       other_mark,
            GString       *target)
{
  static const char * const tasks[] = { "", "[ ] ", "[x] " };

  for (guint i = 0; list->children != NULL && i < list->children->len; i++)
    {
      const YjBlock *item = g_ptr_array_index (list->children, i);
      g_autoptr(GString) content = g_string_new (NULL);
      g_autofree char *mark = NULL;
      g_autofree char *indent = NULL;
      g_autofree char *begin = NULL;

      if (list->ordered)
        mark = g_strdup_printf ("%" G_GUINT64_FORMAT "%s ", (guint64) list->level + i, other_mark ? ")" : ".");
      else
        mark = g_strdup (other_mark ? "* " : "- ");
      indent = g_strnfill (strlen (mark), ' ');
      begin = g_strconcat (mark, tasks[item->task], NULL);
      write_blocks (item->children, list->tight, content);
      if (i > 0)
        g_string_append (target, list->tight ? "\n" : "\n\n");
      add_indented (target, content->str, begin, indent);
    }
}

static void
write_block (const YjBlock *block,
             gboolean       other_mark,
             GString       *target)
{
  g_autoptr(GString) inner = NULL;

  switch (block->kind)
    {
    case YJ_BLOCK_HEADING:
      for (guint i = 0; i < CLAMP (block->level, 1, 6); i++)
        g_string_append_c (target, '#');
      g_string_append_c (target, ' ');
      write_text (block, target);
      break;
    case YJ_BLOCK_CODE:
      write_code (block, target);
      break;
    case YJ_BLOCK_MATH:
      g_string_append (target, block->text);
      break;
    case YJ_BLOCK_RULE:
      g_string_append (target, "---");
      break;
    case YJ_BLOCK_QUOTE:
      inner = g_string_new (NULL);
      write_blocks (block->children, FALSE, inner);
      add_indented (target, inner->str, "> ", "> ");
      break;
    case YJ_BLOCK_LIST:
      write_list (block, other_mark, target);
      break;
    case YJ_BLOCK_TABLE:
      write_table (block, target);
      break;
    case YJ_BLOCK_ITEM:
      write_blocks (block->children, FALSE, target);
      break;
    case YJ_BLOCK_PARAGRAPH:
    case YJ_BLOCK_CELL:
      write_text (block, target);
      break;
    }
}

static void
write_blocks (GPtrArray *blocks,
              gboolean   tight,
              GString   *target)
{
  const YjBlock *before = NULL;
  gboolean other_mark = FALSE;

  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      const YjBlock *block = g_ptr_array_index (blocks, i);

      /* Two lists one behind the other are two only if their marks differ. */
      other_mark = before != NULL && before->kind == YJ_BLOCK_LIST && block->kind == YJ_BLOCK_LIST &&
                   before->ordered == block->ordered && !other_mark;
      if (before != NULL)
        g_string_append (target, tight && before->kind == YJ_BLOCK_PARAGRAPH && block->kind != YJ_BLOCK_PARAGRAPH &&
                                 !(block->kind == YJ_BLOCK_LIST && block->ordered && block->level != 1) ? "\n" : "\n\n");
      write_block (block, other_mark, target);
      before = block;
    }
}

/**
 * yj_blocks_write_markdown:
 * @blocks: (element-type YjBlock): a document, or a part of one
 * @target: grows
 *
 * Writes CommonMark with GFM's additions, without a line feed at the end. To be parsed, it gives the same blocks.
 */
void
yj_blocks_write_markdown (GPtrArray *blocks,
                          GString   *target)
{
  write_blocks (blocks, FALSE, target);
}
