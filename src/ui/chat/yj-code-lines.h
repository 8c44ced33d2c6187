/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YJ_TYPE_CODE_LINES (yj_code_lines_get_type ())
G_DECLARE_FINAL_TYPE (YjCodeLines, yj_code_lines, YJ, CODE_LINES, GtkBox)

GtkWidget *yj_code_lines_new        (void);
void       yj_code_lines_set_marked (YjCodeLines *self,
                                     guint        start,
                                     guint        end);

G_END_DECLS
