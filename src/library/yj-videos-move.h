/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Moves the videos of a library, one errand at a time, while they are used. Property "running" (boolean, notify),
   "fraction" (double, notify: of the bytes). Signal ended (GError: NULL when they lie there now). */
#define YJ_TYPE_VIDEOS_MOVE (yj_videos_move_get_type ())
G_DECLARE_FINAL_TYPE (YjVideosMove, yj_videos_move, YJ, VIDEOS_MOVE, GObject)

YjVideosMove *yj_videos_move_new         (GFile        *library);
void          yj_videos_move_start       (YjVideosMove *self,
                                          GFile        *to);    /* a new folder in that; NULL: back into the library */
void          yj_videos_move_resume      (YjVideosMove *self);  /* what was cut off */
void          yj_videos_move_discard     (YjVideosMove *self);  /* the same: its copies go */
void          yj_videos_move_cancel      (YjVideosMove *self);
gboolean      yj_videos_move_get_running (YjVideosMove *self);

G_END_DECLS
