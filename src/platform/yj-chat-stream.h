/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YjChatEnd:
 * @YJ_CHAT_END_NONE: still running
 * @YJ_CHAT_END_COMPLETE: `[DONE]`, `finish: "1"`, or a `finish_reason` and the end of the body
 * @YJ_CHAT_END_CUT: the body ended otherwise; what came is kept
 * @YJ_CHAT_END_FAILED: refused before any text, or an error inside the stream
 * @YJ_CHAT_END_STOPPED: stopped by [method@Yj.ChatStream.stop]
 */
typedef enum
{
  YJ_CHAT_END_NONE,
  YJ_CHAT_END_COMPLETE,
  YJ_CHAT_END_CUT,
  YJ_CHAT_END_FAILED,
  YJ_CHAT_END_STOPPED,
} YjChatEnd;

/* One answer on its way. Signals: delta (content: utf8 or NULL, reasoning: utf8 or NULL), then once: ended (). */
#define YJ_TYPE_CHAT_STREAM (yj_chat_stream_get_type ())
G_DECLARE_FINAL_TYPE (YjChatStream, yj_chat_stream, YJ, CHAT_STREAM, GObject)

void          yj_chat_stream_stop              (YjChatStream *self);
YjChatEnd     yj_chat_stream_get_end           (YjChatStream *self);
const GError *yj_chat_stream_get_error         (YjChatStream *self);
const char   *yj_chat_stream_get_model         (YjChatStream *self);
const char   *yj_chat_stream_get_asked_model   (YjChatStream *self);
gboolean      yj_chat_stream_get_begun         (YjChatStream *self);
const char   *yj_chat_stream_get_usage_id      (YjChatStream *self);
gint64        yj_chat_stream_get_prompt_tokens     (YjChatStream *self);
gint64        yj_chat_stream_get_completion_tokens (YjChatStream *self);
gint64        yj_chat_stream_get_cached_tokens     (YjChatStream *self);

G_END_DECLS
