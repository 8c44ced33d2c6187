/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A film of videos of the library: an entry beside theirs, which no platform has made. */
#define G_LOG_DOMAIN "yj-job-queue"

#include "yj-join-job.h"

#include <string.h>

#include "yj-job-fetch.h"
#include "yj-job-queue-private.h"
#include "yj-lineage.h"

typedef struct
{
  YjJobRow *row;
  GFile    *part;
  GFile    *film;               /* under its name, and its poster; NULL before */
  GFile    *cover;
} Join;

static void
join_free (Join *join)
{
  yj_job_row_free (join->row);
  g_object_unref (join->part);
  g_clear_object (&join->film);
  g_clear_object (&join->cover);
  g_free (join);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjJobQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(GPtrArray) rows = yj_library_add_jobs_finish (YJ_LIBRARY (object), result, &error);
  Join *join = g_task_get_task_data (task);

  if (rows != NULL)
    {
      g_task_return_pointer (task, g_object_ref (yj_job_queue_adopt (self, yj_job_row_copy (rows->pdata[0]))), g_object_unref);
      return;
    }
  /* A film that the gallery does not know would only take room. */
  g_file_delete_async (join->film, G_PRIORITY_LOW, NULL, NULL, NULL);
  if (join->cover != NULL)
    g_file_delete_async (join->cover, G_PRIORITY_LOW, NULL, NULL, NULL);
  g_task_return_error (task, error);
}

static void
placed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjJobQueue *self = g_task_get_source_object (task);
  Join *join = g_task_get_task_data (task);
  GPtrArray *rows;
  GError *error = NULL;
  YjJobRow *row = yj_job_fetch_finish (result, &error);

  if (row == NULL)
    {
      g_file_delete_async (join->part, G_PRIORITY_LOW, NULL, NULL, NULL);
      g_task_return_error (task, error);
      return;
    }
  join->film = g_file_get_child (yj_library_get_videos_folder (self->library), row->file);
  join->cover = row->cover != NULL ? g_file_get_child (yj_library_get_videos_folder (self->library), row->cover) : NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_job_row_free);
  g_ptr_array_add (rows, row);
  yj_job_row_set_state (row, YJ_JOB_READY);
  yj_library_add_jobs_async (self->library, rows, NULL, saved_cb, g_steal_pointer (&task));
}

static void
joined_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjJobQueue *self = g_task_get_source_object (task);
  Join *join = g_task_get_task_data (task);
  GError *error = NULL;

  if (yj_join_run_finish (result, &error))
    yj_job_fetch_place_async (yj_library_get_videos_folder (self->library), join->row, placed_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
append_prompt (GString *prompts,
               YjJob   *job)
{
  const char *prompt = yj_job_get_prompt (job);

  if (prompt == NULL || *prompt == '\0' || strstr (prompts->str, prompt) != NULL)
    return;
  if (prompts->len > 0)
    g_string_append_c (prompts, '\n');
  g_string_append (prompts, prompt);
}

/* Is found by the words of all its parts. */
static YjJobRow *
new_row (GPtrArray *jobs)
{
  YjJobRow *row = yj_job_row_new ();
  g_autoptr(GString) parents = g_string_new (NULL), prompts = g_string_new (NULL);

  for (guint i = 0; i < jobs->len; i++)
    {
      g_autofree char *line = yj_lineage_dup_origin (YJ_LINK_JOIN, jobs->pdata[i]);

      g_string_append_printf (parents, "%s%s", i > 0 ? "\n" : "", line);
      append_prompt (prompts, jobs->pdata[i]);
    }
  row->uuid = g_uuid_string_random ();
  row->origin = g_strdup ("");
  row->mode = g_strdup (yj_mode_to_string (yj_job_get_mode (jobs->pdata[0])));
  row->model_id = g_strdup ("");
  row->model_name = g_strdup ("");
  row->prompt = g_strdup (prompts->str);
  row->recipe = g_strdup ("{}");
  row->parents = g_strdup (parents->str);
  row->error_code = -1;
  row->created = g_get_real_time ();

  return row;
}

/**
 * yj_job_queue_join_async:
 * @self: a queue
 * @jobs: (element-type YjJob): finished videos in their order
 * @plan: how, from yj_join_plan_finish () of their files
 * @progress: (nullable): called as the work gets on
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it; nothing stays
 * @callback: calls yj_job_queue_join_finish ()
 * @user_data: for @callback
 *
 * Nothing is sent, and nothing is paid.
 */
void
yj_job_queue_join_async (YjJobQueue          *self,
                         GPtrArray           *jobs,
                         const YjJoinPlan    *plan,
                         YjFixProgressFunc    progress,
                         gpointer             progress_data,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autofree char *name = NULL;
  GTask *task;
  Join *join;

  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (jobs != NULL && jobs->len > 0);

  join = g_new0 (Join, 1);
  join->row = new_row (jobs);
  name = yj_job_fetch_dup_part_name (join->row, FALSE);
  join->part = g_file_get_child (yj_library_get_videos_folder (self->library), name);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_job_queue_join_async);
  g_task_set_check_cancellable (task, FALSE);   /* once it is in the library it is there */
  g_task_set_task_data (task, join, (GDestroyNotify) join_free);
  yj_join_run_async (plan, join->part, progress, progress_data, cancellable, joined_cb, task);
}

/**
 * yj_job_queue_join_finish:
 * @self: a queue
 * @result: from yj_job_queue_join_async ()
 * @error: any %YJ_MEDIA_ERROR, `G_IO_ERROR`, or a [enum@Yj.LibraryError]
 *
 * Returns: (transfer full): the film, now in the list
 */
YjJob *
yj_job_queue_join_finish (YjJobQueue    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
