/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-chat"

#include "yj-chat-history.h"

gboolean
yj_chat_history_is_usable (YjMessage *message)
{
  return *yj_message_get_text (message) != '\0' && yj_message_get_state (message) != YJ_MESSAGE_FAILED;
}

guint64
yj_chat_history_count (const char *text)
{
  guint64 ascii = 0, other = 0;

  /* Four letters of a Latin text are about a token, and so is a Chinese character at most. */
  for (const char *p = text; *p != '\0'; p++)
    if ((*p & 0x80) == 0)
      ascii++;
    else if ((*p & 0xc0) == 0xc0)
      other++;

  return ascii / 4 + other + 1;
}

/* From the last turn back: each question with the answer that is on its branch; questions that got none are left out, as
   the model would take them for part of the next one. */
static GArray *
list_turns (YjConversation *conversation,
            YjMessage      *last,
            guint           budget,
            YjMessage     **begins)
{
  g_autoptr(GArray) back = g_array_new (FALSE, FALSE, sizeof (YjChatTurn));
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (YjChatTurn));
  YjMessage *answer = NULL, *first = NULL;
  guint64 tokens = 0;

  *begins = NULL;
  for (YjMessage *message = last; message != NULL; message = yj_conversation_get_parent (conversation, message))
    {
      if (yj_message_get_role (message) == YJ_MESSAGE_ASSISTANT)
        {
          answer = yj_chat_history_is_usable (message) ? message : NULL;
          continue;
        }
      if (answer == NULL)
        continue;
      tokens += yj_chat_history_count (yj_message_get_text (message)) + yj_chat_history_count (yj_message_get_text (answer));
      /* What was said last travels in any case. */
      if (tokens > budget && first != NULL)
        {
          *begins = first;
          break;
        }
      g_array_append_val (back, ((YjChatTurn) { "assistant", yj_message_get_text (answer) }));
      g_array_append_val (back, ((YjChatTurn) { "user", yj_message_get_text (message) }));
      first = message;
      answer = NULL;
    }

  for (guint i = back->len; i > 0; i--)
    g_array_append_val (turns, g_array_index (back, YjChatTurn, i - 1));
  return turns;
}

GArray *
yj_chat_history_list (YjConversation *conversation,
                      YjMessage      *message,
                      guint           budget,
                      YjMessage     **begins)
{
  return list_turns (conversation, yj_conversation_get_parent (conversation, message), budget, begins);
}

GArray *
yj_chat_history_list_all (YjConversation *conversation,
                          guint           budget,
                          YjMessage     **begins)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (conversation));
  g_autoptr(YjMessage) last = n > 0 ? g_list_model_get_item (G_LIST_MODEL (conversation), n - 1) : NULL;

  return list_turns (conversation, last, budget, begins);
}

const char *
yj_chat_history_get_go_on (YjMessage *answer)
{
  /* Said to the model and not to the person: in the language of the answer, not of the desktop. */
  for (const char *p = yj_message_get_text (answer); *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return "请从刚才中断的地方接着写，不要重复已经写过的内容，也不要加任何说明。";

  return "Go on exactly where you were cut off. Do not repeat anything that is already there, and add no comment.";
}
