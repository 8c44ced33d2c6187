/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-file-digest.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "yj-disk.h"

#define BLOCK (1 << 20)         /* bytes read at once */

static void
digest_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  const char *path = task_data;
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *block = g_malloc (BLOCK);
  /* it may be a FIFO by now, which is not waited for */
  g_autofd int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0);
  GError *error = NULL;
  struct stat facts;
  ssize_t n = -1;

  if (fd >= 0 && fstat (fd, &facts) == 0 && !S_ISREG (facts.st_mode) && !S_ISDIR (facts.st_mode))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s is no regular file", path);
      return;
    }
  while (fd >= 0 && !g_cancellable_is_cancelled (cancellable) && (n = read (fd, block, BLOCK)) != 0)
    {
      if (n > 0)
        g_checksum_update (checksum, block, n);
      else if (errno != EINTR)
        break;
    }
  if (n < 0 && !g_cancellable_is_cancelled (cancellable))
    yj_disk_fail (&error, path);

  /* once it is cancelled the task says so in place of either */
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_strdup (g_checksum_get_string (checksum)), g_free);
}

/**
 * yj_file_digest_async: (skip)
 * @file: a file with a path
 * @cancellable: (nullable): to stop reading
 * @callback: called when it has been read
 * @user_data: for @callback
 *
 * Reads a file on a thread, after all that is more urgent, and calls back when nothing is to be drawn.
 */
void
yj_file_digest_async (GFile               *file,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (g_file_peek_path (file) != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_file_digest_async);
  g_task_set_task_data (task, g_file_get_path (file), g_free);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_run_in_thread (task, digest_thread);
}

/**
 * yj_file_digest_finish: (skip)
 * @result: what the callback got
 * @error: return location: `G_IO_ERROR`; `G_IO_ERROR_NOT_REGULAR_FILE` for a pipe or a device, which are not waited for
 *
 * Returns: (transfer full) (nullable): the SHA-256 of the file in hexadecimal digits, or %NULL with @error set
 */
char *
yj_file_digest_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
