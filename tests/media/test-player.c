/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Needs a display: run by tests/ui/headless. */
#include <string.h>

#include "player-fixtures.h"
#include "yj-probe.h"

#define I420 "video/x-raw,format=I420,colorimetry=bt709"

/* What the paintable shows in its middle. */
static guint32
shown_colour (YjPlayer *player)
{
  g_autoptr(GdkTexture) texture = player_texture (player, 96, 64);

  return texture != NULL ? media_pixel (texture, 48, 32) : 0;
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

static void
test_ready (gconstpointer name)
{
  g_autoptr(GFile) file = media_clip (name, 50, I420, TRUE);
  g_autoptr(YjPlayer) player = player_open (file);
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

/* Waits until the frame is shown; then nothing else may follow it. */
static void
assert_shown (YjPlayer *player,
              int       frame)
{
  yj_test_wait (shown_frame (player) == frame);
  player_wait (60);
  g_assert_cmpint (shown_frame (player), ==, frame);
}

static void
test_seek (gconstpointer name)
{
  g_autoptr(GFile) file = media_clip (name, 100, I420, TRUE);
  g_autoptr(YjPlayer) player = player_open (file);

  for (int i = 0; i < 50; i++)
    {
      int frame = g_test_rand_int_range (0, 100);

      yj_player_seek (player, frame * FRAME_NS + FRAME_NS / 3);
      assert_shown (player, frame);
      g_assert_cmpint (yj_player_get_position (player) / FRAME_NS, ==, frame);
    }
  g_assert_finalize_object (g_steal_pointer (&player));
}

/* As a slider does it: many at once, the newest counts. */
static void
test_scrub (void)
{
  g_autoptr(GFile) file = media_clip ("scrub.mp4", 100, I420, TRUE);
  g_autoptr(YjPlayer) player = player_open (file);

  for (int round = 0; round < 5; round++)
    {
      for (int i = 0; i < 50; i++)
        {
          yj_player_seek (player, g_test_rand_int_range (0, 100) * FRAME_NS);
          g_main_context_iteration (NULL, FALSE);
        }
      yj_player_seek (player, (20 + round) * FRAME_NS + 1);
      assert_shown (player, 20 + round);
    }
  g_assert_finalize_object (g_steal_pointer (&player));
}

/* Before it is open, too. */
static void
test_early_seek (void)
{
  g_autoptr(GFile) file = media_clip ("early.mp4", 50, I420, FALSE);
  g_autoptr(YjPlayer) player = yj_player_new ();

  yj_player_set_file (player, file);
  yj_player_seek (player, 30 * FRAME_NS + 1);
  yj_test_wait (player_ready (player));
  assert_shown (player, 30);
  g_assert_finalize_object (g_steal_pointer (&player));
}

/* The first seek, to a key frame: decoders with several threads have been seen to lose count here. */
static void
test_first_seek (void)
{
  g_autoptr(GFile) file = media_clip ("first-seek.mp4", 40, I420, TRUE);

  for (int i = 0; i < 15; i++)
    {
      g_autoptr(YjPlayer) player = player_open (file);

      yj_player_seek (player, 12 * FRAME_NS);
      assert_shown (player, 12);
      g_assert_finalize_object (g_steal_pointer (&player));
    }
}

static void
test_step (gconstpointer name)
{
  g_autoptr(GFile) file = media_clip (name, 60, I420, TRUE);
  g_autoptr(YjPlayer) player = player_open (file);

  for (int frame = 1; frame <= 5; frame++)
    {
      yj_player_step (player, 1);
      assert_shown (player, frame);
    }
  for (int frame = 4; frame >= 0; frame--)
    {
      yj_player_step (player, -1);
      assert_shown (player, frame);
    }
  yj_player_step (player, -1);
  assert_shown (player, 0);
  yj_player_step (player, 14);
  assert_shown (player, 14);
  yj_player_step (player, -3);
  assert_shown (player, 11);
  yj_player_seek (player, 40 * FRAME_NS + FRAME_NS / 2);
  assert_shown (player, 40);
  yj_player_step (player, -1);
  assert_shown (player, 39);
  yj_player_step (player, 2);
  assert_shown (player, 41);
  g_assert_finalize_object (g_steal_pointer (&player));
}

static void
count_position_cb (YjPlayer   *player,
                   GParamSpec *pspec,
                   gpointer    user_data)
{
  static gint64 last;
  gint64 position;

  g_object_get (player, "position", &position, NULL);
  if (position < last)
    (*(int *) user_data)++;
  last = position;
}

/* Three times round: how long that takes tells whether there was a pause. The clip's place and the time are taken together,
   so that it does not matter when; a busy machine tells both late. What comes to the sinks is looked at more closely
   elsewhere. */
static void
test_loop (gconstpointer name)
{
  g_autoptr(GFile) file = media_clip (name, 25, I420, TRUE);
  g_autoptr(YjPlayer) player = player_open (file);
  gint64 duration = yj_player_get_duration (player);
  int rounds = 0;
  gint64 begun, from, round;

  g_signal_connect (player, "notify::position", G_CALLBACK (count_position_cb), &rounds);
  yj_player_play (player);
  yj_test_wait (rounds == 1);
  from = yj_player_get_position (player);
  begun = g_get_monotonic_time () * GST_USECOND;
  yj_test_wait (rounds == 4);
  round = (g_get_monotonic_time () * GST_USECOND - begun - (yj_player_get_position (player) - from)) / 3;
  g_test_message ("one round took %.3f s, the clip lasts %.3f s", round / 1e9, duration / 1e9);
  g_assert_cmpint (ABS (round - duration), <, 100 * GST_MSECOND);
  g_assert_true (yj_player_get_playing (player));
  g_assert_finalize_object (g_steal_pointer (&player));
}

static void
test_end (void)
{
  g_autoptr(GFile) file = media_clip ("end.mp4", 25, I420, TRUE);
  g_autoptr(YjPlayer) player = player_open (file);

  g_object_set (player, "loop", FALSE, NULL);
  for (int round = 0; round < 2; round++)
    {
      yj_player_play (player);
      g_assert_cmpint (yj_player_get_position (player), <, 500 * GST_MSECOND);
      yj_test_wait (!yj_player_get_playing (player));
      g_assert_cmpint (yj_player_get_position (player), ==, yj_player_get_duration (player));
      /* A busy machine may leave out the last ones */
      yj_test_wait (shown_frame (player) >= 15);
    }
  yj_player_seek (player, yj_player_get_duration (player));
  assert_shown (player, 24);
  yj_player_step (player, -1);
  assert_shown (player, 23);
  g_assert_finalize_object (g_steal_pointer (&player));
}

static void
test_rate (void)
{
  g_autoptr(GFile) file = media_clip ("rate.mp4", 200, I420, TRUE);
  g_autoptr(YjPlayer) player = player_open (file);
  gint64 begun;

  g_object_set (player, "loop", FALSE, "rate", 2.0, "volume", 0.5, "muted", TRUE, NULL);
  yj_player_play (player);
  begun = g_get_monotonic_time ();
  yj_test_wait (!yj_player_get_playing (player));
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 7800 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (g_get_monotonic_time () - begun, >, 3200 * G_TIME_SPAN_MILLISECOND);
  g_assert_finalize_object (g_steal_pointer (&player));
}

static gboolean
take_tick (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  (*(int *) user_data)++;
}

/* A paused player notifies of nothing. */
static void
test_still (void)
{
  g_autoptr(GFile) file = media_clip ("still.mp4", 50, I420, TRUE);
  g_autoptr(YjPlayer) player = player_open (file);
  gboolean over = FALSE;
  int notified = 0;

  yj_player_play (player);
  yj_test_wait (yj_player_get_position (player) > 100 * GST_MSECOND);
  yj_player_pause (player);
  g_timeout_add (200, take_tick, &over);        /* the frame it stops on may still be on its way */
  yj_test_wait (over);
  over = FALSE;
  g_signal_connect (player, "notify", G_CALLBACK (count_cb), &notified);
  g_timeout_add (500, take_tick, &over);
  yj_test_wait (over);
  g_assert_cmpint (notified, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&player));
}

static void
test_next_file (void)
{
  g_autoptr(GFile) first = media_clip ("first.mp4", 30, I420, TRUE);
  g_autoptr(GFile) second = media_clip ("second.webm", 40, I420, FALSE);
  g_autoptr(YjPlayer) player = player_open (first);
  GdkPaintable *paintable = yj_player_get_paintable (player);

  yj_player_play (player);
  for (int i = 0; i < 5; i++)
    {
      yj_player_set_file (player, i % 2 ? first : second);
      g_assert_false (player_ready (player));
      g_assert_false (yj_player_get_playing (player));
      g_assert_cmpint (yj_player_get_position (player), ==, 0);
    }
  yj_test_wait (player_ready (player));
  g_assert_true (yj_player_get_file (player) == second);
  assert_shown (player, 0);
  g_assert_cmpint (ABS (yj_player_get_duration (player) - 40 * FRAME_NS), <, FRAME_NS);
  g_assert_true (yj_player_get_paintable (player) == paintable);

  yj_player_set_file (player, NULL);
  g_assert_null (yj_player_get_file (player));
  g_assert_cmpint (yj_player_get_duration (player), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&player));
}

static void
test_sound (void)
{
  g_autoptr(GFile) file = media_launch ("a.wav", "audiotestsrc num-buffers=20 samplesperbuffer=4800 ! audio/x-raw,rate=48000 ! wavenc");
  g_autoptr(YjPlayer) player = player_open (file);

  g_object_set (player, "loop", FALSE, NULL);
  yj_player_play (player);
  yj_test_wait (yj_player_get_position (player) > 500 * GST_MSECOND);
  yj_test_wait (!yj_player_get_playing (player));
  g_assert_cmpint (ABS (yj_player_get_duration (player) - 2 * GST_SECOND), <, 50 * GST_MSECOND);
  g_assert_finalize_object (g_steal_pointer (&player));
}

static void
set_rank (const char *name,
          guint       rank)
{
  g_autoptr(GstPluginFeature) feature = gst_registry_lookup_feature (gst_registry_get (), name);

  if (feature != NULL)
    gst_plugin_feature_set_rank (feature, rank);
}

static void
test_codec (void)
{
  g_autoptr(GFile) file = media_clip ("codec.mp4", 25, I420, TRUE);
  g_autoptr(YjPlayer) player = yj_player_new ();
  g_autoptr(GError) error = NULL;
  static const char * const decoders[] = { "avdec_h264", "openh264dec", "vah264dec", "v4l2h264dec", "vulkanh264dec" };

  for (gsize i = 0; i < G_N_ELEMENTS (decoders); i++)
    set_rank (decoders[i], GST_RANK_NONE);
  g_signal_connect (player, "failed", G_CALLBACK (take_error_cb), &error);
  yj_player_set_file (player, file);
  yj_test_wait (error != NULL);
  set_rank ("avdec_h264", GST_RANK_PRIMARY);
  g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_CODEC);
  g_assert_nonnull (strstr (error->message, "H.264"));
  g_assert_finalize_object (g_steal_pointer (&player));
}

static gboolean
connection_cb (GSocketService    *service,
               GSocketConnection *connection,
               GObject           *source,
               gpointer           user_data)
{
  (*(int *) user_data)++;
  return TRUE;
}

/* Even played without a probe before, a list of addresses leads nowhere. */
static void
test_playlist (void)
{
  g_autoptr(GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *text = g_strdup_printf ("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:%d/a.ts\n#EXT-X-ENDLIST\n", port);
  g_autoptr(GFile) file = media_write ("list.mp4", text, strlen (text));
  g_autoptr(YjPlayer) player = yj_player_new ();
  g_autoptr(GError) error = NULL;
  int connections = 0;

  g_signal_connect (service, "incoming", G_CALLBACK (connection_cb), &connections);
  g_signal_connect (player, "failed", G_CALLBACK (take_error_cb), &error);
  yj_player_set_file (player, file);
  yj_player_play (player);
  yj_test_wait (error != NULL);
  g_assert_cmpint (connections, ==, 0);
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
  g_assert_false (player_ready (player));

  /* And it is good for another file */
  yj_player_set_file (player, good);
  yj_test_wait (player_ready (player));
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
  g_test_add_data_func ("/player/seek/mp4", "seek.mp4", test_seek);
  g_test_add_data_func ("/player/seek/webm", "seek.webm", test_seek);
  g_test_add_func ("/player/scrub", test_scrub);
  g_test_add_func ("/player/early-seek", test_early_seek);
  g_test_add_func ("/player/first-seek", test_first_seek);
  g_test_add_data_func ("/player/step/mp4", "step.mp4", test_step);
  g_test_add_data_func ("/player/step/webm", "step.webm", test_step);
  g_test_add_data_func ("/player/loop/mp4", "loop.mp4", test_loop);
  g_test_add_data_func ("/player/loop/webm", "loop.webm", test_loop);
  g_test_add_func ("/player/end", test_end);
  g_test_add_func ("/player/rate", test_rate);
  g_test_add_func ("/player/still", test_still);
  g_test_add_func ("/player/next-file", test_next_file);
  g_test_add_func ("/player/sound", test_sound);
  g_test_add_func ("/player/codec", test_codec);
  g_test_add_func ("/player/playlist", test_playlist);
  g_test_add_func ("/player/damaged", test_damaged);
  return g_test_run ();
}
