/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job-queue.h"

G_BEGIN_DECLS

/* Videos of the gallery beside each other, one over the other, or by turns, all in step. */
#define YJ_TYPE_COMPARE_PAGE (yj_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (YjComparePage, yj_compare_page, YJ, COMPARE_PAGE, AdwNavigationPage)

void yj_compare_page_present (GtkWidget  *widget,
                              YjJobQueue *queue,
                              GPtrArray  *jobs);

G_END_DECLS
