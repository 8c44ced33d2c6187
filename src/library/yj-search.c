/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-search"

#include "yj-search.h"

/**
 * yj_search_stands_alone:
 * @c: a character
 *
 * Returns: whether it is of a script written without spaces: each such character is a word of the index
 */
gboolean
yj_search_stands_alone (gunichar c)
{
  if (c < 0x0e00 || !g_unichar_isalnum (c))
    return FALSE;
  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * yj_search_index:
 * @text: any text, valid UTF-8
 *
 * The text with a space on both sides of every character of a script that writes no spaces. SQLite's tokenizer
 * takes a whole run of Han for one word, so that 视频 would not be found in 做视频吧; of single characters it is
 * found as the phrase "视 频".
 *
 * Returns: (transfer full): what goes into the index
 */
char *
yj_search_index (const char *text)
{
  GString *result = g_string_sized_new (strlen (text) + 16);

  for (const char *p = text; *p != '\0';)
    {
      const char *next = g_utf8_next_char (p);

      if (next - p > 1 && yj_search_stands_alone (g_utf8_get_char (p)))
        {
          g_string_append_c (result, ' ');
          g_string_append_len (result, p, next - p);
          g_string_append_c (result, ' ');
        }
      else
        g_string_append_len (result, p, next - p);
      p = next;
    }
  return g_string_free_and_steal (result);
}

/**
 * yj_search_words:
 * @query: what a person typed
 *
 * Returns: (transfer full): its words, as white space of any script divides them; may be empty
 */
GStrv
yj_search_words (const char *query)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  const char *start = NULL;

  for (const char *p = query; ; p = g_utf8_next_char (p))
    {
      gboolean space = *p == '\0' || g_unichar_isspace (g_utf8_get_char (p));

      if (space && start != NULL)
        {
          g_strv_builder_take (words, g_strndup (start, p - start));
          start = NULL;
        }
      else if (!space && start == NULL)
        start = p;
      if (*p == '\0')
        return g_strv_builder_end (words);
    }
}

/**
 * yj_search_phrase:
 * @word: one word of a query
 *
 * Returns: (transfer full) (nullable): the FTS5 expression for texts that have it, the last part as the beginning of
 *   a word; %NULL when there is no letter or digit in it, so that the index knows nothing of it
 */
char *
yj_search_phrase (const char *word)
{
  g_autofree char *index = NULL;
  GString *result;
  gboolean known = FALSE;

  for (const char *p = word; *p != '\0' && !known; p = g_utf8_next_char (p))
    known = g_unichar_isalnum (g_utf8_get_char (p));
  if (!known)
    return NULL;

  index = yj_search_index (word);
  result = g_string_new ("\"");
  for (const char *p = index; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (result, '"');
      g_string_append_c (result, *p);
    }
  g_string_append (result, "\" *");
  return g_string_free_and_steal (result);
}
