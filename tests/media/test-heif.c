/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures as telephones and browsers have them, HEIC and AVIF: looked into and made anew in the jail, pixel by pixel. */
#include <libheif/heif.h>
#include <string.h>

#include "media-fixtures.h"
#include "yj-fix.h"
#include "yj-poster.h"
#include "yj-probe.h"
#include "yj-profile.h"

#define WIDTH 192
#define HEIGHT 128
#define RED 0xff0000
#define BLUE 0x0000ff
#define WHITE 0xffffff

typedef struct
{
  const char *name, *content_type, *extension;
  enum heif_compression_format compression;
} Kind;

static const Kind kinds[] = {
  { "a.heic", "image/heic", "heic", heif_compression_HEVC },
  { "a.avif", "image/avif", "avif", heif_compression_AV1 },
};

/* The left half red, the right one blue; with @alpha the lower half is transparent. */
static struct heif_image *
make_image (gboolean alpha)
{
  struct heif_image *image = NULL;
  int stride, step = alpha ? 4 : 3;
  uint8_t *pixels;

  g_assert_cmpint (heif_image_create (WIDTH, HEIGHT, heif_colorspace_RGB, alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB,
                                      &image).code, ==, heif_error_Ok);
  g_assert_cmpint (heif_image_add_plane (image, heif_channel_interleaved, WIDTH, HEIGHT, 8).code, ==, heif_error_Ok);
  pixels = heif_image_get_plane (image, heif_channel_interleaved, &stride);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        const uint8_t colour[] = { x < WIDTH / 2 ? 255 : 0, 0, x < WIDTH / 2 ? 0 : 255, y < HEIGHT / 2 ? 255 : 0 };

        memcpy (pixels + (gsize) y * stride + (gsize) x * step, colour, step);
      }
  return image;
}

/* NULL, and the test skipped, where there is no encoder for it. */
static GFile *
make (const Kind            *kind,
      gboolean               alpha,
      enum heif_orientation  orientation,
      GBytes                *profile)
{
  struct heif_context *context = heif_context_alloc ();
  struct heif_encoding_options *options = heif_encoding_options_alloc ();
  struct heif_image *image = make_image (alpha);
  struct heif_encoder *encoder = NULL;
  GFile *file = media_file (kind->name);

  if (heif_context_get_encoder_for_format (context, kind->compression, &encoder).code != heif_error_Ok)
    {
      g_test_skip (kind->compression == heif_compression_HEVC ? "libheif has no encoder for HEIC here" : "libheif has no encoder for AVIF here");
      g_clear_object (&file);
    }
  else
    {
      heif_encoder_set_lossy_quality (encoder, 95);
      options->image_orientation = orientation;
      if (profile != NULL)
        heif_image_set_raw_color_profile (image, "prof", g_bytes_get_data (profile, NULL), g_bytes_get_size (profile));
      g_assert_cmpint (heif_context_encode_image (context, image, encoder, options, NULL).code, ==, heif_error_Ok);
      g_assert_cmpint (heif_context_write_to_file (context, g_file_peek_path (file)).code, ==, heif_error_Ok);
      heif_encoder_release (encoder);
    }
  heif_image_release (image);
  heif_encoding_options_free (options);
  heif_context_free (context);
  return file;
}

static YjMediaInfo *
probe (GFile   *file,
       GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_probe_async (file, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_probe_finish (result, error);
}

static GdkTexture *
fix (GFile           *source,
     const YjFixPlan *plan,
     const char      *name)
{
  g_autoptr(GFile) target = media_file (name);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GdkTexture *texture;

  yj_fix_run_async (source, plan, target, NULL, NULL, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  yj_fix_run_finish (result, &error);
  g_assert_no_error (error);
  texture = gdk_texture_new_from_file (target, &error);
  g_assert_no_error (error);
  return texture;
}

static void
test_probe (void)
{
  for (guint i = 0; i < 2 * G_N_ELEMENTS (kinds); i++)
    {
      gboolean alpha = i % 2 == 1;
      g_autoptr(GFile) file = make (&kinds[i / 2], alpha, heif_orientation_normal, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(YjMediaInfo) info = NULL;

      if (file == NULL)
        continue;
      info = probe (file, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info->kind, ==, YJ_MEDIA_INFO_IMAGE);
      g_assert_cmpstr (info->content_type, ==, kinds[i / 2].content_type);
      g_assert_cmpstr (info->extension, ==, kinds[i / 2].extension);
      g_assert_cmpint (info->width, ==, WIDTH);
      g_assert_cmpint (info->height, ==, HEIGHT);
      g_assert_cmpint (info->has_alpha, ==, alpha);
    }
}

/* As a telephone held upright has it: stored on its side. */
static void
test_turned (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GFile) file = make (&kinds[i], FALSE, heif_orientation_rotate_90_cw, NULL);
      YjFixPlan plan = { .content_type = "image/png" };
      g_autoptr(GdkTexture) texture = NULL;
      g_autoptr(YjMediaInfo) info = NULL;

      if (file == NULL)
        continue;
      info = probe (file, NULL);
      g_assert_nonnull (info);
      g_assert_cmpint (info->width, ==, HEIGHT);
      g_assert_cmpint (info->height, ==, WIDTH);
      texture = fix (file, &plan, "upright.png");
      g_assert_cmpint (gdk_texture_get_height (texture), ==, WIDTH);
      media_assert_colour (texture, HEIGHT / 2, WIDTH / 4, RED);
      media_assert_colour (texture, HEIGHT / 2, WIDTH * 3 / 4, BLUE);
    }
}

/* Into what every model takes; under what is transparent is the ground that was chosen. */
static void
test_convert (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GFile) file = make (&kinds[i], TRUE, heif_orientation_normal, NULL);
      YjFixPlan plan = { .content_type = "image/jpeg", .background = WHITE };
      g_autoptr(GdkTexture) jpeg = NULL, part = NULL;

      if (file == NULL)
        continue;
      jpeg = fix (file, &plan, "converted.jpg");
      g_assert_cmpint (gdk_texture_get_width (jpeg), ==, WIDTH);
      media_assert_colour (jpeg, WIDTH / 4, HEIGHT / 4, RED);
      media_assert_colour (jpeg, WIDTH * 3 / 4, HEIGHT / 4, BLUE);
      media_assert_colour (jpeg, WIDTH / 4, HEIGHT * 3 / 4, WHITE);

      plan = (YjFixPlan) { .content_type = "image/png", .crop = { WIDTH / 2, 0, WIDTH / 2, HEIGHT / 2 },
                           .place = { 0, 0, WIDTH / 2, HEIGHT / 2 }, .width = WIDTH / 2, .height = HEIGHT / 2 };
      part = fix (file, &plan, "part.png");
      g_assert_cmpint (gdk_texture_get_width (part), ==, WIDTH / 2);
      media_assert_colour (part, WIDTH / 4, HEIGHT / 4, BLUE);
    }
}

/* What the colours mean goes along: telephones write more than sRGB can say. */
static void
test_profile (void)
{
  g_autofree guint8 *data = g_malloc0 (600);
  g_autoptr(GBytes) profile = NULL;

  memcpy (data, "\0\0\x02\x58", 4);
  memcpy (data + 12, "mntrRGB XYZ ", 12);
  memcpy (data + 36, "acsp", 4);
  data[599] = 7;
  profile = g_bytes_new (data, 600);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GFile) file = make (&kinds[i], FALSE, heif_orientation_normal, profile), jpeg = NULL;
      YjFixPlan plan = { .content_type = "image/jpeg" };
      g_autoptr(GdkTexture) texture = NULL;
      g_autoptr(GBytes) bytes = NULL, kept = NULL;

      if (file == NULL)
        continue;
      texture = fix (file, &plan, "profile.jpg");
      jpeg = media_file ("profile.jpg");
      bytes = g_file_load_bytes (jpeg, NULL, NULL, NULL);
      kept = yj_profile_find (YJ_FORMAT_JPEG, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_assert_nonnull (kept);
      g_assert_true (g_bytes_equal (kept, profile));
    }
}

static void
test_poster (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GFile) file = make (&kinds[i], FALSE, heif_orientation_normal, NULL);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GdkTexture) texture = NULL;
      g_autoptr(GError) error = NULL;

      if (file == NULL)
        continue;
      yj_poster_load_async (file, 96, NULL, yj_test_take_result, &result);
      yj_test_wait (result != NULL);
      texture = yj_poster_load_finish (result, &error);
      g_assert_no_error (error);
      media_assert_colour (texture, 24, 30, RED);
      media_assert_colour (texture, 72, 30, BLUE);
    }
}

/* Some decoders make the best of what is written over. */
static void
assert_harmless (const Kind *kind,
                 const char *data,
                 gsize       length)
{
  g_autoptr(GFile) file = media_write (kind->extension, data, length);
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = probe (file, &error);

  if (info == NULL)
    g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED);
  else
    g_assert_cmpint (info->width, ==, WIDTH);
}

/* What has been cut anywhere, and what is written over, is damaged and does no harm. */
static void
test_damaged (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GFile) file = make (&kinds[i], FALSE, heif_orientation_normal, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (file == NULL)
        continue;
      g_assert_true (g_file_load_contents (file, NULL, &data, &length, NULL, NULL));
      for (gsize cut = 40; cut < length; cut += length / 7)
        {
          g_autoptr(GFile) half = media_write (kinds[i].extension, data, cut);
          g_autoptr(GError) error = NULL;
          g_autoptr(YjMediaInfo) info = probe (half, &error);

          g_test_message ("%zu of %zu bytes", cut, length);
          g_assert_null (info);
          g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED);
        }
      memset (data + length - length / 4, 0x5a, length / 4);
      assert_harmless (&kinds[i], data, length);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  media_init ();

  g_test_add_func ("/heif/probe", test_probe);
  g_test_add_func ("/heif/turned", test_turned);
  g_test_add_func ("/heif/convert", test_convert);
  g_test_add_func ("/heif/profile", test_profile);
  g_test_add_func ("/heif/poster", test_poster);
  g_test_add_func ("/heif/damaged", test_damaged);

  return g_test_run ();
}
