/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a decoded frame to what is shown and kept of it: sRGB, 8 bits a channel. */

#include "yj-clip-private.h"

#include <gst/video/video.h>

#include "yj-answer.h"
#include "yj-still.h"

static const guint16 *
get_line (const GstVideoFrame *wide,
          int                  y)
{
  const guint8 *line = GST_VIDEO_FRAME_PLANE_DATA (wide, 0);

  return (const guint16 *) (const void *) (line + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (wide, 0));
}

/* 16 bits a channel to 8, rounded. */
static void
narrow (const GstVideoFrame *wide,
        GdkPixbuf           *pixbuf)
{
  int channels = gdk_pixbuf_get_n_channels (pixbuf);

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    {
      const guint16 *from = get_line (wide, y);
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++, from += 4, to += channels)
        for (int c = 0; c < channels; c++)
          to[c] = (from[c] * 255u + 32895u) >> 16;
    }
}

static guint8
to_byte (float value)
{
  return (guint8) (CLAMP (value, 0.0f, 255.0f) + 0.5f);
}

/* By the formula, as the stream declares matrix and range: alpha, luma, blue and red difference of 16 bits each to 8 bits
   of red, green, blue. GStreamer's own way is up to two off: it fills the lower bits of a wider number with the upper
   ones, and then takes 16 << 8 for black all the same. */
static void
apply_matrix (const GstVideoFrame *wide,
              const GstVideoInfo  *source,
              double               kr,
              double               kb,
              GdkPixbuf           *pixbuf)
{
  int channels = gdk_pixbuf_get_n_channels (pixbuf);
  double step = ((1 << GST_VIDEO_FORMAT_INFO_DEPTH (source->finfo, 0)) - 1) / 65535.0;
  int offsets[GST_VIDEO_MAX_COMPONENTS], scales[GST_VIDEO_MAX_COMPONENTS];
  float luma, chroma, black, zero, red = (float) (2 * (1 - kr)), blue = (float) (2 * (1 - kb));
  float green_u = (float) (2 * (1 - kb) * kb / (1 - kr - kb)), green_v = (float) (2 * (1 - kr) * kr / (1 - kr - kb));

  gst_video_color_range_offsets (source->colorimetry.range, source->finfo, offsets, scales);
  luma = (float) (255 * step / scales[0]);
  chroma = (float) (255 * step / scales[1]);
  black = (float) (255.0 * offsets[0] / scales[0]);
  zero = (float) (255.0 * offsets[1] / scales[1]);
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    {
      const guint16 *from = get_line (wide, y);
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++, from += 4, to += channels)
        {
          float l = from[1] * luma - black, u = from[2] * chroma - zero, v = from[3] * chroma - zero;

          to[0] = to_byte (l + red * v);
          to[1] = to_byte (l - green_u * u - green_v * v);
          to[2] = to_byte (l + blue * u);
          if (channels == 4)
            to[3] = (from[0] * 255u + 32895u) >> 16;
        }
    }
}

/* Whether it is for apply_matrix (). */
static gboolean
find_matrix (const GstVideoInfo *info,
             double             *kr,
             double             *kb)
{
  return GST_VIDEO_INFO_IS_YUV (info) && gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, kr, kb);
}

static GdkPixbuf *
convert (GstVideoFrame *frame)
{
  GstVideoFormat format = G_BYTE_ORDER == G_LITTLE_ENDIAN ? GST_VIDEO_FORMAT_RGBA64_LE : GST_VIDEO_FORMAT_RGBA64_BE;
  int width = GST_VIDEO_FRAME_WIDTH (frame);
  int height = GST_VIDEO_FRAME_HEIGHT (frame);
  double kr = 0, kb = 0;
  gboolean matrix = find_matrix (&frame->info, &kr, &kb);
  g_autoptr(GstBuffer) buffer = NULL;
  GstVideoConverter *converter;
  GstVideoInfo info;
  GstVideoFrame wide;
  GdkPixbuf *pixbuf;

  gst_video_info_set_interlaced_format (&info, matrix ? GST_VIDEO_FORMAT_AYUV64 : format,
                                        GST_VIDEO_INFO_INTERLACE_MODE (&frame->info), width, height);
  GST_VIDEO_INFO_FPS_N (&info) = GST_VIDEO_INFO_FPS_N (&frame->info);
  GST_VIDEO_INFO_FPS_D (&info) = GST_VIDEO_INFO_FPS_D (&frame->info);
  if (matrix)
    info.colorimetry = frame->info.colorimetry;
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&info), NULL);
  if (!gst_video_frame_map (&wide, &info, buffer, GST_MAP_READWRITE))
    return NULL;
  converter = gst_video_converter_new (&frame->info, &info,
                                       gst_structure_new ("options",
                                                          GST_VIDEO_CONVERTER_OPT_DITHER_METHOD, GST_TYPE_VIDEO_DITHER_METHOD,
                                                          GST_VIDEO_DITHER_NONE, NULL));
  if (converter == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "Its frames cannot be converted");
  gst_video_converter_frame (converter, frame, &wide);
  gst_video_converter_free (converter);
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, GST_VIDEO_INFO_HAS_ALPHA (&frame->info), 8, width, height);
  if (pixbuf != NULL && matrix)
    apply_matrix (&wide, &frame->info, kr, kb, pixbuf);
  else if (pixbuf != NULL)
    narrow (&wide, pixbuf);
  gst_video_frame_unmap (&wide);
  return pixbuf;
}

/**
 * yj_clip_frame_to_pixbuf:
 * @self: a clip
 * @frame: one of its frames
 *
 * Converts matrix and range as the stream declares them, and nothing else.
 *
 * Returns: (transfer full): the frame upright, in full size
 */
GdkPixbuf *
yj_clip_frame_to_pixbuf (YjClip    *self,
                         GstSample *frame)
{
  GdkPixbuf *pixbuf;
  GstVideoInfo info;
  GstVideoFrame mapped;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (frame))
      || !gst_video_frame_map (&mapped, &info, gst_sample_get_buffer (frame), GST_MAP_READ))
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "Its frames are of no known kind");
  pixbuf = convert (&mapped);
  gst_video_frame_unmap (&mapped);
  if (pixbuf == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "Not enough memory for a frame");
  return yj_still_orient (pixbuf, yj_clip_get_orientation (self));
}
