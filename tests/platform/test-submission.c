/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-multipart-stream.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static GFile *
new_file (const char *name,
          const char *data,
          gssize      length)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), name, NULL);

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  g_assert_true (g_file_set_contents (path, data, length, NULL));
  return g_file_new_for_path (path);
}

static void
test_json (void)
{
  g_autoptr(YjSubmission) submission = yj_submission_new ();
  g_autofree char *empty = yj_submission_to_json (submission);
  g_autofree char *json = NULL;

  g_assert_cmpstr (empty, ==, "{}");
  yj_submission_add_string (submission, "z", "last \"first\"\n");
  yj_submission_add_integer (submission, "duration", G_MAXINT64);
  yj_submission_add_string (submission, "nothing", "");
  yj_submission_add_boolean (submission, "yes", TRUE);
  yj_submission_add_boolean (submission, "no", FALSE);
  yj_submission_add_string (submission, "image_files", "https://a/1.png");
  yj_submission_add_string (submission, "size", "1920*1080");
  yj_submission_add_string (submission, "image_files", "https://a/2.png");
  json = yj_submission_to_json (submission);
  g_assert_false (yj_submission_has_files (submission));
  g_assert_cmpstr (json, ==, "{\"z\": \"last \\\"first\\\"\\n\", \"duration\": 9223372036854775807, \"yes\": true, \"no\": false, "
                             "\"image_files\": [\"https://a/1.png\", \"https://a/2.png\"], \"size\": \"1920*1080\"}");
}

static GBytes *
read_all (GInputStream *stream,
          gsize         step)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (step);
  g_autoptr(GError) error = NULL;
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, step, NULL, &error)) > 0)
    g_byte_array_append (bytes, buffer, n);
  g_assert_no_error (error);
  return g_byte_array_free_to_bytes (bytes);
}

/* However it is read, it is as long as it said, and holds the files byte for byte. */
static void
test_stream (void)
{
  static const gsize steps[] = { 1, 7, 4096, 8192, 65536, 65537, 1 << 20 };
  gsize size = 300001;
  g_autofree char *data = g_malloc (size);
  g_autoptr(GFile) big = NULL;
  g_autoptr(GFile) small = new_file ("small.png", "p", 1);
  g_autoptr(YjSubmission) submission = yj_submission_new ();

  for (gsize i = 0; i < size; i++)
    data[i] = (char) (i * 31 + i / 251);
  big = new_file ("big.mp4", data, size);
  yj_submission_add_string (submission, "prompt", "你好");
  yj_submission_add_file (submission, "video_files", big, "video/mp4");
  yj_submission_add_file (submission, "image_files", small, NULL);
  g_assert_true (yj_submission_has_files (submission));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr(GInputStream) stream = yj_multipart_stream_new (submission, NULL);
      g_autoptr(GBytes) body = read_all (stream, steps[i]);
      gsize length;
      const char *bytes = g_bytes_get_data (body, &length);
      const char *found = memmem (bytes, length, data, size);

      g_assert_cmpuint (length, ==, yj_multipart_stream_get_length (YJ_MULTIPART_STREAM (stream)));
      g_assert_nonnull (found);
      g_assert_true (memcmp (found - 4, "\r\n\r\n", 4) == 0 && memcmp (found + size, "\r\n--", 4) == 0);
      g_assert_true (memcmp (bytes + length - 4, "--\r\n", 4) == 0);
      g_assert_no_error (yj_multipart_stream_get_failure (YJ_MULTIPART_STREAM (stream)));
    }
}

/* Runs left out or replaced, at the beginning, in the middle, at the end and side by side: the length is exact. */
static void
test_cuts (void)
{
  g_autofree char *data = g_malloc (200000);
  g_autoptr(GFile) file = NULL;
  g_autoptr(YjSubmission) submission = yj_submission_new (), stale = yj_submission_new ();
  g_autoptr(GBytes) instead = g_bytes_new ("instead", 7);
  g_autoptr(GByteArray) expected = g_byte_array_new ();
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < 200000; i++)
    data[i] = (char) (i * 17 + i / 253);
  file = new_file ("cut.jpg", data, 200000);
  yj_submission_add_file (submission, "image_files", file, "image/jpeg");
  yj_submission_cut_file (submission, 200000, 0, 10, NULL);
  yj_submission_cut_file (submission, 200000, 10, 5, instead);
  yj_submission_cut_file (submission, 200000, 100000, 1, instead);
  yj_submission_cut_file (submission, 200000, 199990, 10, NULL);
  g_byte_array_append (expected, (guint8 *) "\r\n\r\ninstead", 11);
  g_byte_array_append (expected, (guint8 *) data + 15, 100000 - 15);
  g_byte_array_append (expected, (guint8 *) "instead", 7);
  g_byte_array_append (expected, (guint8 *) data + 100001, 199990 - 100001);
  g_byte_array_append (expected, (guint8 *) "\r\n--", 4);
  for (gsize step = 1000; step < 100000; step *= 3)
    {
      g_autoptr(GInputStream) stream = yj_multipart_stream_new (submission, NULL);
      g_autoptr(GBytes) body = read_all (stream, step);

      g_assert_cmpuint (g_bytes_get_size (body), ==, yj_multipart_stream_get_length (YJ_MULTIPART_STREAM (stream)));
      g_assert_nonnull (memmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), expected->data, expected->len));
    }

  /* the file is not the one that was looked into */
  yj_submission_add_file (stale, "image_files", file, "image/jpeg");
  yj_submission_cut_file (stale, 199999, 0, 10, NULL);
  g_assert_null (yj_multipart_stream_new (stale, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

/* Whatever is done to a file behind the stream's back, the closing boundary is not reached. */
static void
test_changes (void)
{
  for (int how = 0; how < 6; how++)
    {
      g_autofree char *data = g_strnfill (200000, 'x');
      g_autoptr(GFile) first = new_file ("first.mp4", data, 200000);
      g_autoptr(GFile) second = new_file ("second.mp4", data, 1000);
      const char *path = g_file_peek_path (how < 3 ? first : second);
      g_autoptr(YjSubmission) submission = yj_submission_new ();
      g_autoptr(GInputStream) stream = NULL;
      g_autoptr(GError) error = NULL;
      char buffer[8192];
      gsize done = 0;
      gssize n;

      yj_submission_add_file (submission, "f", first, NULL);
      yj_submission_add_file (submission, "f", second, NULL);
      stream = yj_multipart_stream_new (submission, &error);
      g_assert_no_error (error);
      n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL);
      g_assert_cmpint (n, >, 0);
      done += n;
      if (how % 3 == 0)
        g_assert_cmpint (truncate (path, 10), ==, 0);
      else if (how % 3 == 1)
        g_assert_cmpint (truncate (path, 300000), ==, 0);
      else
        {
          g_unlink (path);
          g_assert_true (g_file_set_contents (path, data, how == 2 ? 200000 : 1000, NULL));
        }
      while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, &error)) > 0)
        done += n;
      g_assert_cmpint (n, ==, -1);
      g_assert_cmpint (error->domain, ==, G_IO_ERROR);
      g_assert_cmpuint (done, <, yj_multipart_stream_get_length (YJ_MULTIPART_STREAM (stream)));
      g_assert_nonnull (yj_multipart_stream_get_failure (YJ_MULTIPART_STREAM (stream)));
    }
}

static void
test_names (void)
{
  g_autoptr(GFile) file = new_file ("a.png", "p", 1);
  g_autoptr(YjSubmission) submission = yj_submission_new ();
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autofree char *text = NULL;

  yj_submission_add_string (submission, "a\"; filename=\"x\r\nX-Evil: 1", "v");
  yj_submission_add_file (submission, "f", file, NULL);
  stream = yj_multipart_stream_new (submission, NULL);
  body = read_all (stream, 4096);
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_assert_nonnull (strstr (text, "name=\"a%22; filename=%22x%0D%0AX-Evil: 1\"\r\n\r\nv\r\n"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/submission/json", test_json);
  g_test_add_func ("/submission/stream", test_stream);
  g_test_add_func ("/submission/cuts", test_cuts);
  g_test_add_func ("/submission/changes", test_changes);
  g_test_add_func ("/submission/names", test_names);
  return g_test_run ();
}
