/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "player-fixtures.h"

gboolean
player_ready (YjPlayer *player)
{
  gboolean ready;

  g_object_get (player, "ready", &ready, NULL);
  return ready;
}

YjPlayer *
player_open (GFile *file)
{
  YjPlayer *player = yj_player_new ();

  yj_player_set_file (player, file);
  yj_test_wait (player_ready (player));
  return player;
}

/* What the paintable shows, in that size; NULL for nothing. */
GdkTexture *
player_texture_of (GdkPaintable *paintable,
                   int           width,
                   int           height)
{
  g_autoptr(GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr(GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GdkTexture *texture;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  g_assert_true (gsk_renderer_realize_for_display (renderer, gdk_display_get_default (), NULL));
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_renderer_unrealize (renderer);
  return texture;
}

GdkTexture *
player_texture (YjPlayer *player,
                int       width,
                int       height)
{
  return player_texture_of (yj_player_get_paintable (player), width, height);
}

/* Lets the player go on for a while in which nothing is waited for. */
void
player_wait (int ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}
