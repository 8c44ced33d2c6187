/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job-queue.h"

G_BEGIN_DECLS

/* The latest jobs of a queue, newest first. */
#define YJ_TYPE_JOB_LIST (yj_job_list_get_type ())
G_DECLARE_FINAL_TYPE (YjJobList, yj_job_list, YJ, JOB_LIST, AdwBin)

void yj_job_list_set_queue (YjJobList  *self,
                            YjJobQueue *queue);
void yj_job_list_focus_job (YjJobList  *self,
                            YjJob      *job);

G_END_DECLS
