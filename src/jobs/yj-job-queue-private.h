/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue's inside: yj-job-queue.c keeps the list and does what the person wants, yj-job-driver.c moves jobs on. */
#pragma once

#include "yj-job-private.h"
#include "yj-job-queue.h"

G_BEGIN_DECLS

struct _YjJobQueue
{
  GObject     parent_instance;

  YjLibrary  *library;
  YjCatalog  *catalog;
  YjPlatform *platform;
  gboolean    sandbox;          /* platform is our own local one */
  gboolean    drive_found;
  gboolean    keep_camera_facts;
  char       *owner;            /* our name on leases */

  GPtrArray  *jobs;             /* of YjJob, newest first */
  GListStore *trash;            /* of YjJob, the last one first */
  guint       active;
  guint       moving;
  gboolean    loaded;
  gboolean    loading;
  gboolean    load_again;       /* something changed while loading */
  gboolean    running;          /* in yj_job_queue_run () */
  gboolean    run_again;

  YjJob      *sending;          /* the one submission under way */
  gboolean    paused;           /* nothing is sent: no money left */
  GError     *no_money;         /* why, last time */
  GError     *refusal;          /* why nothing is asked with this key, or NULL */
  gint64      host_due;         /* the platform asked for quiet until then */
  guint       limit;            /* jobs that it takes at once, 0: not known */
  gint64      limit_due;        /* when one more is tried */
  gint64      last_position;    /* in the order of sending */

  int         alarm_fd;
  guint       alarm_id;
  int         clock_fd;
  guint       clock_id;
  gint64      asleep;           /* µs that the machine has slept, as last seen */
  GNetworkMonitor *monitor;
  gboolean    stopped;
  GTask      *stop;
  guint       stop_id;
};

/* At the end of the origin of a job made in our own local platform. */
#define YJ_JOB_SANDBOX_MARK "#sandbox"

/* Called when the row is on disk (@error NULL) and the job shows it, or could not be written. */
typedef void (*YjCommitFunc) (YjJobQueue   *self,
                              YjJob        *job,
                              const GError *error);

/* ---- yj-job-queue.c */
void     yj_job_queue_take_row     (YjJobQueue   *self,
                                    YjJob        *job,
                                    YjJobRow     *row);
void     yj_job_queue_tell_changed (YjJobQueue   *self,
                                    YjJob        *job);
void     yj_job_queue_update_active (YjJobQueue  *self);
void     yj_job_queue_check_stopped (YjJobQueue  *self);
GPtrArray *yj_job_queue_list_waiting (YjJobQueue *self);
void     yj_job_queue_number_line  (YjJobQueue   *self);
void     yj_job_queue_set_limit    (YjJobQueue   *self,
                                    guint         limit);

/* ---- yj-job-rows.c */
void     yj_job_row_set_state      (YjJobRow     *row,
                                    YjJobState    state);
void     yj_job_row_set_error      (YjJobRow     *row,
                                    const GError *error);
void     yj_job_queue_commit       (YjJobQueue   *self,
                                    YjJob        *job,
                                    YjJobRow     *row,
                                    YjCommitFunc  func);
void     yj_job_queue_commit_must  (YjJobQueue   *self,
                                    YjJob        *job,
                                    YjJobRow     *row,
                                    YjCommitFunc  func);
void     yj_job_queue_load_rows    (YjJobQueue   *self,
                                    GTask        *task);
void     yj_job_queue_reload       (YjJobQueue   *self);
void     yj_job_queue_put_in       (YjJobQueue   *self,
                                    YjJob        *job);
void     yj_job_queue_take_out     (YjJobQueue   *self,
                                    YjJob        *job);
YjJob   *yj_job_queue_adopt        (YjJobQueue   *self,
                                    YjJobRow     *row);

/* ---- yj-job-marks.c */
void     yj_job_row_keep_marks     (YjJobRow     *row,
                                    const YjJobRow *from);
void     yj_job_queue_sort_in      (YjJobQueue   *self,
                                    YjJob        *job);
YjJob   *yj_job_queue_find_trashed (YjJobQueue   *self,
                                    gint64        id);
void     yj_job_queue_fill_trash   (YjJobQueue   *self,
                                    GPtrArray    *jobs);
void     yj_job_queue_purge_trash  (YjJobQueue   *self);

/* ---- yj-job-actions.c */
YjDraft *yj_job_queue_new_whole_draft (YjJobQueue *self,
                                       YjJob      *job,
                                       GError    **error);
void     yj_job_queue_delete_files (YjJobQueue   *self,
                                    YjJob        *job);
void     yj_job_queue_do           (YjJobQueue   *self,
                                    YjJob        *job,
                                    YjJobTodo     todo);
gboolean yj_job_queue_do_waiting   (YjJobQueue   *self,
                                    YjJob        *job);

/* ---- yj-job-waiting.c: the room before the platform's door */
gint64   yj_job_queue_next_position (YjJobQueue  *self,
                                     gint64       now);
gboolean yj_job_queue_has_room     (YjJobQueue   *self,
                                    gint64       *due);
void     yj_job_queue_step_line    (YjJobQueue   *self,
                                    YjJob        *job,
                                    int           by);
void     yj_job_queue_learn_limit  (YjJobQueue   *self,
                                    gboolean      refused);

/* ---- yj-job-driver.c */
void     yj_job_queue_run          (YjJobQueue   *self);
void     yj_job_queue_step_done    (YjJobQueue   *self,
                                    YjJob        *job);
void     yj_job_queue_start_alarm  (YjJobQueue   *self);
void     yj_job_queue_stop_alarm   (YjJobQueue   *self);
void     yj_job_queue_take_turns   (YjJobQueue   *self,
                                    double        spread);
void     yj_job_queue_wake         (YjJobQueue   *self,
                                    double        spread);
void     yj_job_queue_refuse_key   (YjJobQueue   *self,
                                    const GError *error);
void     yj_job_queue_pause        (YjJobQueue   *self,
                                    const GError *error);
char    *yj_job_queue_dup_origin   (YjJobQueue   *self);
gboolean yj_job_queue_is_home      (YjJobQueue   *self,
                                    YjJob        *job);
gint64   yj_job_queue_quiet        (YjJobQueue   *self,
                                    const GError *error);

/* ---- yj-job-poll.c, yj-job-submit.c: one step of one job each, ends with yj_job_queue_step_done () */
void     yj_job_queue_poll         (YjJobQueue   *self,
                                    YjJob        *job);
void     yj_job_queue_fetch        (YjJobQueue   *self,
                                    YjJob        *job);
void     yj_job_queue_submit       (YjJobQueue   *self,
                                    YjJob        *job);

G_END_DECLS
