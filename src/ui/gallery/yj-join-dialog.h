/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-window.h"

G_BEGIN_DECLS

/* Several finished videos in their order, to be made one film. */
#define YJ_TYPE_JOIN_DIALOG (yj_join_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjJoinDialog, yj_join_dialog, YJ, JOIN_DIALOG, AdwDialog)

/* @jobs: GPtrArray of YjJob. */
void yj_join_dialog_present (YjWindow  *window,
                             GPtrArray *jobs);

G_END_DECLS
