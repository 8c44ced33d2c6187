/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* The Chat place. Property "session" (YjSession), set once it is open. */
#define YJ_TYPE_CHAT_PAGE (yj_chat_page_get_type ())
G_DECLARE_FINAL_TYPE (YjChatPage, yj_chat_page, YJ, CHAT_PAGE, AdwBin)

/* Opens a conversation at its end. */
void yj_chat_page_open    (YjChatPage     *self,
                           YjConversation *conversation);

/* Opens it where it has @words. */
void yj_chat_page_open_at (YjChatPage     *self,
                           YjConversation *conversation,
                           const char     *words);
/* Looks for @words in all conversations. */
void yj_chat_page_search  (YjChatPage     *self,
                           const char     *words);

/* What shows toasts above the composer. */
AdwToastOverlay *yj_chat_page_get_toasts (YjChatPage *self);

/* ---- for the cards of its messages */
YjChat         *yj_chat_page_get_chat         (YjChatPage *self);
YjLibrary      *yj_chat_page_get_library      (YjChatPage *self);
YjConversation *yj_chat_page_get_conversation (YjChatPage *self);
/* Whether a question can be sent now; if there is no key, says so. */
gboolean        yj_chat_page_can_ask          (YjChatPage *self);
/* Names of models that can answer, favourites first. */
GStrv           yj_chat_page_dup_models       (YjChatPage *self);
/* After something was asked: the question goes to the top. */
void            yj_chat_page_show_asked       (YjChatPage *self);
/* What is in sight stays there. */
void            yj_chat_page_hold             (YjChatPage *self);
void            yj_chat_page_focus_message    (YjChatPage *self,
                                               YjMessage  *message,
                                               int         by);
void            yj_chat_page_step_version     (YjChatPage *self,
                                               YjMessage  *message,
                                               int         by);
gboolean        yj_chat_page_can_go_on        (YjChatPage *self,
                                               YjMessage  *message);
void            yj_chat_page_go_on            (YjChatPage *self,
                                               YjMessage  *message);
/* With undo. */
void            yj_chat_page_delete_message   (YjChatPage *self,
                                               YjMessage  *message);

G_END_DECLS
