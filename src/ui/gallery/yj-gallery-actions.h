/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* What can be done with a job, as actions "job.…" of any widget class that has a property "job" (YjJob). */
void yj_gallery_actions_install      (GtkWidgetClass *klass);
void yj_gallery_actions_update       (GtkWidget      *widget,
                                  YjJob          *job);
void yj_gallery_actions_fill_buttons (AdwWrapBox     *box,
                                  YjJob          *job);
void yj_gallery_actions_copy          (GtkWidget     *widget,
                                  GPtrArray      *jobs);
void yj_gallery_actions_show_in_files (GtkWidget     *widget,
                                  YjJob          *job);

G_END_DECLS
