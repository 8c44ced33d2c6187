/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-probe"

#include "yj-probe.h"

#include "yj-helper.h"

/**
 * yj_media_info_free:
 * @info: (transfer full): what yj_probe_finish () gave
 */
void
yj_media_info_free (YjMediaInfo *info)
{
  g_free (info->content_type);
  g_free (info->extension);
  g_free (info->video_codec);
  g_free (info->audio_codec);
  g_free (info->video_profile);
  g_free (info->stream_key);
  g_free (info);
}

static void
probe_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  const char * const command[] = { g_task_get_source_tag (task) == yj_probe_sniff_async ? "sniff" : "probe", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) facts = yj_helper_ask (task_data, command, 0, NULL, cancellable, &error);
  g_autoptr(YjMediaInfo) info = NULL;

  if (facts == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  info = g_new0 (YjMediaInfo, 1);
  info->kind = CLAMP (yj_helper_get_int (facts, "kind"), YJ_MEDIA_INFO_UNKNOWN, YJ_MEDIA_INFO_AUDIO);
  info->content_type = g_strdup (json_object_get_string_member_with_default (facts, "content-type", NULL));
  info->extension = g_strdup (json_object_get_string_member_with_default (facts, "extension", NULL));
  info->size = yj_helper_get_int (facts, "size");
  info->width = yj_helper_get_int (facts, "width");
  info->height = yj_helper_get_int (facts, "height");
  info->duration = yj_helper_get_int (facts, "duration");
  info->frame_rate = json_object_get_double_member_with_default (facts, "frame-rate", 0);
  info->has_audio = json_object_get_boolean_member_with_default (facts, "has-audio", FALSE);
  info->has_alpha = json_object_get_boolean_member_with_default (facts, "has-alpha", FALSE);
  info->video_codec = g_strdup (json_object_get_string_member_with_default (facts, "video-codec", NULL));
  info->audio_codec = g_strdup (json_object_get_string_member_with_default (facts, "audio-codec", NULL));
  info->video_profile = g_strdup (json_object_get_string_member_with_default (facts, "video-profile", NULL));
  info->sound_rate = (int) CLAMP (yj_helper_get_int (facts, "sound-rate"), 0, 1000000);
  info->channels = (int) CLAMP (yj_helper_get_int (facts, "channels"), 0, 1000);
  info->stream_key = g_strdup (json_object_get_string_member_with_default (facts, "stream-key", NULL));
  if (info->kind == YJ_MEDIA_INFO_UNKNOWN || info->content_type == NULL || info->extension == NULL)
    g_task_return_new_error_literal (task, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FAILED, "The media helper's answer says nothing");
  else
    g_task_return_pointer (task, g_steal_pointer (&info), (GDestroyNotify) yj_media_info_free);
}

/**
 * yj_probe_async:
 * @file: a foreign file, on this machine
 * @cancellable: (nullable): kills the helper
 * @callback: calls yj_probe_finish ()
 * @user_data: for @callback
 *
 * Looks into a foreign file in the helper process: what it is, by its content and never by its name, and
 * whether it can be decoded. At most two files are looked into at a time, the others wait.
 */
void
yj_probe_async (GFile               *file,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_probe_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  yj_helper_push (task, probe_thread);
}

/**
 * yj_probe_sniff_async:
 * @file: a foreign file, on this machine
 * @cancellable: (nullable): kills the helper
 * @callback: calls yj_probe_finish ()
 * @user_data: for @callback
 *
 * As yj_probe_async (), but looks at the first bytes only: the kind and content type are known then, of a container
 * perhaps not whether it is a clip or a sound, and not whether it can be decoded.
 */
void
yj_probe_sniff_async (GFile               *file,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_probe_sniff_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  yj_helper_push (task, probe_thread);
}

/**
 * yj_probe_finish:
 * @result: from yj_probe_async () or yj_probe_sniff_async ()
 * @error: any %YJ_MEDIA_ERROR; %G_IO_ERROR when the file cannot be opened or the call was cancelled
 *
 * Returns: (transfer full): the facts
 */
YjMediaInfo *
yj_probe_finish (GAsyncResult  *result,
                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, yj_probe_async) ||
                        g_async_result_is_tagged (result, yj_probe_sniff_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
