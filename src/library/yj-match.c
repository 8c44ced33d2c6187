/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-match"

#include "yj-match.h"

struct _YjMatch
{
  GArray *letters;              /* of gunichar, folded */
};

/* What a letter is besides its case, its accents and its width. 0: an accent of its own, which is passed over. */
static gunichar
fold (gunichar c)
{
  gunichar base, accent;

  if (c < 0x80)
    return g_ascii_isspace (c) ? ' ' : (gunichar) g_ascii_tolower (c);
  if (c >= 0x3400 && c < 0xa000)
    return c;
  if (c >= 0xff01 && c <= 0xff5e)
    return g_ascii_tolower (c - 0xff01 + 0x21);
  if (g_unichar_isspace (c))
    return ' ';
  if (g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK)
    return 0;
  while (c >= 0xc0 && c < 0x2000 && g_unichar_decompose (c, &base, &accent))
    c = base;
  return g_unichar_tolower (c);
}

/**
 * yj_match_new:
 * @words: what to look for, valid UTF-8
 *
 * Prepares to look for @words as they are, next to each other: in any letter case, with or without accents, full or half
 * width, whatever white space is between them.
 *
 * Returns: (transfer full) (nullable): %NULL when there is nothing in @words
 */
YjMatch *
yj_match_new (const char *words)
{
  g_autofree char *stripped = g_strstrip (g_strdup (words));
  g_autoptr(GArray) letters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  YjMatch *self;

  for (const char *p = stripped; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = fold (g_utf8_get_char (p));

      if (c != 0)
        g_array_append_val (letters, c);
    }
  if (letters->len == 0)
    return NULL;
  self = g_new (YjMatch, 1);
  self->letters = g_steal_pointer (&letters);
  return self;
}

void
yj_match_free (YjMatch *self)
{
  g_array_unref (self->letters);
  g_free (self);
}

/* Behind the match that begins at @p, or NULL. */
static const char *
match_at (YjMatch    *self,
          const char *p)
{
  guint i = 0;

  while (i < self->letters->len)
    {
      gunichar c;

      if (*p == '\0')
        return NULL;
      c = fold (g_utf8_get_char (p));
      p = g_utf8_next_char (p);
      if (c == 0 && i > 0)
        continue;
      if (c != g_array_index (self->letters, gunichar, i))
        return NULL;
      i++;
    }
  /* An accent belongs to its letter. */
  while (*p != '\0' && fold (g_utf8_get_char (p)) == 0)
    p = g_utf8_next_char (p);
  return p;
}

/**
 * yj_match_next:
 * @self: what to look for
 * @text: where, valid UTF-8
 * @from: bytes into @text, at the beginning of a character
 * @start: (out): bytes into @text
 * @end: (out): bytes into @text
 *
 * Returns: whether there is a place from @from on
 */
gboolean
yj_match_next (YjMatch    *self,
               const char *text,
               gsize       from,
               gsize      *start,
               gsize      *end)
{
  gunichar first = g_array_index (self->letters, gunichar, 0);

  for (const char *p = text + from; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *behind;

      if (fold (g_utf8_get_char (p)) != first)
        continue;
      behind = match_at (self, p);
      if (behind == NULL)
        continue;
      *start = p - text;
      *end = behind - text;
      return TRUE;
    }
  return FALSE;
}

/**
 * yj_match_count:
 * @self: what to look for
 * @text: where, valid UTF-8
 *
 * Returns: how many places there are, none within another
 */
guint
yj_match_count (YjMatch    *self,
                const char *text)
{
  gsize start, end = 0;
  guint n = 0;

  while (yj_match_next (self, text, end, &start, &end))
    n++;
  return n;
}

/**
 * yj_match_may_be:
 * @self: what to look for
 * @source: Markdown, valid UTF-8
 *
 * A look that costs little: without all the letters in its source, a text need not be read.
 *
 * Returns: whether the text that @source becomes may have a place
 */
gboolean
yj_match_may_be (YjMatch    *self,
                 const char *source)
{
  guint64 wanted = 0, found = 0;

  for (guint i = 0; i < self->letters->len && i < 64; i++)
    if (g_unichar_isalnum (g_array_index (self->letters, gunichar, i)))
      wanted |= G_GUINT64_CONSTANT (1) << i;
  for (const char *p = source; *p != '\0' && (found & wanted) != wanted; p = g_utf8_next_char (p))
    {
      gunichar c = fold (g_utf8_get_char (p));

      /* An entity may be any letter. */
      if (c == '&')
        return TRUE;
      for (guint i = 0; i < self->letters->len && i < 64; i++)
        if (c == g_array_index (self->letters, gunichar, i))
          found |= G_GUINT64_CONSTANT (1) << i;
    }
  return (found & wanted) == wanted;
}
