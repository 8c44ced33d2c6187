/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-compare.h"

G_BEGIN_DECLS

typedef enum
{
  YJ_COMPARE_TILES,
  YJ_COMPARE_WIPE,              /* one over the other, up to a border */
  YJ_COMPARE_SWITCH,            /* one at a time */
} YjCompareMode;

/* The pictures of a comparison. Signal "divide" (double): the border was dragged to this part of the width. */
#define YJ_TYPE_COMPARE_STAGE (yj_compare_stage_get_type ())
G_DECLARE_FINAL_TYPE (YjCompareStage, yj_compare_stage, YJ, COMPARE_STAGE, GtkWidget)

YjCompareStage *yj_compare_stage_new       (YjCompare      *compare,
                                            GPtrArray      *jobs);
void            yj_compare_stage_show      (YjCompareStage *self,
                                            YjCompareMode   mode,
                                            guint           left,     /* in a wipe */
                                            guint           current); /* on the right of it, or the only one */
void            yj_compare_stage_divide    (YjCompareStage *self,
                                            double          border);
void            yj_compare_stage_hide_cursor (YjCompareStage *self,
                                              gboolean        hidden);

G_END_DECLS
