/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-player-actions.h"

G_BEGIN_DECLS

/* The bar and the buttons below a video. Properties "player" (YjTransport, set once), "fullscreen" (boolean). */
#define YJ_TYPE_PLAYER_CONTROLS (yj_player_controls_get_type ())
G_DECLARE_FINAL_TYPE (YjPlayerControls, yj_player_controls, YJ, PLAYER_CONTROLS, AdwBin)

void          yj_player_controls_focus       (YjPlayerControls *self);
GActionGroup *yj_player_controls_get_actions (YjPlayerControls *self);

G_END_DECLS
