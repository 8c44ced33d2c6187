/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job.h"
#include "yj-player-frame.h"
#include "yj-player.h"

G_BEGIN_DECLS

/* The video of a job with its controls; where there is none yet, how things stand. Property "job" (YjJob). */
#define YJ_TYPE_PLAYER_VIEW (yj_player_view_get_type ())
G_DECLARE_FINAL_TYPE (YjPlayerView, yj_player_view, YJ, PLAYER_VIEW, AdwBin)

gint64         yj_player_view_get_position (YjPlayerView *self);
YjPlayer      *yj_player_view_get_player   (YjPlayerView *self);
YjPlayerFrame *yj_player_view_get_frame    (YjPlayerView *self);
void           yj_player_view_focus        (YjPlayerView *self);

G_END_DECLS
