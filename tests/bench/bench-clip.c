/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-clip FILE WIDTH HEIGHT FPS SECONDS: an H.264 clip of a texture that pans, with the number of each frame in a strip
 * across it for bench-screen: sixteen cells of which the outer two are magenta, and between them ten bits of the number
 * (as a Gray code) and four of its checksum, white for a one.
 */
#include <gst/app/app.h>
#include <stdlib.h>
#include <string.h>

#define CELLS 16
#define SPARE 256               /* px: how far the texture reaches beyond the picture */

static guint8 *
new_texture (int width,
             int height,
             int least,
             int most)
{
  guint8 *texture = g_malloc ((gsize) width * height);
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  /* patches with a grain, as a photograph has */
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      texture[y * width + x] = (guint8) (least + ((x / 40 * 7 + y / 24 * 13 + x * y / 4096) * 11 % 97 + g_rand_int_range (rand, 0, 12)) * (most - least) / 108);

  return texture;
}

static guint8
cell_value (int cell,
            int number,
            int plane)
{
  static const guint8 magenta[] = { 107, 202, 222 };
  int bits = (number ^ number >> 1) | (number * 7 % 13) << 10;

  if (cell == 0 || cell == CELLS - 1)
    return magenta[plane];
  return plane > 0 ? 128 : bits >> (cell - 1) & 1 ? 235 : 16;
}

static void
draw (guint8       *to,
      const guint8 *texture,
      int           width,
      int           height,
      int           number,
      int           plane)
{
  int shift = number * (plane > 0 ? 1 : 2) % SPARE;

  for (int y = 0; y < height; y++)
    if (y < height / 4 || y >= height * 5 / 12)
      memcpy (to + y * width, texture + y * (width + SPARE) + shift, (gsize) width);
    else
      for (int x = 0; x < width; x++)
        to[y * width + x] = cell_value (x * CELLS / width, number, plane);
}

static GstBuffer *
new_frame (guint8 **textures,
           int      width,
           int      height,
           int      number)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, (gsize) width * height * 3 / 2, NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  draw (map.data, textures[0], width, height, number, 0);
  for (int plane = 1; plane <= 2; plane++)
    draw (map.data + width * height * (3 + plane) / 4, textures[1], width / 2, height / 2, number, plane);
  gst_buffer_unmap (buffer, &map);

  return buffer;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GstElement) pipeline = NULL;
  g_autoptr(GstElement) source = NULL;
  g_autoptr(GstBus) bus = NULL;
  g_autoptr(GstMessage) end = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *whole = NULL;
  guint8 *textures[2];
  int width, height, fps, seconds;

  gst_init (&argc, &argv);
  g_assert (argc == 6);
  width = atoi (argv[2]);
  height = atoi (argv[3]);
  fps = atoi (argv[4]);
  seconds = atoi (argv[5]);
  g_assert (width % 32 == 0 && height % 24 == 0 && fps * seconds < 1024);
  textures[0] = new_texture (width + SPARE, height, 16, 235);
  textures[1] = new_texture (width / 2 + SPARE, height / 2, 112, 144);

  whole = g_strdup_printf ("appsrc name=src format=time block=true max-bytes=50000000 caps=video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1,colorimetry=bt709 "
                           "! x264enc speed-preset=veryfast bframes=2 key-int-max=%d bitrate=%d ! h264parse ! mp4mux faststart=true ! filesink location=\"%s\"",
                           width, height, fps, fps * 2, height * fps / 5, argv[1]);
  pipeline = gst_parse_launch (whole, &error);
  if (pipeline == NULL)
    g_error ("%s", error->message);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (int i = 0; i < fps * seconds; i++)
    {
      GstBuffer *buffer = new_frame (textures, width, height, i);

      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (i, GST_SECOND, fps);
      GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (i + 1, GST_SECOND, fps) - GST_BUFFER_PTS (buffer);
      gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
    }
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  bus = gst_element_get_bus (pipeline);
  end = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  for (int i = 0; i < 2; i++)
    g_free (textures[i]);

  return GST_MESSAGE_TYPE (end) == GST_MESSAGE_EOS ? 0 : 1;
}
