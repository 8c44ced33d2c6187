/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-window.h"

G_BEGIN_DECLS

/* What lies behind a job in the gallery. */
GPtrArray *yj_job_fold_list   (YjJobQueue *queue,
                               YjJob      *job);
void       yj_job_fold_pick   (YjWindow   *window,
                               YjJob      *chosen,
                               GPtrArray  *jobs);
void       yj_job_fold_unfold (YjWindow   *window,
                               YjJob      *job);

G_END_DECLS
