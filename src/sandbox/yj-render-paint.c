/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <pango/pangocairo.h>

#include "yj-render-scene.h"
#include "yj-render-source.h"

/* What the sandbox paints and plays by itself: from the prompt, always the same for the same prompt. */

#define MARK "SANDBOX · no AI 沙盒"

/* A number between 0 and 1 that depends on the seed and on which one is asked for. */
static double
chance (guint32 seed,
        guint   which)
{
  guint32 x = seed + which * 0x9e3779b9u;

  x = (x ^ (x >> 16)) * 0x85ebca6bu;
  x = (x ^ (x >> 13)) * 0xc2b2ae35u;
  x ^= x >> 16;

  return x / 4294967296.0;
}

static void
hue (double  angle,             /* 0..1 */
     double  light,
     double *rgb)
{
  for (int i = 0; i < 3; i++)
    rgb[i] = light * (0.5 + 0.5 * cos (2 * G_PI * (angle - i / 3.0)));
}

static void
fit_layout (PangoLayout *layout,
            int          width,
            int          height)
{
  g_autoptr(PangoFontDescription) font = pango_font_description_from_string ("Sans Bold");
  int smallest = MAX (10, height / 30);
  PangoRectangle extents;

  pango_layout_set_width (layout, width * 4 / 5 * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  for (int size = MAX (smallest, MIN (width, height) / 9); ; size = MAX (smallest, size * 9 / 10))
    {
      pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
      pango_layout_set_font_description (layout, font);
      pango_layout_get_pixel_extents (layout, NULL, &extents);
      if (extents.height <= height * 3 / 5 || size == smallest)
        break;
    }
  pango_layout_set_height (layout, height * 3 / 5 * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
}

/**
 * yj_render_caption:
 * @text: what to show
 * @width: of the picture, px
 * @height: of the picture, px
 *
 * Returns: (transfer full): a transparent surface of the picture's size with @text in its middle, wrapped
 */
cairo_surface_t *
yj_render_caption (const char *text,
                   int         width,
                   int         height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr(PangoLayout) layout = pango_cairo_create_layout (cr);
  double shift = MAX (1, height / 240.0);
  PangoRectangle extents;

  pango_layout_set_text (layout, text, -1);
  fit_layout (layout, width, height);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  for (int pass = 0; pass < 2; pass++)
    {
      cairo_move_to (cr, width / 10 + (pass == 0 ? shift : 0), (height - extents.height) / 2 + (pass == 0 ? shift : 0));
      cairo_set_source_rgba (cr, pass, pass, pass, pass == 0 ? 0.55 : 1);
      pango_cairo_show_layout (cr, layout);
    }
  cairo_destroy (cr);

  return surface;
}

/**
 * yj_render_mark:
 * @width: of the picture, px
 * @height: of the picture, px
 *
 * Returns: (transfer full): the small plate that says in every frame where it comes from
 */
cairo_surface_t *
yj_render_mark (int width,
                int height)
{
  int size = MAX (11, MIN (width, height) / 30);
  g_autoptr(PangoFontDescription) font = pango_font_description_from_string ("Sans Bold");
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size * 14, size * 2);
  cairo_t *cr = cairo_create (surface);
  g_autoptr(PangoLayout) layout = pango_cairo_create_layout (cr);
  cairo_surface_t *plate;
  PangoRectangle extents;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, MARK, -1);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  plate = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, extents.width + size, extents.height + size / 2);
  cr = cairo_create (plate);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.6);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_move_to (cr, size / 2.0, size / 4.0);
  pango_cairo_update_layout (cr, layout);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);

  return plate;
}

/**
 * yj_render_backdrop:
 * @cr: where to paint
 * @seed: what makes it different from others
 * @width: px
 * @height: px
 * @time: seconds
 *
 * Paints slowly drifting lights. They are soft, so a small picture of them is painted and enlarged.
 */
void
yj_render_backdrop (cairo_t *cr,
                    guint32  seed,
                    int      width,
                    int      height,
                    double   time)
{
  const int shrink = 8;
  int w = (width + shrink - 1) / shrink, h = (height + shrink - 1) / shrink;
  cairo_surface_t *small = cairo_image_surface_create (CAIRO_FORMAT_RGB24, w, h);
  cairo_t *brush = cairo_create (small);
  double rgb[3];

  hue (chance (seed, 0), 0.35, rgb);
  cairo_set_source_rgb (brush, rgb[0], rgb[1], rgb[2]);
  cairo_paint (brush);
  for (guint i = 1; i <= 5; i++)
    {
      double x = w * (0.5 + 0.45 * sin (time * (0.3 + 0.5 * chance (seed, i)) + 6.28 * chance (seed, 10 + i)));
      double y = h * (0.5 + 0.45 * cos (time * (0.3 + 0.5 * chance (seed, 20 + i)) + 6.28 * chance (seed, 30 + i)));
      double radius = MAX (w, h) * (0.25 + 0.3 * chance (seed, 40 + i));
      cairo_pattern_t *light = cairo_pattern_create_radial (x, y, 0, x, y, radius);

      hue (chance (seed, 0) + 0.12 * i, 0.9, rgb);
      cairo_pattern_add_color_stop_rgba (light, 0, rgb[0], rgb[1], rgb[2], 0.8);
      cairo_pattern_add_color_stop_rgba (light, 1, rgb[0], rgb[1], rgb[2], 0);
      cairo_set_source (brush, light);
      cairo_paint (brush);
      cairo_pattern_destroy (light);
    }
  cairo_destroy (brush);

  cairo_save (cr);
  cairo_scale (cr, shrink, shrink);
  cairo_set_source_surface (cr, small, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (small);
}

/**
 * yj_render_tones:
 * @samples: where they are appended
 * @seed: what makes them different from others
 * @bytes: how many are wanted
 *
 * Soft tones of a five-tone scale, a new one each half second, so that a video without a sound of its own has one.
 */
void
yj_render_tones (GByteArray *samples,
                 guint32     seed,
                 gsize       bytes)
{
  static const double scale[] = { 1, 9 / 8.0, 5 / 4.0, 3 / 2.0, 5 / 3.0, 2 };
  const gsize note = YJ_RENDER_AUDIO_RATE / 2;
  gsize start = samples->len;
  gint16 *out;

  g_byte_array_set_size (samples, start + bytes);
  out = (gint16 *) (gpointer) (samples->data + start);
  memset (out, 0, bytes);
  for (gsize i = 0; i < bytes / 4; i++)
    {
      double value = 0;

      for (gsize back = 0; back < 3 && i / note >= back; back++)    /* this note and two that still sound */
        {
          gsize which = i / note - back;
          double age = (i - which * note) / (double) YJ_RENDER_AUDIO_RATE;
          double pitch = 196 * scale[(guint) (chance (seed, 100 + which) * G_N_ELEMENTS (scale))];

          value += sin (2 * G_PI * pitch * age) * exp (-3 * age) * MIN (1, age * 50);
        }
      out[2 * i] = out[2 * i + 1] = GINT16_TO_LE ((gint16) (value * 3500));
    }
}
