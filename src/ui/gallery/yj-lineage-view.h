/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* The posters of what a video was made from and is used in, to walk from one to the next. */
#define YJ_TYPE_LINEAGE_VIEW (yj_lineage_view_get_type ())
G_DECLARE_FINAL_TYPE (YjLineageView, yj_lineage_view, YJ, LINEAGE_VIEW, AdwBin)

void yj_lineage_view_set_job (YjLineageView *self,
                              YjJob         *job);

G_END_DECLS
