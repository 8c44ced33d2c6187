/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with single messages of a transcript. */
#define G_LOG_DOMAIN "yj-transcript"

#include "yj-transcript-private.h"

/**
 * yj_transcript_hold:
 * @self: a transcript
 *
 * Lets go of the end or of a question: what is in sight stays where it is when the messages behind it change.
 */
void
yj_transcript_hold (YjTranscript *self)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  if (self->kept == YJ_KEPT_BY_PLACE || self->vadjustment == NULL)
    return;
  yj_transcript_keep_by (self, gtk_adjustment_get_value (self->vadjustment));
  self->kept = YJ_KEPT_BY_PLACE;
}

/**
 * yj_transcript_get_card:
 * @self: a transcript
 * @message: a message
 *
 * Returns: (transfer none) (nullable): the widget that shows @message; %NULL: it is far from the view, or not here
 */
YjMessageCard *
yj_transcript_get_card (YjTranscript *self,
                        YjMessage    *message)
{
  g_return_val_if_fail (YJ_IS_TRANSCRIPT (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      YjTranscriptItem *item = yj_transcript_get_item (self, i);

      if (item->message == message)
        return item->row != NULL ? YJ_MESSAGE_CARD (item->row) : NULL;
    }
  return NULL;
}

/**
 * yj_transcript_get_focused:
 * @self: a transcript
 *
 * Returns: (transfer none) (nullable): the message in which the focus is
 */
YjMessage *
yj_transcript_get_focused (YjTranscript *self)
{
  GtkWidget *child;

  g_return_val_if_fail (YJ_IS_TRANSCRIPT (self), NULL);

  child = gtk_widget_get_focus_child (GTK_WIDGET (self));
  return YJ_IS_MESSAGE_CARD (child) ? yj_message_card_get_message (YJ_MESSAGE_CARD (child)) : NULL;
}
