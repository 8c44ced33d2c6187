/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-text"

#include "yj-text.h"

#include <locale.h>
#include <string.h>

/**
 * yj_text_neutral_char:
 * @c: a character that somebody else chose
 *
 * Takes the power from characters that change how the text around them is shown.
 *
 * Control characters other than tab and line feed, the characters that turn the direction of writing
 * (U+202A–U+202E, U+2066–U+2069) and noncharacters become U+FFFD, and [const@Yj.TEXT_STOP], which is
 * a mark of our own within texts; line and paragraph separators become line feeds.
 * All others are returned as they are.
 */
gunichar
yj_text_neutral_char (gunichar c)
{
  if (c == '\n' || c == '\t')
    return c;
  if (c == 0x2028 || c == 0x2029 || c == 0x85)
    return '\n';
  if (c < 0x20 || (c >= 0x7f && c < 0xa0))
    return 0xfffd;
  if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
    return 0xfffd;
  if (c == YJ_TEXT_STOP || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
    return 0xfffd;
  return c;
}

/**
 * yj_text_neutralise:
 * @target: grows by what was read
 * @text: UTF-8, perhaps broken
 * @length: bytes
 * @last: whether nothing will follow
 *
 * Appends @text with [func@Yj.text_neutral_char] applied to each character, broken bytes as U+FFFD, and CR or CR LF as LF.
 *
 * Unless @last, a CR or half a character at the end is left for the next call.
 *
 * Returns: bytes of @text that were read
 */
gsize
yj_text_neutralise (GString    *target,
                    const char *text,
                    gsize       length,
                    gboolean    last)
{
  const char *p = text;
  const char *end = text + length;

  while (p < end)
    {
      const char *run = p;
      gunichar c;

      while (p < end && (((guchar) *p >= 0x20 && (guchar) *p < 0x7f) || *p == '\n' || *p == '\t'))
        p++;
      g_string_append_len (target, run, p - run);
      if (p == end)
        break;

      if (*p == '\r')
        {
          if (p + 1 == end && !last)
            break;
          if (p + 1 == end || p[1] != '\n')
            g_string_append_c (target, '\n');
          p++;
          continue;
        }

      c = g_utf8_get_char_validated (p, end - p);
      if (c == (gunichar) -2 && !last)
        break;
      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_unichar (target, 0xfffd);
          p++;
          continue;
        }
      g_string_append_unichar (target, yj_text_neutral_char (c));
      p = g_utf8_next_char (p);
    }
  return p - text;
}

/**
 * yj_text_is_han:
 * @c: a character
 *
 * Returns: whether it is an ideograph
 */
gboolean
yj_text_is_han (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0x20000 && c <= 0x323af);
}

static gboolean
is_kana (gunichar c)
{
  /* Hangul too: Han among it is not to be drawn the Chinese way either. */
  return (c >= 0x3041 && c <= 0x30fa) || (c >= 0x31f0 && c <= 0x31ff) || (c >= 0xff66 && c <= 0xff9d) ||
         (c >= 0xac00 && c <= 0xd7a3);
}

/**
 * yj_text_is_cjk:
 * @c: a character
 *
 * Returns: whether it is a letter or punctuation of Chinese, Japanese or Korean writing, which puts no spaces between words
 */
gboolean
yj_text_is_cjk (gunichar c)
{
  return yj_text_is_han (c) || is_kana (c) || (c >= 0x2e80 && c <= 0x303f) || (c >= 0x3040 && c <= 0x33ff) ||
         (c >= 0xfe30 && c <= 0xfe4f) || (c >= 0xff00 && c <= 0xffef);
}

static gboolean
has (const char *text,
     gboolean  (*test) (gunichar))
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if ((guchar) *p >= 0xe0 && test (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/**
 * yj_text_has_han:
 * @text: valid UTF-8
 *
 * Returns: whether there is an ideograph in @text
 */
gboolean
yj_text_has_han (const char *text)
{
  return has (text, yj_text_is_han);
}

/**
 * yj_text_has_kana:
 * @text: valid UTF-8
 *
 * Returns: whether there is kana or hangul in @text, which tells that its ideographs are not Chinese
 */
gboolean
yj_text_has_kana (const char *text)
{
  return has (text, is_kana);
}

/**
 * yj_text_get_language:
 * @text: valid UTF-8
 *
 * Which language to draw @text in, so that ideographs get Chinese and not Japanese shapes whatever the locale.
 *
 * Returns: (nullable): `zh-cn`, or %NULL where the locale's own shapes are right
 */
const char *
yj_text_get_language (const char *text)
{
  const char *locale = setlocale (LC_CTYPE, NULL);

  if (locale != NULL && (g_str_has_prefix (locale, "ja") || g_str_has_prefix (locale, "ko") || g_str_has_prefix (locale, "zh")))
    return NULL;
  return yj_text_has_han (text) && !yj_text_has_kana (text) ? "zh-cn" : NULL;
}
