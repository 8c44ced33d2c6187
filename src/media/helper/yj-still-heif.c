/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HEIC and AVIF, in the jail: the loaders of gdk-pixbuf for them start processes of their own, or are not there. */

#include "yj-still-heif.h"

#include <libheif/heif.h>

#include "yj-answer.h"

typedef struct heif_context Context;
typedef struct heif_image_handle Handle;
typedef struct heif_decoding_options Options;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Context, heif_context_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Handle, heif_image_handle_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Options, heif_decoding_options_free)

/**
 * yj_still_heif_prepare:
 *
 * Loads the decoders, as no file can be opened later.
 */
void
yj_still_heif_prepare (void)
{
  heif_init (NULL);
}

/**
 * yj_still_heif_can_decode:
 * @format: HEIC or AVIF
 *
 * Returns: whether this system has a decoder for it; some have none for HEIC
 */
gboolean
yj_still_heif_can_decode (YjFormat format)
{
  return heif_have_decoder_for_format (format == YJ_FORMAT_AVIF ? heif_compression_AV1 : heif_compression_HEVC) != 0;
}

/* The picture of several that is meant to be seen; @bytes have to outlive it. */
static Handle *
open_primary (GBytes   *bytes,
              Context **context)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);
  Handle *handle = NULL;

  *context = heif_context_alloc ();
  if (heif_context_read_from_memory_without_copy (*context, data, length, NULL).code != heif_error_Ok ||
      heif_context_get_primary_image_handle (*context, &handle).code != heif_error_Ok)
    return NULL;

  return handle;
}

static void
free_image (guchar   *pixels,
            gpointer  user_data)
{
  heif_image_release (user_data);
}

/**
 * yj_still_heif_decode:
 * @bytes: a whole file
 *
 * Returns: (transfer full) (nullable): the picture, upright, 8 bits a channel, or %NULL when it cannot be read
 */
GdkPixbuf *
yj_still_heif_decode (GBytes *bytes)
{
  g_autoptr(Context) context = NULL;
  g_autoptr(Handle) handle = open_primary (bytes, &context);
  g_autoptr(Options) options = NULL;
  struct heif_image *image = NULL;
  const uint8_t *pixels;
  gboolean alpha;
  int stride;

  /* its header may have told of fewer */
  if (handle == NULL || (gint64) heif_image_handle_get_width (handle) * heif_image_handle_get_height (handle) > YJ_MAX_PIXELS)
    return NULL;
  alpha = heif_image_handle_has_alpha_channel (handle) != 0;
  options = heif_decoding_options_alloc ();
  options->convert_hdr_to_8bit = 1;
  if (heif_decode_image (handle, &image, heif_colorspace_RGB, alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB,
                         options).code != heif_error_Ok)
    return NULL;

  pixels = heif_image_get_plane_readonly (image, heif_channel_interleaved, &stride);
  return gdk_pixbuf_new_from_data (pixels, GDK_COLORSPACE_RGB, alpha, 8, heif_image_get_width (image, heif_channel_interleaved),
                                   heif_image_get_height (image, heif_channel_interleaved), stride, free_image, image);
}

/**
 * yj_still_heif_dup_profile:
 * @bytes: a whole file
 *
 * Returns: (transfer full) (nullable): the ICC profile in it
 */
GBytes *
yj_still_heif_dup_profile (GBytes *bytes)
{
  g_autoptr(Context) context = NULL;
  g_autoptr(Handle) handle = open_primary (bytes, &context);
  gsize size = handle != NULL ? heif_image_handle_get_raw_color_profile_size (handle) : 0;
  g_autofree guint8 *data = size > 0 ? g_try_malloc (size) : NULL;

  if (data == NULL || heif_image_handle_get_raw_color_profile (handle, data).code != heif_error_Ok)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&data), size);
}
