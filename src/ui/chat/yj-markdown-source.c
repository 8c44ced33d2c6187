/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-markdown-source"

#include "yj-markdown-source.h"

#include <string.h>

/* CommonMark lets `**` open or close emphasis by what stands on its two sides, and thinks of spaces between words when it
 * does (commonmark-spec issue 650). Chinese has none, so `**“引号”**文字` stays raw. Here a character that is neither space
 * nor punctuation is put between such a mark and the punctuation beside it; the parser then sees a letter, and the
 * character is taken out of all that the parser gives back.
 *
 * Of strikethrough, newer parsers ask that space or punctuation stands outside, older ones ask nothing at all: so that
 * `文字~~旧~~文字` is struck and `10~20元，30~40元` is not, some punctuation is put there, and tildes between words are set aside.
 *
 * Formulas are taken out before parsing and put back after, so that no `_` or `|` in them is read as Markdown. */

#define MAX_INLINE_MATH 1000    /* bytes between the delimiters */
#define MAX_DISPLAY_MATH 10000

typedef enum
{
  MATH_DOLLAR,
  MATH_DOLLARS,
  MATH_PAREN,
  MATH_BRACKET,
  N_MATHS,
} MathKind;

static const struct
{
  const char *open;
  const char *close;
  gboolean    display;
  gsize       max;
} maths[N_MATHS] = {
  [MATH_DOLLAR] = { "$", "$", FALSE, MAX_INLINE_MATH },
  [MATH_DOLLARS] = { "$$", "$$", TRUE, MAX_DISPLAY_MATH },
  [MATH_PAREN] = { "\\(", "\\)", FALSE, MAX_INLINE_MATH },
  [MATH_BRACKET] = { "\\[", "\\]", TRUE, MAX_DISPLAY_MATH },
};

typedef struct
{
  YjMarkdownSource *source;
  const char       *start;
  const char       *end;
  const char       *none_before[N_MATHS];     /* no closing mark up to here */
} Scan;

static void
clear_math (gpointer data)
{
  YjMath *math = data;

  g_free (math->source);
}

/* ---- emphasis */

static gboolean
is_space (gunichar c)
{
  return c == 0 || g_unichar_isspace (c);
}

static gboolean
is_punctuation (gunichar c)
{
  return g_unichar_ispunct (c);
}

/* Quotation marks, dashes and dots that Chinese shares with European writing. */
static gboolean
is_shared (gunichar c)
{
  return (c >= 0x2013 && c <= 0x201f) || c == 0x2026 || c == 0x22ef || c == 0xb7;
}

static gboolean
is_cjk_punctuation (gunichar c,
                    gunichar beyond)
{
  return is_punctuation (c) && (yj_text_is_cjk (c) || (is_shared (c) && yj_text_is_cjk (beyond)));
}

static void
add_step (YjMarkdownSource *source,
          gsize             original)
{
  YjSourceStep step = { source->text->len, original };

  g_array_append_val (source->steps, step);
}

/* @c goes where @at was, and stands for what comes before @original. */
static void
add_own (Scan       *scan,
         gunichar    c,
         const char *original)
{
  g_string_append_unichar (scan->source->text, c);
  add_step (scan->source, original - scan->start);
}

static void
add_joiner (Scan       *scan,
            const char *at)
{
  add_own (scan, YJ_SOURCE_JOINER, at);
}

/* @before, @after: the characters on the two sides of a run of `*`. */
static void
add_stars (Scan       *scan,
           const char *run,
           gsize       length,
           gunichar    before,
           gunichar    after)
{
  gboolean opens = !is_space (after) && (!is_punctuation (after) || is_cjk_punctuation (after, before) || is_space (before) ||
                                         is_punctuation (before) || yj_text_is_cjk (before));
  gboolean closes = !is_space (before) && (!is_punctuation (before) || is_cjk_punctuation (before, after) || is_space (after) ||
                                           is_punctuation (after) || yj_text_is_cjk (after));
  gboolean cjk = yj_text_is_cjk (before) || yj_text_is_cjk (after);

  if (cjk && closes && is_punctuation (before) && !is_space (after))
    add_joiner (scan, run);
  g_string_append_len (scan->source->text, run, length);
  if (cjk && opens && is_punctuation (after) && !is_space (before))
    add_joiner (scan, run + length);
}

static gboolean
is_word (gunichar c)
{
  return !is_space (c) && !is_punctuation (c);
}

/* Whether an address is being written before @p, in which a tilde has its meaning. */
static gboolean
is_in_address (const Scan *scan,
               const char *p)
{
  const char *stop = p - scan->start > 200 ? p - 200 : scan->start;

  for (; p > stop && g_ascii_isgraph (p[-1]); p--)
    if (p[-1] == '/')
      return TRUE;
  return FALSE;
}

/* @before, @after: the characters on the two sides of a run of `~`. */
static void
add_tildes (Scan       *scan,
            const char *run,
            gsize       length,
            gunichar    before,
            gunichar    after)
{
  gboolean inside = !is_space (before) && !is_space (after) && !is_in_address (scan, run);

  if (length == 1 && inside && is_word (before) && is_word (after))
    {
      add_own (scan, YJ_SOURCE_TILDE, run + 1);
      return;
    }
  /* Beside punctuation too: there may be a joiner between. */
  if (length == 2 && inside)
    add_own (scan, YJ_SOURCE_STOP, run);
  g_string_append_len (scan->source->text, run, length);
  if (length == 2 && inside)
    add_own (scan, YJ_SOURCE_STOP, run + length);
}

static gunichar
char_before (const Scan *scan,
             const char *p)
{
  return p > scan->start ? g_utf8_get_char (g_utf8_prev_char (p)) : 0;
}

static gunichar
char_at (const Scan *scan,
         const char *p)
{
  return p < scan->end ? g_utf8_get_char (p) : 0;
}

/* ---- formulas */

/* A formula ends with its paragraph, and a line that opens or ends a code block is none of it. */
static gboolean
ends_paragraph (const char *line,
                const char *end)
{
  while (line < end && (*line == ' ' || *line == '\t'))
    line++;
  return line >= end || *line == '\n' || (end - line >= 3 && (strncmp (line, "```", 3) == 0 || strncmp (line, "~~~", 3) == 0));
}

static const char *
find_close (Scan       *scan,
            MathKind    kind,
            const char *p)
{
  const char *close = maths[kind].close;
  gsize length = strlen (close);
  const char *stop = p + MIN ((gsize) (scan->end - p), maths[kind].max);

  if (scan->none_before[kind] > p)
    return NULL;
  for (; p < stop; p++)
    {
      if (*p == '\n' && (kind == MATH_DOLLAR || ends_paragraph (p + 1, scan->end)))
        break;
      if (*p == '`' && !maths[kind].display)
        break;
      if ((gsize) (scan->end - p) >= length && strncmp (p, close, length) == 0)
        return p;
      if (*p == '\\' && p + 1 < stop && p[1] != '\n')
        p++;
    }
  scan->none_before[kind] = p;
  return NULL;
}

/* Words with nothing of a formula among them: `10 and 20`. */
static gboolean
is_prose (const char *start,
          const char *end,
          gboolean    complete)
{
  guint letters = 0;
  gboolean has_word = FALSE;
  int brackets = 0;

  for (const char *p = start; p <= end; p++)
    {
      char c = p < end ? *p : ' ';

      if (strchr ("\\^_={}+<>|", c) != NULL)
        return FALSE;
      /* One of three letters, or one of two that stands alone. */
      if (!g_ascii_isalpha (c) && letters > 0)
        has_word |= letters >= 3 || (letters == 2 && c == ' ' && p - letters > start && p[-(int) letters - 1] == ' ');
      letters = g_ascii_isalpha (c) ? letters + 1 : 0;
      brackets += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    }
  return has_word || (complete && brackets != 0);
}

/* Money is written with the same sign. */
static gboolean
is_dollar_math (const Scan *scan,
                const char *open,
                const char *close)
{
  gboolean has_command = FALSE;
  gboolean has_cjk = FALSE;

  if (open > scan->start && g_ascii_isalnum (open[-1]))
    return FALSE;
  if (close == open + 1 || g_ascii_isspace (open[1]) || g_ascii_isspace (close[-1]))
    return FALSE;
  if (close + 1 < scan->end && (g_ascii_isalnum (close[1]) || close[1] == '$'))
    return FALSE;
  for (const char *p = open + 1; p < close; p = g_utf8_next_char (p))
    {
      has_command |= *p == '\\';
      has_cjk |= yj_text_is_cjk (g_utf8_get_char (p));
    }
  return has_command || (!has_cjk && !is_prose (open + 1, close, TRUE));
}

/* `\\[1\\]` is also how a bracket is written that is not to begin a link. */
static gboolean
is_bracket_math (const char *open,
                 const char *close)
{
  return g_ascii_isspace (*open) || strcspn (open, "\\^_=") < (gsize) (close - open);
}

static gboolean
is_blank (const char *p,
          const char *end)
{
  while (p < end && g_ascii_isspace (*p))
    p++;
  return p == end;
}

/* Many write `\\begin{align}` alone. It has to begin a line, where nobody would tell of it in a sentence. */
static gboolean
is_environment (const Scan *scan,
                const char *p)
{
  const char *line = p;

  if (scan->end - p < 8 || strncmp (p, "\\begin{", 7) != 0)
    return FALSE;
  while (line > scan->start && (line[-1] == ' ' || line[-1] == '\t' || line[-1] == '>'))
    line--;
  return line == scan->start || line[-1] == '\n';
}

/* The name in `\\begin{name}` at @p when it is that of a formula; "" while it is not complete yet; %NULL for all others. */
static char *
dup_environment (const char *p,
                 const char *end)
{
  static const char * const names[] = {
    "align", "align*", "aligned", "alignat", "alignat*", "array", "bmatrix", "cases", "equation", "equation*", "eqnarray", "eqnarray*",
    "gather", "gather*", "gathered", "matrix", "multline", "multline*", "pmatrix", "split", "vmatrix", NULL,
  };
  const char *brace = memchr (p, '}', MIN (end - p, 20));
  g_autofree char *name = NULL;

  if (brace == NULL)
    return end - p < 20 ? g_strdup ("") : NULL;
  name = g_strndup (p + strlen ("\\begin{"), brace - p - strlen ("\\begin{"));
  return g_strv_contains (names, name) ? g_steal_pointer (&name) : NULL;
}

/* Gives where the environment that begins at @p ends, or %NULL. */
static const char *
find_environment_end (Scan       *scan,
                      const char *p)
{
  const char *stop = p + MIN ((gsize) (scan->end - p), MAX_DISPLAY_MATH);
  g_autofree char *name = dup_environment (p, scan->end);
  g_autofree char *end = NULL;

  if (name == NULL || *name == '\0')
    return NULL;
  end = g_strdup_printf ("\\end{%s}", name);
  for (const char *q = p + 1; q < stop; q++)
    {
      if (*q == '\n' && ends_paragraph (q + 1, scan->end))
        break;
      if (*q == '\\' && (gsize) (stop - q) >= strlen (end) && strncmp (q, end, strlen (end)) == 0)
        return q + strlen (end);
    }
  return NULL;
}

static const char *
add_math (Scan       *scan,
          const char *p,
          const char *end,
          gboolean    display)
{
  YjMath math = { g_strndup (p, end - p), p - scan->start, end - scan->start, display };

  add_step (scan->source, math.start);
  g_string_append_unichar (scan->source->text, YJ_SOURCE_MATH_BEGIN);
  g_string_append_printf (scan->source->text, "%u", scan->source->maths->len);
  g_string_append_unichar (scan->source->text, YJ_SOURCE_MATH_END);
  add_step (scan->source, math.end);
  g_array_append_val (scan->source->maths, math);
  return end;
}

/* Puts a formula that begins at @p into the list; gives where it ends, or @p when there is none. */
static const char *
take_math (Scan       *scan,
           const char *p)
{
  MathKind kind;
  const char *open;
  const char *close;

  if (is_environment (scan, p))
    {
      close = find_environment_end (scan, p);
      return close != NULL ? add_math (scan, p, close, TRUE) : p;
    }
  if (*p == '$')
    kind = p + 1 < scan->end && p[1] == '$' ? MATH_DOLLARS : MATH_DOLLAR;
  else
    kind = p[1] == '(' ? MATH_PAREN : MATH_BRACKET;
  open = p + strlen (maths[kind].open);
  close = find_close (scan, kind, open);
  if (close == NULL || (kind == MATH_DOLLAR && !is_dollar_math (scan, p, close)) ||
      (kind == MATH_DOLLARS && *open == ' ' && memchr (open, '\n', close - open) == NULL && is_prose (open, close, TRUE)) ||
      (kind == MATH_BRACKET && !is_bracket_math (open, close)))
    return p;

  if (is_blank (open, close))
    return p;
  return add_math (scan, p, close + strlen (maths[kind].close), maths[kind].display);
}

/* ---- both */

static void
scan_text (Scan *scan)
{
  GString *target = scan->source->text;
  const char *p = scan->start;

  while (p < scan->end)
    {
      const char *next = p + strcspn (p, "*~\\$");

      next = MIN (next, scan->end);
      g_string_append_len (target, p, next - p);
      p = next;
      if (p == scan->end)
        break;

      if (*p == '*' || *p == '~')
        {
          gsize length = strspn (p, *p == '*' ? "*" : "~");

          length = MIN (length, (gsize) (scan->end - p));
          (*p == '*' ? add_stars : add_tildes) (scan, p, length, char_before (scan, p), char_at (scan, p + length));
          p += length;
          continue;
        }
      if (*p == '$' || (p + 1 < scan->end && (p[1] == '(' || p[1] == '[')) || is_environment (scan, p))
        {
          next = take_math (scan, p);
          if (next != p)
            {
              p = next;
              continue;
            }
        }
      /* A sign after a backslash is itself. */
      next = *p == '\\' && p + 1 < scan->end && g_ascii_ispunct (p[1]) ? p + 2 : p + 1;
      if (*p == '$' && next < scan->end && *next == '$')
        next++;
      g_string_append_len (target, p, next - p);
      p = next;
    }
}

/**
 * yj_markdown_source_new:
 * @text: (array length=length): UTF-8, neutralised by [func@Yj.text_neutralise], with a NUL or more text after its end
 * @length: bytes
 *
 * Makes @text ready for a CommonMark parser that knows neither Chinese nor formulas.
 *
 * Formulas are `$…$` on one line, `\(…\)`, `$$…$$` and `\[…\]`, within a paragraph; amounts of money are none.
 *
 * Returns: (transfer full): what to parse
 */
YjMarkdownSource *
yj_markdown_source_new (const char *text,
                        gsize       length)
{
  YjMarkdownSource *self = g_new0 (YjMarkdownSource, 1);
  Scan scan = { self, text, text + length, { NULL, } };

  self->text = g_string_sized_new (length + 16);
  self->maths = g_array_new (FALSE, FALSE, sizeof (YjMath));
  g_array_set_clear_func (self->maths, clear_math);
  self->steps = g_array_new (FALSE, FALSE, sizeof (YjSourceStep));
  scan_text (&scan);
  return self;
}

void
yj_markdown_source_free (YjMarkdownSource *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->maths);
  g_array_unref (self->steps);
  g_free (self);
}

/**
 * yj_markdown_source_math:
 * @self: a source
 * @p: (inout): where a `YJ_SOURCE_MATH_BEGIN` stands; moved behind the formula
 * @end: end of the text around @p
 *
 * Returns: (nullable): the formula that stands there, or %NULL (and @p moved by one character)
 */
const YjMath *
yj_markdown_source_math (const YjMarkdownSource  *self,
                         const char             **p,
                         const char              *end)
{
  const char *q = g_utf8_next_char (*p);
  guint64 number = 0;

  *p = q;
  while (q < end && g_ascii_isdigit (*q) && number < self->maths->len)
    number = number * 10 + (*q++ - '0');
  if (q >= end || g_utf8_get_char (q) != YJ_SOURCE_MATH_END || number >= self->maths->len)
    return NULL;
  *p = g_utf8_next_char (q);
  return &g_array_index (self->maths, YjMath, number);
}

/* Whether a formula may have begun with the sign at @p, of which more is to come. */
static gboolean
may_open (Scan       *scan,
          const char *p)
{
  gsize left = scan->end - p;
  gsize patience = p == scan->start || p[-1] == '\n' ? 3000 : 300;

  if (is_environment (scan, p))
    {
      g_autofree char *name = dup_environment (p, scan->end);

      return name != NULL && left < patience;
    }
  if (*p == '\\' && p[1] == '[' && left > 40 && !is_bracket_math (p + 2, scan->end))
    return FALSE;
  if (*p == '\\' || (left >= 2 && p[1] == '$'))
    return left < patience;
  if (left >= 60 || (p > scan->start && g_ascii_isalnum (p[-1])))
    return FALSE;
  for (const char *q = p + 1; q < scan->end; q++)
    if (*q == '\n' || *q == '`' || (guchar) *q >= 0xe0)
      return FALSE;
  return left == 1 || (!g_ascii_isspace (p[1]) && !g_ascii_isdigit (p[1]) && !is_prose (p + 1, scan->end, FALSE));
}

/**
 * yj_markdown_source_find_open:
 * @text: (array length=length): UTF-8, neutralised, at whose end more will come; no code block is open there
 * @length: bytes
 *
 * Finds the formula that is still being written: it is not to be seen before its closing mark arrives.
 *
 * Returns: bytes up to where it begins; @length where there is none
 */
gsize
yj_markdown_source_find_open (const char *text,
                              gsize       length)
{
  g_autoptr(YjMarkdownSource) source = g_new0 (YjMarkdownSource, 1);
  const char *start = text + length;
  Scan scan = { source, text, text + length, { NULL, } };

  source->text = g_string_new (NULL);
  source->maths = g_array_new (FALSE, FALSE, sizeof (YjMath));
  source->steps = g_array_new (FALSE, FALSE, sizeof (YjSourceStep));
  g_array_set_clear_func (source->maths, clear_math);
  /* Formulas end with their paragraph. */
  while (start > text && !(start[-1] == '\n' && (start == scan.end ? FALSE : *start == '\n')))
    start--;
  for (const char *p = start; p < scan.end;)
    {
      const char *next = p;

      if (*p == '`')
        {
          const char *close = memchr (p + 1, '`', scan.end - p - 1);

          p = close != NULL ? close + 1 : scan.end;
          continue;
        }
      if (*p == '$' || (*p == '\\' && p + 1 < scan.end && (p[1] == '(' || p[1] == '[')) || is_environment (&scan, p))
        {
          next = take_math (&scan, p);
          if (next == p && may_open (&scan, p))
            return p - text;
        }
      if (next == p)
        next = (*p == '\\' || *p == '$') && p + 1 < scan.end && (p[1] == *p || *p == '\\') ? p + 2 : p + 1;
      p = next;
    }
  return length;
}

/**
 * yj_markdown_source_locate:
 * @self: a source
 * @at: bytes into what is parsed
 *
 * Returns: bytes into the original text: the same place, or the beginning of a formula that @at lies in
 */
gsize
yj_markdown_source_locate (const YjMarkdownSource *self,
                           gsize                   at)
{
  guint low = 0, high = self->steps->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->steps, YjSourceStep, middle).at <= at)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return at;
  return g_array_index (self->steps, YjSourceStep, low - 1).original + (at - g_array_index (self->steps, YjSourceStep, low - 1).at);
}

/**
 * yj_markdown_source_own:
 * @p: a place in what the parser gave back; may be within a character
 *
 * Returns: the character at @p if it is one of those that were put in, else 0
 */
gunichar
yj_markdown_source_own (const char *p)
{
  gunichar c;

  /* The first bytes of all of them in UTF-8: most text is passed by quickly. */
  if ((guchar) *p != 0xef && (guchar) *p != 0xf0)
    return 0;
  c = g_utf8_get_char (p);
  return (c >= YJ_SOURCE_JOINER && c <= YJ_SOURCE_TILDE) || c == YJ_SOURCE_STOP ? c : 0;
}

/**
 * yj_markdown_source_restore:
 * @self: a source
 * @text: a piece that the parser gave back
 * @length: bytes
 * @target: grows
 *
 * Appends @text as its author wrote it, formulas with their delimiters.
 */
void
yj_markdown_source_restore (const YjMarkdownSource *self,
                            const char             *text,
                            gsize                   length,
                            GString                *target)
{
  const char *p = text;
  const char *end = text + length;

  while (p < end)
    {
      const char *run = p;
      gunichar c = 0;

      while (p < end && (c = yj_markdown_source_own (p)) == 0)
        p++;
      g_string_append_len (target, run, p - run);
      if (p == end)
        break;
      if (c == YJ_SOURCE_MATH_BEGIN)
        {
          const YjMath *math = yj_markdown_source_math (self, &p, end);

          if (math != NULL)
            g_string_append (target, math->source);
        }
      else
        {
          p = g_utf8_next_char (p);
          if (c == YJ_SOURCE_TILDE)
            g_string_append_c (target, '~');
        }
    }
}
