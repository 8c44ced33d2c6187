/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sse-parser.h"

#include "yj-error.h"

#include <string.h>

/*
 * The answer of a chat, in whatever form it comes: `data:` lines with or without blank lines between them, bare JSON
 * lines, one whole JSON document on one line or on many, with any line ends, in pieces of any size. What stands on a
 * line of its own is a payload; an object that is not closed at the end of its line goes on in the next ones.
 */

#define LINE_MAX_BYTES (1024 * 1024)            /* of a data: line */
#define WHOLE_MAX_BYTES (16 * 1024 * 1024)      /* of a bare document */
#define TOTAL_MAX_BYTES (32 * 1024 * 1024)

struct _YjSseParser
{
  YjSseFunc      func;
  gpointer       user_data;
  GString       *line;          /* the beginning of a line whose end has not come */
  GString       *open;          /* an object that was not closed at the end of its line */
  YjJsonMatcher  matcher;       /* of open */
  gsize          total;
  gboolean       begun;         /* a line has been seen, so no byte order mark can come */
};

/**
 * yj_sse_parser_new:
 * @func: called with each payload, from within [method@Yj.SseParser.push] and [method@Yj.SseParser.finish]
 * @user_data: data for @func
 *
 * A parser that is pushed bytes and calls with payloads. It holds at most one of them.
 */
YjSseParser *
yj_sse_parser_new (YjSseFunc func,
                   gpointer  user_data)
{
  YjSseParser *self = g_new0 (YjSseParser, 1);

  self->func = func;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->open = g_string_new (NULL);
  return self;
}

/* Frees it; what has not been parsed is dropped. */
void
yj_sse_parser_free (YjSseParser *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->open, TRUE);
  g_free (self);
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
strip (const char **text,
       gsize       *length)
{
  while (*length > 0 && is_space (**text))
    (*text)++, (*length)--;
  while (*length > 0 && is_space ((*text)[*length - 1]))
    (*length)--;
}

static gboolean
starts_with (const char *text,
             gsize       length,
             const char *prefix)
{
  return length >= strlen (prefix) && memcmp (text, prefix, strlen (prefix)) == 0;
}

static void
emit (YjSseParser  *self,
      YjSsePayload  payload,
      const char   *text,
      gsize         length)
{
  self->func (payload, (YjJson) { text, length }, self->user_data);
}

/* One or more objects, or a word. An object that ends later is kept in open. */
static void
take_payload (YjSseParser *self,
              const char  *text,
              gsize        length)
{
  while (length > 0 && *text == '{')
    {
      YjJson value;
      gsize consumed;
      YjJsonScan scan = yj_json_scan (text, length, &value, &consumed);

      if (scan == YJ_JSON_INCOMPLETE)
        {
          self->matcher = (YjJsonMatcher) { 0 };
          yj_json_matcher_push (&self->matcher, text, length);
          g_string_append_len (self->open, text, length);
          return;
        }
      if (scan == YJ_JSON_INVALID)
        break;
      self->func (YJ_SSE_JSON, value, self->user_data);
      text += consumed;
      length -= consumed;
      strip (&text, &length);
    }
  if (length == 6 && memcmp (text, "[DONE]", 6) == 0)
    emit (self, YJ_SSE_DONE, text, length);
  else if (length > 0)
    emit (self, YJ_SSE_TEXT, text, length);
}

/* The open object will not be closed any more. */
static void
give_up_open (YjSseParser *self)
{
  if (self->open->len > 0)
    emit (self, YJ_SSE_TEXT, self->open->str, self->open->len);
  g_string_truncate (self->open, 0);
}

static void
go_on_open (YjSseParser *self,
            const char  *text,
            gsize        length)
{
  g_autoptr(GString) whole = NULL;
  gboolean closed = yj_json_matcher_push (&self->matcher, text, length) >= 0;

  g_string_append_c (self->open, '\n');
  g_string_append_len (self->open, text, length);
  if (!closed)
    return;
  whole = g_steal_pointer (&self->open);
  self->open = g_string_new (NULL);
  take_payload (self, whole->str, whole->len);
  /* The matcher says that it ends here; when the scan does not agree it is no object. */
  give_up_open (self);
}

static void
take_line (YjSseParser *self,
           const char  *text,
           gsize        length)
{
  if (!self->begun && starts_with (text, length, "\xef\xbb\xbf"))
    text += 3, length -= 3;
  self->begun = TRUE;
  strip (&text, &length);
  if (self->open->len > 0)
    {
      if (!starts_with (text, length, "data:"))
        {
          go_on_open (self, text, length);
          return;
        }
      give_up_open (self);
    }
  if (starts_with (text, length, "data:"))
    {
      text += 5, length -= 5;
      strip (&text, &length);
    }
  else if (starts_with (text, length, ":") || starts_with (text, length, "event:")
           || starts_with (text, length, "id:") || starts_with (text, length, "retry:"))
    return;
  take_payload (self, text, length);
}

static const char *
find_line_end (const char *data,
               gsize       length)
{
  const char *lf = memchr (data, '\n', length);
  const char *cr = memchr (data, '\r', lf != NULL ? (gsize) (lf - data) : length);

  return cr != NULL ? cr : lf;
}

static gboolean
check_limits (YjSseParser  *self,
              GError      **error)
{
  gboolean event = starts_with (self->line->str, self->line->len, "data:");
  gsize held = self->line->len + self->open->len;

  if (self->total <= TOTAL_MAX_BYTES && held <= (event ? LINE_MAX_BYTES : WHOLE_MAX_BYTES))
    return TRUE;
  g_set_error_literal (error, YJ_ERROR, YJ_ERROR_PROTOCOL, "The answer is longer than any answer can be");
  return FALSE;
}

/**
 * yj_sse_parser_push:
 * @self: a parser
 * @data: the next bytes of the body, split anywhere
 * @length: how many
 * @error: return location for an error
 *
 * Calls back for each payload that is complete with these bytes. `[DONE]` is taken without its line end too.
 *
 * Returns: %FALSE with %YJ_ERROR_PROTOCOL when a line or the whole is over its limit
 *   (1 MiB a `data:` line, 16 MiB a bare document, 32 MiB in all)
 */
gboolean
yj_sse_parser_push (YjSseParser  *self,
                    const char   *data,
                    gsize         length,
                    GError      **error)
{
  const char *end = data + length;
  const char *eol;
  const char *rest;
  gsize rest_length;

  self->total += length;
  while (data < end && (eol = find_line_end (data, end - data)) != NULL)
    {
      if (self->line->len > 0)
        {
          g_string_append_len (self->line, data, eol - data);
          take_line (self, self->line->str, self->line->len);
          g_string_truncate (self->line, 0);
        }
      else
        take_line (self, data, eol - data);
      data = eol + 1;
    }
  g_string_append_len (self->line, data, end - data);
  if (!check_limits (self, error))
    return FALSE;

  rest = self->line->str;
  rest_length = self->line->len;
  if (starts_with (rest, rest_length, "data:"))
    rest += 5, rest_length -= 5;
  strip (&rest, &rest_length);
  if (rest_length == 6 && memcmp (rest, "[DONE]", 6) == 0)
    {
      take_line (self, self->line->str, self->line->len);
      g_string_truncate (self->line, 0);
    }
  return TRUE;
}

/**
 * yj_sse_parser_finish:
 * @self: a parser
 *
 * Says that the body has ended: what stands on its last line, without a line end, is a payload too. An object that is
 * still open is none: the body was cut there.
 */
void
yj_sse_parser_finish (YjSseParser *self)
{
  if (self->line->len > 0)
    take_line (self, self->line->str, self->line->len);
  g_string_truncate (self->line, 0);
  g_string_truncate (self->open, 0);
}
