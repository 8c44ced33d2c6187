/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What chat models use, whoever asks them: a conversation, or the help with a prompt. Answers can be deleted; what they
   cost cannot. */
#define G_LOG_DOMAIN "yj-session"

#include "yj-job-queue-private.h"
#include "yj-session-private.h"
#include "yj-use.h"

static void
append_tokens (GString    *json,
               const char *name,
               gint64      tokens)
{
  if (tokens >= 0)
    g_string_append_printf (json, "%s\"%s\": %" G_GINT64_FORMAT, json->len > 1 ? ", " : "", name, tokens);
}

static void
note_use (YjSession    *self,
          YjPlatform   *platform,
          YjChatStream *stream,
          const char   *mark)
{
  g_autoptr(GString) usage = g_string_new ("{");
  g_autofree char *origin = g_strconcat (yj_platform_get_base_url (platform), mark, NULL);
  const char *model = yj_chat_stream_get_model (stream);
  gboolean told;

  append_tokens (usage, "prompt_tokens", yj_chat_stream_get_prompt_tokens (stream));
  append_tokens (usage, "completion_tokens", yj_chat_stream_get_completion_tokens (stream));
  append_tokens (usage, "cached_tokens", yj_chat_stream_get_cached_tokens (stream));
  told = usage->len > 1;
  g_string_append_c (usage, '}');
  /* what was refused, or never arrived, is no use */
  if (self->library != NULL &&
      (told || yj_chat_stream_get_begun (stream) || yj_chat_stream_get_end (stream) == YJ_CHAT_END_COMPLETE))
    yj_library_add_chat_use (self->library, origin, model != NULL ? model : yj_chat_stream_get_asked_model (stream),
                             told ? usage->str : NULL);
}

static void
chat_ended_cb (YjPlatform   *platform,
               YjChatStream *stream,
               YjSession    *self)
{
  note_use (self, platform, stream, "");
}

static void
sandbox_chat_ended_cb (YjPlatform   *platform,
                       YjChatStream *stream,
                       YjSession    *self)
{
  note_use (self, platform, stream, YJ_JOB_SANDBOX_MARK);
}

void
yj_session_watch_chats (YjSession  *self,
                        YjPlatform *platform,
                        gboolean    sandbox)
{
  g_signal_connect_object (platform, "chat-ended", sandbox ? G_CALLBACK (sandbox_chat_ended_cb) : G_CALLBACK (chat_ended_cb),
                           self, G_CONNECT_DEFAULT);
}
