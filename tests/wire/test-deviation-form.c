/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-wire-test.h"

#include <string.h>

/* What the platform's form reader stumbles over, each by its number in the description of the API. */

/* Submits, and takes apart what arrived. */
static GPtrArray *
send_form (YjWireFixture *fixture,
           YjSubmission  *submission)
{
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  guint count = yj_fault_server_count (fixture->server);

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "{\"taskid\": \"1\"}" });
  reply = yj_wire_submit (fixture, submission, &error);
  g_assert_no_error (error);
  return yj_wire_read_form (yj_fault_server_get_request (fixture->server, count));
}

static void
assert_part (GPtrArray  *parts,
             guint       index,
             const char *name,
             const char *filename,
             const char *data)
{
  YjWirePart *part;
  g_autofree char *text = NULL;

  g_assert_cmpuint (index, <, parts->len);
  part = g_ptr_array_index (parts, index);
  text = g_strndup (g_bytes_get_data (part->data, NULL), g_bytes_get_size (part->data));
  g_assert_cmpstr (part->name, ==, name);
  g_assert_cmpstr (part->filename, ==, filename);
  g_assert_cmpstr (text, ==, data);
}

static void
test_28 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(GFile) file = yj_wire_new_file ("a.png", "png", -1);
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(GPtrArray) parts = NULL;

  yj_submission_add_string (submission, "negative_prompt", "");
  yj_submission_add_string (submission, "ratio", NULL);
  yj_submission_add_file (submission, "image1_file", file, "image/png");
  parts = send_form (fixture, submission);
  g_assert_cmpuint (parts->len, ==, 4);
  assert_part (parts, 2, "duration", NULL, "5");
  assert_part (parts, 3, "image1_file", "image-1.png", "png");
}

static void
test_29 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(GFile) file = yj_wire_new_file ("a.png", "\r\n--x\r\n\r\n\n", -1);
  g_autoptr(GFile) empty = yj_wire_new_file ("empty.png", "", 0);
  g_autoptr(YjSubmission) submission = yj_submission_new ();
  g_autoptr(YjSubmission) with_empty = yj_wire_new_submission ();
  g_autoptr(GPtrArray) parts = NULL;
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  /* Files come last, whenever they were added; text of any kind arrives as it is. */
  yj_submission_add_file (submission, "image_files", file, "image/png");
  yj_submission_add_string (submission, "prompt", "line\nline\r\n-- \"quotes\" \xff 你好");
  yj_submission_add_integer (submission, "duration", -3);
  yj_submission_add_file (submission, "image_files", file, "image/png");
  yj_submission_add_boolean (submission, "off_peak", TRUE);
  parts = send_form (fixture, submission);
  g_assert_cmpuint (parts->len, ==, 5);
  assert_part (parts, 0, "prompt", NULL, "line\nline\r\n-- \"quotes\" \xef\xbf\xbd 你好");
  assert_part (parts, 1, "duration", NULL, "-3");
  assert_part (parts, 2, "off_peak", NULL, "true");
  assert_part (parts, 3, "image_files", "image-1.png", "\r\n--x\r\n\r\n\n");
  assert_part (parts, 4, "image_files", "image-2.png", "\r\n--x\r\n\r\n\n");
  /* An empty file would end the form there: it is not sent at all. */
  yj_submission_add_file (with_empty, "image1_file", empty, "image/png");
  reply = yj_wire_submit (fixture, with_empty, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 1);
}

static void
test_30 (YjWireFixture *fixture,
         gconstpointer  data)
{
  static const struct { const char *name; const char *type; const char *sent; } names[] = {
    { "a;b;c.jpg", "image/jpeg", "image-1.jpg" },
    { "quote\"\r\nX-Evil: 1\r\n.PNG", NULL, "image-1.png" },
    { "照片 我的.jpeg", NULL, "image-1.jpg" },
    { "no-ending", "video/mp4", "video-1.mp4" },
    { "clip.MOV", NULL, "video-1.mov" },
    { "%2e%2e.wav", NULL, "audio-1.wav" },
    { "a.mp4.desktop", "audio/mpeg", "audio-1.mp3" },
    { ".bashrc", "application/octet-stream", "file-1.bin" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GFile) file = yj_wire_new_file (names[i].name, "x", 1);
      g_autoptr(YjSubmission) submission = yj_submission_new ();
      g_autoptr(GPtrArray) parts = NULL;

      yj_submission_add_string (submission, "llmid", "x");
      yj_submission_add_file (submission, "f", file, names[i].type);
      parts = send_form (fixture, submission);
      assert_part (parts, 1, "f", names[i].sent, "x");
    }
}

static void
test_31 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(GFile) file = yj_wire_new_file ("a.png", "x", 1);
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) second = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  yj_submission_add_file (submission, "f", file, NULL);
  first = send_form (fixture, submission);
  second = send_form (fixture, submission);
  a = yj_fault_request_dup_header (yj_fault_server_get_request (fixture->server, 0), "Content-Type");
  b = yj_fault_request_dup_header (yj_fault_server_get_request (fixture->server, 1), "Content-Type");
  g_assert_cmpuint (strlen (strchr (a, '=') + 1), <=, 70);
  g_assert_cmpstr (a, !=, b);
}

static void
test_32 (YjWireFixture *fixture,
         gconstpointer  data)
{
  gsize size = 11 * 1024 * 1024;
  g_autofree char *bytes = g_malloc (size);
  g_autoptr(GFile) file = NULL;
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(GPtrArray) parts = NULL;
  YjWirePart *part;

  for (gsize i = 0; i < size; i++)
    bytes[i] = (char) (i * 2654435761u >> 13);
  file = yj_wire_new_file ("big.jpg", bytes, size);
  yj_submission_add_file (submission, "image1_file", file, "image/jpeg");
  parts = send_form (fixture, submission);
  part = g_ptr_array_index (parts, 3);
  g_assert_cmpmem (g_bytes_get_data (part->data, NULL), g_bytes_get_size (part->data), bytes, size);
  /* And what is too large for a JSON body is said to be so. */
  {
    g_autoptr(YjSubmission) json = yj_wire_new_submission ();
    g_autoptr(YjTaskReply) reply = NULL;
    g_autoptr(GError) error = NULL;

    yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "413 Request Entity Too Large", .headers = "Content-Type: text/plain; charset=utf-8\r\n",
                                                               .body = "Maximum request body size 10485760 exceeded" });
    reply = yj_wire_submit (fixture, json, &error);
    g_assert_error (error, YJ_ERROR, YJ_ERROR_INVALID_REQUEST);
    g_assert_cmpstr (error->message, ==, "Maximum request body size 10485760 exceeded");
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  yj_wire_test_add ("/deviation/28-no-empty-fields", test_28);
  yj_wire_test_add ("/deviation/29-parts-that-end-the-form", test_29);
  yj_wire_test_add ("/deviation/30-file-names", test_30);
  yj_wire_test_add ("/deviation/31-boundary", test_31);
  yj_wire_test_add ("/deviation/32-large-files", test_32);
  return g_test_run ();
}
