/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "yj-draft.h"

G_BEGIN_DECLS

typedef enum
{
  YJ_JOB_WAITING,               /* here only: free to withdraw or reorder */
  YJ_JOB_SUBMITTING,
  YJ_JOB_UNCONFIRMED,           /* may have reached the platform: never sent again by itself */
  YJ_JOB_CREATED,
  YJ_JOB_PENDING,
  YJ_JOB_RUNNING,
  YJ_JOB_DOWNLOADING,
  YJ_JOB_READY,
  YJ_JOB_FAILED,
  YJ_JOB_EXPIRED,               /* made, but no longer to be had */
  YJ_JOB_CANCELLED,
} YjJobState;

const char *yj_job_state_to_string   (YjJobState  state);
gboolean    yj_job_state_from_string (const char *string,
                                      YjJobState *state);
gboolean    yj_job_state_is_final    (YjJobState  state);

/* One paid job, from its draft to its video. All getters are properties of the same name with notify ("state" is an
   int, "mode" too); "moved" and "total" are bytes of the transfer under way. */
#define YJ_TYPE_JOB (yj_job_get_type ())
G_DECLARE_FINAL_TYPE (YjJob, yj_job, YJ, JOB, GObject)

gint64       yj_job_get_id            (YjJob *self);
const char  *yj_job_get_uuid          (YjJob *self);
YjJobState   yj_job_get_state         (YjJob *self);
YjMode       yj_job_get_mode          (YjJob *self);
const char  *yj_job_get_model_id      (YjJob *self);
const char  *yj_job_get_model_name    (YjJob *self);
const char  *yj_job_get_origin        (YjJob *self);
const char  *yj_job_get_prompt        (YjJob *self);   /* as written */
const char  *yj_job_get_prompt_sent   (YjJob *self);   /* as the model got it, NULL before; no property */
const char  *yj_job_get_parents       (YjJob *self);   /* lines "WORD UUID", see yj-lineage.h; NULL: none; no property */
const char  *yj_job_get_times         (YjJob *self);   /* lines "STATE µs", or NULL; no property */
const char  *yj_job_get_recipe        (YjJob *self);   /* JSON of the draft */
const char  *yj_job_get_task_id       (YjJob *self);
const char  *yj_job_get_usage         (YjJob *self);   /* JSON as it came, or NULL */
const char  *yj_job_get_error_message (YjJob *self);   /* the platform's or the system's own words */
int          yj_job_get_error_code    (YjJob *self);   /* a YjError, -1: none */
gint64       yj_job_get_moved         (YjJob *self);
gint64       yj_job_get_total         (YjJob *self);   /* -1: unknown */
GFile       *yj_job_get_file          (YjJob *self);   /* the video, NULL until ready */
GFile       *yj_job_get_cover         (YjJob *self);
int          yj_job_get_width         (YjJob *self);
int          yj_job_get_height        (YjJob *self);
gint64       yj_job_get_duration      (YjJob *self);   /* ns */
gint64       yj_job_get_size          (YjJob *self);   /* bytes of the video, 0 until ready */
gboolean     yj_job_get_favourite     (YjJob *self);
gint64       yj_job_get_trashed       (YjJob *self);   /* when it was thrown away, 0: it was not; no property */
const char * const *yj_job_get_tags   (YjJob *self);   /* in order; NULL: none */
const char  *yj_job_get_folded        (YjJob *self);   /* the uuid of the job behind which it lies in the gallery, or NULL; no property */
gboolean     yj_job_get_lost          (YjJob *self);   /* with the sandbox that was making it */
gboolean     yj_job_get_made          (YjJob *self);   /* the platform said where the video is */
gboolean     yj_job_get_resting       (YjJob *self);   /* on its way, but nothing moves until the person, a key or the network does */
gint64       yj_job_get_created       (YjJob *self);   /* µs since 1970, as all */
gint64       yj_job_get_submitted     (YjJob *self);
gint64       yj_job_get_finished      (YjJob *self);
const char  *yj_job_get_batch         (YjJob *self);   /* the same for jobs that were ordered together, or NULL */
gint64       yj_job_get_position      (YjJob *self);   /* the greater, the later it is sent */
guint        yj_job_get_line          (YjJob *self);   /* among those that wait to be sent, from 1; 0: does not wait */
gint64       yj_job_get_waited        (YjJob *self);   /* µs that the platform took, 0: not seen */

G_END_DECLS
