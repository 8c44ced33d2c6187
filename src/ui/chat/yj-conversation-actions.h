/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does to a conversation, with what it asks and tells. @widget stands in the window that shows it. */
#pragma once

#include <gtk/gtk.h>

#include "yj-library.h"

G_BEGIN_DECLS

typedef void (*YjConversationFunc) (GtkWidget      *widget,
                                    YjConversation *conversation);

void yj_conversation_rename       (GtkWidget          *widget,
                                   YjLibrary          *library,
                                   YjConversation     *conversation);
/* @undone is called when the person takes it back. */
void yj_conversation_trash        (GtkWidget          *widget,
                                   YjLibrary          *library,
                                   YjConversation     *conversation,
                                   YjConversationFunc  undone);
void yj_conversation_toggle_pin   (YjLibrary          *library,
                                   YjConversation     *conversation);
char *yj_conversation_dup_shown_title (YjConversation *conversation);

G_END_DECLS
