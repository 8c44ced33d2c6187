/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block-range.h"
#include "yj-conversation.h"
#include "yj-markdown-view.h"

G_BEGIN_DECLS

/* What of a card is made of blocks. */
typedef enum
{
  YJ_MESSAGE_CARD_ITSELF,
  YJ_MESSAGE_THOUGHTS,
  YJ_MESSAGE_ANSWER,
} YjMessagePart;

#define YJ_TYPE_MESSAGE_CARD (yj_message_card_get_type ())
G_DECLARE_FINAL_TYPE (YjMessageCard, yj_message_card, YJ, MESSAGE_CARD, GtkWidget)

GtkWidget *yj_message_card_new         (YjMessage    *message);
YjMessage *yj_message_card_get_message (YjMessageCard *self);
void       yj_message_card_set_place   (YjMessageCard *self,
                                        guint          i,
                                        guint          n);
/* Puts an editor in the place of the text; NULL: the text again. */
void       yj_message_card_set_editor  (YjMessageCard *self,
                                        GtkWidget     *editor);
gboolean   yj_message_card_is_edited   (YjMessageCard *self);
void       yj_message_card_focus_editor (YjMessageCard *self);
/* Focus to the buttons between the versions, to the one for @by; where there are none, to the first that takes it. */
void       yj_message_card_focus_versions (YjMessageCard *self,
                                        int            by);
YjMarkdownView *yj_message_card_get_part (YjMessageCard *self,
                                          YjMessagePart  part);
int        yj_message_card_get_part_y  (YjMessageCard *self,
                                        YjMessagePart  part,
                                        int            width);
void       yj_message_card_set_marked  (YjMessageCard *self,
                                        YjMessagePart  part,
                                        const YjRange *range);
void       yj_message_card_collect     (YjMessageCard *self,
                                        YjMessagePart  part,
                                        GArray        *pieces);

G_END_DECLS
