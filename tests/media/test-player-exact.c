/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the player shows is what was asked for, to the frame; and it keeps nothing. Needs a display: run by
   tests/ui/headless. */
#include <malloc.h>

#include "numbered-clip.h"
#include "player-fixtures.h"
#include "yj-player-private.h"

#define FRAMES 120

typedef struct
{
  const char *name;
  int         fps_n, fps_d;
  double      sound;            /* s */
} Clip;

static const Clip clips[] = {
  { "24.mp4", 24, 1, 5.0 },
  { "30.webm", 30, 1, 4.0 },
  { "ntsc.mp4", 30000, 1001, 0 },
  { "long-sound.webm", 24, 1, 5.6 },
};

static gint64
time_of (const Clip *clip,
         int         frame)
{
  return gst_util_uint64_scale (frame, GST_SECOND * clip->fps_d, clip->fps_n);
}

static YjPlayer *
open_clip (const Clip *clip)
{
  g_autoptr(GFile) file = media_file (clip->name);

  if (!g_file_query_exists (file, NULL))
    g_object_unref (numbered_clip (clip->name, FRAMES, clip->fps_n, clip->fps_d, clip->sound));
  return player_open (file);
}

static int
shown (YjPlayer *player)
{
  g_autoptr(GdkTexture) texture = player_texture (player, NUMBERED_WIDTH, NUMBERED_HEIGHT);

  return texture != NULL ? numbered_clip_read (texture) : -1;
}

/* What was asked for has come and nothing else is on its way. */
static gboolean
at_rest (YjPlayer *player)
{
  return !player->seeking && !player->stepping && player->wanted < 0 && player->steps == 0;
}

/* What it shows in the end, which should be @frame: the last one may still be on its way to the screen. */
static int
settled (YjPlayer *player,
         int       frame)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  yj_test_wait (at_rest (player));
  while (shown (player) != frame && g_get_monotonic_time () < deadline)
    player_wait (5);
  player_wait (30);
  if (shown (player) != frame)
    g_test_message ("frame %d instead of %d; at %.3f s, sought %.3f s, pictures end at %.3f s, %.1f ms each", shown (player), frame,
                    player->position / 1e9, player->sought / 1e9, player->picture_end / 1e9, player->frame / 1e6);
  return shown (player);
}

/* Fifty at random, forward and back: those that are not exact are counted, so that one does not hide the others. */
static void
test_seek (gconstpointer data)
{
  const Clip *clip = data;
  g_autoptr(YjPlayer) player = open_clip (clip);
  int exact = 0, forward = 0, last = 0;

  for (int i = 0; i < 50; i++)
    {
      int frame = g_test_rand_int_range (0, FRAMES);
      gint64 begin = time_of (clip, frame), end = time_of (clip, frame + 1);
      int got;

      yj_player_seek (player, begin + (gint64) ((end - begin) * g_test_rand_double_range (0.05, 0.95)));
      got = settled (player, frame);
      exact += got == frame && yj_player_get_frame (player) == frame;
      forward += frame > last;
      last = frame;
    }
  g_test_message ("%d of 50 exact, %d of them forward", exact, forward);
  g_assert_cmpint (exact, ==, 50);
  g_assert_finalize_object (g_steal_pointer (&player));
}

/* Over the borders of the groups of pictures, both ways. */
static void
test_step (gconstpointer data)
{
  const Clip *clip = data;
  g_autoptr(YjPlayer) player = open_clip (clip);

  yj_player_seek (player, time_of (clip, 52) + 1000000);
  g_assert_cmpint (settled (player, 52), ==, 52);
  for (int frame = 53; frame < 65; frame++)
    {
      yj_player_step (player, 1);
      g_assert_cmpint (settled (player, frame), ==, frame);
    }
  for (int frame = 63; frame > 55; frame--)
    {
      yj_player_step (player, -1);
      g_assert_cmpint (settled (player, frame), ==, frame);
    }
  /* As a held key does it: more than can be shown */
  for (int i = 0; i < 20; i++)
    yj_player_step (player, 1);
  g_assert_cmpint (settled (player, 76), ==, 76);
  for (int i = 0; i < 20; i++)
    yj_player_step (player, -1);
  g_assert_cmpint (settled (player, 56), ==, 56);
  g_assert_finalize_object (g_steal_pointer (&player));
}

/* What is asked for before the file is open is done then, in this order, whether it was to play meanwhile or not. */
static void
test_early (gconstpointer data)
{
  const Clip *clip = data;
  g_autoptr(YjPlayer) player = open_clip (clip);
  g_autoptr(GFile) file = g_object_ref (yj_player_get_file (player));

  for (int i = 0; i < 4; i++)
    {
      yj_player_set_file (player, file);
      if (i % 2 == 1)
        yj_player_play (player);
      yj_player_seek (player, time_of (clip, 30) + 1000000);
      yj_player_step (player, i < 2 ? 2 : -2);
      g_assert_false (player_ready (player));
      yj_test_wait (player_ready (player));
      g_assert_cmpint (settled (player, i < 2 ? 32 : 28), ==, i < 2 ? 32 : 28);
    }
  /* And what is asked for as soon as it plays */
  yj_player_set_file (player, file);
  yj_player_play (player);
  yj_test_wait (player_ready (player));
  yj_player_pause (player);
  yj_player_seek (player, time_of (clip, 30) + 1000000);
  g_assert_cmpint (settled (player, 30), ==, 30);
  g_assert_finalize_object (g_steal_pointer (&player));
}

static void
ready_cb (YjPlayer   *player,
          GParamSpec *pspec,
          int        *first)
{
  if (player_ready (player))
    *first = shown (player);
}

/* From the moment at which it may be shown there is the first picture, and nothing black before it; also where another file
   was shown before. */
static void
test_first (gconstpointer data)
{
  const Clip *clip = data;
  g_autoptr(YjPlayer) player = open_clip (clip);
  g_autoptr(GFile) file = g_object_ref (yj_player_get_file (player));
  int first = -1;

  g_signal_connect (player, "notify::ready", G_CALLBACK (ready_cb), &first);
  for (int i = 0; i < 5; i++)
    {
      yj_player_pause (player);
      yj_player_seek (player, G_MAXINT64);
      g_assert_cmpint (settled (player, FRAMES - 1), ==, FRAMES - 1);
      first = -1;
      yj_player_set_file (player, file);
      yj_player_play (player);
      yj_test_wait (player_ready (player));
      g_assert_cmpint (first, ==, 0);
    }
  g_assert_finalize_object (g_steal_pointer (&player));
}

static void
test_ends (gconstpointer data)
{
  const Clip *clip = data;
  g_autoptr(YjPlayer) player = open_clip (clip);

  for (int round = 0; round < 3; round++)
    {
      yj_player_seek (player, G_MAXINT64);
      g_assert_cmpint (settled (player, FRAMES - 1), ==, FRAMES - 1);
      yj_player_step (player, 1);
      g_assert_cmpint (settled (player, FRAMES - 1), ==, FRAMES - 1);
      yj_player_step (player, -1);
      g_assert_cmpint (settled (player, FRAMES - 2), ==, FRAMES - 2);
      g_assert_cmpint (yj_player_get_last_frame (player), ==, FRAMES - 1);
      yj_player_seek (player, 0);
      g_assert_cmpint (settled (player, 0), ==, 0);
      yj_player_step (player, -1);
      g_assert_cmpint (settled (player, 0), ==, 0);
    }
  g_assert_finalize_object (g_steal_pointer (&player));
}

/* ---- gaps, by what comes to the sinks */

/* Frame and tone follow the last ones as if the file went on: what is measured is the stretch of the clock between what
   came last and what comes first, at the sinks. */
static void
test_loop (gconstpointer data)
{
  const Clip *clip = data;
  g_autoptr(YjPlayer) player = open_clip (clip);
  g_autoptr(GstElement) audio_sink = NULL;
  PlayerWatch video = { 0 }, audio = { 0 };

  g_object_get (player->playbin, "audio-sink", &audio_sink, NULL);
  player_watch_sink (player->sink, &video);
  if (audio_sink != NULL)
    player_watch_sink (audio_sink, &audio);
  g_object_set (player->sink, "qos", FALSE, NULL);      /* a busy machine leaves frames out, which is no gap of ours */
  yj_player_seek (player, time_of (clip, FRAMES - 20));
  yj_player_play (player);
  yj_test_wait (video.rounds >= 2 && (clip->sound == 0 || audio.rounds >= 2));
  g_test_message ("longest gap: picture %.1f ms, sound %.1f ms", video.gap / 1e6, audio.gap / 1e6);
  yj_player_pause (player);
  /* Where the sound goes on for long, that is what the file is */
  if (yj_player_get_duration (player) - time_of (clip, FRAMES) < 250 * GST_MSECOND)
    g_assert_cmpuint (video.gap, <, 20 * GST_MSECOND);
  g_assert_cmpuint (audio.gap, <, 20 * GST_MSECOND);
  g_assert_finalize_object (g_steal_pointer (&player));
}

/* ---- no picture comes */

static GstPadProbeReturn
drop_cb (GstPad          *pad,
         GstPadProbeInfo *info,
         gpointer         user_data)
{
  return GST_PAD_PROBE_DROP;
}

static gboolean
is_frozen (YjPlayer *player)
{
  gboolean frozen;

  g_object_get (player, "frozen", &frozen, NULL);
  return frozen;
}

/* Sound and clock go on while all frames are lost on their way; the next rung of the ladder goes on at the same place, with
   a sink of its own. */
static void
test_frozen (void)
{
  g_autoptr(YjPlayer) player = open_clip (&clips[0]);
  g_autoptr(GstPad) pad = gst_element_get_static_pad (player->sink, "sink");
  g_autoptr(GdkPaintable) first = g_object_ref (yj_player_get_paintable (player));
  gint64 position;

  yj_player_play (player);
  yj_test_wait (yj_player_get_position (player) > 100 * GST_MSECOND);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, drop_cb, NULL, NULL);
  yj_test_wait (is_frozen (player));
  yj_player_pause (player);
  position = yj_player_get_position (player);

  g_object_set (player, "plainness", YJ_PLAYER_NO_GL, NULL);
  g_assert_false (is_frozen (player));
  yj_test_wait (player_ready (player) && at_rest (player));
  g_assert_true (yj_player_get_paintable (player) != first);
  g_assert_cmpint (ABS (settled (player, position * 24 / GST_SECOND) - (int) (position * 24 / GST_SECOND)), <=, 1);
  g_object_set (player, "plainness", YJ_PLAYER_SOFTWARE, NULL);
  yj_player_play (player);
  yj_test_wait (player_ready (player) && yj_player_get_position (player) != position);
  g_assert_false (is_frozen (player));
  g_assert_finalize_object (g_steal_pointer (&player));
}

/* ---- 200 openings */

static void
open_and_close (int times)
{
  for (int i = 0; i < times; i++)
    {
      g_autoptr(YjPlayer) player = open_clip (&clips[i % 2]);

      if (i % 4 == 0)
        {
          yj_player_play (player);
          yj_test_wait (yj_player_get_position (player) > 0);
        }
      g_assert_finalize_object (g_steal_pointer (&player));
    }
}

/* KiB that are allocated, once threads have taken the last pipelines down. */
static int
memory (void)
{
  int before, now = G_MAXINT;
#ifdef __GLIBC__
  struct mallinfo2 facts;

  do
    {
      before = now;
      player_wait (500);
      facts = mallinfo2 ();
      now = (facts.uordblks + facts.hblkhd) / 1024;
    }
  while (now < before - 64);
#endif
  return now;
}

/* What is allocated, not what malloc keeps for later: that comes and goes by some megabytes. */
static void
test_open_close (void)
{
  int before, grown;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the sanitizer has a malloc of its own");
  return;
#endif
  open_and_close (20);
  before = memory ();
  open_and_close (200);
  grown = memory () - before;
  g_test_message ("grown by %d KiB from %d", grown, before);
  g_assert_cmpint (grown, <=, 2048);
}

int
main (int    argc,
      char **argv)
{
  static const struct { const char *name; GTestDataFunc func; } tests[] = {
    { "seek", test_seek },
    { "step", test_step },
    { "ends", test_ends },
    { "early", test_early },
    { "first", test_first },
    { "loop", test_loop },
  };

  gtk_test_init (&argc, &argv);
  media_init ();
  g_assert_true (g_main_context_acquire (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (clips); j++)
      {
        g_autofree char *path = g_strdup_printf ("/player-exact/%s/%s", tests[i].name, clips[j].name);

        g_test_add_data_func (path, &clips[j], tests[i].func);
      }
  g_test_add_func ("/player-exact/frozen", test_frozen);
  g_test_add_func ("/player-exact/open-close", test_open_close);
  return g_test_run ();
}
