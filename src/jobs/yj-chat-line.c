/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions that wait until the answers before them are complete. They are kept with their conversation; whether
 * they follow by themselves is not: after a restart, a failure or a stop somebody has to let them. */
#define G_LOG_DOMAIN "yj-chat"

#include "yj-chat-private.h"

static void
ask_first (YjChat         *self,
           YjConversation *conversation)
{
  GListStore *line = yj_conversation_get_waiting (conversation);
  g_autoptr(YjWaiting) first = g_list_model_get_item (G_LIST_MODEL (line), 0);
  YjMessage *answer;

  /* Out of the line first: a crash between the two is seen by the person, two times the same question costs money. */
  g_list_store_remove (line, 0);
  yj_library_save_waiting (self->library, conversation);
  answer = yj_chat_send (self, conversation, yj_waiting_get_text (first));
  g_signal_emit_by_name (self, "asked", conversation, answer);
}

/* After @ended has ended. */
void
yj_chat_line_step (YjChat         *self,
                   YjConversation *conversation,
                   YjMessage      *ended)
{
  GListModel *line = G_LIST_MODEL (yj_conversation_get_waiting (conversation));

  if (g_list_model_get_n_items (line) == 0 || yj_conversation_get_waiting_rests (conversation))
    return;
  /* They were meant to follow this answer, and not another one, or none; and nobody is to pay for what is asked in the
   * trash, where an answer that was all but there still ends as complete. */
  if (yj_conversation_get_trashed (conversation) == 0 &&
      yj_message_get_state (ended) == YJ_MESSAGE_COMPLETE && yj_conversation_find (conversation, ended, NULL) &&
      yj_conversation_count_below (conversation, ended) == 0)
    ask_first (self, conversation);
  else
    g_object_set (conversation, "waiting-rests", TRUE, NULL);
}

/**
 * yj_chat_line_add:
 * @self: a chat
 * @conversation: a loaded conversation in which an answer is under way
 * @prompt: what is to be asked
 *
 * Has @prompt wait behind those that wait already, until the answer is complete.
 */
void
yj_chat_line_add (YjChat         *self,
                  YjConversation *conversation,
                  const char     *prompt)
{
  g_autoptr(YjWaiting) waiting = NULL;
  GListStore *line;

  g_return_if_fail (YJ_IS_CHAT (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));
  g_return_if_fail (prompt != NULL && *prompt != '\0');
  g_return_if_fail (yj_chat_is_busy (self, conversation));

  line = yj_conversation_get_waiting (conversation);
  if (g_list_model_get_n_items (G_LIST_MODEL (line)) == 0)
    g_object_set (conversation, "waiting-rests", FALSE, NULL);
  waiting = yj_waiting_new (prompt);
  g_list_store_append (line, waiting);
  yj_library_save_waiting (self->library, conversation);
}

/**
 * yj_chat_line_go:
 * @self: a chat
 * @conversation: a loaded conversation in which something waits
 *
 * Lets what waits follow by itself again, and asks the first one now unless an answer is under way.
 */
void
yj_chat_line_go (YjChat         *self,
                 YjConversation *conversation)
{
  g_return_if_fail (YJ_IS_CHAT (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  if (g_list_model_get_n_items (G_LIST_MODEL (yj_conversation_get_waiting (conversation))) == 0)
    return;
  g_object_set (conversation, "waiting-rests", FALSE, NULL);
  if (!yj_chat_is_busy (self, conversation))
    ask_first (self, conversation);
}
