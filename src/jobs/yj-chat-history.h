/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a conversation travels with a question. Private to YjChat. */
#pragma once

#include "yj-conversation.h"
#include "yj-platform.h"

G_BEGIN_DECLS

/* Whether the model may be told of it: it says something, and did not fail. */
gboolean    yj_chat_history_is_usable  (YjMessage      *message);
/* The turns that lead to @message, without it, oldest first, in about @budget tokens; borrowed from the messages.
   @begins: the first message of them if others are left out for want of room, else NULL. */
GArray     *yj_chat_history_list       (YjConversation *conversation,
                                        YjMessage      *message,
                                        guint           budget,
                                        YjMessage     **begins);
/* The same for what would be asked next. */
GArray     *yj_chat_history_list_all   (YjConversation *conversation,
                                        guint           budget,
                                        YjMessage     **begins);
/* About how many tokens a text is, on the safe side. */
guint64     yj_chat_history_count      (const char     *text);
/* What asks a model to go on with @answer. */
const char *yj_chat_history_get_go_on  (YjMessage      *answer);

G_END_DECLS
