/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Makes one film of several clips: the encoded streams are put one behind the other where they are alike; where they are
 * not, every clip is encoded anew first, to the size and rate of the first one. All of it is done in helper processes.
 */

#define G_LOG_DOMAIN "yj-join"

#include "yj-join.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "yj-helper.h"

#define SOUND_RATE 48000
#define ENCODING 0.9            /* of the work, when there is any */

/**
 * yj_join_plan_free:
 * @plan: (transfer full): a plan
 */
void
yj_join_plan_free (YjJoinPlan *plan)
{
  g_clear_pointer (&plan->files, g_ptr_array_unref);
  g_clear_pointer (&plan->infos, g_ptr_array_unref);
  g_free (plan);
}

static YjJoinReason
compare (const YjMediaInfo *first,
         const YjMediaInfo *other)
{
  if (first->width != other->width || first->height != other->height)
    return YJ_JOIN_SIZE;
  if (!G_APPROX_VALUE (first->frame_rate, other->frame_rate, 0.02))
    return YJ_JOIN_RATE;
  if (first->has_audio != other->has_audio || first->sound_rate != other->sound_rate || first->channels != other->channels)
    return YJ_JOIN_SOUND;
  if (first->stream_key == NULL || g_strcmp0 (first->stream_key, other->stream_key) != 0)
    return YJ_JOIN_CODING;
  return YJ_JOIN_AS_IS;
}

static void look_at_next (GTask *task);

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  YjJoinPlan *plan = g_task_get_task_data (task);
  GError *error = NULL;
  YjMediaInfo *info = yj_probe_finish (result, &error);
  const YjMediaInfo *first;

  if (info == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (info->kind != YJ_MEDIA_INFO_VIDEO)
    {
      yj_media_info_free (info);
      g_task_return_new_error_literal (task, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED, "Only clips can be joined");
      g_object_unref (task);
      return;
    }
  g_ptr_array_add (plan->infos, info);
  first = plan->infos->pdata[0];
  plan->duration += info->duration;
  if (plan->reason == YJ_JOIN_AS_IS)
    plan->reason = compare (first, info);
  plan->width = first->width & ~1;
  plan->height = first->height & ~1;
  plan->frame_rate = first->frame_rate;
  look_at_next (task);
}

static gpointer
copy_plan (const YjJoinPlan *plan)
{
  YjJoinPlan *copy = g_memdup2 (plan, sizeof *plan);

  g_ptr_array_ref (copy->files);
  g_ptr_array_ref (copy->infos);

  return copy;
}

static void
look_at_next (GTask *task)
{
  YjJoinPlan *plan = g_task_get_task_data (task);

  if (plan->infos->len < plan->files->len)
    {
      yj_probe_async (plan->files->pdata[plan->infos->len], g_task_get_cancellable (task), probed_cb, task);
      return;
    }
  g_task_return_pointer (task, copy_plan (plan), (GDestroyNotify) yj_join_plan_free);
  g_object_unref (task);
}

/**
 * yj_join_plan_async:
 * @files: (element-type GFile): 2 to YJ_JOIN_MOST clips in their order
 * @cancellable: (nullable): kills the helper
 * @callback: calls yj_join_plan_finish ()
 * @user_data: for @callback
 *
 * Finds out whether the clips can follow each other as they are.
 */
void
yj_join_plan_async (GPtrArray           *files,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task;
  YjJoinPlan *plan;

  g_return_if_fail (files != NULL && files->len >= 1 && files->len <= YJ_JOIN_MOST);

  plan = g_new0 (YjJoinPlan, 1);
  plan->files = g_ptr_array_copy (files, (GCopyFunc) (GCallback) g_object_ref, NULL);
  g_ptr_array_set_free_func (plan->files, g_object_unref);
  plan->infos = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_media_info_free);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_join_plan_async);
  g_task_set_task_data (task, plan, (GDestroyNotify) yj_join_plan_free);
  look_at_next (task);
}

/**
 * yj_join_plan_finish:
 * @result: from yj_join_plan_async ()
 * @error: any %YJ_MEDIA_ERROR, of the first clip that cannot be read; %G_IO_ERROR
 *
 * Returns: (transfer full): the plan
 */
YjJoinPlan *
yj_join_plan_finish (GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, yj_join_plan_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the work */

typedef struct
{
  YjJoinPlan        *plan;
  GFile             *target;
  GPtrArray         *parts;             /* of GFile: what is put together */
  YjFixProgressFunc  progress;
  gpointer           progress_data;
  GMainContext      *context;
  GMutex             lock;
  double             fraction;          /* of the last report */
  gboolean           reporting;         /* one is on its way */
  gboolean           over;
  double             done;              /* before the helper at work */
  double             share;             /* of that helper */
} Work;

static void
work_free (Work *work)
{
  yj_join_plan_free (work->plan);
  g_object_unref (work->target);
  g_ptr_array_unref (work->parts);
  g_main_context_unref (work->context);
  g_mutex_clear (&work->lock);
  g_free (work);
}

static gboolean
report_cb (gpointer user_data)
{
  Work *work = g_task_get_task_data (user_data);
  gboolean over;
  double fraction;

  g_mutex_lock (&work->lock);
  work->reporting = FALSE;
  over = work->over;
  fraction = work->fraction;
  g_mutex_unlock (&work->lock);
  if (!over && !g_cancellable_is_cancelled (g_task_get_cancellable (user_data)))
    work->progress (fraction, work->progress_data);
  return G_SOURCE_REMOVE;
}

/* In the thread that waits for the helper. */
static void
progress_cb (double   fraction,
             gpointer user_data)
{
  Work *work = g_task_get_task_data (user_data);
  gboolean reporting;

  if (work->progress == NULL)
    return;
  g_mutex_lock (&work->lock);
  /* what begins anew, as it could not be put together as it is, takes nothing back */
  work->fraction = MAX (work->fraction, work->done + work->share * fraction);
  reporting = work->reporting;
  work->reporting = TRUE;
  g_mutex_unlock (&work->lock);
  if (!reporting)
    g_main_context_invoke_full (work->context, G_PRIORITY_DEFAULT, report_cb, g_object_ref (user_data), g_object_unref);
}

/* A file that was not there before. */
static int
open_new (const char  *path,
          GError     **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  int saved = errno;

  if (fd >= 0)
    return fd;
  if (saved == ENOSPC || saved == EDQUOT)
    g_set_error_literal (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FULL, g_strerror (saved));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
  return -1;
}

/* As large as it fits, in the middle. */
static GdkRectangle
fit (int width,
     int height,
     int in_width,
     int in_height)
{
  double scale = MIN ((double) width / in_width, (double) height / in_height);
  GdkRectangle place = { 0, 0, MIN (width, (int) (in_width * scale + 0.5) & ~1), MIN (height, (int) (in_height * scale + 0.5) & ~1) };

  place.x = ((width - place.width) / 2) & ~1;
  place.y = ((height - place.height) / 2) & ~1;

  return place;
}

static gboolean
encode_part (GTask   *task,
             guint    i,
             gboolean sound,
             GError **error)
{
  Work *work = g_task_get_task_data (task);
  const YjJoinPlan *plan = work->plan;
  const YjMediaInfo *info = plan->infos->pdata[i];
  YjFixPlan fix = {
    .content_type = "video/mp4", .crop = { 0, 0, info->width, info->height }, .width = plan->width, .height = plan->height,
    .place = fit (plan->width, plan->height, info->width, info->height), .frame_rate = plan->frame_rate,
    .sound_rate = sound ? SOUND_RATE : 0, .channels = sound ? 2 : 0, .common = TRUE,
  };
  g_autofree char *string = yj_fix_plan_to_string (&fix);
  g_autofree char *path = g_strdup_printf ("%s.%u", g_file_peek_path (work->target), i);
  const char *command[] = { "fix", string, NULL };
  int fd = open_new (path, error);

  if (fd < 0)
    return FALSE;
  g_ptr_array_add (work->parts, g_file_new_for_path (path));
  return yj_helper_make (plan->files->pdata[i], command, fd, progress_cb, task, g_task_get_cancellable (task), error);
}

static gboolean
encode_parts (GTask   *task,
              GError **error)
{
  Work *work = g_task_get_task_data (task);
  const YjJoinPlan *plan = work->plan;
  gboolean sound = FALSE;

  for (guint i = 0; i < plan->infos->len; i++)
    sound |= ((YjMediaInfo *) plan->infos->pdata[i])->has_audio;
  for (guint i = 0; i < plan->files->len; i++)
    {
      const YjMediaInfo *info = plan->infos->pdata[i];

      work->share = plan->duration > 0 ? ENCODING * (double) info->duration / (double) plan->duration : 0;
      if (!encode_part (task, i, sound, error))
        return FALSE;
      work->done += work->share;
    }
  return TRUE;
}

static gboolean
put_together (GTask   *task,
              GError **error)
{
  Work *work = g_task_get_task_data (task);
  g_autofree char *n = g_strdup_printf ("%u", work->parts->len);
  const char *command[] = { "join", n, NULL };
  const char *path = g_file_peek_path (work->target);
  int fd = open_new (path, error);

  if (fd < 0)
    return FALSE;
  work->share = 1 - work->done;
  if (yj_helper_join ((GFile **) work->parts->pdata, work->parts->len, command, fd, progress_cb, task,
                      g_task_get_cancellable (task), error) &&
      !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), error))
    return TRUE;
  g_unlink (path);
  return FALSE;
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Work *work = task_data;
  gboolean encoded = work->plan->reason != YJ_JOIN_AS_IS, done = FALSE;
  GError *error = NULL;

  if (!encoded)
    {
      g_ptr_array_extend (work->parts, work->plan->files, (GCopyFunc) (GCallback) g_object_ref, NULL);
      done = put_together (task, &error);
      /* Only the streams themselves tell whether they really follow each other. */
      if (g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED))
        {
          g_clear_error (&error);
          g_ptr_array_set_size (work->parts, 0);
          work->done = 0;
          encoded = TRUE;
        }
    }
  if (encoded)
    done = encode_parts (task, &error) && put_together (task, &error);
  for (guint i = 0; encoded && i < work->parts->len; i++)
    g_unlink (g_file_peek_path (work->parts->pdata[i]));
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * yj_join_run_async:
 * @plan: from yj_join_plan_finish ()
 * @target: the film; fails with %G_IO_ERROR_EXISTS when there is something already
 * @progress: (nullable): called in this thread's main context as the work gets on
 * @progress_data: for @progress
 * @cancellable: (nullable): kills the helper, and nothing stays
 * @callback: calls yj_join_run_finish ()
 * @user_data: for @callback
 *
 * Writes an MP4 as a whole or not at all. Without encoding, every frame of it is decoded to the same pixels as in its clip;
 * the sound of each clip ends with its pictures.
 */
void
yj_join_run_async (const YjJoinPlan    *plan,
                   GFile               *target,
                   YjFixProgressFunc    progress,
                   gpointer             progress_data,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Work *work;

  g_return_if_fail (plan != NULL && plan->infos->len == plan->files->len);
  g_return_if_fail (G_IS_FILE (target) && g_file_peek_path (target) != NULL);

  work = g_new0 (Work, 1);
  work->plan = copy_plan (plan);
  work->target = g_object_ref (target);
  work->parts = g_ptr_array_new_with_free_func (g_object_unref);
  work->progress = progress;
  work->progress_data = progress_data;
  work->context = g_main_context_ref_thread_default ();
  g_mutex_init (&work->lock);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_join_run_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, run_thread);
}

/**
 * yj_join_run_finish:
 * @result: from yj_join_run_async ()
 * @error: any %YJ_MEDIA_ERROR; %G_IO_ERROR when a file cannot be opened or written or the call was cancelled
 *
 * Returns: whether the film was written
 */
gboolean
yj_join_run_finish (GAsyncResult  *result,
                    GError       **error)
{
  Work *work;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, yj_join_run_async), FALSE);

  work = g_task_get_task_data (G_TASK (result));
  g_mutex_lock (&work->lock);
  work->over = TRUE;
  g_mutex_unlock (&work->lock);
  return g_task_propagate_boolean (G_TASK (result), error);
}
