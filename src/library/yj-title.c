/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-title"

#include "yj-attachment.h"
#include "yj-title.h"

#include <string.h>

#define MAX_WIDTH 40            /* in half characters: an ideograph is two wide */
#define MIN_WIDTH 8             /* a sentence as short as a greeting says nothing yet */
#define LOOKED_AT 4096          /* bytes of a question */

static int
get_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

/* ---------------------------------------------------------------- without marks */

/* Behind what makes a line a heading, a quotation, an item of a list. */
static const char *
skip_line_marks (const char *line)
{
  const char *p = line;

  for (;;)
    {
      const char *digits;

      while (*p != '\n' && g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      line = p;
      for (digits = p; g_ascii_isdigit (*digits); digits++)
        ;
      if (digits > p && digits - p < 4 && (*digits == '.' || *digits == ')') && digits[1] == ' ')
        return digits + 2;
      while (*p == '#' || *p == '>')
        p++;
      if (p == line && (*p == '-' || *p == '*' || *p == '+') && p[1] == ' ')
        p += 2;
      if (p == line)
        return p;
    }
}

static gboolean
is_fence (const char *line)
{
  return g_str_has_prefix (line, "```") || g_str_has_prefix (line, "~~~");
}

/* Where the name of a link ends, when one begins at @p: its ]. */
static const char *
find_link_end (const char *p)
{
  const char *end = strpbrk (p + 1, "[]\n");

  return end != NULL && *end == ']' && end[1] == '(' && strcspn (end, ")\n") < strcspn (end, "\n") ? end : NULL;
}

/* Appends a line as it reads, white space of any kind as one space. */
static void
append_line (GString    *target,
             const char *line,
             const char *end)
{
  const char *link_end = NULL;

  for (const char *p = line; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (*p == '`' || ((*p == '*' || *p == '_' || *p == '~') && p + 1 < end && p[1] == *p))
        p += *p == '`' ? 0 : 1;
      else if (*p == '!' && p[1] == '[' && find_link_end (p + 1) != NULL)
        continue;
      else if (*p == '[' && link_end == NULL && (link_end = find_link_end (p)) != NULL)
        continue;
      else if (p == link_end)
        {
          p += strcspn (p, ")");
          link_end = NULL;
        }
      else if (g_unichar_isspace (c))
        {
          if (target->len > 0 && target->str[target->len - 1] != ' ')
            g_string_append_c (target, ' ');
        }
      else if (!g_unichar_iscntrl (c))
        g_string_append_unichar (target, c);
    }
}

static gboolean
has_word (const char *line)
{
  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* What the question says first: its first line with a word in it, else the first with anything. Code between fences is
 * taken only when asked for. */
static GString *
read_line (const char *question,
           gboolean    code)
{
  GString *line = g_string_new (NULL);
  g_autofree char *wordless = NULL;
  gboolean fenced = FALSE;
  const char *next;

  for (const char *p = question; p != NULL && *p != '\0' && p - question < LOOKED_AT; p = next)
    {
      const char *start = skip_line_marks (p);

      next = strchr (start, '\n');
      if (is_fence (start))
        {
          fenced = !fenced && !code;
          next = next != NULL ? next + 1 : NULL;
          continue;
        }
      if (!fenced)
        {
          append_line (line, start, next != NULL ? next : start + strlen (start));
          if (has_word (line->str))
            break;
          if (line->len > 0 && wordless == NULL)
            wordless = g_strdup (line->str);
          g_string_truncate (line, 0);
        }
      next = next != NULL ? next + 1 : NULL;
    }
  if (line->len == 0 && wordless != NULL)
    g_string_assign (line, wordless);
  g_strchomp (line->str);
  line->len = strlen (line->str);
  return line;
}

/* ---------------------------------------------------------------- the first sentence */

static gboolean
ends_sentence (const char *p)
{
  switch ((int) g_utf8_get_char (p))
    {
    case 0x3002:                /* 。 */
    case 0xff01:                /* ！ */
    case 0xff1f:                /* ？ */
    case 0xff1b:                /* ； */
    case '!':
    case '?':
    case ';':
      return TRUE;
    case '.':
      return p[1] == ' ' || p[1] == '\0';
    default:
      return FALSE;
    }
}

static gboolean
ends_clause (gunichar c)
{
  return c == 0xff0c || c == 0x3001 || c == ',' || c == 0xff1a || c == ':' || c == 0x2014;
}

/* The byte behind the first sentence that says something. */
static gsize
find_sentence_end (const char *line)
{
  int width = 0;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      width += get_width (g_utf8_get_char (p));
      if (!ends_sentence (p) || width < MIN_WIDTH)
        continue;
      p = g_utf8_next_char (p);
      while (*p != '\0' && ends_sentence (p))
        p = g_utf8_next_char (p);
      return p - line;
    }
  return strlen (line);
}

/* Full stops and clause marks say nothing at the end of a title; what asks or calls does. */
static void
chop_end (GString *title)
{
  while (title->len > 0)
    {
      const char *last = g_utf8_prev_char (title->str + title->len);
      gunichar c = g_utf8_get_char (last);

      if (c != 0x3002 && c != 0xff1b && c != ';' && c != ' ' && !ends_clause (c) &&
          !(c == '.' && !g_str_has_suffix (title->str, "..")))
        break;
      if (last == title->str)
        break;
      g_string_truncate (title, last - title->str);
    }
}

/* Cuts what is too wide: behind a clause, else between words, else between characters. */
static void
cut (GString *title)
{
  gsize clause = 0, word = 0, end = 0;
  gunichar before = 0;
  int width = 0;

  for (const char *p = title->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += get_width (c);
      /* Room for the … */
      if (width <= MAX_WIDTH - 1 || get_width (c) == 0)
        end = g_utf8_next_char (p) - title->str;
      if (width > MAX_WIDTH)
        break;
      if (width > MAX_WIDTH / 2 && ends_clause (c))
        clause = p - title->str;
      if (width > MAX_WIDTH / 2 && width < MAX_WIDTH && (c == ' ' || g_unichar_iswide (c) || g_unichar_iswide (before)))
        word = c == ' ' || !g_unichar_iswide (c) ? (gsize) (p - title->str) : end;
      before = c;
    }
  if (width <= MAX_WIDTH)
    return;
  g_string_truncate (title, clause > 0 ? clause : word > 0 ? word : end);
  chop_end (title);
  g_string_append (title, "…");
}

/**
 * yj_title_make:
 * @question: a question as it was typed, valid UTF-8
 *
 * Makes a short name for a conversation from its first question, here and without asking anybody: the first sentence
 * that says more than a greeting, without Markdown's marks, cut where a clause or a word ends when it is wider than 20
 * ideographs or 40 Latin letters.
 *
 * Returns: (transfer full): one line; empty when there is nothing in @question
 */
char *
yj_title_make (const char *question)
{
  g_autoptr(GString) title = NULL;
  g_autoptr(GListModel) attachments = NULL;
  g_autoptr(YjAttachment) first = NULL;
  const char *body;

  g_return_val_if_fail (question != NULL, NULL);

  /* What was typed; when that is nothing, what the first attachment is called. */
  body = yj_attachment_get_body (question);
  if (*body == '\0' && body != question)
    {
      attachments = yj_attachment_parse (question);
      first = g_list_model_get_item (attachments, 0);
      body = yj_attachment_get_name (first);
    }
  question = body;
  title = read_line (question, FALSE);
  if (!has_word (title->str))
    {
      g_string_free (title, TRUE);
      title = read_line (question, TRUE);
    }
  g_string_truncate (title, find_sentence_end (title->str));
  chop_end (title);
  cut (title);
  return g_string_free_and_steal (g_steal_pointer (&title));
}
