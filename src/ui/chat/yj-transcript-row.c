/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-transcript"

#include "yj-transcript-private.h"

/**
 * yj_transcript_get_position:
 * @self: a transcript
 *
 * Returns: which message is at the upper edge of the view, from 0; 0 while there are none
 */
guint
yj_transcript_get_position (YjTranscript *self)
{
  g_return_val_if_fail (YJ_IS_TRANSCRIPT (self), 0);

  if (self->items->len == 0)
    return 0;
  return yj_heights_find (self->heights, MAX (yj_transcript_get_value (self, gtk_widget_get_height (GTK_WIDGET (self))) - YJ_TRANSCRIPT_MARGIN, 0));
}

/**
 * yj_transcript_show_row:
 * @self: a transcript
 * @position: which message, from 0
 * @row: a row of the blocks of an answer, as of [class@Yj.BlockColumn]; of a question any
 * @below: px that the row is to begin below the upper edge of the view
 *
 * Goes to a place within a message, and stays there.
 */
void
yj_transcript_show_row (YjTranscript *self,
                        guint         position,
                        guint         row,
                        int           below)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  if (position >= self->items->len)
    return;
  self->awaited = 0;
  self->kept = YJ_KEPT_BY_PLACE;
  self->top = position;
  if (yj_message_get_role (yj_transcript_get_item (self, position)->message) == YJ_MESSAGE_USER)
    self->anchor = (YjAnchor) { YJ_MESSAGE_CARD_ITSELF, 0, -below };
  else
    self->anchor = (YjAnchor) { YJ_MESSAGE_ANSWER, row, -below };
  yj_transcript_build (self);
}
