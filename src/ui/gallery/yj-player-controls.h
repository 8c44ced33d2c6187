/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-transport.h"

G_BEGIN_DECLS

/* The bar and the buttons below a video. Properties "player" (YjTransport), "fullscreen" (boolean). The buttons call
   "player.*", the actions of the view around them; those for the speed, and for what is played over and over, are here. */
#define YJ_TYPE_PLAYER_CONTROLS (yj_player_controls_get_type ())
G_DECLARE_FINAL_TYPE (YjPlayerControls, yj_player_controls, YJ, PLAYER_CONTROLS, AdwBin)

void yj_player_controls_focus  (YjPlayerControls *self);
void yj_player_controls_louder (YjPlayerControls *self,
                                int               percent);
void yj_player_controls_switch (YjPlayerControls *self,
                                const char       *property);
void yj_player_controls_speed  (YjPlayerControls *self,
                                int               steps);
void yj_player_controls_mark   (YjPlayerControls *self,
                                char              which);

G_END_DECLS
