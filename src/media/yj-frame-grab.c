/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-frame-grab"

#include "yj-frame-grab.h"

#include "yj-helper.h"
#include "yj-probe.h"

#define MAX_PNG (300 << 20)     /* bytes: 64 megapixels that do not compress */

typedef struct
{
  GFile  *video;
  GFile  *png;
  gint64  position;
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->video);
  g_object_unref (request->png);
  g_free (request);
}

static void
grab_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Request *request = task_data;
  g_autofree char *position = g_strdup_printf ("%" G_GINT64_FORMAT, request->position);
  const char *command[] = { "frame", request->position == YJ_FRAME_LAST ? "last" : position, NULL };
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) facts = yj_helper_ask (request->video, command, MAX_PNG, &png, cancellable, &error);

  if (facts == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (g_bytes_get_size (png) == 0 || (gint64) g_bytes_get_size (png) != yj_helper_get_int (facts, "length"))
    g_task_return_new_error_literal (task, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FAILED, "The media helper's picture is incomplete");
  else if (!g_file_replace_contents (request->png, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL, FALSE,
                                     G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * yj_frame_grab_async:
 * @video: a clip, or a picture
 * @position: ns, or %YJ_FRAME_LAST
 * @png: the file to write; one that is there is replaced, as a whole or not at all
 * @cancellable: (nullable): kills the helper
 * @callback: calls yj_frame_grab_finish ()
 * @user_data: for @callback
 *
 * Writes one frame as an sRGB PNG of full size, upright: the one shown at @position, or the last one that can be
 * decoded. Matrix and range are converted as the stream declares them, and nothing else is.
 */
void
yj_frame_grab_async (GFile               *video,
                     gint64               position,
                     GFile               *png,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (G_IS_FILE (video));
  g_return_if_fail (G_IS_FILE (png));
  g_return_if_fail (position >= YJ_FRAME_LAST);

  request = g_new (Request, 1);
  request->video = g_object_ref (video);
  request->png = g_object_ref (png);
  request->position = position;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_frame_grab_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  yj_helper_push (task, grab_thread);
}

/**
 * yj_frame_grab_finish:
 * @result: from yj_frame_grab_async ()
 * @error: any %YJ_MEDIA_ERROR; %G_IO_ERROR when a file cannot be read or written or the call was cancelled
 *
 * Returns: whether the file was written
 */
gboolean
yj_frame_grab_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, yj_frame_grab_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
