/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text out of files of all kinds and encodings. */
#define G_LOG_DOMAIN "yj-attachment"

#include "yj-attachment.h"

#include <string.h>

#include "yj-bounded-read.h"

static gboolean
is_common_chinese (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3000 && c <= 0x303f) || (c >= 0xff00 && c <= 0xffef) ||
         c == 0xb7 || (c >= 0x2010 && c <= 0x2027);
}

/* Bytes of another encoding often pass for GB18030, but not for Chinese as it is written. */
static gboolean
reads_as_chinese (const char *text)
{
  gsize common = 0, other = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80)
        continue;
      if (is_common_chinese (c))
        common++;
      else
        other++;
    }
  return common >= 3 * other;
}

/* Text has line ends, tabs and page breaks, and the escapes of a terminal's log; nothing else of that kind. */
static gboolean
has_controls (const char *bytes,
              gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) bytes[i] < 0x20 && strchr ("\t\n\v\f\r\b\033", bytes[i]) == NULL)
      return TRUE;
  return FALSE;
}

static char *
decode (const char *bytes,
        gsize       length)
{
  g_autofree char *text = NULL;

  if (length >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0))
    {
      text = g_convert (bytes + 2, (gssize) length - 2, "UTF-8", *bytes == '\xff' ? "UTF-16LE" : "UTF-16BE", NULL, &length, NULL);
      return text != NULL && strlen (text) == length ? g_steal_pointer (&text) : NULL;
    }
  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      length -= 3;
    }
  if (memchr (bytes, '\0', length) != NULL)
    return NULL;
  if (g_utf8_validate (bytes, (gssize) length, NULL))
    return g_strndup (bytes, length);
  text = g_convert (bytes, (gssize) length, "UTF-8", "GB18030", NULL, NULL, NULL);
  return text != NULL && reads_as_chinese (text) ? g_steal_pointer (&text) : NULL;
}

static void
unify_line_ends (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    {
      if (*from == '\r' && from[1] == '\n')
        continue;
      *to++ = *from == '\r' ? '\n' : *from;
    }
  *to = '\0';
}

/**
 * yj_attachment_decode:
 * @bytes: what a file holds
 * @length: its bytes
 * @error: return location
 *
 * Reads UTF-8, UTF-16 with its mark, and GB18030 (with it GBK and GB2312). Line ends become `\n`. Fails with
 * `YJ_ATTACHMENT_ERROR_EMPTY`, `YJ_ATTACHMENT_ERROR_NOT_TEXT` or `YJ_ATTACHMENT_ERROR_ENCODING`. Takes time that goes
 * with @length: for threads.
 *
 * Returns: (transfer full): the text as UTF-8
 */
char *
yj_attachment_decode (const char  *bytes,
                      gsize        length,
                      GError     **error)
{
  g_autofree char *text = decode (bytes, length);

  if (length == 0 || (text != NULL && *text == '\0'))
    g_set_error_literal (error, YJ_ATTACHMENT_ERROR, YJ_ATTACHMENT_ERROR_EMPTY, "There is nothing in the file");
  else if (has_controls (text != NULL ? text : bytes, text != NULL ? strlen (text) : length))
    g_set_error_literal (error, YJ_ATTACHMENT_ERROR, YJ_ATTACHMENT_ERROR_NOT_TEXT, "The file holds no text");
  else if (text == NULL)
    g_set_error_literal (error, YJ_ATTACHMENT_ERROR, YJ_ATTACHMENT_ERROR_ENCODING, "The encoding is not known");
  else
    {
      unify_line_ends (text);
      return g_steal_pointer (&text);
    }
  return NULL;
}

static void
load (GTask        *task,
      gpointer      source,
      gpointer      task_data,
      GCancellable *cancellable)
{
  const YjBoundedErrors errors = { YJ_ATTACHMENT_ERROR, YJ_ATTACHMENT_ERROR_NOT_TEXT, YJ_ATTACHMENT_ERROR_TOO_LARGE };
  GError *error = NULL;
  g_autoptr(GByteArray) bytes = yj_bounded_read (source, YJ_ATTACHMENT_MAX, &errors, cancellable, &error);
  g_autofree char *text = bytes != NULL ? yj_attachment_decode ((char *) bytes->data, bytes->len, &error) : NULL;
  g_autofree char *base = g_file_get_basename (source);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");

  if (text != NULL && strlen (text) > YJ_ATTACHMENT_MAX)
    g_task_return_new_error_literal (task, YJ_ATTACHMENT_ERROR, YJ_ATTACHMENT_ERROR_TOO_LARGE, "The text is too large");
  else if (text != NULL)
    g_task_return_pointer (task, yj_attachment_new (name, text), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * yj_attachment_load_async:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Reads a text file on a thread of its own; see yj_attachment_decode(). Fails with any `YJ_ATTACHMENT_ERROR` and
 * `G_IO_ERROR`.
 */
void
yj_attachment_load_async (GFile               *file,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_attachment_load_async);
  g_task_run_in_thread (task, load);
}

/**
 * yj_attachment_load_finish:
 * @file: the file
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): what was in it
 */
YjAttachment *
yj_attachment_load_finish (GFile         *file,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
