/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-player-controls.h"

G_BEGIN_DECLS

/* A stage with the controls of what plays on it below, and in full screen over it: then they, and the bar of the page, come
   with the pointer and go with it. Above it, where no picture comes, the offer to try another way. Properties "player"
   (YjTransport), "stage" (GtkWidget), "below" (GtkWidget, between stage and controls, not in full screen), "fullscreen"
   (boolean), "idle" (boolean: in full screen, and nobody moves), "click-plays" (boolean: a click on the stage does, not only
   a double one full screen). */
#define YJ_TYPE_PLAYER_FRAME (yj_player_frame_get_type ())
G_DECLARE_FINAL_TYPE (YjPlayerFrame, yj_player_frame, YJ, PLAYER_FRAME, GtkWidget)

YjPlayerControls *yj_player_frame_get_controls (YjPlayerFrame  *self);
void              yj_player_frame_set_page     (YjPlayerFrame  *self,
                                                GtkWidget      *page,
                                                AdwToolbarView *view,
                                                GtkWidget      *header);
void              yj_player_frame_leave        (YjPlayerFrame  *self);

G_END_DECLS
