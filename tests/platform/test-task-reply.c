/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-error.h"
#include "yj-refusal.h"
#include "yj-task-reply.h"

#include <string.h>

#define BASE "https://p.example"

static void
test_documented (void)
{
  static const char text[] =
    "{\"status\": \"SUCCEEDED\", \"usage\": {\"action\": \"t2v\", \"credits\": 10, \"type\": \"text2video\", \"model\": \"viduq3-pro\", "
    "\"resolution\": \"540p\", \"off_peak\": false, \"duration\": 1}, \"image\": \"https://p.example/idfile?path=/tmp/19/43/137/39/cover.jpeg\", "
    "\"video\": \"https://p.example/idfile?path=/tmp/137/173/31/47/video.mp4\"}";
  g_autoptr(GError) error = NULL;
  g_autoptr(YjTaskReply) reply = yj_task_reply_new_from_data (text, -1, BASE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (yj_task_reply_get_status (reply), ==, YJ_TASK_STATUS_SUCCEEDED);
  g_assert_null (yj_task_reply_get_task_id (reply));
  g_assert_cmpstr (yj_task_reply_get_video (reply), ==, "https://p.example/idfile?path=/tmp/137/173/31/47/video.mp4");
  g_assert_cmpstr (yj_task_reply_get_image (reply), ==, "https://p.example/idfile?path=/tmp/19/43/137/39/cover.jpeg");
  g_assert_cmpstr (yj_task_reply_get_usage (reply), ==,
                   "{\"action\": \"t2v\", \"credits\": 10, \"type\": \"text2video\", \"model\": \"viduq3-pro\", \"resolution\": \"540p\", "
                   "\"off_peak\": false, \"duration\": 1}");
  g_assert_null (yj_task_reply_get_message (reply));
  g_assert_false (yj_task_reply_is_not_found (reply));
}

static void
test_types (void)
{
  /* Everything of a type that nobody expects. */
  static const char *const odd[] = {
    "{\"status\": \"RUNNING\", \"video\": 17, \"image\": [], \"usage\": null, \"error\": null, \"taskid\": {}}",
    "{\"status\": \"RUNNING\", \"video\": {\"url\": null}, \"image\": {}, \"usage\": false, \"taskid\": true}",
    "{\"status\": \"RUNNING\", \"output\": 1, \"data\": \"x\", \"taskid\": \"\"}",
    "{\"status\": \"RUNNING\", \"output\": [], \"data\": [], \"error\": {}}",
    "[{\"status\": \"FAILED\"}, {\"status\": \"RUNNING\"}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(YjTaskReply) reply = yj_task_reply_new_from_data (odd[i], -1, BASE, &error);

      g_assert_no_error (error);
      g_assert_cmpint (yj_task_reply_get_status (reply), ==, YJ_TASK_STATUS_RUNNING);
      g_assert_null (yj_task_reply_get_video (reply));
      g_assert_null (yj_task_reply_get_image (reply));
      g_assert_null (yj_task_reply_get_task_id (reply));
    }
}

static void
test_video_shapes (void)
{
  static const char *const shapes[] = {
    "{\"status\": \"SUCCEEDED\", \"video\": \"/v.mp4\"}",
    "{\"status\": \"SUCCEEDED\", \"video\": [\"/old.mp4\", \"/v.mp4\"]}",
    "{\"status\": \"SUCCEEDED\", \"video\": {\"url\": \"/v.mp4\"}}",
    "{\"status\": \"SUCCEEDED\", \"output\": {\"video\": [{\"url\": \"/v.mp4\"}]}}",
    "{\"data\": {\"output\": [{}, {\"status\": \"SUCCEEDED\", \"video\": \"/v.mp4\"}]}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(YjTaskReply) reply = yj_task_reply_new_from_data (shapes[i], -1, BASE, &error);

      g_assert_no_error (error);
      g_assert_cmpint (yj_task_reply_get_status (reply), ==, YJ_TASK_STATUS_SUCCEEDED);
      g_assert_cmpstr (yj_task_reply_get_video (reply), ==, BASE "/v.mp4");
    }
}

static void
test_no_reply (void)
{
  static const struct { const char *text; YjError code; } texts[] = {
    { "", YJ_ERROR_PROTOCOL },            { "null", YJ_ERROR_PROTOCOL },       { "[]", YJ_ERROR_PROTOCOL },
    { "\"RUNNING\"", YJ_ERROR_PROTOCOL }, { "{", YJ_ERROR_PROTOCOL },          { "{}", YJ_ERROR_PROTOCOL },
    { "<html></html>", YJ_ERROR_PROTOCOL }, { "{\"hello\": 1}", YJ_ERROR_PROTOCOL }, { "{\"status\": \"ok\"}", YJ_ERROR_PROTOCOL },
    { "{\"status\": 1}", YJ_ERROR_PROTOCOL },
    { "{\"error\": \"Insufficient balance\"}", YJ_ERROR_BALANCE },
    { "{\"error\": \"Invalid API Key\"}", YJ_ERROR_UNAUTHORIZED },
    { "{\"error\": \"something else\"}", YJ_ERROR_REFUSED },
    { "{\"status\": \"need_login\", \"data\": \"/x\"}", YJ_ERROR_UNAUTHORIZED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (yj_task_reply_new_from_data (texts[i].text, -1, BASE, &error));
      g_assert_error (error, YJ_ERROR, (int) texts[i].code);
    }
}

static void
test_plain (void)
{
  static const struct { const char *text; const char *plain; } texts[] = {
    { "  a\r\n b\t\tc  ", "a b c" },
    { "x\x01\x1b[31my\xe2\x80\xaez", "x [31myz" },
    { "<b>", NULL },
    { "<html><title> 502 Bad\nGateway </title>", "502 Bad Gateway" },
    { "<html><h1>Sorry</h1>", "Sorry" },
    { "Traceback (most recent call last):\n  File\nKeyError: 'x'\n\n", "KeyError: 'x'" },
    { "bad \xff bytes", "bad \xef\xbf\xbd bytes" },
    { "", NULL },
    { "\n\n", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *plain = yj_refusal_dup_plain (texts[i].text, -1);

      g_assert_cmpstr (plain, ==, texts[i].plain);
    }
}

static void
test_retry_after (void)
{
  g_autoptr(GError) error = g_error_new_literal (YJ_ERROR, YJ_ERROR_RATE_LIMIT, "slow");
  g_autoptr(GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_autoptr(GError) copy = NULL;

  g_assert_cmpint (yj_error_get_retry_after (error), ==, -1);
  g_assert_cmpint (yj_error_get_retry_after (other), ==, -1);
  g_assert_cmpint (yj_error_get_retry_after (NULL), ==, -1);
  yj_error_set_retry_after (error, 99999);
  copy = g_error_copy (error);
  g_assert_cmpint (yj_error_get_retry_after (copy), ==, 3600);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/task-reply/documented", test_documented);
  g_test_add_func ("/task-reply/types", test_types);
  g_test_add_func ("/task-reply/video-shapes", test_video_shapes);
  g_test_add_func ("/task-reply/no-reply", test_no_reply);
  g_test_add_func ("/error/plain", test_plain);
  g_test_add_func ("/error/retry-after", test_retry_after);
  return g_test_run ();
}
