/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes a decoded picture anew as a plan has it: cropped, scaled, placed, flattened, as JPEG or PNG. */

#include "yj-fix-work.h"

#include <errno.h>
#include <gst/app/app.h>
#include <gst/video/video.h>
#include <string.h>
#include <unistd.h>

#include "yj-answer.h"
#include "yj-profile.h"

#define ENCODE_TIME (60 * GST_SECOND)

/* What is good to look at first; below the last one a picture is not made smaller. */
static const int qualities[] = { 92, 86, 80, 72, 62, 50 };

static GdkPixbuf *
take (GdkPixbuf *old,
      GdkPixbuf *new)
{
  if (new == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "Not enough memory for the picture");
  g_object_unref (old);
  return new;
}

static GdkPixbuf *
crop_and_scale (GdkPixbuf       *pixbuf,
                const YjFixPlan *plan)
{
  const GdkRectangle *crop = &plan->crop, *place = &plan->place;
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);

  if (crop->width > width - crop->x || crop->height > height - crop->y)
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "The picture is %d × %d pixels, which is not what was planned for", width, height);
  if (crop->width != width || crop->height != height)
    pixbuf = take (pixbuf, gdk_pixbuf_new_subpixbuf (pixbuf, crop->x, crop->y, crop->width, crop->height));
  if (place->width != crop->width || place->height != crop->height)
    pixbuf = take (pixbuf, gdk_pixbuf_scale_simple (pixbuf, place->width, place->height, GDK_INTERP_BILINEAR));
  return pixbuf;
}

/* Lays the picture on its ground, where it does not fill it or shines through. */
static GdkPixbuf *
lay_down (GdkPixbuf       *pixbuf,
          const YjFixPlan *plan,
          const GdkRectangle *place,
          int              width,
          int              height)
{
  gboolean alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  gboolean flatten = alpha && (plan->opaque || g_str_equal (plan->content_type, "image/jpeg"));
  gboolean fills = place->width == width && place->height == height;
  GdkPixbuf *ground;

  if (fills && !flatten)
    return pixbuf;
  ground = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha && !flatten, 8, width, height);
  if (ground == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "Not enough memory for the picture");
  gdk_pixbuf_fill (ground, plan->background << 8 | 0xff);
  if (flatten)
    gdk_pixbuf_composite (pixbuf, ground, place->x, place->y, place->width, place->height, place->x, place->y, 1, 1,
                          GDK_INTERP_NEAREST, 255);
  else
    gdk_pixbuf_copy_area (pixbuf, 0, 0, place->width, place->height, ground, place->x, place->y);
  return take (pixbuf, ground);
}

/* JPEG works in blocks, and jpegenc reads whole ones: what is right of the picture shows at its edge, so there it goes on. */
static GdkPixbuf *
widen (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  GdkPixbuf *wide = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, GST_ROUND_UP_16 (width), height);

  if (wide == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "Not enough memory for the picture");
  gdk_pixbuf_copy_area (pixbuf, 0, 0, width, height, wide, 0, 0);
  for (int x = width; x < gdk_pixbuf_get_width (wide); x++)
    gdk_pixbuf_copy_area (pixbuf, width - 1, 0, 1, height, wide, x, 0);
  return wide;
}

static void
set_jfif (GstVideoInfo   *info,
          GstVideoFormat  format,
          int             width,
          int             height)
{
  gst_video_info_set_format (info, format, width, height);
  gst_video_colorimetry_from_string (&info->colorimetry, "1:4:0:0");
  info->chroma_site = GST_VIDEO_CHROMA_SITE_JPEG;
}

/* As JFIF wants it: full range, BT.601. What may take most bytes keeps every colour, else four pixels share one. */
static GstBuffer *
make_buffer (GdkPixbuf      *pixbuf,
             GstVideoFormat  format,
             GstVideoInfo   *info)
{
  g_autoptr(GdkPixbuf) wide = widen (pixbuf);
  int width = gdk_pixbuf_get_width (wide), height = gdk_pixbuf_get_height (wide);
  GstBuffer *buffer;
  GstVideoConverter *converter;
  GstVideoInfo rgb, whole;
  GstVideoFrame to, from = { .buffer = NULL };

  gst_video_info_set_format (&rgb, GST_VIDEO_FORMAT_RGB, width, height);
  set_jfif (&whole, format, width, height);
  set_jfif (info, format, gdk_pixbuf_get_width (pixbuf), height);
  from.info = rgb;
  from.info.stride[0] = gdk_pixbuf_get_rowstride (wide);
  from.data[0] = (gpointer) gdk_pixbuf_read_pixels (wide);
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&whole), NULL);
  converter = gst_video_converter_new (&rgb, &whole, NULL);
  if (buffer == NULL || converter == NULL || !gst_video_frame_map (&to, &whole, buffer, GST_MAP_WRITE))
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "Not enough memory for the picture");
  gst_video_converter_frame (converter, &from, &to);
  gst_video_frame_unmap (&to);
  gst_video_converter_free (converter);
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, format, GST_VIDEO_INFO_WIDTH (info), height,
                                  GST_VIDEO_INFO_N_PLANES (&whole), whole.offset, whole.stride);
  return buffer;
}

static GBytes *
encode_jpeg (GstBuffer    *buffer,
             GstVideoInfo *info,
             int           quality)
{
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *source = gst_element_factory_make ("appsrc", NULL), *encoder = gst_element_factory_make ("jpegenc", NULL);
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  g_autoptr(GstCaps) caps = gst_video_info_to_caps (info);
  g_autoptr(GstSample) sample = NULL;
  GBytes *bytes;
  GstMapInfo map;

  if (source == NULL || encoder == NULL || sink == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_ENCODER, "JPEG");
  g_object_set (source, "caps", caps, "format", GST_FORMAT_TIME, NULL);
  g_object_set (encoder, "quality", quality, NULL);
  g_object_set (sink, "sync", FALSE, NULL);
  gst_bin_add_many (GST_BIN (pipeline), source, encoder, sink, NULL);
  gst_element_link_many (source, encoder, sink, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_app_src_push_buffer (GST_APP_SRC (source), gst_buffer_ref (buffer));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), ENCODE_TIME);
  if (sample == NULL || !gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
    yj_answer_error (YJ_MEDIA_ERROR_FAILED, "The picture cannot be encoded");
  bytes = g_bytes_new (map.data, map.size);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return bytes;
}

static gboolean
is_small (GBytes          *bytes,
          const YjFixPlan *plan)
{
  return plan->max_bytes == 0 || (gint64) g_bytes_get_size (bytes) <= plan->max_bytes;
}

static GBytes *
encode (GdkPixbuf       *pixbuf,
        GBytes          *profile,
        const YjFixPlan *plan)
{
  g_autoptr(GBytes) plain = NULL;
  GBytes *bytes = NULL;

  if (g_str_equal (plan->content_type, "image/png"))
    {
      g_autoptr(GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);
      g_autoptr(GdkTexture) texture = NULL;

      texture = gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                        gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8,
                                        pixels, gdk_pixbuf_get_rowstride (pixbuf));
      plain = gdk_texture_save_to_png_bytes (texture);
      return yj_profile_put (plain, profile);
    }
  if (g_str_equal (plan->content_type, "image/jpeg"))
    {
      for (guint i = 0; i < G_N_ELEMENTS (qualities) && (bytes == NULL || !is_small (bytes, plan)); i++)
        {
          GstVideoInfo info;
          g_autoptr(GstBuffer) buffer = make_buffer (pixbuf, i == 0 ? GST_VIDEO_FORMAT_Y444 : GST_VIDEO_FORMAT_I420, &info);

          g_clear_pointer (&bytes, g_bytes_unref);
          g_clear_pointer (&plain, g_bytes_unref);
          plain = encode_jpeg (buffer, &info, qualities[i]);
          bytes = yj_profile_put (plain, profile);
          yj_fix_say (0.3 + 0.1 * i);
        }
    }
  return bytes;
}

/**
 * yj_fix_still:
 * @pixbuf: (transfer full): the picture, upright
 * @profile: (nullable): its colour profile
 * @plan: what to make of it
 */
void
yj_fix_still (GdkPixbuf       *pixbuf,
              GBytes          *profile,
              const YjFixPlan *plan)
{
  g_autoptr(GBytes) bytes = NULL;
  GdkRectangle place = plan->place;
  const char *data;
  gsize length;

  if (plan->width > 0)
    pixbuf = crop_and_scale (pixbuf, plan);
  else
    place = (GdkRectangle) { 0, 0, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf) };
  yj_fix_say (0.2);
  pixbuf = lay_down (pixbuf, plan, &place, plan->width > 0 ? plan->width : place.width, plan->width > 0 ? plan->height : place.height);
  bytes = encode (pixbuf, profile, plan);
  if (bytes == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "A picture is not written as %s", plan->content_type);
  if (!is_small (bytes, plan))
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "The picture cannot be made that small");
  data = g_bytes_get_data (bytes, &length);
  while (length > 0)
    {
      ssize_t written = write (YJ_FIX_OUTPUT, data, length);

      if (written < 0 && errno != EINTR)
        yj_answer_error (errno == ENOSPC || errno == EDQUOT ? YJ_MEDIA_ERROR_FULL : YJ_MEDIA_ERROR_FAILED, "%s", g_strerror (errno));
      if (written > 0)
        {
          data += written;
          length -= written;
        }
    }
  yj_fix_done ();
}
