/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-library.h"
#include "yj-platform.h"

G_BEGIN_DECLS

/* The answers under way, by conversation; they live whatever is on screen. Signal ended (YjConversation, YjMessage). */
#define YJ_TYPE_CHAT (yj_chat_get_type ())
G_DECLARE_FINAL_TYPE (YjChat, yj_chat, YJ, CHAT, GObject)

YjChat    *yj_chat_new          (YjLibrary      *library);
void       yj_chat_set_platform (YjChat         *self,
                                 YjPlatform     *platform);
/* Adds the question and the answer to come, which then grows; journalled at least once a second. Returns the
   answer (transfer none). The first turn has exactly the documented form; later turns carry the history. */
YjMessage *yj_chat_send         (YjChat         *self,
                                 YjConversation *conversation,
                                 const char     *prompt,
                                 gboolean        stream);
/* Asks the last question of a conversation again after an error or a cut, in a new answer. */
YjMessage *yj_chat_try_again    (YjChat         *self,
                                 YjConversation *conversation);
void       yj_chat_stop         (YjChat         *self,
                                 YjConversation *conversation);
void       yj_chat_stop_all     (YjChat         *self);
gboolean   yj_chat_is_busy      (YjChat         *self,
                                 YjConversation *conversation);

G_END_DECLS
