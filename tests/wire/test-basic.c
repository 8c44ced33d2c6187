/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-wire-test.h"

/* The calls as the platform's document shows them: what goes out, byte by byte, and what comes back. */

static void
assert_header (const YjFaultRequest *request,
               const char           *name,
               const char           *value)
{
  g_autofree char *found = yj_fault_request_dup_header (request, name);

  g_assert_cmpstr (found, ==, value);
}

static void
assert_body (const YjFaultRequest *request,
             const char           *text)
{
  g_autofree char *body = g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));

  g_assert_cmpstr (body, ==, text);
}

static const char streamed[] =
  "data: {\"id\": \"chatcmpl-1\", \"object\": \"chat.completion.chunk\", \"created\": 1780000000, \"choices\": [{\"logprobs\": null, \"index\": 0, \"delta\": {\"content\": \"\", \"role\": \"assistant\"}}], \"model\": \"qwen3-max\", \"reasoning_content\": null, \"content\": \"\", \"finish\": \"0\", \"llmusageid\": \"u-1\"}\n"
  "data: {\"id\": \"chatcmpl-1\", \"object\": \"chat.completion.chunk\", \"created\": 1780000000, \"choices\": [{\"delta\": {\"content\": \"\\u6211\\u662f\", \"role\": null}, \"index\": 0}], \"model\": \"qwen3-max\", \"reasoning_content\": null, \"content\": \"\\u6211\\u662f\", \"finish\": \"0\", \"llmusageid\": \"u-1\"}\n"
  "data: {\"id\": \"chatcmpl-1\", \"object\": \"chat.completion.chunk\", \"created\": 1780000000, \"choices\": [{\"delta\": {\"content\": \"\\u5343\\u95ee\", \"role\": null}, \"index\": 0}], \"model\": \"qwen3-max\", \"reasoning_content\": null, \"content\": \"\\u5343\\u95ee\", \"finish\": \"0\", \"llmusageid\": \"u-1\"}\n"
  "data: {\"id\": \"chatcmpl-1\", \"object\": \"chat.completion.chunk\", \"created\": 1780000000, \"choices\": [{\"delta\": {\"content\": \"\", \"role\": null}, \"index\": 0, \"finish_reason\": \"stop\"}], \"model\": \"qwen3-max\", \"reasoning_content\": null, \"content\": \"\", \"finish\": \"0\", \"llmusageid\": \"u-1\"}\n"
  "data: {\"id\": \"chatcmpl-1\", \"object\": \"chat.completion.chunk\", \"created\": 1780000000, \"choices\": [], \"model\": \"qwen3-max\", \"finish\": \"1\", \"usage\": {\"total_tokens\": 30, \"completion_tokens\": 20, \"prompt_tokens\": 10, \"prompt_tokens_details\": {\"cached_tokens\": 3}}, \"llmusageid\": \"u-1\"}\n"
  "data: [DONE]";

static void
test_chat_stream (YjWireFixture *fixture,
                  gconstpointer  data)
{
  YjChatRequest question = { .model = "qwen3-max", .prompt = "你是\"谁\"\n", .system_prompt = "简短", .stream = TRUE };
  g_autoptr(YjWireAnswer) answer = NULL;
  const YjFaultRequest *request;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = "Content-Type: text/event-stream\r\n", .body = streamed, .framing = YJ_FAULT_CHUNKED });
  answer = yj_wire_ask (fixture, &question);
  yj_wire_answer_wait (answer);
  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_COMPLETE);
  g_assert_null (yj_chat_stream_get_error (answer->stream));
  g_assert_cmpstr (answer->content->str, ==, "我是千问");
  g_assert_cmpstr (answer->reasoning->str, ==, "");
  g_assert_cmpstr (yj_chat_stream_get_model (answer->stream), ==, "qwen3-max");
  g_assert_cmpstr (yj_chat_stream_get_usage_id (answer->stream), ==, "u-1");
  g_assert_cmpint (yj_chat_stream_get_prompt_tokens (answer->stream), ==, 10);
  g_assert_cmpint (yj_chat_stream_get_completion_tokens (answer->stream), ==, 20);
  g_assert_cmpint (yj_chat_stream_get_cached_tokens (answer->stream), ==, 3);

  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 1);
  request = yj_fault_server_get_request (fixture->server, 0);
  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->target, ==, "/llmage/v1/chat/completions");
  assert_header (request, "Authorization", "Bearer " YJ_TEST_KEY);
  assert_header (request, "Content-Type", "application/json");
  assert_body (request, "{\"model\": \"qwen3-max\", \"prompt\": \"你是\\\"谁\\\"\\n\", \"sys_prompt\": \"简短\", \"stream\": true}");
}

static void
test_chat_whole (YjWireFixture *fixture,
                 gconstpointer  data)
{
  YjChatRequest question = { .prompt = "hi", .stream = FALSE };
  g_autoptr(YjWireAnswer) answer = NULL;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = "Content-Type: application/json\r\n", .body =
    "{\"id\": \"chatcmpl-2\", \"object\": \"chat.completion\", \"created\": 1780000000, \"choices\": [{\"finish_reason\": \"stop\", \"index\": 0, \"message\": {\"content\": \"你好\", \"role\": \"assistant\"}}], \"model\": \"qwen3-max\", \"reasoning_content\": null, \"content\": \"你好\", \"finish\": \"1\", \"usage\": {\"completion_tokens\": 2, \"prompt_tokens\": 1, \"prompt_tokens_details\": {\"cached_tokens\": 0}, \"total_tokens\": 3}}" });
  answer = yj_wire_ask (fixture, &question);
  yj_wire_answer_wait (answer);
  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_COMPLETE);
  g_assert_cmpstr (answer->content->str, ==, "你好");
  g_assert_cmpint (yj_chat_stream_get_completion_tokens (answer->stream), ==, 2);
  g_assert_null (yj_chat_stream_get_usage_id (answer->stream));
  assert_body (yj_fault_server_get_request (fixture->server, 0), "{\"prompt\": \"hi\", \"stream\": false}");
}

static void
test_chat_history (YjWireFixture *fixture,
                   gconstpointer  data)
{
  YjChatTurn turns[] = { { "user", "1+1?" }, { "assistant", "2" } };
  YjChatRequest question = { .model = "m", .prompt = "and 2+2?", .system_prompt = "s", .stream = TRUE, .history = turns, .n_history = 2 };
  g_autoptr(YjWireAnswer) answer = NULL;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = streamed });
  answer = yj_wire_ask (fixture, &question);
  yj_wire_answer_wait (answer);
  assert_body (yj_fault_server_get_request (fixture->server, 0),
               "{\"model\": \"m\", \"prompt\": \"and 2+2?\", \"sys_prompt\": \"s\", \"stream\": true, \"messages\": ["
               "{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", \"content\": \"1+1?\"}, "
               "{\"role\": \"assistant\", \"content\": \"2\"}, {\"role\": \"user\", \"content\": \"and 2+2?\"}]}");
}

static void
test_submit_json (YjWireFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr(YjSubmission) submission = yj_submission_new ();
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  const YjFaultRequest *request;

  yj_submission_add_string (submission, "llmid", "CrEMkFQfRCmbmopZsCqLj");
  yj_submission_add_string (submission, "prompt", "一起来调科目三");
  yj_submission_add_integer (submission, "duration", 5);
  yj_submission_add_string (submission, "radio", "16:9");
  yj_submission_add_string (submission, "resolution", "480p");
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "{\"taskid\": \"936759404378734592\", \"status\": \"created\"}" });
  reply = yj_wire_submit (fixture, submission, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yj_task_reply_get_task_id (reply), ==, "936759404378734592");
  g_assert_cmpint (yj_task_reply_get_status (reply), ==, YJ_TASK_STATUS_CREATED);
  request = yj_fault_server_get_request (fixture->server, 0);
  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->target, ==, "/llmage/video");
  assert_header (request, "Authorization", "Bearer " YJ_TEST_KEY);
  assert_header (request, "Content-Type", "application/json");
  assert_body (request, "{\"llmid\": \"CrEMkFQfRCmbmopZsCqLj\", \"prompt\": \"一起来调科目三\", \"duration\": 5, \"radio\": \"16:9\", \"resolution\": \"480p\"}");
}

/* Models whose llmid nobody knows go by name, on the later route. */
static void
test_submit_by_name (YjWireFixture *fixture,
                     gconstpointer  data)
{
  g_autoptr(YjSubmission) submission = yj_submission_new ();
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  yj_submission_add_string (submission, "model", "wan2.6-i2v");
  yj_submission_add_string (submission, "catelogid", "i2v");
  yj_submission_add_string (submission, "prompt", "p");
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "{\"id\": \"g1\", \"object\": \"video.generation\", \"model\": \"wan2.6-i2v\", \"status\": \"submitted\", \"taskid\": \"77\", \"created\": 1.5}" });
  reply = yj_wire_submit (fixture, submission, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yj_task_reply_get_task_id (reply), ==, "77");
  g_assert_cmpstr (yj_fault_server_get_request (fixture->server, 0)->target, ==, "/llmage/v1/video/generations");
}

static void
progress_cb (gint64   moved,
             gint64   total,
             gpointer user_data)
{
  gint64 *seen = user_data;

  g_assert_cmpint (moved, >=, seen[0]);
  seen[0] = moved;
  seen[1] = total;
}

static void
test_submit_form (YjWireFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr(GFile) picture = yj_wire_new_file ("我的 \"照片\";.JPEG", "\xff\xd8picture", -1);
  g_autoptr(GFile) second = yj_wire_new_file ("b.png", "\x89PNG", -1);
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *content_type = NULL;
  g_autofree char *length = NULL;
  g_autofree char *expected = NULL;
  const char *boundary;
  const YjFaultRequest *request;
  gint64 seen[2] = { 0, 0 };

  /* Added before the last value, sent after it. */
  yj_submission_add_file (submission, "image_files", picture, "image/jpeg");
  yj_submission_add_string (submission, "resolution", "720P");
  yj_submission_add_file (submission, "image_files", second, NULL);
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "{\"taskid\": 936759404378734592, \"status\": \"created\"}" });
  yj_platform_submit_async (fixture->platform, submission, progress_cb, seen, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  reply = yj_platform_submit_finish (fixture->platform, result, &error);
  g_assert_no_error (error);
  request = yj_fault_server_get_request (fixture->server, 0);
  content_type = yj_fault_request_dup_header (request, "Content-Type");
  g_assert_true (g_str_has_prefix (content_type, "multipart/form-data; boundary="));
  boundary = content_type + strlen ("multipart/form-data; boundary=");
  g_assert_cmpuint (strlen (boundary), <=, 70);
  expected = g_strdup_printf (
    "--%s\r\nContent-Disposition: form-data; name=\"llmid\"\r\n\r\n" YJ_TEST_LLMID "\r\n"
    "--%s\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n一起来调科目三\r\n"
    "--%s\r\nContent-Disposition: form-data; name=\"duration\"\r\n\r\n5\r\n"
    "--%s\r\nContent-Disposition: form-data; name=\"resolution\"\r\n\r\n720P\r\n"
    "--%s\r\nContent-Disposition: form-data; name=\"image_files\"; filename=\"image-1.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8picture\r\n"
    "--%s\r\nContent-Disposition: form-data; name=\"image_files\"; filename=\"image-2.png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n"
    "--%s--\r\n", boundary, boundary, boundary, boundary, boundary, boundary, boundary);
  assert_body (request, expected);
  length = g_strdup_printf ("%zu", strlen (expected));
  assert_header (request, "Content-Length", length);
  g_assert_cmpint (seen[0], ==, strlen (expected));
  g_assert_cmpint (seen[1], ==, strlen (expected));
}

static void
test_task (YjWireFixture *fixture,
           gconstpointer  data)
{
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *video = g_strconcat (yj_fault_server_get_url (fixture->server), "/idfile?path=/tmp/137/video.mp4", NULL);
  const YjFaultRequest *request;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "{\"status\": \"SUCCEEDED\", \"usage\": {\"action\": \"t2v\", \"credits\": 10}, \"image\": \"/idfile?path=/tmp/19/cover.jpeg\", \"video\": \"/idfile?path=/tmp/137/video.mp4\"}" });
  reply = yj_wire_query (fixture, "93675&=/4", &error);
  g_assert_no_error (error);
  g_assert_cmpint (yj_task_reply_get_status (reply), ==, YJ_TASK_STATUS_SUCCEEDED);
  g_assert_cmpstr (yj_task_reply_get_video (reply), ==, video);
  g_assert_cmpstr (yj_task_reply_get_usage (reply), ==, "{\"action\": \"t2v\", \"credits\": 10}");
  request = yj_fault_server_get_request (fixture->server, 0);
  g_assert_cmpstr (request->method, ==, "GET");
  g_assert_cmpstr (request->target, ==, "/llmage/tasks?taskid=93675%26%3D%2F4");
  assert_header (request, "Authorization", "Bearer " YJ_TEST_KEY);
  assert_header (request, "Content-Type", "application/json");
  assert_header (request, "Content-Length", NULL);
  g_assert_cmpuint (g_bytes_get_size (request->body), ==, 0);
}

static void
test_download (YjWireFixture *fixture,
               gconstpointer  data)
{
  g_autoptr(GFile) part = yj_wire_new_file ("video.part", NULL, 0);
  g_autoptr(YjDownloadInfo) info = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = g_strconcat (yj_fault_server_get_url (fixture->server), "/idfile?path=/tmp/1/video.mp4", NULL);
  g_autofree char *content = NULL;
  gsize length;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = "ETag: \"one\"\r\nContent-Type: video/mp4\r\n", .body = "\0\0\0\x18" "ftypmp42", .length = 12 });
  info = yj_wire_download (fixture, uri, part, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->total, ==, 12);
  g_assert_cmpstr (info->etag, ==, "\"one\"");
  g_assert_cmpstr (info->content_type, ==, "video/mp4");
  g_assert_true (g_file_load_contents (part, NULL, &content, &length, NULL, NULL));
  g_assert_cmpmem (content, length, "\0\0\0\x18" "ftypmp42", 12);
  g_assert_cmpstr (yj_fault_server_get_request (fixture->server, 0)->target, ==, "/idfile?path=/tmp/1/video.mp4");
  assert_header (yj_fault_server_get_request (fixture->server, 0), "Range", NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  yj_wire_test_add ("/basic/chat/stream", test_chat_stream);
  yj_wire_test_add ("/basic/chat/whole", test_chat_whole);
  yj_wire_test_add ("/basic/chat/history", test_chat_history);
  yj_wire_test_add ("/basic/submit/json", test_submit_json);
  yj_wire_test_add ("/basic/submit/by-name", test_submit_by_name);
  yj_wire_test_add ("/basic/submit/form", test_submit_form);
  yj_wire_test_add ("/basic/task", test_task);
  yj_wire_test_add ("/basic/download", test_download);
  return g_test_run ();
}
