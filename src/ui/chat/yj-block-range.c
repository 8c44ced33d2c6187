/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-block-range"

#include "yj-block-range.h"

#include <string.h>

/* What is selected is kept as leaves and bytes and not as widgets: it means the same whether or not the document is on
 * the screen, and while the document grows at its end. */

typedef struct
{
  const YjRange *range;
  YjCut          cut;
  guint          leaf;          /* the next one */
} Cutter;

/**
 * yj_place_compare:
 * @a: a place
 * @b: another in the same document
 *
 * Returns: below, at or above 0, as @a lies before, at or behind @b
 */
int
yj_place_compare (YjPlace a,
                  YjPlace b)
{
  if (a.leaf != b.leaf)
    return a.leaf < b.leaf ? -1 : 1;
  return a.offset == b.offset ? 0 : a.offset < b.offset ? -1 : 1;
}

/**
 * yj_block_is_leaf:
 * @self: a block
 *
 * Returns: whether it holds text, or stands for itself as a rule does, and no other blocks
 */
gboolean
yj_block_is_leaf (const YjBlock *self)
{
  return self->kind != YJ_BLOCK_QUOTE && self->kind != YJ_BLOCK_LIST && self->kind != YJ_BLOCK_ITEM && self->kind != YJ_BLOCK_TABLE;
}

/**
 * yj_block_get_length:
 * @self: a leaf
 *
 * Returns: bytes of its text
 */
guint
yj_block_get_length (const YjBlock *self)
{
  return self->text != NULL ? strlen (self->text) : 0;
}

/**
 * yj_blocks_collect_leaves:
 * @blocks: (nullable) (element-type YjBlock): a document, or what a block holds
 * @leaves: (element-type YjBlock): an array that borrows; grows by the leaves, in order
 */
void
yj_blocks_collect_leaves (GPtrArray *blocks,
                          GPtrArray *leaves)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      YjBlock *block = g_ptr_array_index (blocks, i);

      if (yj_block_is_leaf (block))
        g_ptr_array_add (leaves, block);
      else
        yj_blocks_collect_leaves (block->children, leaves);
    }
}

/**
 * yj_range_is_empty:
 * @self: a range
 *
 * Returns: whether nothing lies in it
 */
gboolean
yj_range_is_empty (const YjRange *self)
{
  return yj_place_compare (self->start, self->end) >= 0;
}

/**
 * yj_range_in_leaf:
 * @self: a range
 * @leaf: the number of a leaf
 * @length: bytes of its text
 * @start: (out): where in the text the range begins
 * @end: (out): where in the text it ends
 *
 * Returns: whether any of the leaf lies in the range: some of its text, or where it has none, all of it
 */
gboolean
yj_range_in_leaf (const YjRange *self,
                  guint          leaf,
                  guint          length,
                  guint         *start,
                  guint         *end)
{
  *start = *end = 0;
  if (leaf < self->start.leaf || leaf > self->end.leaf)
    return FALSE;
  *start = leaf == self->start.leaf ? MIN (self->start.offset, length) : 0;
  *end = leaf == self->end.leaf ? MIN (self->end.offset, length) : length;
  if (length == 0)
    return leaf < self->end.leaf || self->end.offset > 0;
  return *start < *end;
}

/**
 * yj_range_covers:
 * @self: a range
 * @blocks: (element-type YjBlock): a document
 *
 * Returns: whether all of the document's text lies in the range
 */
gboolean
yj_range_covers (const YjRange *self,
                 GPtrArray     *blocks)
{
  g_autoptr(GPtrArray) leaves = g_ptr_array_new ();
  guint first = 0, last, length;

  yj_blocks_collect_leaves (blocks, leaves);
  if (leaves->len == 0)
    return TRUE;
  /* What has no text at the two ends is not to be missed. */
  last = leaves->len - 1;
  while (first < last && yj_block_get_length (g_ptr_array_index (leaves, first)) == 0)
    first++;
  while (last > first && yj_block_get_length (g_ptr_array_index (leaves, last)) == 0)
    last--;
  length = yj_block_get_length (g_ptr_array_index (leaves, last));
  return yj_place_compare (self->start, (YjPlace) { first, 0 }) <= 0 && yj_place_compare (self->end, (YjPlace) { last, length }) >= 0;
}

/* ---- cutting */

static YjBlock *
copy_shell (const YjBlock *block,
            YjBlockKind    kind)
{
  YjBlock *copy = yj_block_new (kind);

  copy->level = block->level;
  copy->columns = block->columns;
  copy->ordered = block->ordered;
  copy->tight = block->tight;
  copy->task = block->task;
  copy->align = block->align;
  copy->language = g_strdup (block->language);
  return copy;
}

static void
copy_text (const YjBlock *from,
           YjBlock       *to,
           guint          start,
           guint          end)
{
  to->text = g_strndup (from->text != NULL ? from->text + start : "", end - start);
  if (from->spans == NULL)
    return;
  to->spans = yj_block_new_spans ();
  for (guint i = 0; i < from->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (from->spans, YjSpan, i);
      YjSpan part = *span;

      part.start = MAX (span->start, start);
      part.end = MIN (span->end, end);
      if (part.start >= part.end)
        continue;
      part.start -= start;
      part.end -= start;
      part.uri = g_strdup (span->uri);
      g_array_append_val (to->spans, part);
    }
}

static YjBlock *
cut_leaf (Cutter  *self,
          YjBlock *block)
{
  guint length = yj_block_get_length (block);
  guint start, end;
  YjBlock *part;

  if (!yj_range_in_leaf (self->range, self->leaf++, length, &start, &end))
    return NULL;
  if (end - start == length || block->kind == YJ_BLOCK_MATH)
    return yj_block_ref (block);
  part = copy_shell (block, block->kind);
  copy_text (block, part, start, end);
  return part;
}

static void
skip (Cutter    *self,
      GPtrArray *blocks)
{
  g_autoptr(GPtrArray) leaves = g_ptr_array_new ();

  yj_blocks_collect_leaves (blocks, leaves);
  self->leaf += leaves->len;
}

/* A table that is cut has whole rows, and its header to say what they are; to the letter, cells outside are empty. */
static YjBlock *
cut_table (Cutter  *self,
           YjBlock *table)
{
  guint n = table->children != NULL ? table->children->len : 0;
  guint first = self->leaf;
  gboolean same = TRUE;
  YjBlock *part;

  if (n == 0 || table->columns == 0 || self->range->end.leaf < first || self->range->start.leaf >= first + n)
    {
      skip (self, table->children);
      return NULL;
    }
  part = copy_shell (table, YJ_BLOCK_TABLE);
  for (guint row = 0; row < n / table->columns; row++)
    {
      guint start = first + row * table->columns;
      gboolean touched = self->range->start.leaf < start + table->columns && self->range->end.leaf >= start;

      for (guint i = row * table->columns; i < (row + 1) * table->columns; i++)
        {
          YjBlock *cell = g_ptr_array_index (table->children, i);
          YjBlock *kept = cut_leaf (self, cell);

          same = same && kept == cell;
          if (self->cut == YJ_CUT_STRUCTURE && (touched || row == 0))
            yj_block_add_child (part, yj_block_ref (cell));
          else if (self->cut == YJ_CUT_EXACT && touched)
            {
              YjBlock *empty = kept == NULL ? copy_shell (cell, YJ_BLOCK_CELL) : NULL;

              if (empty != NULL)
                empty->text = g_strdup ("");
              yj_block_add_child (part, kept != NULL ? yj_block_ref (kept) : empty);
            }
          g_clear_pointer (&kept, yj_block_unref);
        }
    }
  if (same)
    {
      yj_block_unref (part);
      return yj_block_ref (table);
    }
  return part;
}

static YjBlock *
cut_block (Cutter  *self,
           YjBlock *block)
{
  YjBlock *part;
  guint first = 0;
  guint first_leaf = self->leaf;
  gboolean same = TRUE;

  if (yj_block_is_leaf (block))
    return cut_leaf (self, block);
  if (block->kind == YJ_BLOCK_TABLE)
    return cut_table (self, block);

  part = copy_shell (block, block->kind);
  for (guint i = 0; block->children != NULL && i < block->children->len; i++)
    {
      YjBlock *child = cut_block (self, g_ptr_array_index (block->children, i));

      same = same && child == g_ptr_array_index (block->children, i);
      if (child == NULL)
        continue;
      if (part->children == NULL)
        first = i;
      yj_block_add_child (part, child);
    }
  /* An item that holds nothing is marked with what is around it. */
  if (part->children == NULL && !(self->range->start.leaf < first_leaf && self->range->end.leaf >= first_leaf))
    {
      yj_block_unref (part);
      return NULL;
    }
  if (same)
    {
      yj_block_unref (part);
      return yj_block_ref (block);
    }
  if (block->kind == YJ_BLOCK_LIST && block->ordered)
    part->level += first;
  return part;
}

/* What lies within one leaf stands for itself: a word of a heading is no heading. */
static YjBlock *
cut_within (YjBlock *leaf,
            guint    start,
            guint    end)
{
  YjBlock *part = copy_shell (leaf, leaf->kind == YJ_BLOCK_CODE ? YJ_BLOCK_CODE : YJ_BLOCK_PARAGRAPH);

  copy_text (leaf, part, start, end);
  if (leaf->kind == YJ_BLOCK_CODE && strchr (part->text, '\n') == NULL)
    {
      YjSpan span = { 0, end - start, YJ_STYLE_CODE, NULL };

      part->kind = YJ_BLOCK_PARAGRAPH;
      g_clear_pointer (&part->language, g_free);
      g_clear_pointer (&part->spans, g_array_unref);
      part->spans = yj_block_new_spans ();
      g_array_append_val (part->spans, span);
    }
  return part;
}

/**
 * yj_blocks_cut:
 * @blocks: (element-type YjBlock): a document
 * @range: a part of it
 * @cut: how closely
 *
 * Makes a document of a part of another. Blocks that lie in @range whole are the very same.
 *
 * Returns: (transfer full) (element-type YjBlock): the part
 */
GPtrArray *
yj_blocks_cut (GPtrArray     *blocks,
               const YjRange *range,
               YjCut          cut)
{
  Cutter self = { range, cut, 0 };
  GPtrArray *part = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_block_unref);
  g_autoptr(GPtrArray) leaves = g_ptr_array_new ();

  yj_blocks_collect_leaves (blocks, leaves);
  if (range->start.leaf == range->end.leaf && range->start.leaf < leaves->len)
    {
      YjBlock *leaf = g_ptr_array_index (leaves, range->start.leaf);
      guint length = yj_block_get_length (leaf);
      guint start, end;

      if (!yj_range_in_leaf (range, range->start.leaf, length, &start, &end))
        return part;
      if (leaf->kind == YJ_BLOCK_MATH)
        g_ptr_array_add (part, yj_block_ref (leaf));
      else if (end - start < length || cut == YJ_CUT_EXACT || leaf->kind == YJ_BLOCK_CELL)
        g_ptr_array_add (part, cut_within (leaf, start, end));
      if (part->len > 0)
        return part;
    }
  for (guint i = 0; i < blocks->len; i++)
    {
      YjBlock *block = cut_block (&self, g_ptr_array_index (blocks, i));

      if (block != NULL)
        g_ptr_array_add (part, block);
    }
  return part;
}
