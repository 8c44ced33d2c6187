/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <utime.h>

#include "media-fixtures.h"
#include "yj-poster.h"
#include "yj-probe.h"

#define I420 "video/x-raw,format=I420"

static GdkTexture *
load (GFile   *file,
      int      size,
      GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_poster_load_async (file, size, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_poster_load_finish (result, error);
}

static GdkTexture *
load_ok (GFile *file,
         int    size)
{
  g_autoptr(GError) error = NULL;
  GdkTexture *texture = load (file, size, &error);

  g_assert_no_error (error);
  return texture;
}

/* Left half red, right half blue. */
static GFile *
make_halves (const char *name,
             int         width,
             int         height)
{
  g_autoptr(GByteArray) pixels = g_byte_array_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GBytes) png = NULL;

  for (int i = 0; i < width * height; i++)
    g_byte_array_append (pixels, i % width < width / 2 ? (guint8 *) "\xff\0\0" : (guint8 *) "\0\0\xff", 3);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&pixels));
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8, bytes, width * 3);
  png = gdk_texture_save_to_png_bytes (texture);
  return media_write (name, g_bytes_get_data (png, NULL), g_bytes_get_size (png));
}

static char *
posters_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "yuanjing", "posters", NULL);
}

static guint
count_cached (void)
{
  g_autofree char *path = posters_folder ();
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_size (void)
{
  g_autoptr(GFile) wide = make_halves ("wide.png", 400, 200);
  g_autoptr(GFile) tall = make_halves ("tall.png", 100, 300);
  g_autoptr(GFile) small = make_halves ("small.png", 20, 10);
  g_autoptr(GdkTexture) of_wide = load_ok (wide, 100);
  g_autoptr(GdkTexture) of_tall = load_ok (tall, 60);
  g_autoptr(GdkTexture) of_small = load_ok (small, 100);

  g_assert_cmpint (gdk_texture_get_width (of_wide), ==, 100);
  g_assert_cmpint (gdk_texture_get_height (of_wide), ==, 50);
  g_assert_cmpint (gdk_texture_get_width (of_tall), ==, 20);
  g_assert_cmpint (gdk_texture_get_height (of_tall), ==, 60);
  g_assert_cmpint (gdk_texture_get_width (of_small), ==, 20);
  g_assert_cmphex (media_pixel (of_wide, 10, 25), ==, 0xff0000);
  g_assert_cmphex (media_pixel (of_wide, 90, 25), ==, 0x0000ff);
}

static void
test_clip (void)
{
  g_autoptr(GFile) file = media_clip ("clip.mp4", 10, I420, TRUE);
  g_autoptr(GdkTexture) poster = load_ok (file, 48);

  g_assert_cmpint (gdk_texture_get_width (poster), ==, 48);
  g_assert_cmpint (gdk_texture_get_height (poster), ==, 32);
  g_assert_cmpint (media_frame_number (media_pixel (poster, 24, 16)), ==, 0);
}

/* The orientation chunk goes before the picture; all eight, and where red must end up. */
static void
test_upright (void)
{
  static const struct { int x, y; } red[] = { { 0 }, { 10, 50 }, { 90, 50 }, { 90, 50 }, { 10, 50 }, { 50, 10 }, { 50, 10 }, { 50, 90 }, { 50, 90 } };
  g_autoptr(GFile) file = make_halves ("upright.png", 100, 100);
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &data, &length, NULL));
  for (guint8 orientation = 1; orientation <= 8; orientation++)
    {
      /* The checksum is not right, and not looked at: this chunk may be skipped */
      const guint8 exif[] = {
        0, 0, 0, 26, 'e', 'X', 'I', 'f', 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      };
      g_autofree char *name = g_strdup_printf ("turned-%d.png", orientation);
      g_autoptr(GByteArray) turned = g_byte_array_new ();
      g_autoptr(GFile) turned_file = NULL;
      g_autoptr(GdkTexture) poster = NULL;

      g_byte_array_append (turned, (guint8 *) data, 33);
      g_byte_array_append (turned, exif, sizeof exif);
      g_byte_array_append (turned, (guint8 *) data + 33, length - 33);
      turned_file = media_write (name, turned->data, turned->len);
      poster = load_ok (turned_file, 100);
      g_assert_cmphex (media_pixel (poster, red[orientation].x, red[orientation].y), ==, 0xff0000);
      g_assert_cmphex (media_pixel (poster, 99 - red[orientation].x, 99 - red[orientation].y), ==, 0x0000ff);
    }
}

static void
test_sound (void)
{
  g_autoptr(GFile) file = media_launch ("a.wav", "audiotestsrc num-buffers=10 ! wavenc");
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) poster = load (file, 100, &error);

  g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED);
  g_assert_null (poster);
}

static void
test_cache (void)
{
  g_autoptr(GFile) file = make_halves ("cached.png", 200, 100);
  g_autoptr(GdkTexture) first = load_ok (file, 50);
  g_autofree char *folder = posters_folder ();
  g_autoptr(GdkTexture) second = NULL;
  g_autoptr(GdkTexture) larger = NULL;
  g_autoptr(GdkTexture) changed = NULL;
  struct utimbuf other = { 1000000000, 1000000000 };
  GStatBuf about;

  g_assert_cmpint (count_cached (), ==, 1);
  g_assert_cmpint (g_stat (folder, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0700);

  /* Without a helper it can only come from the cache */
  g_setenv ("YUANJING_LIBEXECDIR", "/nowhere", TRUE);
  second = load_ok (file, 50);
  g_setenv ("YUANJING_LIBEXECDIR", g_getenv ("HELPER_DIR"), TRUE);
  g_assert_cmphex (media_pixel (second, 5, 12), ==, 0xff0000);
  g_assert_cmpint (gdk_texture_get_width (second), ==, 50);

  larger = load_ok (file, 80);
  g_assert_cmpint (gdk_texture_get_width (larger), ==, 80);
  g_assert_cmpint (count_cached (), ==, 2);
  g_assert_cmpint (utime (g_file_peek_path (file), &other), ==, 0);
  changed = load_ok (file, 50);
  g_assert_cmpint (count_cached (), ==, 3);
}

static void
test_no_helper (void)
{
  g_autoptr(GFile) file = make_halves ("alone.png", 200, 100);
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) poster = NULL;

  g_setenv ("YUANJING_LIBEXECDIR", "/nowhere", TRUE);
  poster = load (file, 50, &error);
  g_setenv ("YUANJING_LIBEXECDIR", g_getenv ("HELPER_DIR"), TRUE);
  g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FAILED);
  g_assert_null (poster);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_setenv ("HELPER_DIR", g_getenv ("YUANJING_LIBEXECDIR"), TRUE);
  media_init ();
  g_test_add_func ("/poster/size", test_size);
  g_test_add_func ("/poster/clip", test_clip);
  g_test_add_func ("/poster/upright", test_upright);
  g_test_add_func ("/poster/sound", test_sound);
  g_test_add_func ("/poster/cache", test_cache);
  g_test_add_func ("/poster/no-helper", test_no_helper);
  return g_test_run ();
}
