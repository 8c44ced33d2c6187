/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "yj-fix.h"
#include "yj-probe.h"

G_BEGIN_DECLS

#define YJ_JOIN_MOST 24         /* clips of one film */

/* Why clips cannot follow each other as they are. */
typedef enum
{
  YJ_JOIN_AS_IS,                /* they can */
  YJ_JOIN_SIZE,
  YJ_JOIN_RATE,
  YJ_JOIN_SOUND,                /* of another kind, or missing in some */
  YJ_JOIN_CODING,               /* encoded in another way */
} YjJoinReason;

/* How clips become one film. */
typedef struct
{
  GPtrArray    *files;          /* of GFile */
  GPtrArray    *infos;          /* of YjMediaInfo */
  YjJoinReason  reason;         /* YJ_JOIN_AS_IS: nothing is encoded again */
  int           width;          /* of the film, px */
  int           height;
  double        frame_rate;
  gint64        duration;       /* ns, of all together */
} YjJoinPlan;

void        yj_join_plan_free   (YjJoinPlan          *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjJoinPlan, yj_join_plan_free)

/* Looks into the clips (GPtrArray of GFile), in their order. */
void        yj_join_plan_async  (GPtrArray           *files,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
YjJoinPlan *yj_join_plan_finish (GAsyncResult        *result,
                                 GError             **error);
/* Writes the film to @target, which must not be there. */
void        yj_join_run_async   (const YjJoinPlan    *plan,
                                 GFile               *target,
                                 YjFixProgressFunc    progress,
                                 gpointer             progress_data,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gboolean    yj_join_run_finish  (GAsyncResult        *result,
                                 GError             **error);

G_END_DECLS
