/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-block"

#include "yj-block.h"

static void
clear_span (gpointer data)
{
  YjSpan *span = data;

  g_free (span->uri);
}

static void
clear_block (gpointer data)
{
  YjBlock *self = data;

  g_free (self->language);
  g_free (self->text);
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
}

/**
 * yj_block_new:
 * @kind: what it is
 *
 * Returns: (transfer full): a block without text, spans or children
 */
YjBlock *
yj_block_new (YjBlockKind kind)
{
  YjBlock *self = g_rc_box_new0 (YjBlock);

  self->kind = kind;
  return self;
}

/**
 * yj_block_ref:
 * @self: a block
 *
 * Returns: (transfer full): the same
 */
YjBlock *
yj_block_ref (YjBlock *self)
{
  return g_rc_box_acquire (self);
}

/**
 * yj_block_unref:
 * @self: (transfer full): a block
 *
 * Lets go of a block, and with the last reference of its children, whose depth the parser bounds.
 */
void
yj_block_unref (YjBlock *self)
{
  g_rc_box_release_full (self, clear_block);
}

/**
 * yj_block_add_child:
 * @self: a block that is still being made
 * @child: (transfer full): what it holds next
 */
void
yj_block_add_child (YjBlock *self,
                    YjBlock *child)
{
  if (self->children == NULL)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_block_unref);
  g_ptr_array_add (self->children, child);
}

static gboolean
spans_equal (const GArray *a,
             const GArray *b)
{
  guint n = a != NULL ? a->len : 0;

  if (n != (b != NULL ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const YjSpan *one = &g_array_index (a, YjSpan, i);
      const YjSpan *other = &g_array_index (b, YjSpan, i);

      if (one->start != other->start || one->end != other->end || one->style != other->style ||
          g_strcmp0 (one->uri, other->uri) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * yj_block_equal:
 * @a: a block
 * @b: another
 *
 * Returns: whether both would be shown alike, down to their last child
 */
gboolean
yj_block_equal (const YjBlock *a,
                const YjBlock *b)
{
  guint n;

  if (a == b)
    return TRUE;
  if (a->kind != b->kind || a->level != b->level || a->columns != b->columns || a->ordered != b->ordered ||
      a->tight != b->tight || a->task != b->task || a->align != b->align ||
      g_strcmp0 (a->language, b->language) != 0 || g_strcmp0 (a->text, b->text) != 0 || !spans_equal (a->spans, b->spans))
    return FALSE;

  n = a->children != NULL ? a->children->len : 0;
  if (n != (b->children != NULL ? b->children->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!yj_block_equal (g_ptr_array_index (a->children, i), g_ptr_array_index (b->children, i)))
      return FALSE;
  return TRUE;
}

/**
 * yj_block_adopt_source:
 * @self: a block
 * @other: one that [func@Yj.Block.equal] calls the same
 *
 * Takes over where @other comes from, down to the last child: what looks the same may have got longer in the source.
 */
void
yj_block_adopt_source (YjBlock       *self,
                       const YjBlock *other)
{
  if (self == other)
    return;
  self->source_start = other->source_start;
  self->source_end = other->source_end;
  g_clear_pointer (&self->runs, g_array_unref);
  if (other->runs != NULL)
    self->runs = g_array_ref (other->runs);
  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    yj_block_adopt_source (g_ptr_array_index (self->children, i), g_ptr_array_index (other->children, i));
}

/**
 * yj_block_get_source:
 * @self: a block with text
 * @offset: bytes into the text
 * @as_end: whether the place ends a stretch: where text has no source, the place before it is meant and not the one behind
 *
 * Finds where a place in the text stands in the document that [func@Yj.Markdown.get_text] gives.
 *
 * Marks around a whole block or span are outside: `**a**` gives the place of the `a`.
 *
 * Returns: bytes into the document, between the block's `source_start` and `source_end`
 */
gsize
yj_block_get_source (const YjBlock *self,
                     guint          offset,
                     gboolean       as_end)
{
  const YjSourceRun *before = NULL;

  for (guint i = 0; self->runs != NULL && i < self->runs->len; i++)
    {
      const YjSourceRun *run = &g_array_index (self->runs, YjSourceRun, i);
      gboolean verbatim = run->text_end - run->text_start == run->source_end - run->source_start;

      if (offset < run->text_start || (as_end && offset == run->text_start))
        return as_end ? (before != NULL ? before->source_end : run->source_start) : run->source_start;
      if (offset < run->text_end)
        return verbatim ? run->source_start + (offset - run->text_start) : as_end ? run->source_end : run->source_start;
      before = run;
    }
  return before != NULL ? before->source_end : as_end ? self->source_end : self->source_start;
}

static void
dump_text (const YjBlock *self,
           GString       *target)
{
  guint at = 0;

  for (guint i = 0; self->spans != NULL && i < self->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (self->spans, YjSpan, i);
      static const struct { YjStyle style; const char *name; } names[] = {
        { YJ_STYLE_STRONG, "b" }, { YJ_STYLE_EMPHASIS, "i" }, { YJ_STYLE_STRIKE, "s" },
        { YJ_STYLE_CODE, "code" }, { YJ_STYLE_MATH, "math" },
      };

      g_string_append_len (target, self->text + at, span->start - at);
      g_string_append_c (target, '{');
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        if (span->style & names[j].style)
          g_string_append_printf (target, "%s ", names[j].name);
      if (span->uri != NULL)
        g_string_append_printf (target, "<%s> ", span->uri);
      if (target->str[target->len - 1] == ' ')
        g_string_truncate (target, target->len - 1);
      g_string_append_c (target, ':');
      g_string_append_len (target, self->text + span->start, span->end - span->start);
      g_string_append_c (target, '}');
      at = span->end;
    }
  g_string_append (target, self->text + at);
}

/**
 * yj_block_dump:
 * @self: a block
 * @depth: how deep it stands, in steps of two spaces
 * @target: grows
 *
 * Writes the block for people who compare: a line per block, `kind facts: text`, spans as `{b i <uri>:text}`, line feeds as ⏎.
 */
void
yj_block_dump (const YjBlock *self,
               guint          depth,
               GString       *target)
{
  static const char * const kinds[] = { "p", "h", "code", "math", "rule", "quote", "list", "item", "table", "cell" };
  static const char * const aligns[] = { "", " left", " center", " right" };
  static const char * const tasks[] = { "", " [ ]", " [x]" };

  g_string_append_printf (target, "%*s%s", depth * 2, "", kinds[self->kind]);
  if (self->kind == YJ_BLOCK_HEADING)
    g_string_append_printf (target, "%u", self->level);
  if (self->kind == YJ_BLOCK_LIST && self->ordered)
    g_string_append_printf (target, " from %u", self->level);
  if (self->kind == YJ_BLOCK_LIST && !self->tight)
    g_string_append (target, " loose");
  if (self->kind == YJ_BLOCK_TABLE)
    g_string_append_printf (target, " %u columns", self->columns);
  if (self->language != NULL)
    g_string_append_printf (target, " %s", self->language);
  g_string_append_printf (target, "%s%s", aligns[self->align], tasks[self->task]);
  if (self->text != NULL)
    {
      g_autoptr(GString) line = g_string_new (NULL);

      dump_text (self, line);
      g_string_replace (line, "\n", "⏎", 0);
      g_string_append_printf (target, ": %s", line->str);
    }
  g_string_append_c (target, '\n');
  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    yj_block_dump (g_ptr_array_index (self->children, i), depth + 1, target);
}

/**
 * yj_block_add_plain:
 * @self: a block
 * @target: grows
 *
 * Writes what is to be read aloud: the text alone, a line per block.
 */
void
yj_block_add_plain (const YjBlock *self,
                    GString       *target)
{
  if (self->text != NULL)
    {
      g_string_append (target, self->text);
      g_string_append_c (target, '\n');
    }
  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    yj_block_add_plain (g_ptr_array_index (self->children, i), target);
}

/**
 * yj_block_new_spans:
 *
 * Returns: (transfer full): an empty array of [struct@Yj.Span] that frees what they hold
 */
GArray *
yj_block_new_spans (void)
{
  GArray *spans = g_array_new (FALSE, TRUE, sizeof (YjSpan));

  g_array_set_clear_func (spans, clear_span);
  return spans;
}
