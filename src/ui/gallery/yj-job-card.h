/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* A job in the grid: its poster or its state. Properties "job" (YjJob), "description" (string: all of it in words). */
#define YJ_TYPE_JOB_CARD (yj_job_card_get_type ())
G_DECLARE_FINAL_TYPE (YjJobCard, yj_job_card, YJ, JOB_CARD, AdwBin)

G_END_DECLS
