/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Decodes pictures, in the jail: what GTK reads by itself through GdkTexture, HEIC and AVIF through libheif, the rest through
   gdk-pixbuf's loaders. */

#include "yj-still.h"

#include <gdk/gdk.h>

#include "yj-still-heif.h"

/* Loaded before the jail closes. */
static GdkPixbufLoader *loader;

/**
 * yj_still_is_read_by_gdk:
 * @format: a format of pictures
 *
 * Returns: whether GTK has a decoder of its own for it
 */
gboolean
yj_still_is_read_by_gdk (YjFormat format)
{
  return format == YJ_FORMAT_PNG || format == YJ_FORMAT_JPEG || format == YJ_FORMAT_TIFF;
}

/**
 * yj_still_is_heif:
 * @format: a format of pictures
 *
 * Returns: whether it lies in a container of HEIF
 */
gboolean
yj_still_is_heif (YjFormat format)
{
  return format == YJ_FORMAT_HEIC || format == YJ_FORMAT_AVIF;
}

/**
 * yj_still_prepare:
 * @sniff: the format to come
 *
 * Loads what decoding it takes, as no file can be opened later.
 */
void
yj_still_prepare (const YjSniff *sniff)
{
  if (yj_still_is_read_by_gdk (sniff->format))
    g_type_ensure (GDK_TYPE_MEMORY_TEXTURE);
  else if (yj_still_is_heif (sniff->format))
    yj_still_heif_prepare ();
  else
    loader = gdk_pixbuf_loader_new_with_mime_type (sniff->content_type, NULL);
}

static void
free_pixels (guchar   *pixels,
             gpointer  user_data)
{
  g_free (pixels);
}

static GdkPixbuf *
decode_with_gdk (GBytes *bytes)
{
  g_autoptr(GdkTexture) texture = gdk_texture_new_from_bytes (bytes, NULL);
  g_autoptr(GdkTextureDownloader) downloader = NULL;
  GdkMemoryFormat format;
  guchar *pixels;
  int width, height;
  gboolean alpha;

  if (texture == NULL)
    return NULL;
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  format = gdk_texture_get_format (texture);
  alpha = format != GDK_MEMORY_R8G8B8 && format != GDK_MEMORY_B8G8R8 && format != GDK_MEMORY_R16G16B16
          && format != GDK_MEMORY_G8 && format != GDK_MEMORY_G16 && format != GDK_MEMORY_R32G32B32_FLOAT
          && format != GDK_MEMORY_R16G16B16_FLOAT;
  downloader = gdk_texture_downloader_new (texture);
  gdk_texture_downloader_set_format (downloader, alpha ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8);
  pixels = g_malloc_n (height, (gsize) width * (alpha ? 4 : 3));
  gdk_texture_downloader_download_into (downloader, pixels, (gsize) width * (alpha ? 4 : 3));
  return gdk_pixbuf_new_from_data (pixels, GDK_COLORSPACE_RGB, alpha, 8, width, height, width * (alpha ? 4 : 3),
                                   free_pixels, NULL);
}

static GdkPixbuf *
decode_with_loader (GBytes *bytes)
{
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  gboolean written, closed;

  if (loader == NULL)
    return NULL;
  written = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  closed = gdk_pixbuf_loader_close (loader, NULL);
  if (written && closed)
    g_set_object (&pixbuf, gdk_pixbuf_loader_get_pixbuf (loader));
  g_clear_object (&loader);
  return g_steal_pointer (&pixbuf);
}

/**
 * yj_still_decode:
 * @sniff: its format
 * @bytes: the whole file
 *
 * Returns: (transfer full) (nullable): the picture as it is stored, 8 bits a channel, or %NULL when this cannot be read
 */
GdkPixbuf *
yj_still_decode (const YjSniff *sniff,
                 GBytes        *bytes)
{
  if (yj_still_is_read_by_gdk (sniff->format))
    return decode_with_gdk (bytes);

  return yj_still_is_heif (sniff->format) ? yj_still_heif_decode (bytes) : decode_with_loader (bytes);
}

/**
 * yj_still_orient:
 * @pixbuf: (transfer full): a picture as stored
 * @orientation: 1 to 8, as EXIF counts them
 *
 * Returns: (transfer full): the picture upright
 */
GdkPixbuf *
yj_still_orient (GdkPixbuf *pixbuf,
                 guint      orientation)
{
  static const GdkPixbufRotation turn[] = {
    [3] = GDK_PIXBUF_ROTATE_UPSIDEDOWN, [4] = GDK_PIXBUF_ROTATE_UPSIDEDOWN,
    [5] = GDK_PIXBUF_ROTATE_CLOCKWISE, [6] = GDK_PIXBUF_ROTATE_CLOCKWISE,
    [7] = GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE, [8] = GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE,
  };
  gboolean mirrored = orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
  GdkPixbuf *turned;

  if (orientation >= 3)
    {
      turned = gdk_pixbuf_rotate_simple (pixbuf, turn[orientation]);
      g_object_unref (pixbuf);
      pixbuf = turned;
    }
  if (mirrored)
    {
      turned = gdk_pixbuf_flip (pixbuf, TRUE);
      g_object_unref (pixbuf);
      pixbuf = turned;
    }
  return pixbuf;
}
