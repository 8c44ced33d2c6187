/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-platform-private.h"

#include "yj-multipart-stream.h"
#include "yj-refusal.h"
#include "yj-submission-private.h"

#include <string.h>

/* What is paid for: sent once, and everything about the answer that is not a clear no or an id is ambiguous. */

#define REPLY_MAX (1024 * 1024)

typedef struct
{
  YjAsk        *ask;
  YjSubmission *submission;
} Submit;

/* The documented call takes an llmid; without one the later route takes model and catalogue. */
static const char *
get_path (YjSubmission *submission)
{
  return yj_submission_has_field (submission, "llmid") ? "/llmage/video" : "/llmage/v1/video/generations";
}

static GInputStream *
new_body (YjSubmission  *submission,
          char         **content_type,
          gint64        *length,
          GError       **error)
{
  GInputStream *stream;
  char *json;

  if (yj_submission_has_files (submission))
    {
      stream = yj_multipart_stream_new (submission, error);
      if (stream == NULL)
        return NULL;
      *content_type = g_strdup (yj_multipart_stream_get_content_type (YJ_MULTIPART_STREAM (stream)));
      *length = yj_multipart_stream_get_length (YJ_MULTIPART_STREAM (stream));
      return stream;
    }
  json = yj_submission_to_json (submission);
  *content_type = g_strdup ("application/json");
  *length = strlen (json);
  return g_memory_input_stream_new_from_data (json, *length, g_free);
}

/* Looks at one document of the answer. Returns whether it decides. */
static gboolean
take_document (YjAsk      *ask,
               const char *text,
               gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjTaskReply) reply = NULL;

  reply = yj_task_reply_new_from_data (text, length, yj_platform_get_base_url (ask->platform), &error);
  if (reply == NULL && error->code == YJ_ERROR_PROTOCOL)
    return FALSE;
  if (reply == NULL)
    ask->error = g_steal_pointer (&error);
  else if (yj_task_reply_get_status (reply) == YJ_TASK_STATUS_FAILED)
    ask->error = yj_refusal_new_in_band (yj_task_reply_get_message (reply));
  else if (yj_task_reply_get_task_id (reply) != NULL)
    ask->reply = g_steal_pointer (&reply);
  return ask->reply != NULL || ask->error != NULL;
}

/* Reads on until a document has an id or says no: the platform may keep the answer open until the job ends. */
static void
read_reply (YjAsk        *ask,
            YjCall       *call,
            GInputStream *body)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *words = NULL;
  char buffer[8 * 1024];
  YjJsonMatcher matcher = { 0 };
  gsize document = 0;           /* where the one being read begins */
  gsize at = 0;
  gssize n;

  while ((n = yj_call_read (call, body, buffer, sizeof buffer, &ask->error)) > 0 && text->len < REPLY_MAX)
    {
      g_string_append_len (text, buffer, n);
      while (at < text->len)
        {
          gssize end;

          if (matcher.depth == 0)
            {
              const char *brace = memchr (text->str + at, '{', text->len - at);

              at = brace != NULL ? (gsize) (brace - text->str) : text->len;
              document = at;
              matcher = (YjJsonMatcher) { 0 };
            }
          end = yj_json_matcher_push (&matcher, text->str + at, text->len - at);
          at = end < 0 ? text->len : at + end;
          if (end >= 0 && take_document (ask, text->str + document, text->len - document))
            return;
        }
    }
  if (n < 0)
    return;
  words = yj_refusal_dup_plain (text->str, text->len);
  ask->error = g_error_new (YJ_ERROR, YJ_ERROR_AMBIGUOUS, "The platform's answer has no task id%s%s",
                            words != NULL ? ": " : "", words != NULL ? words : "");
}

static void
submit_work (YjCall   *call,
             gpointer  user_data)
{
  Submit *submit = user_data;
  YjAsk *ask = submit->ask;
  g_autoptr(SoupSession) session = yj_platform_new_session (ask->platform);
  g_autoptr(SoupMessage) message = yj_platform_new_message (ask->platform, "POST", get_path (submit->submission));
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(GInputStream) body = NULL;
  g_autofree char *content_type = NULL;
  gint64 length;

  stream = new_body (submit->submission, &content_type, &length, &ask->error);
  if (stream == NULL)
    return;
  soup_message_set_request_body (message, content_type, stream, length);
  body = yj_call_send (call, session, message, &ask->error);
  if (body == NULL && YJ_IS_MULTIPART_STREAM (stream)
      && yj_multipart_stream_get_failure (YJ_MULTIPART_STREAM (stream)) != NULL)
    {
      const GError *failure = yj_multipart_stream_get_failure (YJ_MULTIPART_STREAM (stream));
      /* what had left by then can have been taken for the whole */
      gboolean ambiguous = g_error_matches (ask->error, YJ_ERROR, YJ_ERROR_AMBIGUOUS);

      g_clear_error (&ask->error);
      ask->error = ambiguous ? g_error_new_literal (YJ_ERROR, YJ_ERROR_AMBIGUOUS, failure->message) : g_error_copy (failure);
    }
  if (body == NULL)
    return;
  if (SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    read_reply (ask, call, body);
  else
    ask->error = yj_call_new_refusal (call, message, body);
}

static void
submit_done (YjCall   *call,
             gpointer  user_data)
{
  Submit *submit = user_data;

  yj_ask_done (call, submit->ask);
  g_object_unref (submit->submission);
  g_free (submit);
}

/**
 * yj_platform_submit_async:
 * @self: a platform
 * @submission: what to ask for; it must not get more fields
 * @progress: (nullable) (scope async) (closure progress_data): told of the bytes sent, on the caller's context
 * @progress_data: data for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Submits a paid request, once: `POST /llmage/video`, or `/llmage/v1/video/generations` when it has no `llmid`.
 *
 * Files are streamed from disk in constant memory, on a thread of its own.
 */
void
yj_platform_submit_async (YjPlatform          *self,
                          YjSubmission        *submission,
                          YjProgressFunc       progress,
                          gpointer             progress_data,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Submit *submit;

  g_return_if_fail (YJ_IS_PLATFORM (self));
  g_return_if_fail (YJ_IS_SUBMISSION (submission));

  submit = g_new0 (Submit, 1);
  submit->submission = g_object_ref (submission);
  submit->ask = yj_ask_new (self, yj_platform_submit_async, cancellable, callback, user_data, g_object_unref);
  yj_call_start (YJ_CALL_PAID, &yj_platform_get_patience (self)->submit, cancellable, progress, progress_data,
                 submit_work, submit_done, submit);
}

/**
 * yj_platform_submit_finish:
 * @self: a platform
 * @result: what the callback got
 * @error: return location for an error
 *
 * A reply always has a task id. Of the errors,
 *
 * - %YJ_ERROR_AMBIGUOUS means that the request may have been accepted and charged (cut, timed out or cancelled after it
 *   was sent, of a form even in part; answered 5xx, or 2xx without an id): never send it again by itself;
 * - %YJ_ERROR_UNSENT that it certainly was not, and can be sent again;
 * - %YJ_ERROR_CANCELLED that it was called off before anything could have been accepted;
 * - any %G_IO_ERROR that a file to send was missing or empty before anything left; nothing was accepted;
 * - all others that the platform said no.
 *
 * Returns: (transfer full): what the platform said, or %NULL
 */
YjTaskReply *
yj_platform_submit_finish (YjPlatform    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
