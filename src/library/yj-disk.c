/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/**
 * yj_disk_fail: (skip)
 * @error: return location
 * @path: what it was about
 *
 * Makes a `G_IO_ERROR` of `errno`.
 *
 * Returns: %FALSE, to be returned
 */
gboolean
yj_disk_fail (GError     **error,
              const char  *path)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
  return FALSE;
}

/**
 * yj_disk_sync: (skip)
 * @path: a file or a folder
 * @flags: how it is opened: `O_RDONLY`, `O_RDONLY | O_DIRECTORY`
 *
 * Waits until what was written there is on the disk.
 *
 * Returns: whether it is; else `errno` says why not
 */
gboolean
yj_disk_sync (const char *path,
              int         flags)
{
  int fd = open (path, flags | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;
  int saved = errno;

  if (fd >= 0)
    close (fd);
  errno = saved;

  return done;
}
