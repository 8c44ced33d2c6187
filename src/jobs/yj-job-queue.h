/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-catalog.h"
#include "yj-job.h"
#include "yj-library.h"
#include "yj-platform.h"

G_BEGIN_DECLS

/* All jobs, newest first: a GListModel of YjJob. Properties "active" (uint): jobs on their way,
   "keep-camera-facts" (boolean, writable): what is sent is not freed of EXIF and the like. Signals job-ended (YjJob), job-changed (YjJob). */
#define YJ_TYPE_JOB_QUEUE (yj_job_queue_get_type ())
G_DECLARE_FINAL_TYPE (YjJobQueue, yj_job_queue, YJ, JOB_QUEUE, GObject)

/* @drive_found: whether jobs that are there already go on; those added here always do. */
YjJobQueue *yj_job_queue_new            (YjLibrary            *library,
                                         YjCatalog            *catalog,
                                         gboolean              drive_found);
/* Reads the rows and goes on where they stand. */
void        yj_job_queue_load_async     (YjJobQueue           *self,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean    yj_job_queue_load_finish    (YjJobQueue           *self,
                                         GAsyncResult         *result,
                                         GError              **error);
/* Ends what is under way so that nothing is lost; a submission gets a few seconds to be answered. For good. */
void        yj_job_queue_stop_async     (YjJobQueue           *self,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean    yj_job_queue_stop_finish    (YjJobQueue           *self,
                                         GAsyncResult         *result,
                                         GError              **error);
/* The platform of the current key; NULL: nothing is asked until there is one. Jobs of another origin wait.
   @sandbox: it is our own local one, and dies with its process: jobs of dead ones are settled. */
void        yj_job_queue_set_platform   (YjJobQueue           *self,
                                         YjPlatform           *platform,
                                         gboolean              sandbox);
/* Keeps the files, writes the intent row, then sends. Finishes when the row is on disk; the job then goes its way.
   Fails (nothing stored, nothing sent) when the draft is invalid, a file cannot be read, or the disk is full.
   @force: documented upstream limits do not stop it; the platform's own contract does. */
void        yj_job_queue_add_async      (YjJobQueue           *self,
                                         YjDraft              *draft,
                                         gboolean              force,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
/* How a draft is ordered. */
#define YJ_JOB_MOST_TAKES 8
typedef struct
{
  guint       n_takes;          /* jobs, each sent and charged for itself: 1 to 8 */
  const char *batch;            /* the same for all that is ordered together, or NULL */
  YjDraft    *full;             /* @draft is a cheap try of this one, or NULL */
} YjJobOrder;
void        yj_job_queue_add_takes_async (YjJobQueue          *self,
                                         YjDraft              *draft,
                                         const YjJobOrder     *order,
                                         gboolean              force,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
YjJob      *yj_job_queue_add_finish     (YjJobQueue           *self,
                                         GAsyncResult         *result,
                                         GError              **error);
YjCatalog  *yj_job_queue_get_catalog    (YjJobQueue           *self);
guint       yj_job_queue_get_active     (YjJobQueue           *self);
/* Those of them that upload or download now. Notifies. */
guint       yj_job_queue_get_moving     (YjJobQueue           *self);
YjJob      *yj_job_queue_find           (YjJobQueue           *self,
                                         const char           *uuid);
/* Free: asks for the task once more. */
void        yj_job_queue_check_again    (YjJobQueue           *self,
                                         YjJob                *job);
/* Free: fetches the result once more. */
void        yj_job_queue_download_again (YjJobQueue           *self,
                                         YjJob                *job);
/* Pays: a new job of the same recipe; the old row stays (an unconfirmed one becomes cancelled). */
void        yj_job_queue_submit_again   (YjJobQueue           *self,
                                         YjJob                *job);
/* Waiting: taken back, nothing was sent. Submitting: stopped if nothing was accepted yet, else unconfirmed. */
void        yj_job_queue_withdraw       (YjJobQueue           *self,
                                         YjJob                *job);
/* Changes its place among those that wait to be sent by so many; less than 0: earlier. */
void        yj_job_queue_move           (YjJobQueue           *self,
                                         YjJob                *job,
                                         int                   by);
/* How many jobs the platform takes at once, as it has shown by refusing more; 0: not known. Notifies. */
guint       yj_job_queue_get_limit      (YjJobQueue           *self);
/* What is said of jobs (GPtrArray of YjJob); they say so once it is on disk. */
void        yj_job_queue_set_favourite  (YjJobQueue           *self,
                                         YjJob                *job,
                                         gboolean              favourite);
void        yj_job_queue_set_favourites (YjJobQueue           *self,
                                         GPtrArray            *jobs,
                                         gboolean              favourite);
void        yj_job_queue_set_tag        (YjJobQueue           *self,
                                         GPtrArray            *jobs,
                                         const char           *tag,
                                         gboolean              tagged);
void        yj_job_queue_fold           (YjJobQueue           *self,
                                         GPtrArray            *jobs,
                                         const char           *behind);    /* a uuid, or NULL */
void        yj_job_queue_rename_tag     (YjJobQueue           *self,
                                         const char           *tag,
                                         const char           *to);
GStrv       yj_job_queue_list_tags      (YjJobQueue           *self);
/* Those that have come to their end: out of the list, into the trash, where they stay for YJ_TRASH_DAYS. */
void        yj_job_queue_trash          (YjJobQueue           *self,
                                         GPtrArray            *jobs);
void        yj_job_queue_restore        (YjJobQueue           *self,
                                         GPtrArray            *jobs);
void        yj_job_queue_delete_trashed (YjJobQueue           *self,
                                         GPtrArray            *jobs);
/* A live GListModel of YjJob, the last one first. */
GListModel *yj_job_queue_get_trash      (YjJobQueue           *self);
/* The draft of a job, files restored from the library. */
YjDraft    *yj_job_queue_new_draft      (YjJobQueue           *self,
                                         YjJob                *job,
                                         GError              **error);
/* The draft that a job was a cheap try of; the same as above for one that was none. */
YjDraft    *yj_job_queue_new_full_draft (YjJobQueue           *self,
                                         YjJob                *job,
                                         GError              **error);

G_END_DECLS
