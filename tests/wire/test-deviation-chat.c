/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-wire-test.h"

#include <string.h>

/* The platform's deviations in chat answers, each by its number in the description of the API. */

#define EVENT_STREAM "Content-Type: text/event-stream\r\n"
#define CHUNK(text) "{\"id\": \"c\", \"object\": \"chat.completion.chunk\", \"created\": 1, \"choices\": [{\"delta\": {\"content\": \"" text \
  "\", \"role\": null}, \"index\": 0}], \"model\": \"m\", \"reasoning_content\": null, \"content\": \"" text "\", \"finish\": \"0\", \"llmusageid\": \"u\"}"
#define USAGE "{\"id\": \"c\", \"choices\": [], \"finish\": \"1\", \"usage\": {\"total_tokens\": 3, \"completion_tokens\": 2, \"prompt_tokens\": 1}, \"llmusageid\": \"u\"}"

static void
assert_answer (YjWireFixture *fixture,
               YjFaultReply   reply,
               YjChatEnd      end,
               const char    *text)
{
  g_autoptr(YjWireAnswer) answer = yj_wire_chat (fixture, &reply);

  g_assert_cmpstr (answer->content->str, ==, text);
  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, end);
}

static void
assert_failure (YjWireFixture *fixture,
                YjFaultReply   reply,
                const char    *text,
                YjError        code,
                const char    *message)
{
  g_autoptr(YjWireAnswer) answer = yj_wire_chat (fixture, &reply);

  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_FAILED);
  g_assert_cmpstr (answer->content->str, ==, text);
  g_assert_error (yj_chat_stream_get_error (answer->stream), YJ_ERROR, (int) code);
  if (message != NULL)
    g_assert_cmpstr (yj_chat_stream_get_error (answer->stream)->message, ==, message);
}

static void
test_01 (YjWireFixture *fixture,
         gconstpointer  data)
{
  static const char *const types[] = { "application/json", "text/html; utf-8", "application/octet-stream", "nonsense" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *header = g_strdup_printf ("Content-Type: %s\r\n", types[i]);

      assert_answer (fixture, (YjFaultReply) { .headers = header, .body = "data: " CHUNK ("a") "\ndata: " CHUNK ("b") "\ndata: [DONE]\n" },
                     YJ_CHAT_END_COMPLETE, "ab");
    }
  assert_answer (fixture, (YjFaultReply) { .body = "data: " CHUNK ("a") "\ndata: [DONE]\n" }, YJ_CHAT_END_COMPLETE, "a");
}

static void
test_02 (YjWireFixture *fixture,
         gconstpointer  data)
{
  static const char *const forms[] = {
    "data: " CHUNK ("a") "\ndata: " CHUNK ("b") "\ndata: [DONE]\n",
    "data: " CHUNK ("a") "\n\ndata: " CHUNK ("b") "\n\ndata: [DONE]\n\n",
    "data: " CHUNK ("a") "\r\n\r\ndata: " CHUNK ("b") "\r\n\r\ndata: [DONE]\r\n\r\n",
    "data: " CHUNK ("a") "\r\rdata: " CHUNK ("b") "\r\rdata: [DONE]\r\r",
    "data:" CHUNK ("a") "\ndata:" CHUNK ("b") "\ndata:[DONE]\n",
    ": hello\n\ndata: " CHUNK ("a") "\n: still there\ndata: " CHUNK ("b") "\n\n\n\ndata: [DONE]\n",
    "event: message\nid: 1\nretry: 10\ndata: " CHUNK ("a") "\n\nid: 2\ndata: " CHUNK ("b") "\n\ndata: [DONE]\n\n",
    "\xef\xbb\xbf" "data: " CHUNK ("a") "\ndata: " CHUNK ("b") "  \ndata: [DONE]  \n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    assert_answer (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = forms[i] }, YJ_CHAT_END_COMPLETE, "ab");
}

static void
test_03 (YjWireFixture *fixture,
         gconstpointer  data)
{
  assert_answer (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "data: " CHUNK ("a") "\ndata: [DONE]" }, YJ_CHAT_END_COMPLETE, "a");
  /* The line is not ended and neither is the body: what has been said counts. */
  assert_answer (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "data: " CHUNK ("a") "\ndata: [DONE]",
                                           .framing = YJ_FAULT_CHUNKED, .open_chunks = TRUE, .end = YJ_FAULT_HOLD },
                 YJ_CHAT_END_COMPLETE, "a");
}

static void
test_04 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(YjWireAnswer) cut = NULL;

  assert_answer (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "data: " CHUNK ("a") "\ndata: " USAGE "\n" }, YJ_CHAT_END_COMPLETE, "a");
  assert_answer (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "data: " CHUNK ("a") "\ndata: {\"choices\": [{\"delta\": {\"content\": \"\"}, \"index\": 0, \"finish_reason\": \"stop\"}], \"finish\": \"0\"}" },
                 YJ_CHAT_END_COMPLETE, "a");
  assert_answer (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "data: " CHUNK ("a") "\ndata: {\"choices\": [], \"usage\": {\"total_tokens\": 3}}\n" },
                 YJ_CHAT_END_COMPLETE, "a");
  cut = yj_wire_chat (fixture, &(YjFaultReply) { .headers = EVENT_STREAM, .body = "data: " CHUNK ("half an ans") "\n" });
  g_assert_cmpint (yj_chat_stream_get_end (cut->stream), ==, YJ_CHAT_END_CUT);
  g_assert_error (yj_chat_stream_get_error (cut->stream), YJ_ERROR, YJ_ERROR_CUT);
  g_assert_cmpstr (cut->content->str, ==, "half an ans");
  /* Some providers count as they go; that is no end. */
  assert_answer (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "data: {\"choices\": [{\"delta\": {\"content\": \"a\"}}], \"usage\": {\"total_tokens\": 1}}\n" },
                 YJ_CHAT_END_CUT, "a");
}

static void
test_05 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(YjWireAnswer) answer = NULL;

  assert_answer (fixture, (YjFaultReply) { .body = CHUNK ("a") "\n" CHUNK ("b") "\n" USAGE "\n" }, YJ_CHAT_END_COMPLETE, "ab");
  answer = yj_wire_chat (fixture, &(YjFaultReply) { .body =
    "{\"reasoning_content\": \"thinks\", \"llmusageid\": \"u\"}\n{\"content\": \"a\", \"llmusageid\": \"u\"}\n{\"content\": \"b\"}\n"
    "{\"usage\": {\"prompt_tokens\": 7, \"completion_tokens\": 8}, \"llmusageid\": \"u\"}\n" });
  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_COMPLETE);
  g_assert_cmpstr (answer->content->str, ==, "ab");
  g_assert_cmpstr (answer->reasoning->str, ==, "thinks");
  g_assert_cmpint (yj_chat_stream_get_prompt_tokens (answer->stream), ==, 7);
  g_assert_cmpint (yj_chat_stream_get_completion_tokens (answer->stream), ==, 8);
  g_assert_cmpstr (yj_chat_stream_get_usage_id (answer->stream), ==, "u");
}

static void
test_06 (YjWireFixture *fixture,
         gconstpointer  data)
{
  YjChatRequest whole = { .prompt = "p", .stream = FALSE };
  g_autoptr(YjWireAnswer) streamed = NULL;

  assert_answer (fixture, (YjFaultReply) { .body = "{\n  \"choices\": [\n    {\"message\": {\"content\": \"a\\nb\", \"role\": \"assistant\"},\n \"finish_reason\": \"stop\"}\n  ],\n  \"content\": \"a\\nb\",\n  \"finish\": \"1\"\n}\n" },
                 YJ_CHAT_END_COMPLETE, "a\nb");
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "data: " CHUNK ("a") "\ndata: " CHUNK ("b") "\ndata: [DONE]" });
  streamed = yj_wire_ask (fixture, &whole);
  yj_wire_answer_wait (streamed);
  g_assert_cmpint (yj_chat_stream_get_end (streamed->stream), ==, YJ_CHAT_END_COMPLETE);
  g_assert_cmpstr (streamed->content->str, ==, "ab");
}

static void
test_07 (YjWireFixture *fixture,
         gconstpointer  data)
{
  assert_failure (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "data: " CHUNK ("so far") "\n{\"error\": \"ERROR:provider down\", \"status\": \"FAILED\", \"llmusageid\": \"u\"}\n" },
                  "so far", YJ_ERROR_REFUSED, "ERROR:provider down");
  assert_failure (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "data: {\"error\": \"ERROR:provider down\", \"status\": \"FAILED\"}\ndata: [DONE]\n" },
                  "", YJ_ERROR_REFUSED, "ERROR:provider down");
  assert_failure (fixture, (YjFaultReply) { .body = "{\"error\": \"Insufficient balance\"}" }, "", YJ_ERROR_BALANCE, NULL);
}

static void
test_08 (YjWireFixture *fixture,
         gconstpointer  data)
{
  assert_failure (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "data: " CHUNK ("so far") "\n{'error': \"ERROR:it's down\", 'status': 'FAILED', 'retry': None, 'ok': False}\n" },
                  "so far", YJ_ERROR_REFUSED, "ERROR:it's down");
  /* Not even that can be read. */
  assert_failure (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "{'error': ValueError('x'), 'status': 'FAILED'}\n" },
                  "", YJ_ERROR_REFUSED, NULL);
}

static void
test_09 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(GString) letters = g_string_new ("{\"error\": \"");
  g_autoptr(YjWireAnswer) answer = NULL;
  g_autoptr(YjWireAnswer) silent = NULL;

  assert_failure (fixture, (YjFaultReply) { .body = "{\"error\": \"ERROR:x\\nTraceback (most recent call last):\\n  File \\\"a.py\\\", line 1\\nValueError: no <b>money</b>\\u202e\\n\"}\n" },
                  "", YJ_ERROR_REFUSED, "ValueError: no <b>money</b>");
  for (int i = 0; i < 5000; i++)
    g_string_append (letters, "长 ");
  g_string_append (letters, "\"}\n");
  answer = yj_wire_chat (fixture, &(YjFaultReply) { .body = letters->str });
  g_assert_cmpint (g_utf8_strlen (yj_chat_stream_get_error (answer->stream)->message, -1), <=, 301);
  silent = yj_wire_chat (fixture, &(YjFaultReply) { .headers = EVENT_STREAM, .framing = YJ_FAULT_UNFRAMED });
  g_assert_cmpint (yj_chat_stream_get_end (silent->stream), ==, YJ_CHAT_END_CUT);
  g_assert_nonnull (yj_chat_stream_get_error (silent->stream));
  assert_failure (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = "Traceback (most recent call last):\n  File x\nKeyError: 'model'\n" }, "", YJ_ERROR_PROTOCOL, NULL);
}

static void
test_10 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(YjWireAnswer) answer = NULL;

  answer = yj_wire_chat (fixture, &(YjFaultReply) { .headers = EVENT_STREAM, .body =
    "data: {\"choices\": [{\"delta\": {\"content\": null, \"role\": null, \"reasoning_content\": \"hm\"}}], \"content\": null, \"reasoning_content\": null, \"usage\": null, \"error\": null}\n"
    "data: {\"choices\": [{\"index\": 0}], \"content\": \"a\"}\n"
    "data: {\"choices\": null, \"content\": \"b\", \"model\": null}\n"
    "data: {\"choices\": [{\"delta\": null}], \"content\": \"\"}\n"
    "data: {\"choices\": [{\"delta\": {\"content\": \"c\"}, \"finish_reason\": null}]}\n"
    "data: {\"choices\": [], \"finish\": \"1\", \"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": 2, \"response_time\": 0.25, \"finish_time\": 1.5e0, \"prompt_tokens_details\": null}}\n" });
  g_assert_cmpstr (answer->content->str, ==, "abc");
  g_assert_cmpstr (answer->reasoning->str, ==, "hm");
  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_COMPLETE);
  g_assert_cmpint (yj_chat_stream_get_completion_tokens (answer->stream), ==, 2);
  g_assert_cmpint (yj_chat_stream_get_cached_tokens (answer->stream), ==, -1);
  g_assert_null (yj_chat_stream_get_model (answer->stream));
  /* No usage at all. */
  assert_answer (fixture, (YjFaultReply) { .body = "data: " CHUNK ("a") "\ndata: [DONE]" }, YJ_CHAT_END_COMPLETE, "a");
}

static void
test_11 (YjWireFixture *fixture,
         gconstpointer  data)
{
  assert_answer (fixture, (YjFaultReply) { .body = "data: {\"created\": 1780000000.123, \"choices\": [{\"delta\": {\"content\": \"a\"}}]}\ndata: {\"created\": 1.78e9, \"content\": \"b\"}\ndata: [DONE]" },
                 YJ_CHAT_END_COMPLETE, "ab");
}

static void
test_12 (YjWireFixture *fixture,
         gconstpointer  data)
{
  static const YjFaultFraming framings[] = { YJ_FAULT_LENGTH, YJ_FAULT_CHUNKED, YJ_FAULT_UNFRAMED };

  /* Each byte comes by itself, so every character of three and four bytes is split in every way. */
  for (gsize i = 0; i < G_N_ELEMENTS (framings); i++)
    assert_answer (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .framing = framings[i], .split = 1, .body =
                   "data: " CHUNK ("我是😀") "\ndata: " CHUNK ("\\u6211\\ud83d\\ude00é") "\ndata: [DONE]\n" }, YJ_CHAT_END_COMPLETE, "我是😀我😀é");
}

static void
test_13 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(YjWireAnswer) answer = yj_wire_chat (fixture, &(YjFaultReply) { .body = "data: {\"model\": \"qwen-plus-2026\", \"content\": \"a\"}\ndata: [DONE]" });

  g_assert_cmpstr (yj_chat_stream_get_model (answer->stream), ==, "qwen-plus-2026");
}

static void
test_37 (YjWireFixture *fixture,
         gconstpointer  data)
{
  YjPatience *patience = &yj_platform_get_patience (fixture->platform)->chat;
  g_autoptr(GString) body = g_string_new (NULL);
  g_autoptr(YjWireAnswer) stalled = NULL;

  g_assert_cmpuint (patience->silence, >=, 5 * 60 * 1000);
  g_assert_cmpuint (patience->total, ==, 0);
  for (int i = 0; i < 200; i++)
    g_string_append (body, ": keep-alive\n\n");
  g_string_append (body, "data: " CHUNK ("a") "\ndata: [DONE]\n");
  assert_answer (fixture, (YjFaultReply) { .headers = EVENT_STREAM, .body = body->str, .split = 7 }, YJ_CHAT_END_COMPLETE, "a");
  /* But it does end some day, with the text kept. */
  patience->silence = 200;
  stalled = yj_wire_chat (fixture, &(YjFaultReply) { .headers = EVENT_STREAM, .framing = YJ_FAULT_CHUNKED, .open_chunks = TRUE,
                                                     .body = "data: " CHUNK ("half") "\n", .end = YJ_FAULT_HOLD });
  g_assert_cmpint (yj_chat_stream_get_end (stalled->stream), ==, YJ_CHAT_END_CUT);
  g_assert_cmpstr (stalled->content->str, ==, "half");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  yj_wire_test_add ("/deviation/01-json-content-type", test_01);
  yj_wire_test_add ("/deviation/02-line-ends", test_02);
  yj_wire_test_add ("/deviation/03-done-without-line-end", test_03);
  yj_wire_test_add ("/deviation/04-no-done", test_04);
  yj_wire_test_add ("/deviation/05-bare-json-lines", test_05);
  yj_wire_test_add ("/deviation/06-whole-for-stream-and-back", test_06);
  yj_wire_test_add ("/deviation/07-error-line", test_07);
  yj_wire_test_add ("/deviation/08-python-repr", test_08);
  yj_wire_test_add ("/deviation/09-tracebacks", test_09);
  yj_wire_test_add ("/deviation/10-null-or-missing", test_10);
  yj_wire_test_add ("/deviation/11-created-float", test_11);
  yj_wire_test_add ("/deviation/12-raw-utf8-split", test_12);
  yj_wire_test_add ("/deviation/13-other-model", test_13);
  yj_wire_test_add ("/deviation/37-long-silence", test_37);
  return g_test_run ();
}
