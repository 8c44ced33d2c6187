/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several clips show the same moment, whatever is done with them. Needs a display: run by tests/ui/headless. */
#include <string.h>

#include "numbered-clip.h"
#include "player-fixtures.h"
#include "yj-compare-private.h"
#include "yj-player.h"
#include "yj-transport.h"

typedef struct
{
  const char *name;
  int         frames;
  int         fps;
  double      sound;            /* s */
} Clip;

static const Clip all[] = {
  { "long.mp4", 96, 24, 4.0 },
  { "vp9.webm", 96, 24, 0 },
  { "short.mp4", 40, 24, 1.7 },
  { "thirty.webm", 120, 30, 4.3 },
};

static GFile *
get_file (const Clip *clip)
{
  GFile *file = media_file (clip->name);

  if (!g_file_query_exists (file, NULL))
    g_object_unref (numbered_clip (clip->name, clip->frames, clip->fps, 1, clip->sound));
  return file;
}

static YjCompare *
open_clips (const Clip *clips,
            guint       n)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  YjCompare *compare;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (files, get_file (&clips[i]));
  compare = yj_compare_new (files, YJ_PLAYER_NO_GL);
  yj_test_wait (yj_compare_is_settled (compare));
  return compare;
}

static int
shown (YjCompare *compare,
       guint      clip)
{
  g_autoptr(GdkTexture) texture = player_texture_of (yj_compare_get_paintable (compare, clip), NUMBERED_WIDTH, NUMBERED_HEIGHT);

  return texture != NULL ? numbered_clip_read (texture) : -1;
}

static int
frame_at (const Clip *clip,
          gint64      position)
{
  return MIN ((int) (position * clip->fps / GST_SECOND), clip->frames - 1);
}

/* The last frame may still be on its way to the screen; then nothing else may follow it. */
static void
assert_all_at (YjCompare  *compare,
               const Clip *clips,
               guint       n,
               gint64      position)
{
  yj_test_wait (yj_compare_is_settled (compare));
  for (guint i = 0; i < n; i++)
    yj_test_wait (shown (compare, i) == frame_at (&clips[i], position));
  player_wait (30);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (shown (compare, i), ==, frame_at (&clips[i], position));
}

/* Anywhere, also where one of them is over: that shows its last frame. */
static void
test_seek (void)
{
  g_autoptr(YjCompare) compare = open_clips (all, G_N_ELEMENTS (all));
  gint64 duration;

  g_object_get (compare, "duration", &duration, NULL);
  g_assert_cmpint (ABS (duration - 4 * GST_SECOND), <, 10 * GST_MSECOND);
  assert_all_at (compare, all, G_N_ELEMENTS (all), 0);
  for (int i = 0; i < 15; i++)
    {
      /* in the midst of a frame of either rate */
      gint64 position = g_test_rand_int_range (0, 24) * GST_SECOND / 6 + GST_SECOND / 80;

      yj_compare_seek (compare, position);
      assert_all_at (compare, all, G_N_ELEMENTS (all), position);
    }
  /* Many at once: the last one counts */
  for (int i = 0; i < 20; i++)
    yj_compare_seek (compare, i * 100 * GST_MSECOND);
  yj_compare_seek (compare, GST_SECOND + GST_SECOND / 80);
  assert_all_at (compare, all, G_N_ELEMENTS (all), GST_SECOND + GST_SECOND / 80);
  yj_compare_seek (compare, G_MAXINT64);
  assert_all_at (compare, all, G_N_ELEMENTS (all), 4 * GST_SECOND);
  g_assert_finalize_object (g_steal_pointer (&compare));
}

static void
test_step (void)
{
  g_autoptr(YjCompare) compare = open_clips (all, 3);

  yj_compare_seek (compare, 36 * GST_SECOND / 24 + GST_MSECOND);
  for (int frame = 37; frame < 44; frame++)
    {
      yj_compare_step (compare, 1);
      assert_all_at (compare, all, 3, frame * GST_SECOND / 24 + GST_MSECOND);
      g_assert_cmpint (yj_transport_get_frame (YJ_TRANSPORT (compare)), ==, frame);
    }
  for (int i = 0; i < 10; i++)
    yj_compare_step (compare, -1);
  assert_all_at (compare, all, 3, 33 * GST_SECOND / 24 + GST_MSECOND);
  yj_compare_step (compare, 1000);
  assert_all_at (compare, all, 3, 4 * GST_SECOND);
  yj_compare_step (compare, 1);
  assert_all_at (compare, all, 3, 4 * GST_SECOND);
  yj_compare_step (compare, -1000);
  assert_all_at (compare, all, 3, 0);
  g_assert_finalize_object (g_steal_pointer (&compare));
}

static gint64
get_position (YjCompare *compare)
{
  return yj_transport_get_position (YJ_TRANSPORT (compare));
}

static gboolean
get_playing (YjCompare *compare)
{
  return yj_transport_get_playing (YJ_TRANSPORT (compare));
}

/* While it plays the frames of a moment are never far apart, and after a pause not at all. */
static void
test_play (void)
{
  g_autoptr(YjCompare) compare = open_clips (all, 2);
  gint64 position;

  yj_compare_play (compare);
  for (int i = 1; i < 8; i++)
    {
      yj_test_wait (get_position (compare) > i * 150 * GST_MSECOND);
      g_assert_cmpint (ABS (shown (compare, 0) - shown (compare, 1)), <=, 3);   /* it takes a while to look at both */
    }
  yj_compare_pause (compare);
  g_assert_false (get_playing (compare));
  yj_test_wait (yj_compare_is_settled (compare));
  position = get_position (compare);
  g_assert_cmpint (position, >, GST_SECOND);
  assert_all_at (compare, all, 2, position);
  /* With another rate it goes on from there */
  g_object_set (compare, "rate", 2.0, NULL);
  yj_compare_play (compare);
  yj_test_wait (get_position (compare) > position + 300 * GST_MSECOND);
  yj_compare_step (compare, 1);
  g_assert_false (get_playing (compare));
  yj_test_wait (yj_compare_is_settled (compare));
  assert_all_at (compare, all, 2, get_position (compare));
  g_assert_finalize_object (g_steal_pointer (&compare));
}

static void
clip_changed_cb (YjCompare *compare,
                 guint      clip,
                 int       *first)
{
  if (first[clip] < 0 && yj_compare_get_shown (compare, clip))
    first[clip] = shown (compare, clip);
}

/* From the moment at which a clip may be shown there is its first picture, and nothing black before it. */
static void
test_first (void)
{
  for (int i = 0; i < 5; i++)
    {
      g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr(YjCompare) compare = NULL;
      int first[3] = { -1, -1, -1 };

      for (guint j = 0; j < 3; j++)
        g_ptr_array_add (files, get_file (&all[j]));
      compare = yj_compare_new (files, YJ_PLAYER_NO_GL);
      g_signal_connect (compare, "clip-changed", G_CALLBACK (clip_changed_cb), first);
      yj_compare_play (compare);
      yj_test_wait (first[0] >= 0 && first[1] >= 0 && first[2] >= 0);
      for (guint j = 0; j < 3; j++)
        g_assert_cmpint (first[j], ==, 0);
      g_assert_finalize_object (g_steal_pointer (&compare));
    }
}

/* What is asked for before all are open is done then. */
static void
test_early (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(YjCompare) compare = NULL;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (files, get_file (&all[i]));
  compare = yj_compare_new (files, YJ_PLAYER_NO_GL);
  yj_compare_play (compare);
  yj_compare_pause (compare);
  yj_compare_seek (compare, GST_SECOND + GST_MSECOND);
  yj_compare_step (compare, 1);
  yj_compare_step (compare, 1);
  g_assert_false (yj_compare_is_settled (compare));
  assert_all_at (compare, all, 3, GST_SECOND + GST_SECOND / 12 + GST_MSECOND);
  g_assert_finalize_object (g_steal_pointer (&compare));
}

/* Whatever it is about when it is paused and sent away, and at once: it goes there, and on from there. */
static void
test_pause_and_go (void)
{
  g_autoptr(YjCompare) compare = open_clips (all, 3);

  for (int i = 0; i < 20; i++)
    {
      yj_compare_play (compare);
      player_wait (g_test_rand_int_range (0, 120));
      yj_compare_pause (compare);
      player_wait (g_test_rand_int_range (0, 3) * 15);
      yj_compare_seek (compare, 0);
      g_assert_cmpint (get_position (compare), ==, 0);
      player_wait (g_test_rand_int_range (0, 3) * 15);
      yj_compare_step (compare, 1);
      assert_all_at (compare, all, 3, GST_SECOND / 24 + GST_MSECOND);
      g_assert_cmpint (yj_transport_get_frame (YJ_TRANSPORT (compare)), ==, 1);
    }
  g_assert_finalize_object (g_steal_pointer (&compare));
}

/* The short one waits on its last frame for the long one, and begins anew with it. */
static void
test_loop (void)
{
  g_autoptr(YjCompare) compare = open_clips (all, 3);

  yj_compare_seek (compare, 3700 * GST_MSECOND);
  yj_compare_play (compare);
  yj_test_wait (get_position (compare) > 3750 * GST_MSECOND);
  g_assert_cmpint (shown (compare, 2), ==, 39);
  yj_test_wait (get_position (compare) < 1000 * GST_MSECOND && get_position (compare) > 200 * GST_MSECOND);
  g_assert_true (get_playing (compare));
  g_assert_cmpint (shown (compare, 2), <, 30);
  /* A part of it */
  yj_compare_set_range (compare, 500 * GST_MSECOND, 800 * GST_MSECOND);
  yj_test_wait (get_position (compare) >= 500 * GST_MSECOND);
  for (int i = 0; i < 2; i++)
    {
      yj_test_wait (get_position (compare) > 650 * GST_MSECOND);
      g_assert_cmpint (get_position (compare), <, 860 * GST_MSECOND);
      yj_test_wait (get_position (compare) < 600 * GST_MSECOND);
    }
  /* And without: it stands at the end, and begins again from there */
  yj_compare_set_range (compare, -1, -1);
  g_object_set (compare, "loop", FALSE, NULL);
  yj_compare_seek (compare, 3800 * GST_MSECOND);
  yj_test_wait (!get_playing (compare));
  assert_all_at (compare, all, 3, 4 * GST_SECOND);
  yj_compare_play (compare);
  yj_test_wait (get_playing (compare) && get_position (compare) > 0 && get_position (compare) < GST_SECOND);
  g_assert_finalize_object (g_steal_pointer (&compare));
}

/* Round after round without a gap, and all begin each one at the same moment, the short ones too; nothing is left out for
   being late that is not. */
static void
test_gapless (void)
{
  g_autoptr(YjCompare) compare = open_clips (all, 3);
  PlayerWatch watches[3] = { 0 };

  for (guint i = 0; i < 3; i++)
    {
      player_watch_sink (yj_compare_get_clip (compare, i)->sink, &watches[i]);
      g_object_set (yj_compare_get_clip (compare, i)->sink, "qos", FALSE, NULL);        /* a busy machine is none of ours */
    }
  for (int part = 0; part < 2; part++)
    {
      int rounds = watches[0].rounds + 3;

      if (part == 1)
        yj_compare_set_range (compare, GST_SECOND, 2200 * GST_MSECOND);
      else
        yj_compare_seek (compare, 3500 * GST_MSECOND);
      yj_compare_play (compare);
      yj_test_wait (watches[0].rounds >= rounds && watches[1].rounds >= rounds && watches[2].rounds >= rounds);
      yj_compare_pause (compare);
      yj_test_wait (yj_compare_is_settled (compare));
      for (int i = rounds - 2; i < rounds; i++)
        {
          g_test_message ("round %d: %.1f %.1f %.1f ms", i, watches[0].began[i % 8] / 1e6, watches[1].began[i % 8] / 1e6, watches[2].began[i % 8] / 1e6);
          for (guint j = 1; j < 3; j++)
            g_assert_cmpint (ABS ((gint64) (watches[j].began[i % 8] - watches[0].began[i % 8])), <, 5 * GST_MSECOND);
        }
      /* The break of a flush is none: it sets the clock back */
      g_test_message ("longest gap %.1f ms", watches[0].gap / 1e6);
      g_assert_cmpuint (watches[0].gap, <, 20 * GST_MSECOND);
      memset (watches, 0, sizeof watches);
      assert_all_at (compare, all, 3, get_position (compare));
    }
  g_assert_finalize_object (g_steal_pointer (&compare));
}

static GstPadProbeReturn
drop_cb (GstPad          *pad,
         GstPadProbeInfo *info,
         gpointer         user_data)
{
  return GST_PAD_PROBE_DROP;
}

static gboolean
is_frozen (YjCompare *compare)
{
  gboolean frozen;

  g_object_get (compare, "frozen", &frozen, NULL);
  return frozen;
}

/* One of them plays without a picture; the next rung of the ladder goes on at the same place, with sinks of its own. */
static void
test_frozen (void)
{
  g_autoptr(YjCompare) compare = open_clips (all, 3);
  g_autoptr(GstPad) pad = gst_element_get_static_pad (yj_compare_get_clip (compare, 1)->sink, "sink");
  g_autoptr(GdkPaintable) first = g_object_ref (yj_compare_get_paintable (compare, 1));
  gint64 position;

  yj_compare_play (compare);
  yj_test_wait (get_position (compare) > 100 * GST_MSECOND);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, drop_cb, NULL, NULL);
  yj_test_wait (is_frozen (compare));
  yj_compare_seek (compare, GST_SECOND + GST_MSECOND);
  position = get_position (compare);
  g_object_set (compare, "plainness", YJ_PLAYER_SOFTWARE, NULL);
  g_assert_false (is_frozen (compare));
  g_assert_true (yj_compare_get_paintable (compare, 1) != first);
  g_assert_true (get_playing (compare));
  yj_test_wait (get_position (compare) > position + 200 * GST_MSECOND);
  yj_compare_pause (compare);
  yj_test_wait (yj_compare_is_settled (compare));
  assert_all_at (compare, all, 3, get_position (compare));
  g_assert_false (is_frozen (compare));
  /* Also while it is still about to open them */
  g_object_set (compare, "plainness", YJ_PLAYER_NO_GL, NULL);
  g_object_set (compare, "plainness", YJ_PLAYER_SOFTWARE, NULL);
  yj_compare_seek (compare, GST_SECOND + GST_MSECOND);
  assert_all_at (compare, all, 3, GST_SECOND + GST_MSECOND);
  g_assert_finalize_object (g_steal_pointer (&compare));
}

static gboolean
is_mute (YjCompare *compare,
         guint      clip)
{
  g_autoptr(GstElement) volume = gst_bin_get_by_name (GST_BIN (yj_compare_get_clip (compare, clip)->bin), "volume");
  gboolean mute;

  g_object_get (volume, "mute", &mute, NULL);
  return mute;
}

static void
test_sound (void)
{
  g_autoptr(YjCompare) compare = open_clips (all, 3);

  g_assert_true (yj_compare_get_has_sound (compare, 0));
  g_assert_false (yj_compare_get_has_sound (compare, 1));
  g_assert_false (is_mute (compare, 0));
  g_assert_true (is_mute (compare, 2));
  g_object_set (compare, "heard", 2, NULL);
  g_assert_true (is_mute (compare, 0));
  g_assert_false (is_mute (compare, 2));
  g_object_set (compare, "muted", TRUE, NULL);
  g_assert_true (is_mute (compare, 2));
  g_assert_finalize_object (g_steal_pointer (&compare));
}

/* One that does not play says why; the others do. */
static void
test_failed (void)
{
  static const struct { const char *name; const char *content; YjMediaError code; } bad[] = {
    { "missing.mp4", NULL, YJ_MEDIA_ERROR_GONE },
    { "text.mp4", "This is no video, whatever its name says.", YJ_MEDIA_ERROR_DAMAGED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr(YjCompare) compare = NULL;

      g_ptr_array_add (files, get_file (&all[0]));
      g_ptr_array_add (files, bad[i].content != NULL ? media_write (bad[i].name, bad[i].content, strlen (bad[i].content)) : media_file (bad[i].name));
      g_ptr_array_add (files, get_file (&all[1]));
      compare = yj_compare_new (files, YJ_PLAYER_NO_GL);
      yj_compare_play (compare);
      yj_test_wait (get_position (compare) > 200 * GST_MSECOND);
      yj_compare_pause (compare);
      yj_test_wait (yj_compare_is_settled (compare));
      yj_test_wait (shown (compare, 0) == frame_at (&all[0], get_position (compare)) && shown (compare, 0) == shown (compare, 2));
      g_assert_error (yj_compare_get_error (compare, 1), YJ_MEDIA_ERROR, (int) bad[i].code);
      g_assert_null (yj_compare_get_error (compare, 0));
      g_assert_false (yj_compare_get_shown (compare, 1));
      /* once there is one in its place */
      yj_compare_replace (compare, 1, files->pdata[2]);
      g_assert_null (yj_compare_get_error (compare, 1));
      yj_test_wait (yj_compare_get_shown (compare, 1) && yj_compare_is_settled (compare));
      yj_test_wait (shown (compare, 1) == shown (compare, 0) && shown (compare, 1) == shown (compare, 2));
      g_assert_finalize_object (g_steal_pointer (&compare));
    }
}

static void
test_all_failed (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(YjCompare) compare = NULL;

  g_ptr_array_add (files, media_file ("gone.mp4"));
  g_ptr_array_add (files, media_file ("lost.mp4"));
  compare = yj_compare_new (files, YJ_PLAYER_NO_GL);
  yj_compare_play (compare);
  yj_test_wait (yj_compare_get_error (compare, 0) != NULL && yj_compare_get_error (compare, 1) != NULL);
  g_assert_false (get_playing (compare));
  yj_compare_play (compare);
  yj_compare_seek (compare, GST_SECOND);
  yj_compare_step (compare, 1);
  g_assert_false (get_playing (compare));
  g_assert_finalize_object (g_steal_pointer (&compare));
}

/* Whatever it is about, it can be let go. */
static void
test_let_go (void)
{
  for (int i = 0; i < 20; i++)
    {
      g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
      YjCompare *compare;

      for (guint j = 0; j < G_N_ELEMENTS (all); j++)
        g_ptr_array_add (files, get_file (&all[j]));
      compare = yj_compare_new (files, YJ_PLAYER_NO_GL);
      yj_compare_play (compare);
      if (i % 4 == 1)
        player_wait (15 * i);
      else if (i % 4 == 2)
        yj_test_wait (get_position (compare) > 0);
      else if (i % 4 == 3)
        {
          yj_test_wait (yj_compare_is_settled (compare));
          yj_compare_seek (compare, GST_SECOND);
        }
      g_object_add_weak_pointer (G_OBJECT (compare), (gpointer *) &compare);
      g_object_unref (compare);
      yj_test_wait (compare == NULL);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  media_init ();
  g_assert_true (g_main_context_acquire (NULL));
  g_test_add_func ("/compare/seek", test_seek);
  g_test_add_func ("/compare/step", test_step);
  g_test_add_func ("/compare/play", test_play);
  g_test_add_func ("/compare/first", test_first);
  g_test_add_func ("/compare/early", test_early);
  g_test_add_func ("/compare/pause-and-go", test_pause_and_go);
  g_test_add_func ("/compare/loop", test_loop);
  g_test_add_func ("/compare/gapless", test_gapless);
  g_test_add_func ("/compare/frozen", test_frozen);
  g_test_add_func ("/compare/sound", test_sound);
  g_test_add_func ("/compare/failed", test_failed);
  g_test_add_func ("/compare/all-failed", test_all_failed);
  g_test_add_func ("/compare/let-go", test_let_go);
  return g_test_run ();
}
