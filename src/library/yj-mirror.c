/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-mirror.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "yj-disk.h"
#include "yj-named-file.h"

#define DEEPEST 8               /* folders within each other */
#define ROUNDED 2               /* s: to which some file systems round a time */
#define UNFINISHED ".moving"    /* ends the name of a copy that is being made */

typedef struct
{
  GHashTable    *copies;        /* or NULL */
  YjMirrorFunc   func;
  gpointer       user_data;
  GCancellable  *cancellable;
  gint64         bytes;         /* of all whole files so far */
  guint          n_changed;
} Mirror;

/* A download under way: whoever makes it begins anew where it is gone. Copied half-made, it would be taken for whole. */
static gboolean
is_unfinished (const char *name)
{
  return g_str_has_suffix (name, ".part") || g_str_has_suffix (name, UNFINISHED);
}

/* Second names of files take no space here, and would take it there. */
static gboolean
is_left_out (const char *name)
{
  return is_unfinished (name) || g_str_equal (name, YJ_NAMED_FOLDER);
}

static gboolean
is_same (const struct stat *one,
         const char        *path)
{
  struct stat other;

  return lstat (path, &other) == 0 && S_ISREG (other.st_mode) && one->st_size == other.st_size &&
         one->st_mtime <= other.st_mtime + ROUNDED;
}

static void
copied_cb (goffset  now,
           goffset  total,
           gpointer user_data)
{
  Mirror *self = user_data;

  if (self->func != NULL)
    self->func (self->bytes + now, self->user_data);
}

/* Whole under its name, or not there. Within a file system it is the same file under a second name. */
static gboolean
copy_file (Mirror      *self,
           const char  *from,
           const char  *to,
           GError     **error)
{
  g_autofree char *part = g_strconcat (to, UNFINISHED, NULL);
  g_autoptr(GFile) source = g_file_new_for_path (from), copy = g_file_new_for_path (part);

  if (link (from, to) == 0)
    return TRUE;
  if (!g_file_copy (source, copy, G_FILE_COPY_OVERWRITE | G_FILE_COPY_ALL_METADATA | G_FILE_COPY_NOFOLLOW_SYMLINKS,
                    self->cancellable, copied_cb, self, error))
    {
      g_unlink (part);
      return FALSE;
    }
  if (yj_disk_sync (part, O_RDONLY) && g_rename (part, to) == 0)
    return TRUE;
  yj_disk_fail (error, to);
  g_unlink (part);
  return FALSE;
}

static gboolean update_folder (Mirror      *self,
                               const char  *from,
                               const char  *to,
                               guint        depth,
                               GError     **error);

static gboolean
update_child (Mirror      *self,
              const char  *from,
              const char  *to,
              guint        depth,
              GError     **error)
{
  struct stat facts;

  if (lstat (from, &facts) != 0)
    return errno == ENOENT || yj_disk_fail (error, from);       /* deleted meanwhile */
  if (S_ISDIR (facts.st_mode) && depth < DEEPEST)
    return (g_mkdir (to, 0700) == 0 || errno == EEXIST || yj_disk_fail (error, to)) && update_folder (self, from, to, depth + 1, error);
  if (!S_ISREG (facts.st_mode))
    return TRUE;

  if (!is_same (&facts, to))
    {
      g_autoptr(GError) local_error = NULL;

      self->n_changed++;
      g_unlink (to);
      if (!copy_file (self, from, to, &local_error) && !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (self->copies != NULL && local_error == NULL)
        g_hash_table_insert (self->copies, g_strdup (to), g_strdup (from));
    }
  self->bytes += facts.st_size;
  copied_cb (0, 0, self);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Only what was copied here: in the folder may be what is somebody else's. */
static void
drop_orphans (GHashTable *copies)
{
  GHashTableIter iter;
  gpointer copy, original;

  g_hash_table_iter_init (&iter, copies);
  while (g_hash_table_iter_next (&iter, &copy, &original))
    {
      struct stat facts;

      if (lstat (original, &facts) != 0 && errno == ENOENT)
        {
          g_unlink (copy);
          g_hash_table_iter_remove (&iter);
        }
    }
}

static gboolean
update_folder (Mirror      *self,
               const char  *from,
               const char  *to,
               guint        depth,
               GError     **error)
{
  g_autoptr(GDir) folder = g_dir_open (from, 0, NULL);
  const char *name;

  if (folder == NULL)
    return yj_disk_fail (error, from);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *one = g_build_filename (from, name, NULL), *other = g_build_filename (to, name, NULL);

      if (!is_left_out (name) && !update_child (self, one, other, depth, error))
        return FALSE;
    }
  yj_disk_sync (to, O_RDONLY | O_DIRECTORY);       /* not every file system can */
  return TRUE;
}

static gint64
measure (const char *path,
         guint       depth)
{
  g_autoptr(GDir) folder = depth < DEEPEST ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;
  gint64 bytes = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      struct stat facts;

      if (is_left_out (name) || lstat (child, &facts) != 0)
        continue;
      if (S_ISDIR (facts.st_mode))
        bytes += measure (child, depth + 1);
      else if (S_ISREG (facts.st_mode))
        bytes += facts.st_size;
    }

  return bytes;
}

/**
 * yj_mirror_measure:
 * @folder: a folder
 *
 * Returns: how many bytes yj_mirror_update() would copy from there into an empty one
 */
gint64
yj_mirror_measure (const char *folder)
{
  return measure (folder, 0);
}

/**
 * yj_mirror_update:
 * @from: a folder
 * @to: another one, which exists
 * @copies: (nullable): what earlier calls copied, by path, each with the path of its original, both owned; what is copied
 *   is added, and copies whose original has gone are deleted
 * @func: (nullable) (scope call): called now and then, in this thread
 * @user_data: data for @func
 * @cancellable: (nullable): a cancellable
 * @n_changed: (out): how many files were not in @to before
 * @error: return location
 *
 * Copies what @to has not, with its time, each file whole or not at all. What others are still writing is left out.
 *
 * Fails with a `G_IO_ERROR`; what has been copied until then stays.
 *
 * Returns: whether @to has all that @from has
 */
gboolean
yj_mirror_update (const char    *from,
                  const char    *to,
                  GHashTable    *copies,
                  YjMirrorFunc   func,
                  gpointer       user_data,
                  GCancellable  *cancellable,
                  guint         *n_changed,
                  GError       **error)
{
  Mirror self = { copies, func, user_data, cancellable };
  gboolean done = update_folder (&self, from, to, 0, error);

  if (done && copies != NULL)
    drop_orphans (copies);
  *n_changed = self.n_changed;
  return done;
}

static gboolean
is_one_folder (const char *one,
               const char *other)
{
  struct stat here, there;

  return stat (one, &here) == 0 && stat (other, &there) == 0 && here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

static void
remove_folder (const char *from,
               const char *to,
               guint       depth)
{
  g_autoptr(GDir) folder = depth < DEEPEST ? g_dir_open (from, 0, NULL) : NULL;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *one = g_build_filename (from, name, NULL), *other = g_build_filename (to, name, NULL);
      struct stat facts;

      if (lstat (one, &facts) != 0)
        continue;
      if (S_ISDIR (facts.st_mode))
        remove_folder (one, other, depth + 1);
      else if (S_ISREG (facts.st_mode) && (is_unfinished (name) || is_same (&facts, other)))
        g_unlink (one);
    }
  g_rmdir (from);
}

/**
 * yj_mirror_remove:
 * @from: a folder
 * @to: another one
 *
 * Deletes from @from what @to has, too, and what was never whole; then @from itself, if nothing is left in it. Two names
 * of one folder are left alone.
 */
void
yj_mirror_remove (const char *from,
                  const char *to)
{
  if (is_one_folder (from, to))
    return;

  yj_named_file_forget_all (from);
  remove_folder (from, to, 0);
}
