/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-library.h"
#include "yj-platform.h"

G_BEGIN_DECLS

/* The answers under way, by conversation; they live whatever is on screen. Signals ended, asked
   (YjConversation, YjMessage). Properties: stream, history (boolean), history-budget (uint, tokens). */
#define YJ_TYPE_CHAT (yj_chat_get_type ())
G_DECLARE_FINAL_TYPE (YjChat, yj_chat, YJ, CHAT, GObject)

YjChat    *yj_chat_new          (YjLibrary      *library);
void       yj_chat_set_platform (YjChat         *self,
                                 YjPlatform     *platform);
/* Adds the question and the answer to come, which then grows; journalled at least once a second. Returns the
   answer (transfer none). The first turn has exactly the documented form; later turns carry the history. */
YjMessage *yj_chat_send         (YjChat         *self,
                                 YjConversation *conversation,
                                 const char     *prompt);
/* Asks a question again, in a new answer beside the others. @model: NULL: the conversation's. */
YjMessage *yj_chat_ask_again    (YjChat         *self,
                                 YjConversation *conversation,
                                 YjMessage      *question,
                                 const char     *model);
/* Asks another version of a question, beside it. */
YjMessage *yj_chat_ask_edited   (YjChat         *self,
                                 YjConversation *conversation,
                                 YjMessage      *question,
                                 const char     *text);
/* Asks the last question that is shown again after an error or a cut. */
YjMessage *yj_chat_try_again    (YjChat         *self,
                                 YjConversation *conversation);
/* Has the model go on with an answer that was cut; what comes is appended to it. */
gboolean   yj_chat_can_go_on    (YjChat         *self,
                                 YjConversation *conversation,
                                 YjMessage      *answer);
void       yj_chat_go_on        (YjChat         *self,
                                 YjConversation *conversation,
                                 YjMessage      *answer);
/* Marks the message that the history of the next question begins with, if others are left out. */
void       yj_chat_mark_history (YjChat         *self,
                                 YjConversation *conversation);

/* What is to be asked when the answers before it are complete: at once when nothing is under way or waits. */
void       yj_chat_line_add     (YjChat         *self,
                                 YjConversation *conversation,
                                 const char     *prompt);
/* Asks the first one that waits, and lets the others follow. */
void       yj_chat_line_go      (YjChat         *self,
                                 YjConversation *conversation);

void       yj_chat_stop         (YjChat         *self,
                                 YjConversation *conversation);
void       yj_chat_stop_all     (YjChat         *self);
gboolean   yj_chat_is_busy      (YjChat         *self,
                                 YjConversation *conversation);

G_END_DECLS
