/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-job-queue.h"
#include "yj-trash-dialog.h"

G_BEGIN_DECLS

/* The videos in the trash. */
YjTrashDialog *yj_job_trash_new (YjJobQueue *queue);

G_END_DECLS
