/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* The video of a job with its controls below; where there is none yet, how things stand. Properties "job" (YjJob),
   "fullscreen" (boolean: the controls lie over the picture and come when the pointer moves). Its actions are
   "player.toggle", "player.step" (i), "player.seek-by" (i, ms), "player.first", "player.last", "player.louder" (i, %),
   "player.loop", "player.mute", "player.speed" (i, steps of the menu; 0: that of the clip), "player.mark" (s: a, b, none),
   "player.fullscreen". */
#define YJ_TYPE_PLAYER_VIEW (yj_player_view_get_type ())
G_DECLARE_FINAL_TYPE (YjPlayerView, yj_player_view, YJ, PLAYER_VIEW, AdwBin)

gint64 yj_player_view_get_position (YjPlayerView *self);
void   yj_player_view_focus        (YjPlayerView *self);

G_END_DECLS
