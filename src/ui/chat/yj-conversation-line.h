/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-library.h"

G_BEGIN_DECLS

/* A conversation in the list. Property "conversation" (YjConversation). */
#define YJ_TYPE_CONVERSATION_LINE (yj_conversation_line_get_type ())
G_DECLARE_FINAL_TYPE (YjConversationLine, yj_conversation_line, YJ, CONVERSATION_LINE, GtkWidget)

void yj_conversation_line_set_conversation (YjConversationLine *self,
                                           YjConversation    *conversation);
void yj_conversation_line_set_selected     (YjConversationLine *self,
                                            gboolean            selected);

/* NULL: it was not searched for, or its title says it all. */
void yj_conversation_line_set_hit          (YjConversationLine *self,
                                            const YjSearchHit  *hit);

G_END_DECLS
