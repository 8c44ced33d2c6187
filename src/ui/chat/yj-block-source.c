/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-block-source"

#include "yj-block-source.h"

#include <string.h>

/* The parser tells where letters stand and not where blocks do. From the letters the blocks are found: back over the
 * marks before the first, and on to the end of the line behind the last. */

typedef struct
{
  const char *text;
  gsize       length;
  gsize       done;             /* all before this belongs to blocks that are found */
  GPtrArray  *leaves;           /* of YjBlock, in order */
  guint       leaf;             /* the one whose turn it is */
} Search;

static gboolean
is_leaf (const YjBlock *block)
{
  return block->kind != YJ_BLOCK_QUOTE && block->kind != YJ_BLOCK_LIST && block->kind != YJ_BLOCK_ITEM &&
         block->kind != YJ_BLOCK_TABLE;
}

static void
collect_leaves (GPtrArray *blocks,
                GPtrArray *leaves)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      YjBlock *block = g_ptr_array_index (blocks, i);

      if (is_leaf (block))
        g_ptr_array_add (leaves, block);
      else
        collect_leaves (block->children, leaves);
    }
}

static gsize
line_end (const Search *search,
          gsize         at)
{
  const char *end = memchr (search->text + at, '\n', search->length - at);

  return end != NULL ? (gsize) (end - search->text) : search->length;
}

static gsize
back_over (const Search *search,
           gsize         at,
           const char   *set)
{
  while (at > search->done && strchr (set, search->text[at - 1]) != NULL)
    at--;
  return at;
}

/* Marks of spans. Only code may have a space between its mark and its text. */
static gsize
back_over_marks (const Search *search,
                 gsize         at)
{
  gsize mark = back_over (search, at, " \n");

  if (mark > search->done && search->text[mark - 1] == '`')
    at = mark;
  return back_over (search, at, "*_~`[!<\\$");
}

/* Without blanks at its end. */
static gsize
trimmed (const Search *search,
         gsize         start,
         gsize         end)
{
  while (end > start && g_ascii_isspace (search->text[end - 1]))
    end--;
  return end;
}

/* How many signs of a code fence the line at @at begins with, behind marks of lists and quotes. */
static gboolean
is_fence (const Search *search,
          gsize         at,
          gsize        *start)
{
  const char *p = search->text + at;
  const char *end = search->text + search->length;

  while (p < end && strchr (" \t>-+*.)0123456789", *p) != NULL)
    p++;
  *start = p - search->text;
  return end - p >= 3 && (strncmp (p, "```", 3) == 0 || strncmp (p, "~~~", 3) == 0);
}

/* From where on the next leaf has text of its own. */
static gsize
next_text (const Search *search)
{
  for (guint i = search->leaf + 1; i < MIN (search->leaf + 8, search->leaves->len); i++)
    {
      const YjBlock *leaf = g_ptr_array_index (search->leaves, i);

      if (leaf->runs != NULL && leaf->runs->len > 0)
        return g_array_index (leaf->runs, YjSourceRun, 0).source_start;
    }
  return search->length;
}

/* ---- leaves */

static void
find_text (Search  *search,
           YjBlock *block,
           gsize    first,
           gsize    last)
{
  gsize start = back_over_marks (search, first);
  gsize end = MIN (line_end (search, last), MAX (next_text (search), last));

  if (block->kind == YJ_BLOCK_HEADING)
    {
      gsize marks = back_over (search, back_over (search, start, " \t"), "#");
      gsize fence;

      if (search->text[marks] == '#')
        start = marks;
      else if (end < search->length && !is_fence (search, end, &fence))
        end = line_end (search, end + 1);       /* the underline */
    }
  block->source_start = start;
  block->source_end = MAX (last, trimmed (search, start, end));
}

static void
find_cell (Search  *search,
           YjBlock *block,
           gsize    first,
           gsize    last)
{
  const char *p = search->text + last;
  const char *end = search->text + MIN (line_end (search, last), MAX (next_text (search), last));

  while (p < end && *p != '|')
    p += *p == '\\' && p + 1 < end ? 2 : 1;
  block->source_start = back_over_marks (search, first);
  block->source_end = MAX (last, trimmed (search, block->source_start, p - search->text));
}

/* @first, @last: of the code, or both where the block's first line may begin when there is none. */
static void
find_code (Search  *search,
           YjBlock *block,
           gsize    first,
           gsize    last)
{
  gboolean empty = first == last;
  gsize line = first;
  gsize fence;

  if (!block->fenced)
    {
      block->source_start = back_over (search, first, " \t");
      block->source_end = line_end (search, last);
      return;
    }
  while (line > search->done && search->text[line - 1] != '\n')
    line--;
  /* The fence stands above the first line that is not blank. */
  for (gsize above = line; !empty && above > search->done;)
    {
      gsize end = --above;

      while (above > search->done && search->text[above - 1] != '\n')
        above--;
      if (trimmed (search, above, end) == above)
        continue;
      line = above;
      break;
    }
  while (empty && line < search->length && !is_fence (search, line, &fence))
    line = line_end (search, line) + 1;
  line = MIN (line, search->length);
  block->source_end = line_end (search, empty ? line : last);
  if (!is_fence (search, line, &fence))
    {
      block->source_start = empty ? block->source_end : back_over (search, first, " \t");
      return;
    }
  block->source_start = fence;
  for (gsize below = block->source_end; below < search->length; below = line_end (search, below + 1))
    {
      if (line_end (search, below + 1) > next_text (search))
        break;
      if (is_fence (search, below + 1, &fence))
        {
          block->source_end = line_end (search, below + 1);
          break;
        }
      if (trimmed (search, below, line_end (search, below + 1)) > below)
        break;
    }
}

/* What has no text: the next line but for what is in @skip. */
static void
find_line (Search     *search,
           YjBlock    *block,
           const char *skip)
{
  gsize at = search->done;

  while (at < search->length && strchr (skip, search->text[at]) != NULL)
    at++;
  block->source_start = at;
  block->source_end = line_end (search, at);
}

static void
find_leaf (Search  *search,
           YjBlock *block)
{
  gboolean has_text = block->runs != NULL && block->runs->len > 0;
  gsize first = has_text ? g_array_index (block->runs, YjSourceRun, 0).source_start : search->done;
  gsize last = has_text ? g_array_index (block->runs, YjSourceRun, block->runs->len - 1).source_end : search->done;

  if (block->kind == YJ_BLOCK_CODE)
    find_code (search, block, first, last);
  else if (block->kind == YJ_BLOCK_RULE || (block->kind != YJ_BLOCK_CELL && !has_text))
    find_line (search, block, " \t\n>");
  else if (!has_text || block->kind == YJ_BLOCK_MATH)
    {
      block->source_start = first;
      block->source_end = last;
    }
  else if (block->kind == YJ_BLOCK_CELL)
    find_cell (search, block, first, last);
  else
    find_text (search, block, first, last);
  search->done = MAX (search->done, block->source_end);
  search->leaf++;
}

/* ---- containers */

static gsize
back_over_item (const Search *search,
                gsize         at)
{
  gsize mark;

  at = back_over (search, at, " \t\n");
  if (at > search->done + 2 && search->text[at - 1] == ']' && search->text[at - 3] == '[')
    at = back_over (search, at - 3, " \t");
  mark = back_over (search, at, "-+*.)");
  mark = mark < at ? at - 1 : at;
  return mark < at && strchr (".)", search->text[mark]) != NULL ? back_over (search, mark, "0123456789") : mark;
}

static void find_blocks (Search    *search,
                         GPtrArray *blocks);

static void
find_container (Search  *search,
                YjBlock *block)
{
  gsize before = search->done;
  gsize inner;
  const YjBlock *first;

  find_blocks (search, block->children);
  block->source_start = block->source_end = search->done;
  if (block->children == NULL || block->children->len == 0)
    {
      find_line (search, block, block->kind == YJ_BLOCK_ITEM ? " \t\n>" : " \t\n");
      search->done = block->source_end;
      return;
    }
  first = g_ptr_array_index (block->children, 0);
  block->source_start = first->source_start;
  inner = search->done;
  search->done = before;
  if (block->kind == YJ_BLOCK_ITEM)
    block->source_start = back_over_item (search, first->source_start);
  else if (block->kind == YJ_BLOCK_QUOTE)
    {
      gsize mark = back_over (search, first->source_start, " \t");

      if (mark > before && search->text[mark - 1] == '>')
        block->source_start = mark - 1;
    }
  else if (block->kind == YJ_BLOCK_TABLE)
    {
      block->source_start = back_over (search, first->source_start, " \t|");
      block->source_end = line_end (search, inner);
      if (block->children->len <= block->columns && block->source_end < search->length)
        block->source_end = line_end (search, block->source_end + 1);      /* the line below the header */
      inner = block->source_end;
    }
  search->done = inner;
}

static void
find_blocks (Search    *search,
             GPtrArray *blocks)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      YjBlock *block = g_ptr_array_index (blocks, i);

      if (is_leaf (block))
        find_leaf (search, block);
      else
        find_container (search, block);
    }
}

static void
move (GPtrArray *blocks,
      gsize      by,
      gsize      max)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      YjBlock *block = g_ptr_array_index (blocks, i);

      block->source_end = MIN (block->source_end, max) + by;
      block->source_start = MIN (block->source_start, max) + by;
      for (guint j = 0; block->runs != NULL && j < block->runs->len; j++)
        {
          YjSourceRun *run = &g_array_index (block->runs, YjSourceRun, j);

          run->source_start += by;
          run->source_end += by;
        }
      move (block->children, by, max);
    }
}

/**
 * yj_block_source_find:
 * @blocks: (element-type YjBlock): what was parsed; their runs count in @text
 * @text: (array length=length): what it was parsed from
 * @length: bytes
 * @base: where @text begins in the document
 *
 * Gives every block its `source_start` and `source_end`, and has the runs count in the document.
 */
void
yj_block_source_find (GPtrArray  *blocks,
                      const char *text,
                      gsize       length,
                      gsize       base)
{
  g_autoptr(GPtrArray) leaves = g_ptr_array_new ();
  Search search = { .text = text, .length = length, .leaves = leaves };

  collect_leaves (blocks, leaves);
  find_blocks (&search, blocks);
  move (blocks, base, length);
}

static void
limit_runs (GArray *runs,
            gsize   end)
{
  while (runs != NULL && runs->len > 0)
    {
      YjSourceRun *last = &g_array_index (runs, YjSourceRun, runs->len - 1);
      gsize beyond = last->source_end > end ? last->source_end - end : 0;

      if (beyond == 0)
        return;
      if (last->source_start < end && last->text_end - last->text_start == last->source_end - last->source_start)
        {
          last->text_end -= beyond;
          last->source_end = end;
          return;
        }
      g_array_set_size (runs, runs->len - 1);
    }
}

/**
 * yj_block_source_limit:
 * @blocks: (nullable) (element-type YjBlock): what was parsed
 * @end: bytes into the document
 *
 * Takes back what is said to come from behind @end.
 */
void
yj_block_source_limit (GPtrArray *blocks,
                       gsize      end)
{
  for (guint i = blocks != NULL ? blocks->len : 0; i > 0; i--)
    {
      YjBlock *block = g_ptr_array_index (blocks, i - 1);

      if (block->source_end <= end && i < blocks->len)
        break;
      block->source_end = MIN (block->source_end, end);
      block->source_start = MIN (block->source_start, end);
      limit_runs (block->runs, end);
      yj_block_source_limit (block->children, end);
    }
}
