/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-chat"

#include "yj-chat.h"

#include <glib/gi18n-lib.h>

#define JOURNAL_MS 700          /* how much of an answer a crash may cost, at most */

/**
 * YjChat:
 *
 * The answers under way. A request belongs to its conversation, not to what is on screen: it goes on while the person
 * looks elsewhere. What comes is appended to its [class@Yj.Message] at once and written to the library at least once a
 * second. Nothing is ever asked again by itself.
 */
typedef struct
{
  YjChat         *chat;         /* borrowed */
  YjConversation *conversation;
  YjMessage      *message;
  YjChatStream   *stream;
  gint64          started;      /* µs, monotonic */
  gint64          first_token;  /* µs since started, -1: none yet */
  gboolean        dirty;        /* has text that is not in the library yet */
} Answer;

struct _YjChat
{
  GObject     parent_instance;

  YjLibrary  *library;
  YjPlatform *platform;
  GPtrArray  *answers;          /* of Answer, those under way */
  guint       journal_id;
};

typedef enum
{
  SIGNAL_ENDED,
  N_SIGNALS,
} YjChatSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjChat, yj_chat, G_TYPE_OBJECT)

static void
answer_free (Answer *answer)
{
  if (answer->stream != NULL)
    g_signal_handlers_disconnect_by_data (answer->stream, answer);
  g_clear_object (&answer->stream);
  g_clear_object (&answer->message);
  g_clear_object (&answer->conversation);
  g_free (answer);
}

static void
yj_chat_dispose (GObject *object)
{
  YjChat *self = YJ_CHAT (object);

  g_clear_handle_id (&self->journal_id, g_source_remove);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_object (&self->platform);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (yj_chat_parent_class)->dispose (object);
}

static void
yj_chat_class_init (YjChatClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_chat_dispose;

  /**
   * YjChat::ended:
   * @self: the chat
   * @conversation: where it was asked
   * @message: the answer, in its last state
   */
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, YJ_TYPE_CONVERSATION, YJ_TYPE_MESSAGE);
}

static void
yj_chat_init (YjChat *self)
{
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
}

static Answer *
find_answer (YjChat         *self,
             YjConversation *conversation)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = g_ptr_array_index (self->answers, i);

      if (answer->conversation == conversation)
        return answer;
    }

  return NULL;
}

/* ---- what has come goes to the library */

static gboolean
journal_cb (gpointer user_data)
{
  YjChat *self = user_data;

  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = g_ptr_array_index (self->answers, i);

      if (answer->dirty)
        yj_library_save_message (self->library, answer->message);
      answer->dirty = FALSE;
    }

  return G_SOURCE_CONTINUE;
}

static void
update_journal (YjChat *self)
{
  if (self->answers->len == 0)
    g_clear_handle_id (&self->journal_id, g_source_remove);
  else if (self->journal_id == 0)
    self->journal_id = g_timeout_add (JOURNAL_MS, journal_cb, self);
}

static void
delta_cb (YjChatStream *stream,
          const char   *content,
          const char   *reasoning,
          gpointer      user_data)
{
  Answer *answer = user_data;

  if (answer->first_token < 0)
    {
      answer->first_token = g_get_monotonic_time () - answer->started;
      g_object_set (answer->message, "first-token-us", answer->first_token, NULL);
    }
  yj_message_append (answer->message, content, reasoning);
  answer->dirty = TRUE;
}

/* ---- the end of an answer */

static void
set_error (YjMessage    *message,
           const GError *error)
{
  if (error != NULL)
    g_object_set (message,
                  "error", error->message,
                  "error-code", error->domain == YJ_ERROR ? error->code : -1,
                  NULL);
}

static YjMessageState
state_for_end (YjChatEnd end)
{
  switch (end)
    {
    case YJ_CHAT_END_COMPLETE:
      return YJ_MESSAGE_COMPLETE;
    case YJ_CHAT_END_STOPPED:
      return YJ_MESSAGE_STOPPED;
    case YJ_CHAT_END_CUT:
      return YJ_MESSAGE_CUT;
    case YJ_CHAT_END_NONE:
    case YJ_CHAT_END_FAILED:
      break;
    }

  return YJ_MESSAGE_FAILED;
}

static void
take_usage (YjMessage    *message,
            YjChatStream *stream)
{
  g_object_set (message,
                "prompt-tokens", yj_chat_stream_get_prompt_tokens (stream),
                "completion-tokens", yj_chat_stream_get_completion_tokens (stream),
                "cached-tokens", yj_chat_stream_get_cached_tokens (stream),
                "usage-id", yj_chat_stream_get_usage_id (stream),
                NULL);
  if (yj_chat_stream_get_model (stream) != NULL)
    g_object_set (message, "model", yj_chat_stream_get_model (stream), NULL);
}

/* Takes @message out of those under way, in its last state, and tells. */
static void
finish_message (YjChat         *self,
                YjConversation *conversation,
                YjMessage      *message,
                YjMessageState  state)
{
  g_object_set (message, "state", (int) state, NULL);
  g_object_set (conversation, "busy", FALSE, NULL);
  yj_library_save_message (self->library, message);
  update_journal (self);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, conversation, message);
}

/* @answer is gone when this returns. */
static void
end_answer (Answer         *answer,
            YjMessageState  state)
{
  g_autoptr(YjChat) self = g_object_ref (answer->chat);
  g_autoptr(YjConversation) conversation = g_object_ref (answer->conversation);
  g_autoptr(YjMessage) message = g_object_ref (answer->message);
  g_autoptr(YjChatStream) stream = g_object_ref (answer->stream);

  take_usage (message, stream);
  set_error (message, yj_chat_stream_get_error (stream));
  g_object_set (message, "duration-us", g_get_monotonic_time () - answer->started, NULL);
  g_ptr_array_remove (self->answers, answer);
  finish_message (self, conversation, message, state);
}

static void
ended_cb (YjChatStream *stream,
          gpointer      user_data)
{
  end_answer (user_data, state_for_end (yj_chat_stream_get_end (stream)));
}

/* ---- what travels with a question */

static gboolean
is_usable (YjMessage *message)
{
  const char *text = yj_message_get_text (message);

  return text != NULL && *text != '\0' && yj_message_get_state (message) != YJ_MESSAGE_FAILED;
}

/* The earlier turns: each question with the last usable answer to it; questions that got none are left out. */
static GArray *
build_history (YjConversation *conversation,
               guint           n_messages)
{
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (YjChatTurn));
  const char *question = NULL, *answer = NULL;

  for (guint i = 0; i <= n_messages; i++)
    {
      /* the list holds the message, and with it the texts */
      g_autoptr(YjMessage) message = i < n_messages ? g_list_model_get_item (G_LIST_MODEL (conversation), i) : NULL;

      if (message != NULL && yj_message_get_role (message) == YJ_MESSAGE_ASSISTANT)
        {
          if (is_usable (message))
            answer = yj_message_get_text (message);
          continue;
        }
      if (question != NULL && answer != NULL)
        {
          g_array_append_val (turns, ((YjChatTurn) { "user", question }));
          g_array_append_val (turns, ((YjChatTurn) { "assistant", answer }));
        }
      question = message != NULL ? yj_message_get_text (message) : NULL;
      answer = NULL;
    }

  return turns;
}

/* ---- asking */

static void
no_platform (YjChat         *self,
             YjConversation *conversation,
             YjMessage      *message)
{
  g_object_set (message, "error", _("There is no API key"), "error-code", YJ_ERROR_UNAUTHORIZED, NULL);
  finish_message (self, conversation, message, YJ_MESSAGE_FAILED);
}

/* Asks @prompt after the first @n_earlier messages, in a new answer. */
static YjMessage *
ask (YjChat         *self,
     YjConversation *conversation,
     const char     *prompt,
     guint           n_earlier,
     gboolean        stream)
{
  g_autoptr(GArray) turns = build_history (conversation, n_earlier);
  YjMessage *message = yj_library_add_message (self->library, conversation, YJ_MESSAGE_ASSISTANT, "");
  const char *model = yj_conversation_get_model (conversation);
  Answer *answer;
  YjChatRequest request = {
    .model = model != NULL && *model != '\0' ? model : NULL,
    .prompt = prompt,
    .system_prompt = yj_conversation_get_system_prompt (conversation),
    .stream = stream,
    .history = turns->len > 0 ? (const YjChatTurn *) (gpointer) turns->data : NULL,
    .n_history = turns->len,
  };

  g_object_set (message, "state", (int) YJ_MESSAGE_STREAMING, "model", request.model, NULL);
  if (self->platform == NULL)
    {
      no_platform (self, conversation, message);
      return message;
    }

  yj_library_save_message (self->library, message);
  answer = g_new0 (Answer, 1);
  answer->chat = self;
  answer->conversation = g_object_ref (conversation);
  answer->message = g_object_ref (message);
  answer->started = g_get_monotonic_time ();
  answer->first_token = -1;
  answer->stream = yj_platform_chat (self->platform, &request);
  g_signal_connect (answer->stream, "delta", G_CALLBACK (delta_cb), answer);
  g_signal_connect (answer->stream, "ended", G_CALLBACK (ended_cb), answer);
  g_ptr_array_add (self->answers, answer);
  g_object_set (conversation, "busy", TRUE, NULL);
  update_journal (self);

  return message;
}

/* ---- public */

/**
 * yj_chat_new:
 * @library: where conversations are kept
 *
 * Returns: (transfer full): a chat without a platform yet
 */
YjChat *
yj_chat_new (YjLibrary *library)
{
  YjChat *self;

  g_return_val_if_fail (YJ_IS_LIBRARY (library), NULL);

  self = g_object_new (YJ_TYPE_CHAT, NULL);
  self->library = g_object_ref (library);

  return self;
}

/**
 * yj_chat_set_platform:
 * @self: a chat
 * @platform: (nullable): who is asked from now on; answers under way are not touched
 */
void
yj_chat_set_platform (YjChat     *self,
                      YjPlatform *platform)
{
  g_return_if_fail (YJ_IS_CHAT (self));
  g_return_if_fail (platform == NULL || YJ_IS_PLATFORM (platform));

  g_set_object (&self->platform, platform);
}

/**
 * yj_chat_send:
 * @self: a chat
 * @conversation: a loaded conversation in which no answer is under way
 * @prompt: the question
 * @stream: whether the answer is to come piece by piece
 *
 * Adds the question and the answer to come, which then grows. The first turn has exactly the documented form, the
 * prompt and the system prompt; later turns carry the earlier ones with them. Without a platform the answer fails at
 * once with `YJ_ERROR_UNAUTHORIZED`.
 *
 * Returns: (transfer none): the answer
 */
YjMessage *
yj_chat_send (YjChat         *self,
              YjConversation *conversation,
              const char     *prompt,
              gboolean        stream)
{
  guint n_earlier;

  g_return_val_if_fail (YJ_IS_CHAT (self), NULL);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (prompt != NULL && *prompt != '\0', NULL);
  g_return_val_if_fail (yj_conversation_get_loaded (conversation), NULL);
  g_return_val_if_fail (!yj_chat_is_busy (self, conversation), NULL);

  n_earlier = g_list_model_get_n_items (G_LIST_MODEL (conversation));
  yj_library_add_message (self->library, conversation, YJ_MESSAGE_USER, prompt);

  return ask (self, conversation, prompt, n_earlier, stream);
}

/**
 * yj_chat_try_again:
 * @self: a chat
 * @conversation: a loaded conversation in which no answer is under way
 *
 * Asks the last question once more, in a new answer; the old answers stay. What led to it is what travels: neither
 * the question itself nor the answers to it.
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
        return ask (self, conversation, yj_message_get_text (message), i, TRUE);
    }

  return NULL;
}

/**
 * yj_chat_stop:
 * @self: a chat
 * @conversation: a conversation
 *
 * Stops the answer under way, if there is one; what has come stays.
 */
void
yj_chat_stop (YjChat         *self,
              YjConversation *conversation)
{
  Answer *answer;

  g_return_if_fail (YJ_IS_CHAT (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  answer = find_answer (self, conversation);
  if (answer != NULL)
    {
      g_autoptr(YjChatStream) stream = g_object_ref (answer->stream);

      yj_chat_stream_stop (stream);
    }
}

/**
 * yj_chat_stop_all:
 * @self: a chat
 *
 * Stops every answer under way, as at the end of the program: what has come is given to the library before this
 * returns.
 */
void
yj_chat_stop_all (YjChat *self)
{
  g_return_if_fail (YJ_IS_CHAT (self));

  while (self->answers->len > 0)
    {
      Answer *answer = g_ptr_array_index (self->answers, 0);
      g_autoptr(YjChatStream) stream = g_object_ref (answer->stream);

      end_answer (answer, YJ_MESSAGE_STOPPED);
      yj_chat_stream_stop (stream);
    }
}

/**
 * yj_chat_is_busy:
 * @self: a chat
 * @conversation: a conversation
 *
 * Returns: whether an answer is under way in it
 */
gboolean
yj_chat_is_busy (YjChat         *self,
                 YjConversation *conversation)
{
  g_return_val_if_fail (YJ_IS_CHAT (self), FALSE);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), FALSE);

  return find_answer (self, conversation) != NULL;
}
