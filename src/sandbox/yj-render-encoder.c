/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-render-encoder.h"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include "yj-render-source.h"
#include "yj-render.h"

/* Frames and sound go out here: H.264 and AAC in MP4 where the encoders are installed, else VP8 and Opus in WebM. */

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define PIXELS "BGRx"
#else
#define PIXELS "xRGB"
#endif

typedef struct
{
  const char *element;
  const char *description;
} Choice;

static const Choice h264[] = {
  { "x264enc", "x264enc speed-preset=veryfast pass=qual quantizer=21 key-int-max=24 ! video/x-h264,profile=high ! h264parse" },
  { "openh264enc", "openh264enc bitrate=6000000 gop-size=24 complexity=low ! h264parse" },
};
static const Choice vp8[] = {
  { "vp8enc", "vp8enc deadline=1 cpu-used=8 target-bitrate=6000000 keyframe-max-dist=24 threads=2" },
};
static const Choice aac[] = {
  { "avenc_aac", "avenc_aac bitrate=128000 ! aacparse" },
  { "fdkaacenc", "fdkaacenc bitrate=128000 ! aacparse" },
  { "voaacenc", "voaacenc bitrate=128000 ! aacparse" },
};
static const Choice opus[] = {
  { "opusenc", "opusenc bitrate=96000" },
};

struct _YjRenderEncoder
{
  GstElement *pipeline;
  GstElement *video;            /* appsrc */
  GstElement *audio;            /* appsrc, NULL: no encoder for sound */
  int         width;
  int         height;
  guint64     frames;
};

static const char *
choose (const Choice *choices,
        guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GstElementFactory) factory = gst_element_factory_find (choices[i].element);

      if (factory != NULL)
        return choices[i].description;
    }

  return NULL;
}
#define CHOOSE(choices) choose (choices, G_N_ELEMENTS (choices))

/**
 * yj_render_encoder_file_name:
 *
 * Returns: (transfer none): the name of the video, by the container that can be written here
 */
const char *
yj_render_encoder_file_name (void)
{
  return CHOOSE (h264) != NULL ? "video.mp4" : "video.webm";
}

/**
 * yj_render_encoder_new:
 * @folder: where the video goes
 * @width: px, even
 * @height: px, even
 * @error: the place for an error
 *
 * Returns: (transfer full): an encoder that waits for frames, or %NULL
 */
YjRenderEncoder *
yj_render_encoder_new (const char  *folder,
                       int          width,
                       int          height,
                       GError     **error)
{
  g_autoptr(YjRenderEncoder) self = g_new0 (YjRenderEncoder, 1);
  g_autoptr(GstElement) sink = NULL;
  g_autofree char *path = g_build_filename (folder, yj_render_encoder_file_name (), NULL);
  const char *picture = CHOOSE (h264);
  const char *sound = picture != NULL ? CHOOSE (aac) : NULL;
  const char *mux = picture != NULL ? "mp4mux faststart=true" : "webmmux";
  GString *description = g_string_new (NULL);
  g_autofree char *owned = NULL;

  picture = picture != NULL ? picture : CHOOSE (vp8);
  sound = sound != NULL ? sound : CHOOSE (opus);
  if (picture == NULL)
    {
      g_string_free (description, TRUE);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "No video encoder is installed (x264, OpenH264 or VP8)");
      return NULL;
    }
  g_string_append_printf (description, "%s name=mux ! filesink name=sink "
                          "appsrc name=video format=time block=true max-buffers=3 max-bytes=0 max-time=0 "
                          "caps=video/x-raw,format=" PIXELS ",width=%d,height=%d,framerate=%d/1,pixel-aspect-ratio=1/1,colorimetry=sRGB ! "
                          "videoconvert ! video/x-raw,format=I420,colorimetry=bt709 ! %s ! queue ! mux. ",
                          mux, width, height, YJ_RENDER_RATE, picture);
  if (sound != NULL)
    g_string_append_printf (description, "appsrc name=audio format=time max-bytes=0 "
                            "caps=audio/x-raw,format=S16LE,rate=%d,channels=2,layout=interleaved ! "
                            "audioconvert ! audioresample ! %s ! queue ! mux.", YJ_RENDER_AUDIO_RATE, sound);
  owned = g_string_free_and_steal (description);

  self->width = width;
  self->height = height;
  self->pipeline = gst_parse_launch (owned, error);
  if (self->pipeline == NULL)
    return NULL;
  self->video = gst_bin_get_by_name (GST_BIN (self->pipeline), "video");
  self->audio = gst_bin_get_by_name (GST_BIN (self->pipeline), "audio");
  sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  g_object_set (sink, "location", path, NULL);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);

  return g_steal_pointer (&self);
}

/**
 * yj_render_encoder_set_sound:
 * @self: an encoder
 * @samples: as `yj_render_sound_load ()` makes them
 */
void
yj_render_encoder_set_sound (YjRenderEncoder *self,
                             GByteArray      *samples)
{
  const gsize piece = YJ_RENDER_AUDIO_RATE / 10 * 4;

  if (self->audio == NULL)
    return;
  for (gsize at = 0; at < samples->len; at += piece)
    {
      gsize size = MIN (piece, samples->len - at);
      GstBuffer *buffer = gst_buffer_new_memdup (samples->data + at, size);

      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (at / 4, GST_SECOND, YJ_RENDER_AUDIO_RATE);
      GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (size / 4, GST_SECOND, YJ_RENDER_AUDIO_RATE);
      gst_app_src_push_buffer (GST_APP_SRC (self->audio), buffer);
    }
  gst_app_src_end_of_stream (GST_APP_SRC (self->audio));
}

/**
 * yj_render_encoder_begin:
 * @self: an encoder
 *
 * Returns: (transfer full): a surface of the video's size
 */
cairo_surface_t *
yj_render_encoder_begin (YjRenderEncoder *self)
{
  return cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->width, self->height);
}

static gboolean
take_error (YjRenderEncoder  *self,
            GstMessageType    types,
            GstClockTime      timeout,
            GError          **error)
{
  g_autoptr(GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr(GstMessage) message = gst_bus_timed_pop_filtered (bus, timeout, types);

  if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, error, NULL);
  else if (message == NULL && timeout > 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the encoder does not come to an end");
  else
    return FALSE;

  return TRUE;
}

/**
 * yj_render_encoder_push:
 * @self: an encoder
 * @frame: (transfer full): the next frame
 * @error: the place for an error
 *
 * Waits while the encoder has enough to do.
 *
 * Returns: whether the encoder is well
 */
gboolean
yj_render_encoder_push (YjRenderEncoder  *self,
                        cairo_surface_t  *frame,
                        GError          **error)
{
  GstBuffer *buffer;

  cairo_surface_flush (frame);
  buffer = gst_buffer_new_wrapped_full (0, cairo_image_surface_get_data (frame),
                                        (gsize) self->width * self->height * 4, 0, (gsize) self->width * self->height * 4,
                                        frame, (GDestroyNotify) cairo_surface_destroy);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (self->frames, GST_SECOND, YJ_RENDER_RATE);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (self->frames + 1, GST_SECOND, YJ_RENDER_RATE) - GST_BUFFER_PTS (buffer);
  self->frames++;
  if (gst_app_src_push_buffer (GST_APP_SRC (self->video), buffer) == GST_FLOW_OK)
    return !take_error (self, GST_MESSAGE_ERROR, 0, error);
  if (!take_error (self, GST_MESSAGE_ERROR, 0, error))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the encoder takes no more frames");

  return FALSE;
}

/**
 * yj_render_encoder_finish:
 * @self: an encoder
 * @error: the place for an error
 *
 * Waits until the file is complete.
 *
 * Returns: whether it is
 */
gboolean
yj_render_encoder_finish (YjRenderEncoder  *self,
                          GError          **error)
{
  gst_app_src_end_of_stream (GST_APP_SRC (self->video));
  if (take_error (self, GST_MESSAGE_ERROR | GST_MESSAGE_EOS, 120 * GST_SECOND, error))
    return FALSE;
  gst_element_set_state (self->pipeline, GST_STATE_NULL);

  return TRUE;
}

/**
 * yj_render_encoder_free:
 * @self: (transfer full): an encoder
 */
void
yj_render_encoder_free (YjRenderEncoder *self)
{
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->video);
  gst_clear_object (&self->audio);
  gst_clear_object (&self->pipeline);
  g_free (self);
}

/**
 * yj_render_save_jpeg:
 * @frame: an image surface
 * @path: where to
 * @error: the place for an error
 *
 * Returns: whether the picture was written
 */
gboolean
yj_render_save_jpeg (cairo_surface_t  *frame,
                     const char       *path,
                     GError          **error)
{
  int width = cairo_image_surface_get_width (frame);
  int height = cairo_image_surface_get_height (frame);
  g_autofree char *description = g_strdup_printf ("appsrc name=video num-buffers=1 format=time caps=video/x-raw,format=" PIXELS
                                                  ",width=%d,height=%d,framerate=0/1,colorimetry=sRGB ! videoconvert ! "
                                                  "jpegenc quality=88 ! filesink name=sink", width, height);
  g_autoptr(YjRenderEncoder) self = g_new0 (YjRenderEncoder, 1);
  g_autoptr(GstElement) sink = NULL;

  self->width = width;
  self->height = height;
  self->pipeline = gst_parse_launch (description, error);
  if (self->pipeline == NULL)
    return FALSE;
  self->video = gst_bin_get_by_name (GST_BIN (self->pipeline), "video");
  sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  g_object_set (sink, "location", path, NULL);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);

  return yj_render_encoder_push (self, cairo_surface_reference (frame), error) && yj_render_encoder_finish (self, error);
}
