/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture that can be looked at closely: the wheel, two fingers or yj_zoom_view_step() zoom, dragging moves it, a double
   click changes between all of it and its own size. "percent" is a property with notify. */
#define YJ_TYPE_ZOOM_VIEW (yj_zoom_view_get_type ())
G_DECLARE_FINAL_TYPE (YjZoomView, yj_zoom_view, YJ, ZOOM_VIEW, GtkWidget)

void     yj_zoom_view_set_texture  (YjZoomView *self,
                                    GdkTexture *texture,
                                    int         longest);
guint    yj_zoom_view_get_percent  (YjZoomView *self);
gboolean yj_zoom_view_wants_more   (YjZoomView *self);
/* Larger or smaller by one step, around the middle. */
void     yj_zoom_view_step         (YjZoomView *self,
                                    gboolean    larger);
void     yj_zoom_view_fit          (YjZoomView *self);
void     yj_zoom_view_show_full    (YjZoomView *self);

G_END_DECLS
