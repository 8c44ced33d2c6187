/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-gallery-grid.h"

G_BEGIN_DECLS

/* Plays, silently, the video on which the pointer or the focus of the keyboard rests: one at a time, with one player.
   Property "enabled" (boolean). Lives as long as the grid. */
#define YJ_TYPE_HOVER_PLAY (yj_hover_play_get_type ())
G_DECLARE_FINAL_TYPE (YjHoverPlay, yj_hover_play, YJ, HOVER_PLAY, GObject)

YjHoverPlay *yj_hover_play_new         (YjGalleryGrid *grid);
void         yj_hover_play_set_enabled (YjHoverPlay   *self,
                                        gboolean       enabled);

G_END_DECLS
