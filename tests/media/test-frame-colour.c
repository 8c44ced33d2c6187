/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame that a video is extended from, against what the decoder gave, by the formula of the standard. */

#include <gst/app/app.h>
#include <gst/video/video.h>
#include <string.h>

#include "media-fixtures.h"
#include "yj-frame-grab.h"
#include "yj-probe.h"

#define FRAMES 11

/* One way to write colours into a clip, and how it is undone. */
typedef struct
{
  const char *name;
  const char *ending;           /* what chooses codec and container */
  const char *colorimetry;      /* as GStreamer writes it */
  double      red;              /* the share of red and blue in luma */
  double      blue;
  gboolean    full;             /* 0-255, else 16-235 */
} Way;

#define BT601 "2:4:16:4", 0.299, 0.114, FALSE
#define BT601_FULL "1:4:16:4", 0.299, 0.114, TRUE
#define BT709 "2:3:5:1", 0.2126, 0.0722, FALSE
#define BT709_FULL "1:3:5:1", 0.2126, 0.0722, TRUE

static const Way ways[] = {
  { "h264/bt601/limited", "mp4", BT601 }, { "h264/bt601/full", "mp4", BT601_FULL },
  { "h264/bt709/limited", "mp4", BT709 }, { "h264/bt709/full", "mp4", BT709_FULL },
  { "vp9/bt601/limited", "webm", BT601 }, { "vp9/bt601/full", "webm", BT601_FULL },
  { "vp9/bt709/limited", "webm", BT709 }, { "vp9/bt709/full", "webm", BT709_FULL },
};

/* Bars that move sideways, so that no frame is another. */
static GFile *
make_clip (const Way *way)
{
  g_autofree char *name = g_strdup_printf ("bars-%s.%s", way->colorimetry, way->ending);
  g_autofree char *pipeline = NULL;

  g_strdelimit (name, ":", '-');
  pipeline = g_strdup_printf ("videotestsrc pattern=smpte75 horizontal-speed=9 num-buffers=%d ! video/x-raw,format=RGB,width=640,height=360,"
                              "framerate=25/1 ! videoconvert dither=none ! video/x-raw,format=I420,colorimetry=%s ! %s",
                              FRAMES, way->colorimetry,
                              g_str_equal (way->ending, "webm")
                              ? "vp9enc deadline=1 cpu-used=4 target-bitrate=20000000 max-quantizer=2 ! webmmux"
                              : "x264enc pass=quant quantizer=1 bframes=2 speed-preset=veryfast ! h264parse ! mp4mux");
  return media_launch (name, pipeline);
}

/* The last buffer that a decoder gives before the end of the stream. */
static GstSample *
decode_last (GFile *file)
{
  g_autofree char *line = g_strdup_printf ("filesrc location=\"%s\" ! decodebin ! appsink name=out sync=false caps=video/x-raw,format=I420",
                                           g_file_peek_path (file));
  g_autoptr(GError) error = NULL;
  g_autoptr(GstElement) pipeline = gst_parse_launch (line, &error);
  g_autoptr(GstElement) out = NULL;
  GstSample *last = NULL;
  int n = 0;

  g_assert_no_error (error);
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (GstSample *next; (next = gst_app_sink_pull_sample (GST_APP_SINK (out))) != NULL; n++)
    {
      if (last != NULL)
        gst_sample_unref (last);
      last = next;
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_cmpint (n, ==, FRAMES);
  return last;
}

static int
get (GstVideoFrame *frame,
     int            component,
     int            x,
     int            y)
{
  const guint8 *data = GST_VIDEO_FRAME_COMP_DATA (frame, component);

  return data[y * GST_VIDEO_FRAME_COMP_STRIDE (frame, component) + x];
}

/* Whether the colour is the same all around, so that it does not matter where between the pixels it was measured. */
static gboolean
is_even (GstVideoFrame *frame,
         int            x,
         int            y)
{
  for (int component = 1; component <= 2; component++)
    for (int dy = -2; dy <= 2; dy++)
      for (int dx = -2; dx <= 2; dx++)
        if (get (frame, component, x + dx, y + dy) != get (frame, component, x, y))
          return FALSE;
  return TRUE;
}

static int
to_byte (double value)
{
  return (int) (CLAMP (value, 0, 1) * 255 + 0.5);
}

/* ITU-R BT.601 and BT.709, 8 bits. */
static guint32
convert (const Way *way,
         int        luma,
         int        cb,
         int        cr)
{
  double y = way->full ? luma / 255.0 : (luma - 16) / 219.0;
  double u = (cb - 128) / (way->full ? 255.0 : 224.0), v = (cr - 128) / (way->full ? 255.0 : 224.0);
  double r = y + 2 * (1 - way->red) * v, b = y + 2 * (1 - way->blue) * u;
  double g = (y - way->red * r - way->blue * b) / (1 - way->red - way->blue);

  return (guint32) to_byte (r) << 16 | to_byte (g) << 8 | to_byte (b);
}

/* The largest difference of any channel of any pixel, away from the edges between colours. */
static int
compare (const Way  *way,
         GstSample  *sample,
         GdkTexture *picture)
{
  g_autoptr(GdkTextureDownloader) downloader = gdk_texture_downloader_new (picture);
  g_autoptr(GBytes) bytes = NULL;
  GstVideoInfo info;
  GstVideoFrame frame;
  const guint8 *pixels;
  gsize stride;
  int largest = 0, compared = 0;

  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
  pixels = g_bytes_get_data (bytes, NULL);
  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  g_assert_cmpint (gdk_texture_get_width (picture), ==, info.width);
  g_assert_cmpint (gdk_texture_get_height (picture), ==, info.height);
  for (int y = 4; y < info.height - 6; y++)
    for (int x = 4; x < info.width - 6; x++)
      {
        const guint8 *pixel = pixels + y * stride + x * 4;
        guint32 wanted, got = (guint32) pixel[0] << 16 | pixel[1] << 8 | pixel[2];

        if (!is_even (&frame, x / 2, y / 2))
          continue;
        wanted = convert (way, get (&frame, 0, x, y), get (&frame, 1, x / 2, y / 2), get (&frame, 2, x / 2, y / 2));
        largest = MAX (largest, media_difference (wanted, got));
        compared++;
      }
  gst_video_frame_unmap (&frame);
  g_test_message ("%s: %d of %d pixels compared, %d off at most", way->name, compared, info.width * info.height, largest);
  g_assert_cmpint (compared, >, info.width * info.height / 2);
  return largest;
}

static void
test_last_frame (gconstpointer data)
{
  const Way *way = data;
  g_autoptr(GFile) file = make_clip (way), png = media_file ("last.png");
  g_autoptr(GstSample) last = decode_last (file);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GdkTexture) picture = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  yj_frame_grab_async (file, YJ_FRAME_LAST, png, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  yj_frame_grab_finish (result, &error);
  g_assert_no_error (error);
  picture = gdk_texture_new_from_file (png, &error);
  g_assert_no_error (error);
  g_assert_cmpint (compare (way, last, picture), <=, 1);
  g_assert_true (g_file_get_contents (g_file_peek_path (png), &bytes, &length, NULL));
  g_assert_nonnull (memmem (bytes, MIN (length, 200), "sRGB", 4));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  media_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_strconcat ("/frame-colour/", ways[i].name, NULL);

      g_test_add_data_func (path, &ways[i], test_last_frame);
    }
  return g_test_run ();
}
