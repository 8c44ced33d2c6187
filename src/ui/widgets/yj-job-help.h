/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job-queue.h"

G_BEGIN_DECLS

/* What can be done about a job that needs the person: what to change, the file that it is about, and the ways out as
   buttons. Its parent has the actions "job.check", "job.submit", … Not seen while there is nothing to be done. */
#define YJ_TYPE_JOB_HELP (yj_job_help_get_type ())
G_DECLARE_FINAL_TYPE (YjJobHelp, yj_job_help, YJ, JOB_HELP, AdwBin)

void yj_job_help_show (YjJobHelp  *self,
                       YjJobQueue *queue,
                       YjJob      *job);

G_END_DECLS
