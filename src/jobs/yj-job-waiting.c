/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The room in which jobs wait to be sent: their order, and how many the platform takes at once. */
#define G_LOG_DOMAIN "yj-job-queue"

#include "yj-job-queue-private.h"
#include "yj-poll-policy.h"

#define STEP 1024                               /* µs between places that are given out at once: room for others */
#define ONE_MORE (5 * 60 * G_USEC_PER_SEC)      /* after that long, one more than the limit is tried */

/* A place behind all that were given out, at @now (µs since 1970) or later. */
gint64
yj_job_queue_next_position (YjJobQueue *self,
                            gint64      now)
{
  for (guint i = 0; self->last_position == 0 && i < self->jobs->len; i++)
    self->last_position = MAX (self->last_position, yj_job_get_position (g_ptr_array_index (self->jobs, i)));
  self->last_position = MAX (now, self->last_position + STEP);

  return self->last_position;
}

/* Jobs of ours that the platform has and that are not made yet. */
static guint
count_there (YjJobQueue *self)
{
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);
      YjJobState state = yj_job_get_state (job);

      if ((state == YJ_JOB_CREATED || state == YJ_JOB_PENDING || state == YJ_JOB_RUNNING) && yj_job_queue_is_home (self, job))
        n++;
    }

  return n;
}

/* Whether another job may be sent now; else @due is when one more is tried. A job that ends makes room earlier. */
gboolean
yj_job_queue_has_room (YjJobQueue *self,
                       gint64     *due)
{
  if (self->limit == 0 || count_there (self) < self->limit || self->limit_due <= yj_poll_now ())
    return TRUE;

  *due = self->limit_due;
  return FALSE;
}

/* The platform has refused a job because there were too many, or taken one. */
void
yj_job_queue_learn_limit (YjJobQueue *self,
                          gboolean    refused)
{
  guint there = count_there (self);

  if (refused)
    {
      /* with none there, it was asked too quickly, and not for too much */
      yj_job_queue_set_limit (self, there);
      self->limit_due = yj_poll_now () + ONE_MORE;
    }
  else if (self->limit > 0 && there >= self->limit)
    yj_job_queue_set_limit (self, there + 1);
}

/**
 * yj_job_queue_get_limit:
 * @self: a queue
 *
 * Returns: how many jobs the platform takes at once, as it has shown by refusing more; 0: not known
 */
guint
yj_job_queue_get_limit (YjJobQueue *self)
{
  g_return_val_if_fail (YJ_IS_JOB_QUEUE (self), 0);

  return self->limit;
}

static void
set_position (YjJobQueue *self,
              YjJob      *job,
              gint64      position)
{
  YjJobRow *row = yj_job_copy_newest (job);

  row->position = position;
  yj_job_queue_commit (self, job, row, NULL);
}

/* The lease is held. */
void
yj_job_queue_step_line (YjJobQueue *self,
                        YjJob      *job,
                        int         by)
{
  g_autoptr(GPtrArray) line = yj_job_queue_list_waiting (self);
  gint64 before, after;
  guint from;
  int to;

  if (!g_ptr_array_find (line, job, &from) || job->busy)
    return;
  to = CLAMP ((int) from + by, 0, (int) line->len - 1);
  if (to == (int) from)
    return;

  g_ptr_array_remove_index (line, from);
  before = to > 0 ? yj_job_get_position (g_ptr_array_index (line, to - 1)) : 0;
  after = to < (int) line->len ? yj_job_get_position (g_ptr_array_index (line, to)) : before + 2 * STEP;
  if (to == 0)
    before = MAX (after - 2 * STEP, 0);
  g_ptr_array_insert (line, to, job);
  if (after - before >= 2)
    set_position (self, job, before + (after - before) / 2);
  else                          /* no room: all that we may write get new places, in their order */
    for (guint i = 0; i < line->len; i++)
      if (((YjJob *) g_ptr_array_index (line, i))->lease == YJ_JOB_LEASE_HELD)
        set_position (self, g_ptr_array_index (line, i), yj_job_queue_next_position (self, 0));
  yj_job_queue_number_line (self);
}

/**
 * yj_job_queue_move:
 * @self: a queue
 * @job: a job that waits to be sent
 * @by: by how many places; less than 0: earlier
 *
 * Changes the order in which jobs are sent, now and after a restart. Nothing happens to a job that does not wait.
 */
void
yj_job_queue_move (YjJobQueue *self,
                   YjJob      *job,
                   int         by)
{
  g_autoptr(GPtrArray) line = NULL;
  guint n;

  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (YJ_IS_JOB (job));

  if (job->lease == YJ_JOB_LEASE_HELD)
    {
      yj_job_queue_step_line (self, job, by);
      return;
    }

  line = yj_job_queue_list_waiting (self);
  n = MIN ((guint) ABS (by), line->len);
  while (n-- > 0)
    yj_job_queue_do (self, job, by < 0 ? YJ_JOB_TODO_EARLIER : YJ_JOB_TODO_LATER);
}
