/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-wire-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* Too much of everything: it ends in an error, and in little memory. A program of its own, so that the memory that
   other tests used is not in the figures. */

/* KiB that this process has held at most since reset_peak (). */
static gint64
get_peak (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  return g_ascii_strtoll (strstr (text, "VmHWM:") + strlen ("VmHWM:"), NULL, 10);
}

static gint64
reset_peak (void)
{
  FILE *file = g_fopen ("/proc/self/clear_refs", "w");

  if (file != NULL)
    {
      fputs ("5", file);
      fclose (file);
    }
  return get_peak ();
}

static gboolean
is_sanitized (void)
{
#ifdef __SANITIZE_ADDRESS__
  return TRUE;
#else
  return FALSE;
#endif
}

static void
test_endless (YjWireFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *block = g_strnfill (64 * 1024, ' ');
  g_autofree char *letters = g_strnfill (64 * 1024, 'x');
  g_autofree char *open_line = g_strconcat ("data: {\"content\": \"", letters, NULL);
  g_autofree char *lines = g_strnfill (64 * 1024, '\n');
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  const char *bodies[] = { open_line, letters, lines };
  gint64 before = reset_peak ();

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = block, .framing = YJ_FAULT_UNFRAMED, .endless = TRUE });
  reply = yj_wire_query (fixture, "1", &error);
  g_assert_error (error, YJ_ERROR, YJ_ERROR_PROTOCOL);
  g_assert_cmpint (yj_wire_submit_to (fixture, (YjFaultReply) { .body = block, .framing = YJ_FAULT_CHUNKED, .endless = TRUE }), ==, YJ_ERROR_AMBIGUOUS);
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_assert_cmpint (yj_wire_chat_to (fixture, (YjFaultReply) { .body = bodies[i], .framing = YJ_FAULT_CHUNKED, .endless = TRUE }), ==, YJ_ERROR_PROTOCOL);
  /* Errors with bodies that never end are errors all the same. */
  g_assert_cmpint (yj_wire_submit_to (fixture, (YjFaultReply) { .status = "401 No", .headers = "WWW-Authenticate: Basic realm=\"x\"\r\n", .body = letters, .framing = YJ_FAULT_UNFRAMED, .endless = TRUE }),
                   ==, YJ_ERROR_UNAUTHORIZED);
  g_assert_cmpint (yj_wire_submit_to (fixture, (YjFaultReply) { .status = "421 Elsewhere", .body = letters, .framing = YJ_FAULT_UNFRAMED, .endless = TRUE }),
                   ==, YJ_ERROR_INVALID_REQUEST);
  g_assert_cmpint (yj_wire_submit_to (fixture, (YjFaultReply) { .status = "500 Oh", .body = letters, .framing = YJ_FAULT_UNFRAMED, .endless = TRUE }),
                   ==, YJ_ERROR_AMBIGUOUS);
  g_test_message ("memory grew by %" G_GINT64_FORMAT " KiB", get_peak () - before);
  if (!is_sanitized ())
    g_assert_cmpint (get_peak () - before, <=, 64 * 1024);
}

static void
test_heads (YjWireFixture *fixture,
            gconstpointer  data)
{
  g_autoptr(GString) long_head = g_string_new ("HTTP/1.1 200 OK\r\n");
  g_autoptr(GString) informational = g_string_new (NULL);
  static const char *const raws[] = {
    "garbage\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n{}", "\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gopher\r\n\r\n{}",
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n{}", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}", "SSH-2.0-OpenSSH_9.2\r\n",
  };

  while (long_head->len < 300 * 1024)
    g_string_append (long_head, "X-Filler: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n");
  g_assert_cmpint (yj_wire_submit_to (fixture, (YjFaultReply) { .raw = long_head->str }), ==, YJ_ERROR_AMBIGUOUS);
  for (gsize i = 0; i < G_N_ELEMENTS (raws); i++)
    {
      g_assert_cmpint (yj_wire_submit_to (fixture, (YjFaultReply) { .raw = raws[i] }), ==, YJ_ERROR_AMBIGUOUS);
      g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, i + 2);
    }
  for (int i = 0; i < 20000; i++)
    g_string_append (informational, "HTTP/1.1 102 Processing\r\n\r\n");
  g_string_append (informational, "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");
  g_assert_cmpint (yj_wire_submit_to (fixture, (YjFaultReply) { .raw = informational->str }), ==, YJ_ERROR_UNAUTHORIZED);
}

/* Compressed although nobody asked: a bomb stays as small as it came. */
static void
test_bomb (YjWireFixture *fixture,
           gconstpointer  data)
{
  g_autoptr(GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr(GBytes) zeros = g_bytes_new_take (g_malloc0 (32 * 1024 * 1024), 32 * 1024 * 1024);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bomb = g_converter_convert_bytes (compressor, zeros, &error);
  YjFaultReply reply = { .headers = "Content-Encoding: gzip\r\n" };
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);
  g_autofree char *uri = g_strconcat (yj_fault_server_get_url (fixture->server), "/v.mp4", NULL);
  g_autoptr(YjDownloadInfo) info = NULL;
  gsize length;

  g_assert_no_error (error);
  reply.body = g_bytes_get_data (bomb, &length);
  reply.length = length;
  g_assert_cmpint (yj_wire_submit_to (fixture, reply), ==, YJ_ERROR_AMBIGUOUS);
  g_assert_cmpint (yj_wire_chat_to (fixture, reply), ==, YJ_ERROR_PROTOCOL);
  yj_fault_server_script (fixture->server, &reply);
  g_assert_null (yj_wire_query (fixture, "1", &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_PROTOCOL);
  g_clear_error (&error);
  yj_fault_server_script (fixture->server, &reply);
  info = yj_wire_download (fixture, uri, part, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->total, ==, length);
}

static void
test_deep (YjWireFixture *fixture,
           gconstpointer  data)
{
  g_autofree char *deep = g_strnfill (1000 * 1000, '[');
  g_autofree char *object = g_strconcat ("{\"a\": ", deep, NULL);
  g_autoptr(GError) error = NULL;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = deep });
  g_assert_null (yj_wire_query (fixture, "1", &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_PROTOCOL);
  g_assert_cmpint (yj_wire_submit_to (fixture, (YjFaultReply) { .body = object }), ==, YJ_ERROR_AMBIGUOUS);
  g_assert_cmpint (yj_wire_chat_to (fixture, (YjFaultReply) { .body = object }), ==, YJ_ERROR_PROTOCOL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  yj_wire_test_add ("/bounds/endless", test_endless);
  yj_wire_test_add ("/bounds/heads", test_heads);
  yj_wire_test_add ("/bounds/bomb", test_bomb);
  yj_wire_test_add ("/bounds/deep", test_deep);
  return g_test_run ();
}
