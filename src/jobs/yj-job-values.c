/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a job tells of itself. */
#include "yj-job-queue-private.h"

/**
 * yj_job_get_id:
 * @self: a job
 *
 * Returns: the number of its row in the library
 */
gint64
yj_job_get_id (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->row->id;
}

/**
 * yj_job_get_uuid:
 * @self: a job
 *
 * Returns: (transfer none): our own name of the job, also used for its files
 */
const char *
yj_job_get_uuid (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->uuid;
}

/**
 * yj_job_get_state:
 * @self: a job
 *
 * A word in the row that this version does not know counts as `failed`: nothing is done with such a job by itself.
 *
 * Returns: where the job stands
 */
YjJobState
yj_job_get_state (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), YJ_JOB_FAILED);

  return self->state;
}

/**
 * yj_job_get_mode:
 * @self: a job
 *
 * Returns: what is made from what
 */
YjMode
yj_job_get_mode (YjJob *self)
{
  YjMode mode = YJ_MODE_TEXT_TO_VIDEO;

  g_return_val_if_fail (YJ_IS_JOB (self), YJ_MODE_TEXT_TO_VIDEO);

  yj_mode_from_string (self->row->mode, &mode);
  return mode;
}

/**
 * yj_job_get_model_id:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the id of its [class@Yj.Model]
 */
const char *
yj_job_get_model_id (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->model_id;
}

/**
 * yj_job_get_model_name:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the model's name, for people and scripts
 */
const char *
yj_job_get_model_name (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->model_name;
}

/**
 * yj_job_get_origin:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the base URL it was or will be sent to; `#sandbox` at its end marks our own local platform
 */
const char *
yj_job_get_origin (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->origin;
}

/**
 * yj_job_get_prompt:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): what is to be shown
 */
const char *
yj_job_get_prompt (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->prompt;
}

/**
 * yj_job_get_prompt_sent:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the prompt as the model got it, with its own words for the files; %NULL before
 */
const char *
yj_job_get_prompt_sent (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->prompt_sent;
}

/**
 * yj_job_get_parents:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): of what it was made, for yj_lineage_list_parents()
 */
const char *
yj_job_get_parents (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->parents;
}

/**
 * yj_job_get_times:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): a line for each state it was in, in order: the state, a space and µs since 1970
 */
const char *
yj_job_get_times (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->times;
}

/**
 * yj_job_get_recipe:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the draft as JSON, for [method@Yj.JobQueue.new_draft]
 */
const char *
yj_job_get_recipe (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->recipe;
}

/**
 * yj_job_get_task_id:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the platform's name of the task; %NULL until it gave one
 */
const char *
yj_job_get_task_id (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->task_id;
}

/**
 * yj_job_get_usage:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): what the platform counted, JSON as it came
 */
const char *
yj_job_get_usage (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->usage;
}

/**
 * yj_job_get_error_message:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the platform's or the system's own words of what went wrong last
 */
const char *
yj_job_get_error_message (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->error;
}

/**
 * yj_job_get_error_code:
 * @self: a job
 *
 * Returns: a [enum@Yj.Error], or -1: none, or none of them
 */
int
yj_job_get_error_code (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), -1);

  return self->row->error_code;
}

/**
 * yj_job_get_moved:
 * @self: a job
 *
 * Returns: bytes of the upload or download under way that have gone over the wire
 */
gint64
yj_job_get_moved (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->moved;
}

/**
 * yj_job_get_total:
 * @self: a job
 *
 * Returns: bytes of it in all, -1 when unknown
 */
gint64
yj_job_get_total (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), -1);

  return self->total;
}

/**
 * yj_job_get_file:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the video on disk, %NULL until it is there
 */
GFile *
yj_job_get_file (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->file;
}

/**
 * yj_job_get_cover:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): a still of it on disk
 */
GFile *
yj_job_get_cover (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->cover;
}

/**
 * yj_job_get_width:
 * @self: a job
 *
 * Returns: the video's width in px, 0 until known
 */
int
yj_job_get_width (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->row->width;
}

/**
 * yj_job_get_height:
 * @self: a job
 *
 * Returns: the video's height in px, 0 until known
 */
int
yj_job_get_height (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->row->height;
}

/**
 * yj_job_get_duration:
 * @self: a job
 *
 * Returns: the video's length in ns, 0 until known
 */
gint64
yj_job_get_duration (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->row->duration;
}

/**
 * yj_job_get_size:
 * @self: a job
 *
 * Returns: the video's size in bytes, 0 until known
 */
gint64
yj_job_get_size (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->row->size;
}

/**
 * yj_job_get_trashed:
 * @self: a job
 *
 * Returns: when it was thrown away, µs since 1970, UTC; 0 when it was not
 */
gint64
yj_job_get_trashed (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->row->trashed;
}

/**
 * yj_job_get_tags:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): its tags, in order, or %NULL
 */
const char * const *
yj_job_get_tags (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return (const char * const *) self->tags;
}

/**
 * yj_job_get_folded:
 * @self: a job
 *
 * Returns: (nullable): the uuid of the job behind which it lies in the gallery, or %NULL
 */
const char *
yj_job_get_folded (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->folded;
}

/**
 * yj_job_get_favourite:
 * @self: a job
 *
 * Returns: whether the person has marked it
 */
gboolean
yj_job_get_favourite (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), FALSE);

  return self->row->favourite;
}

/**
 * yj_job_get_made:
 * @self: a job
 *
 * Returns: whether the platform has said that the video is made, and where it is
 */
gboolean
yj_job_get_made (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), FALSE);

  return self->row->video_uri != NULL;
}

/**
 * yj_job_get_lost:
 * @self: a job
 *
 * Returns: whether the sandbox that was making it has ended: nobody can be asked for it any more
 */
gboolean
yj_job_get_lost (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), FALSE);

  return yj_job_get_state (self) == YJ_JOB_EXPIRED && self->row->origin != NULL &&
         g_str_has_suffix (self->row->origin, YJ_JOB_SANDBOX_MARK);
}

/**
 * yj_job_get_resting:
 * @self: a job
 *
 * A resting job is on its way, but waits for the person: it belongs to another platform or its key is refused, the disk
 * is full, or it could not be sent and the network has not changed since. The error says which. Only a download is tried
 * again by itself meanwhile.
 *
 * Returns: whether it rests
 */
gboolean
yj_job_get_resting (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), FALSE);

  return self->resting;
}

/**
 * yj_job_get_created:
 * @self: a job
 *
 * Returns: when the job was added, µs since 1970
 */
gint64
yj_job_get_created (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->row->created;
}

/**
 * yj_job_get_submitted:
 * @self: a job
 *
 * Returns: when it was last sent, µs since 1970, 0: not yet
 */
gint64
yj_job_get_submitted (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->row->submitted;
}

/**
 * yj_job_get_finished:
 * @self: a job
 *
 * Returns: when it came to its end, µs since 1970, 0: not yet
 */
gint64
yj_job_get_finished (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->row->finished;
}

/**
 * yj_job_get_batch:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the same for all jobs that were ordered together: takes, or several models
 */
const char *
yj_job_get_batch (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), NULL);

  return self->row->batch;
}

/**
 * yj_job_get_position:
 * @self: a job
 *
 * Returns: its place in the order in which jobs are sent; a greater one is sent later
 */
gint64
yj_job_get_position (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->issued != NULL ? self->issued->position : self->row->position;
}

/**
 * yj_job_get_line:
 * @self: a job
 *
 * Returns: its place among the jobs that wait to be sent, from 1; 0: it does not wait
 */
guint
yj_job_get_line (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->line;
}

/**
 * yj_job_get_waited:
 * @self: a job
 *
 * Returns: how long the platform took, in µs; 0 where that was not seen
 */
gint64
yj_job_get_waited (YjJob *self)
{
  g_return_val_if_fail (YJ_IS_JOB (self), 0);

  return self->row->waited;
}
