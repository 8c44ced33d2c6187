/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-prompt-text.h"

#include <string.h>

/* U+FFF9, U+FFFA and U+FFFB: ANCHOR id SEPARATOR name TERMINATOR. All three begin with these two bytes. */
#define ANCHOR "\xef\xbf\xb9"
#define SEPARATOR "\xef\xbf\xba"
#define TERMINATOR "\xef\xbf\xbb"
#define MARK_LENGTH 3
#define MAX_MENTION 2000        /* bytes; what is longer was not made here */

static void
piece_free (YjPromptPiece *piece)
{
  g_free (piece->id);
  g_free (piece->name);
  g_free (piece);
}

static void
add_text (GPtrArray  *pieces,
          const char *text,
          gsize       length)
{
  YjPromptPiece *piece;

  if (length == 0)
    return;

  piece = g_new0 (YjPromptPiece, 1);
  piece->text = text;
  piece->length = length;
  g_ptr_array_add (pieces, piece);
}

/* The mention that begins at @start; NULL when none does. */
static YjPromptPiece *
read_mention (const char *start)
{
  const char *id = start + MARK_LENGTH;
  const char *separator = strstr (id, SEPARATOR);
  const char *end = separator != NULL ? strstr (separator, TERMINATOR) : NULL;
  YjPromptPiece *piece;

  if (end == NULL || separator == id || end - start > MAX_MENTION || g_strstr_len (id, end - id, ANCHOR) != NULL)
    return NULL;

  piece = g_new0 (YjPromptPiece, 1);
  piece->text = start;
  piece->length = end + MARK_LENGTH - start;
  piece->id = g_strndup (id, separator - id);
  piece->name = g_strndup (separator + MARK_LENGTH, end - separator - MARK_LENGTH);
  return piece;
}

/**
 * yj_prompt_text_split:
 * @source: a prompt as it is kept
 *
 * Returns: (transfer full) (element-type YjPromptPiece): its pieces; their text is borrowed from @source
 */
GPtrArray *
yj_prompt_text_split (const char *source)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  const char *from = source, *mark = source;

  while ((mark = strstr (mark, ANCHOR)) != NULL)
    {
      YjPromptPiece *mention = read_mention (mark);

      if (mention == NULL)
        {
          mark += MARK_LENGTH;
          continue;
        }
      add_text (pieces, from, mark - from);
      g_ptr_array_add (pieces, mention);
      from = mark = mark + mention->length;
    }
  add_text (pieces, from, strlen (from));

  return pieces;
}

/**
 * yj_prompt_text_from_plain:
 * @text: any text
 *
 * Returns: (transfer full): the same as a prompt without mentions
 */
char *
yj_prompt_text_from_plain (const char *text)
{
  static const char * const marks[] = { ANCHOR, SEPARATOR, TERMINATOR };
  g_autoptr(GString) plain = g_string_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    g_string_replace (plain, marks[i], "", 0);

  return g_string_free_and_steal (g_steal_pointer (&plain));
}

/**
 * yj_prompt_text_mention:
 * @id: a file's identity
 * @name: what people call it
 *
 * Returns: (transfer full): a prompt that is this mention
 */
char *
yj_prompt_text_mention (const char *id,
                        const char *name)
{
  g_autofree char *plain_id = yj_prompt_text_from_plain (id);
  g_autofree char *plain_name = yj_prompt_text_from_plain (name);

  return g_strconcat (ANCHOR, plain_id, SEPARATOR, plain_name, TERMINATOR, NULL);
}

/**
 * yj_prompt_text_has_mentions:
 * @source: a prompt as it is kept
 *
 * Returns: whether it mentions any file
 */
gboolean
yj_prompt_text_has_mentions (const char *source)
{
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (source);

  for (guint i = 0; i < pieces->len; i++)
    if (((YjPromptPiece *) g_ptr_array_index (pieces, i))->id != NULL)
      return TRUE;

  return FALSE;
}

/**
 * yj_prompt_text_to_plain:
 * @source: a prompt as it is kept
 *
 * Returns: (transfer full): what people read of it
 */
char *
yj_prompt_text_to_plain (const char *source)
{
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (source);
  g_autoptr(GString) plain = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->id != NULL)
        g_string_append_printf (plain, "@%s", piece->name);
      else
        g_string_append_len (plain, piece->text, (gssize) piece->length);
    }

  return yj_prompt_text_from_plain (plain->str);        /* of a damaged mention, too, only what can be read */
}

/**
 * yj_prompt_text_is_chinese:
 * @source: a prompt as it is kept
 *
 * The names of files do not count.
 *
 * Returns: whether more is written in Chinese characters than in other words
 */
gboolean
yj_prompt_text_is_chinese (const char *source)
{
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (source);
  guint han = 0, words = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);
      gboolean inside = FALSE;

      if (piece->id != NULL)
        continue;
      for (const char *p = piece->text; p < piece->text + piece->length; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);
          gboolean is_han = g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
          gboolean letter = g_unichar_isalpha (c) && !is_han;

          han += is_han;
          words += letter && !inside;
          inside = letter;
        }
    }

  return han > 0 || words > 0 ? han > words : g_str_has_prefix (g_get_language_names ()[0], "zh");
}

/**
 * yj_prompt_text_runs_on:
 * @before: a character
 *
 * Words of letters are set apart by spaces, Chinese is not; what opens a quotation or a bracket stands before a word.
 *
 * Returns: whether a mention right behind it wants a space between
 */
gboolean
yj_prompt_text_runs_on (gunichar before)
{
  GUnicodeType type = g_unichar_type (before);

  return !g_unichar_isspace (before) && !g_unichar_iswide (before) && before != '"' && before != '\'' &&
         type != G_UNICODE_OPEN_PUNCTUATION && type != G_UNICODE_INITIAL_PUNCTUATION;
}
