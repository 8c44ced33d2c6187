/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job-queue.h"

G_BEGIN_DECLS

/* A line that says how many jobs have gone wrong out of sight, and leads to them; not there while there is none. */
#define YJ_TYPE_JOB_SIGN (yj_job_sign_get_type ())
G_DECLARE_FINAL_TYPE (YjJobSign, yj_job_sign, YJ, JOB_SIGN, AdwBin)

void   yj_job_sign_set_list  (YjJobSign  *self,
                              GtkWidget  *list);
void   yj_job_sign_set_queue (YjJobSign  *self,
                              YjJobQueue *queue);
/* The latest of them, NULL for none. */
YjJob *yj_job_sign_dup_job   (YjJobSign  *self);

G_END_DECLS
