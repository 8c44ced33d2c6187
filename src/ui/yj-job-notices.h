/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* What the desktop says of jobs that ended while nobody looked: one notification, however many they are. */
#define YJ_TYPE_JOB_NOTICES (yj_job_notices_get_type ())
G_DECLARE_FINAL_TYPE (YjJobNotices, yj_job_notices, YJ, JOB_NOTICES, GObject)

YjJobNotices *yj_job_notices_new   (GApplication *application);
void          yj_job_notices_add   (YjJobNotices *self,
                                    YjJob        *job);
/* Sends what waits for more at once, before the program ends. */
void          yj_job_notices_flush (YjJobNotices *self);
/* The person has looked: what comes next is told by itself. */
void          yj_job_notices_seen  (YjJobNotices *self);

G_END_DECLS
