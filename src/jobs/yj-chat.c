/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-chat"

#include "yj-chat-private.h"

#include <glib/gi18n-lib.h>

#define JOURNAL_MS 700          /* how much of an answer a crash may cost, at most */
#define STALL_SECONDS 90        /* of silence until the person is told; the platform object ends it much later */

/**
 * YjChat:
 *
 * The answers under way. A request belongs to its conversation, not to what is on screen: it goes on while the person
 * looks elsewhere. What comes is appended to its [class@Yj.Message] at once and written to the library at least once a
 * second. Nothing is ever asked again by itself.
 */
typedef enum
{
  PROP_STREAM = 1,
  PROP_HISTORY,
  PROP_HISTORY_BUDGET,
} YjChatProps;

static GParamSpec *props[PROP_HISTORY_BUDGET + 1];

typedef enum
{
  SIGNAL_ENDED,
  SIGNAL_ASKED,
  N_SIGNALS,
} YjChatSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjChat, yj_chat, G_TYPE_OBJECT)

static void
answer_free (YjChatAnswer *answer)
{
  if (answer->stream != NULL)
    g_signal_handlers_disconnect_by_data (answer->stream, answer);
  g_clear_object (&answer->stream);
  g_clear_object (&answer->former);
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
yj_chat_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  YjChat *self = YJ_CHAT (object);

  switch ((YjChatProps) prop_id)
    {
    case PROP_STREAM:
      g_value_set_boolean (value, self->stream);
      break;
    case PROP_HISTORY:
      g_value_set_boolean (value, self->history);
      break;
    case PROP_HISTORY_BUDGET:
      g_value_set_uint (value, self->history_budget);
      break;
    }
}

static void
yj_chat_set_property (GObject      *object,
                      guint         prop_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  YjChat *self = YJ_CHAT (object);

  switch ((YjChatProps) prop_id)
    {
    case PROP_STREAM:
      self->stream = g_value_get_boolean (value);
      break;
    case PROP_HISTORY:
      self->history = g_value_get_boolean (value);
      break;
    case PROP_HISTORY_BUDGET:
      self->history_budget = g_value_get_uint (value);
      break;
    }
}

static void
yj_chat_class_init (YjChatClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = yj_chat_dispose;
  object_class->get_property = yj_chat_get_property;
  object_class->set_property = yj_chat_set_property;

  /**
   * YjChat:stream:
   *
   * Whether answers are to come piece by piece.
   */
  props[PROP_STREAM] = g_param_spec_boolean ("stream", NULL, NULL, TRUE, flags);
  /**
   * YjChat:history:
   *
   * Whether earlier turns travel with a question. They do so as `messages`, which the platform accepts and its
   * document does not name.
   */
  props[PROP_HISTORY] = g_param_spec_boolean ("history", NULL, NULL, TRUE, flags);
  /**
   * YjChat:history-budget:
   *
   * About how many tokens of earlier turns travel at most; the oldest are left out.
   */
  props[PROP_HISTORY_BUDGET] = g_param_spec_uint ("history-budget", NULL, NULL, 0, G_MAXUINT, 32000, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /**
   * YjChat::ended:
   * @self: the chat
   * @conversation: where it was asked
   * @message: the answer, in its last state
   */
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, YJ_TYPE_CONVERSATION, YJ_TYPE_MESSAGE);
  /**
   * YjChat::asked:
   * @self: the chat
   * @conversation: where it is asked
   * @message: the answer to come
   *
   * A question that waited has been asked.
   */
  signals[SIGNAL_ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, YJ_TYPE_CONVERSATION, YJ_TYPE_MESSAGE);
}

static void
yj_chat_init (YjChat *self)
{
  const char *stall = g_getenv ("YUANJING_STALL_SECONDS");

  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  self->stall_us = (stall != NULL ? g_ascii_strtod (stall, NULL) : STALL_SECONDS) * G_USEC_PER_SEC;
  self->stream = TRUE;
  self->history = TRUE;
  self->history_budget = 32000;
}

static YjChatAnswer *
find_answer (YjChat         *self,
             YjConversation *conversation)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      YjChatAnswer *answer = g_ptr_array_index (self->answers, i);

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
      YjChatAnswer *answer = g_ptr_array_index (self->answers, i);

      if (answer->dirty)
        yj_library_save_message (self->library, answer->message);
      answer->dirty = FALSE;
      if (g_get_monotonic_time () - answer->last_news > self->stall_us)
        g_object_set (answer->message, "stalled", TRUE, NULL);
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

/* The thoughts have ended: the text has begun, or nothing more comes. */
static void
end_thinking (YjChatAnswer *answer)
{
  if (answer->thinking >= 0)
    g_object_set (answer->message, "reasoning-us", g_get_monotonic_time () - answer->started - answer->thinking, NULL);
  answer->thinking = -1;
}

static void
delta_cb (YjChatStream *stream,
          const char   *content,
          const char   *reasoning,
          gpointer      user_data)
{
  YjChatAnswer *answer = user_data;

  answer->last_news = g_get_monotonic_time ();
  g_object_set (answer->message, "stalled", FALSE, NULL);
  if (answer->first_token < 0)
    {
      answer->first_token = g_get_monotonic_time () - answer->started;
      /* Only now is it true that it was continued: what failed before the first word leaves it as it was. */
      if (answer->goes_on)
        g_object_set (answer->message, "continued", yj_message_get_continued (answer->message) + 1, NULL);
      else
        g_object_set (answer->message, "first-token-us", answer->first_token, NULL);
    }
  if (reasoning != NULL && *yj_message_get_reasoning (answer->message) == '\0')
    answer->thinking = g_get_monotonic_time () - answer->started;
  if (content != NULL)
    end_thinking (answer);
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

/* What this request has used, with what those before it have. */
static gint64
sum (gint64 before,
     gint64 now)
{
  return before > 0 && now > 0 ? before + now : MAX (before, now);
}

static void
take_usage (YjChatAnswer *answer)
{
  YjChatStream *stream = answer->stream;

  g_object_set (answer->message,
                "prompt-tokens", sum (answer->prompt_tokens, yj_chat_stream_get_prompt_tokens (stream)),
                "completion-tokens", sum (answer->completion_tokens, yj_chat_stream_get_completion_tokens (stream)),
                "cached-tokens", sum (answer->cached_tokens, yj_chat_stream_get_cached_tokens (stream)),
                "duration-us", sum (answer->duration_us, g_get_monotonic_time () - answer->started),
                NULL);
  if (yj_chat_stream_get_usage_id (stream) != NULL)
    g_object_set (answer->message, "usage-id", yj_chat_stream_get_usage_id (stream), NULL);
  if (yj_chat_stream_get_model (stream) != NULL)
    g_object_set (answer->message, "model", yj_chat_stream_get_model (stream), NULL);
}

/* Nothing that was good goes out of sight for an answer that never came. */
static void
take_back (YjChat         *self,
           YjConversation *conversation,
           YjMessage      *message,
           YjMessage      *former)
{
  if (former == NULL || *yj_message_get_text (message) != '\0' || yj_message_get_state (message) == YJ_MESSAGE_COMPLETE ||
      !yj_conversation_find (conversation, message, NULL) || yj_conversation_is_deleted (conversation, former))
    return;
  yj_library_choose_message (self->library, conversation, former);
  /* Why one failed can still be looked up; one that was stopped before it began is nothing at all. */
  if (yj_message_get_state (message) == YJ_MESSAGE_STOPPED)
    yj_library_trash_message (self->library, conversation, message);
}

/* Sets the last state of @message, which is under way no more, and tells. */
static void
finish_message (YjChat         *self,
                YjConversation *conversation,
                YjMessage      *message,
                YjMessage      *former,
                YjMessageState  state)
{
  g_object_set (message, "state", (int) state, "stalled", FALSE, NULL);
  yj_library_save_message (self->library, message);
  g_object_set (conversation, "busy", FALSE, NULL);
  update_journal (self);
  take_back (self, conversation, message, former);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, conversation, message);
  yj_chat_line_step (self, conversation, message);
}

/* @answer is gone when this returns. */
static void
end_answer (YjChatAnswer   *answer,
            YjMessageState  state)
{
  g_autoptr(YjChat) self = g_object_ref (answer->chat);
  g_autoptr(YjConversation) conversation = g_object_ref (answer->conversation);
  g_autoptr(YjMessage) message = g_object_ref (answer->message);
  g_autoptr(YjMessage) former = answer->former != NULL ? g_object_ref (answer->former) : NULL;
  g_autoptr(YjChatStream) stream = g_object_ref (answer->stream);

  take_usage (answer);
  end_thinking (answer);
  set_error (message, yj_chat_stream_get_error (stream));
  /* The text that was there is as good as before. */
  if (answer->goes_on && state == YJ_MESSAGE_FAILED)
    state = YJ_MESSAGE_CUT;
  g_ptr_array_remove (self->answers, answer);
  finish_message (self, conversation, message, former, state);
}

static void
ended_cb (YjChatStream *stream,
          gpointer      user_data)
{
  end_answer (user_data, state_for_end (yj_chat_stream_get_end (stream)));
}

/* ---- the beginning of an answer */

static void
no_platform (YjChat            *self,
             const YjChatStart *start)
{
  g_object_set (start->message, "error", _("There is no API key"), "error-code", YJ_ERROR_UNAUTHORIZED, NULL);
  finish_message (self, start->conversation, start->message, start->former,
                  start->goes_on ? YJ_MESSAGE_CUT : YJ_MESSAGE_FAILED);
}

static YjChatAnswer *
make_answer (YjChat            *self,
             const YjChatStart *start)
{
  YjChatAnswer *answer = g_new0 (YjChatAnswer, 1);

  answer->chat = self;
  answer->conversation = g_object_ref (start->conversation);
  answer->message = g_object_ref (start->message);
  g_set_object (&answer->former, start->former);
  answer->goes_on = start->goes_on;
  answer->prompt_tokens = yj_message_get_prompt_tokens (start->message);
  answer->completion_tokens = yj_message_get_completion_tokens (start->message);
  answer->cached_tokens = yj_message_get_cached_tokens (start->message);
  answer->duration_us = yj_message_get_duration_us (start->message);
  answer->started = g_get_monotonic_time ();
  answer->first_token = -1;
  answer->thinking = -1;
  answer->last_news = answer->started;
  return answer;
}

/* Asks, and has the message grow by what comes. */
void
yj_chat_start (YjChat            *self,
               const YjChatStart *start)
{
  const char *model = start->model != NULL ? start->model : yj_conversation_get_model (start->conversation);
  int stream = yj_conversation_get_stream (start->conversation);
  YjChatAnswer *answer;
  YjChatRequest request = {
    .model = model != NULL && *model != '\0' ? model : NULL,
    .prompt = start->prompt,
    .system_prompt = yj_conversation_get_system_prompt (start->conversation),
    .stream = stream >= 0 ? stream : self->stream,
    .history = start->turns->len > 0 ? (const YjChatTurn *) (gpointer) start->turns->data : NULL,
    .n_history = start->turns->len,
  };

  g_object_set (start->message, "state", (int) YJ_MESSAGE_STREAMING, "model", request.model,
                "error", NULL, "error-code", -1, NULL);
  if (self->platform == NULL)
    {
      no_platform (self, start);
      return;
    }

  yj_library_save_message (self->library, start->message);
  answer = make_answer (self, start);
  answer->stream = yj_platform_chat (self->platform, &request);
  g_signal_connect (answer->stream, "delta", G_CALLBACK (delta_cb), answer);
  g_signal_connect (answer->stream, "ended", G_CALLBACK (ended_cb), answer);
  g_ptr_array_add (self->answers, answer);
  g_object_set (start->conversation, "busy", TRUE, NULL);
  update_journal (self);
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
  YjChatAnswer *answer;

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
      YjChatAnswer *answer = g_ptr_array_index (self->answers, 0);
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
