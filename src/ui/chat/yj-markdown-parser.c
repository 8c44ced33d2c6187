/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-markdown-parser"

#include "yj-markdown.h"

#include "yj-block-source.h"
#include "yj-markdown-builder.h"

typedef YjMarkdownBuilder Builder;

/* ---- blocks */

static void
add_block (Builder *self,
           YjBlock *block)
{
  if (self->open->len > 0)
    yj_block_add_child (g_ptr_array_index (self->open, self->open->len - 1), block);
  else
    g_ptr_array_add (self->blocks, block);
}

static void
close_leaf (Builder *self)
{
  YjBlock *block = g_steal_pointer (&self->block);

  if (block == NULL)
    return;
  if (block->kind == YJ_BLOCK_PARAGRAPH)
    {
      g_autoptr(GPtrArray) parts = yj_leaf_part (self->leaf);

      for (guint i = 0; i < parts->len; i++)
        add_block (self, yj_block_ref (g_ptr_array_index (parts, i)));
      yj_block_unref (block);
      return;
    }
  if (block->kind == YJ_BLOCK_CODE && self->leaf->text->len > 0 && self->leaf->text->str[self->leaf->text->len - 1] == '\n')
    g_string_truncate (self->leaf->text, self->leaf->text->len - 1);
  if (block->kind != YJ_BLOCK_RULE)
    yj_leaf_fill (self->leaf, block);
  add_block (self, block);
}

static void
open_container (Builder *self,
                YjBlock *block)
{
  guint needed = block->kind == YJ_BLOCK_LIST ? 2 : 1;       /* a list is nothing without its items */

  close_leaf (self);
  if (self->skipped > 0 || (block->kind != YJ_BLOCK_ITEM && self->open->len + needed > YJ_MARKDOWN_MAX_DEPTH))
    {
      self->skipped++;
      yj_block_unref (block);
      return;
    }
  add_block (self, block);
  g_ptr_array_add (self->open, block);
}

static void
close_container (Builder *self)
{
  close_leaf (self);
  if (self->skipped > 0)
    self->skipped--;
  else
    g_ptr_array_set_size (self->open, self->open->len - 1);
}

static void
open_list (Builder  *self,
           gboolean  ordered,
           guint     start,
           gboolean  tight)
{
  YjBlock *list = yj_block_new (YJ_BLOCK_LIST);

  list->ordered = ordered;
  list->level = start;
  list->tight = tight;
  open_container (self, list);
}

static void
open_item (Builder            *self,
           MD_BLOCK_LI_DETAIL *detail)
{
  YjBlock *item = yj_block_new (YJ_BLOCK_ITEM);

  if (detail->is_task)
    item->task = detail->task_mark == ' ' ? YJ_TASK_OPEN : YJ_TASK_DONE;
  open_container (self, item);
}

static void
open_code (Builder              *self,
           MD_BLOCK_CODE_DETAIL *detail)
{
  yj_markdown_open_leaf (self, YJ_BLOCK_CODE);
  self->block->fenced = detail->fence_char != '\0';
  self->block->language = yj_markdown_dup_attribute (self, &detail->lang);
  if (*self->block->language == '\0')
    g_clear_pointer (&self->block->language, g_free);
}

static void
open_cell (Builder            *self,
           MD_BLOCK_TD_DETAIL *detail)
{
  static const YjAlign aligns[] = {
    [MD_ALIGN_DEFAULT] = YJ_ALIGN_DEFAULT, [MD_ALIGN_LEFT] = YJ_ALIGN_LEFT,
    [MD_ALIGN_CENTER] = YJ_ALIGN_CENTER, [MD_ALIGN_RIGHT] = YJ_ALIGN_RIGHT,
  };

  yj_markdown_open_leaf (self, self->skipped > 0 ? YJ_BLOCK_PARAGRAPH : YJ_BLOCK_CELL);
  self->block->align = aligns[detail->align];
}

static void
open_table (Builder               *self,
            MD_BLOCK_TABLE_DETAIL *detail)
{
  YjBlock *table = yj_block_new (YJ_BLOCK_TABLE);

  table->columns = detail->col_count;
  open_container (self, table);
}

static int
enter_block_cb (MD_BLOCKTYPE  type,
                void         *detail,
                void         *user_data)
{
  Builder *self = user_data;

  switch (type)
    {
    case MD_BLOCK_QUOTE:
      open_container (self, yj_block_new (YJ_BLOCK_QUOTE));
      break;
    case MD_BLOCK_UL:
      open_list (self, FALSE, 0, ((MD_BLOCK_UL_DETAIL *) detail)->is_tight);
      break;
    case MD_BLOCK_OL:
      open_list (self, TRUE, ((MD_BLOCK_OL_DETAIL *) detail)->start, ((MD_BLOCK_OL_DETAIL *) detail)->is_tight);
      break;
    case MD_BLOCK_LI:
      open_item (self, detail);
      break;
    case MD_BLOCK_TABLE:
      open_table (self, detail);
      break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      open_cell (self, detail);
      break;
    case MD_BLOCK_CODE:
      close_leaf (self);
      open_code (self, detail);
      break;
    case MD_BLOCK_H:
    case MD_BLOCK_HR:
    case MD_BLOCK_P:
    case MD_BLOCK_HTML:
      close_leaf (self);
      yj_markdown_open_leaf (self, type == MD_BLOCK_H ? YJ_BLOCK_HEADING : type == MD_BLOCK_HR ? YJ_BLOCK_RULE : YJ_BLOCK_PARAGRAPH);
      if (type == MD_BLOCK_H)
        self->block->level = ((MD_BLOCK_H_DETAIL *) detail)->level;
      break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
      break;
    }
  return 0;
}

static int
leave_block_cb (MD_BLOCKTYPE  type,
                void         *detail,
                void         *user_data)
{
  Builder *self = user_data;

  switch (type)
    {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_LI:
    case MD_BLOCK_TABLE:
      close_container (self);
      break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_H:
    case MD_BLOCK_HR:
    case MD_BLOCK_P:
    case MD_BLOCK_HTML:
    case MD_BLOCK_CODE:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      close_leaf (self);
      break;
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
      break;
    }
  return 0;
}

/**
 * yj_markdown_parse:
 * @text: (array length=length): UTF-8, neutralised by [func@Yj.text_neutralise]
 * @length: bytes
 * @base: where @text begins in the document, in bytes
 *
 * Parses CommonMark with GFM's tables, task lists, strikethrough and bare addresses.
 *
 * Emphasis works beside Chinese punctuation; formulas are kept as their source; HTML is text, but for `<br>`. Links
 * are only those of [func@Yj.link_normalise]; pictures are links. Takes time in proportion to @length; nothing nests
 * deeper than `YJ_MARKDOWN_MAX_DEPTH`.
 *
 * Returns: (transfer full) (element-type YjBlock): the blocks
 */
GPtrArray *
yj_markdown_parse (const char *text,
                   gsize       length,
                   gsize       base)
{
  static const MD_PARSER parser = {
    .flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML,
    .enter_block = enter_block_cb,
    .leave_block = leave_block_cb,
    .enter_span = yj_markdown_enter_span_cb,
    .leave_span = yj_markdown_leave_span_cb,
    .text = yj_markdown_text_cb,
  };
  g_autoptr(YjMarkdownSource) source = yj_markdown_source_new (text, length);
  Builder self = { .source = source };

  self.blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_block_unref);
  self.open = g_ptr_array_new ();
  self.leaf = yj_leaf_new ();
  self.links = g_ptr_array_new_with_free_func (g_free);

  if (md_parse (source->text->str, source->text->len, &parser, &self) != 0)
    g_debug ("The parser gave up");
  close_leaf (&self);
  yj_block_source_find (self.blocks, text, length, base);

  g_ptr_array_unref (self.open);
  g_ptr_array_unref (self.links);
  yj_leaf_free (self.leaf);
  return self.blocks;
}
