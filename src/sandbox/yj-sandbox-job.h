/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "yj-render.h"
#include "yj-sandbox-fault.h"

G_BEGIN_DECLS

typedef enum
{
  YJ_SANDBOX_JOB_CREATED,
  YJ_SANDBOX_JOB_PENDING,
  YJ_SANDBOX_JOB_RUNNING,
  YJ_SANDBOX_JOB_SUCCEEDED,
  YJ_SANDBOX_JOB_FAILED,
} YjSandboxJobState;

/* One submitted job: rendered by a child process when it is its turn. */
#define YJ_TYPE_SANDBOX_JOB (yj_sandbox_job_get_type ())
G_DECLARE_FINAL_TYPE (YjSandboxJob, yj_sandbox_job, YJ, SANDBOX_JOB, GObject)

/* All jobs of a server; few are rendered at a time, in the order in which they came. */
#define YJ_TYPE_SANDBOX_JOBS (yj_sandbox_jobs_get_type ())
G_DECLARE_FINAL_TYPE (YjSandboxJobs, yj_sandbox_jobs, YJ, SANDBOX_JOBS, GObject)

YjSandboxJobs     *yj_sandbox_jobs_new          (double            speed);
YjSandboxJob      *yj_sandbox_jobs_submit       (YjSandboxJobs    *self,
                                                 YjRenderSpec     *spec,
                                                 const char       *model,
                                                 gboolean          off_peak,
                                                 YjSandboxFaults  *faults);
YjSandboxJob      *yj_sandbox_jobs_find         (YjSandboxJobs    *self,
                                                 const char       *id);
char              *yj_sandbox_jobs_find_file    (YjSandboxJobs    *self,
                                                 const char       *path);
void               yj_sandbox_jobs_stop         (YjSandboxJobs    *self);

const char        *yj_sandbox_job_get_id        (YjSandboxJob     *self);
YjSandboxJobState  yj_sandbox_job_get_state     (YjSandboxJob     *self);
char              *yj_sandbox_job_to_json       (YjSandboxJob     *self,
                                                 const char       *base_url);

G_END_DECLS
