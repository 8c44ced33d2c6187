/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media-fixtures.h"

#include <gst/app/app.h>
#include <string.h>

#define WIDTH 96
#define HEIGHT 64

static char *folder;

void
media_init (void)
{
  gst_init (NULL, NULL);
}

/* Where the test's files lie; taken away at the end of the process. */
const char *
media_folder (void)
{
  if (folder == NULL)
    {
      folder = g_dir_make_tmp ("yuanjing-media-XXXXXX", NULL);
      g_assert_nonnull (folder);
    }
  return folder;
}

GFile *
media_file (const char *name)
{
  return g_file_new_build_filename (media_folder (), name, NULL);
}

GFile *
media_write (const char *name,
             const void *data,
             gsize       length)
{
  GFile *file = media_file (name);

  g_assert_true (g_file_set_contents (g_file_peek_path (file), data, length, NULL));
  return file;
}

/* To its end. */
void
media_run (GstElement *pipeline)
{
  g_autoptr(GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr(GstMessage) message = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr(GError) error = NULL;

      gst_message_parse_error (message, &error, NULL);
      g_error ("fixture: %s", error->message);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* Runs @pipeline to its end; what it gives goes into the file. */
GFile *
media_launch (const char *name,
              const char *pipeline)
{
  GFile *file = media_file (name);
  g_autofree char *whole = g_strdup_printf ("%s ! filesink location=\"%s\"", pipeline, g_file_peek_path (file));
  g_autoptr(GError) error = NULL;
  g_autoptr(GstElement) element = gst_parse_launch (whole, &error);

  g_assert_no_error (error);
  media_run (element);
  return file;
}

/* 0xRRGGBB: every frame has its own. */
guint32
media_colour (int frame)
{
  guint32 red = 24 + frame * 37 % 208;
  guint32 green = 24 + frame * 59 % 208;
  guint32 blue = 24 + frame * 83 % 208;

  return red << 16 | green << 8 | blue;
}

static void
push_frames (GstAppSrc *source,
             int        frames)
{
  for (int i = 0; i < frames; i++)
    {
      GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH * HEIGHT * 3, NULL);
      guint32 colour = media_colour (i);
      GstMapInfo map;

      gst_buffer_map (buffer, &map, GST_MAP_WRITE);
      for (gsize at = 0; at < map.size; at += 3)
        {
          map.data[at] = colour >> 16;
          map.data[at + 1] = colour >> 8;
          map.data[at + 2] = colour;
        }
      gst_buffer_unmap (buffer, &map);
      GST_BUFFER_PTS (buffer) = i * FRAME_NS;
      GST_BUFFER_DURATION (buffer) = FRAME_NS;
      gst_app_src_push_buffer (source, buffer);
    }
  gst_app_src_end_of_stream (source);
}

/* A clip of 96 × 64 px whose frame number i is all of media_colour (i). @convert_to: caps of what is
   encoded, I420 in some colorimetry. The ending chooses: MP4 with H.264 and AAC, or WebM with VP9 and Opus. */
GFile *
media_clip (const char *name,
            int         frames,
            const char *convert_to,
            gboolean    with_sound)
{
  gboolean webm = g_str_has_suffix (name, ".webm");
  GFile *file = media_file (name);
  g_autofree char *sound = g_strdup_printf ("audiotestsrc samplesperbuffer=1920 num-buffers=%d volume=0.05 ! audio/x-raw,rate=48000 "
                                            "! audioconvert ! %s ! mux.", frames, webm ? "opusenc" : "avenc_aac");
  g_autofree char *whole = NULL;
  g_autoptr(GstElement) pipeline = NULL;
  g_autoptr(GstElement) source = NULL;
  g_autoptr(GError) error = NULL;

  whole = g_strdup_printf ("appsrc name=src format=time caps=video/x-raw,format=RGB,width=%d,height=%d,framerate=25/1 "
                           "! videoconvert dither=none ! %s ! %s ! queue ! %s name=mux ! filesink location=\"%s\" %s",
                           WIDTH, HEIGHT, convert_to,
                           webm ? "vp9enc deadline=1 cpu-used=4 target-bitrate=8000000 max-quantizer=4"
                                : "x264enc pass=quant quantizer=1 key-int-max=12 bframes=2 speed-preset=ultrafast ! h264parse",
                           webm ? "webmmux" : "mp4mux faststart=true", g_file_peek_path (file),
                           with_sound ? sound : "");
  pipeline = gst_parse_launch (whole, &error);
  g_assert_no_error (error);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  push_frames (GST_APP_SRC (source), frames);
  media_run (pipeline);
  return file;
}

guint32
media_pixel (GdkTexture *texture,
             int         x,
             int         y)
{
  g_autoptr(GdkTextureDownloader) downloader = gdk_texture_downloader_new (texture);
  g_autoptr(GBytes) bytes = NULL;
  const guint8 *pixel;
  gsize stride;

  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
  pixel = (const guint8 *) g_bytes_get_data (bytes, NULL) + y * stride + x * 4;
  return (guint32) pixel[0] << 16 | pixel[1] << 8 | pixel[2];
}

/* The largest of the three. */
int
media_difference (guint32 a,
                  guint32 b)
{
  int largest = 0;

  for (int shift = 0; shift < 24; shift += 8)
    largest = MAX (largest, ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)));
  return largest;
}

/* As near as encoders for pictures that people look at come. */
void
media_assert_colour (GdkTexture *texture,
                     int         x,
                     int         y,
                     guint32     colour)
{
  guint32 is = media_pixel (texture, x, y);

  if (media_difference (is, colour) > 10)
    g_error ("at %d, %d: %06x instead of %06x", x, y, is, colour);
}

/* Which of the first hundred frames of a media_clip () has this colour, -1 for none. On its way to the screen
   GStreamer's quick converter is up to 5 off; no two frames are nearer than 21. */
int
media_frame_number (guint32 colour)
{
  for (int i = 0; i < 100; i++)
    if (media_difference (colour, media_colour (i)) <= 7)
      return i;
  return -1;
}

static void __attribute__ ((destructor))
remove_folder (void)
{
  const char *argv[] = { "rm", "-rf", folder, NULL };

  if (folder != NULL)
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}
