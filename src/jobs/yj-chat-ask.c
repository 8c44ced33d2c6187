/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to ask. */
#define G_LOG_DOMAIN "yj-chat"

#include "yj-chat-private.h"

#include "yj-chat-history.h"

static GArray *
list_history (YjChat         *self,
              YjConversation *conversation,
              YjMessage      *question)
{
  YjMessage *begins;

  if (!self->history)
    return g_array_new (FALSE, FALSE, sizeof (YjChatTurn));
  return yj_chat_history_list (conversation, question, self->history_budget, &begins);
}

/* The answer of @question that is worth going back to: the one that is shown, else the youngest. */
static YjMessage *
find_former (YjConversation *conversation,
             YjMessage      *question)
{
  g_autoptr(GPtrArray) answers = yj_conversation_list_answers (conversation, question);
  YjMessage *former = NULL;

  for (guint i = 0; i < answers->len; i++)
    {
      YjMessage *answer = answers->pdata[i];

      if (!yj_chat_history_is_usable (answer))
        continue;
      former = answer;
      if (yj_conversation_find (conversation, answer, NULL))
        break;
    }

  return former;
}

/* Answers that never came make room for the next try. */
static void
drop_empty (YjChat         *self,
            YjConversation *conversation,
            YjMessage      *question,
            YjMessage      *keep)
{
  g_autoptr(GPtrArray) answers = yj_conversation_list_answers (conversation, question);

  for (guint i = 0; i < answers->len; i++)
    {
      YjMessage *answer = answers->pdata[i];

      if (answer != keep && yj_message_get_state (answer) != YJ_MESSAGE_COMPLETE && *yj_message_get_text (answer) == '\0' &&
          *yj_message_get_reasoning (answer) == '\0' && yj_conversation_count_below (conversation, answer) == 0)
        yj_library_trash_message (self->library, conversation, answer);
    }
}

static YjMessage *
ask (YjChat         *self,
     YjConversation *conversation,
     YjMessage      *question,
     const char     *model)
{
  g_autoptr(GArray) turns = list_history (self, conversation, question);
  g_autoptr(YjMessage) former = NULL;
  YjMessage *answer;

  g_set_object (&former, find_former (conversation, question));
  answer = yj_library_add_message_below (self->library, conversation, question, YJ_MESSAGE_ASSISTANT, "");
  drop_empty (self, conversation, question, answer);
  yj_chat_start (self, &(YjChatStart) {
    .conversation = conversation,
    .message = answer,
    .former = former,
    .prompt = yj_message_get_text (question),
    .model = model,
    .turns = turns,
  });
  return answer;
}

/**
 * yj_chat_send:
 * @self: a chat
 * @conversation: a loaded conversation in which no answer is under way
 * @prompt: the question
 *
 * Adds the question and the answer to come, which then grows. The first turn has exactly the documented form, the
 * prompt and the system prompt; later turns carry the earlier ones with them, see [property@Yj.Chat:history]. Without a
 * platform the answer fails at once with `YJ_ERROR_UNAUTHORIZED`.
 *
 * Returns: (transfer none): the answer
 */
YjMessage *
yj_chat_send (YjChat         *self,
              YjConversation *conversation,
              const char     *prompt)
{
  YjMessage *question;

  g_return_val_if_fail (YJ_IS_CHAT (self), NULL);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (prompt != NULL && *prompt != '\0', NULL);
  g_return_val_if_fail (yj_conversation_get_loaded (conversation), NULL);
  g_return_val_if_fail (!yj_chat_is_busy (self, conversation), NULL);

  question = yj_library_add_message (self->library, conversation, YJ_MESSAGE_USER, prompt);
  return ask (self, conversation, question, NULL);
}

/**
 * yj_chat_ask_again:
 * @self: a chat
 * @conversation: a loaded conversation in which no answer is under way
 * @question: one of its questions
 * @model: (nullable): who is to answer; %NULL: the conversation's model
 *
 * Asks a question once more, in a new answer beside the others, which stay; one of those that failed without a word
 * goes. If the new one fails without a word, the answer that was shown is shown again. What led to the question is
 * what travels: neither the question itself nor the answers to it.
 *
 * Returns: (transfer none): the new answer
 */
YjMessage *
yj_chat_ask_again (YjChat         *self,
                   YjConversation *conversation,
                   YjMessage      *question,
                   const char     *model)
{
  g_return_val_if_fail (YJ_IS_CHAT (self), NULL);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (YJ_IS_MESSAGE (question) && yj_message_get_role (question) == YJ_MESSAGE_USER, NULL);
  g_return_val_if_fail (!yj_chat_is_busy (self, conversation), NULL);

  return ask (self, conversation, question, model);
}

/**
 * yj_chat_ask_edited:
 * @self: a chat
 * @conversation: a loaded conversation in which no answer is under way
 * @question: one of its questions
 * @text: what is asked instead
 *
 * Adds another version of @question beside it and asks that. The old one stays, with all that follows it.
 *
 * Returns: (transfer none): the answer
 */
YjMessage *
yj_chat_ask_edited (YjChat         *self,
                    YjConversation *conversation,
                    YjMessage      *question,
                    const char     *text)
{
  YjMessage *edited;

  g_return_val_if_fail (YJ_IS_CHAT (self), NULL);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (YJ_IS_MESSAGE (question) && yj_message_get_role (question) == YJ_MESSAGE_USER, NULL);
  g_return_val_if_fail (text != NULL && *text != '\0', NULL);
  g_return_val_if_fail (!yj_chat_is_busy (self, conversation), NULL);

  edited = yj_library_add_message_below (self->library, conversation, yj_conversation_get_parent (conversation, question),
                                         YJ_MESSAGE_USER, text);
  return ask (self, conversation, edited, NULL);
}

/**
 * yj_chat_try_again:
 * @self: a chat
 * @conversation: a loaded conversation in which no answer is under way
 *
 * Asks the last question of the branch that is shown once more; see yj_chat_ask_again().
 *
 * Returns: (transfer none) (nullable): the new answer; %NULL when nothing has been asked yet
 */
YjMessage *
yj_chat_try_again (YjChat         *self,
                   YjConversation *conversation)
{
  g_return_val_if_fail (YJ_IS_CHAT (self), NULL);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (yj_conversation_get_loaded (conversation), NULL);
  g_return_val_if_fail (!yj_chat_is_busy (self, conversation), NULL);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (conversation)); i-- > 0;)
    {
      g_autoptr(YjMessage) message = g_list_model_get_item (G_LIST_MODEL (conversation), i);

      if (yj_message_get_role (message) == YJ_MESSAGE_USER)
        return ask (self, conversation, message, NULL);
    }

  return NULL;
}

/* ---- going on */

/**
 * yj_chat_can_go_on:
 * @self: a chat
 * @conversation: a loaded conversation
 * @answer: one of its answers
 *
 * Returns: whether yj_chat_go_on() makes sense: the answer says something, did not come to its end, nothing follows
 *   it, and the model may be told what it has said
 */
gboolean
yj_chat_can_go_on (YjChat         *self,
                   YjConversation *conversation,
                   YjMessage      *answer)
{
  YjMessageState state;

  g_return_val_if_fail (YJ_IS_CHAT (self), FALSE);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), FALSE);
  g_return_val_if_fail (YJ_IS_MESSAGE (answer), FALSE);

  state = yj_message_get_state (answer);
  return self->history && yj_message_get_role (answer) == YJ_MESSAGE_ASSISTANT && *yj_message_get_text (answer) != '\0' &&
         state != YJ_MESSAGE_STREAMING && state != YJ_MESSAGE_COMPLETE &&
         yj_conversation_get_parent (conversation, answer) != NULL && yj_conversation_count_below (conversation, answer) == 0;
}

/**
 * yj_chat_go_on:
 * @self: a chat
 * @conversation: a loaded conversation in which no answer is under way
 * @answer: an answer that yj_chat_can_go_on()
 *
 * Asks the model to go on where @answer was cut: the question and what there is of the answer travel as history, and
 * the prompt asks to go on. What comes is appended to the same text, and from its first word on
 * [property@Yj.Message:continued] says so. If that fails, the answer is cut as before.
 */
void
yj_chat_go_on (YjChat         *self,
               YjConversation *conversation,
               YjMessage      *answer)
{
  g_autoptr(GArray) turns = NULL;
  YjMessage *question;

  g_return_if_fail (yj_chat_can_go_on (self, conversation, answer));
  g_return_if_fail (!yj_chat_is_busy (self, conversation));

  question = yj_conversation_get_parent (conversation, answer);
  turns = list_history (self, conversation, question);
  g_array_append_val (turns, ((YjChatTurn) { "user", yj_message_get_text (question) }));
  g_array_append_val (turns, ((YjChatTurn) { "assistant", yj_message_get_text (answer) }));
  yj_chat_start (self, &(YjChatStart) {
    .conversation = conversation,
    .message = answer,
    .goes_on = TRUE,
    .prompt = yj_chat_history_get_go_on (answer),
    .model = yj_message_get_model (answer),
    .turns = turns,
  });
}

/* ---- what is left out */

#define MARK "yj-history-begins"

/**
 * yj_chat_mark_history:
 * @self: a chat
 * @conversation: a loaded conversation
 *
 * Sets [property@Yj.Message:history-begins] of the message that the next question's history begins with, if the
 * budget leaves out others before it, and unsets it of the one that had it.
 */
void
yj_chat_mark_history (YjChat         *self,
                      YjConversation *conversation)
{
  g_autoptr(GArray) turns = NULL;
  YjMessage *begins = NULL, *before;

  g_return_if_fail (YJ_IS_CHAT (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  if (self->history)
    turns = yj_chat_history_list_all (conversation, self->history_budget, &begins);
  before = g_object_get_data (G_OBJECT (conversation), MARK);
  if (before == begins)
    return;
  if (before != NULL)
    g_object_set (before, "history-begins", FALSE, NULL);
  if (begins != NULL)
    g_object_set (begins, "history-begins", TRUE, NULL);
  g_object_set_data_full (G_OBJECT (conversation), MARK, begins != NULL ? g_object_ref (begins) : NULL, g_object_unref);
}
