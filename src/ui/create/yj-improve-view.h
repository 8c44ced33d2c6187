/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two prompts as one text: what goes is struck, what comes is marked. Each change can be left out by a click or by the
   space bar, and taken again. */
#define YJ_TYPE_IMPROVE_VIEW (yj_improve_view_get_type ())
G_DECLARE_FINAL_TYPE (YjImproveView, yj_improve_view, YJ, IMPROVE_VIEW, GtkTextView)

void  yj_improve_view_show       (YjImproveView *self,
                                  const char    *before,
                                  const char    *after);
/* The prompt with the changes that are not left out. */
char *yj_improve_view_dup_source (YjImproveView *self);

G_END_DECLS
