/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define PREFIX "yuanjing-sandbox-"
#define LOCK "lock"
#define YOUNG_S 60              /* a folder that may not have its lock yet */

/**
 * yj_sandbox_folder_new:
 * @lock: (out): a file that stays open as long as the folder is in use
 * @error: the place for an error
 *
 * Returns: (transfer full): the path of a new temporary folder, or %NULL
 */
char *
yj_sandbox_folder_new (int     *lock,
                       GError **error)
{
  char *path = g_dir_make_tmp (PREFIX "XXXXXX", error);
  g_autofree char *file = path != NULL ? g_build_filename (path, LOCK, NULL) : NULL;

  *lock = file != NULL ? g_open (file, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (*lock >= 0)
    flock (*lock, LOCK_EX | LOCK_NB);

  return path;
}

/**
 * yj_sandbox_folder_remove:
 * @path: a folder
 *
 * Removes it with all that is in it; links are not followed.
 */
void
yj_sandbox_folder_remove (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_unlink (child) != 0)
        yj_sandbox_folder_remove (child);
    }
  g_rmdir (path);
}

/* Whether nobody holds the lock of a folder that is old enough to have one. */
static gboolean
is_left (const char *path)
{
  g_autofree char *file = g_build_filename (path, LOCK, NULL);
  int lock = g_open (file, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);
  GStatBuf facts;
  gboolean left;

  if (lock < 0)
    return FALSE;
  left = g_lstat (file, &facts) == 0 && facts.st_uid == getuid () &&
         facts.st_mtime + YOUNG_S < g_get_real_time () / G_USEC_PER_SEC && flock (lock, LOCK_EX | LOCK_NB) == 0;
  close (lock);

  return left;
}

/**
 * yj_sandbox_folder_sweep:
 *
 * Removes the folders of sandboxes that were killed and could not do it themselves.
 */
void
yj_sandbox_folder_sweep (void)
{
  g_autoptr(GDir) folder = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, PREFIX))
      {
        g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);

        if (is_left (path))
          yj_sandbox_folder_remove (path);
      }
}
