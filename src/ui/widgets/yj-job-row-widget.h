/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job-queue.h"

G_BEGIN_DECLS

/* One job in a line: its picture, its prompt, where it stands, and what can be done about it.
   Properties "queue" (YjJobQueue) and "job" (YjJob), either may change. Actions job.withdraw, job.check, job.download,
   job.submit, job.remove, job.console, job.reuse (its recipe back into Create) and job.show (in the Gallery). */
#define YJ_TYPE_JOB_ROW_WIDGET (yj_job_row_widget_get_type ())
G_DECLARE_FINAL_TYPE (YjJobRowWidget, yj_job_row_widget, YJ, JOB_ROW_WIDGET, GtkWidget)

GtkWidget *yj_job_row_widget_new (YjJobQueue *queue,
                                  YjJob      *job);
void       yj_job_row_widget_name (YjJobRowWidget *self,
                                   GtkAccessible  *row);

G_END_DECLS
