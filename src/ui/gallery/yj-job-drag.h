/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* Dragging a finished video out of the window as the real file that it is. */
GdkContentProvider *yj_job_drag_new_content (YjJob         *job);
void                yj_job_drag_set_icon    (GtkDragSource *source,
                                             GdkPaintable  *still);

G_END_DECLS
