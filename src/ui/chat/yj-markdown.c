/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-markdown"

#include "yj-markdown.h"

#include <string.h>

#include "yj-block-source.h"
#include "yj-markdown-source.h"
#include "yj-text.h"

/* An answer grows a few characters at a time, up to hundreds of thousands. What is certain not to change any more is
 * frozen: its blocks stay and its text is not parsed again. A text is frozen up to a line that stands at the first
 * column behind a blank line and begins no list item: no container or paragraph before it can go on there, and that it
 * is in no open code block is seen from what parsing up to there gives. The one thing in CommonMark that works backwards,
 * a link reference definition, ends freezing for the document. */

struct _YjMarkdown
{
  GString   *text;              /* all of it, neutralised */
  gsize      read;              /* bytes of the original that are in text */
  gsize      scanned;           /* bytes of text searched for definitions */
  gboolean   has_definitions;
  gboolean   has_han;
  gboolean   has_kana;
  gsize      frozen;            /* bytes of text */
  guint      n_frozen;          /* blocks */
  gsize      refused;           /* a place that could not be frozen */
  YjBlock   *list;              /* the list in which the frozen part ends, with more items to come; NULL: none */
  guint      n_items;           /* of it that are frozen */
  gsize      list_start;        /* bytes of text before it */
  GPtrArray *blocks;
};

/**
 * yj_markdown_new:
 *
 * Returns: (transfer full): an empty document
 */
YjMarkdown *
yj_markdown_new (void)
{
  YjMarkdown *self = g_new0 (YjMarkdown, 1);

  self->text = g_string_new (NULL);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_block_unref);
  return self;
}

void
yj_markdown_free (YjMarkdown *self)
{
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->blocks);
  g_clear_pointer (&self->list, yj_block_unref);
  g_free (self);
}

/* Whether `]:` at @colon ends the label of a link reference definition: its `[` begins a line, but for marks of containers. */
static gboolean
is_definition (const char *text,
               const char *colon)
{
  const char *p = colon;

  while (p > text && colon - p < 1000 && *p != '[')
    {
      if (p[0] == '\n' && p[-1] == '\n')
        return FALSE;
      p--;
    }
  if (*p != '[')
    return FALSE;
  while (p > text && strchr (" \t>*+-.)0123456789", p[-1]) != NULL)
    p--;
  return p == text || p[-1] == '\n';
}

static void
look_for_definitions (YjMarkdown *self)
{
  const char *p = self->text->str + (self->scanned > 0 ? self->scanned - 1 : 0);

  while (!self->has_definitions && (p = strstr (p, "]:")) != NULL)
    self->has_definitions = is_definition (self->text->str, p++);
  self->scanned = self->text->len;
}

/* Signs at the end of a growing text that could be the beginning of anything: a dash is a heading's underline until more
 * comes. To wait for more is calmer than to show each guess. */
static gsize
find_certain_end (YjMarkdown *self,
                  gsize      *line)
{
  const char *text = self->text->str;
  gsize end = self->text->len;
  const char *address;

  for (*line = end; *line > self->frozen && text[*line - 1] != '\n';)
    (*line)--;
  if (strspn (text + *line, " \t-=*_`~|:#>+.)0123456789") == end - *line)
    return *line;
  /* The address of a link that is still being written. */
  address = g_strrstr (text + *line, "](");
  if (address != NULL && strcspn (address, ") \t") == strlen (address))
    return address + 1 - text;
  return end;
}

static gboolean
is_blank (const char *p)
{
  return p[strspn (p, " \t")] == '\0';
}

/* Puts behind a line what closes the marks that are open at its end: bold words are bold while they come, and not first
 * between stars. A mark that nothing follows yet is taken away. @kept: (out): bytes of the line that stay. */
static GString *
close_line (const char *line,
            gsize       length,
            gsize      *kept)
{
  GString *closed = g_string_new_len (line, length);
  const char *code = NULL;
  const char *strong = NULL;

  for (const char *p = closed->str; *p != '\0'; p++)
    {
      if (*p == '\\' && code == NULL && p[1] != '\0')
        p++;
      else if (*p == '`')
        code = code == NULL ? p : NULL;
      else if (code == NULL && *p == '*' && p[1] == '*')
        strong = strong == NULL ? p++ : (p++, NULL);
      else if (code == NULL && *p == '*' && p[1] == '\0')
        g_string_truncate (closed, p - closed->str);
    }
  if (code != NULL && is_blank (code + 1))
    {
      g_string_truncate (closed, code - closed->str);
      code = NULL;
    }
  if (strong != NULL && is_blank (strong + 2))
    {
      g_string_truncate (closed, strong - closed->str);
      strong = NULL;
    }
  if (strong != NULL && code == NULL)
    while (strchr (" \t", closed->str[closed->len - 1]) != NULL)
      g_string_truncate (closed, closed->len - 1);
  *kept = closed->len;
  g_string_append (closed, code != NULL ? "`" : "");
  g_string_append (closed, strong != NULL ? "**" : "");
  return closed;
}

static const YjBlock *
get_last_leaf (GPtrArray *blocks)
{
  const YjBlock *last = NULL;

  for (GPtrArray *in = blocks; in != NULL && in->len > 0; in = last->children)
    last = g_ptr_array_index (in, in->len - 1);
  return last;
}

static gboolean
is_space (const char *text,
          gsize       start,
          gsize       end)
{
  while (start < end && g_ascii_isspace (text[start]))
    start++;
  return start >= end;
}

/* @line: where the last line of what is parsed begins; -1 when the text is complete. */
static GPtrArray *
parse_closed (YjMarkdown *self,
              gsize       end,
              gssize      line)
{
  GPtrArray *blocks = yj_markdown_parse (self->text->str + self->frozen, end - self->frozen, self->frozen);
  const YjBlock *last = get_last_leaf (blocks);
  g_autoptr(GString) closed = NULL;
  gsize before = end;
  gsize shown, kept;

  if (line < 0 || (last != NULL && last->kind == YJ_BLOCK_CODE && is_space (self->text->str, last->source_end, end)))
    return blocks;
  shown = self->frozen + yj_markdown_source_find_open (self->text->str + self->frozen, end - self->frozen);
  if (shown == end && (gsize) line >= end)
    return blocks;
  for (end = shown; (gsize) line > self->frozen && ((gsize) line > end || self->text->str[line - 1] != '\n');)
    line--;
  closed = close_line (self->text->str + line, end - line, &kept);
  if (shown == before && closed->len == end - line && strncmp (closed->str, self->text->str + line, closed->len) == 0)
    return blocks;
  g_ptr_array_unref (blocks);
  g_string_prepend_len (closed, self->text->str + self->frozen, line - self->frozen);
  blocks = yj_markdown_parse (closed->str, closed->len, self->frozen);
  yj_block_source_limit (blocks, line + kept);
  return blocks;
}

/* ---- a list that is frozen up to one of its items */

/* Gives up what is frozen of the list. */
static void
thaw_list (YjMarkdown *self)
{
  self->frozen = self->list_start;
  g_clear_pointer (&self->list, yj_block_unref);
  self->n_items = 0;
}

/* Puts the frozen items before those of the list that what was parsed begins with. */
static gboolean
join_list (YjMarkdown *self,
           GPtrArray  *blocks)
{
  const YjBlock *rest = blocks->len > 0 ? g_ptr_array_index (blocks, 0) : NULL;
  YjBlock *joined;

  if (self->list == NULL)
    return TRUE;
  /* A blank line between any two items moves all of them apart. */
  if (rest == NULL || rest->kind != YJ_BLOCK_LIST || rest->ordered != self->list->ordered || (self->list->tight && !rest->tight))
    return FALSE;
  joined = yj_block_new (YJ_BLOCK_LIST);
  joined->level = self->list->level;
  joined->ordered = self->list->ordered;
  joined->tight = self->list->tight;
  joined->source_start = self->list->source_start;
  joined->source_end = rest->source_end;
  for (guint i = 0; i < self->n_items; i++)
    yj_block_add_child (joined, yj_block_ref (g_ptr_array_index (self->list->children, i)));
  for (guint i = 0; i < rest->children->len; i++)
    yj_block_add_child (joined, yj_block_ref (g_ptr_array_index (rest->children, i)));
  yj_block_unref (g_ptr_array_index (blocks, 0));
  g_ptr_array_index (blocks, 0) = joined;
  return TRUE;
}

/* Whether a line that begins with @p begins something new, whatever goes on before it. */
static gboolean
begins_anew (const char *p)
{
  if (*p == '\0' || *p == '\n' || *p == ' ' || *p == '\t' || g_ascii_isdigit (*p))
    return FALSE;
  if (strchr ("-+*", *p) != NULL)
    return p[1] != '\0' && p[1] != ' ' && p[1] != '\t' && p[1] != '\n';
  return TRUE;
}

/* Whether @p begins an item of a list that holds something. */
static gboolean
begins_item (const char *p)
{
  gsize digits = strspn (p, "0123456789");
  const char *mark = p + digits;

  if (digits > 9 || (digits == 0 ? strchr ("-+*", *p) == NULL : *p == '0' || strchr (".)", *mark) == NULL) || *mark == '\0')
    return FALSE;
  return mark[1] == ' ' && mark[2] != *mark && strchr (" \t\n-+*", mark[2]) == NULL;
}

/* The last place in the open part that could be frozen up to, or 0. */
static gsize
find_parting (YjMarkdown *self,
              gboolean   *in_list)
{
  const char *open = self->text->str + self->frozen;

  *in_list = FALSE;
  for (const char *p = self->text->str + self->text->len; p > open + 1; p--)
    if (p[-1] == '\n' && begins_item (p))
      {
        *in_list = TRUE;
        return p - self->text->str;
      }
    else if (p[-1] == '\n' && begins_anew (p))
      {
        const char *q = p - 1;

        while (q > open && (q[-1] == ' ' || q[-1] == '\t'))
          q--;
        if (q > open && q[-1] == '\n')
          return p - self->text->str;
      }
  return 0;
}

/* An open code block takes everything up to its end, so that only the last block can be one. */
static gboolean
may_be_open_code (const YjBlock *block,
                  const char    *text,
                  gsize          end)
{
  gsize line, last;

  if (block->kind != YJ_BLOCK_CODE)
    return FALSE;
  while (end > 0 && g_ascii_isspace (text[end - 1]))
    end--;
  for (line = end; line > 0 && text[line - 1] != '\n';)
    line--;
  while (line < end && text[line] == ' ')
    line++;
  /* Closed, if the last line is a fence that is neither the opening one nor within the code. */
  if (end - line < 3 || strspn (text + line, "`~") < end - line)
    return TRUE;
  last = strlen (block->text);
  while (last > 0 && g_ascii_isspace (block->text[last - 1]))
    last--;
  return last == 0 || (last >= end - line && strncmp (block->text + last - (end - line), text + line, end - line) == 0);
}

static gboolean
is_same (GPtrArray *some,
         GPtrArray *others,
         guint      first,
         guint      n)
{
  for (guint i = 0; i < n; i++)
    if (!yj_block_equal (g_ptr_array_index (some, i), g_ptr_array_index (others, first + i)))
      return FALSE;
  return TRUE;
}

/* @head ends with a list, and at @parting there is its next item. Whether to be loose is the matter of the whole list. */
static void
freeze_items (YjMarkdown *self,
              GPtrArray  *head,
              gsize       parting)
{
  guint before = head->len - 1;
  const YjBlock *known = g_ptr_array_index (head, before);
  YjBlock *list = g_ptr_array_index (self->blocks, self->n_frozen + before);
  g_autoptr(GPtrArray) tail = NULL;
  const YjBlock *rest;

  if (known->kind != YJ_BLOCK_LIST || list->kind != YJ_BLOCK_LIST || known->ordered != list->ordered || known->level != list->level ||
      list->children->len <= known->children->len || !is_same (head, self->blocks, self->n_frozen, before) ||
      !is_same (known->children, list->children, 0, known->children->len))
    return;
  tail = yj_markdown_parse (self->text->str + parting, self->text->len - parting, parting);
  rest = tail->len > 0 ? g_ptr_array_index (tail, 0) : NULL;
  if (rest == NULL || rest->kind != YJ_BLOCK_LIST || rest->ordered != list->ordered || (list->tight && !rest->tight) ||
      rest->children->len != list->children->len - known->children->len ||
      self->n_frozen + before + tail->len != self->blocks->len)
    return;

  if (self->list == NULL || before > 0)
    for (self->list_start = list->source_start; self->list_start > 0 && self->text->str[self->list_start - 1] != '\n';)
      self->list_start--;
  yj_block_ref (list);
  g_clear_pointer (&self->list, yj_block_unref);
  self->list = list;
  self->n_items = known->children->len;
  self->frozen = parting;
  self->n_frozen += before;
}

static void
freeze (YjMarkdown *self)
{
  gboolean in_list;
  gsize parting = find_parting (self, &in_list);
  g_autoptr(GPtrArray) head = NULL;

  if (parting == 0 || parting == self->refused)
    return;
  self->refused = parting;
  head = yj_markdown_parse (self->text->str + self->frozen, parting - self->frozen, self->frozen);
  if (head->len == 0 || self->n_frozen + head->len > self->blocks->len || !join_list (self, head))
    return;
  if (in_list)
    {
      freeze_items (self, head, parting);
      return;
    }
  if (may_be_open_code (g_ptr_array_index (head, head->len - 1), self->text->str + self->frozen, parting - self->frozen) ||
      !is_same (head, self->blocks, self->n_frozen, head->len))
    return;
  g_clear_pointer (&self->list, yj_block_unref);
  self->frozen = parting;
  self->n_frozen += head->len;
}

static guint
parse_open_part (YjMarkdown *self,
                 gsize       end,
                 gssize      line)
{
  g_autoptr(GPtrArray) blocks = parse_closed (self, end, line);
  guint changed = self->n_frozen;

  if (!join_list (self, blocks))
    {
      thaw_list (self);
      g_ptr_array_unref (blocks);
      blocks = parse_closed (self, end, line);
    }
  while (changed < self->blocks->len && changed - self->n_frozen < blocks->len &&
         yj_block_equal (g_ptr_array_index (self->blocks, changed), g_ptr_array_index (blocks, changed - self->n_frozen)))
    {
      yj_block_adopt_source (g_ptr_array_index (self->blocks, changed), g_ptr_array_index (blocks, changed - self->n_frozen));
      changed++;
    }
  g_ptr_array_set_size (self->blocks, changed);
  for (guint i = changed - self->n_frozen; i < blocks->len; i++)
    g_ptr_array_add (self->blocks, yj_block_ref (g_ptr_array_index (blocks, i)));
  return changed;
}

/**
 * yj_markdown_set_text:
 * @self: a document
 * @text: all of the text so far, which begins with what was set before
 * @complete: whether nothing will follow
 *
 * Reads on where the last call ended. Unless @complete, signs at the end that could become anything are not shown yet.
 *
 * What results does not depend on how the text was split between calls.
 *
 * Returns: the index of the first block that is not the same as before; the number of blocks when all are
 */
guint
yj_markdown_set_text (YjMarkdown *self,
                      const char *text,
                      gboolean    complete)
{
  gsize length = strlen (text);
  gsize before = self->text->len;
  gsize end, line = 0;
  guint changed;

  g_return_val_if_fail (length >= self->read, self->blocks->len);

  self->read += yj_text_neutralise (self->text, text + self->read, length - self->read, complete);
  self->has_han = self->has_han || yj_text_has_han (self->text->str + before);
  self->has_kana = self->has_kana || yj_text_has_kana (self->text->str + before);
  look_for_definitions (self);
  if (self->has_definitions)
    {
      self->frozen = self->n_frozen = 0;
      g_clear_pointer (&self->list, yj_block_unref);
    }

  end = complete ? self->text->len : find_certain_end (self, &line);
  changed = parse_open_part (self, end, complete ? -1 : (gssize) line);
  if (!self->has_definitions && end == self->text->len)
    freeze (self);
  return changed;
}

/**
 * yj_markdown_get_blocks:
 * @self: a document
 *
 * Returns: (transfer none) (element-type YjBlock): its blocks
 */
GPtrArray *
yj_markdown_get_blocks (YjMarkdown *self)
{
  return self->blocks;
}

/**
 * yj_markdown_get_text:
 * @self: a document
 *
 * Returns: (transfer none): its text, neutralised: what the blocks' places in the source count in
 */
const char *
yj_markdown_get_text (YjMarkdown *self)
{
  return self->text->str;
}

/**
 * yj_markdown_get_frozen:
 * @self: a document
 *
 * Returns: how many of the blocks are certain not to change, unless a link reference definition comes
 */
guint
yj_markdown_get_frozen (YjMarkdown *self)
{
  return self->n_frozen;
}

/**
 * yj_markdown_is_chinese:
 * @self: a document
 *
 * Returns: whether there are ideographs and nothing that makes them Japanese or Korean
 */
gboolean
yj_markdown_is_chinese (YjMarkdown *self)
{
  return self->has_han && !self->has_kana;
}
