/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define YJ_COMPARE_MOST 4

/* Plays up to four clips in step, by one clock: a YjTransport, whose properties it has with notify, and "heard" (uint):
   the clip whose sound is played. Signal clip-changed (uint): what the getters of that clip say is different. */
#define YJ_TYPE_COMPARE (yj_compare_get_type ())
G_DECLARE_FINAL_TYPE (YjCompare, yj_compare, YJ, COMPARE, GObject)

/* @files: GFile, two to four; @plainness: YjPlayerPlainness. */
YjCompare    *yj_compare_new           (GPtrArray *files,
                                        int        plainness);
void          yj_compare_replace       (YjCompare *self,
                                        guint      clip,
                                        GFile     *file);
void          yj_compare_play          (YjCompare *self);
void          yj_compare_pause         (YjCompare *self);
void          yj_compare_seek          (YjCompare *self,
                                        gint64     position);
void          yj_compare_step          (YjCompare *self,
                                        int        frames);
void          yj_compare_set_range     (YjCompare *self,
                                        gint64     from,
                                        gint64     to);
gboolean      yj_compare_is_settled    (YjCompare *self);     /* nothing is on its way */
/* Of one clip, by its place among the files. */
GdkPaintable *yj_compare_get_paintable (YjCompare *self,
                                        guint      clip);
gboolean      yj_compare_get_shown     (YjCompare *self,      /* a frame is on the paintable */
                                        guint      clip);
const GError *yj_compare_get_error     (YjCompare *self,      /* why it does not play, or NULL */
                                        guint      clip);
gboolean      yj_compare_get_has_sound (YjCompare *self,
                                        guint      clip);
gint64        yj_compare_get_length    (YjCompare *self,      /* ns, 0 until it is known */
                                        guint      clip);

G_END_DECLS
