/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* The Chat place. Property "session" (YjSession), set once it is open. */
#define YJ_TYPE_CHAT_PAGE (yj_chat_page_get_type ())
G_DECLARE_FINAL_TYPE (YjChatPage, yj_chat_page, YJ, CHAT_PAGE, AdwBin)

/* Opens a conversation at its end. */
void yj_chat_page_open (YjChatPage     *self,
                        YjConversation *conversation);

G_END_DECLS
