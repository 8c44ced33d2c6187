/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <gst/gst.h>

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

/* What comes to a sink that is played over and over. */
typedef struct
{
  GstSegment    segment;
  GstClockTime  end;            /* running time of the last buffer's */
  GstClockTime  begin;          /* place in the file of the last buffer */
  GstClockTime  gap;            /* the longest where it began anew */
  GstClockTime  began[8];       /* and when it did, by running time */
  int           rounds;
} PlayerWatch;

void        player_watch_sink (GstElement  *sink,
                               PlayerWatch *watch);
