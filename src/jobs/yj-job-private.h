/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the queue knows of a job. */
#pragma once

#include "yj-job.h"
#include "yj-library.h"

G_BEGIN_DECLS

/* What the person wants of a job; done as soon as the lease is held. */
typedef enum
{
  YJ_JOB_TODO_EARLIER,
  YJ_JOB_TODO_LATER,
  YJ_JOB_TODO_SEND,             /* try once more to send what is waiting */
  YJ_JOB_TODO_CHECK,
  YJ_JOB_TODO_DOWNLOAD,
  YJ_JOB_TODO_WITHDRAW,
  YJ_JOB_TODO_SETTLE,           /* unconfirmed and sent again: now cancelled */
} YjJobTodo;

/**
 * YjJobLease:
 * @YJ_JOB_LEASE_NONE: another process may be driving the job
 * @YJ_JOB_LEASE_ASKED: the library has been asked
 * @YJ_JOB_LEASE_TAKEN: ours, but the row may have moved on before it was: it has to be read again
 * @YJ_JOB_LEASE_HELD: ours, and the row is as on disk
 */
typedef enum
{
  YJ_JOB_LEASE_NONE,
  YJ_JOB_LEASE_ASKED,
  YJ_JOB_LEASE_TAKEN,
  YJ_JOB_LEASE_HELD,
} YjJobLease;

struct _YjJob
{
  GObject       parent_instance;

  GFile        *folder;         /* of the videos */
  YjJobRow     *row;            /* as on disk: what everybody sees */
  YjJobState    state;          /* row->state, read */
  GFile        *file;
  GFile        *cover;
  char        **tags;           /* row->tags, read; NULL: none */
  gint64        moved;
  gint64        total;
  gboolean      resting;

  /* the queue's notes */
  YjJobRow     *issued;         /* the newest row on its way to disk, or NULL */
  YjJobLease    lease;
  guint         n_issued;
  guint         n_must;         /* of those, how many have to be written whatever happens */
  gboolean      own;            /* added by this queue: driven whether or not found ones are */
  gboolean      busy;           /* a step is under way */
  gboolean      stuck;          /* nothing more by itself until the person or the network moves */
  gboolean      withdrawn;      /* taken back while being sent */
  gboolean      asks;           /* the person wants the task asked for, whatever the state */
  gboolean      link_is_fresh;  /* the task has been asked for a new link since the last one failed */
  GCancellable *cancellable;    /* of the step */
  GQueue        todo;           /* YjJobTodo, what the person wants once the lease is held */
  gint64        due;            /* when the next step may start, on the clock of yj_poll_now () */
  gint64        missed;         /* when the platform first did not know the task, 0: it does */
  guint         n_errors;       /* in a row */
  guint         line;           /* among those that wait, from 1 */
  gint64        seen;           /* when the platform last said that it is at work, 0: not in this run */
  gboolean      again;          /* a new job of the same recipe is on its way into the library */
  char         *experience;     /* model and values, for yj-experience.c; NULL: not looked at */
};

YjJob    *yj_job_new_for_row  (YjJobRow   *row,
                               GFile      *folder);
void      yj_job_take_row     (YjJob      *self,
                               YjJobRow   *row);
YjJobRow *yj_job_copy_newest  (YjJob      *self);
void      yj_job_set_transfer (YjJob      *self,
                               gint64      moved,
                               gint64      total);
void      yj_job_set_resting  (YjJob      *self,
                               gboolean    resting);
gboolean  yj_job_set_line     (YjJob      *self,
                               guint       line);

G_END_DECLS
