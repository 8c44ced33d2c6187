/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decides which job takes its next step, and when; one timer for all. */
#define G_LOG_DOMAIN "yj-job-queue"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "yj-job-queue-private.h"
#include "yj-poll-policy.h"

#define NEVER G_MAXINT64
#define LEASE_AGAIN (5 * G_USEC_PER_SEC)       /* how often a job of another process is looked after */

/* ---- the one timer */

static gboolean
alarm_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  YjJobQueue *self = user_data;
  guint64 n;

  if (read (fd, &n, sizeof n) < 0 && errno != EAGAIN)
    g_debug ("The timer cannot be read: %s", g_strerror (errno));
  yj_job_queue_run (self);

  return G_SOURCE_CONTINUE;
}

/* A timer far away that the kernel cancels when the wall clock jumps, as it does after sleep. */
static void
watch_clock (YjJobQueue *self)
{
  struct itimerspec never = { .it_value.tv_sec = G_MAXINT32 * G_GINT64_CONSTANT (4) };

  timerfd_settime (self->clock_fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL);
}

/* The wall clock was set, or the machine woke: only the latter is a reason to ask at once. */
static gboolean
clock_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  YjJobQueue *self = user_data;
  gint64 asleep = yj_poll_asleep ();
  gboolean slept = yj_poll_has_slept (self->asleep, asleep);

  self->asleep = asleep;
  watch_clock (self);
  if (slept)
    yj_job_queue_wake (self, 2.0);

  return G_SOURCE_CONTINUE;
}

void
yj_job_queue_start_alarm (YjJobQueue *self)
{
  /* this clock runs on while the machine sleeps: what fell due then is done as soon as it wakes */
  self->alarm_fd = timerfd_create (CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->alarm_fd < 0)
    g_error ("No timer: %s", g_strerror (errno));
  self->alarm_id = g_unix_fd_add (self->alarm_fd, G_IO_IN, alarm_cb, self);

  self->clock_fd = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->clock_fd < 0)
    g_error ("No timer: %s", g_strerror (errno));
  self->asleep = yj_poll_asleep ();
  watch_clock (self);
  self->clock_id = g_unix_fd_add (self->clock_fd, G_IO_IN, clock_cb, self);
}

void
yj_job_queue_stop_alarm (YjJobQueue *self)
{
  g_clear_handle_id (&self->alarm_id, g_source_remove);
  g_clear_handle_id (&self->clock_id, g_source_remove);
  g_clear_fd (&self->alarm_fd, NULL);
  g_clear_fd (&self->clock_fd, NULL);
}

static void
set_alarm (YjJobQueue *self,
           gint64      when)
{
  struct itimerspec spec = { 0 };

  if (self->alarm_fd < 0)
    return;
  if (when != NEVER)
    {
      when = MAX (when, 1);     /* 0 would switch it off */
      spec.it_value.tv_sec = when / G_USEC_PER_SEC;
      spec.it_value.tv_nsec = when % G_USEC_PER_SEC * 1000;
    }
  timerfd_settime (self->alarm_fd, TFD_TIMER_ABSTIME, &spec, NULL);
}

/* All are due, @spread seconds apart at most so that many clients do not come at once, and the questions one by one. */
void
yj_job_queue_take_turns (YjJobQueue *self,
                         double      spread)
{
  gint64 start = yj_poll_now () + (gint64) (g_random_double () * spread * G_USEC_PER_SEC);
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);
      YjJobState state = yj_job_get_state (job);

      if (job->busy || yj_job_state_is_final (state))
        continue;
      job->due = start;
      if (state == YJ_JOB_CREATED || state == YJ_JOB_PENDING || state == YJ_JOB_RUNNING)
        job->due += yj_poll_turn (n++, g_random_double ());
    }
}

/* Everything may be tried anew. */
void
yj_job_queue_wake (YjJobQueue *self,
                   double      spread)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (job->busy || yj_job_state_is_final (yj_job_get_state (job)))
        continue;
      job->stuck = FALSE;
      job->link_is_fresh = FALSE;
      job->n_errors = 0;
    }
  yj_job_queue_take_turns (self, spread);
  yj_job_queue_run (self);
}

/* ---- whose is it */

static gboolean
is_sandbox_job (YjJob *job)
{
  return job->row->origin != NULL && g_str_has_suffix (job->row->origin, YJ_JOB_SANDBOX_MARK);
}

/* What a job says of the platform that it is sent to now. */
char *
yj_job_queue_dup_origin (YjJobQueue *self)
{
  if (self->platform == NULL)
    return g_strdup ("");

  return g_strconcat (yj_platform_get_base_url (self->platform), self->sandbox ? YJ_JOB_SANDBOX_MARK : NULL, NULL);
}

/* Whether the job belongs to the platform that we talk to now; one without an origin belongs to the first that comes. */
gboolean
yj_job_queue_is_home (YjJobQueue *self,
                      YjJob      *job)
{
  const char *origin = job->row->origin;

  if (self->platform == NULL)
    return FALSE;
  if (origin == NULL || *origin == '\0')
    return TRUE;

  return is_sandbox_job (job) == self->sandbox && yj_platform_is_same_origin (self->platform, origin);
}

static gboolean
is_orphan (YjJobQueue *self,
           YjJob      *job)
{
  return is_sandbox_job (job) && !yj_job_queue_is_home (self, job);
}

static gboolean
may_ask (YjJobQueue *self,
         YjJob      *job)
{
  return self->refusal == NULL && yj_job_queue_is_home (self, job);
}

/* Whether there is anything to be done for the job by us. */
static gboolean
wants_lease (YjJobQueue *self,
             YjJob      *job)
{
  YjJobState state = yj_job_get_state (job);

  if (!g_queue_is_empty (&job->todo))
    return TRUE;
  if (yj_job_state_is_final (state))
    return FALSE;
  /* settling what a dead process left behind sends nothing */
  if (state == YJ_JOB_SUBMITTING || is_orphan (self, job))
    return TRUE;

  return (self->drive_found || job->own) && yj_job_queue_is_home (self, job);
}

static void
leased_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  struct { YjJobQueue *queue; YjJob *job; } *asked = user_data;
  g_autoptr(YjJobQueue) self = asked->queue;
  g_autoptr(YjJob) job = asked->job;
  g_autoptr(GError) error = NULL;
  gboolean leased = FALSE;

  g_free (asked);
  if (!yj_library_lease_job_finish (YJ_LIBRARY (object), result, &leased, &error))
    g_debug ("No answer about the lease of job %s: %s", yj_job_get_uuid (job), error->message);

  if (leased)
    {
      /* the one who had it may have moved the row on: read again before anything is done */
      job->lease = YJ_JOB_LEASE_TAKEN;
      yj_job_queue_reload (self);
    }
  else
    {
      job->lease = YJ_JOB_LEASE_NONE;
      job->due = yj_poll_now () + LEASE_AGAIN;
    }
  yj_job_queue_run (self);
}

static void
ask_lease (YjJobQueue *self,
           YjJob      *job)
{
  struct { YjJobQueue *queue; YjJob *job; } *asked = g_malloc (sizeof *asked);

  asked->queue = g_object_ref (self);
  asked->job = g_object_ref (job);
  job->lease = YJ_JOB_LEASE_ASKED;
  yj_library_lease_job_async (self->library, yj_job_get_id (job), self->owner, NULL, leased_cb, asked);
}

/* ---- what was found */

static void
settled_cb (YjJobQueue   *self,
            YjJob        *job,
            const GError *error)
{
  if (error != NULL)
    job->due = yj_poll_now () + LEASE_AGAIN;
  yj_job_queue_step_done (self, job);
}

static void
settle (YjJobQueue *self,
        YjJob      *job,
        YjJobState  state,
        int         code,
        const char *message)
{
  g_autoptr(GError) error = g_error_new_literal (YJ_ERROR, code, message);
  YjJobRow *row = yj_job_copy_newest (job);

  job->busy = TRUE;
  yj_job_row_set_state (row, state);
  yj_job_row_set_error (row, error);
  yj_job_queue_commit (self, job, row, settled_cb);
}

/* A sandbox lives and dies with its process, on a port of its own: nobody can be asked for this job any more. */
static void
settle_orphan (YjJobQueue *self,
               YjJob      *job)
{
  if (yj_job_get_state (job) == YJ_JOB_WAITING)
    settle (self, job, YJ_JOB_CANCELLED, YJ_ERROR_CANCELLED, _("The sandbox ended before this job was sent to it"));
  else
    settle (self, job, YJ_JOB_EXPIRED, YJ_ERROR_NOT_FOUND, _("The sandbox that was making this video has ended"));
}

/* ---- one job */

static gboolean
rests (YjJobQueue *self,
       YjJob      *job)
{
  YjJobState state = yj_job_get_state (job);

  if (yj_job_state_is_final (state) || job->busy)
    return FALSE;

  return job->stuck || !may_ask (self, job) || (state == YJ_JOB_WAITING && self->paused);
}

/* A job that was added, or came to us, after the key was refused or the money had gone. */
static void
say_refusal (YjJobQueue   *self,
             YjJob        *job,
             const GError *refusal)
{
  YjJobRow *row;

  if (refusal == NULL || job->row->error != NULL || yj_job_state_is_final (yj_job_get_state (job)))
    return;

  row = yj_job_copy_newest (job);
  yj_job_row_set_error (row, refusal);
  yj_job_queue_commit (self, job, row, NULL);
}

/* What only waits for room on this machine's disk. */
static gboolean
retries (YjJob *job)
{
  return yj_job_get_state (job) == YJ_JOB_DOWNLOADING && job->row->video_uri != NULL;
}

/* Starts the step that @job, held and idle, is due for. Returns when to look again. */
static gint64
step (YjJobQueue *self,
      YjJob      *job,
      gint64      now)
{
  YjJobState state = yj_job_get_state (job);
  gint64 due = MAX (job->due, self->host_due);

  if (!yj_job_state_is_final (state) && is_orphan (self, job))
    {
      if (now >= job->due)
        settle_orphan (self, job);
      return job->due > now ? job->due : NEVER;
    }
  if (state == YJ_JOB_SUBMITTING)
    {
      if (now >= job->due)
        settle (self, job, YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS,
                _("The program ended while this job was being sent"));
      return job->due > now ? job->due : NEVER;
    }
  if (!may_ask (self, job))
    {
      job->asks = FALSE;
      say_refusal (self, job, self->refusal);
      return NEVER;
    }
  if (state == YJ_JOB_WAITING && self->paused)
    say_refusal (self, job, self->no_money);
  if (job->asks || (!yj_job_state_is_final (state) && state != YJ_JOB_WAITING && (!job->stuck || retries (job))))
    {
      if (due > now)
        return due;
      if (state == YJ_JOB_DOWNLOADING && !job->asks)
        yj_job_queue_fetch (self, job);
      else
        yj_job_queue_poll (self, job);
    }

  return NEVER;                 /* waiting ones go one at a time, below */
}

static gint64
look_after (YjJobQueue *self,
            YjJob      *job,
            gint64      now)
{
  if (job->lease == YJ_JOB_LEASE_NONE && wants_lease (self, job))
    {
      if (job->due > now)
        return job->due;
      ask_lease (self, job);
    }
  if (job->lease != YJ_JOB_LEASE_HELD || job->busy || job->issued != NULL)
    return NEVER;

  return step (self, job, now);
}

/* The job that has been waiting longest and may be sent. */
static YjJob *
find_next (YjJobQueue *self)
{
  YjJob *next = NULL;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (yj_job_get_state (job) != YJ_JOB_WAITING || job->lease != YJ_JOB_LEASE_HELD || job->busy ||
          job->issued != NULL || job->stuck || !may_ask (self, job))
        continue;
      if (next == NULL || yj_job_get_position (job) <= yj_job_get_position (next))
        next = job;
    }

  return next;
}

static gint64
send_next (YjJobQueue *self,
           gint64      now)
{
  YjJob *job;
  gint64 due;

  if (self->sending != NULL || self->paused)
    return NEVER;

  job = find_next (self);
  if (job == NULL)
    return NEVER;
  due = MAX (job->due, self->host_due);
  if (due > now || !yj_job_queue_has_room (self, &due))
    return due;
  yj_job_queue_submit (self, job);

  return NEVER;
}

/* ---- all */

static void
run_once (YjJobQueue *self)
{
  gint64 now = yj_poll_now (), next = NEVER, due;

  for (guint i = self->jobs->len; i-- > 0;)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (yj_job_queue_do_waiting (self, job))
        continue;
      due = look_after (self, job, now);
      next = MIN (next, due);
    }
  due = send_next (self, now);
  next = MIN (next, due);

  for (guint i = 0; i < self->jobs->len; i++)
    yj_job_set_resting (g_ptr_array_index (self->jobs, i), rests (self, g_ptr_array_index (self->jobs, i)));
  yj_job_queue_update_active (self);
  yj_job_queue_number_line (self);
  set_alarm (self, next);
}

/* Starts every step that is due and sets the timer for the next one. Cheap: called after every change, also by those
   who hear of a change while it runs. */
void
yj_job_queue_run (YjJobQueue *self)
{
  if (self->stopped || !self->loaded)
    {
      yj_job_queue_check_stopped (self);
      return;
    }

  self->run_again = TRUE;
  if (self->running)
    return;

  self->running = TRUE;
  while (self->run_again)
    {
      self->run_again = FALSE;
      run_once (self);
    }
  self->running = FALSE;
}

/* A step has ended: its last row is on disk. */
void
yj_job_queue_step_done (YjJobQueue *self,
                        YjJob      *job)
{
  job->busy = FALSE;
  g_clear_object (&job->cancellable);
  if (self->sending == job)
    g_clear_object (&self->sending);
  yj_job_queue_run (self);
}

/* How long the platform wants to be left alone after @error, in µs; too many requests hold back all jobs. */
gint64
yj_job_queue_quiet (YjJobQueue   *self,
                    const GError *error)
{
  gint64 quiet = MAX (yj_error_get_retry_after (error), 0) * G_USEC_PER_SEC;

  if (quiet > 0 || g_error_matches (error, YJ_ERROR, YJ_ERROR_RATE_LIMIT))
    self->host_due = yj_poll_now () + MAX (quiet, 2 * G_USEC_PER_SEC);

  return quiet;
}

/* Has the jobs of this platform that wait for what @error is about say so; @waiting_only: those not sent yet. */
static void
tell_jobs (YjJobQueue   *self,
           const GError *error,
           gboolean      waiting_only)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);
      YjJobState state = yj_job_get_state (job);
      YjJobRow *row;

      if (job->busy || job->lease != YJ_JOB_LEASE_HELD || yj_job_state_is_final (state) ||
          (waiting_only && state != YJ_JOB_WAITING) || !yj_job_queue_is_home (self, job))
        continue;
      row = yj_job_copy_newest (job);
      yj_job_row_set_error (row, error);
      yj_job_queue_commit (self, job, row, NULL);
    }
}

/* Nothing more is asked with this key; the rows stay, and say why they rest. */
void
yj_job_queue_refuse_key (YjJobQueue   *self,
                         const GError *error)
{
  g_clear_error (&self->refusal);
  self->refusal = g_error_copy (error);
  tell_jobs (self, error, FALSE);
}

/* Nothing more is sent until the person has topped up; asking is free and goes on. */
void
yj_job_queue_pause (YjJobQueue   *self,
                    const GError *error)
{
  self->paused = TRUE;
  g_clear_error (&self->no_money);
  self->no_money = g_error_copy (error);
  tell_jobs (self, error, TRUE);
}
