/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job-queue.h"

G_BEGIN_DECLS

/* Which tags some jobs have; tags are made, renamed and taken away here. */
#define YJ_TYPE_TAGS_DIALOG (yj_tags_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjTagsDialog, yj_tags_dialog, YJ, TAGS_DIALOG, AdwDialog)

/* @jobs (GPtrArray of YjJob) may be empty: then tags are only renamed or taken away. */
YjTagsDialog *yj_tags_dialog_new (YjJobQueue *queue,
                                  GPtrArray  *jobs);

G_END_DECLS
