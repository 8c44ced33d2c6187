/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-job-queue.h"
#include "yj-join.h"

G_BEGIN_DECLS

/* Makes a film of finished videos (GPtrArray of YjJob) as @plan says, and puts it into the library as an entry of its own. */
void   yj_job_queue_join_async  (YjJobQueue           *self,
                                 GPtrArray            *jobs,
                                 const YjJoinPlan     *plan,
                                 YjFixProgressFunc     progress,
                                 gpointer              progress_data,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
YjJob *yj_job_queue_join_finish (YjJobQueue           *self,
                                 GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
