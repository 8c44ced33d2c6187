/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-block-height"

#include "yj-block-height.h"

/* How high a block will be that nobody has seen yet. It need not be right, only near: what is wrong is seen in the scroll
 * bar and nowhere else. */

#define LINE 23                 /* px, of a paragraph */
#define CODE_LINE 20
#define FOLDED_LINES 40         /* what is to be seen of long code */
#define TABLE_LINE 36
#define SPACING 10
#define TIGHT_SPACING 4
#define INDENT 26
#define LETTER 7.4
#define IDEOGRAPH 14.7

/**
 * yj_text_guess_lines:
 * @text: valid UTF-8
 * @width: px
 *
 * Returns: about how many lines of usual size @text takes
 */
int
yj_text_guess_lines (const char *text,
                     int         width)
{
  double room = MAX (width, 40) * 0.97;
  double used = 0;
  int lines = 1;

  for (const guchar *p = (const guchar *) text; *p != '\0'; p++)
    {
      double step = *p < 0x80 ? LETTER : *p >= 0xe0 ? IDEOGRAPH : *p >= 0xc0 ? LETTER : 0;

      if (*p != '\n' && used + step <= room)
        {
          used += step;
          continue;
        }
      lines++;
      used = *p == '\n' ? 0 : step;
    }
  return lines;
}

static int
count_lines (const char *text)
{
  int lines = 1;

  for (; *text != '\0'; text++)
    lines += *text == '\n' && text[1] != '\0';
  return lines;
}

static int
guess_children (const YjBlock *self,
                int            width,
                int            spacing)
{
  int height = 0;

  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    height += (i > 0 ? spacing : 0) + yj_block_guess_height (g_ptr_array_index (self->children, i), width);
  return height;
}

/**
 * yj_block_guess_height:
 * @self: a block
 * @width: px
 *
 * Returns: about how high it is, px
 */
int
yj_block_guess_height (const YjBlock *self,
                       int            width)
{
  int lines;

  switch (self->kind)
    {
    case YJ_BLOCK_PARAGRAPH:
    case YJ_BLOCK_CELL:
      return self->text != NULL ? yj_text_guess_lines (self->text, width) * LINE : LINE;
    case YJ_BLOCK_HEADING:
      return 8 + (self->text != NULL ? yj_text_guess_lines (self->text, width * 3 / 4) : 1) * 30;
    case YJ_BLOCK_CODE:
      lines = self->text != NULL ? count_lines (self->text) : 1;
      return 44 + (lines > FOLDED_LINES && !self->unfolded ? FOLDED_LINES + 2 : lines) * CODE_LINE;
    case YJ_BLOCK_MATH:
      return 36 + (self->text != NULL ? count_lines (self->text) : 1) * 12;
    case YJ_BLOCK_RULE:
      return 13;
    case YJ_BLOCK_QUOTE:
      return guess_children (self, width - 15, SPACING);
    case YJ_BLOCK_LIST:
      return guess_children (self, width, self->tight ? TIGHT_SPACING : SPACING);
    case YJ_BLOCK_ITEM:
      return MAX (LINE, guess_children (self, width - INDENT, TIGHT_SPACING));
    case YJ_BLOCK_TABLE:
      return self->columns > 0 && self->children != NULL ? (int) (self->children->len / self->columns) * TABLE_LINE + 2 : TABLE_LINE;
    }
  return LINE;
}
