/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-leaf"

#include "yj-leaf.h"

#include <string.h>

/* A text longer than this is laid out piece by piece, or a window would stand still for one paragraph. */
#define MAX_TEXT 4000

/**
 * yj_leaf_new:
 *
 * Returns: (transfer full): one without text
 */
YjLeaf *
yj_leaf_new (void)
{
  YjLeaf *self = g_new0 (YjLeaf, 1);

  self->text = g_string_new (NULL);
  self->spans = yj_block_new_spans ();
  self->runs = g_array_new (FALSE, FALSE, sizeof (YjSourceRun));
  return self;
}

void
yj_leaf_free (YjLeaf *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->spans);
  g_array_unref (self->runs);
  g_free (self);
}

/**
 * yj_leaf_clear:
 * @self: a leaf
 *
 * Makes it ready for the next text.
 */
void
yj_leaf_clear (YjLeaf *self)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->spans, 0);
  g_array_set_size (self->runs, 0);
}

/**
 * yj_leaf_add_span:
 * @self: a leaf
 * @start: bytes into its text: what was added since is the span
 * @style: how it looks
 * @uri: (nullable): where it leads
 *
 * Says what the end of the text is. Neighbours that are alike become one, but for formulas.
 */
void
yj_leaf_add_span (YjLeaf     *self,
                  guint       start,
                  YjStyle     style,
                  const char *uri)
{
  YjSpan span = { start, self->text->len, style, NULL };
  YjSpan *last = self->spans->len > 0 ? &g_array_index (self->spans, YjSpan, self->spans->len - 1) : NULL;

  if (span.end == start || (style == YJ_STYLE_PLAIN && uri == NULL))
    return;
  if (last != NULL && last->end == start && last->style == style && !(style & (YJ_STYLE_MATH | YJ_STYLE_DISPLAY)) &&
      g_strcmp0 (last->uri, uri) == 0)
    {
      last->end = span.end;
      return;
    }
  span.uri = g_strdup (uri);
  g_array_append_val (self->spans, span);
}

/**
 * yj_leaf_add_run:
 * @self: a leaf
 * @start: bytes into its text: what was added since is the run
 * @source_start: bytes into the document
 * @source_end: where it ends there
 *
 * Says where the end of the text comes from.
 */
void
yj_leaf_add_run (YjLeaf *self,
                 guint   start,
                 gsize   source_start,
                 gsize   source_end)
{
  YjSourceRun run = { start, self->text->len, source_start, source_end };
  YjSourceRun *last = self->runs->len > 0 ? &g_array_index (self->runs, YjSourceRun, self->runs->len - 1) : NULL;
  gboolean verbatim = run.text_end - run.text_start == source_end - source_start;

  if (run.text_end == start)
    return;
  if (verbatim && last != NULL && last->text_end == start && last->source_end == source_start &&
      last->text_end - last->text_start == last->source_end - last->source_start)
    {
      last->text_end = run.text_end;
      last->source_end = source_end;
      return;
    }
  g_array_append_val (self->runs, run);
}

static GArray *
cut_runs (YjLeaf *self,
          guint   start,
          guint   end)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (YjSourceRun));

  for (guint i = 0; i < self->runs->len; i++)
    {
      YjSourceRun run = g_array_index (self->runs, YjSourceRun, i);
      gboolean verbatim = run.text_end - run.text_start == run.source_end - run.source_start;
      guint from = MAX (run.text_start, start);
      guint to = MIN (run.text_end, end);

      if (from >= to)
        continue;
      if (verbatim)
        {
          run.source_end = run.source_start + (to - run.text_start);
          run.source_start += from - run.text_start;
        }
      run.text_start = from - start;
      run.text_end = to - start;
      g_array_append_val (runs, run);
    }
  return runs;
}

static GArray *
cut_spans (YjLeaf *self,
           guint   start,
           guint   end)
{
  GArray *spans = yj_block_new_spans ();

  for (guint i = 0; i < self->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (self->spans, YjSpan, i);
      YjSpan cut = { MAX (span->start, start), MIN (span->end, end), span->style, NULL };

      if (cut.start >= cut.end)
        continue;
      cut.start -= start;
      cut.end -= start;
      cut.uri = g_strdup (span->uri);
      g_array_append_val (spans, cut);
    }
  return spans;
}

static void
fill (YjLeaf  *self,
      YjBlock *block,
      guint    start,
      guint    end)
{
  block->text = g_strndup (self->text->str + start, end - start);
  block->spans = cut_spans (self, start, end);
  block->runs = cut_runs (self, start, end);
}

/**
 * yj_leaf_fill:
 * @self: a leaf
 * @block: one without text
 *
 * Gives all of the text to @block.
 */
void
yj_leaf_fill (YjLeaf  *self,
              YjBlock *block)
{
  fill (self, block, 0, self->text->len);
}

static void
add_part (YjLeaf    *self,
          guint      start,
          guint      end,
          GPtrArray *parts)
{
  const char *text = self->text->str;
  YjBlock *part;

  while (start < end && g_ascii_isspace (text[start]))
    start++;
  while (end > start && g_ascii_isspace (text[end - 1]))
    end--;
  if (start == end)
    return;
  part = yj_block_new (YJ_BLOCK_PARAGRAPH);
  fill (self, part, start, end);
  g_ptr_array_add (parts, part);
}

/* Where a long text may be parted: behind a line, a sentence, a word, else anywhere between characters. */
static guint
find_parting (const char *text,
              guint       start,
              guint       end)
{
  const char *limit, *half;

  if (end - start <= MAX_TEXT)
    return end;
  limit = g_utf8_find_prev_char (text, text + start + MAX_TEXT);
  half = text + start + MAX_TEXT / 2;
  for (const char *p = limit; p > half; p--)
    if (*p == '\n')
      return p + 1 - text;
  for (const char *p = limit; p > half; p = g_utf8_prev_char (p))
    if (g_utf8_get_char (p) == 0x3002 || (*p == '.' && p[1] == ' '))
      return g_utf8_next_char (p) - text;
  for (const char *p = limit; p > half; p--)
    if (*p == ' ')
      return p + 1 - text;
  return limit - text;
}

static void
add_long_part (YjLeaf    *self,
               guint      start,
               guint      end,
               GPtrArray *parts)
{
  while (start < end)
    {
      guint parting = find_parting (self->text->str, start, end);

      add_part (self, start, parting, parts);
      start = parting;
    }
}

/**
 * yj_leaf_part:
 * @self: the text of a paragraph
 *
 * Makes blocks of it: formulas that stand on lines of their own are blocks, and no text is too long to be laid out.
 *
 * Returns: (transfer full) (element-type YjBlock): paragraphs and formulas; none for a blank text
 */
GPtrArray *
yj_leaf_part (YjLeaf *self)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_block_unref);
  guint at = 0;

  for (guint i = 0; i < self->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (self->spans, YjSpan, i);
      YjBlock *math;

      if (!(span->style & YJ_STYLE_DISPLAY))
        continue;
      add_long_part (self, at, span->start, parts);
      math = yj_block_new (YJ_BLOCK_MATH);
      math->text = g_strndup (self->text->str + span->start, span->end - span->start);
      math->runs = cut_runs (self, span->start, span->end);
      g_ptr_array_add (parts, math);
      at = span->end;
    }
  add_long_part (self, at, self->text->len, parts);
  return parts;
}
