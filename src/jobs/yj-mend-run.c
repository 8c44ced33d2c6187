/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the catalogue, which knows what a model takes, the media, which knows how files are made, and the library, which
   keeps what drafts and jobs are made from. */
#define G_LOG_DOMAIN "yj-mend-run"

#include "yj-mend-run.h"

#include "yj-probe.h"

typedef struct
{
  GFile       *part;            /* the new file until it is kept: what stays of a crash is tidied away with the references */
  YjMediaInfo *info;
  YjDraftFile *mended;
  GError      *error;
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->part);
  g_clear_pointer (&run->info, yj_media_info_free);
  g_clear_object (&run->mended);
  g_clear_error (&run->error);
  g_free (run);
}

static YjFixPlan
make_plan (const YjMend *mend,
           guint32       background)
{
  return (YjFixPlan) {
    .content_type = mend->content_type,
    .opaque = mend->opaque,
    .max_bytes = mend->max_bytes,
    .crop = { mend->crop_x, mend->crop_y, mend->crop_width, mend->crop_height },
    .place = { mend->place_x, mend->place_y, mend->place_width, mend->place_height },
    .width = mend->width,
    .height = mend->height,
    .background = background,
    .frame_rate = mend->frame_rate,
    .start = mend->start,
    .length = mend->length,
  };
}

/* ---- the end: nothing but what is kept stays */
static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (object), result, &error))
    g_debug ("A file that was only needed for a while stays: %s", error->message);
  if (run->mended != NULL)
    g_task_return_pointer (task, g_steal_pointer (&run->mended), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&run->error));
}

static void
clean_up (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  g_file_delete_async (run->part, G_PRIORITY_DEFAULT, NULL, deleted_cb, task);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  const YjMediaInfo *info = run->info;
  g_autoptr(YjReference) reference = yj_library_keep_reference_finish (YJ_LIBRARY (object), result, &run->error);

  if (reference != NULL && !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &run->error))
    {
      run->mended = yj_draft_file_new (reference->file, (YjMediaKind) info->kind, info->content_type);
      yj_draft_file_set_facts (run->mended, info->size, info->width, info->height, info->duration);
      yj_draft_file_set_frame_rate (run->mended, info->frame_rate);
      yj_draft_file_set_codecs (run->mended, info->video_codec, info->audio_codec);
      yj_draft_file_set_alpha (run->mended, info->has_alpha);
    }
  clean_up (task);
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  run->info = yj_probe_finish (result, &run->error);
  if (run->info != NULL)
    yj_library_keep_reference_async (g_task_get_source_object (task), run->part, run->info->extension,
                                     g_task_get_cancellable (task), kept_cb, task);
  else
    clean_up (task);
}

static void
made_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  if (yj_fix_run_finish (result, &run->error))
    yj_probe_async (run->part, g_task_get_cancellable (task), probed_cb, task);
  else
    {
      g_task_return_error (task, g_steal_pointer (&run->error));        /* it wrote the whole file or none */
      g_object_unref (task);
    }
}

/**
 * yj_mend_run_async:
 * @library: where the new file is kept
 * @file: the file to mend a copy of
 * @mend: what is to be done; not needed after the call
 * @background: 0xRRGGBB: under what is transparent, and of bars
 * @progress: (nullable): called in this thread's main context as the work gets on
 * @progress_data: for @progress
 * @cancellable: (nullable): ends the work, and nothing stays
 * @callback: calls yj_mend_run_finish ()
 * @user_data: for @callback
 *
 * The new file lies among the library's references, which are tidied away when no draft and no job needs them; @file
 * stays as it is.
 */
void
yj_mend_run_async (YjLibrary           *library,
                   YjDraftFile         *file,
                   const YjMend        *mend,
                   guint32              background,
                   YjFixProgressFunc    progress,
                   gpointer             progress_data,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autofree char *uuid = g_uuid_string_random (), *name = g_strconcat ("mended-", uuid, ".part", NULL);
  YjFixPlan plan;
  GTask *task;
  Run *run;

  g_return_if_fail (YJ_IS_LIBRARY (library));
  g_return_if_fail (YJ_IS_DRAFT_FILE (file));
  g_return_if_fail (mend != NULL);

  run = g_new0 (Run, 1);
  run->part = g_file_new_build_filename (g_file_peek_path (yj_library_get_folder (library)), "references", name, NULL);
  task = g_task_new (library, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_mend_run_async);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  plan = make_plan (mend, background);
  yj_fix_run_async (yj_draft_file_get_file (file), &plan, run->part, progress, progress_data, cancellable, made_cb, task);
}

/**
 * yj_mend_run_finish:
 * @library: a library
 * @result: from yj_mend_run_async ()
 * @error: any of yj_fix_run_finish (), yj_probe_finish () and yj_library_keep_reference_finish ()
 *
 * Returns: (transfer full): the new file with its facts, ready to take the place of the other
 */
YjDraftFile *
yj_mend_run_finish (YjLibrary     *library,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, yj_mend_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
