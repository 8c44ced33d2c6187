/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the helper says: one line of JSON, after it the bytes of a picture. It ends with its answer. */

#include "yj-answer.h"

#include <errno.h>
#include <unistd.h>

static void
write_all (gconstpointer data,
           gsize         length)
{
  const char *at = data;

  while (length > 0)
    {
      ssize_t written = write (STDOUT_FILENO, at, length);

      if (written < 0 && errno != EINTR)
        _exit (1);
      if (written > 0)
        {
          at += written;
          length -= written;
        }
    }
}

/**
 * yj_answer:
 * @facts: a builder whose object is complete
 * @payload: (array length=length) (nullable): what follows the line
 * @length: bytes
 *
 * Writes the answer and ends the process, at once: other threads may still be decoding.
 */
void
yj_answer (JsonBuilder   *facts,
           gconstpointer  payload,
           gsize          length)
{
  g_autoptr(JsonNode) root = json_builder_get_root (facts);
  g_autofree char *line = json_to_string (root, FALSE);

  write_all (line, strlen (line));
  write_all ("\n", 1);
  write_all (payload, length);
  _exit (0);
}

/**
 * yj_answer_error:
 * @code: for the caller of the helper
 * @format: as printf () takes it
 * @...: and its arguments
 *
 * Writes `{"error": code, "message": …}` and ends the process.
 */
void
yj_answer_error (YjMediaError  code,
                 const char   *format,
                 ...)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *message = NULL;
  g_autofree char *valid = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  valid = g_utf8_make_valid (message, -1);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_add_int_value (builder, code);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, valid);
  json_builder_end_object (builder);
  yj_answer (builder, NULL, 0);
}
