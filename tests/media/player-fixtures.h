/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "media-fixtures.h"
#include "yj-player.h"

YjPlayer   *player_open    (GFile    *file);
gboolean    player_ready   (YjPlayer *player);
GdkTexture *player_texture (YjPlayer *player,
                            int       width,
                            int       height);
GdkTexture *player_texture_of (GdkPaintable *paintable,
                               int           width,
                               int           height);
void        player_wait    (int       ms);
