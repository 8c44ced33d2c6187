/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-block-plain"

#include "yj-block-write.h"

#include <string.h>

/* Blocks as they are read: no marks but those that are seen. */

static void write_blocks (GPtrArray *blocks,
                          gboolean   tight,
                          GString   *target);

static void
add_indented (GString    *target,
              const char *text,
              const char *mark,
              const char *indent)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (target, "%s%s%s", i > 0 ? "\n" : "", i == 0 ? mark : *lines[i] != '\0' ? indent : "", lines[i]);
}

static void
write_list (const YjBlock *list,
            GString       *target)
{
  static const char * const tasks[] = { "• ", "☐ ", "☑ " };

  for (guint i = 0; list->children != NULL && i < list->children->len; i++)
    {
      const YjBlock *item = g_ptr_array_index (list->children, i);
      g_autoptr(GString) content = g_string_new (NULL);
      g_autofree char *mark = NULL;
      g_autofree char *indent = NULL;

      if (list->ordered && item->task == YJ_TASK_NONE)
        mark = g_strdup_printf ("%" G_GUINT64_FORMAT ". ", (guint64) list->level + i);
      else
        mark = g_strdup (tasks[item->task]);
      indent = g_strnfill (g_utf8_strlen (mark, -1), ' ');
      write_blocks (item->children, list->tight, content);
      if (i > 0)
        g_string_append (target, list->tight ? "\n" : "\n\n");
      add_indented (target, content->str, mark, indent);
    }
}

static void
write_table (const YjBlock *table,
             GString       *target)
{
  gsize start = target->len;

  for (guint i = 0; table->children != NULL && i < table->children->len; i++)
    {
      const YjBlock *cell = g_ptr_array_index (table->children, i);
      g_autofree char *text = g_strdelimit (g_strdup (cell->text), "\n\t", ' ');

      if (i > 0)
        g_string_append_c (target, i % table->columns == 0 ? '\n' : '\t');
      g_string_append (target, text);
    }
  /* Cells that were not marked, before the first and behind the last. */
  g_string_erase (target, start, strspn (target->str + start, "\t"));
  while (target->len > start && target->str[target->len - 1] == '\t')
    g_string_truncate (target, target->len - 1);
}

static void
write_block (const YjBlock *block,
             GString       *target)
{
  switch (block->kind)
    {
    case YJ_BLOCK_PARAGRAPH:
    case YJ_BLOCK_HEADING:
    case YJ_BLOCK_CODE:
    case YJ_BLOCK_MATH:
    case YJ_BLOCK_CELL:
      g_string_append (target, block->text);
      break;
    case YJ_BLOCK_RULE:
      g_string_append (target, "———");
      break;
    case YJ_BLOCK_QUOTE:
    case YJ_BLOCK_ITEM:
      write_blocks (block->children, FALSE, target);
      break;
    case YJ_BLOCK_LIST:
      write_list (block, target);
      break;
    case YJ_BLOCK_TABLE:
      write_table (block, target);
      break;
    }
}

static void
write_blocks (GPtrArray *blocks,
              gboolean   tight,
              GString   *target)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      if (i > 0)
        g_string_append (target, tight ? "\n" : "\n\n");
      write_block (g_ptr_array_index (blocks, i), target);
    }
}

/**
 * yj_blocks_write_plain:
 * @blocks: (element-type YjBlock): a document, or a part of one
 * @target: grows
 *
 * Writes plain text, without a line feed at the end: blocks parted by empty lines, cells by tabs, items behind their marks.
 */
void
yj_blocks_write_plain (GPtrArray *blocks,
                       GString   *target)
{
  write_blocks (blocks, FALSE, target);
}
