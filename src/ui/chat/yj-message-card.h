/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-conversation.h"

G_BEGIN_DECLS

#define YJ_TYPE_MESSAGE_CARD (yj_message_card_get_type ())
G_DECLARE_FINAL_TYPE (YjMessageCard, yj_message_card, YJ, MESSAGE_CARD, GtkWidget)

GtkWidget *yj_message_card_new         (YjMessage    *message);
YjMessage *yj_message_card_get_message (YjMessageCard *self);
void       yj_message_card_set_last    (YjMessageCard *self,
                                       gboolean      last);

G_END_DECLS
