/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-bounded-read.h"

#define BLOCK 65536

static gboolean
check (GFile                  *file,
       gsize                   most,
       const YjBoundedErrors  *errors,
       GCancellable           *cancellable,
       GError                **error)
{
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                 G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    g_set_error_literal (error, errors->domain, errors->not_a_file, "This is no ordinary file");
  else if (g_file_info_get_size (info) > (goffset) most)
    g_set_error_literal (error, errors->domain, errors->too_large, "The file is too large");
  else
    return TRUE;
  return FALSE;
}

/**
 * yj_bounded_read:
 * @file: what somebody chose
 * @most: how many bytes are taken
 * @errors: how it is told that this is no ordinary file, or that there is more in it
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a whole file, but not more than is taken, whatever it says of its size: it may grow meanwhile. Blocks. Fails
 * with @errors and `GIOError`.
 *
 * Returns: (transfer full) (nullable): what is in it
 */
GByteArray *
yj_bounded_read (GFile                  *file,
                 gsize                   most,
                 const YjBoundedErrors  *errors,
                 GCancellable           *cancellable,
                 GError                **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GFileInputStream) stream = NULL;
  gssize n;

  if (!check (file, most, errors, cancellable, error))
    return NULL;
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  do
    {
      guint length = bytes->len;

      if (length > most)
        {
          g_set_error_literal (error, errors->domain, errors->too_large, "The file is too large");
          return NULL;
        }
      g_byte_array_set_size (bytes, length + BLOCK);
      n = g_input_stream_read (G_INPUT_STREAM (stream), bytes->data + length, BLOCK, cancellable, error);
      g_byte_array_set_size (bytes, length + MAX (n, 0));
    }
  while (n > 0);
  return n == 0 ? g_steal_pointer (&bytes) : NULL;
}
