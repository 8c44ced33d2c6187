/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-wire-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What is odd about the platform's stored files, each by its number in the description of the API; then all the ways
   in which a download can go on, or must not. */

#define FILE_TEXT "0123456789abcdefghijklmnopqrstuvwxyz"
#define FILE_SIZE 36

static void
assert_file (GFile      *file,
             const char *text)
{
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;

  g_file_load_contents (file, NULL, &content, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, text);
}

static char *
url (YjWireFixture *fixture,
     const char    *path)
{
  return g_strconcat (yj_fault_server_get_url (fixture->server), path, NULL);
}

static void
assert_fetched (YjWireFixture *fixture,
                GFile         *part,
                const char    *etag)
{
  g_autofree char *uri = url (fixture, "/idfile?path=/v.mp4");
  g_autoptr(GError) error = NULL;
  g_autoptr(YjDownloadInfo) info = yj_wire_download (fixture, uri, part, etag, &error);

  g_assert_no_error (error);
  assert_file (part, FILE_TEXT);
  g_assert_cmpint (info->total, ==, FILE_SIZE);
}

static void
assert_not_fetched (YjWireFixture *fixture,
                    GFile         *part,
                    const char    *etag,
                    YjError        code)
{
  g_autofree char *uri = url (fixture, "/idfile?path=/v.mp4");
  g_autoptr(GError) error = NULL;
  g_autoptr(YjDownloadInfo) info = yj_wire_download (fixture, uri, part, etag, &error);

  g_assert_error (error, YJ_ERROR, (int) code);
  g_assert_null (info);
}

static void
assert_asked (YjWireFixture *fixture,
              guint          index,
              const char    *range,
              const char    *if_range)
{
  const YjFaultRequest *request = yj_fault_server_get_request (fixture->server, index);
  g_autofree char *sent = yj_fault_request_dup_header (request, "Range");
  g_autofree char *condition = yj_fault_request_dup_header (request, "If-Range");
  g_autofree char *encoding = yj_fault_request_dup_header (request, "Accept-Encoding");

  g_assert_cmpstr (sent, ==, range);
  g_assert_cmpstr (condition, ==, if_range);
  g_assert_cmpstr (encoding, ==, "identity");
}

static void
test_33 (YjWireFixture *fixture,
         gconstpointer  data)
{
  static const struct { const char *base; const char *given; const char *meant; } addresses[] = {
    { "https://p.example", "https://p.example/idfile?path=/tmp/1/v.mp4", "https://p.example/idfile?path=/tmp/1/v.mp4" },
    { "https://p.example", "http://p.example/idfile?path=/v.mp4", "https://p.example/idfile?path=/v.mp4" },
    { "https://p.example", "http://p.example:9080/idfile?path=/v.mp4", "https://p.example/idfile?path=/v.mp4" },
    { "https://p.example:8443", "http://P.example/idfile?path=/v.mp4", "https://p.example:8443/idfile?path=/v.mp4" },
    { "https://p.example", "https://p.example:9443/idfile", "https://p.example:9443/idfile" },
    { "https://p.example", "http://files.example/v.mp4", "http://files.example/v.mp4" },
    { "https://p.example", "/idfile?path=/tmp/1/v.mp4", "https://p.example/idfile?path=/tmp/1/v.mp4" },
    { "https://p.example/prefix", "idfile?path=/v.mp4", "https://p.example/prefix/idfile?path=/v.mp4" },
    { "https://p.example", "//p.example/v.mp4", "https://p.example/v.mp4" },
    { "https://p.example", "/idfile?path=/tmp/我的 视频.mp4", "https://p.example/idfile?path=/tmp/%E6%88%91%E7%9A%84%20%E8%A7%86%E9%A2%91.mp4" },
    { "https://p.example", "/idfile?path=100%.mp4&x=%20", "https://p.example/idfile?path=100%25.mp4&x=%20" },
    { "https://p.example", "file:///etc/passwd", NULL },
    { "https://p.example", "data:video/mp4;base64,AAAA", NULL },
    { "https://p.example", "ftp://p.example/v.mp4", NULL },
    { "https://p.example", "https://user:pass@p.example/v.mp4", NULL },
    { "https://p.example", "https:///v.mp4", NULL },
    { "https://p.example", "", NULL },
  };
  g_autoptr(YjFaultServer) other = yj_fault_server_new ();
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);
  g_autoptr(YjDownloadInfo) info = NULL;
  g_autoptr(YjDownloadInfo) own = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *elsewhere = g_strconcat (yj_fault_server_get_url (other), "/v.mp4", NULL);
  g_autofree char *here = url (fixture, "/v.mp4");
  g_autofree char *key = NULL;
  g_autofree char *no_key = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"status\": \"SUCCEEDED\", \"video\": \"%s\"}", addresses[i].given);
      g_autoptr(YjTaskReply) reply = yj_task_reply_new_from_data (body, -1, addresses[i].base, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (yj_task_reply_get_video (reply), ==, addresses[i].meant);
    }
  /* Another port is another origin. */
  yj_fault_server_script (other, &(YjFaultReply) { .body = FILE_TEXT });
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = FILE_TEXT });
  info = yj_wire_download (fixture, elsewhere, part, NULL, &error);
  g_assert_no_error (error);
  own = yj_wire_download (fixture, here, part, NULL, &error);
  g_assert_no_error (error);
  no_key = yj_fault_request_dup_header (yj_fault_server_get_request (other, 0), "Authorization");
  key = yj_fault_request_dup_header (yj_fault_server_get_request (fixture->server, 0), "Authorization");
  g_assert_null (no_key);
  g_assert_cmpstr (key, ==, "Bearer " YJ_TEST_KEY);
}

static void
test_34 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);

  /* Compression switched on, and no length. */
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = "ETag: \"1\"\r\n", .body = FILE_TEXT, .framing = YJ_FAULT_CHUNKED });
  assert_fetched (fixture, part, NULL);
  assert_asked (fixture, 0, NULL, NULL);
  /* An open-ended range, whose end the server overshoots. */
  g_file_set_contents (g_file_peek_path (part), FILE_TEXT, 10, NULL);
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "206 Partial Content", .headers = "ETag: \"1\"\r\nContent-Range: bytes 10-36/36\r\n", .body = FILE_TEXT + 10 });
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = "ETag: \"1\"\r\n", .body = FILE_TEXT });
  assert_fetched (fixture, part, "\"1\"");
  assert_asked (fixture, 1, "bytes=10-", "\"1\"");
  assert_asked (fixture, 2, NULL, NULL);
}

static void
test_35 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);
  g_autoptr(GFile) folder = g_file_get_parent (part);
  g_autoptr(GFile) evil = g_file_get_child (folder, "evil.desktop");

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = "Content-Disposition: attachment; filename=../evil.desktop\r\n", .body = FILE_TEXT });
  assert_fetched (fixture, part, NULL);
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = "Content-Disposition: attachment; filename=evil.desktop;;=\"\r\n", .body = FILE_TEXT });
  assert_fetched (fixture, part, NULL);
  g_assert_false (g_file_query_exists (evil, NULL));
}

static void
test_36 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "404 Not Found", .body = "404: Not Found" });
  assert_not_fetched (fixture, part, NULL, YJ_ERROR_NOT_FOUND);
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "410 Gone" });
  assert_not_fetched (fixture, part, NULL, YJ_ERROR_NOT_FOUND);
  /* Said with 200, where a file should be. */
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = "Content-Type: video/mp4\r\n", .body = "{\"error\": \"taskid=1 not exist\"}" });
  assert_not_fetched (fixture, part, NULL, YJ_ERROR_NOT_FOUND);
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = "Content-Type: video/mp4\r\n", .body = "\n<html><title>Sign in to the network</title></html>" });
  assert_not_fetched (fixture, part, NULL, YJ_ERROR_PROTOCOL);
}

/* ---- going on ---- */

typedef struct
{
  const char  *name;
  const char  *have;            /* what is on disk: a beginning of the file, or of another one */
  const char  *etag;            /* what it belongs to */
  YjFaultReply first;
  gboolean     asks_again;      /* a second request without a range gets the file */
  int          code;            /* a YjError, -1: the file is whole */
} Resume;

#define TAG "ETag: \"1\"\r\n"
#define PARTIAL "206 Partial Content"
#define OUTSIDE "416 Range Not Satisfiable"

static const Resume resumes[] = {
  { "rest", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-35/36\r\n", .body = FILE_TEXT + 10 }, FALSE, -1 },
  { "rest-no-etag", "0123456789", "\"1\"", { .status = PARTIAL, .headers = "Content-Range: bytes 10-35/36\r\n", .body = FILE_TEXT + 10 }, FALSE, -1 },
  { "rest-no-total", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-35/*\r\n", .body = FILE_TEXT + 10 }, FALSE, -1 },
  { "rest-chunked", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-35/36\r\n", .body = FILE_TEXT + 10, .framing = YJ_FAULT_CHUNKED }, FALSE, -1 },
  { "rest-in-bytes", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-35/36\r\n", .body = FILE_TEXT + 10, .split = 1 }, FALSE, -1 },
  { "changed-200", "OTHER FILE", "\"0\"", { .headers = TAG, .body = FILE_TEXT }, FALSE, -1 },
  { "changed-200-longer", FILE_TEXT FILE_TEXT, "\"0\"", { .headers = TAG, .body = FILE_TEXT }, FALSE, -1 },
  { "changed-206", "OTHER FILE", "\"0\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-35/36\r\n", .body = FILE_TEXT + 10 }, TRUE, -1 },
  { "wrong-start", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 11-35/36\r\n", .body = FILE_TEXT + 11 }, TRUE, -1 },
  { "from-zero", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 0-35/36\r\n", .body = FILE_TEXT }, TRUE, -1 },
  { "no-content-range", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG, .body = FILE_TEXT + 10 }, TRUE, -1 },
  { "mad-content-range", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-99999999999999999999/36\r\n", .body = FILE_TEXT + 10 }, TRUE, -1 },
  { "not-to-the-end", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-19/36\r\n", .body = "abcdefghij" }, TRUE, -1 },
  { "whole-already", FILE_TEXT, "\"1\"", { .status = OUTSIDE, .headers = TAG "Content-Range: bytes */36\r\n" }, FALSE, -1 },
  { "too-long", FILE_TEXT "more", "\"1\"", { .status = OUTSIDE, .headers = TAG "Content-Range: bytes */36\r\n" }, TRUE, -1 },
  { "416-silent", "0123456789", "\"1\"", { .status = OUTSIDE }, TRUE, -1 },
  { "weak", "0123456789", "W/\"1\"", { .headers = TAG, .body = FILE_TEXT }, FALSE, -1 },
  { "unknown", "0123456789", NULL, { .headers = TAG, .body = FILE_TEXT }, FALSE, -1 },
  { "short-200", "0123456789", "\"1\"", { .headers = TAG, .body = FILE_TEXT, .length = 20, .announce = 36 }, FALSE, YJ_ERROR_CUT },
  { "short-206", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-35/36\r\n", .body = FILE_TEXT + 10, .length = 5, .announce = 26 }, FALSE, YJ_ERROR_CUT },
  { "short-206-reset", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-35/36\r\n", .body = FILE_TEXT + 10, .length = 5, .announce = 26, .end = YJ_FAULT_RESET }, FALSE, YJ_ERROR_CUT },
  { "short-206-honest-length", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-35/36\r\n", .body = FILE_TEXT + 10, .length = 25 }, FALSE, YJ_ERROR_CUT },
  { "long-206", "0123456789", "\"1\"", { .status = PARTIAL, .headers = TAG "Content-Range: bytes 10-35/36\r\n", .body = FILE_TEXT "x", .framing = YJ_FAULT_UNFRAMED }, FALSE, YJ_ERROR_PROTOCOL },
  { "chunks-cut", "0123456789", "\"1\"", { .headers = TAG, .body = FILE_TEXT, .framing = YJ_FAULT_CHUNKED, .open_chunks = TRUE }, FALSE, YJ_ERROR_CUT },
  { "empty", "0123456789", "\"1\"", { .headers = TAG }, FALSE, YJ_ERROR_CUT },
  { "204", "0123456789", "\"1\"", { .status = "204 No Content" }, FALSE, YJ_ERROR_PROTOCOL },
  { "403", "0123456789", "\"1\"", { .status = "403 Forbidden" }, FALSE, YJ_ERROR_UNAUTHORIZED },
  { "500", "0123456789", "\"1\"", { .status = "500 Oh" }, FALSE, YJ_ERROR_SERVER },
  { "gone", "0123456789", "\"1\"", { .status = "404 Not Found" }, FALSE, YJ_ERROR_NOT_FOUND },
};

static void
test_resume (gconstpointer data)
{
  const Resume *resume = data;
  g_autoptr(GFile) part = NULL;
  YjWireFixture fixture;

  yj_wire_fixture_set_up (&fixture, NULL);
  part = yj_wire_new_file ("v.part", resume->have, -1);
  yj_fault_server_script (fixture.server, &resume->first);
  if (resume->asks_again)
    yj_fault_server_script (fixture.server, &(YjFaultReply) { .headers = TAG, .body = FILE_TEXT });
  if (resume->code < 0)
    assert_fetched (&fixture, part, resume->etag);
  else
    assert_not_fetched (&fixture, part, resume->etag, resume->code);
  g_assert_cmpuint (yj_fault_server_count (fixture.server), ==, resume->asks_again ? 2 : 1);
  yj_wire_fixture_tear_down (&fixture, NULL);
}

/* Broken off, then gone on with where it was, without anybody keeping the validator. */
static void
test_resume_later (YjWireFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);
  g_autofree char *probe = NULL;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = TAG, .body = FILE_TEXT, .length = 20, .announce = 36 });
  assert_not_fetched (fixture, part, NULL, YJ_ERROR_CUT);
  g_file_get_contents (g_file_peek_path (part), &probe, NULL, NULL);
  g_assert_cmpstr (probe, ==, "0123456789abcdefghij");
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = PARTIAL, .headers = TAG "Content-Range: bytes 20-35/36\r\n", .body = FILE_TEXT + 20 });
  assert_fetched (fixture, part, "\"1\"");
  assert_asked (fixture, 1, "bytes=20-", "\"1\"");
}

static void
test_resume_attribute (YjWireFixture *fixture,
                       gconstpointer  data)
{
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", "x", 1);
  g_autoptr(GError) error = NULL;

  if (!g_file_set_attribute_string (part, "xattr::yuanjing.probe", "1", G_FILE_QUERY_INFO_NONE, NULL, &error))
    {
      g_test_skip (error->message);
      return;
    }
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = TAG, .body = FILE_TEXT, .length = 20, .announce = 36 });
  assert_not_fetched (fixture, part, NULL, YJ_ERROR_CUT);
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = PARTIAL, .headers = TAG "Content-Range: bytes 20-35/36\r\n", .body = FILE_TEXT + 20 });
  assert_fetched (fixture, part, NULL);
  assert_asked (fixture, 1, "bytes=20-", "\"1\"");
}

/* The server goes away at every byte in turn; what there is stays, and the next one goes on from it. */
static void
test_cut_everywhere (YjWireFixture *fixture,
                     gconstpointer  data)
{
  for (int cut = 1; cut < FILE_SIZE; cut++)
    {
      g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);
      g_autofree char *headers = g_strdup_printf (TAG "Content-Range: bytes %d-35/36\r\n", cut);

      yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = TAG, .body = FILE_TEXT, .length = cut, .announce = 36 });
      assert_not_fetched (fixture, part, NULL, YJ_ERROR_CUT);
      yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = PARTIAL, .headers = headers, .body = FILE_TEXT + cut });
      assert_fetched (fixture, part, "\"1\"");
    }
}

static void
test_stall (YjWireFixture *fixture,
            gconstpointer  data)
{
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", NULL, 0);

  g_assert_cmpuint (yj_platform_get_patience (fixture->platform)->download.stall, ==, 60000);
  yj_platform_get_patience (fixture->platform)->download.stall = 200;
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .headers = TAG, .body = FILE_TEXT, .length = 20, .announce = 36, .end = YJ_FAULT_HOLD });
  assert_not_fetched (fixture, part, NULL, YJ_ERROR_CUT);
  assert_file (part, "0123456789abcdefghij");
}

static void
test_no_place (YjWireFixture *fixture,
               gconstpointer  data)
{
  g_autoptr(GFile) part = yj_wire_new_file ("v.part", "x", 1);
  g_autoptr(GFile) below = g_file_get_child (part, "v.part");
  g_autoptr(GFile) link = yj_wire_new_file ("link.part", NULL, 0);
  g_autofree char *uri = url (fixture, "/v.mp4");
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) link_error = NULL;

  g_assert_null (yj_wire_download (fixture, uri, below, NULL, &error));
  g_assert_cmpint (error->domain, ==, G_IO_ERROR);
  g_assert_cmpint (symlink (g_file_peek_path (part), g_file_peek_path (link)), ==, 0);
  g_assert_null (yj_wire_download (fixture, uri, link, NULL, &link_error));
  g_assert_cmpint (link_error->domain, ==, G_IO_ERROR);
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 0);
  assert_file (part, "x");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  yj_wire_test_add ("/deviation/33-addresses", test_33);
  yj_wire_test_add ("/deviation/34-ranges", test_34);
  yj_wire_test_add ("/deviation/35-content-disposition", test_35);
  yj_wire_test_add ("/deviation/36-file-gone", test_36);
  for (gsize i = 0; i < G_N_ELEMENTS (resumes); i++)
    {
      g_autofree char *path = g_strconcat ("/download/resume/", resumes[i].name, NULL);

      g_test_add_data_func (path, &resumes[i], test_resume);
    }
  yj_wire_test_add ("/download/resume-later", test_resume_later);
  yj_wire_test_add ("/download/resume-by-attribute", test_resume_attribute);
  yj_wire_test_add ("/download/cut-everywhere", test_cut_everywhere);
  yj_wire_test_add ("/download/stall", test_stall);
  yj_wire_test_add ("/download/no-place", test_no_place);
  return g_test_run ();
}
