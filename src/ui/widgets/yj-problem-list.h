/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is wrong with one field of a draft, a sentence a line; hidden when nothing is. What is merely still missing is
   not told here: an empty field says that itself. */
#define YJ_TYPE_PROBLEM_LIST (yj_problem_list_get_type ())
G_DECLARE_FINAL_TYPE (YjProblemList, yj_problem_list, YJ, PROBLEM_LIST, GtkBox)

/* @problems: of YjProblem; @field: NULL for all. */
void yj_problem_list_show (YjProblemList *self,
                           GPtrArray     *problems,
                           const char    *field);

G_END_DECLS
