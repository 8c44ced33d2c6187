/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that are free: asking for the task, fetching what it made. */
#define G_LOG_DOMAIN "yj-job-queue"

#include <glib/gi18n-lib.h>

#include "yj-job-fetch.h"
#include "yj-job-queue-private.h"
#include "yj-poll-policy.h"
#include "yj-probe.h"

#define MAX_WITHOUT_VIDEO 5     /* answers that say "done" and name no video */
#define UNSEEN (5 * G_USEC_PER_SEC)             /* of a wait, that may be missed */
#define LONGEST_WAIT (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)

typedef struct
{
  YjJobQueue *queue;
  YjJob      *job;
  YjPlatform *platform;
} Step;

static Step *
step_new (YjJobQueue *self,
          YjJob      *job)
{
  Step *step = g_new0 (Step, 1);

  job->busy = TRUE;
  g_clear_object (&job->cancellable);
  job->cancellable = g_cancellable_new ();
  step->queue = g_object_ref (self);
  step->job = g_object_ref (job);
  step->platform = g_object_ref (self->platform);

  return step;
}

static void
step_free (Step *step)
{
  g_clear_object (&step->queue);
  g_clear_object (&step->job);
  g_clear_object (&step->platform);
  g_free (step);
}

static gint64
age_of (YjJob *job)
{
  return MAX (g_get_real_time () - job->row->submitted, 0);
}

static void
set_due (YjJob  *job,
         gint64  quiet)
{
  job->due = yj_poll_now () + yj_poll_delay (age_of (job), job->n_errors, quiet, g_random_double ());
}

static void
written_cb (YjJobQueue   *self,
            YjJob        *job,
            const GError *error)
{
  yj_job_queue_step_done (self, job);
}

/* Writes @row when it says anything new; ends the step. */
static void
end_step (YjJobQueue *self,
          YjJob      *job,
          YjJobRow   *row)
{
  if (g_strcmp0 (row->state, job->row->state) != 0 || g_strcmp0 (row->error, job->row->error) != 0 ||
      row->error_code != job->row->error_code || g_strcmp0 (row->video_uri, job->row->video_uri) != 0)
    yj_job_queue_commit_must (self, job, row, written_cb);
  else
    {
      yj_job_row_free (row);
      yj_job_queue_step_done (self, job);
    }
}

static void
end_with (YjJobQueue   *self,
          YjJob        *job,
          YjJobState    state,
          const GError *error)
{
  YjJobRow *row = yj_job_copy_newest (job);

  /* an end that is confirmed keeps its time */
  if (state != yj_job_get_state (job))
    yj_job_row_set_state (row, state);
  yj_job_row_set_error (row, error);
  end_step (self, job, row);
}

/* What the network or the server does now and then: it is asked again. */
static void
try_later (YjJobQueue   *self,
           YjJob        *job,
           const GError *error)
{
  job->n_errors++;
  set_due (job, yj_job_queue_quiet (self, error));
  end_with (self, job, yj_job_get_state (job), error);
}

/* ---- asking for the task */

static void
take_missing (YjJobQueue *self,
              YjJob      *job,
              const char *words)
{
  g_autoptr(GError) error = g_error_new_literal (YJ_ERROR, YJ_ERROR_NOT_FOUND,
                                                 words != NULL ? words : _("The platform does not know this task"));
  YjJobState state = yj_job_get_state (job);
  gint64 now = yj_poll_now ();

  if (job->missed == 0)
    job->missed = now;
  if (!yj_job_state_is_final (state) && !yj_poll_is_gone (age_of (job), now - job->missed))
    {
      job->n_errors++;
      set_due (job, 0);
      end_with (self, job, state, NULL);
    }
  else if (yj_job_state_is_final (state))
    end_with (self, job, state, error);
  else
    end_with (self, job, state == YJ_JOB_CREATED ? YJ_JOB_FAILED : YJ_JOB_EXPIRED, error);
}

/* How long the platform took, where nobody was away when it ended: a later look would tell too much. */
static gint64
measure_wait (YjJob *job)
{
  gint64 gap = yj_poll_now () - job->seen, waited = g_get_real_time () - job->row->submitted;

  if (job->seen == 0 || job->row->submitted == 0 || gap > 2 * yj_poll_interval (age_of (job)) + UNSEEN)
    return 0;

  return CLAMP (waited, 0, LONGEST_WAIT);
}

static void
take_result (YjJobQueue  *self,
             YjJob       *job,
             YjTaskReply *reply)
{
  YjJobRow *row;

  if (yj_task_reply_get_video (reply) == NULL)
    {
      g_autoptr(GError) error = g_error_new_literal (YJ_ERROR, YJ_ERROR_PROTOCOL,
                                                     _("The platform says that the video is ready, but not where"));

      if (job->n_errors < MAX_WITHOUT_VIDEO && !yj_job_state_is_final (yj_job_get_state (job)))
        try_later (self, job, error);
      else
        end_with (self, job, YJ_JOB_FAILED, error);
      return;
    }

  row = yj_job_copy_newest (job);
  if (row->waited == 0)
    row->waited = measure_wait (job);
  g_set_str (&row->video_uri, yj_task_reply_get_video (reply));
  g_set_str (&row->image_uri, yj_task_reply_get_image (reply));
  if (yj_task_reply_get_usage (reply) != NULL)
    g_set_str (&row->usage, yj_task_reply_get_usage (reply));
  yj_job_row_set_state (row, YJ_JOB_DOWNLOADING);
  yj_job_row_set_error (row, NULL);
  job->n_errors = 0;
  job->due = 0;
  yj_job_queue_commit_must (self, job, row, written_cb);
}

static void
take_failure (YjJobQueue  *self,
              YjJob       *job,
              YjTaskReply *reply)
{
  const char *words = yj_task_reply_get_message (reply);
  g_autoptr(GError) error = g_error_new_literal (YJ_ERROR, YJ_ERROR_REFUSED,
                                                 words != NULL ? words : _("The platform gave no reason"));

  end_with (self, job, job->link_is_fresh ? YJ_JOB_EXPIRED : YJ_JOB_FAILED, error);
}

static YjJobState
state_for (YjTaskStatus status,
           YjJobState   state)
{
  switch (status)
    {
    case YJ_TASK_STATUS_CREATED:
      return YJ_JOB_CREATED;
    case YJ_TASK_STATUS_PENDING:
      return YJ_JOB_PENDING;
    case YJ_TASK_STATUS_RUNNING:
      return YJ_JOB_RUNNING;
    case YJ_TASK_STATUS_UNKNOWN:
    case YJ_TASK_STATUS_SUCCEEDED:
    case YJ_TASK_STATUS_FAILED:
      break;
    }

  /* a word that is no state, and not final, says that it is still under way */
  return yj_job_state_is_final (state) || state == YJ_JOB_DOWNLOADING ? YJ_JOB_PENDING : state;
}

static void
take_reply (YjJobQueue  *self,
            YjJob       *job,
            YjTaskReply *reply)
{
  YjTaskStatus status = yj_task_reply_get_status (reply);

  if (yj_task_reply_is_not_found (reply))
    {
      take_missing (self, job, yj_task_reply_get_message (reply));
      return;
    }

  job->missed = 0;
  if (status == YJ_TASK_STATUS_SUCCEEDED)
    take_result (self, job, reply);
  else if (status == YJ_TASK_STATUS_FAILED)
    take_failure (self, job, reply);
  else
    {
      job->n_errors = 0;
      job->seen = yj_poll_now ();
      set_due (job, 0);
      end_with (self, job, state_for (status, yj_job_get_state (job)), NULL);
    }
}

static void
take_poll_error (YjJobQueue   *self,
                 YjJob        *job,
                 const GError *error)
{
  g_debug ("No word of task %s: %s", yj_job_get_task_id (job), error->message);
  if (g_cancellable_is_cancelled (job->cancellable))
    yj_job_queue_step_done (self, job);
  else if (g_error_matches (error, YJ_ERROR, YJ_ERROR_UNAUTHORIZED))
    {
      yj_job_queue_refuse_key (self, error);
      end_with (self, job, yj_job_get_state (job), error);
    }
  else if (g_error_matches (error, YJ_ERROR, YJ_ERROR_NOT_FOUND))
    take_missing (self, job, error->message);
  else
    try_later (self, job, error);
}

static void
polled_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Step *step = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjTaskReply) reply = yj_platform_query_task_finish (YJ_PLATFORM (object), result, &error);

  if (reply != NULL)
    take_reply (step->queue, step->job, reply);
  else
    take_poll_error (step->queue, step->job, error);
  step_free (step);
}

/* Asks for the task once. */
void
yj_job_queue_poll (YjJobQueue *self,
                   YjJob      *job)
{
  Step *step;

  job->asks = FALSE;
  if (job->row->task_id == NULL)
    {
      job->stuck = TRUE;        /* nothing to ask for */
      return;
    }

  step = step_new (self, job);
  yj_platform_query_task_async (self->platform, job->row->task_id, job->cancellable, polled_cb, step);
}

/* ---- fetching the result */

static void
take_file (YjJobQueue *self,
           YjJob      *job,
           YjJobRow   *fetched)
{
  YjJobRow *row = yj_job_copy_newest (job);     /* may have been marked a favourite meanwhile */

  g_set_str (&row->file, fetched->file);
  g_set_str (&row->cover, fetched->cover);
  g_set_str (&row->etag, NULL);
  row->width = fetched->width;
  row->height = fetched->height;
  row->duration = fetched->duration;
  row->size = fetched->size;
  yj_job_row_set_state (row, YJ_JOB_READY);
  yj_job_row_set_error (row, NULL);
  yj_job_queue_commit_must (self, job, row, written_cb);
}

static gboolean
is_bad_link (const GError *error)
{
  return g_error_matches (error, YJ_ERROR, YJ_ERROR_NOT_FOUND) ||
         g_error_matches (error, YJ_ERROR, YJ_ERROR_UNAUTHORIZED);
}

static gboolean
is_bad_content (const GError *error)
{
  return error->domain == YJ_MEDIA_ERROR && error->code != YJ_MEDIA_ERROR_FAILED;
}

static void
drop_part (YjJobQueue *self,
           YjJob      *job)
{
  g_autofree char *name = yj_job_fetch_dup_part_name (job->row, FALSE);
  g_autoptr(GFile) part = g_file_get_child (yj_library_get_videos_folder (self->library), name);

  g_file_delete (part, NULL, NULL);
}

/* The link is dead, or leads to what is no video: the task is asked once for another. */
static void
take_bad_link (YjJobQueue   *self,
               YjJob        *job,
               const GError *error)
{
  if (is_bad_content (error))
    drop_part (self, job);

  if (!job->link_is_fresh && job->row->task_id != NULL)
    {
      job->link_is_fresh = TRUE;
      job->asks = TRUE;
      job->due = 0;
      end_with (self, job, YJ_JOB_DOWNLOADING, error);
    }
  else if (is_bad_link (error))
    end_with (self, job, YJ_JOB_EXPIRED, error);
  else
    {
      g_autoptr(GError) told = g_error_new_literal (YJ_ERROR, YJ_ERROR_PROTOCOL, error->message);

      end_with (self, job, YJ_JOB_FAILED, told);
    }
}

/* Nobody has deleted the folder of the videos: the disk that it was moved to is not connected. Kept in English. */
static GError *
explain_disk (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, N_("The folder of the videos is not there. Connect the disk it is on."));

  return g_error_copy (error);
}

static void
take_fetch_error (YjJobQueue   *self,
                  YjJob        *job,
                  const GError *error)
{
  g_debug ("The video of job %s did not come: %s", yj_job_get_uuid (job), error->message);
  if (g_cancellable_is_cancelled (job->cancellable))
    yj_job_queue_step_done (self, job);
  else if (is_bad_link (error) || is_bad_content (error))
    take_bad_link (self, job, error);
  else if (error->domain == G_IO_ERROR)
    {
      g_autoptr(GError) told = explain_disk (error);

      /* this machine's disk: full, gone, not ours to write. The person is asked to mend it, but the platform does not keep
         the video for ever: nor is it waited for that alone */
      job->stuck = TRUE;
      job->n_errors++;
      set_due (job, 0);
      end_with (self, job, YJ_JOB_DOWNLOADING, told);
    }
  else
    try_later (self, job, error);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Step *step = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjJobRow) row = yj_job_fetch_finish (result, &error);

  yj_job_set_transfer (step->job, 0, -1);
  if (row != NULL)
    take_file (step->queue, step->job, row);
  else
    take_fetch_error (step->queue, step->job, error);
  step_free (step);
}

static void
progress_cb (gint64   moved,
             gint64   total,
             gpointer user_data)
{
  Step *step = user_data;

  yj_job_set_transfer (step->job, moved, total);
}

/* Fetches what the task has made. */
void
yj_job_queue_fetch (YjJobQueue *self,
                    YjJob      *job)
{
  Step *step;

  if (job->row->video_uri == NULL)
    {
      yj_job_queue_poll (self, job);
      return;
    }

  step = step_new (self, job);
  yj_job_fetch_async (self->platform, yj_library_get_videos_folder (self->library), job->row, progress_cb, step,
                      job->cancellable, fetched_cb, step);
}
