/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-chat-reply.h"
#include "yj-sse-parser.h"
#include "yj-wire-test.h"

#include <string.h>

/* The text of an answer is the same, whatever the line ends, the end, the media type, the framing and the pieces. */

#define TEXT "你好，**世界**！😀\n\n```c\nint a = 1; // \"quoted\" \\n\n```\ndata: not an event\r\n[DONE] is text here"

/* The events of one answer, a character of text in each, some escaped, some raw. */
static GPtrArray *
new_events (void)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_free);
  gboolean escape = FALSE;

  for (const char *p = TEXT; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autoptr(GString) text = g_string_new (NULL);
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\r' || c == '"' || c == '\\')
        g_string_append_printf (text, "\\u%04x", c);
      else if (escape && c > 0xffff)
        g_string_append_printf (text, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
      else if (escape && c > 0x7f)
        g_string_append_printf (text, "\\u%04x", c);
      else
        g_string_append_unichar (text, c);
      escape = !escape;
      g_ptr_array_add (events, g_strdup_printf ("{\"choices\": [{\"delta\": {\"content\": \"%s\", \"role\": null}, \"index\": 0}], "
                                                "\"reasoning_content\": null, \"content\": \"%s\", \"finish\": \"0\"}", text->str, text->str));
    }
  g_ptr_array_add (events, g_strdup ("{\"choices\": [{\"delta\": {\"content\": \"\"}, \"index\": 0, \"finish_reason\": \"stop\"}], \"content\": \"\", \"finish\": \"0\"}"));
  g_ptr_array_add (events, g_strdup ("{\"choices\": [], \"finish\": \"1\", \"usage\": {\"total_tokens\": 30, \"completion_tokens\": 20, \"prompt_tokens\": 10}}"));
  return events;
}

static char *
new_body (const char *prefix,
          const char *line_end,
          const char *ending)
{
  g_autoptr(GPtrArray) events = new_events ();
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    g_string_append_printf (body, "%s%s%s", prefix, (char *) g_ptr_array_index (events, i), line_end);
  g_string_append (body, ending);
  return g_string_free_and_steal (body);
}

static void
assert_text (YjWireFixture *fixture,
             YjFaultReply   reply)
{
  g_autoptr(YjWireAnswer) answer = yj_wire_chat (fixture, &reply);

  g_assert_cmpstr (answer->content->str, ==, TEXT);
  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_COMPLETE);
  g_assert_cmpint (yj_chat_stream_get_completion_tokens (answer->stream), ==, 20);
}

static void
test_forms (YjWireFixture *fixture,
            gconstpointer  data)
{
  static const char *const prefixes[] = { "data: ", "data:", ": x\ndata: ", "event: e\ndata: ", "" };
  static const char *const line_ends[] = { "\n", "\n\n", "\r\n", "\r\n\r\n", "\r" };
  static const char *const endings[] = { "data: [DONE]\n\n", "data: [DONE]", "data:[DONE]\r\n", "[DONE]", "" };
  static const char *const types[] = { "Content-Type: text/event-stream\r\n", "Content-Type: application/json\r\n", NULL };
  static const guint splits[] = { 0, 7, 100, 1000, 1 };
  guint turn = 0;

  for (gsize p = 0; p < G_N_ELEMENTS (prefixes); p++)
    for (gsize l = 0; l < G_N_ELEMENTS (line_ends); l++)
      for (gsize e = 0; e < G_N_ELEMENTS (endings); e++)
        {
          g_autofree char *body = new_body (prefixes[p], line_ends[l], endings[e]);

          assert_text (fixture, (YjFaultReply) { .body = body, .headers = types[turn % 3], .framing = turn % 3,
                                                 .split = splits[(turn / 3) % 5] });
          turn++;
        }
}

static void
note_payload (YjSsePayload payload,
              YjJson       span,
              gpointer     user_data)
{
  if (payload == YJ_SSE_JSON)
    yj_chat_reply_take (user_data, span);
}

/* Two pieces, the joint at many bytes in turn (steps of 7 and 101 meet every place of an event): no network. */
static void
test_splits (void)
{
  static const char *const line_ends[] = { "\n", "\r\n", "\r", "\r\n\r\n" };

  for (gsize l = 0; l < G_N_ELEMENTS (line_ends); l++)
    {
      g_autofree char *body = new_body ("data: ", line_ends[l], "data: [DONE]");
      gsize length = strlen (body);

      for (gsize split = 0; split <= length; split += l == 0 ? 7 : 101)
        {
          g_autoptr(YjChatReply) reply = yj_chat_reply_new ();
          g_autoptr(YjSseParser) parser = yj_sse_parser_new (note_payload, reply);

          g_assert_true (yj_sse_parser_push (parser, body, split, NULL));
          g_assert_true (yj_sse_parser_push (parser, body + split, length - split, NULL));
          yj_sse_parser_finish (parser);
          g_assert_cmpstr (reply->content->str, ==, TEXT);
          g_assert_true (reply->finished);
        }
    }
}

/* Cut off at every byte: never more than was said, never taken for whole, never silent about it. */
static void
test_cuts (YjWireFixture *fixture,
           gconstpointer  data)
{
  g_autofree char *body = new_body ("data: ", "\n", "data: [DONE]");
  gsize complete_at = strstr (body, "\"finish_reason\"") - body;

  for (gsize cut = 1; cut < complete_at; cut += 97)
    {
      g_autofree char *cut_body = g_strndup (body, cut);
      g_autoptr(YjWireAnswer) answer = yj_wire_chat (fixture, &(YjFaultReply) { .body = cut_body, .framing = YJ_FAULT_CHUNKED, .open_chunks = TRUE });

      g_assert_true (g_str_has_prefix (TEXT, answer->content->str));
      g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_CUT);
      g_assert_error (yj_chat_stream_get_error (answer->stream), YJ_ERROR, YJ_ERROR_CUT);
    }
}

static void
test_stop (YjWireFixture *fixture,
           gconstpointer  data)
{
  YjChatRequest question = { .prompt = "p", .stream = TRUE };
  g_autoptr(YjWireAnswer) answer = NULL;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "data: {\"content\": \"half\"}\n", .framing = YJ_FAULT_CHUNKED,
                                                             .open_chunks = TRUE, .end = YJ_FAULT_HOLD });
  answer = yj_wire_ask (fixture, &question);
  yj_test_wait (answer->content->len > 0);
  yj_chat_stream_stop (answer->stream);
  yj_wire_answer_wait (answer);
  g_assert_cmpstr (answer->content->str, ==, "half");
  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_STOPPED);
  g_assert_null (yj_chat_stream_get_error (answer->stream));
  yj_chat_stream_stop (answer->stream);
  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_STOPPED);
}

/* Let go of in the middle: nothing is left over, neither on this side nor at the server's. */
static void
test_let_go (YjWireFixture *fixture,
             gconstpointer  data)
{
  for (int i = 0; i < 20; i++)
    {
      YjChatRequest question = { .prompt = "p", .stream = TRUE };
      g_autoptr(YjWireAnswer) answer = NULL;

      yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "data: {\"content\": \"x\"}\n", .framing = YJ_FAULT_CHUNKED, .endless = TRUE });
      answer = yj_wire_ask (fixture, &question);
      if (i % 2 == 0)
        yj_test_wait (answer->content->len > 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  yj_wire_test_add ("/chat-forms/forms", test_forms);
  g_test_add_func ("/chat-forms/splits", test_splits);
  yj_wire_test_add ("/chat-forms/cuts", test_cuts);
  yj_wire_test_add ("/chat-forms/stop", test_stop);
  yj_wire_test_add ("/chat-forms/let-go", test_let_go);
  return g_test_run ();
}
