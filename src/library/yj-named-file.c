/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include "yj-named-file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

/* .named/BASENAME/, with the names of the file BASENAME beside .named */
static char *
dup_folder (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *parent = g_path_get_dirname (g_file_peek_path (file));

  return g_build_filename (parent, YJ_NAMED_FOLDER, base, NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      g_unlink (child);
    }
  g_rmdir (path);
}

/* What is left of files that went without a word, by another program or in a crash: their space is free only then. */
static void
sweep (const char *parent)
{
  g_autofree char *top = g_build_filename (parent, YJ_NAMED_FOLDER, NULL);
  g_autoptr(GDir) folder = g_dir_open (top, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (parent, name, NULL), *left = g_build_filename (top, name, NULL);

      if (g_access (file, F_OK) != 0 && errno == ENOENT)
        remove_folder (left);
    }
}

/**
 * yj_named_file_make:
 * @file: a file of the library, with a path
 * @name: a name that a person gave or would give, without slashes
 *
 * Gives @file a second name, as a hard link in a folder of its own beside it. It stays until the file is deleted: a program
 * that was given it may come back to it any time, as an editor does. Blocks: not for the main thread.
 *
 * Returns: (transfer full): the file under that name; @file itself where the file system has no links
 */
GFile *
yj_named_file_make (GFile      *file,
                    const char *name)
{
  g_autofree char *folder = NULL;
  g_autofree char *parent = NULL;
  g_autofree char *path = NULL;
  struct stat ours, there;

  g_return_val_if_fail (G_IS_FILE (file) && g_file_peek_path (file) != NULL, NULL);
  g_return_val_if_fail (name != NULL && strchr (name, G_DIR_SEPARATOR) == NULL, NULL);

  folder = dup_folder (file);
  parent = g_path_get_dirname (g_file_peek_path (file));
  path = g_build_filename (folder, name, NULL);
  sweep (parent);
  if (g_mkdir_with_parents (folder, 0700) != 0 || stat (g_file_peek_path (file), &ours) != 0)
    return g_object_ref (file);

  /* one that was fetched anew is another file */
  if (lstat (path, &there) == 0 && (there.st_dev != ours.st_dev || there.st_ino != ours.st_ino))
    g_unlink (path);
  if (link (g_file_peek_path (file), path) != 0 && errno != EEXIST)
    {
      g_debug ("No second name for %s: %s", path, g_strerror (errno));
      g_rmdir (folder);
      return g_object_ref (file);
    }

  return g_file_new_for_path (path);
}

/**
 * yj_named_file_forget:
 * @file: a file of the library that is deleted
 *
 * Takes away all the names that [func@Yj.named_file_make] gave it, so that its space is free. Blocks.
 */
void
yj_named_file_forget (GFile *file)
{
  g_autofree char *folder = NULL;

  g_return_if_fail (G_IS_FILE (file) && g_file_peek_path (file) != NULL);

  folder = dup_folder (file);
  remove_folder (folder);
}

/**
 * yj_named_file_forget_all:
 * @folder: a folder of videos that is given up
 *
 * Takes away all the names that its files got. Blocks.
 */
void
yj_named_file_forget_all (const char *folder)
{
  g_autofree char *top = g_build_filename (folder, YJ_NAMED_FOLDER, NULL);
  g_autoptr(GDir) names = g_dir_open (top, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *child = g_build_filename (top, name, NULL);

      remove_folder (child);
    }
  g_rmdir (top);
}
