/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-word-diff.h"

#include <string.h>

#include "yj-prompt-text.h"

#define MAX_CELLS 4000000       /* of the table: beyond it the middle is one change */

/* A word, a sign, white space, or a mention. */
typedef struct
{
  const char *start;
  gsize       length;
} Token;

static void
word_change_free (YjWordChange *change)
{
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

/* What goes on together: 0 stands alone. */
static int
get_class (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
      return 0;
    default:
      break;
    }
  if (g_unichar_isspace (c))
    return 1;
  return g_unichar_isalnum (c) || c == '\'' || c == 0x2019 || c == '-' ? 2 : 0;
}

static void
add_tokens (GArray     *tokens,
            const char *text,
            gsize       length)
{
  const char *end = text + length, *next;
  int last = 0;

  for (const char *p = text; p < end; p = next)
    {
      int class = get_class (g_utf8_get_char (p));
      Token token = { p, 0 };

      next = g_utf8_next_char (p);
      if (class != 0 && class == last)
        {
          g_array_index (tokens, Token, tokens->len - 1).length += next - p;
          continue;
        }
      token.length = next - p;
      g_array_append_val (tokens, token);
      last = class;
    }
}

static GArray *
list_tokens (GPtrArray *pieces)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));

  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);
      Token mention = { piece->text, piece->length };

      if (piece->id != NULL)
        g_array_append_val (tokens, mention);
      else
        add_tokens (tokens, piece->text, piece->length);
    }

  return tokens;
}

static gboolean
same (GArray *one,
      guint   i,
      GArray *two,
      guint   j)
{
  const Token *a = &g_array_index (one, Token, i), *b = &g_array_index (two, Token, j);

  return a->length == b->length && memcmp (a->start, b->start, a->length) == 0;
}

/* ---- the list of changes */

typedef struct
{
  GPtrArray *changes;
  GString   *before;            /* of the change in the making */
  GString   *after;
  gboolean   kept;              /* what is in the making is the same in both */
} Writer;

static void
flush (Writer *writer)
{
  YjWordChange *change;

  if (writer->before->len == 0 && writer->after->len == 0)
    return;
  change = g_new0 (YjWordChange, 1);
  change->before = g_strdup (writer->before->str);
  change->after = g_strdup (writer->after->str);
  g_ptr_array_add (writer->changes, change);
  g_string_truncate (writer->before, 0);
  g_string_truncate (writer->after, 0);
}

static void
put (Writer      *writer,
     const Token *before,
     const Token *after)
{
  gboolean kept = before != NULL && after != NULL;

  if (kept != writer->kept)
    flush (writer);
  writer->kept = kept;
  if (before != NULL)
    g_string_append_len (writer->before, before->start, (gssize) before->length);
  if (after != NULL)
    g_string_append_len (writer->after, after->start, (gssize) after->length);
}

/* The middles, from @start on, by the longest common subsequence. */
static void
put_middle (Writer *writer,
            GArray *one,
            GArray *two,
            guint   start,
            guint   n,
            guint   m)
{
  gsize width = (gsize) m + 1;
  g_autofree guint16 *longest = (gsize) n * m <= MAX_CELLS ? g_new0 (guint16, (n + 1) * width) : NULL;
  guint i = 0, j = 0;

  for (guint a = longest != NULL ? n : 0; a-- > 0;)
    for (guint b = m; b-- > 0;)
      longest[a * width + b] = same (one, start + a, two, start + b)
                               ? longest[(a + 1) * width + b + 1] + 1
                               : MAX (longest[(a + 1) * width + b], longest[a * width + b + 1]);

  while (i < n || j < m)
    {
      const Token *before = i < n ? &g_array_index (one, Token, start + i) : NULL;
      const Token *after = j < m ? &g_array_index (two, Token, start + j) : NULL;

      if (longest != NULL && before != NULL && after != NULL && same (one, start + i, two, start + j))
        {
          put (writer, before, after);
          i++;
          j++;
        }
      else if (before != NULL && (after == NULL || longest == NULL ||
                                  longest[(i + 1) * width + j] >= longest[i * width + j + 1]))
        {
          put (writer, before, NULL);
          i++;
        }
      else
        {
          put (writer, NULL, after);
          j++;
        }
    }
}

/**
 * yj_word_diff:
 * @before: a prompt with its mentions
 * @after: another one
 *
 * Returns: (transfer full) (element-type YjWordChange): the way from one to the other; all @before in a row are the one,
 *   all @after the other
 */
GPtrArray *
yj_word_diff (const char *before,
              const char *after)
{
  g_autoptr(GPtrArray) old_pieces = yj_prompt_text_split (before), new_pieces = yj_prompt_text_split (after);
  g_autoptr(GArray) old = list_tokens (old_pieces), new = list_tokens (new_pieces);
  g_autoptr(GString) old_text = g_string_new (NULL), new_text = g_string_new (NULL);
  Writer writer = { g_ptr_array_new_with_free_func ((GDestroyNotify) word_change_free), old_text, new_text, TRUE };
  guint start = 0, end = 0, shorter = MIN (old->len, new->len);

  while (start < shorter && same (old, start, new, start))
    start++;
  while (end < shorter - start && same (old, old->len - 1 - end, new, new->len - 1 - end))
    end++;

  for (guint i = 0; i < start; i++)
    put (&writer, &g_array_index (old, Token, i), &g_array_index (new, Token, i));
  put_middle (&writer, old, new, start, old->len - start - end, new->len - start - end);
  for (guint i = end; i-- > 0;)
    put (&writer, &g_array_index (old, Token, old->len - 1 - i), &g_array_index (new, Token, new->len - 1 - i));
  flush (&writer);

  return writer.changes;
}
