/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-render-source.h"

#include <glib/gstdio.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <libsoup/soup.h>

#include "yj-render.h"

/* Material comes in here: pictures through gdk-pixbuf, clips and sounds through GStreamer. */

#define MAX_PIXELS (100 * 1000 * 1000)
#define MAX_DOWNLOAD (64 * 1024 * 1024)
#define DECODE_TIMEOUT (15 * GST_SECOND)

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define PIXELS "BGRx"
#else
#define PIXELS "xRGB"
#endif

/* Transparent parts become white, as on paper. */
static cairo_surface_t *
surface_from_pixbuf (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int channels = gdk_pixbuf_get_n_channels (pixbuf);
  gsize in_stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *in = gdk_pixbuf_read_pixels (pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  gsize out_stride = cairo_image_surface_get_stride (surface);
  guint8 *out = cairo_image_surface_get_data (surface);

  if (out == NULL)
    return surface;
  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    {
      const guint8 *from = in + y * in_stride;
      guint32 *to = (guint32 *) (gpointer) (out + y * out_stride);

      for (int x = 0; x < width; x++, from += channels)
        {
          guint a = channels == 4 ? from[3] : 255;
          guint r = (from[0] * a + 255 * (255 - a)) / 255;
          guint g = (from[1] * a + 255 * (255 - a)) / 255;
          guint b = (from[2] * a + 255 * (255 - a)) / 255;

          to[x] = (r << 16) | (g << 8) | b;
        }
    }
  cairo_surface_mark_dirty (surface);

  return surface;
}

/**
 * yj_render_picture_load:
 * @path: a picture
 * @error: the place for an error
 *
 * Reads a picture of any kind that gdk-pixbuf knows and turns it as its EXIF data says. Pictures of more than a
 * hundred megapixels are refused before they are decoded.
 *
 * Returns: (transfer full): an image surface, or %NULL
 */
cairo_surface_t *
yj_render_picture_load (const char  *path,
                        GError     **error)
{
  g_autoptr(GdkPixbuf) raw = NULL;
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  int width = 0, height = 0;

  if (gdk_pixbuf_get_file_info (path, &width, &height) != NULL && (gint64) width * height > MAX_PIXELS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a picture of %d×%d pixels is too large", width, height);
      return NULL;
    }
  raw = gdk_pixbuf_new_from_file (path, error);
  if (raw == NULL)
    return NULL;
  pixbuf = gdk_pixbuf_apply_embedded_orientation (raw);

  return surface_from_pixbuf (pixbuf);
}

/**
 * yj_render_picture_cover:
 * @picture: a picture
 * @width: px
 * @height: px
 *
 * Returns: (transfer full): the middle of @picture, cut to the ratio asked for, at the size asked for
 */
cairo_surface_t *
yj_render_picture_cover (cairo_surface_t *picture,
                         int              width,
                         int              height)
{
  int from_width = cairo_image_surface_get_width (picture);
  int from_height = cairo_image_surface_get_height (picture);
  double scale = MAX ((double) width / from_width, (double) height / from_height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, (width - from_width * scale) / 2, (height - from_height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_destroy (cr);

  return surface;
}

/* ---- clips and sounds */

/* libav's decoders that draw straight into the next element's buffers abort now and then where a side of the picture is
   no multiple of sixteen ("video meta uses 864x480 instead of 854x480", GStreamer 1.26). */
static void
deep_element_added_cb (GstBin     *bin,
                       GstBin     *inner,
                       GstElement *element,
                       gpointer    user_data)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "direct-rendering") != NULL)
    g_object_set (element, "direct-rendering", FALSE, NULL);
}

/* Starts a pipeline that ends in an appsink of the name "sink". */
static GstElement *
start_decoder (const char  *description,
               const char  *path,
               GError     **error)
{
  g_autoptr(GstElement) pipeline = gst_parse_launch (description, error);
  g_autoptr(GstElement) source = NULL;

  if (pipeline == NULL)
    return NULL;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_object_set (source, "location", path, NULL);
  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (deep_element_added_cb), NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);

  return g_steal_pointer (&pipeline);
}

/* The next sample; NULL at the end, and NULL with @error when the file cannot be decoded. Streams that nobody takes, a
   clip's sound say, end in an error too, perhaps before the last samples have come: so those are waited for. */
static GstSample *
pull (GstElement  *pipeline,
      GError     **error)
{
  g_autoptr(GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr(GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr(GError) local = NULL;
  GstClockTime waited, patience = DECODE_TIMEOUT;

  for (waited = 0; waited < patience; waited += 50 * GST_MSECOND)
    {
      GstSample *sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 50 * GST_MSECOND);
      g_autoptr(GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

      if (message != NULL && local == NULL)
        {
          gst_message_parse_error (message, &local, NULL);
          patience = MIN (patience, waited + GST_SECOND);
        }
      if (sample != NULL)
        return sample;
      if (gst_app_sink_is_eos (GST_APP_SINK (sink)))
        break;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (waited >= patience)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "decoding it takes too long");

  return NULL;
}

struct _YjRenderClip
{
  GstElement      *pipeline;
  int              width;
  int              height;
  gboolean         ended;
  cairo_surface_t *frame;       /* the newest, NULL before the first */
};

/**
 * yj_render_clip_open:
 * @path: a clip
 * @width: px
 * @height: px
 * @error: the place for an error
 *
 * Opens a clip, turned as its tags say, cut to the ratio of @width and @height and scaled to them.
 *
 * Returns: (transfer full): the clip, or %NULL
 */
YjRenderClip *
yj_render_clip_open (const char  *path,
                     int          width,
                     int          height,
                     GError     **error)
{
  g_autofree char *description = g_strdup_printf ("filesrc name=source ! decodebin ! videoflip video-direction=auto ! videorate ! "
                                                  "aspectratiocrop aspect-ratio=%d/%d ! videoscale ! videoconvert ! "
                                                  "video/x-raw,format=" PIXELS ",width=%d,height=%d,framerate=%d/1,"
                                                  "pixel-aspect-ratio=1/1,colorimetry=sRGB ! "
                                                  "appsink name=sink max-buffers=4 sync=false",
                                                  width, height, width, height, YJ_RENDER_RATE);
  GstElement *pipeline = start_decoder (description, path, error);
  YjRenderClip *self;

  if (pipeline == NULL)
    return NULL;

  self = g_new0 (YjRenderClip, 1);
  self->pipeline = pipeline;
  self->width = width;
  self->height = height;

  return self;
}

/**
 * yj_render_clip_next:
 * @self: a clip
 * @error: the place for an error
 *
 * Returns: (transfer none): its next frame, the last one again after the end, or %NULL when there is none at all
 */
cairo_surface_t *
yj_render_clip_next (YjRenderClip  *self,
                     GError       **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(GstSample) sample = self->ended ? NULL : pull (self->pipeline, &local);
  GstVideoFrame frame;
  GstVideoInfo info;
  gsize stride;

  if (sample == NULL)
    {
      self->ended = TRUE;
      if (self->frame == NULL && local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else if (self->frame == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "there is no picture in it");
      return self->frame;
    }

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a frame cannot be read");
      return NULL;
    }
  if (self->frame == NULL)
    self->frame = cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->width, self->height);
  stride = cairo_image_surface_get_stride (self->frame);
  cairo_surface_flush (self->frame);
  for (int y = 0; y < self->height; y++)
    memcpy (cairo_image_surface_get_data (self->frame) + y * stride,
            (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) + y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
            self->width * 4);
  cairo_surface_mark_dirty (self->frame);
  gst_video_frame_unmap (&frame);

  return self->frame;
}

/**
 * yj_render_clip_free:
 * @self: (transfer full): a clip
 */
void
yj_render_clip_free (YjRenderClip *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->pipeline);
  g_clear_pointer (&self->frame, cairo_surface_destroy);
  g_free (self);
}

/**
 * yj_render_sound_load:
 * @path: a sound, or a clip with sound
 * @limit: how many bytes are wanted at most
 * @samples: where they are appended
 * @error: the place for an error
 *
 * Decodes to 48 kHz, stereo, signed 16 bits.
 *
 * Returns: whether there was any sound
 */
gboolean
yj_render_sound_load (const char  *path,
                      gsize        limit,
                      GByteArray  *samples,
                      GError     **error)
{
  GstElement *pipeline = start_decoder ("filesrc name=source ! decodebin ! audioconvert ! audioresample ! "
                                        "audio/x-raw,format=S16LE,rate=48000,channels=2,layout=interleaved ! "
                                        "appsink name=sink max-buffers=16 sync=false", path, error);
  g_autoptr(GError) local = NULL;
  gsize start = samples->len;

  if (pipeline == NULL)
    return FALSE;
  while (samples->len - start < limit)
    {
      g_autoptr(GstSample) sample = pull (pipeline, &local);
      GstMapInfo map;

      if (sample == NULL)
        break;
      if (!gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
        continue;
      g_byte_array_append (samples, map.data, MIN (map.size, limit - (samples->len - start)));
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);

  if (samples->len > start)
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "there is no sound in it");

  return FALSE;
}

/* ---- material that came as text */

static char *
save (const char    *folder,
      gconstpointer  data,
      gsize          size,
      GError       **error)
{
  g_autofree char *path = g_build_filename (folder, "fetched-XXXXXX", NULL);
  int fd = g_mkstemp (path);

  if (fd < 0 || !g_close (fd, NULL) || !g_file_set_contents_full (path, data, size, G_FILE_SET_CONTENTS_NONE, 0600, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no file could be made for it");
      return NULL;
    }

  return g_steal_pointer (&path);
}

static char *
fetch (const char  *url,
       const char  *folder,
       GError     **error)
{
  g_autoptr(SoupSession) session = soup_session_new_with_options ("timeout", 15, NULL);
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);
  g_autoptr(GByteArray) data = g_byte_array_new ();
  g_autoptr(GInputStream) stream = NULL;
  g_autofree guint8 *buffer = g_malloc (65536);
  gssize n;

  if (message == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "that is no address");
      return NULL;
    }
  stream = soup_session_send (session, message, NULL, error);
  if (stream == NULL)
    return NULL;
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the server there answers %u", soup_message_get_status (message));
      return NULL;
    }
  while ((n = g_input_stream_read (stream, buffer, 65536, NULL, error)) > 0)
    {
      if (data->len + n > MAX_DOWNLOAD)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "it is larger than 64 MiB");
          return NULL;
        }
      g_byte_array_append (data, buffer, n);
    }

  return n < 0 ? NULL : save (folder, data->data, data->len, error);
}

/**
 * yj_render_place_to_path:
 * @place: a path, an http(s) URL, or a `data:…;base64,…` URI
 * @folder: where a file may be made
 * @error: the place for an error
 *
 * Returns: (transfer full): the path of a local file with what @place names, or %NULL
 */
char *
yj_render_place_to_path (const char  *place,
                         const char  *folder,
                         GError     **error)
{
  if (g_str_has_prefix (place, "data:"))
    {
      const char *comma = strchr (place, ',');
      g_autofree guchar *data = NULL;
      gsize size = 0;

      if (comma != NULL && comma - place >= 7 && strncmp (comma - 7, ";base64", 7) == 0)
        data = g_base64_decode (comma + 1, &size);
      if (size == 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "it is no data:…;base64,… URI");
          return NULL;
        }
      return save (folder, data, size, error);
    }
  if (g_str_has_prefix (place, "http://") || g_str_has_prefix (place, "https://"))
    return fetch (place, folder, error);

  return g_strdup (place);
}
