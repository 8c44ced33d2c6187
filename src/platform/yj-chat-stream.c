/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-chat-stream.h"

#include "yj-chat-reply.h"
#include "yj-platform-private.h"
#include "yj-refusal.h"
#include "yj-sse-parser.h"

#include <string.h>

/**
 * YjChatStream:
 *
 * One answer on its way.
 *
 * Text comes in [signal@Yj.ChatStream::delta], each time all that has come since the last one, on the context that
 * asked; [signal@Yj.ChatStream::ended] comes once, last. Letting go of the object stops the answer.
 */

#define GATHER_MS 12            /* less than a frame */
#define READ_MS 12              /* from one wait for more to the next */

/* What the thread of the call and the object share. */
typedef struct
{
  gatomicrefcount  ref_count;
  GWeakRef         stream;
  YjPlatform      *platform;
  GBytes          *request;
  GMainContext    *context;

  GMutex           lock;        /* of what follows */
  YjChatReply     *news;        /* what has not been shown yet, and the facts */
  gboolean         scheduled;   /* news will be shown */
  gint64           shown;       /* µs, monotonic: when news was last shown */
  YjChatEnd        end;
  GError          *error;
} Wire;

struct _YjChatStream
{
  GObject        parent_instance;
  Wire          *wire;
  GCancellable  *cancellable;
  YjChatEnd      end;
  GError        *error;
  char          *model;
  char          *usage_id;
  gint64         prompt_tokens;
  gint64         completion_tokens;
  gint64         cached_tokens;
  char          *asked_model;
  gboolean       begun;
};

enum
{
  SIGNAL_DELTA,
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjChatStream, yj_chat_stream, G_TYPE_OBJECT)

static Wire *
wire_ref (Wire *wire)
{
  g_atomic_ref_count_inc (&wire->ref_count);
  return wire;
}

static void
wire_unref (Wire *wire)
{
  if (!g_atomic_ref_count_dec (&wire->ref_count))
    return;
  g_weak_ref_clear (&wire->stream);
  g_object_unref (wire->platform);
  g_bytes_unref (wire->request);
  g_main_context_unref (wire->context);
  g_mutex_clear (&wire->lock);
  yj_chat_reply_free (wire->news);
  g_clear_error (&wire->error);
  g_free (wire);
}

static void
yj_chat_stream_dispose (GObject *object)
{
  YjChatStream *self = YJ_CHAT_STREAM (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (yj_chat_stream_parent_class)->dispose (object);
}

static void
yj_chat_stream_finalize (GObject *object)
{
  YjChatStream *self = YJ_CHAT_STREAM (object);

  g_clear_pointer (&self->wire, wire_unref);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->model);
  g_free (self->usage_id);
  g_free (self->asked_model);

  G_OBJECT_CLASS (yj_chat_stream_parent_class)->finalize (object);
}

static void
yj_chat_stream_class_init (YjChatStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_chat_stream_dispose;
  object_class->finalize = yj_chat_stream_finalize;

  /**
   * YjChatStream::delta:
   * @self: an answer
   * @content: (nullable): what its text goes on with
   * @reasoning: (nullable): what the model's thinking goes on with
   *
   * More has come. Thinking comes before text where both come at once.
   */
  signals[SIGNAL_DELTA] = g_signal_new ("delta", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * YjChatStream::ended:
   * @self: an answer
   *
   * Nothing more will come; [method@Yj.ChatStream.get_end] tells how it ended.
   */
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
yj_chat_stream_init (YjChatStream *self)
{
  self->cancellable = g_cancellable_new ();
  self->prompt_tokens = -1;
  self->completion_tokens = -1;
  self->cached_tokens = -1;
}

/* Takes what the thread has left, and says so. */
static void
show_news (YjChatStream *self)
{
  Wire *wire = self->wire;
  g_autoptr(GString) content = NULL;
  g_autoptr(GString) reasoning = NULL;

  g_mutex_lock (&wire->lock);
  wire->scheduled = FALSE;
  if (wire->news->content->len > 0 || wire->news->reasoning->len > 0)
    wire->shown = g_get_monotonic_time ();
  content = g_steal_pointer (&wire->news->content);
  reasoning = g_steal_pointer (&wire->news->reasoning);
  wire->news->content = g_string_new (NULL);
  wire->news->reasoning = g_string_new (NULL);
  g_set_str (&self->model, wire->news->model);
  g_set_str (&self->usage_id, wire->news->usage_id);
  self->prompt_tokens = wire->news->prompt_tokens;
  self->completion_tokens = wire->news->completion_tokens;
  self->cached_tokens = wire->news->cached_tokens;
  g_mutex_unlock (&wire->lock);

  self->begun |= content->len > 0 || reasoning->len > 0;
  if (content->len > 0 || reasoning->len > 0)
    g_signal_emit (self, signals[SIGNAL_DELTA], 0, content->len > 0 ? content->str : NULL,
                   reasoning->len > 0 ? reasoning->str : NULL);
}

static gboolean
show_news_cb (gpointer user_data)
{
  Wire *wire = user_data;
  g_autoptr(YjChatStream) self = g_weak_ref_get (&wire->stream);

  if (self != NULL && self->end == YJ_CHAT_END_NONE)
    show_news (self);
  return G_SOURCE_REMOVE;
}

/* When the object's side is to look: at once, unless it has just looked. Tokens come by the hundred a second, and to be
 * woken for each costs more than to read them. */
static GSource *
new_wake_up (Wire *wire)
{
  gint64 wait = wire->shown + GATHER_MS * 1000 - g_get_monotonic_time ();
  GSource *source = wait > 1000 ? g_timeout_source_new (wait / 1000) : g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, show_news_cb, wire_ref (wire), (GDestroyNotify) wire_unref);
  return source;
}

/* Hands what has been read to the object's side; one wake-up for all that comes until it looks. */
static void
publish (Wire        *wire,
         YjChatReply *reply)
{
  g_autoptr(GSource) source = NULL;

  g_mutex_lock (&wire->lock);
  g_string_append_len (wire->news->content, reply->content->str, reply->content->len);
  g_string_append_len (wire->news->reasoning, reply->reasoning->str, reply->reasoning->len);
  g_set_str (&wire->news->model, reply->model);
  g_set_str (&wire->news->usage_id, reply->usage_id);
  wire->news->prompt_tokens = reply->prompt_tokens;
  wire->news->completion_tokens = reply->completion_tokens;
  wire->news->cached_tokens = reply->cached_tokens;
  if (!wire->scheduled)
    source = new_wake_up (wire);
  wire->scheduled = TRUE;
  g_mutex_unlock (&wire->lock);
  g_string_truncate (reply->content, 0);
  g_string_truncate (reply->reasoning, 0);
  if (source != NULL)
    g_source_attach (source, wire->context);
}

typedef struct
{
  YjChatReply *reply;
  gboolean     done;            /* [DONE] */
} Reading;

static void
payload_cb (YjSsePayload payload,
            YjJson       span,
            gpointer     user_data)
{
  Reading *reading = user_data;

  if (reading->done || reading->reply->failed)
    return;
  if (payload == YJ_SSE_JSON)
    yj_chat_reply_take (reading->reply, span);
  else if (payload == YJ_SSE_DONE)
    reading->done = TRUE;
  else
    yj_chat_reply_take_text (reading->reply, span);
}

static void
set_end (Wire      *wire,
         YjChatEnd  end,
         GError    *error)
{
  wire->end = end;
  wire->error = error;
}

/* The body has ended, or [DONE] was in it, or reading failed with @failure. */
static void
conclude (Wire        *wire,
          Reading     *reading,
          GError      *failure)
{
  YjChatReply *reply = reading->reply;

  if (reply->failed)
    {
      set_end (wire, YJ_CHAT_END_FAILED, yj_refusal_new_in_band (reply->error));
      g_clear_error (&failure);
    }
  else if (reading->done || reply->finished)
    {
      set_end (wire, YJ_CHAT_END_COMPLETE, NULL);
      g_clear_error (&failure);
    }
  else if (g_error_matches (failure, YJ_ERROR, YJ_ERROR_CANCELLED))
    set_end (wire, YJ_CHAT_END_STOPPED, failure);
  else if (failure != NULL)
    set_end (wire, failure->code == YJ_ERROR_PROTOCOL ? YJ_CHAT_END_FAILED : YJ_CHAT_END_CUT, failure);
  else if (!reply->understood && reply->error != NULL)
    set_end (wire, YJ_CHAT_END_FAILED, g_error_new_literal (YJ_ERROR, YJ_ERROR_PROTOCOL, reply->error));
  else
    set_end (wire, YJ_CHAT_END_CUT, g_error_new_literal (YJ_ERROR, YJ_ERROR_CUT, reply->error != NULL ? reply->error : "The answer broke off"));
}

/* Whether nothing more is there yet. A read may give one chunk of several that have come. */
static gboolean
is_drained (GInputStream *body)
{
  return G_IS_POLLABLE_INPUT_STREAM (body) && g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (body)) &&
         !g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (body));
}

/* Of tokens that come one by one and fast, some are left to gather: to wait for each costs more than to read it. */
static void
pace (GInputStream *body,
      gint64       *last_wait)
{
  gint64 now = g_get_monotonic_time ();
  gint64 wait = *last_wait + READ_MS * 1000 - now;

  if (!is_drained (body))
    return;
  if (wait > 0)
    g_usleep (wait);
  *last_wait = now + MAX (wait, 0);
}

static void
read_answer (Wire         *wire,
             YjCall       *call,
             GInputStream *body)
{
  g_autoptr(YjChatReply) reply = yj_chat_reply_new ();
  Reading reading = { reply, FALSE };
  g_autoptr(YjSseParser) parser = yj_sse_parser_new (payload_cb, &reading);
  g_autofree char *buffer = g_malloc (64 * 1024);
  GError *failure = NULL;
  gint64 last_wait = 0;
  gssize n;

  while (!reading.done && !reply->failed
         && (n = yj_call_read (call, body, buffer, 64 * 1024, &failure)) > 0
         && yj_sse_parser_push (parser, buffer, n, &failure))
    {
      publish (wire, reply);
      if (!reading.done)
        pace (body, &last_wait);
    }
  if (!g_error_matches (failure, YJ_ERROR, YJ_ERROR_PROTOCOL))
    yj_sse_parser_finish (parser);
  publish (wire, reply);
  conclude (wire, &reading, failure);
}

static void
chat_work (YjCall   *call,
           gpointer  user_data)
{
  Wire *wire = user_data;
  g_autoptr(SoupSession) session = yj_platform_new_session (wire->platform);
  g_autoptr(SoupMessage) message = yj_platform_new_message (wire->platform, "POST", "/llmage/v1/chat/completions");
  g_autoptr(GInputStream) body = NULL;
  GError *error = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", wire->request);
  body = yj_call_send (call, session, message, &error);
  if (body == NULL)
    set_end (wire, error->code == YJ_ERROR_CANCELLED ? YJ_CHAT_END_STOPPED : YJ_CHAT_END_FAILED, error);
  else if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    set_end (wire, YJ_CHAT_END_FAILED, yj_call_new_refusal (call, message, body));
  else
    read_answer (wire, call, body);
}

static void
chat_done (YjCall   *call,
           gpointer  user_data)
{
  Wire *wire = user_data;
  g_autoptr(YjChatStream) self = g_weak_ref_get (&wire->stream);

  if (self != NULL)
    {
      show_news (self);
      self->end = wire->end;
      if (wire->error != NULL && wire->end != YJ_CHAT_END_STOPPED)
        self->error = yj_platform_redact (wire->platform, g_steal_pointer (&wire->error));
      yj_platform_tell_chat_ended (wire->platform, self);
      g_signal_emit (self, signals[SIGNAL_ENDED], 0);
    }
  wire_unref (wire);
}

static void
append_turn (GString    *json,
             const char *role,
             const char *content)
{
  g_autofree char *valid = g_utf8_make_valid (content, -1);

  g_string_append (json, json->str[json->len - 1] == '[' ? "{\"role\": " : ", {\"role\": ");
  yj_json_quote (json, role);
  g_string_append (json, ", \"content\": ");
  yj_json_quote (json, valid);
  g_string_append_c (json, '}');
}

static void
append_string (GString    *json,
               const char *name,
               const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_printf (json, "\"%s\": ", name);
  yj_json_quote (json, valid);
  g_string_append (json, ", ");
}

/* The documented form; turns after the first add the whole conversation, which the document does not know but every
   version of the platform takes. */
static GBytes *
new_request (const YjChatRequest *request)
{
  GString *json = g_string_new ("{");
  gboolean has_system = request->system_prompt != NULL && *request->system_prompt != '\0';

  if (request->model != NULL)
    append_string (json, "model", request->model);
  append_string (json, "prompt", request->prompt);
  if (has_system)
    append_string (json, "sys_prompt", request->system_prompt);
  g_string_append_printf (json, "\"stream\": %s", request->stream ? "true" : "false");
  if (request->n_history > 0)
    {
      g_string_append (json, ", \"messages\": [");
      if (has_system)
        append_turn (json, "system", request->system_prompt);
      for (gsize i = 0; i < request->n_history; i++)
        append_turn (json, request->history[i].role, request->history[i].content);
      append_turn (json, "user", request->prompt);
      g_string_append_c (json, ']');
    }
  g_string_append_c (json, '}');
  return g_string_free_to_bytes (json);
}

/* Asks, and returns the answer to come. */
YjChatStream *
yj_chat_stream_new (YjPlatform          *platform,
                    const YjChatRequest *request)
{
  YjChatStream *self = g_object_new (YJ_TYPE_CHAT_STREAM, NULL);
  Wire *wire = g_new0 (Wire, 1);

  g_atomic_ref_count_init (&wire->ref_count);
  g_weak_ref_init (&wire->stream, self);
  g_mutex_init (&wire->lock);
  wire->platform = g_object_ref (platform);
  wire->request = new_request (request);
  wire->context = g_main_context_ref_thread_default ();
  wire->news = yj_chat_reply_new ();
  self->wire = wire;
  self->asked_model = g_strdup (request->model);
  yj_call_start (YJ_CALL_CHAT, &yj_platform_get_patience (platform)->chat, self->cancellable, NULL, NULL,
                 chat_work, chat_done, wire_ref (wire));
  return self;
}

/**
 * yj_chat_stream_stop:
 * @self: an answer
 *
 * Stops it. What has come stays; [signal@Yj.ChatStream::ended] follows with %YJ_CHAT_END_STOPPED, unless it had ended.
 */
void
yj_chat_stream_stop (YjChatStream *self)
{
  g_return_if_fail (YJ_IS_CHAT_STREAM (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * yj_chat_stream_get_end:
 * @self: an answer
 *
 * Returns: how it ended, %YJ_CHAT_END_NONE before [signal@Yj.ChatStream::ended]
 */
YjChatEnd
yj_chat_stream_get_end (YjChatStream *self)
{
  g_return_val_if_fail (YJ_IS_CHAT_STREAM (self), YJ_CHAT_END_NONE);

  return self->end;
}

/**
 * yj_chat_stream_get_error:
 * @self: an answer
 *
 * Returns: (nullable): an error of %YJ_ERROR when it ended as %YJ_CHAT_END_FAILED or %YJ_CHAT_END_CUT
 */
const GError *
yj_chat_stream_get_error (YjChatStream *self)
{
  g_return_val_if_fail (YJ_IS_CHAT_STREAM (self), NULL);

  return self->error;
}

/**
 * yj_chat_stream_get_model:
 * @self: an answer
 *
 * Returns: (nullable): the model that answers, by the reply: the platform may have put another in place
 */
const char *
yj_chat_stream_get_model (YjChatStream *self)
{
  g_return_val_if_fail (YJ_IS_CHAT_STREAM (self), NULL);

  return self->model;
}

/**
 * yj_chat_stream_get_asked_model:
 * @self: an answer
 *
 * Returns: (nullable): the model that was asked; %NULL: the platform's default
 */
const char *
yj_chat_stream_get_asked_model (YjChatStream *self)
{
  g_return_val_if_fail (YJ_IS_CHAT_STREAM (self), NULL);

  return self->asked_model;
}

/**
 * yj_chat_stream_get_begun:
 * @self: an answer
 *
 * Returns: whether anything of the answer has come, thinking or text
 */
gboolean
yj_chat_stream_get_begun (YjChatStream *self)
{
  g_return_val_if_fail (YJ_IS_CHAT_STREAM (self), FALSE);

  return self->begun;
}

/**
 * yj_chat_stream_get_usage_id:
 * @self: an answer
 *
 * Returns: (nullable): the platform's id of this use (`llmusageid`)
 */
const char *
yj_chat_stream_get_usage_id (YjChatStream *self)
{
  g_return_val_if_fail (YJ_IS_CHAT_STREAM (self), NULL);

  return self->usage_id;
}

/**
 * yj_chat_stream_get_prompt_tokens:
 * @self: an answer
 *
 * Returns: tokens of the question, -1: not said
 */
gint64
yj_chat_stream_get_prompt_tokens (YjChatStream *self)
{
  g_return_val_if_fail (YJ_IS_CHAT_STREAM (self), -1);

  return self->prompt_tokens;
}

/**
 * yj_chat_stream_get_completion_tokens:
 * @self: an answer
 *
 * Returns: tokens of the answer, -1: not said
 */
gint64
yj_chat_stream_get_completion_tokens (YjChatStream *self)
{
  g_return_val_if_fail (YJ_IS_CHAT_STREAM (self), -1);

  return self->completion_tokens;
}

/**
 * yj_chat_stream_get_cached_tokens:
 * @self: an answer
 *
 * Returns: tokens of the question that were cached, -1: not said
 */
gint64
yj_chat_stream_get_cached_tokens (YjChatStream *self)
{
  g_return_val_if_fail (YJ_IS_CHAT_STREAM (self), -1);

  return self->cached_tokens;
}
