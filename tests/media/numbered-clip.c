/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clips as models make them, long groups of pictures with frames in both directions, and each frame's number in it: ten bars,
   white for a one, and below them the same turned round, so that two frames in one picture are no number. */

#include "numbered-clip.h"

#include <gst/app/app.h>

#define BITS 10
#define BAR (NUMBERED_WIDTH / BITS)

static void
draw (GstBuffer *buffer,
      int        number)
{
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (int y = 0; y < NUMBERED_HEIGHT; y++)
    for (int x = 0; x < NUMBERED_WIDTH; x++)
      {
        gboolean one = number >> (x / BAR) & 1;
        guint8 grey = y < NUMBERED_HEIGHT / 3 ? (x + y + number * 7) % 200 + 20         /* something that moves */
                      : one == (y < NUMBERED_HEIGHT * 2 / 3) ? 230 : 25;

        map.data[y * map.size / NUMBERED_HEIGHT + x] = grey;
      }
  gst_buffer_unmap (buffer, &map);
}

/* @sound: seconds of it, 0 for none. The ending chooses: MP4 with H.264 and AAC, or WebM with VP9 and Opus. */
GFile *
numbered_clip (const char *name,
               int         frames,
               int         fps_n,
               int         fps_d,
               double      sound)
{
  gboolean webm = g_str_has_suffix (name, ".webm");
  GFile *file = media_file (name);
  g_autofree char *tone = g_strdup_printf ("audiotestsrc samplesperbuffer=480 num-buffers=%d volume=0.05 ! audio/x-raw,rate=48000 "
                                           "! audioconvert ! %s ! mux.", (int) (sound * 100), webm ? "opusenc" : "avenc_aac");
  g_autofree char *whole = NULL;
  g_autoptr(GstElement) pipeline = NULL;
  g_autoptr(GstElement) source = NULL;
  g_autoptr(GError) error = NULL;

  whole = g_strdup_printf ("appsrc name=src format=time caps=video/x-raw,format=GRAY8,width=%d,height=%d,framerate=%d/%d "
                           "! videoconvert ! video/x-raw,format=I420 ! %s ! queue ! %s name=mux ! filesink location=\"%s\" %s",
                           NUMBERED_WIDTH, NUMBERED_HEIGHT, fps_n, fps_d,
                           webm ? "vp9enc deadline=1 cpu-used=8 target-bitrate=2000000 lag-in-frames=12 auto-alt-ref=true keyframe-max-dist=60"
                                : "x264enc key-int-max=60 bframes=3 speed-preset=veryfast ! h264parse",
                           webm ? "webmmux" : "mp4mux faststart=true", g_file_peek_path (file), sound > 0 ? tone : "");
  pipeline = gst_parse_launch (whole, &error);
  g_assert_no_error (error);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  for (int i = 0; i < frames; i++)
    {
      GstBuffer *buffer = gst_buffer_new_allocate (NULL, NUMBERED_WIDTH * NUMBERED_HEIGHT, NULL);

      draw (buffer, i);
      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (i, GST_SECOND * fps_d, fps_n);
      GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (i + 1, GST_SECOND * fps_d, fps_n) - GST_BUFFER_PTS (buffer);
      gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
    }
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  media_run (pipeline);
  return file;
}

/* Which frame a picture of that size is, -1 for none. */
int
numbered_clip_read (GdkTexture *texture)
{
  g_autoptr(GdkTextureDownloader) downloader = gdk_texture_downloader_new (texture);
  g_autoptr(GBytes) bytes = NULL;
  const guint8 *pixels;
  gsize stride;
  int number = 0;

  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
  pixels = g_bytes_get_data (bytes, NULL);
  for (int bit = 0; bit < BITS; bit++)
    {
      const guint8 *at = pixels + (bit * BAR + BAR / 2) * 4;
      int upper = at[NUMBERED_HEIGHT / 2 * stride];
      int lower = at[NUMBERED_HEIGHT * 5 / 6 * stride];

      if (ABS (upper - lower) < 150)
        return -1;
      number |= (upper > lower) << bit;
    }
  return number;
}
