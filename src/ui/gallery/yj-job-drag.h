/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is under the pointer while videos are dragged. */
void yj_job_drag_set_icon (GdkDrag      *drag,
                           GdkPaintable *still,
                           guint         n);

G_END_DECLS
