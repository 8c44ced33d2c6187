/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New files out of foreign ones: looked at pixel by pixel and frame by frame. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "media-fixtures.h"
#include "yj-fix.h"
#include "yj-frame-grab.h"
#include "yj-probe.h"

#define I420 "video/x-raw,format=I420"
#define RED 0xff0000
#define GREEN 0x00ff00
#define BLUE 0x0000ff
#define WHITE 0xffffff
#define TONE(buffers) "audiotestsrc num-buffers=" #buffers " samplesperbuffer=4800 freq=440 volume=0.5 ! audio/x-raw,rate=48000,channels=2 ! audioconvert"

static const guint32 quarters[4] = { RED, GREEN, BLUE, WHITE };

static gboolean
run (GFile           *source,
     const YjFixPlan *plan,
     GFile           *target,
     GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_fix_run_async (source, plan, target, NULL, NULL, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_fix_run_finish (result, error);
}

/* The new file; the plan must work. */
static GFile *
fix (GFile           *source,
     const YjFixPlan *plan,
     const char      *name)
{
  GFile *target = media_file (name);
  g_autoptr(GError) error = NULL;
  gboolean done = run (source, plan, target, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  return target;
}

static YjMediaInfo *
probe (GFile *file)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjMediaInfo *info;

  yj_probe_async (file, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  info = yj_probe_finish (result, &error);
  g_assert_no_error (error);
  return info;
}

static GdkTexture *
load (GFile *file)
{
  g_autoptr(GError) error = NULL;
  GdkTexture *texture = gdk_texture_new_from_file (file, &error);

  g_assert_no_error (error);
  return texture;
}

static GdkTexture *
grab (GFile  *clip,
      gint64  position)
{
  g_autoptr(GFile) png = media_file ("frame.png");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_frame_grab_async (clip, position, png, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  yj_frame_grab_finish (result, &error);
  g_assert_no_error (error);
  return load (png);
}

static void
assert_size (GdkTexture *texture,
             int         width,
             int         height)
{
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);
}

/* Four quarters, row by row, each of one colour; with alpha the lower half is transparent. */
static GFile *
make_quarters (const char    *name,
               int            width,
               int            height,
               const guint32 *colours,
               gboolean       alpha)
{
  int channels = alpha ? 4 : 3;
  guint8 *pixels = g_malloc0_n (height, (gsize) width * channels);
  g_autoptr(GBytes) bytes = g_bytes_new_take (pixels, (gsize) height * width * channels), png = NULL;
  g_autoptr(GdkTexture) texture = NULL;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint32 colour = colours[(y >= height / 2) * 2 + (x >= width / 2)];
        guint8 *pixel = pixels + ((gsize) y * width + x) * channels;

        pixel[0] = colour >> 16;
        pixel[1] = colour >> 8;
        pixel[2] = colour;
        if (alpha)
          pixel[3] = y >= height / 2 ? 0 : 255;
      }
  texture = gdk_memory_texture_new (width, height, alpha ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8, bytes, (gsize) width * channels);
  png = gdk_texture_save_to_png_bytes (texture);
  return media_write (name, g_bytes_get_data (png, NULL), g_bytes_get_size (png));
}

static void
test_scale (void)
{
  g_autoptr(GFile) source = make_quarters ("scale.png", 400, 200, quarters, FALSE);
  YjFixPlan plan = { .content_type = "image/jpeg", .crop = { 0, 0, 400, 200 }, .place = { 0, 0, 100, 50 }, .width = 100, .height = 50 };
  g_autoptr(GFile) small = fix (source, &plan, "small.jpg"), large = NULL;
  g_autoptr(GdkTexture) down = load (small), up = NULL;
  g_autoptr(YjMediaInfo) info = probe (small);

  g_assert_cmpstr (info->content_type, ==, "image/jpeg");
  assert_size (down, 100, 50);
  for (int i = 0; i < 4; i++)
    media_assert_colour (down, i % 2 ? 80 : 20, i / 2 ? 40 : 10, quarters[i]);

  plan.content_type = "image/png";
  plan.width = plan.place.width = 601;
  plan.height = plan.place.height = 301;
  large = fix (source, &plan, "large.png");
  up = load (large);
  assert_size (up, 601, 301);
  for (int i = 0; i < 4; i++)
    media_assert_colour (up, i % 2 ? 500 : 100, i / 2 ? 250 : 50, quarters[i]);
}

static void
test_crop (void)
{
  g_autoptr(GFile) source = make_quarters ("crop.png", 400, 200, quarters, FALSE);
  YjFixPlan plan = { .content_type = "image/png", .crop = { 150, 0, 100, 200 }, .place = { 0, 0, 100, 200 }, .width = 100, .height = 200 };
  g_autoptr(GFile) cropped = fix (source, &plan, "cropped.png");
  g_autoptr(GdkTexture) texture = load (cropped);

  assert_size (texture, 100, 200);
  media_assert_colour (texture, 48, 10, RED);         /* the middle is still in the middle */
  media_assert_colour (texture, 52, 10, GREEN);
  media_assert_colour (texture, 0, 199, BLUE);
}

static void
test_pad (void)
{
  g_autoptr(GFile) source = make_quarters ("pad.png", 400, 100, quarters, FALSE);
  YjFixPlan plan = { .content_type = "image/jpeg", .crop = { 0, 0, 400, 100 }, .place = { 0, 50, 200, 50 },
                     .width = 200, .height = 150, .background = 0x336699 };
  g_autoptr(GFile) padded = fix (source, &plan, "padded.jpg");
  g_autoptr(GdkTexture) texture = load (padded);

  assert_size (texture, 200, 150);
  media_assert_colour (texture, 10, 40, 0x336699);
  media_assert_colour (texture, 10, 110, 0x336699);
  media_assert_colour (texture, 10, 60, RED);
  media_assert_colour (texture, 190, 90, WHITE);
}

static void
test_alpha (void)
{
  g_autoptr(GFile) source = make_quarters ("alpha.png", 80, 80, quarters, TRUE);
  YjFixPlan plan = { .content_type = "image/jpeg", .background = 0xffffff };
  g_autoptr(GFile) white = fix (source, &plan, "white.jpg"), kept = NULL, chosen = NULL;
  g_autoptr(GdkTexture) on_white = load (white), on_chosen = NULL;
  g_autoptr(YjMediaInfo) of_white = probe (white), of_kept = NULL;

  g_assert_false (of_white->has_alpha);
  media_assert_colour (on_white, 10, 10, RED);
  media_assert_colour (on_white, 10, 70, WHITE);

  plan.background = 0x204060;
  chosen = fix (source, &plan, "chosen.jpg");
  on_chosen = load (chosen);
  media_assert_colour (on_chosen, 70, 10, GREEN);
  media_assert_colour (on_chosen, 10, 70, 0x204060);

  plan.content_type = "image/png";
  kept = fix (source, &plan, "kept.png");
  of_kept = probe (kept);
  g_assert_true (of_kept->has_alpha);
}

/* A type that can shine through, but is not to; nothing else changes. */
static void
test_opaque (void)
{
  g_autoptr(GFile) source = make_quarters ("alpha.png", 80, 60, quarters, TRUE);
  YjFixPlan plan = { .content_type = "image/png", .background = 0x204060, .opaque = TRUE };
  g_autoptr(GFile) flat = fix (source, &plan, "flat.png");
  g_autoptr(GdkTexture) texture = load (flat);
  g_autoptr(YjMediaInfo) info = probe (flat);

  g_assert_false (info->has_alpha);
  assert_size (texture, 80, 60);
  media_assert_colour (texture, 10, 10, RED);
  media_assert_colour (texture, 70, 10, GREEN);
  media_assert_colour (texture, 10, 50, 0x204060);
  media_assert_colour (texture, 70, 50, 0x204060);
}

/* ---- orientation */

/* What is stored so that all eight look the same. */
static const guint32 stored[9][4] = {
  [1] = { RED, GREEN, BLUE, WHITE }, [2] = { GREEN, RED, WHITE, BLUE }, [3] = { WHITE, BLUE, GREEN, RED },
  [4] = { BLUE, WHITE, RED, GREEN }, [5] = { RED, BLUE, GREEN, WHITE }, [6] = { GREEN, WHITE, RED, BLUE },
  [7] = { WHITE, GREEN, BLUE, RED }, [8] = { BLUE, RED, WHITE, GREEN },
};

/* A JPEG that is to be turned when shown. */
static GFile *
make_turned (guint orientation)
{
  guint8 exif[] = "\xff\xe1\0\x22" "Exif\0\0" "MM\0*\0\0\0\x08" "\0\1" "\1\x12\0\3\0\0\0\1\0\0\0\0" "\0\0\0\0";
  gboolean sideways = orientation >= 5;
  g_autoptr(GFile) png = make_quarters ("turned.png", sideways ? 100 : 200, sideways ? 200 : 100, stored[orientation], FALSE);
  YjFixPlan plan = { .content_type = "image/jpeg" };
  g_autoptr(GFile) plain = fix (png, &plan, "plain.jpg");
  g_autoptr(GByteArray) jpeg = g_byte_array_new ();
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_load_contents (plain, NULL, &data, &length, NULL, NULL));
  exif[29] = orientation;
  g_byte_array_append (jpeg, (guint8 *) data, 2);
  g_byte_array_append (jpeg, exif, 36);
  g_byte_array_append (jpeg, (guint8 *) data + 2, length - 2);
  return media_write ("turned.jpg", jpeg->data, jpeg->len);
}

static void
test_orientation (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr(GFile) source = make_turned (orientation);
      YjFixPlan plan = { .content_type = "image/jpeg", .crop = { 100, 0, 100, 100 }, .place = { 0, 0, 50, 50 }, .width = 50, .height = 50 };
      g_autoptr(GFile) right = fix (source, &plan, "right.jpg");
      g_autoptr(GdkTexture) texture = load (right);

      g_test_message ("orientation %u", orientation);
      assert_size (texture, 50, 50);
      media_assert_colour (texture, 25, 8, GREEN);
      media_assert_colour (texture, 25, 42, WHITE);
    }
}

/* ---- types, bytes and colours of pictures */
static void
test_convert (void)
{
  static const struct { const char *name, *pipeline; } sources[] = {
    { "a.webp", "webpenc lossless=true" }, { "a.bmp", "avenc_bmp" }, { "a.tiff", "avenc_tiff" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *pipeline = g_strconcat ("videotestsrc pattern=blue num-buffers=1 ! video/x-raw,width=64,height=48 ! videoconvert ! ",
                                               sources[i].pipeline, NULL);
      g_autoptr(GFile) source = NULL, jpeg = NULL, png = NULL;
      YjFixPlan plan = { .content_type = "image/jpeg" };
      g_autoptr(GdkTexture) texture = NULL, lossless = NULL;
      g_autoptr(YjMediaInfo) info = NULL;

      source = media_launch (sources[i].name, pipeline);
      jpeg = fix (source, &plan, "converted.jpg");
      texture = load (jpeg);
      assert_size (texture, 64, 48);
      media_assert_colour (texture, 30, 20, BLUE);
      plan.content_type = "image/png";
      png = fix (source, &plan, "converted.png");
      info = probe (png);
      g_assert_cmpstr (info->content_type, ==, "image/png");
      lossless = load (png);
      media_assert_colour (lossless, 30, 20, BLUE);
    }
}

static void
test_bytes (void)
{
  g_autoptr(GFile) source = media_launch ("noise.png", "videotestsrc pattern=snow num-buffers=1 ! video/x-raw,width=1200,height=900 ! "
                                          "videoconvert ! pngenc");
  YjFixPlan plan = { .content_type = "image/jpeg" };
  g_autoptr(GFile) large = fix (source, &plan, "large.jpg"), fits = NULL, never = media_file ("never.jpg");
  g_autoptr(YjMediaInfo) before = probe (large), info = NULL;
  g_autoptr(GError) error = NULL;

  plan.max_bytes = before->size * 2 / 3;
  fits = fix (source, &plan, "fits.jpg");
  info = probe (fits);
  g_assert_cmpint (info->size, <=, plan.max_bytes);
  g_assert_cmpint (info->width, ==, 1200);
  plan.max_bytes = 1000;
  g_assert_false (run (source, &plan, never, &error));
  g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_LIMIT);
  g_assert_false (g_file_query_exists (never, NULL));
}

/* A profile of no use but with the marks of one. */
static GBytes *
make_profile (gsize size)
{
  guint8 *data = g_malloc (size);
  guint32 big = GUINT32_TO_BE (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 7 + i / 251);
  memcpy (data, &big, 4);
  memcpy (data + 16, "RGB ", 4);
  memcpy (data + 36, "acsp", 4);
  return g_bytes_new_take (data, size);
}

static void
put_segment (GByteArray   *jpeg,
             int           number,
             const guint8 *data,
             gsize         size)
{
  guint8 head[] = { 0xff, 0xe2, (size + 16) >> 8, (size + 16) & 0xff, 'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, number, 2 };

  g_byte_array_append (jpeg, head, sizeof head);
  g_byte_array_append (jpeg, data, size);
}

/* The profile of a JPEG goes along, into JPEG, and by way of PNG back into JPEG. */
static void
test_profile (void)
{
  g_autoptr(GFile) png = make_quarters ("profile.png", 64, 64, quarters, FALSE), plain = NULL, source = NULL, as_png = NULL, back = NULL;
  YjFixPlan plan = { .content_type = "image/jpeg" };
  g_autoptr(GBytes) profile = make_profile (70000);
  g_autoptr(GByteArray) jpeg = g_byte_array_new ();
  const guint8 *icc = g_bytes_get_data (profile, NULL);
  g_autofree char *data = NULL, *after = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  gsize length;

  plain = fix (png, &plan, "without.jpg");
  g_assert_true (g_file_load_contents (plain, NULL, &data, &length, NULL, NULL));
  g_assert_null (memmem (data, length, "ICC_PROFILE", 11));
  g_byte_array_append (jpeg, (guint8 *) data, 2);
  put_segment (jpeg, 1, icc, 40000);
  put_segment (jpeg, 2, icc + 40000, 30000);
  g_byte_array_append (jpeg, (guint8 *) data + 2, length - 2);
  source = media_write ("with.jpg", jpeg->data, jpeg->len);

  plan.content_type = "image/png";
  as_png = fix (source, &plan, "with.png");
  plan.content_type = "image/jpeg";
  back = fix (as_png, &plan, "back.jpg");
  g_assert_true (g_file_load_contents (back, NULL, &after, &length, NULL, NULL));
  g_assert_nonnull (memmem (after, length, icc, 65519));
  g_assert_nonnull (memmem (after, length, icc + 65519, 70000 - 65519));
  texture = load (back);
  media_assert_colour (texture, 10, 10, RED);
}

/* ---- clips */
static guint
count_frames (GFile *clip)
{
  g_autofree char *line = g_strdup_printf ("filesrc location=\"%s\" ! qtdemux ! h264parse ! avdec_h264 ! appsink name=sink sync=false",
                                           g_file_peek_path (clip));
  g_autoptr(GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr(GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  guint n = 0;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (TRUE)
    {
      GstSample *sample = NULL;

      g_signal_emit_by_name (sink, "pull-sample", &sample);
      if (sample == NULL)
        break;
      gst_sample_unref (sample);
      n++;
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return n;
}

/* Which frame it is; no two are nearer than 21, and encoding them again takes its part of that. */
static int
frame_at (GFile  *clip,
          gint64  position)
{
  g_autoptr(GdkTexture) texture = grab (clip, position);
  guint32 is = media_pixel (texture, gdk_texture_get_width (texture) / 2, gdk_texture_get_height (texture) / 2);

  for (int i = 0; i < 100; i++)
    if (media_difference (is, media_colour (i)) <= 10)
      return i;
  g_test_message ("no frame has %06x", is);
  return -1;
}

/* From frame 30 on, half a second: 12 frames and a half. */
static void
test_trim (void)
{
  static const char * const names[] = { "trim.mp4", "trim.webm" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GFile) source = media_clip (names[i], 75, I420, TRUE);
      YjFixPlan plan = { .content_type = "video/mp4", .crop = { 0, 0, 96, 64 }, .place = { 0, 0, 96, 64 }, .width = 96, .height = 64,
                         .start = 30 * FRAME_NS, .length = 500 * GST_MSECOND };
      g_autoptr(GFile) part = fix (source, &plan, "part.mp4"), to_end = NULL;
      g_autoptr(YjMediaInfo) info = probe (part), rest = NULL;

      g_assert_cmpstr (info->content_type, ==, "video/mp4");
      g_assert_cmpstr (info->video_codec, ==, "H.264");
      g_assert_cmpstr (info->audio_codec, ==, "AAC");
      g_assert_cmpint (info->width, ==, 96);
      g_assert_cmpfloat_with_epsilon (info->frame_rate, 25, 0.01);
      g_assert_cmpint (ABS (info->duration - plan.length), <=, 60 * GST_MSECOND);
      g_assert_cmpint (frame_at (part, 0), ==, 30);
      g_assert_cmpint (frame_at (part, 5 * FRAME_NS), ==, 35);
      g_assert_cmpint (frame_at (part, YJ_FRAME_LAST), ==, 42);
      g_assert_cmpint (count_frames (part), ==, 13);

      plan.start = 50 * FRAME_NS;
      plan.length = 0;
      to_end = fix (source, &plan, "to-end.mp4");
      rest = probe (to_end);
      g_assert_cmpint (frame_at (to_end, 0), ==, 50);
      g_assert_cmpint (count_frames (to_end), ==, 25);
    }
}

static void
test_frame_rate (void)
{
  g_autoptr(GFile) source = media_clip ("rate.mp4", 50, I420, FALSE);
  static const double rates[] = { 12.5, 24, 50, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      YjFixPlan plan = { .content_type = "video/mp4", .frame_rate = rates[i] };
      g_autoptr(GFile) other = fix (source, &plan, "other.mp4");
      g_autoptr(YjMediaInfo) info = probe (other);

      g_test_message ("%g frames per second", rates[i]);
      g_assert_cmpfloat_with_epsilon (info->frame_rate, rates[i], 0.01);
      g_assert_cmpint (count_frames (other), ==, (int) (rates[i] * 2));
      g_assert_cmpint (ABS (info->duration - 2 * (gint64) GST_SECOND), <=, 5 * GST_MSECOND);
      g_assert_cmpint (frame_at (other, 0), ==, 0);
      g_assert_cmpint (ABS (frame_at (other, GST_SECOND) - 25), <=, 1);
    }
}

static GFile *
make_clip (const char    *name,
           const guint32 *colours,
           gboolean       sideways,
           const char    *orientation)
{
  g_autoptr(GFile) still = make_quarters ("still.png", sideways ? 160 : 320, sideways ? 320 : 160, colours, FALSE);
  g_autofree char *line = g_strdup_printf ("filesrc location=\"%s\" ! pngdec ! imagefreeze num-buffers=10 ! video/x-raw,framerate=25/1 ! "
                                           "videoconvert ! " I420 ",colorimetry=bt709 ! x264enc pass=quant quantizer=5 ! h264parse ! "
                                           "taginject tags=\"image-orientation=%s\" ! mp4mux", g_file_peek_path (still), orientation);

  return media_launch (name, line);
}

static void
test_clip_shape (void)
{
  g_autoptr(GFile) source = make_clip ("shape.mp4", quarters, FALSE, "rotate-0");
  YjFixPlan plan = { .content_type = "video/mp4", .crop = { 0, 0, 320, 160 }, .place = { 0, 40, 160, 80 },
                     .width = 160, .height = 160, .background = 0xc02020 };
  g_autoptr(GFile) padded = fix (source, &plan, "padded.mp4"), cropped = NULL;
  g_autoptr(GdkTexture) with_bars = grab (padded, 0), part = NULL;

  assert_size (with_bars, 160, 160);
  media_assert_colour (with_bars, 80, 20, 0xc02020);
  media_assert_colour (with_bars, 80, 140, 0xc02020);
  media_assert_colour (with_bars, 20, 50, RED);
  media_assert_colour (with_bars, 140, 50, GREEN);
  media_assert_colour (with_bars, 20, 110, BLUE);

  plan = (YjFixPlan) { .content_type = "video/mp4", .crop = { 160, 0, 160, 160 }, .place = { 0, 0, 80, 80 }, .width = 80, .height = 80 };
  cropped = fix (source, &plan, "cropped.mp4");
  part = grab (cropped, 0);
  assert_size (part, 80, 80);
  media_assert_colour (part, 10, 10, GREEN);
  media_assert_colour (part, 70, 70, WHITE);
}

static void
test_clip_orientation (void)
{
  static const struct { const char *name; guint orientation; } turns[] = {
    { "rotate-180", 3 }, { "rotate-90", 6 }, { "rotate-270", 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autoptr(GFile) source = make_clip ("turned.mp4", stored[turns[i].orientation], turns[i].orientation >= 5, turns[i].name);
      /* of the upright 320 × 160 the right three quarters, with bars above and below */
      YjFixPlan plan = { .content_type = "video/mp4", .crop = { 80, 0, 240, 160 }, .place = { 0, 20, 120, 80 },
                         .width = 120, .height = 140, .background = 0 };
      g_autoptr(GFile) right = fix (source, &plan, "upright.mp4");
      g_autoptr(YjMediaInfo) before = probe (source), info = probe (right);
      g_autoptr(GdkTexture) frame = grab (right, 0);

      g_test_message ("%s", turns[i].name);
      g_assert_cmpint (before->width, ==, 320);
      g_assert_cmpint (info->width, ==, 120);
      assert_size (frame, 120, 140);
      media_assert_colour (frame, 60, 10, 0);
      media_assert_colour (frame, 60, 130, 0);
      media_assert_colour (frame, 20, 30, RED);
      media_assert_colour (frame, 100, 30, GREEN);
      media_assert_colour (frame, 20, 90, BLUE);
      media_assert_colour (frame, 100, 90, WHITE);
    }
}

static void
test_clip_bytes (void)
{
  g_autoptr(GFile) source = media_launch ("snow.mp4", "videotestsrc pattern=snow num-buffers=75 ! video/x-raw,width=320,height=240,framerate=25/1 ! "
                                          "x264enc pass=quant quantizer=5 ! h264parse ! mp4mux");
  YjFixPlan plan = { .content_type = "video/mp4", .max_bytes = 900000 };
  g_autoptr(YjMediaInfo) before = probe (source), after = NULL;
  g_autoptr(GFile) fits = NULL;

  g_assert_cmpint (before->size, >, 2 * plan.max_bytes);
  fits = fix (source, &plan, "fits.mp4");
  after = probe (fits);
  g_assert_cmpint (after->size, <=, plan.max_bytes);
}

/* ---- sounds */
static void
test_sound (void)
{
  g_autoptr(GFile) wav = media_launch ("long.wav", TONE (40) " ! audio/x-raw,format=S16LE ! wavenc");
  static const struct { const char *type, *codec; gint64 start, length, is; } cuts[] = {
    { "audio/mpeg", "MP3", 0, 0, 4000 }, { "audio/mpeg", "MP3", 1000, 1500, 1500 }, { "audio/wav", "PCM", 500, 2000, 2000 },
    { "audio/wav", "PCM", 3000, 0, 1000 }, { "audio/wav", "PCM", 0, 5000, 5000 }, { "audio/mpeg", "MP3", 0, 6000, 6000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      YjFixPlan plan = { .content_type = cuts[i].type, .start = cuts[i].start * GST_MSECOND, .length = cuts[i].length * GST_MSECOND };
      g_autoptr(GFile) sound = fix (wav, &plan, "sound");
      g_autoptr(YjMediaInfo) info = probe (sound);
      gint64 off = ABS (info->duration - cuts[i].is * (gint64) GST_MSECOND);

      g_test_message ("cut %u: %" G_GINT64_FORMAT " ns", i, info->duration);
      g_assert_cmpstr (info->content_type, ==, cuts[i].type);
      g_assert_cmpstr (info->audio_codec, ==, cuts[i].codec);
      g_assert_cmpint (off, <=, g_str_equal (cuts[i].codec, "PCM") ? 1000 : 80 * (gint64) GST_MSECOND);
    }
}

static void
test_sound_formats (void)
{
  static const struct { const char *name, *pipeline; } sounds[] = {
    { "a.flac", TONE (20) " ! flacenc" }, { "a.ogg", TONE (20) " ! vorbisenc ! oggmux" }, { "a.mp3", TONE (20) " ! lamemp3enc" },
    { "a.m4a", TONE (20) " ! avenc_aac ! mp4mux" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++)
    {
      g_autoptr(GFile) source = media_launch (sounds[i].name, sounds[i].pipeline);
      YjFixPlan plan = { .content_type = "audio/mpeg", .start = 500 * GST_MSECOND, .length = GST_SECOND };
      g_autoptr(GFile) mp3 = fix (source, &plan, "cut.mp3");
      g_autoptr(YjMediaInfo) info = probe (mp3);

      g_test_message ("%s", sounds[i].name);
      g_assert_cmpint (ABS (info->duration - (gint64) GST_SECOND), <=, 80 * GST_MSECOND);
    }
}

/* ---- what goes wrong */
static guint
count_files (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

typedef struct
{
  GCancellable *cancellable;
  guint         calls;
} Stop;

static void
stop_cb (double   fraction,
         gpointer user_data)
{
  Stop *stop = user_data;

  g_assert_cmpfloat (fraction, >=, 0);
  g_assert_cmpfloat (fraction, <=, 1);
  stop->calls++;
  g_cancellable_cancel (stop->cancellable);
}

/* In the middle of the work: nothing stays, and nothing more is told. */
static void
test_cancel (void)
{
  g_autoptr(GFile) source = media_launch ("much.mp4", "videotestsrc num-buffers=500 ! video/x-raw,width=640,height=480,framerate=25/1 ! "
                                          "x264enc speed-preset=ultrafast ! h264parse ! mp4mux");
  g_autofree char *folder = g_build_filename (media_folder (), "cancelled", NULL), *path = g_build_filename (folder, "much.mp4", NULL);
  g_autoptr(GFile) target = g_file_new_for_path (path);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjFixPlan plan = { .content_type = "video/mp4", .crop = { 0, 0, 640, 480 }, .place = { 0, 0, 1280, 960 }, .width = 1280, .height = 960 };
  Stop stop = { cancellable, 0 };
  gint64 begun = g_get_monotonic_time ();

  yj_fix_run_async (source, &plan, target, stop_cb, &stop, cancellable, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_false (yj_fix_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (stop.calls, ==, 1);
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_test_message ("cancelled after %.2f s", (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
}

static void
assert_fails (GFile           *source,
              const YjFixPlan *plan,
              GQuark           domain,
              int              code)
{
  g_autofree char *path = g_build_filename (media_folder (), "failed", "x", NULL), *folder = g_path_get_dirname (path);
  g_autoptr(GFile) target = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  g_assert_false (run (source, plan, target, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, domain, code);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

static void
test_refused (void)
{
  g_autoptr(GFile) png = make_quarters ("small.png", 64, 64, quarters, FALSE);
  g_autoptr(GFile) clip = media_clip ("clip.mp4", 25, I420, FALSE), tone = media_launch ("tone.wav", TONE (10) " ! wavenc");
  g_autoptr(GFile) empty = media_write ("empty.png", "", 0), text = media_write ("text.png", "not a picture at all", 20);
  g_autoptr(GFile) gone = media_file ("gone.png"), fifo = media_file ("fifo.png"), folder = g_file_new_for_path (media_folder ());
  g_autofree char *data = NULL;
  g_autoptr(GFile) half = NULL, half_clip = NULL;
  YjFixPlan picture = { .content_type = "image/jpeg" }, video = { .content_type = "video/mp4" }, sound = { .content_type = "audio/mpeg" };
  YjFixPlan beyond = { .content_type = "image/jpeg", .crop = { 0, 0, 100, 64 }, .place = { 0, 0, 100, 64 }, .width = 100, .height = 64 };
  gsize length;

  g_assert_cmpint (mkfifo (g_file_peek_path (fifo), 0600), ==, 0);
  assert_fails (empty, &picture, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_EMPTY);
  assert_fails (text, &picture, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED);
  assert_fails (gone, &picture, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_fails (fifo, &picture, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_NOT_A_FILE);
  assert_fails (folder, &picture, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_NOT_A_FILE);
  assert_fails (png, &video, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED);
  assert_fails (clip, &picture, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED);
  assert_fails (clip, &sound, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED);
  assert_fails (tone, &video, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED);
  /* a plan made from facts that were not true */
  assert_fails (png, &beyond, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED);
  beyond.content_type = "video/mp4";
  assert_fails (clip, &beyond, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED);

  g_assert_true (g_file_load_contents (clip, NULL, &data, &length, NULL, NULL));
  half_clip = media_write ("half.mp4", data, length / 2);
  assert_fails (half_clip, &video, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED);
  g_clear_pointer (&data, g_free);
  g_assert_true (g_file_load_contents (png, NULL, &data, &length, NULL, NULL));
  half = media_write ("half.png", data, length / 2);
  assert_fails (half, &picture, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED);
  data[16] = data[20] = 0x7f;                   /* claims two thousand million pixels each way */
  g_clear_object (&half);
  half = media_write ("huge.png", data, length);
  assert_fails (half, &picture, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_LIMIT);
}

static void
test_plan (void)
{
  YjFixPlan plan = { .content_type = "video/mp4", .max_bytes = 12, .crop = { 1, 2, 30, 40 }, .place = { 5, 6, 7, 8 }, .width = 90, .height = 100,
                     .background = 0xabcdef, .frame_rate = 23.976, .start = 123456789012, .length = 14900000000, .opaque = TRUE }, read;
  g_autofree char *string = yj_fix_plan_to_string (&plan);
  static const char * const wrong[] = {
    "", "image/jpeg", "text/plain 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "image/jpeg 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "image/jpeg -1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
    "image/jpeg 0 0 0 10 10 0 0 10 10 9 10 0 0 0 0 0 0 0 0", "image/jpeg 0 0 0 10 10 0 0 0 10 10 10 0 0 0 0 0 0 0 0", "image/jpeg 0 0 0 10 10 0 0 10 10 99999 10 0 0 0 0 0 0 0 0",
    "image/jpeg 0 2147483647 0 10 10 0 0 10 10 10 10 0 0 0 0 0 0 0 0", "image/jpeg 0 0 0 0 0 0 0 0 0 0 0 16777216 0 0 0 0 0 0 0", "image/jpeg 0 0 0 0 0 0 0 0 0 0 0 0 0 0 x 0 0 0 0",
  };

  g_assert_true (yj_fix_plan_from_string (string, &read));
  g_assert_cmpstr (read.content_type, ==, plan.content_type);
  g_assert_cmpint (read.max_bytes, ==, plan.max_bytes);
  g_assert_true (gdk_rectangle_equal (&read.crop, &plan.crop) && gdk_rectangle_equal (&read.place, &plan.place));
  g_assert_cmpint (read.height, ==, 100);
  g_assert_cmphex (read.background, ==, 0xabcdef);
  g_assert_cmpfloat_with_epsilon (read.frame_rate, 23.976, 0.0001);
  g_assert_cmpint (read.start, ==, plan.start);
  g_assert_cmpint (read.length, ==, plan.length);
  g_assert_true (read.opaque && !read.common);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (yj_fix_plan_from_string (wrong[i], &read))
      g_error ("“%s” is no plan", wrong[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  media_init ();

  g_test_add_func ("/fix/plan", test_plan);
  g_test_add_func ("/fix/scale", test_scale);
  g_test_add_func ("/fix/crop", test_crop);
  g_test_add_func ("/fix/pad", test_pad);
  g_test_add_func ("/fix/alpha", test_alpha);
  g_test_add_func ("/fix/opaque", test_opaque);
  g_test_add_func ("/fix/orientation", test_orientation);
  g_test_add_func ("/fix/convert", test_convert);
  g_test_add_func ("/fix/bytes", test_bytes);
  g_test_add_func ("/fix/profile", test_profile);
  g_test_add_func ("/fix/trim", test_trim);
  g_test_add_func ("/fix/frame-rate", test_frame_rate);
  g_test_add_func ("/fix/clip-shape", test_clip_shape);
  g_test_add_func ("/fix/clip-orientation", test_clip_orientation);
  g_test_add_func ("/fix/clip-bytes", test_clip_bytes);
  g_test_add_func ("/fix/sound", test_sound);
  g_test_add_func ("/fix/sound-formats", test_sound_formats);
  g_test_add_func ("/fix/cancel", test_cancel);
  g_test_add_func ("/fix/refused", test_refused);

  return g_test_run ();
}
