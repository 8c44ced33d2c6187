/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-failure-advice.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *words[10];        /* in small letters; the first line of which one is in the message, counts */
  const char *advice;
} Advice;

static const Advice advices[] = {
  { { "real person", "real face", "human face", "face", "portrait", "人脸", "真人", "肖像" },
    N_("This model takes no pictures or clips of real people. Use another one, or another model.") },
  { { "copyright", "trademark", "intellectual property", "版权", "侵权" },
    N_("It looks like protected work. Change the words or the files that show it.") },
  { { "sensitive", "moderation", "policy", "inappropriate", "violat", "risk", "敏感", "违规", "审核", "不合规" },
    N_("The platform’s content check refused it. Change the words or the files.") },
  { { "codec", "unsupported format", "invalid format", "format", "decode", "格式", "编码", "解码" },
    N_("Save the file in another format, such as JPEG or H.264 in MP4, and attach that.") },
  { { "aspect", "ratio", "宽高比", "比例" },
    N_("Crop the file, or choose another ratio.") },
  { { "too long", "too short", "duration", "时长", "过长", "过短" },
    N_("Trim the clip or sound, or choose another duration.") },
  { { "resolution", "dimension", "too small", "too large", "pixel", "size", "分辨率", "尺寸", "过大", "过小" },
    N_("Scale the file, or choose another resolution.") },
  { { "download", "fetch", "url", "下载" },
    N_("The platform could not get at the file. Submitting it again may help.") },
  { { "timeout", "timed out", "busy", "overload", "internal", "try again", "超时", "繁忙", "内部错误" },
    N_("This is a fault on the platform’s side. Submitting the same again later may help.") },
};

/* Whether @words stands in @text, of which @small is the same in small letters, as the beginning of a word: "ratio" is not
   in "generation", but "sensitive" is in "InputSensitive". */
static gboolean
has_words (const char *text,
           const char *small,
           const char *words)
{
  for (const char *at = strstr (small, words); at != NULL; at = strstr (at + 1, words))
    if (!g_ascii_isalnum (*words) || at == small || !g_ascii_isalnum (at[-1]) || g_ascii_isupper (text[at - small]))
      return TRUE;

  return FALSE;
}

/**
 * yj_failure_advice_get:
 * @message: (nullable): the platform's words
 *
 * Returns: (transfer none) (nullable): a sentence on what to change
 */
const char *
yj_failure_advice_get (const char *message)
{
  g_autofree char *small = message != NULL ? g_ascii_strdown (message, -1) : NULL;

  for (guint i = 0; small != NULL && i < G_N_ELEMENTS (advices); i++)
    for (guint j = 0; j < G_N_ELEMENTS (advices[i].words) && advices[i].words[j] != NULL; j++)
      if (has_words (message, small, advices[i].words[j]))
        return _(advices[i].advice);

  return NULL;
}
