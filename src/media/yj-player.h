/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Plays one file. Properties with notify: "paintable" (GdkPaintable), "playing" (boolean), "ready" (boolean: a
   frame is on the paintable), "position" and "duration" (int64, ns), "width", "height" (int, px), "loop" (boolean,
   on by default), "rate" (double), "volume" (double, 0..1), "muted" (boolean), "range-from", "range-to" (int64, ns, -1 for none),
   "frozen" (boolean: the clock runs, but no frame comes), "plainness" (int, YjPlayerPlainness). Signal failed (GError). */
#define YJ_TYPE_PLAYER (yj_player_get_type ())
G_DECLARE_FINAL_TYPE (YjPlayer, yj_player, YJ, PLAYER, GObject)

/* What is left out where no picture comes, one after the other. */
typedef enum
{
  YJ_PLAYER_FAST,
  YJ_PLAYER_NO_OFFLOAD,         /* up to the widget that shows the paintable */
  YJ_PLAYER_NO_GL,              /* frames in ordinary memory */
  YJ_PLAYER_SOFTWARE,           /* no hardware decodes */
} YjPlayerPlainness;

YjPlayer     *yj_player_new           (void);
void          yj_player_set_file      (YjPlayer *self,
                                       GFile    *file);   /* NULL: stops and lets go */
GFile        *yj_player_get_file      (YjPlayer *self);
GdkPaintable *yj_player_get_paintable (YjPlayer *self);
void          yj_player_play          (YjPlayer *self);
void          yj_player_pause         (YjPlayer *self);
gboolean      yj_player_get_playing   (YjPlayer *self);
void          yj_player_seek          (YjPlayer *self,
                                       gint64    position);  /* exact, ns; one in flight, the newest wins */
void          yj_player_step          (YjPlayer *self,
                                       int       frames);    /* paused: forward or back by frames */
void          yj_player_set_range     (YjPlayer *self,
                                       gint64    from,      /* played over and over; -1: none */
                                       gint64    to);
gint64        yj_player_get_position  (YjPlayer *self);
gint64        yj_player_get_duration  (YjPlayer *self);
gint64        yj_player_get_frame     (YjPlayer *self);      /* numbers, from 0; -1: none */
gint64        yj_player_get_last_frame (YjPlayer *self);
gint64        yj_player_get_frame_time (YjPlayer *self);     /* ns that one is shown */

G_END_DECLS
