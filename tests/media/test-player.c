/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Needs a display: run by tests/ui/headless. */
#include <gtk/gtk.h>

#include "media-fixtures.h"
#include "yj-player.h"
#include "yj-probe.h"

#define I420 "video/x-raw,format=I420,colorimetry=bt709"

/* What the paintable shows in its middle. */
static guint32
shown_colour (YjPlayer *player)
{
  GdkPaintable *paintable = yj_player_get_paintable (player);
  g_autoptr(GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  guint32 colour;

  gdk_paintable_snapshot (paintable, snapshot, 96, 64);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return 0;
  g_assert_true (gsk_renderer_realize_for_display (renderer, gdk_display_get_default (), NULL));
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, 96, 64));
  gsk_renderer_unrealize (renderer);
  colour = media_pixel (texture, 48, 32);
  return colour;
}

static int
shown_frame (YjPlayer *player)
{
  return media_frame_number (shown_colour (player));
}

static void
take_error_cb (YjPlayer *player,
               GError   *error,
               gpointer  user_data)
{
  GError **place = user_data;

  g_assert_null (*place);
  *place = g_error_copy (error);
}

static gboolean
is_ready (YjPlayer *player)
{
  gboolean ready;

  g_object_get (player, "ready", &ready, NULL);
  return ready;
}

static YjPlayer *
open_player (GFile *file)
{
  YjPlayer *player = yj_player_new ();

  yj_player_set_file (player, file);
  yj_test_wait (is_ready (player));
  return player;
}

static void
test_ready (gconstpointer name)
{
  g_autoptr(GFile) file = media_clip (name, 50, I420, TRUE);
  g_autoptr(YjPlayer) player = open_player (file);
  int width, height;

  g_object_get (player, "width", &width, "height", &height, NULL);
  g_assert_cmpint (width, ==, 96);
  g_assert_cmpint (height, ==, 64);
  g_assert_cmpint (ABS (yj_player_get_duration (player) - 2 * GST_SECOND), <, 100 * GST_MSECOND);
  g_assert_cmpint (yj_player_get_position (player), ==, 0);
  g_assert_false (yj_player_get_playing (player));
  g_assert_cmpint (shown_frame (player), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&player));
}

static void
test_play (void)
{
  g_autoptr(GFile) file = media_clip ("play.mp4", 50, I420, TRUE);
  g_autoptr(YjPlayer) player = yj_player_new ();

  yj_player_set_file (player, file);
  yj_player_play (player);
  g_assert_true (yj_player_get_playing (player));
  yj_test_wait (yj_player_get_position (player) > 200 * GST_MSECOND);
  yj_player_pause (player);
  g_assert_false (yj_player_get_playing (player));
  g_assert_finalize_object (g_steal_pointer (&player));
}

static void
test_damaged (void)
{
  g_autoptr(GFile) file = media_write ("damaged.mp4", "\0\0\0\x10" "ftypisom\0\0\0\0\0\0\0\x08moov", 24);
  g_autoptr(GFile) good = media_clip ("good.mp4", 10, I420, FALSE);
  g_autoptr(YjPlayer) player = yj_player_new ();
  g_autoptr(GError) error = NULL;

  g_signal_connect (player, "failed", G_CALLBACK (take_error_cb), &error);
  yj_player_set_file (player, file);
  yj_player_play (player);
  yj_test_wait (error != NULL);
  g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED);
  g_assert_false (yj_player_get_playing (player));
  g_assert_false (is_ready (player));

  /* And it is good for another file */
  yj_player_set_file (player, good);
  yj_test_wait (is_ready (player));
  g_assert_cmpint (shown_frame (player), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&player));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  media_init ();
  /* As in a running application: nobody but this thread ever runs the main context */
  g_assert_true (g_main_context_acquire (NULL));
  g_test_add_data_func ("/player/ready/mp4", "ready.mp4", test_ready);
  g_test_add_data_func ("/player/ready/webm", "ready.webm", test_ready);
  g_test_add_func ("/player/play", test_play);
  g_test_add_func ("/player/damaged", test_damaged);
  return g_test_run ();
}
