/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-library.h"

G_BEGIN_DECLS

/* The conversations of a library, by day, and a search over them. Signal "open" (YjConversation): one was chosen by a
   person; "deleted" (YjConversation): one went into the trash; "hit" (YjConversation, message id, words): in
   the one that was chosen, a search found this. */
#define YJ_TYPE_CONVERSATION_LIST (yj_conversation_list_get_type ())
G_DECLARE_FINAL_TYPE (YjConversationList, yj_conversation_list, YJ, CONVERSATION_LIST, GtkWidget)

void yj_conversation_list_set_library (YjConversationList *self,
                                       YjLibrary          *library);
/* Marks the one that is open, without opening it. */
void yj_conversation_list_select      (YjConversationList *self,
                                       YjConversation     *conversation);
void yj_conversation_list_search      (YjConversationList *self);
void yj_conversation_list_search_for  (YjConversationList *self,
                                       const char         *words);
void yj_conversation_list_rename      (YjConversationList *self,
                                       YjConversation     *conversation);
void yj_conversation_list_toggle_pin  (YjConversationList *self,
                                       YjConversation     *conversation);
/* @format: "markdown", "html" or "json" */
void yj_conversation_list_export      (YjConversationList *self,
                                       YjConversation     *conversation,
                                       const char         *format);
void yj_conversation_list_delete      (YjConversationList *self,
                                       YjConversation     *conversation);

G_END_DECLS
