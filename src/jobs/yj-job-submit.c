/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one step that pays. */
#define G_LOG_DOMAIN "yj-job-queue"

#include <glib/gi18n-lib.h>

#include "yj-job-queue-private.h"
#include "yj-poll-policy.h"
#include "yj-recipe.h"
#include "yj-send-cuts.h"

typedef struct
{
  YjJobQueue   *queue;
  YjJob        *job;
  YjPlatform   *platform;
  YjDraft      *draft;
} Sending;

static void
sending_free (Sending *sending)
{
  g_clear_object (&sending->queue);
  g_clear_object (&sending->job);
  g_clear_object (&sending->platform);
  g_clear_object (&sending->draft);
  g_free (sending);
}

static void
outcome_cb (YjJobQueue   *self,
            YjJob        *job,
            const GError *error)
{
  yj_job_set_transfer (job, 0, -1);
  yj_job_queue_step_done (self, job);
}

/* Nothing has reached the platform: back in line, for a few times by itself. */
static void
take_unsent (YjJobQueue   *self,
             YjJob        *job,
             YjJobRow     *row,
             const GError *error)
{
  gint64 back_off = yj_poll_jitter (yj_poll_back_off (job->n_errors + 1), g_random_double ()), quiet;

  row->submitted = 0;
  yj_job_row_set_error (row, error);
  yj_job_row_set_state (row, job->withdrawn ? YJ_JOB_CANCELLED : YJ_JOB_WAITING);
  job->n_errors++;
  quiet = yj_job_queue_quiet (self, error);
  if (g_error_matches (error, YJ_ERROR, YJ_ERROR_RATE_LIMIT))
    {
      /* not a fault: there will be room, and whoever waits for that need not be told to try again */
      yj_job_queue_learn_limit (self, TRUE);
      job->due = yj_poll_now () + (self->limit > 0 ? quiet : MAX (quiet, back_off));
      return;
    }
  job->stuck = job->n_errors > YJ_POLL_MAX_UNSENT;
  job->due = yj_poll_now () + MAX (back_off, quiet);
}

static void
take_refusal (YjJobQueue   *self,
              YjJob        *job,
              YjJobRow     *row,
              const GError *error)
{
  yj_job_row_set_state (row, YJ_JOB_FAILED);
  yj_job_row_set_error (row, error);
  if (g_error_matches (error, YJ_ERROR, YJ_ERROR_UNAUTHORIZED))
    yj_job_queue_refuse_key (self, error);
  else if (g_error_matches (error, YJ_ERROR, YJ_ERROR_BALANCE))
    yj_job_queue_pause (self, error);
}

static void
take_error (YjJobQueue   *self,
            YjJob        *job,
            const GError *error)
{
  YjJobRow *row = yj_job_copy_newest (job);

  g_debug ("Job %s was not taken: %s", yj_job_get_uuid (job), error->message);
  switch (yj_poll_submit_verdict (error))
    {
    case YJ_VERDICT_UNSENT:
      take_unsent (self, job, row, error);
      break;
    case YJ_VERDICT_REFUSED:
      take_refusal (self, job, row, error);
      break;
    case YJ_VERDICT_CANCELLED:
      row->submitted = 0;
      /* by the person, or because the program ends: then it is sent next time */
      yj_job_row_set_state (row, job->withdrawn ? YJ_JOB_CANCELLED : YJ_JOB_WAITING);
      break;
    case YJ_VERDICT_UNCONFIRMED:
      yj_job_row_set_state (row, YJ_JOB_UNCONFIRMED);
      yj_job_row_set_error (row, error);
      break;
    }
  yj_job_queue_commit_must (self, job, row, outcome_cb);
}

static void
submitted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Sending *sending = user_data;
  YjJobQueue *self = sending->queue;
  YjJob *job = sending->job;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjTaskReply) reply = yj_platform_submit_finish (YJ_PLATFORM (object), result, &error);

  if (reply == NULL)
    take_error (self, job, error);
  else
    {
      YjJobRow *row = yj_job_copy_newest (job);

      g_set_str (&row->task_id, yj_task_reply_get_task_id (reply));
      yj_job_row_set_state (row, YJ_JOB_CREATED);
      yj_job_row_set_error (row, NULL);
      job->n_errors = 0;
      job->seen = yj_poll_now ();
      yj_job_queue_learn_limit (self, FALSE);
      job->due = yj_poll_now () + yj_poll_delay (0, 0, 0, g_random_double ());
      /* a server that kept us until the end has told all already */
      if (yj_task_reply_get_status (reply) == YJ_TASK_STATUS_SUCCEEDED && yj_task_reply_get_video (reply) != NULL)
        {
          g_set_str (&row->video_uri, yj_task_reply_get_video (reply));
          g_set_str (&row->image_uri, yj_task_reply_get_image (reply));
          g_set_str (&row->usage, yj_task_reply_get_usage (reply));
          yj_job_row_set_state (row, YJ_JOB_DOWNLOADING);
          job->due = 0;
        }
      yj_job_queue_commit_must (self, job, row, outcome_cb);
    }
  sending_free (sending);
}

static void
progress_cb (gint64   moved,
             gint64   total,
             gpointer user_data)
{
  Sending *sending = user_data;

  yj_job_set_transfer (sending->job, moved, total);
}

static YjDraft *
new_draft (YjJobQueue  *self,
           YjJob       *job,
           GError     **error)
{
  g_autoptr(YjDraft) draft = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GPtrArray) problems = NULL;
  const YjProblem *worst;

  draft = yj_job_queue_new_whole_draft (self, job, &local_error);
  if (draft == NULL)
    {
      g_set_error_literal (error, YJ_ERROR, YJ_ERROR_INVALID_REQUEST, local_error->message);
      return NULL;
    }

  problems = yj_draft_validate (draft);
  worst = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;
  if (worst != NULL && worst->severity == YJ_PROBLEM_ERROR)
    {
      g_set_error_literal (error, YJ_ERROR, YJ_ERROR_INVALID_REQUEST, worst->message);
      return NULL;
    }

  return g_steal_pointer (&draft);
}

static gboolean
may_not_send (YjJobQueue *self,
              YjJob      *job)
{
  return g_cancellable_is_cancelled (job->cancellable) || self->stopped || !yj_job_queue_is_home (self, job);
}

static void
take_cancelled (YjJobQueue *self,
                YjJob      *job)
{
  g_autoptr(GError) cancelled = g_error_new_literal (YJ_ERROR, YJ_ERROR_CANCELLED, "");

  take_error (self, job, cancelled);
}

static void
send_draft (Sending    *sending,
            GHashTable *cuts)
{
  g_autoptr(YjSubmission) submission = yj_recipe_new_submission (sending->draft, cuts);

  yj_platform_submit_async (sending->platform, submission, progress_cb, sending, sending->job->cancellable, submitted_cb, sending);
}

static void
cuts_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Sending *sending = user_data;
  g_autoptr(GHashTable) cuts = yj_send_cuts_find_finish (result, NULL);

  if (cuts != NULL && !may_not_send (sending->queue, sending->job))
    {
      send_draft (sending, cuts);
      return;
    }
  take_cancelled (sending->queue, sending->job);
  sending_free (sending);
}

static void
send_now (YjJobQueue *self,
          YjJob      *job)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjDraft) draft = new_draft (self, job, &error);
  Sending *sending;

  if (draft == NULL)
    {
      take_error (self, job, error);
      return;
    }

  sending = g_new0 (Sending, 1);
  sending->queue = g_object_ref (self);
  sending->job = g_object_ref (job);
  sending->platform = g_object_ref (self->platform);
  sending->draft = g_steal_pointer (&draft);
  if (self->keep_camera_facts)
    send_draft (sending, NULL);
  else
    yj_send_cuts_find_async (sending->draft, job->cancellable, cuts_cb, sending);
}

/* The row says `submitting`, on disk. From here on a crash leaves the job unconfirmed. */
static void
marked_cb (YjJobQueue   *self,
           YjJob        *job,
           const GError *error)
{
  if (error != NULL)
    {
      /* the disk is full, say: nothing is sent that could not be remembered */
      YjJobRow *row = yj_job_row_copy (job->row);

      take_unsent (self, job, row, error);
      yj_job_row_set_state (row, YJ_JOB_WAITING);
      yj_job_queue_take_row (self, job, row);
      /* on disk it still waits: what was taken back meanwhile is taken back there, too, before it is due again */
      if (job->withdrawn)
        g_queue_push_tail (&job->todo, GINT_TO_POINTER (YJ_JOB_TODO_WITHDRAW));
      yj_job_queue_step_done (self, job);
    }
  else if (may_not_send (self, job))
    take_cancelled (self, job);
  else
    send_now (self, job);
}

/* Sends a waiting job whose lease is held: first the row, then the request. */
void
yj_job_queue_submit (YjJobQueue *self,
                     YjJob      *job)
{
  YjJobRow *row = yj_job_copy_newest (job);
  g_autoptr(YjDraft) draft = yj_job_queue_new_draft (self, job, NULL);

  g_assert (self->sending == NULL);
  g_assert (job->lease == YJ_JOB_LEASE_HELD);
  g_assert (yj_job_get_state (job) == YJ_JOB_WAITING);

  self->sending = g_object_ref (job);
  job->busy = TRUE;
  job->withdrawn = FALSE;
  job->cancellable = g_cancellable_new ();

  yj_job_row_set_state (row, YJ_JOB_SUBMITTING);
  yj_job_row_set_error (row, NULL);
  row->submitted = g_get_real_time ();
  g_free (row->prompt_sent);
  row->prompt_sent = draft != NULL ? yj_draft_dup_sent_prompt (draft) : NULL;
  if (row->origin == NULL || *row->origin == '\0')
    {
      g_free (row->origin);
      row->origin = yj_job_queue_dup_origin (self);
    }
  yj_job_queue_commit (self, job, row, marked_cb);
}
