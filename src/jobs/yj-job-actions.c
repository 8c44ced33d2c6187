/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person does with a job, once it is there. */
#define G_LOG_DOMAIN "yj-job-queue"

#include <glib/gi18n-lib.h>

#include "yj-job-fetch.h"
#include "yj-job-queue-private.h"
#include "yj-named-file.h"
#include "yj-recipe.h"

static YjModel *
find_model (const char *model_id,
            gpointer    user_data)
{
  return yj_catalog_find_by_id (YJ_CATALOG (user_data), model_id);
}

/**
 * yj_job_queue_new_draft:
 * @self: a queue
 * @job: a job
 * @error: return location: the recipe cannot be read, or its model is no longer in the catalogue
 *
 * Returns: (transfer full): a draft like the one the job was made of, its files those kept in the library
 */
YjDraft *
yj_job_queue_new_draft (YjJobQueue  *self,
                        YjJob       *job,
                        GError     **error)
{
  g_autofree char *json = NULL;

  g_return_val_if_fail (YJ_IS_JOB_QUEUE (self), NULL);
  g_return_val_if_fail (YJ_IS_JOB (job), NULL);

  json = yj_recipe_from_stored (job->row->recipe != NULL ? job->row->recipe : "", yj_library_get_folder (self->library));

  return yj_draft_new_from_json (json, find_model, self->catalog, error);
}

/* The same, to be sent: the catalogue may have changed since, and what would not be the whole recipe is not paid for. */
YjDraft *
yj_job_queue_new_whole_draft (YjJobQueue  *self,
                              YjJob       *job,
                              GError     **error)
{
  g_autoptr(YjDraft) draft = yj_job_queue_new_draft (self, job, error);

  if (draft != NULL && g_list_model_get_n_items (yj_draft_get_parked (draft)) > 0)
    {
      g_set_error_literal (error, YJ_ERROR, YJ_ERROR_INVALID_REQUEST, _("The model no longer takes one of the files"));
      return NULL;
    }

  return g_steal_pointer (&draft);
}

/**
 * yj_job_queue_new_full_draft:
 * @self: a queue
 * @job: a job
 * @error: return location: as for yj_job_queue_new_draft()
 *
 * Returns: (transfer full): for a cheap try the same with the values that it was a try of
 */
YjDraft *
yj_job_queue_new_full_draft (YjJobQueue  *self,
                             YjJob       *job,
                             GError     **error)
{
  YjDraft *draft = yj_job_queue_new_draft (self, job, error);

  if (draft != NULL && job->row->recipe != NULL)
    yj_recipe_apply_full (job->row->recipe, draft);
  return draft;
}

/* ---- files that go with a job */

static void
file_deleted_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (object), result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_debug ("A file stays: %s", error->message);
}

static void
delete_file (GFile *file)
{
  g_file_delete_async (file, G_PRIORITY_LOW, NULL, file_deleted_cb, NULL);
}

static void
forget_names_thread (GTask        *task,
                     gpointer      source,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  yj_named_file_forget (source);
  g_task_return_boolean (task, TRUE);
}

/* Those that only this job has; its row is gone. */
void
yj_job_queue_delete_files (YjJobQueue *self,
                           YjJob      *job)
{
  GFile *folder = yj_library_get_videos_folder (self->library);

  for (int cover = 0; cover <= 1; cover++)
    {
      g_autofree char *name = yj_job_fetch_dup_part_name (job->row, cover);
      g_autoptr(GFile) part = g_file_get_child (folder, name);

      delete_file (part);
    }
  if (job->file != NULL)
    {
      g_autoptr(GTask) task = g_task_new (job->file, NULL, NULL, NULL);

      delete_file (job->file);
      g_task_run_in_thread (task, forget_names_thread);
    }
  if (job->cover != NULL)
    delete_file (job->cover);
}

/* ---- what is done once the lease is held */

static void
end_now (YjJobQueue *self,
         YjJob      *job,
         YjJobState  state)
{
  YjJobRow *row = yj_job_copy_newest (job);

  yj_job_row_set_state (row, state);
  yj_job_queue_commit (self, job, row, NULL);
}

static void
withdraw (YjJobQueue *self,
          YjJob      *job)
{
  if (job->busy && job == self->sending)
    {
      job->withdrawn = TRUE;
      g_cancellable_cancel (job->cancellable);
    }
  else if (yj_job_get_state (job) == YJ_JOB_WAITING)
    {
      YjJobRow *row = yj_job_copy_newest (job);

      /* while the disk is full it stands still: what was taken back must not be sent once there is room */
      yj_job_row_set_state (row, YJ_JOB_CANCELLED);
      yj_job_queue_commit_must (self, job, row, NULL);
    }
}

static void
go_on (YjJob *job)
{
  job->stuck = FALSE;
  job->link_is_fresh = FALSE;
  job->missed = 0;
  job->n_errors = 0;
  job->due = 0;
}

static void
committed_cb (YjJobQueue   *self,
              YjJob        *job,
              const GError *error)
{
  yj_job_queue_run (self);
}

static void
download (YjJobQueue *self,
          YjJob      *job)
{
  YjJobRow *row;

  if (job->busy || (job->row->video_uri == NULL && job->row->task_id == NULL))
    return;

  row = yj_job_copy_newest (job);
  yj_job_row_set_state (row, row->video_uri != NULL ? YJ_JOB_DOWNLOADING : YJ_JOB_PENDING);
  yj_job_row_set_error (row, NULL);
  go_on (job);
  yj_job_queue_commit (self, job, row, committed_cb);
}

static void
execute (YjJobQueue *self,
         YjJob      *job,
         YjJobTodo   todo)
{
  switch (todo)
    {
    case YJ_JOB_TODO_EARLIER:
    case YJ_JOB_TODO_LATER:
      yj_job_queue_step_line (self, job, todo == YJ_JOB_TODO_EARLIER ? -1 : 1);
      break;
    case YJ_JOB_TODO_SEND:
      self->paused = FALSE;
      go_on (job);
      break;
    case YJ_JOB_TODO_CHECK:
      if (job->row->task_id != NULL && !job->busy)
        {
          go_on (job);
          job->asks = TRUE;
        }
      break;
    case YJ_JOB_TODO_DOWNLOAD:
      download (self, job);
      break;
    case YJ_JOB_TODO_WITHDRAW:
      withdraw (self, job);
      break;
    case YJ_JOB_TODO_SETTLE:
      if (yj_job_get_state (job) == YJ_JOB_UNCONFIRMED)
        end_now (self, job, YJ_JOB_CANCELLED);
      break;
    }
}

/* Does what has been waiting for the lease; TRUE when the job is gone with it. */
gboolean
yj_job_queue_do_waiting (YjJobQueue *self,
                         YjJob      *job)
{
  g_autoptr(YjJob) alive = NULL;

  if (job->lease != YJ_JOB_LEASE_HELD || g_queue_is_empty (&job->todo))
    return FALSE;

  alive = g_object_ref (job);
  while (job->lease == YJ_JOB_LEASE_HELD && !g_queue_is_empty (&job->todo))
    execute (self, job, (YjJobTodo) GPOINTER_TO_INT (g_queue_pop_head (&job->todo)));

  return !g_ptr_array_find (self->jobs, job, NULL);
}

/* Only who holds the lease may write the row: others would overwrite what the holder knows. */
void
yj_job_queue_do (YjJobQueue *self,
                 YjJob      *job,
                 YjJobTodo   todo)
{
  g_queue_push_tail (&job->todo, GINT_TO_POINTER (todo));
  if (job->lease == YJ_JOB_LEASE_NONE)
    job->due = 0;
  yj_job_queue_run (self);
}

/* ---- public */

/**
 * yj_job_queue_check_again:
 * @self: a queue
 * @job: a job that has a task id
 *
 * Asks the platform for the task once more, now, whatever state the job is in. Free.
 */
void
yj_job_queue_check_again (YjJobQueue *self,
                          YjJob      *job)
{
  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (YJ_IS_JOB (job));

  yj_job_queue_do (self, job, YJ_JOB_TODO_CHECK);
}

/**
 * yj_job_queue_download_again:
 * @self: a queue
 * @job: a job whose video the platform has made
 *
 * Fetches the result once more. A file that is there already is not replaced: the new one gets a name of its own. Free.
 */
void
yj_job_queue_download_again (YjJobQueue *self,
                             YjJob      *job)
{
  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (YJ_IS_JOB (job));

  yj_job_queue_do (self, job, YJ_JOB_TODO_DOWNLOAD);
}

static void
again_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  YjJobQueue *self = YJ_JOB_QUEUE (object);
  g_autoptr(YjJob) job = user_data;
  g_autoptr(GError) error = NULL;

  job->again = FALSE;
  if (yj_job_queue_add_finish (self, result, &error) != NULL)
    yj_job_queue_do (self, job, YJ_JOB_TODO_SETTLE);
  else
    {
      /* nothing was stored: the old row says why */
      YjJobRow *row = yj_job_copy_newest (job);

      yj_job_row_set_error (row, error);
      yj_job_queue_take_row (self, job, row);
    }
}

/**
 * yj_job_queue_submit_again:
 * @self: a queue
 * @job: a job that has ended, or one that waits after it could not be sent
 *
 * Pays: adds a new job of the same recipe. The old row stays; an unconfirmed one becomes `cancelled` once the new one
 * is on disk. A job that is still waiting is not doubled: it is itself tried once more.
 */
void
yj_job_queue_submit_again (YjJobQueue *self,
                           YjJob      *job)
{
  g_autoptr(YjDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (YJ_IS_JOB (job));

  if (yj_job_get_state (job) == YJ_JOB_WAITING)
    {
      yj_job_queue_do (self, job, YJ_JOB_TODO_SEND);
      return;
    }
  /* pressed twice is meant once */
  if (!yj_job_state_is_final (yj_job_get_state (job)) || job->again)
    return;

  draft = yj_job_queue_new_whole_draft (self, job, &error);
  if (draft == NULL)
    {
      YjJobRow *row = yj_job_copy_newest (job);

      yj_job_row_set_error (row, error);
      yj_job_queue_take_row (self, job, row);
      return;
    }

  job->again = TRUE;
  yj_job_queue_add_async (self, draft, TRUE, NULL, again_cb, g_object_ref (job));
}

/**
 * yj_job_queue_withdraw:
 * @self: a queue
 * @job: a job that is waiting or being sent
 *
 * Takes a waiting job back: nothing was sent. One that is being sent is stopped; it becomes `cancelled` when nothing
 * can have been accepted yet, else `unconfirmed`. Nothing happens in any other state: the platform has no call for it.
 */
void
yj_job_queue_withdraw (YjJobQueue *self,
                       YjJob      *job)
{
  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (YJ_IS_JOB (job));

  yj_job_queue_do (self, job, YJ_JOB_TODO_WITHDRAW);
}
