/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-wire-test.h"

#include <glib/gstdio.h>
#include <string.h>

void
yj_wire_fixture_set_up (YjWireFixture *fixture,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->server = yj_fault_server_new ();
  fixture->platform = yj_platform_new (yj_fault_server_get_url (fixture->server), YJ_TEST_KEY, &error);
  g_assert_no_error (error);
  yj_platform_get_patience (fixture->platform)->tries = 1;
  yj_platform_get_patience (fixture->platform)->back_off = 1;
}

void
yj_wire_fixture_tear_down (YjWireFixture *fixture,
                           gconstpointer  data)
{
  /* A call that was let go of still has its thread to end. */
  yj_test_wait (g_atomic_int_get (&G_OBJECT (fixture->platform)->ref_count) == 1);
  g_assert_finalize_object (fixture->platform);
  yj_fault_server_free (fixture->server);
}

static void
delta_cb (YjChatStream *stream,
          const char   *content,
          const char   *reasoning,
          YjWireAnswer *answer)
{
  g_assert_false (answer->ended);
  g_assert_true (content != NULL || reasoning != NULL);
  answer->deltas++;
  if (content != NULL)
    g_string_append (answer->content, content);
  if (reasoning != NULL)
    g_string_append (answer->reasoning, reasoning);
}

static void
ended_cb (YjChatStream *stream,
          YjWireAnswer *answer)
{
  g_assert_false (answer->ended);
  g_assert_cmpint (yj_chat_stream_get_end (stream), !=, YJ_CHAT_END_NONE);
  answer->ended = TRUE;
}

YjWireAnswer *
yj_wire_ask (YjWireFixture       *fixture,
             const YjChatRequest *request)
{
  YjWireAnswer *answer = g_new0 (YjWireAnswer, 1);

  answer->content = g_string_new (NULL);
  answer->reasoning = g_string_new (NULL);
  answer->stream = yj_platform_chat (fixture->platform, request);
  g_signal_connect (answer->stream, "delta", G_CALLBACK (delta_cb), answer);
  g_signal_connect (answer->stream, "ended", G_CALLBACK (ended_cb), answer);
  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_NONE);
  return answer;
}

void
yj_wire_answer_wait (YjWireAnswer *answer)
{
  yj_test_wait (answer->ended);
}

void
yj_wire_answer_free (YjWireAnswer *answer)
{
  g_signal_handlers_disconnect_by_data (answer->stream, answer);
  g_assert_finalize_object (answer->stream);
  g_string_free (answer->content, TRUE);
  g_string_free (answer->reasoning, TRUE);
  g_free (answer);
}

YjWireAnswer *
yj_wire_chat (YjWireFixture      *fixture,
              const YjFaultReply *reply)
{
  YjChatRequest request = { .model = "qwen3-max", .prompt = "你是谁", .stream = TRUE };
  YjWireAnswer *answer;

  yj_fault_server_script (fixture->server, reply);
  answer = yj_wire_ask (fixture, &request);
  yj_wire_answer_wait (answer);
  return answer;
}

YjSubmission *
yj_wire_new_submission (void)
{
  YjSubmission *submission = yj_submission_new ();

  yj_submission_add_string (submission, "llmid", YJ_TEST_LLMID);
  yj_submission_add_string (submission, "prompt", "一起来调科目三");
  yj_submission_add_integer (submission, "duration", 5);
  return submission;
}

YjTaskReply *
yj_wire_submit (YjWireFixture  *fixture,
                YjSubmission   *submission,
                GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_platform_submit_async (fixture->platform, submission, NULL, NULL, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_platform_submit_finish (fixture->platform, result, error);
}

/* What a submission ends with that cannot go well. */
YjError
yj_wire_submit_code (YjWireFixture *fixture,
                     YjSubmission  *submission)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjTaskReply) reply = yj_wire_submit (fixture, submission, &error);

  g_assert_null (reply);
  g_assert_nonnull (error);
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (YJ_ERROR));
  return error->code;
}

YjError
yj_wire_submit_to (YjWireFixture *fixture,
                   YjFaultReply   reply)
{
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();

  yj_fault_server_script (fixture->server, &reply);
  return yj_wire_submit_code (fixture, submission);
}

YjError
yj_wire_chat_to (YjWireFixture *fixture,
                 YjFaultReply   reply)
{
  g_autoptr(YjWireAnswer) answer = yj_wire_chat (fixture, &reply);

  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_FAILED);
  g_assert_nonnull (yj_chat_stream_get_error (answer->stream));
  return yj_chat_stream_get_error (answer->stream)->code;
}

YjTaskReply *
yj_wire_query (YjWireFixture  *fixture,
               const char     *task_id,
               GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_platform_query_task_async (fixture->platform, task_id, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_platform_query_task_finish (fixture->platform, result, error);
}

YjDownloadInfo *
yj_wire_download (YjWireFixture  *fixture,
                  const char     *uri,
                  GFile          *part,
                  const char     *etag,
                  GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_platform_download_async (fixture->platform, uri, part, etag, NULL, NULL, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_platform_download_finish (fixture->platform, result, error);
}

void
yj_wire_note_progress (gint64   moved,
                       gint64   total,
                       gpointer user_data)
{
  *(gint64 *) user_data = moved;
}

GFile *
yj_wire_new_file (const char *name,
                  const char *data,
                  gssize      length)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), name, NULL);
  g_autoptr(GError) error = NULL;

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  if (data == NULL)
    g_unlink (path);
  else
    g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static void
part_free (YjWirePart *part)
{
  g_free (part->name);
  g_free (part->filename);
  g_free (part->content_type);
  g_bytes_unref (part->data);
  g_free (part);
}

/* The header lines of a part: each may come once, and no other may. */
static YjWirePart *
read_part_head (const char *head)
{
  static const char pattern[] = "^Content-Disposition: form-data; name=\"([^\";\\x00-\\x1f]+)\"(?:; filename=\"([A-Za-z0-9.-]{1,64})\")?"
                                "(?:\r\nContent-Type: ([a-z0-9.+/-]+))?$";
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  YjWirePart *part = g_new0 (YjWirePart, 1);

  if (!g_regex_match (regex, head, 0, &match))
    g_error ("a part's head is not plain: %s", head);
  part->name = g_match_info_fetch (match, 1);
  part->filename = g_match_info_fetch (match, 2);
  part->content_type = g_match_info_fetch (match, 3);
  if (part->filename != NULL && *part->filename == '\0')
    g_clear_pointer (&part->filename, g_free);
  return part;
}

GPtrArray *
yj_wire_read_form (const YjFaultRequest *request)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  g_autofree char *content_type = yj_fault_request_dup_header (request, "Content-Type");
  g_autofree char *delimiter = NULL;
  g_autofree char *closing = NULL;
  gsize size;
  const char *at = g_bytes_get_data (request->body, &size);
  const char *end = at + size;

  g_assert_true (g_str_has_prefix (content_type, "multipart/form-data; boundary="));
  delimiter = g_strconcat ("\r\n--", strchr (content_type, '=') + 1, NULL);
  closing = g_strconcat (delimiter, "--\r\n", NULL);
  g_assert_cmpuint (strlen (delimiter) - 4, <=, 70);
  g_assert_true ((gsize) size > strlen (closing) && memcmp (end - strlen (closing), closing, strlen (closing)) == 0);
  g_assert_true (memcmp (at, delimiter + 2, strlen (delimiter) - 2) == 0);
  at += strlen (delimiter) - 2;
  while (memcmp (at, "\r\n", 2) == 0)
    {
      const char *blank = memmem (at, end - at, "\r\n\r\n", 4);
      g_autofree char *head = NULL;
      const char *next;
      YjWirePart *part;

      g_assert_nonnull (blank);
      head = g_strndup (at + 2, blank - at - 2);
      next = memmem (blank + 2, end - blank - 2, delimiter, strlen (delimiter));
      g_assert_nonnull (next);
      part = read_part_head (head);
      part->data = g_bytes_new (blank + 4, next > blank + 4 ? next - blank - 4 : 0);
      g_ptr_array_add (parts, part);
      at = next + strlen (delimiter);
    }
  g_assert_cmpmem (at, (end - at), "--\r\n", 4);
  return parts;
}
