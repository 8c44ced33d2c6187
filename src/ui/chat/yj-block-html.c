/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-block-html"

#include "yj-block-write.h"

#include <string.h>

#include "yj-formula.h"
#include "yj-html.h"

/* Blocks as HTML, for programs that paste rich text. Everything that comes from outside is escaped; addresses are only
 * those that the parser let through. */

/* With the delimiters that pages know. */
static void
add_math (GString    *target,
          const char *source,
          gsize       length,
          const char *open,
          const char *close)
{
  gsize delimiter = yj_formula_get_delimiter (source, length);

  g_string_append (target, delimiter > 0 ? open : "");
  yj_html_append (target, source + delimiter, length - 2 * delimiter, FALSE);
  g_string_append (target, delimiter > 0 ? close : "");
}

static void
add_span (GString      *target,
          const char   *text,
          const YjSpan *span)
{
  static const struct { YjStyle style; const char *tag; } tags[] = {
    { YJ_STYLE_STRONG, "strong" }, { YJ_STYLE_EMPHASIS, "em" }, { YJ_STYLE_STRIKE, "del" }, { YJ_STYLE_CODE, "code" },
  };

  if (span->uri != NULL)
    {
      g_string_append (target, "<a href=\"");
      yj_html_append (target, span->uri, -1, FALSE);
      g_string_append (target, "\">");
    }
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (span->style & tags[i].style)
      g_string_append_printf (target, "<%s>", tags[i].tag);
  if (span->style & YJ_STYLE_MATH)
    add_math (target, text + span->start, span->end - span->start, "\\(", "\\)");
  else
    yj_html_append (target, text + span->start, span->end - span->start, TRUE);
  for (guint i = G_N_ELEMENTS (tags); i > 0; i--)
    if (span->style & tags[i - 1].style)
      g_string_append_printf (target, "</%s>", tags[i - 1].tag);
  if (span->uri != NULL)
    g_string_append (target, "</a>");
}

static void
write_text (const YjBlock *block,
            GString       *target)
{
  const char *text = block->text != NULL ? block->text : "";
  guint at = 0;

  for (guint i = 0; block->spans != NULL && i < block->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (block->spans, YjSpan, i);

      yj_html_append (target, text + at, span->start - at, TRUE);
      add_span (target, text, span);
      at = span->end;
    }
  yj_html_append (target, text + at, -1, TRUE);
}

static void
write_table (const YjBlock *table,
             GString       *target)
{
  static const char * const aligns[] = { "", " align=\"left\"", " align=\"center\"", " align=\"right\"" };
  guint n = table->children != NULL ? table->children->len : 0;

  g_string_append (target, "<table>\n");
  for (guint i = 0; i < n; i++)
    {
      const YjBlock *cell = g_ptr_array_index (table->children, i);
      const char *tag = i < table->columns ? "th" : "td";

      g_string_append (target, i % table->columns == 0 ? "<tr>" : "");
      g_string_append_printf (target, "<%s%s>", tag, aligns[cell->align]);
      write_text (cell, target);
      g_string_append_printf (target, "</%s>%s", tag, i % table->columns == table->columns - 1 ? "</tr>\n" : "");
    }
  g_string_append (target, "</table>\n");
}

static void write_block (const YjBlock *block,
                         gboolean       tight,
                         GString       *target);

static void
write_children (const YjBlock *block,
                gboolean       tight,
                GString       *target)
{
  for (guint i = 0; block->children != NULL && i < block->children->len; i++)
    write_block (g_ptr_array_index (block->children, i), tight, target);
}

static void
write_list (const YjBlock *list,
            GString       *target)
{
  static const char * const tasks[] = { "", "<input type=\"checkbox\" disabled> ", "<input type=\"checkbox\" disabled checked> " };

  if (!list->ordered)
    g_string_append (target, "<ul>\n");
  else if (list->level == 1)
    g_string_append (target, "<ol>\n");
  else
    g_string_append_printf (target, "<ol start=\"%u\">\n", list->level);
  for (guint i = 0; list->children != NULL && i < list->children->len; i++)
    {
      const YjBlock *item = g_ptr_array_index (list->children, i);

      g_string_append_printf (target, "<li>%s", tasks[item->task]);
      write_children (item, list->tight, target);
      g_string_append (target, "</li>\n");
    }
  g_string_append (target, list->ordered ? "</ol>\n" : "</ul>\n");
}

static void
write_code (const YjBlock *block,
            GString       *target)
{
  g_string_append (target, "<pre><code");
  if (block->language != NULL)
    {
      g_string_append (target, " class=\"language-");
      yj_html_append (target, block->language, strcspn (block->language, " \t"), FALSE);
      g_string_append_c (target, '"');
    }
  g_string_append_c (target, '>');
  yj_html_append (target, block->text, -1, FALSE);
  g_string_append (target, "\n</code></pre>\n");
}

static void
write_block (const YjBlock *block,
             gboolean       tight,
             GString       *target)
{
  switch (block->kind)
    {
    case YJ_BLOCK_PARAGRAPH:
    case YJ_BLOCK_CELL:
      g_string_append (target, tight ? "" : "<p>");
      write_text (block, target);
      g_string_append (target, tight ? "\n" : "</p>\n");
      break;
    case YJ_BLOCK_HEADING:
      g_string_append_printf (target, "<h%u>", CLAMP (block->level, 1, 6));
      write_text (block, target);
      g_string_append_printf (target, "</h%u>\n", CLAMP (block->level, 1, 6));
      break;
    case YJ_BLOCK_CODE:
      write_code (block, target);
      break;
    case YJ_BLOCK_MATH:
      g_string_append (target, "<p>");
      add_math (target, block->text, strlen (block->text), "\\[", "\\]");
      g_string_append (target, "</p>\n");
      break;
    case YJ_BLOCK_RULE:
      g_string_append (target, "<hr>\n");
      break;
    case YJ_BLOCK_QUOTE:
      g_string_append (target, "<blockquote>\n");
      write_children (block, FALSE, target);
      g_string_append (target, "</blockquote>\n");
      break;
    case YJ_BLOCK_LIST:
      write_list (block, target);
      break;
    case YJ_BLOCK_TABLE:
      write_table (block, target);
      break;
    case YJ_BLOCK_ITEM:
      write_children (block, FALSE, target);
      break;
    }
}

/**
 * yj_blocks_write_html:
 * @blocks: (element-type YjBlock): a document, or a part of one
 * @target: grows
 *
 * Writes HTML, as what may stand in a `<body>`. Formulas are their TeX source, with its delimiters.
 */
void
yj_blocks_write_html (GPtrArray *blocks,
                      GString   *target)
{
  for (guint i = 0; i < blocks->len; i++)
    write_block (g_ptr_array_index (blocks, i), FALSE, target);
}
