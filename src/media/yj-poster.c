/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-poster"

#include "yj-poster.h"

#include <glib/gstdio.h>

#include "yj-helper.h"
#include "yj-probe.h"

#define MAX_SIZE 4096           /* px */

typedef struct
{
  GFile *file;
  int    size;
  gint64 position;              /* ns */
  char  *cached;                /* path in the cache; NULL when the file cannot be asked */
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->file);
  g_free (request->cached);
  g_free (request);
}

/* Another file in the same place, or a changed one, gets another poster. */
static char *
build_cache_path (GFile *file,
                  int    size)
{
  const char *path = g_file_peek_path (file);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *facts = NULL;
  g_autofree char *name = NULL;
  GStatBuf about;

  if (path == NULL || g_stat (path, &about) != 0)
    return NULL;
  facts = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld %d ", (gint64) about.st_size,
                           (gint64) about.st_mtim.tv_sec, about.st_mtim.tv_nsec, size);
  g_checksum_update (checksum, (const guchar *) facts, -1);
  g_checksum_update (checksum, (const guchar *) path, -1);
  name = g_strconcat (g_checksum_get_string (checksum), ".png", NULL);
  return g_build_filename (g_get_user_cache_dir (), "yuanjing", "posters", name, NULL);
}

/* A cache that cannot be written costs time, no poster. */
static void
save (GdkTexture *poster,
      const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GBytes) png = gdk_texture_save_to_png_bytes (poster);
  g_autoptr(GError) error = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0
      || !g_file_set_contents_full (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png),
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("A poster was not kept: %s", error != NULL ? error->message : g_strerror (errno));
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Request *request = task_data;
  g_autofree char *size = g_strdup_printf ("%d", request->size);
  g_autofree char *position = g_strdup_printf ("%" G_GINT64_FORMAT, request->position);
  const char *command[] = { "poster", size, position, NULL };
  g_autoptr(GBytes) pixels = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) poster = NULL;
  g_autoptr(JsonObject) facts = NULL;
  gint64 width, height;

  facts = yj_helper_ask (request->file, command, (gsize) request->size * request->size * 4, &pixels, cancellable, &error);
  if (facts == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  width = yj_helper_get_int (facts, "width");
  height = yj_helper_get_int (facts, "height");
  if (width < 1 || width > request->size || height < 1 || height > request->size
      || g_bytes_get_size (pixels) != (gsize) (width * height * 4))
    {
      g_task_return_new_error_literal (task, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FAILED, "The media helper's picture is incomplete");
      return;
    }
  poster = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, pixels, width * 4);
  if (request->cached != NULL)
    save (poster, request->cached);
  g_task_return_pointer (task, g_steal_pointer (&poster), g_object_unref);
}

static void
look_up_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Request *request = task_data;

  request->cached = build_cache_path (request->file, request->size);
  if (request->cached == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_pointer (task, gdk_texture_new_from_filename (request->cached, NULL), g_object_unref);
}

static void
look_up_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GdkTexture *poster = g_task_propagate_pointer (G_TASK (result), NULL);

  if (poster != NULL)
    g_task_return_pointer (task, poster, g_object_unref);
  else
    yj_helper_push (g_steal_pointer (&task), make_thread);
}

/**
 * yj_poster_load_async:
 * @file: a foreign picture or clip, on this machine
 * @size: px that neither side may exceed, up to 4096; nothing is scaled up
 * @cancellable: (nullable): kills the helper
 * @callback: calls yj_poster_load_finish ()
 * @user_data: for @callback
 *
 * Makes a still of a picture, or of a clip's first frame, upright. It is made in the helper process and kept in
 * the folder `yuanjing/posters` of the user's cache, under a name made of path, size, time of change and @size.
 */
void
yj_poster_load_async (GFile               *file,
                      int                  size,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) look_up = NULL;
  GTask *task;
  Request *request;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (size > 0 && size <= MAX_SIZE);

  request = g_new0 (Request, 1);
  request->file = g_object_ref (file);
  request->size = size;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_poster_load_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  look_up = g_task_new (NULL, NULL, look_up_cb, task);
  g_task_set_task_data (look_up, request, NULL);        /* held by task, which look_up_cb () lets go */
  g_task_run_in_thread (look_up, look_up_thread);
}

/**
 * yj_poster_load_frame_async:
 * @file: a foreign clip, on this machine
 * @size: px that neither side may exceed, up to 4096; nothing is scaled up
 * @position: ns, or `YJ_FRAME_LAST`
 * @cancellable: (nullable): kills the helper
 * @callback: calls yj_poster_load_finish ()
 * @user_data: for @callback
 *
 * Makes a still of the frame that is shown at @position, upright, in the helper process. It is not kept.
 */
void
yj_poster_load_frame_async (GFile               *file,
                            int                  size,
                            gint64               position,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (size > 0 && size <= MAX_SIZE);
  g_return_if_fail (position >= -1);

  request = g_new0 (Request, 1);
  request->file = g_object_ref (file);
  request->size = size;
  request->position = position;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_poster_load_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  yj_helper_push (task, make_thread);
}

/**
 * yj_poster_load_finish:
 * @result: from yj_poster_load_async () or yj_poster_load_frame_async ()
 * @error: any %YJ_MEDIA_ERROR: sounds give %YJ_MEDIA_ERROR_UNSUPPORTED; %G_IO_ERROR when the file cannot be opened
 *   or the call was cancelled
 *
 * Returns: (transfer full): the still
 */
GdkTexture *
yj_poster_load_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, yj_poster_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
