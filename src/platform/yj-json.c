/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-json.h"

#include <string.h>

/*
 * Reading what the platform sends, which is JSON and sometimes what Python prints instead of it.
 *
 * A text is checked once, for syntax and depth; after that values are spans of it. Nothing is built, so that ids keep
 * all their digits, the end of one document and the start of the next are known, an answer of 50,000 chunks costs next
 * to nothing, and a hostile document costs no memory. Strings in single quotes and the words None, True, False, NaN
 * and Infinity are taken too: the platform prints them.
 */

typedef struct
{
  const char *end;
  gboolean    incomplete;
} Scan;

static inline const char *
skip_space (const char *p,
            const char *end)
{
  while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;
  return p;
}

/* From the opening quote to behind the closing one. */
static const char *
skip_string (Scan       *scan,
             const char *p)
{
  char quote = *p++;

  while (p < scan->end && *p != quote)
    p += *p == '\\' && p + 1 < scan->end ? 2 : 1;
  if (p >= scan->end)
    {
      scan->incomplete = TRUE;
      return NULL;
    }
  return p + 1;
}

static gboolean
is_number (const char *p,
           const char *end)
{
  gboolean digits = FALSE;

  if (p < end && *p == '-')
    p++;
  for (; p < end && g_ascii_isdigit (*p); p++)
    digits = TRUE;
  if (p < end && *p == '.')
    for (p++; p < end && g_ascii_isdigit (*p); p++)
      digits = TRUE;
  if (digits && p < end && (*p == 'e' || *p == 'E'))
    {
      p++;
      if (p < end && (*p == '-' || *p == '+'))
        p++;
      digits = p < end;
      while (p < end && g_ascii_isdigit (*p))
        p++;
    }
  return digits && p == end;
}

static const char *
skip_scalar (Scan       *scan,
             const char *p)
{
  static const char *const words[] = { "null", "true", "false", "None", "True", "False", "NaN", "Infinity", "-Infinity" };
  const char *start = p;

  while (p < scan->end && (g_ascii_isalnum (*p) || *p == '-' || *p == '+' || *p == '.'))
    p++;
  if (is_number (start, p))
    return p;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((gsize) (p - start) == strlen (words[i]) && memcmp (start, words[i], p - start) == 0)
      return p;
  scan->incomplete = p == scan->end;
  return NULL;
}

static const char *
skip_value (Scan       *scan,
            const char *p,
            guint       depth)
{
  char close;

  if (p >= scan->end)
    {
      scan->incomplete = TRUE;
      return NULL;
    }
  if (*p == '"' || *p == '\'')
    return skip_string (scan, p);
  if (*p != '{' && *p != '[')
    return skip_scalar (scan, p);
  if (depth >= YJ_JSON_MAX_DEPTH)
    return NULL;

  close = *p == '{' ? '}' : ']';
  p = skip_space (p + 1, scan->end);
  if (p < scan->end && *p == close)
    return p + 1;
  while (p < scan->end)
    {
      if (close == '}')
        {
          if (*p != '"' && *p != '\'')
            return NULL;
          p = skip_string (scan, p);
          if (p == NULL)
            return NULL;
          p = skip_space (p, scan->end);
          if (p >= scan->end)
            break;
          if (*p != ':')
            return NULL;
          p = skip_space (p + 1, scan->end);
        }
      p = skip_value (scan, p, depth + 1);
      if (p == NULL)
        return NULL;
      p = skip_space (p, scan->end);
      if (p >= scan->end)
        break;
      if (*p == close)
        return p + 1;
      if (*p != ',')
        return NULL;
      p = skip_space (p + 1, scan->end);
    }
  scan->incomplete = TRUE;
  return NULL;
}

/**
 * yj_json_scan:
 * @text: text, not necessarily terminated
 * @length: bytes in @text
 * @value: (out): the value found, a span of @text
 * @consumed: (out) (optional): bytes up to the end of the value
 *
 * Checks the first value in @text. What follows it is not looked at.
 *
 * Values nested deeper than %YJ_JSON_MAX_DEPTH are invalid.
 */
YjJsonScan
yj_json_scan (const char *text,
              gsize       length,
              YjJson     *value,
              gsize      *consumed)
{
  Scan scan = { text + length, FALSE };
  const char *start = skip_space (text, scan.end);
  const char *end = skip_value (&scan, start, 0);

  *value = (YjJson) { NULL, 0 };
  if (end == NULL)
    return scan.incomplete ? YJ_JSON_INCOMPLETE : YJ_JSON_INVALID;
  *value = (YjJson) { start, end - start };
  if (consumed != NULL)
    *consumed = end - text;
  return YJ_JSON_COMPLETE;
}

/**
 * yj_json_matcher_push:
 * @self: a matcher, all zero at the start of an object or array
 * @text: the next bytes
 * @length: how many
 *
 * Returns: how many bytes of @text belong to the value when it ends in them, else -1
 */
gssize
yj_json_matcher_push (YjJsonMatcher *self,
                      const char    *text,
                      gsize          length)
{
  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (self->escaped)
        self->escaped = FALSE;
      else if (self->quote != 0)
        {
          if (c == '\\')
            self->escaped = TRUE;
          else if (c == self->quote)
            self->quote = 0;
        }
      else if (c == '"' || c == '\'')
        self->quote = c;
      else if (c == '{' || c == '[')
        self->depth++;
      else if ((c == '}' || c == ']') && (self->depth == 0 || --self->depth == 0))
        return i + 1;
    }
  return -1;
}

/* Starts going through the members of an object or the elements of an array; anything else has none. */
void
yj_json_iter_init (YjJsonIter *iter,
                   YjJson      container)
{
  iter->object = yj_json_is_object (container);
  iter->next = iter->object || yj_json_is_array (container) ? container.start + 1 : NULL;
  iter->end = container.start + container.length;
}

/* The next member (@name: its quoted name) or element (@name: absent). */
gboolean
yj_json_iter_next (YjJsonIter *iter,
                   YjJson     *name,
                   YjJson     *value)
{
  Scan scan = { iter->end, FALSE };
  const char *p;
  const char *end;

  if (iter->next == NULL)
    return FALSE;
  p = skip_space (iter->next, iter->end);
  if (*p == ',')
    p = skip_space (p + 1, iter->end);
  if (*p == '}' || *p == ']')
    return FALSE;
  *name = (YjJson) { NULL, 0 };
  if (iter->object)
    {
      end = skip_string (&scan, p);
      *name = (YjJson) { p, end - p };
      p = skip_space (end, iter->end);
      p = skip_space (p + 1, iter->end);
    }
  end = skip_value (&scan, p, 0);
  *value = (YjJson) { p, end - p };
  iter->next = end;
  return TRUE;
}

gboolean
yj_json_is_object (YjJson value)
{
  return value.start != NULL && *value.start == '{';
}

gboolean
yj_json_is_array (YjJson value)
{
  return value.start != NULL && *value.start == '[';
}

gboolean
yj_json_is_string (YjJson value)
{
  return value.start != NULL && (*value.start == '"' || *value.start == '\'');
}

/* Missing, `null` and `None` are the same: not there. */
gboolean
yj_json_is_absent (YjJson value)
{
  return value.start == NULL || *value.start == 'n' || (*value.start == 'N' && value.start[1] == 'o');
}

/* Whether a string, which may be a name, is @text. */
gboolean
yj_json_equals (YjJson      string,
                const char *text)
{
  g_autofree char *decoded = NULL;

  if (!yj_json_is_string (string))
    return FALSE;
  /* Nearly all names differ in their first letter. */
  if (string.start[1] != *text && string.start[1] != '\\' && string.length > 2)
    return FALSE;
  if (memchr (string.start, '\\', string.length) == NULL)
    return string.length == strlen (text) + 2 && memcmp (string.start + 1, text, string.length - 2) == 0;
  decoded = yj_json_dup_string (string);
  return g_str_equal (decoded, text);
}

/* The member @name of an object, the last one when there are several; absent when @object is none. */
YjJson
yj_json_get (YjJson      object,
             const char *name)
{
  YjJson found = { NULL, 0 };
  YjJson member;
  YjJson value;
  YjJsonIter iter;

  if (!yj_json_is_object (object))
    return found;
  yj_json_iter_init (&iter, object);
  while (yj_json_iter_next (&iter, &member, &value))
    if (yj_json_equals (member, name))
      found = value;
  return found;
}

/* The last element of an array; absent when there is none. */
YjJson
yj_json_get_last (YjJson array)
{
  YjJson found = { NULL, 0 };
  YjJson name;
  YjJsonIter iter;

  yj_json_iter_init (&iter, array);
  while (yj_json_is_array (array) && yj_json_iter_next (&iter, &name, &found))
    ;
  return found;
}

static int
hex (const char *p,
     const char *end,
     int         digits)
{
  int value = 0;

  if (end - p < digits)
    return -1;
  for (int i = 0; i < digits; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (p[i]);
    }
  return value;
}

/* Decodes the escape behind a backslash at @p and returns what follows it. */
static const char *
append_escape (const char *p,
               const char *end,
               GString    *into)
{
  static const char from[] = "bfnrt";
  static const char to[] = "\b\f\n\r\t";
  const char *plain = *p == '\0' ? NULL : strchr (from, *p);
  int digits = *p == 'u' ? 4 : *p == 'U' ? 8 : *p == 'x' ? 2 : 0;
  int code = digits > 0 ? hex (p + 1, end, digits) : -1;

  if (code < 0)
    {
      g_string_append_c (into, plain != NULL ? to[plain - from] : *p);
      return p + 1;
    }
  p += 1 + digits;
  if (code >= 0xd800 && code < 0xdc00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u')
    {
      int low = hex (p + 2, end, 4);

      if (low >= 0xdc00 && low < 0xe000)
        {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          p += 6;
        }
    }
  /* A lone surrogate or a NUL has no place in a C string of UTF-8. */
  g_string_append_unichar (into, code != 0 && g_unichar_validate (code) ? (gunichar) code : 0xfffd);
  return p;
}

/**
 * yj_json_append_string:
 * @value: a value
 * @into: where its text goes
 *
 * Appends the text of a string, escapes undone and made valid UTF-8.
 *
 * Returns: whether @value is a string
 */
gboolean
yj_json_append_string (YjJson   value,
                       GString *into)
{
  gsize before = into->len;
  const char *p;
  const char *end;

  if (!yj_json_is_string (value))
    return FALSE;
  p = value.start + 1;
  end = value.start + value.length - 1;
  while (p < end)
    {
      const char *backslash = memchr (p, '\\', end - p);

      g_string_append_len (into, p, (backslash != NULL ? backslash : end) - p);
      if (backslash == NULL)
        break;
      p = append_escape (backslash + 1, end, into);
    }
  if (!g_utf8_validate_len (into->str + before, into->len - before, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (into->str + before, into->len - before);

      g_string_truncate (into, before);
      g_string_append (into, valid);
    }
  return TRUE;
}

/* The text of a string; %NULL for anything else. */
char *
yj_json_dup_string (YjJson value)
{
  GString *text;

  if (!yj_json_is_string (value))
    return NULL;
  text = g_string_sized_new (value.length);
  yj_json_append_string (value, text);
  return g_string_free_and_steal (text);
}

/* The text of a string, or a number with all its digits; %NULL for anything else. Ids are read so. */
char *
yj_json_dup_text (YjJson value)
{
  if (value.start != NULL && (g_ascii_isdigit (*value.start) || *value.start == '-'))
    return g_strndup (value.start, value.length);
  return yj_json_dup_string (value);
}

static void
append_json (YjJson   value,
             GString *into)
{
  gboolean object = yj_json_is_object (value);
  gboolean first = TRUE;
  YjJson name;
  YjJson child;
  YjJsonIter iter;

  if (yj_json_is_string (value))
    {
      g_autofree char *text = yj_json_dup_string (value);
      yj_json_quote (into, text);
    }
  else if (object || yj_json_is_array (value))
    {
      g_string_append_c (into, object ? '{' : '[');
      yj_json_iter_init (&iter, value);
      while (yj_json_iter_next (&iter, &name, &child))
        {
          if (!first)
            g_string_append (into, ", ");
          first = FALSE;
          if (object)
            {
              append_json (name, into);
              g_string_append (into, ": ");
            }
          append_json (child, into);
        }
      g_string_append_c (into, object ? '}' : ']');
    }
  else if (*value.start == 'T' || *value.start == 'F')
    g_string_append (into, *value.start == 'T' ? "true" : "false");
  else if (*value.start == 'N' || memchr (value.start, 'I', value.length) != NULL)
    g_string_append (into, "null");
  else
    g_string_append_len (into, value.start, value.length);
}

/* The value as proper JSON, numbers with the digits they came with, members in their order. */
char *
yj_json_dup_json (YjJson value)
{
  GString *text = g_string_sized_new (value.length + 1);

  if (value.start != NULL)
    append_json (value, text);
  return g_string_free_and_steal (text);
}

/* A number, or a string that is one, as a whole number; @fallback for anything else or out of range. */
gint64
yj_json_get_integer (YjJson value,
                     gint64 fallback)
{
  g_autofree char *text = yj_json_dup_text (value);
  double number;
  char *end;

  if (text == NULL || *text == '\0')
    return fallback;
  number = g_ascii_strtod (text, &end);
  if (*end != '\0' || !(number > -9e15 && number < 9e15))
    return fallback;
  return (gint64) number;
}

/**
 * yj_json_quote:
 * @into: where it goes
 * @text: UTF-8 text
 *
 * Appends @text as a JSON string. Other than ASCII stays as it is.
 */
void
yj_json_quote (GString    *into,
               const char *text)
{
  g_string_append_c (into, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (into, '\\');
      if (*p == '\n')
        g_string_append (into, "\\n");
      else if (*p == '\t')
        g_string_append (into, "\\t");
      else if (*p == '\r')
        g_string_append (into, "\\r");
      else if ((guchar) *p < 0x20 || *p == 0x7f)
        g_string_append_printf (into, "\\u%04x", (guchar) *p);
      else
        g_string_append_c (into, *p);
    }
  g_string_append_c (into, '"');
}
