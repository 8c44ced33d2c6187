/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* What brings frames onto a paintable, and takes the pipelines of such sinks down. */
GstElement *yj_video_sink_new         (int                 plainness,
                                       GstElement        **sink,
                                       GdkPaintable      **paintable);
void        yj_video_sink_watch       (GstBin             *bin);
gint64      yj_video_sink_get_patience (gint64         frame,
                                        double         rate);
GError     *yj_video_sink_new_error    (GstMessage    *message,
                                        const char    *missing);
void        yj_video_sink_halt        (GstElement         *pipeline,
                                       GPtrArray          *video_sinks,
                                       GObject            *owner,
                                       GCallback           halted);

G_END_DECLS
