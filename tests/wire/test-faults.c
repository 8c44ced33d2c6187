/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-wire-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

/* What goes wrong between client and platform: what is paid for goes out once, and how far it had come is told right. */

/* ---- once ---- */

static void
test_once (YjWireFixture *fixture,
           gconstpointer  data)
{
  static const struct { const char *status; const char *headers; YjError submit; YjError chat; } replies[] = {
    { "421 Misdirected Request", NULL, YJ_ERROR_INVALID_REQUEST, YJ_ERROR_INVALID_REQUEST },
    { "401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n", YJ_ERROR_UNAUTHORIZED, YJ_ERROR_UNAUTHORIZED },
    { "401 Unauthorized", "WWW-Authenticate: Digest realm=\"x\", nonce=\"1\"\r\n", YJ_ERROR_UNAUTHORIZED, YJ_ERROR_UNAUTHORIZED },
    { "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n", YJ_ERROR_INVALID_REQUEST, YJ_ERROR_INVALID_REQUEST },
    { "408 Request Timeout", NULL, YJ_ERROR_AMBIGUOUS, YJ_ERROR_SERVER },
    { "409 Conflict", NULL, YJ_ERROR_AMBIGUOUS, YJ_ERROR_INVALID_REQUEST },
    { "417 Expectation Failed", NULL, YJ_ERROR_INVALID_REQUEST, YJ_ERROR_INVALID_REQUEST },
    { "426 Upgrade Required", "Upgrade: h2c\r\n", YJ_ERROR_INVALID_REQUEST, YJ_ERROR_INVALID_REQUEST },
    { "429 Too Many Requests", "Retry-After: 0\r\n", YJ_ERROR_RATE_LIMIT, YJ_ERROR_RATE_LIMIT },
    { "503 Service Unavailable", "Retry-After: 0\r\n", YJ_ERROR_AMBIGUOUS, YJ_ERROR_SERVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      guint before = yj_fault_server_count (fixture->server);
      YjFaultReply reply = { .status = replies[i].status, .headers = replies[i].headers, .body = "{}" };

      g_assert_cmpint (yj_wire_submit_to (fixture, reply), ==, replies[i].submit);
      g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, before + 1);
      g_assert_cmpint (yj_wire_chat_to (fixture, reply), ==, replies[i].chat);
      g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, before + 2);
    }
}

static void
test_retry_after (YjWireFixture *fixture,
                  gconstpointer  data)
{
  static const struct { const char *header; int seconds; } values[] = {
    { "Retry-After: 17\r\n", 17 }, { "Retry-After: 999999999999\r\n", 3600 }, { "Retry-After: soon\r\n", -1 },
    { "Retry-After: -5\r\n", -1 }, { "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", 0 },
    { "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\n", 3600 }, { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(YjTaskReply) reply = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) copy = NULL;

      yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "429 Too Many Requests", .headers = values[i].header, .body = "{\"error\": \"slow\"}" });
      reply = yj_wire_query (fixture, "1", &error);
      g_assert_error (error, YJ_ERROR, YJ_ERROR_RATE_LIMIT);
      copy = g_error_copy (error);
      g_assert_cmpint (yj_error_get_retry_after (copy), ==, values[i].seconds);
    }
}

/* ---- redirects and the key ---- */

static void
test_redirect_api (YjWireFixture *fixture,
                   gconstpointer  data)
{
  static const char *const statuses[] = { "301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent", "300 Choices" };
  g_autoptr(YjFaultServer) other = yj_fault_server_new ();
  g_autofree char *elsewhere = g_strdup_printf ("Location: %s/llmage/video\r\n", yj_fault_server_get_url (other));

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      YjFaultReply away = { .status = statuses[i], .headers = elsewhere };
      YjFaultReply round = { .status = statuses[i], .headers = "Location: /llmage/video/\r\n" };
      g_autoptr(YjTaskReply) reply = NULL;
      g_autoptr(GError) error = NULL;
      guint before = yj_fault_server_count (fixture->server);

      g_assert_cmpint (yj_wire_submit_to (fixture, away), ==, YJ_ERROR_INVALID_REQUEST);
      g_assert_cmpint (yj_wire_submit_to (fixture, round), ==, YJ_ERROR_INVALID_REQUEST);
      g_assert_cmpint (yj_wire_chat_to (fixture, away), ==, YJ_ERROR_INVALID_REQUEST);
      yj_fault_server_script (fixture->server, &away);
      reply = yj_wire_query (fixture, "1", &error);
      g_assert_error (error, YJ_ERROR, YJ_ERROR_INVALID_REQUEST);
      g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, before + 4);
    }
  g_assert_cmpuint (yj_fault_server_count (other), ==, 0);
}

static void
assert_key (YjFaultServer *server,
            guint          index,
            const char    *value)
{
  g_autofree char *header = yj_fault_request_dup_header (yj_fault_server_get_request (server, index), "Authorization");

  g_assert_cmpstr (header, ==, value);
  if (value == NULL)
    g_assert_null (strstr (yj_fault_server_get_request (server, index)->head, YJ_TEST_KEY));
}

static void
test_redirect_download (YjWireFixture *fixture,
                        gconstpointer  data)
{
  static const char *const statuses[] = { "301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent" };
  g_autoptr(YjFaultServer) other = yj_fault_server_new ();
  g_autofree char *away = g_strdup_printf ("Location: %s/v.mp4\r\n", yj_fault_server_get_url (other));
  g_autofree char *back = g_strdup_printf ("Location: %s/v2.mp4\r\n", yj_fault_server_get_url (fixture->server));
  g_autofree char *uri = g_strconcat (yj_fault_server_get_url (fixture->server), "/idfile", NULL);
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(YjDownloadInfo) info = NULL;
      guint here = yj_fault_server_count (fixture->server);
      guint there = yj_fault_server_count (other);

      /* To another origin, and back again: the key is with us at home only. */
      yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = statuses[i], .headers = away, .body = "see there" });
      yj_fault_server_script (other, &(YjFaultReply) { .status = statuses[i], .headers = back });
      yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "video" });
      info = yj_wire_download (fixture, uri, part, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info->total, ==, 5);
      assert_key (fixture->server, here, "Bearer " YJ_TEST_KEY);
      assert_key (other, there, NULL);
      assert_key (fixture->server, here + 1, "Bearer " YJ_TEST_KEY);
    }
}

static void
test_redirect_bad (YjWireFixture *fixture,
                   gconstpointer  data)
{
  static const char *const targets[] = {
    "file:///etc/passwd", "ftp://127.0.0.1/v.mp4", "data:video/mp4,xx", "javascript:1", "http://", "https:///x",
    "http://user:pass@127.0.0.1/v.mp4", "", "gopher://127.0.0.1:70/",
  };
  g_autofree char *uri = g_strconcat (yj_fault_server_get_url (fixture->server), "/idfile", NULL);
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *location = g_strdup_printf ("Location: %s\r\n", targets[i]);
      g_autoptr(GError) error = NULL;

      /* An empty one leads to the same place, for ever. */
      for (int hop = 0; hop < 6 && (hop == 0 || *targets[i] == '\0'); hop++)
        yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "302 Found", .headers = location });
      g_assert_null (yj_wire_download (fixture, uri, part, NULL, &error));
      g_assert_error (error, YJ_ERROR, YJ_ERROR_PROTOCOL);
    }
}

static void
test_redirect_loop (YjWireFixture *fixture,
                    gconstpointer  data)
{
  g_autofree char *uri = g_strconcat (yj_fault_server_get_url (fixture->server), "/idfile", NULL);
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);
  g_autoptr(GError) error = NULL;

  for (int i = 0; i < 10; i++)
    yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "302 Found", .headers = "Location: /idfile\r\n" });
  g_assert_null (yj_wire_download (fixture, uri, part, NULL, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_PROTOCOL);
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 6);
}

/* A platform on the internet may not send us into our own network. */
static void
test_inside (YjWireFixture *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjPlatform) outside = yj_platform_new ("https://192.0.2.1", "key", &error);
  g_autofree char *uri = g_strconcat (yj_fault_server_get_url (fixture->server), "/v.mp4", NULL);
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);
  g_autoptr(GAsyncResult) result = NULL;

  yj_platform_download_async (outside, uri, part, NULL, NULL, NULL, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_null (yj_platform_download_finish (outside, result, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_PROTOCOL);
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 0);
}

/* A platform that repeats the key in its words does not get it into ours. */
static void
test_key_echo (YjWireFixture *fixture,
               gconstpointer  data)
{
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjWireAnswer) answer = NULL;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "401 Unauthorized", .body = "{\"error\": \"Invalid API Key " YJ_TEST_KEY "!\"}" });
  reply = yj_wire_query (fixture, "1", &error);
  g_assert_cmpstr (error->message, ==, "Invalid API Key …!");
  answer = yj_wire_chat (fixture, &(YjFaultReply) { .body = "{\"error\": \"bad key " YJ_TEST_KEY "\"}" });
  g_assert_null (strstr (yj_chat_stream_get_error (answer->stream)->message, YJ_TEST_KEY));
}

/* ---- how far a paid request had come ---- */

static void
test_refused_connection (YjWireFixture *fixture,
                         gconstpointer  data)
{
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  YjChatRequest question = { .prompt = "p", .stream = TRUE };
  g_autoptr(YjPlatform) closed = NULL;
  g_autoptr(YjWireAnswer) answer = NULL;
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  YjFaultServer *gone = yj_fault_server_new ();
  YjWireFixture other = { NULL, NULL };

  closed = yj_platform_new (yj_fault_server_get_url (gone), "key", NULL);
  yj_platform_get_patience (closed)->tries = 2;
  yj_platform_get_patience (closed)->back_off = 1;
  yj_fault_server_free (gone);
  other.platform = closed;
  g_assert_cmpint (yj_wire_submit_code (&other, submission), ==, YJ_ERROR_UNSENT);
  answer = yj_wire_ask (&other, &question);
  yj_wire_answer_wait (answer);
  g_assert_cmpint (yj_chat_stream_get_end (answer->stream), ==, YJ_CHAT_END_FAILED);
  g_assert_error (yj_chat_stream_get_error (answer->stream), YJ_ERROR, YJ_ERROR_UNSENT);
  reply = yj_wire_query (&other, "1", &error);
  g_assert_error (error, YJ_ERROR, YJ_ERROR_UNSENT);
}

/* The server has the whole request, and goes away before, in and after the head of its reply. */
static void
test_cut_reply (YjWireFixture *fixture,
                gconstpointer  data)
{
  static const char whole[] = "HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n{\"status\": \"created\", \"taskid\": \"123\"} ";
  gsize id_ends = strstr (whole, "\"}") + 2 - whole;

  for (YjFaultEnd end = YJ_FAULT_CLOSE; end <= YJ_FAULT_RESET; end++)
    for (gsize cut = 1; cut < sizeof whole; cut++)
      {
        g_autofree char *raw = g_strndup (whole, cut);
        g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
        g_autoptr(YjTaskReply) reply = NULL;
        g_autoptr(GError) error = NULL;

        yj_fault_server_script (fixture->server, &(YjFaultReply) { .raw = raw, .end = end });
        reply = yj_wire_submit (fixture, submission, &error);
        if (reply != NULL)
          g_assert_cmpuint (cut, >=, id_ends);
        else
          g_assert_error (error, YJ_ERROR, YJ_ERROR_AMBIGUOUS);
        if (end == YJ_FAULT_CLOSE && cut >= id_ends)
          g_assert_nonnull (reply);
      }
}

/* The server reads so much of a large form, and goes: it may go on with the fields that it has by then. */
static void
test_cut_upload (YjWireFixture *fixture,
                 gconstpointer  data)
{
  static const gint64 cuts[] = { 1, 100, 1000, 70000, 1000000, 12000000, 23000000 };
  gsize size = 24 * 1024 * 1024;
  g_autofree char *bytes = g_malloc0 (size);
  g_autoptr(GFile) file = yj_wire_new_file ("clip.mp4", bytes, size);
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();

  yj_submission_add_file (submission, "video_files", file, "video/mp4");
  for (YjFaultEnd end = YJ_FAULT_CLOSE; end <= YJ_FAULT_RESET; end++)
    for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
      {
        YjError code;

        yj_fault_server_script (fixture->server, &(YjFaultReply) { .take = cuts[i], .end = end });
        code = yj_wire_submit_code (fixture, submission);
        /* The door may be closed again before the body is begun. */
        if (cuts[i] >= 70000)
          g_assert_cmpint (code, ==, YJ_ERROR_AMBIGUOUS);
        else
          g_assert_true (code == YJ_ERROR_UNSENT || code == YJ_ERROR_AMBIGUOUS);
      }
  /* A small one fits into the sockets whole: unless its body met a closed door it may have been accepted. */
  for (YjFaultEnd end = YJ_FAULT_CLOSE; end <= YJ_FAULT_RESET; end++)
    for (gint64 cut = 1; cut < 300; cut += 23)
      {
        YjError code = yj_wire_submit_to (fixture, (YjFaultReply) { .take = cut, .end = end });

        g_assert_true (code == YJ_ERROR_UNSENT || code == YJ_ERROR_AMBIGUOUS);
      }
}

/* JSON that is not whole is none: what the server cannot have read to its end was not accepted. */
static void
test_cut_json (YjWireFixture *fixture,
               gconstpointer  data)
{
  gsize size = 24 * 1024 * 1024;
  g_autofree char *prompt = g_strnfill (size, 'x');
  g_autoptr(YjSubmission) submission = yj_submission_new ();

  yj_submission_add_string (submission, "llmid", "L");
  yj_submission_add_string (submission, "prompt", prompt);
  for (YjFaultEnd end = YJ_FAULT_CLOSE; end <= YJ_FAULT_RESET; end++)
    {
      yj_fault_server_script (fixture->server, &(YjFaultReply) { .take = 1000000, .end = end });
      g_assert_cmpint (yj_wire_submit_code (fixture, submission), ==, YJ_ERROR_UNSENT);
    }
}

static void
test_early_refusal (YjWireFixture *fixture,
                    gconstpointer  data)
{
  gsize size = 24 * 1024 * 1024;
  g_autofree char *bytes = g_malloc0 (size);
  g_autoptr(GFile) file = yj_wire_new_file ("clip.mp4", bytes, size);
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  yj_submission_add_file (submission, "video_files", file, "video/mp4");
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .take = 100000, .end = YJ_FAULT_RESET });
  reply = yj_wire_submit (fixture, submission, &error);
  g_assert_error (error, YJ_ERROR, YJ_ERROR_AMBIGUOUS);
  g_assert_cmpstr (error->message, ==, "The platform ended the upload before it was complete");
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 1);
}

typedef struct
{
  GFile *file;
  int    how;
} Meddler;

static void
meddle_cb (gint64   moved,
           gint64   total,
           gpointer user_data)
{
  Meddler *meddler = user_data;
  const char *path = g_file_peek_path (meddler->file);

  if (meddler->how == 0)
    g_assert_cmpint (truncate (path, 20 * 1024 * 1024), ==, 0);
  else if (meddler->how == 1)
    g_assert_cmpint (truncate (path, 64 * 1024 * 1024), ==, 0);
  else if (meddler->how == 2)
    g_assert_cmpint (g_utime (path, NULL), ==, 0);
  else if (meddler->how == 3)
    g_unlink (path);
  meddler->how = -1;
}

/* A file that changes while it is sent never arrives whole; what did arrive may be taken for the whole. */
static void
test_file_changes (YjWireFixture *fixture,
                   gconstpointer  data)
{
  gsize size = 48 * 1024 * 1024;

  for (int how = 0; how < 4; how++)
    {
      g_autoptr(GFile) file = yj_wire_new_file ("clip.mp4", "x", 1);
      g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *announced = NULL;
      const YjFaultRequest *request;
      Meddler meddler = { file, how };
      struct utimbuf old = { 1, 1 };

      g_assert_cmpint (truncate (g_file_peek_path (file), size), ==, 0);
      g_assert_cmpint (g_utime (g_file_peek_path (file), &old), ==, 0);
      yj_submission_add_file (submission, "video_files", file, "video/mp4");
      /* The server reads the head and then waits for the file to be meddled with. */
      yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "{\"taskid\": \"1\"}", .pause_after_head = TRUE });
      yj_platform_submit_async (fixture->platform, submission, meddle_cb, &meddler, NULL, yj_test_take_result, &result);
      yj_test_wait (meddler.how == -1);
      yj_fault_server_resume (fixture->server);
      yj_test_wait (result != NULL);
      g_assert_null (yj_platform_submit_finish (fixture->platform, result, &error));
      g_assert_error (error, YJ_ERROR, YJ_ERROR_AMBIGUOUS);
      yj_test_wait (yj_fault_server_count (fixture->server) == (guint) how + 1);
      request = yj_fault_server_get_request (fixture->server, how);
      announced = yj_fault_request_dup_header (request, "Content-Length");
      g_assert_cmpint (g_bytes_get_size (request->body), <, g_ascii_strtoll (announced, NULL, 10));
    }
}

static void
test_missing_file (YjWireFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr(GFile) missing = yj_wire_new_file ("missing.png", NULL, 0);
  g_autoptr(GFile) folder = g_file_get_parent (missing);
  g_autoptr(GFile) device = g_file_new_for_path ("/dev/null");
  g_autoptr(GFile) remote = g_file_new_for_uri ("http://127.0.0.1/x.png");
  g_autofree char *pipe_path = g_build_filename (g_file_peek_path (folder), "pipe", NULL);
  g_autoptr(GFile) pipe = g_file_new_for_path (pipe_path);
  GFile *files[] = { missing, folder, device, remote, pipe };

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
      g_autoptr(GError) error = NULL;

      yj_submission_add_file (submission, "f", files[i], "image/png");
      g_assert_null (yj_wire_submit (fixture, submission, &error));
      g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (G_IO_ERROR));
    }
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 0);
}

/* ---- time ---- */

static void
test_silence (YjWireFixture *fixture,
              gconstpointer  data)
{
  YjPlatformPatience *patience = yj_platform_get_patience (fixture->platform);
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  patience->submit.silence = patience->get.silence = 150;
  g_assert_cmpint (yj_wire_submit_to (fixture, (YjFaultReply) { .raw = "", .end = YJ_FAULT_HOLD }), ==, YJ_ERROR_AMBIGUOUS);
  g_assert_cmpint (yj_wire_submit_to (fixture, (YjFaultReply) { .raw = "HTTP/1.1 200 OK\r\n", .end = YJ_FAULT_HOLD }), ==, YJ_ERROR_AMBIGUOUS);
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .raw = "", .end = YJ_FAULT_HOLD });
  reply = yj_wire_query (fixture, "1", &error);
  g_assert_error (error, YJ_ERROR, YJ_ERROR_CUT);
  g_assert_cmpstr (error->message, ==, "The platform did not answer in time");
}

/* A server that takes the connection, and no more bytes than fit on the way. */
static void
test_upload_stalls (YjWireFixture *fixture,
                    gconstpointer  data)
{
  gsize size = 24 * 1024 * 1024;
  g_autofree char *bytes = g_malloc0 (size);
  g_autoptr(GFile) file = yj_wire_new_file ("clip.mp4", bytes, size);
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();

  yj_platform_get_patience (fixture->platform)->submit.silence = 200;
  yj_submission_add_file (submission, "video_files", file, "video/mp4");
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .pause_after_head = TRUE });
  g_assert_cmpint (yj_wire_submit_code (fixture, submission), ==, YJ_ERROR_AMBIGUOUS);
  yj_fault_server_resume (fixture->server);
}

/* Bytes that drip keep no question alive for ever. */
static void
test_total (YjWireFixture *fixture,
            gconstpointer  data)
{
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  yj_platform_get_patience (fixture->platform)->get.total = 300;
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = " ", .framing = YJ_FAULT_CHUNKED, .endless = TRUE, .drip = 20 });
  reply = yj_wire_query (fixture, "1", &error);
  g_assert_error (error, YJ_ERROR, YJ_ERROR_CUT);
}

/* ---- called off ---- */

static void
test_cancel (YjWireFixture *fixture,
             gconstpointer  data)
{
  g_autoptr(GCancellable) before = g_cancellable_new ();
  g_autoptr(GCancellable) after = g_cancellable_new ();
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(GAsyncResult) third = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (before);
  yj_platform_submit_async (fixture->platform, submission, NULL, NULL, before, yj_test_take_result, &first);
  yj_test_wait (first != NULL);
  g_assert_null (yj_platform_submit_finish (fixture->platform, first, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 0);

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .raw = "", .end = YJ_FAULT_HOLD });
  yj_platform_submit_async (fixture->platform, submission, NULL, NULL, after, yj_test_take_result, &second);
  yj_test_wait (yj_fault_server_count (fixture->server) == 1);
  g_cancellable_cancel (after);
  yj_test_wait (second != NULL);
  g_assert_null (yj_platform_submit_finish (fixture->platform, second, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_AMBIGUOUS);
  g_clear_error (&error);

  yj_platform_query_task_async (fixture->platform, "1", before, yj_test_take_result, &third);
  yj_test_wait (third != NULL);
  g_assert_null (yj_platform_query_task_finish (fixture->platform, third, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_CANCELLED);
}

static void
test_cancel_upload (YjWireFixture *fixture,
                    gconstpointer  data)
{
  gsize size = 24 * 1024 * 1024;
  g_autofree char *bytes = g_malloc0 (size);
  g_autoptr(GFile) file = yj_wire_new_file ("clip.mp4", bytes, size);
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gint64 moved = 0;

  yj_submission_add_file (submission, "video_files", file, "video/mp4");
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .pause_after_head = TRUE });
  yj_platform_submit_async (fixture->platform, submission, yj_wire_note_progress, &moved, cancellable, yj_test_take_result, &result);
  yj_test_wait (moved > 0);
  g_cancellable_cancel (cancellable);
  yj_test_wait (result != NULL);
  yj_fault_server_resume (fixture->server);
  g_assert_null (yj_platform_submit_finish (fixture->platform, result, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_AMBIGUOUS);
}

/* A portal or a proxy that answers in the platform's place. */
static void
test_html (YjWireFixture *fixture,
           gconstpointer  data)
{
  YjFaultReply page = { .headers = "Content-Type: text/html\r\n", .body = "<!DOCTYPE html>\n<html><head><title>Log in to Wi-Fi</title><style>a{b:c}</style></head></html>" };
  YjFaultReply gateway = { .status = "502 Bad Gateway", .headers = "Content-Type: text/html\r\n", .body = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) gateway_error = NULL;

  g_assert_cmpint (yj_wire_submit_to (fixture, page), ==, YJ_ERROR_AMBIGUOUS);
  g_assert_cmpint (yj_wire_submit_to (fixture, gateway), ==, YJ_ERROR_AMBIGUOUS);
  g_assert_cmpint (yj_wire_chat_to (fixture, page), ==, YJ_ERROR_PROTOCOL);
  g_assert_cmpint (yj_wire_chat_to (fixture, gateway), ==, YJ_ERROR_SERVER);
  yj_fault_server_script (fixture->server, &page);
  g_assert_null (yj_wire_query (fixture, "1", &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_PROTOCOL);
  yj_fault_server_script (fixture->server, &gateway);
  g_assert_null (yj_wire_query (fixture, "1", &gateway_error));
  g_assert_error (gateway_error, YJ_ERROR, YJ_ERROR_SERVER);
  g_assert_cmpstr (gateway_error->message, ==, "502 Bad Gateway");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  yj_wire_test_add ("/faults/once", test_once);
  yj_wire_test_add ("/faults/retry-after", test_retry_after);
  yj_wire_test_add ("/faults/redirect/api", test_redirect_api);
  yj_wire_test_add ("/faults/redirect/download", test_redirect_download);
  yj_wire_test_add ("/faults/redirect/bad", test_redirect_bad);
  yj_wire_test_add ("/faults/redirect/loop", test_redirect_loop);
  yj_wire_test_add ("/faults/inside", test_inside);
  yj_wire_test_add ("/faults/key-echo", test_key_echo);
  yj_wire_test_add ("/faults/phase/refused", test_refused_connection);
  yj_wire_test_add ("/faults/phase/cut-reply", test_cut_reply);
  yj_wire_test_add ("/faults/phase/cut-upload", test_cut_upload);
  yj_wire_test_add ("/faults/phase/cut-json", test_cut_json);
  yj_wire_test_add ("/faults/phase/early-refusal", test_early_refusal);
  yj_wire_test_add ("/faults/file/changes", test_file_changes);
  yj_wire_test_add ("/faults/file/missing", test_missing_file);
  yj_wire_test_add ("/faults/time/silence", test_silence);
  yj_wire_test_add ("/faults/time/upload-stalls", test_upload_stalls);
  yj_wire_test_add ("/faults/time/total", test_total);
  yj_wire_test_add ("/faults/cancel", test_cancel);
  yj_wire_test_add ("/faults/cancel-upload", test_cancel_upload);
  yj_wire_test_add ("/faults/html", test_html);
  return g_test_run ();
}
