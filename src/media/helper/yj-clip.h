/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/gst.h>

#include "yj-sniff.h"

G_BEGIN_DECLS

typedef struct _YjClip YjClip;

void       yj_clip_prepare         (const YjSniff *sniff);
const char *yj_clip_get_demuxer    (YjFormat       format);
YjClip    *yj_clip_open            (const YjSniff *sniff,
                                    gboolean       with_sound,
                                    guint          seconds);
void       yj_clip_fill_info       (YjClip        *self,
                                    YjMediaInfo   *info);
GstSample *yj_clip_get_frame       (YjClip        *self,
                                    gint64         position);
double     yj_clip_get_pixel_ratio (YjClip        *self);
GdkPixbuf *yj_clip_frame_to_pixbuf (YjClip        *self,
                                    GstSample     *frame);

G_END_DECLS
