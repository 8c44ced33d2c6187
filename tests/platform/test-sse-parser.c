/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-error.h"
#include "yj-sse-parser.h"

#include <string.h>

/* Payloads as one text: J, D or T for the kind, then the span in brackets. */
static void
note (YjSsePayload payload,
      YjJson       span,
      gpointer     user_data)
{
  g_string_append_printf (user_data, "%c<%.*s>", "JDT"[payload], (int) span.length, span.start);
}

static void
assert_parsed (const char *body,
               const char *expected)
{
  gsize length = strlen (body);

  for (gsize split = 0; split <= length; split++)
    {
      g_autoptr(GString) got = g_string_new (NULL);
      g_autoptr(YjSseParser) parser = yj_sse_parser_new (note, got);

      g_assert_true (yj_sse_parser_push (parser, body, split, NULL));
      g_assert_true (yj_sse_parser_push (parser, body + split, length - split, NULL));
      yj_sse_parser_finish (parser);
      g_assert_cmpstr (got->str, ==, expected);
    }
}

static void
test_lines (void)
{
  assert_parsed ("", "");
  assert_parsed ("\n\r\n\r\r\n", "");
  assert_parsed ("data: {\"a\": 1}\n\ndata: [DONE]\n", "J<{\"a\": 1}>D<[DONE]>");
  assert_parsed ("data:{\"a\":1}\rdata:[DONE]", "J<{\"a\":1}>D<[DONE]>");
  assert_parsed ("\xef\xbb\xbf" "data: {}\r\n: comment\r\nevent: x\r\nid: 7\r\nretry: 1\r\ndata:\r\n  data:   {}  \r\n", "J<{}>J<{}>");
  assert_parsed ("{\"a\": 1}\n{\"b\": 2}", "J<{\"a\": 1}>J<{\"b\": 2}>");
  assert_parsed ("{\"a\": 1}{\"b\": 2} {\"c\": 3}\n", "J<{\"a\": 1}>J<{\"b\": 2}>J<{\"c\": 3}>");
  assert_parsed ("data: words\nmore words\n<html>\n", "T<words>T<more words>T<<html>>");
  assert_parsed ("data: {'a': \"it's\"}\n", "J<{'a': \"it's\"}>");
}

static void
test_spread (void)
{
  assert_parsed ("{\n  \"a\": [\n    1,\n    {\"b\": \"}\"}\n  ]\n}\n{\"c\": 1}\n",
                 "J<{\n\"a\": [\n1,\n{\"b\": \"}\"}\n]\n}>J<{\"c\": 1}>");
  /* An event that is never closed does not swallow the next. */
  assert_parsed ("data: {\"a\": [1,\ndata: {\"b\": 2}\n", "T<{\"a\": [1,>J<{\"b\": 2}>");
  /* Nor is a body that was cut a payload. */
  assert_parsed ("data: {\"b\": 2}\ndata: {\"a\": \"tex", "J<{\"b\": 2}>");
  assert_parsed ("data: {\"a\": nonsense}\ndata: {\"b\": 2}\n", "T<{\"a\": nonsense}>J<{\"b\": 2}>");
}

static void
test_limits (void)
{
  g_autofree char *block = g_strnfill (64 * 1024, 'x');
  g_autofree char *lines = g_strnfill (64 * 1024, '\n');
  const struct { const char *start; const char *block; gsize most; } floods[] = {
    { "data: ", block, 1024 * 1024 }, { "data: {\"a\": \"", block, 1024 * 1024 }, { "", block, 16 * 1024 * 1024 },
    { "{\"a\": \"", block, 16 * 1024 * 1024 }, { "", lines, 32 * 1024 * 1024 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (floods); i++)
    {
      g_autoptr(GString) got = g_string_new (NULL);
      g_autoptr(YjSseParser) parser = yj_sse_parser_new (note, got);
      g_autoptr(GError) error = NULL;
      gsize sent = 0;

      g_assert_true (yj_sse_parser_push (parser, floods[i].start, strlen (floods[i].start), NULL));
      while (yj_sse_parser_push (parser, floods[i].block, 64 * 1024, &error))
        sent += 64 * 1024;
      g_assert_error (error, YJ_ERROR, YJ_ERROR_PROTOCOL);
      g_assert_cmpuint (sent, <=, floods[i].most);
      g_assert_cmpuint (sent, >=, floods[i].most - 128 * 1024);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sse-parser/lines", test_lines);
  g_test_add_func ("/sse-parser/spread", test_spread);
  g_test_add_func ("/sse-parser/limits", test_limits);
  return g_test_run ();
}
