/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a Chinese reader is told of an error: nothing of ours in English. */
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "yj-error.h"
#include "yj-error-text.h"
#include "yj-failure-advice.h"
#include "yj-test.h"

static void
assert_words (YjError     code,
              const char *words,
              const char *shown)
{
  g_autofree char *text = yj_error_text_dup_code (code, words);
  g_autofree char *behind = g_strdup_printf ("（%s）", shown);

  g_test_message ("%s", text);
  g_assert_true (g_str_has_suffix (text, behind));
}

/* Those that stand for the system's words are ours; the system's and the platform's come as they are. */
static void
test_words (void)
{
  assert_words (YJ_ERROR_UNSENT, "The platform could not be reached in time", "连接平台超时");
  assert_words (YJ_ERROR_UNSENT, "The platform did not answer in time", "平台没有及时回应");
  assert_words (YJ_ERROR_UNSENT, "The upload came to a standstill", "上传停滞不前");
  assert_words (YJ_ERROR_UNSENT, "The platform ended the upload before it was complete", "上传还没完成，平台就断开了连接");
  assert_words (YJ_ERROR_UNSENT, "无法连接到 127.0.0.1", "无法连接到 127.0.0.1");
  assert_words (YJ_ERROR_SERVER, "It was stopped after it had been sent", "发出之后被中止");
  assert_words (YJ_ERROR_INVALID_REQUEST, "The platform’s address leads elsewhere", "平台地址转到了别处");
  assert_words (YJ_ERROR_INVALID_REQUEST, "The platform’s address is not encrypted (https)", "平台地址没有加密（https）");
  assert_words (YJ_ERROR_SERVER, "HTTP 503", "HTTP 503");
}

/* A job that rests because of this machine. */
static void
test_disk (void)
{
  g_autofree char *text = yj_error_text_dup_code (-1, "The disk is full. Free some space and try again.");

  g_assert_cmpstr (text, ==, "磁盘已满。请腾出空间后重试。");
}

/* What to change, from the platform's words. */
static void
test_advice (void)
{
  static const char * const cases[][2] = {
    { "The input content[1] may contain real person", "该模型不接受含真人的图片或视频。请换一个文件，或换一个模型。" },
    { "InputImageSensitiveContentDetected", "未通过平台的内容审核。请修改文字或更换文件。" },
    { "视频时长不符合要求", "请剪短视频或音频，或选择其他时长。" },
    { "the aspect ratio must be between 0.4 and 2.5", "请裁剪文件，或选择其他比例。" },
    { "generation failed", NULL },
    { "no information", NULL },
    { "an error of the interface", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (yj_failure_advice_get (cases[i][0]), ==, cases[i][1]);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  g_setenv ("LC_ALL", "zh_CN.UTF-8", TRUE);
  g_assert_nonnull (setlocale (LC_ALL, ""));
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("YUANJING_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error-text/words", test_words);
  g_test_add_func ("/error-text/disk", test_disk);
  g_test_add_func ("/error-text/advice", test_advice);

  return g_test_run ();
}
