/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-anchor"

#include "yj-anchor.h"

#define IN_SIGHT 200            /* px below the upper edge of the view */

static YjBlockColumn *
get_column (YjMessageCard *card,
            YjMessagePart  part)
{
  YjMarkdownView *view = yj_message_card_get_part (card, part);

  return view != NULL ? yj_markdown_view_get_column (view) : NULL;
}

/**
 * yj_anchor_find:
 * @card: a card
 * @width: px that it is wide
 * @y: px from its upper edge
 *
 * Returns: what is at @y
 */
YjAnchor
yj_anchor_find (YjMessageCard *card,
                int            width,
                int            y)
{
  for (YjMessagePart part = YJ_MESSAGE_ANSWER; part > YJ_MESSAGE_CARD_ITSELF; part--)
    {
      YjBlockColumn *column = get_column (card, part);
      int top = column != NULL ? yj_message_card_get_part_y (card, part, width) : 0;
      guint row;

      if (column == NULL || y < top)
        continue;
      row = yj_block_column_find (column, y - top);
      /* What begins in sight is what is being read, rather than the rest of what is above it. */
      if (row != YJ_BLOCK_COLUMN_END && row + 1 < yj_block_column_get_n_rows (column) &&
          yj_block_column_get_y (column, row) < y - top && yj_block_column_get_y (column, row + 1) < y - top + IN_SIGHT)
        row++;
      return (YjAnchor) { part, row, y - top - yj_block_column_get_y (column, row) };
    }
  return (YjAnchor) { YJ_MESSAGE_CARD_ITSELF, 0, y };
}

/**
 * yj_anchor_get_y:
 * @self: a place in @card
 * @card: a card
 * @width: px that it is wide
 *
 * Returns: px from the upper edge of @card to the place
 */
int
yj_anchor_get_y (const YjAnchor *self,
                 YjMessageCard  *card,
                 int             width)
{
  YjBlockColumn *column = get_column (card, self->part);

  if (column == NULL)
    return self->offset;
  return yj_message_card_get_part_y (card, self->part, width) + yj_block_column_get_y (column, self->row) + self->offset;
}

/**
 * yj_anchor_reach:
 * @self: a place in @card
 * @card: a card
 * @before: px above the place that are near the view
 * @after: px below it
 *
 * Has widgets made of what is near the view, and others dropped.
 */
void
yj_anchor_reach (const YjAnchor *self,
                 YjMessageCard  *card,
                 int             before,
                 int             after)
{
  YjBlockColumn *thoughts = get_column (card, YJ_MESSAGE_THOUGHTS);
  YjBlockColumn *answer = get_column (card, YJ_MESSAGE_ANSWER);

  if (self->part == YJ_MESSAGE_ANSWER && answer != NULL)
    {
      yj_block_column_reach (answer, self->row, before - self->offset, after + self->offset);
      if (thoughts != NULL)
        yj_block_column_reach (thoughts, YJ_BLOCK_COLUMN_END, before - self->offset - yj_block_column_get_y (answer, self->row), 0);
      return;
    }
  after += self->offset;
  if (self->part == YJ_MESSAGE_THOUGHTS && thoughts != NULL)
    {
      yj_block_column_reach (thoughts, self->row, before - self->offset, after);
      after -= yj_block_column_get_y (thoughts, YJ_BLOCK_COLUMN_END) - yj_block_column_get_y (thoughts, self->row);
    }
  else if (thoughts != NULL)
    {
      yj_block_column_reach (thoughts, 0, 0, after);
      after -= yj_block_column_get_y (thoughts, YJ_BLOCK_COLUMN_END);
    }
  if (answer != NULL)
    yj_block_column_reach (answer, 0, 0, after);
}
