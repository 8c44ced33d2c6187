/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-job-fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "yj-disk.h"
#include "yj-poster.h"
#include "yj-probe.h"

#define POSTER_SIZE 640         /* px */

/* What of a folder of videos one download becomes. */
typedef struct
{
  YjPlatform     *platform;
  GFile          *folder;
  YjJobRow       *row;          /* a copy; becomes the row of the finished job */
  GFile          *part;
  YjMediaInfo    *info;         /* of the file at hand */
  char           *base;         /* the names on disk without ending */
  YjProgressFunc  progress;
  gpointer        progress_data;
} Fetch;

static void
fetch_free (Fetch *self)
{
  g_clear_object (&self->platform);
  g_clear_object (&self->folder);
  g_clear_object (&self->part);
  g_clear_pointer (&self->row, yj_job_row_free);
  g_clear_pointer (&self->info, yj_media_info_free);
  g_free (self->base);
  g_free (self);
}

/* The day it was made and a piece of the uuid: a function of the row, so that a file placed just before a crash is
   found again. Nothing a server says is part of it. */
static char *
dup_base_name (const YjJobRow *row)
{
  g_autoptr(GDateTime) created = g_date_time_new_from_unix_local (row->created / G_USEC_PER_SEC);
  g_autofree char *day = created != NULL ? g_date_time_format (created, "%Y-%m-%d") : g_strdup ("video");

  return g_strdup_printf ("%s-%.12s", day, row->uuid);
}

/**
 * yj_job_fetch_dup_part_name:
 * @row: a job's row
 * @cover: of the cover picture, not of the video
 *
 * Returns: (transfer full): the name that the half-made file has in the folder of videos
 */
char *
yj_job_fetch_dup_part_name (const YjJobRow *row,
                            gboolean        cover)
{
  return g_strconcat (row->uuid, cover ? ".cover.part" : ".part", NULL);
}

/* ---- giving a whole file its name */

/* rename () that never replaces; file systems without the flag are served by a hard link, those without links (FAT)
   by a look beforehand. */
static gboolean
rename_new (const char *from,
            const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  if (link (from, to) == 0)
    return unlink (from) == 0;
  if (errno == EEXIST)
    return FALSE;
  if (g_access (to, F_OK) == 0)
    {
      errno = EEXIST;
      return FALSE;
    }

  return g_rename (from, to) == 0;
}

/* Gives the whole file @part the name @base, with a number where that is taken. A cover belongs to the video whose name
   it has: one that is there already was left by a crash and is replaced. */
static char *
place (const char  *part,
       const char  *folder,
       const char  *base,
       const char  *extension,
       gboolean     cover,
       GError     **error)
{
  gboolean done = yj_disk_sync (part, O_RDONLY);

  for (guint i = 1; done; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("%s.%s", base, extension)
                                     : g_strdup_printf ("%s-%u.%s", base, i, extension);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (cover ? g_rename (part, path) == 0 : rename_new (part, path))
        {
          yj_disk_sync (folder, O_RDONLY | O_DIRECTORY);   /* not every file system can */
          return g_steal_pointer (&name);
        }
      done = errno == EEXIST;
    }

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
  return NULL;
}

static void
place_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Fetch *self = task_data;
  GError *error = NULL;
  char *name = place (g_file_peek_path (self->part), g_file_peek_path (self->folder), self->base,
                      self->info->extension, self->info->kind == YJ_MEDIA_INFO_IMAGE, &error);

  if (name != NULL)
    g_task_return_pointer (task, name, g_free);
  else
    g_task_return_error (task, error);
}

/* Runs @func with the same data as @task and hands its result to @callback, which takes @task over. */
static void
run_in_thread (GTask               *task,
               GTaskThreadFunc      func,
               GAsyncReadyCallback  callback)
{
  g_autoptr(GTask) thread = g_task_new (NULL, NULL, callback, task);

  g_task_set_task_data (thread, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (thread, func);
}

/* ---- the cover, which may fail */

static void
finish_fetch (GTask *task)
{
  Fetch *self = g_task_get_task_data (task);

  g_task_return_pointer (task, yj_job_row_copy (self->row), (GDestroyNotify) yj_job_row_free);
  g_object_unref (task);
}

static void
poster_saved_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  self->row->cover = g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL)
    g_debug ("No cover for %s: %s", self->row->uuid, error->message);
  finish_fetch (task);
}

typedef struct
{
  Fetch      *fetch;
  GdkTexture *texture;
} Poster;

static void
poster_free (Poster *poster)
{
  g_object_unref (poster->texture);
  g_free (poster);
}

static void
save_poster_thread (GTask        *task,
                    gpointer      source_object,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  Poster *poster = task_data;
  const char *part = g_file_peek_path (poster->fetch->part);
  GError *error = NULL;
  char *name = NULL;

  if (!gdk_texture_save_to_png (poster->texture, part))
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "The picture cannot be written");
  else
    name = place (part, g_file_peek_path (poster->fetch->folder), poster->fetch->base, "png", TRUE, &error);

  if (name != NULL)
    g_task_return_pointer (task, name, g_free);
  else
    g_task_return_error (task, error);
}

static void
poster_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) thread = NULL;
  g_autoptr(GError) error = NULL;
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);
  Poster *poster;
  GdkTexture *texture = yj_poster_load_finish (result, &error);

  if (texture == NULL)
    {
      g_debug ("No poster for %s: %s", self->row->uuid, error->message);
      finish_fetch (task);
      return;
    }

  poster = g_new0 (Poster, 1);
  poster->fetch = self;
  poster->texture = texture;
  thread = g_task_new (NULL, NULL, poster_saved_cb, task);
  g_task_set_task_data (thread, poster, (GDestroyNotify) poster_free);
  g_task_run_in_thread (thread, save_poster_thread);
}

static void
make_poster (GTask *task)
{
  Fetch *self = g_task_get_task_data (task);
  g_autoptr(GFile) video = g_file_get_child (self->folder, self->row->file);

  yj_poster_load_async (video, POSTER_SIZE, g_task_get_cancellable (task), poster_cb, task);
}

static void
cover_placed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);

  self->row->cover = g_task_propagate_pointer (G_TASK (result), NULL);
  if (self->row->cover != NULL)
    finish_fetch (task);
  else
    make_poster (task);
}

static void
cover_probed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);

  self->info = yj_probe_finish (result, NULL);
  if (self->info != NULL && self->info->kind == YJ_MEDIA_INFO_IMAGE)
    run_in_thread (task, place_thread, cover_placed_cb);
  else
    make_poster (task);
}

static void
cover_fetched_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);
  g_autoptr(YjDownloadInfo) info = yj_platform_download_finish (self->platform, result, NULL);

  if (info != NULL)
    yj_probe_async (self->part, g_task_get_cancellable (task), cover_probed_cb, task);
  else
    make_poster (task);
}

static void
fetch_cover (GTask *task)
{
  Fetch *self = g_task_get_task_data (task);
  g_autofree char *part = yj_job_fetch_dup_part_name (self->row, TRUE);
  char *dot = strrchr (self->row->file, '.');

  g_clear_pointer (&self->info, yj_media_info_free);
  g_clear_pointer (&self->row->cover, g_free);
  g_set_object (&self->part, NULL);
  self->part = g_file_get_child (self->folder, part);
  /* beside the video: the same name, whatever number it got */
  g_free (self->base);
  self->base = g_strndup (self->row->file, dot - self->row->file);

  if (self->row->image_uri != NULL)
    yj_platform_download_async (self->platform, self->row->image_uri, self->part, NULL, NULL, NULL,
                                g_task_get_cancellable (task), cover_fetched_cb, task);
  else
    make_poster (task);
}

/* ---- the video */

static void
take_facts (Fetch *self,
            char  *name)
{
  g_free (self->row->file);
  self->row->file = name;
  self->row->width = self->info->width;
  self->row->height = self->info->height;
  self->row->duration = self->info->duration;
  self->row->size = self->info->size;
  g_clear_pointer (&self->row->etag, g_free);
}

static void
video_placed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);
  GError *error = NULL;
  char *name = g_task_propagate_pointer (G_TASK (result), &error);

  if (name == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  take_facts (self, name);
  fetch_cover (task);
}

static void
video_probed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->info = yj_probe_finish (result, &error);
  if (g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_CODEC) ||
      g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_LIMIT))
    {
      /* whole, and a video: only this machine cannot show it, or not in time */
      g_clear_error (&error);
      self->info = g_new0 (YjMediaInfo, 1);
      self->info->kind = YJ_MEDIA_INFO_VIDEO;
      self->info->extension = g_strdup ("mp4");
    }

  if (self->info == NULL)
    g_task_return_error (task, error);
  else if (self->info->kind != YJ_MEDIA_INFO_VIDEO)
    g_task_return_new_error_literal (task, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED, "What came is not a video");
  else
    {
      run_in_thread (task, place_thread, video_placed_cb);
      return;
    }

  g_object_unref (task);
}

static void
video_fetched_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(YjDownloadInfo) info = yj_platform_download_finish (self->platform, result, &error);

  if (info != NULL)
    {
      yj_probe_async (self->part, g_task_get_cancellable (task), video_probed_cb, task);
      return;
    }

  g_task_return_error (task, g_steal_pointer (&error));
  g_object_unref (task);
}

/* ---- a file placed just before a crash */

static void
found_probed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);

  self->info = yj_probe_finish (result, NULL);
  if (self->info != NULL && self->info->kind == YJ_MEDIA_INFO_VIDEO)
    {
      take_facts (self, g_strdup_printf ("%s.%s", self->base, self->info->extension));
      fetch_cover (task);
      return;
    }

  g_clear_pointer (&self->info, yj_media_info_free);
  yj_platform_download_async (self->platform, self->row->video_uri, self->part, NULL, self->progress,
                              self->progress_data, g_task_get_cancellable (task), video_fetched_cb, task);
}

static GFile *
find_placed (Fetch *self)
{
  static const char * const extensions[] = { "mp4", "webm", "mov", "mkv", "avi" };

  /* has been ready before: the person wants it fetched anew */
  if (self->row->file != NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", self->base, extensions[i]);
      g_autoptr(GFile) file = g_file_get_child (self->folder, name);

      if (g_access (g_file_peek_path (file), R_OK) == 0)
        return g_steal_pointer (&file);
    }

  return NULL;
}

/**
 * yj_job_fetch_async:
 * @platform: where the job was made
 * @folder: the library's folder of videos
 * @row: the job, with `video_uri` and perhaps `image_uri`
 * @progress: (nullable): told of the video's bytes
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it; what has come stays for the next time
 * @callback: called when done
 * @user_data: for @callback
 *
 * Fetches the video into `UUID.part`, going on where it stood, looks into it, and gives it its name: the day, a piece
 * of the uuid, and the ending that its content has. Then the cover in the same way; where there is none, a poster is
 * made from the video. A missing cover is no error.
 */
void
yj_job_fetch_async (YjPlatform          *platform,
                    GFile               *folder,
                    const YjJobRow      *row,
                    YjProgressFunc       progress,
                    gpointer             progress_data,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autofree char *part = yj_job_fetch_dup_part_name (row, FALSE);
  g_autoptr(GFile) placed = NULL;
  Fetch *self = g_new0 (Fetch, 1);
  GTask *task;

  g_return_if_fail (row->video_uri != NULL);

  self->platform = g_object_ref (platform);
  self->folder = g_object_ref (folder);
  self->row = yj_job_row_copy (row);
  self->part = g_file_get_child (folder, part);
  self->base = dup_base_name (row);
  self->progress = progress;
  self->progress_data = progress_data;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_job_fetch_async);
  g_task_set_check_cancellable (task, FALSE);   /* what is on disk in the end is told, even when it was stopped */
  g_task_set_task_data (task, self, (GDestroyNotify) fetch_free);

  placed = find_placed (self);
  if (placed != NULL)
    yj_probe_async (placed, cancellable, found_probed_cb, task);
  else
    yj_platform_download_async (platform, self->row->video_uri, self->part, NULL, progress, progress_data,
                                cancellable, video_fetched_cb, task);
}

/**
 * yj_job_fetch_place_async:
 * @folder: the library's folder of videos
 * @row: whose video it is
 * @callback: called when done
 * @user_data: for @callback
 *
 * Looks into `UUID.part`, which was made here, gives it its name and makes a poster of it. One that is no video stays
 * where it is.
 */
void
yj_job_fetch_place_async (GFile               *folder,
                          const YjJobRow      *row,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autofree char *part = yj_job_fetch_dup_part_name (row, FALSE);
  Fetch *self = g_new0 (Fetch, 1);
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_return_if_fail (row->image_uri == NULL);

  self->folder = g_object_ref (folder);
  self->row = yj_job_row_copy (row);
  self->part = g_file_get_child (folder, part);
  self->base = dup_base_name (row);
  g_task_set_source_tag (task, yj_job_fetch_place_async);
  g_task_set_task_data (task, self, (GDestroyNotify) fetch_free);
  yj_probe_async (self->part, NULL, video_probed_cb, task);
}

/**
 * yj_job_fetch_finish:
 * @result: from the callback
 * @error: return location: a [enum@Yj.Error] or `G_IO_ERROR` of the download, a [enum@Yj.MediaError] when what came
 *   is no video, `G_IO_ERROR` of the disk
 *
 * Returns: (transfer full): the row with its file, cover and facts; the state is not changed
 */
YjJobRow *
yj_job_fetch_finish (GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
