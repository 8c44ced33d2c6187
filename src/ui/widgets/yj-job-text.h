/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-job.h"

G_BEGIN_DECLS

/* What is said of jobs, in words. */
char       *yj_job_text_dup_state    (YjJob      *job);
char       *yj_job_text_dup_advice   (YjJob      *job);
char       *yj_job_text_dup_facts    (YjJob      *job);
const char *yj_job_text_get_icon     (YjJobState  state);
const char *yj_job_text_get_mode     (YjMode      mode);
char       *yj_job_text_dup_duration (gint64      ns);

G_END_DECLS
