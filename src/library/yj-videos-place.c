/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three names in the library's folder make moving safe at every moment: `videos` is what the program uses; `videos.new` is
   the place they are being copied to, a link or a folder; once all is there it becomes `videos`, and what was `videos`
   becomes `videos.old` until it is emptied. */
#include "yj-videos-place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "yj-disk.h"

#define MOST_PASSES 20          /* while others write into the old place */

typedef struct
{
  char *now;
  char *coming;
  char *former;
  int   lock_fd;
} Place;

static void
place_free (Place *place)
{
  if (place->lock_fd >= 0)
    close (place->lock_fd);
  g_free (place->now);
  g_free (place->coming);
  g_free (place->former);
  g_free (place);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Place, place_free)

/* One process, and one thread of it, at a time; the system unlocks it whatever becomes of them. */
static Place *
lock_place (const char *library,
            GError    **error)
{
  g_autofree char *path = g_build_filename (library, "videos.lock", NULL);
  g_autoptr(Place) place = g_new0 (Place, 1);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };

  place->now = g_build_filename (library, "videos", NULL);
  place->coming = g_build_filename (library, "videos.new", NULL);
  place->former = g_build_filename (library, "videos.old", NULL);
  place->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (place->lock_fd < 0)
    {
      yj_disk_fail (error, path);
      return NULL;
    }
  if (fcntl (place->lock_fd, F_OFD_SETLK, &lock) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "The videos are being moved by another process");
      return NULL;
    }

  return g_steal_pointer (&place);
}

static gboolean
is_there (const char *path)
{
  struct stat facts;

  return lstat (path, &facts) == 0;
}

static gboolean
is_link (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

static gboolean
is_folder (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

/* The folder itself, or where the link leads to and the link. */
static void
remove_emptied (const char *path,
                const char *twin)
{
  g_autofree char *to = is_link (path) ? g_file_read_link (path, NULL) : NULL;

  yj_mirror_remove (to != NULL ? to : path, twin);
  if (to != NULL)
    g_unlink (path);
}

/* What came to the old place up to the last moment follows. */
static gboolean
leave_former (Place   *place,
              GError **error)
{
  guint n_changed;

  if (!yj_mirror_update (place->former, place->now, NULL, NULL, NULL, NULL, &n_changed, error))
    return FALSE;
  remove_emptied (place->former, place->now);
  return TRUE;
}

/**
 * yj_videos_place_free:
 * @place: (transfer full): a place
 */
void
yj_videos_place_free (YjVideosPlace *place)
{
  g_free (place->elsewhere);
  g_free (place->unfinished);
  g_free (place);
}

/**
 * yj_videos_place_look:
 * @library: a library's folder
 *
 * For threads.
 *
 * Returns: (transfer full): where its videos lie now
 */
YjVideosPlace *
yj_videos_place_look (const char *library)
{
  g_autofree char *now = g_build_filename (library, "videos", NULL), *coming = g_build_filename (library, "videos.new", NULL);
  YjVideosPlace *place = g_new0 (YjVideosPlace, 1);

  place->elsewhere = is_link (now) ? g_file_read_link (now, NULL) : NULL;
  place->gone = !is_folder (now);
  if (is_there (coming))
    place->unfinished = is_link (coming) ? g_file_read_link (coming, NULL) : g_strdup (now);

  return place;
}

/**
 * yj_videos_place_recover:
 * @library: a library's folder, which nobody uses yet
 *
 * Brings to its end what was cut off while one place took over from the other. A copying that was cut off before that is
 * left as it is. For threads.
 */
void
yj_videos_place_recover (const char *library)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Place) place = lock_place (library, &error);

  if (place == NULL)
    return;
  if (!is_there (place->now) && is_there (place->former))
    g_rename (is_there (place->coming) ? place->coming : place->former, place->now);
  if (is_folder (place->now) && is_folder (place->former) && !leave_former (place, &error))
    g_warning ("Videos are left in %s: %s", place->former, error->message);
}

/* A new folder in that one, so that nothing in it is anybody else's. */
static char *
make_folder (const char *in,
             GError    **error)
{
  for (guint i = 1; ; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup ("Yuanjing") : g_strdup_printf ("Yuanjing %u", i);
      g_autofree char *path = g_build_filename (in, name, NULL);

      if (g_mkdir (path, 0700) == 0)
        return g_steal_pointer (&path);
      if (errno != EEXIST)
        {
          yj_disk_fail (error, path);
          return NULL;
        }
    }
}

static gboolean
is_within (const char *path,
           const char *folder)
{
  g_autofree char *one = realpath (path, NULL), *other = realpath (folder, NULL);
  gsize length = other != NULL ? strlen (other) : 0;

  return one != NULL && other != NULL && strncmp (one, other, length) == 0 && (one[length] == '/' || one[length] == '\0');
}

static gboolean
prepare (Place       *place,
         const char  *to,
         GError     **error)
{
  g_autofree char *folder = NULL;

  if (!is_folder (place->now))
    {
      errno = ENOENT;
      return yj_disk_fail (error, place->now);
    }
  if (to == NULL)
    return g_mkdir (place->coming, 0700) == 0 || yj_disk_fail (error, place->coming);
  if (is_within (to, place->now))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_RECURSE, "The videos are in that folder already");
      return FALSE;
    }

  folder = make_folder (to, error);
  if (folder == NULL)
    return FALSE;
  if (symlink (folder, place->coming) == 0)
    return TRUE;
  yj_disk_fail (error, place->coming);
  g_rmdir (folder);
  return FALSE;
}

static gboolean
has_room (Place   *place,
          gint64   bytes,
          GError **error)
{
  struct stat one, other;
  struct statvfs disk;

  if (stat (place->now, &one) == 0 && stat (place->coming, &other) == 0 && one.st_dev == other.st_dev)
    return TRUE;                /* mostly the same files under second names */
  if (statvfs (place->coming, &disk) != 0 || disk.f_blocks == 0 || (gint64) disk.f_bavail * (gint64) disk.f_frsize > bytes)
    return TRUE;                /* where it is not known, copying finds out */
  errno = ENOSPC;
  return yj_disk_fail (error, place->coming);
}

static void
discard (Place *place)
{
  if (is_there (place->coming))
    remove_emptied (place->coming, place->now);
}

static gboolean
copy_all (Place         *place,
          YjMirrorFunc   func,
          gpointer       user_data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(GHashTable) copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gint64 bytes = yj_mirror_measure (place->now);
  guint n_changed = 1;

  if (!has_room (place, bytes, error))
    return FALSE;
  func (-bytes, user_data);
  for (guint i = 0; n_changed > 0 && i < MOST_PASSES; i++)
    if (!yj_mirror_update (place->now, place->coming, copies, func, user_data, cancellable, &n_changed, error))
      return FALSE;

  return TRUE;
}

/* Something that is not ours keeps the former place from going: it stays, under another name. */
static void
set_former_aside (Place *place)
{
  for (guint i = 1; is_there (place->former); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s-%u", place->former, i);

      if (renameat2 (AT_FDCWD, place->former, AT_FDCWD, path, RENAME_NOREPLACE) == 0 || errno != EEXIST)
        return;
    }
}

/* The names are on the disk before anything is deleted in the former place, which may be on another. */
static void
sync_parent (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);

  yj_disk_sync (parent, O_RDONLY | O_DIRECTORY);        /* not every file system can */
}

static gboolean
take_over (Place   *place,
           GError **error)
{
  set_former_aside (place);
  if (g_rename (place->now, place->former) != 0)
    return yj_disk_fail (error, place->now);
  if (g_rename (place->coming, place->now) == 0)
    {
      sync_parent (place->now);
      return TRUE;
    }
  yj_disk_fail (error, place->coming);
  g_rename (place->former, place->now);
  return FALSE;
}

/**
 * yj_videos_place_move:
 * @library: a library's folder
 * @to: (nullable): the folder in which a new one is to hold the videos; %NULL: home, into the library
 * @resume: goes on with what was cut off, wherever that led to
 * @func: (scope call): told the number of bytes there are, negative, then those that are there
 * @user_data: data for @func
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Moves the videos and their covers. All can be played and added to meanwhile. Until everything is in the new place the
 * old one is used; a failure or cancelling leaves nothing in the new one. For threads.
 *
 * Fails with a `G_IO_ERROR`: `BUSY` while another process does the same, `WOULD_RECURSE` where the videos are already,
 * and what the file systems say.
 *
 * Returns: whether they lie there now
 */
gboolean
yj_videos_place_move (const char    *library,
                      const char    *to,
                      gboolean       resume,
                      YjMirrorFunc   func,
                      gpointer       user_data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(Place) place = lock_place (library, error);
  g_autoptr(GError) left = NULL;

  if (place == NULL)
    return FALSE;
  if (!resume)
    discard (place);
  if (!resume && !prepare (place, to, error))
    return FALSE;
  if (!copy_all (place, func, user_data, cancellable, error) || !take_over (place, error))
    {
      discard (place);
      return FALSE;
    }
  /* the next start tries again */
  if (!leave_former (place, &left))
    g_warning ("Videos are left in %s: %s", place->former, left->message);

  return TRUE;
}

/**
 * yj_videos_place_discard:
 * @library: a library's folder
 *
 * Deletes the copies of a moving that was cut off. For threads.
 */
void
yj_videos_place_discard (const char *library)
{
  g_autoptr(Place) place = lock_place (library, NULL);

  if (place != NULL)
    discard (place);
}
