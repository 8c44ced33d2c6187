/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "media-fixtures.h"
#include "yj-frame-grab.h"
#include "yj-probe.h"

#define BT601 "video/x-raw,format=I420,colorimetry=bt601"
#define BT709 "video/x-raw,format=I420,colorimetry=bt709"

static gboolean
grab (GFile   *video,
      gint64   position,
      GFile   *png,
      GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_frame_grab_async (video, position, png, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_frame_grab_finish (result, error);
}

/* Its colour in the middle. */
static guint32
grab_colour (GFile  *video,
             gint64  position)
{
  g_autoptr(GFile) png = media_file ("grabbed.png");
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GError) error = NULL;

  grab (video, position, png, &error);
  g_assert_no_error (error);
  texture = gdk_texture_new_from_file (png, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 96);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 64);
  return media_pixel (texture, 48, 32);
}

static void
test_position (gconstpointer name)
{
  g_autoptr(GFile) file = media_clip (name, 40, BT709, TRUE);

  for (int frame = 0; frame < 40; frame += 6)
    {
      g_assert_cmpint (media_frame_number (grab_colour (file, frame * FRAME_NS)), ==, frame);
      g_assert_cmpint (media_frame_number (grab_colour (file, frame * FRAME_NS + FRAME_NS * 3 / 4)), ==, frame);
    }
}

static void
test_last (gconstpointer name)
{
  g_autoptr(GFile) file = media_clip (name, 37, BT709, FALSE);

  g_assert_cmpint (media_frame_number (grab_colour (file, YJ_FRAME_LAST)), ==, 36);
  g_assert_cmpint (media_frame_number (grab_colour (file, 100 * GST_SECOND)), ==, 36);
}

/* The sound goes on for two seconds more. */
static void
test_last_before_sound (void)
{
  g_autoptr(GFile) file = NULL;

  file = media_launch ("long-sound.mp4",
                       "mp4mux name=m videotestsrc pattern=blue num-buffers=20 ! video/x-raw,format=I420,width=96,height=64,framerate=25/1,colorimetry=bt709 "
                       "! x264enc key-int-max=100 ! m. audiotestsrc num-buffers=140 samplesperbuffer=960 ! audio/x-raw,rate=48000 ! audioconvert ! avenc_aac ! m. m.");
  g_assert_cmpint (media_difference (grab_colour (file, YJ_FRAME_LAST), 0x0000ff), <=, 2);
}

/* Its demultiplexer follows a seek later than it says. */
static void
test_ogg (void)
{
  g_autoptr(GFile) file = NULL;

  file = media_launch ("red-blue.ogv",
                       "concat name=c videotestsrc pattern=red num-buffers=20 ! video/x-raw,width=96,height=64,framerate=25/1 ! c. "
                       "videotestsrc pattern=blue num-buffers=20 ! video/x-raw,width=96,height=64,framerate=25/1 ! c. "
                       "c. ! videoconvert ! theoraenc ! oggmux");
  g_assert_cmpint (media_difference (grab_colour (file, 400 * GST_MSECOND), 0xff0000), <=, 12);
  g_assert_cmpint (media_difference (grab_colour (file, 790 * GST_MSECOND), 0xff0000), <=, 12);
  g_assert_cmpint (media_difference (grab_colour (file, 810 * GST_MSECOND), 0x0000ff), <=, 12);
  g_assert_cmpint (media_difference (grab_colour (file, 100 * GST_SECOND), 0x0000ff), <=, 12);
  g_assert_cmpint (media_difference (grab_colour (file, YJ_FRAME_LAST), 0x0000ff), <=, 12);
}

static void
test_single (void)
{
  g_autoptr(GFile) file = media_clip ("single.mp4", 1, BT709, FALSE);

  g_assert_cmpint (media_frame_number (grab_colour (file, YJ_FRAME_LAST)), ==, 0);
  g_assert_cmpint (media_frame_number (grab_colour (file, 0)), ==, 0);
}

/* The fixture's own way into a clip is a little off; test-frame-colour.c says how exact ours out of it is. */
static void
test_colours (gconstpointer caps)
{
  g_autoptr(GFile) file = media_clip ("colours.mp4", 24, caps, FALSE);

  for (int frame = 0; frame < 24; frame += 3)
    g_assert_cmpint (media_difference (grab_colour (file, frame * FRAME_NS), media_colour (frame)), <=, 5);
}

static void
test_srgb_chunk (void)
{
  g_autoptr(GFile) file = media_clip ("chunk.mp4", 2, BT709, FALSE);
  g_autoptr(GFile) png = media_file ("chunk.png");
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (grab (file, 0, png, NULL));
  g_assert_true (g_file_get_contents (g_file_peek_path (png), &data, &length, NULL));
  g_assert_cmpint (length, >, 200);
  g_assert_nonnull (memmem (data, 100, "\0\0\0\1sRGB\0\xae\xce\x1c\xe9", 13));
}

static void
test_unwritable (void)
{
  g_autoptr(GFile) file = media_clip ("unwritable.mp4", 2, BT709, FALSE);
  g_autoptr(GFile) png = media_file ("no-such-folder/a.png");
  g_autoptr(GError) error = NULL;

  g_assert_false (grab (file, 0, png, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_damaged (void)
{
  g_autoptr(GFile) file = media_write ("damaged.mp4", "\0\0\0\x10" "ftypisom\0\0\0\0\0\0\0\x08moov", 24);
  g_autoptr(GFile) png = media_file ("damaged.png");
  g_autoptr(GError) error = NULL;

  g_assert_false (grab (file, 0, png, &error));
  g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED);
  g_assert_false (g_file_query_exists (png, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  media_init ();
  g_test_add_data_func ("/frame-grab/position/mp4", "position.mp4", test_position);
  g_test_add_data_func ("/frame-grab/position/webm", "position.webm", test_position);
  g_test_add_data_func ("/frame-grab/last/mp4", "last.mp4", test_last);
  g_test_add_data_func ("/frame-grab/last/webm", "last.webm", test_last);
  g_test_add_func ("/frame-grab/last/before-sound", test_last_before_sound);
  g_test_add_func ("/frame-grab/ogg", test_ogg);
  g_test_add_func ("/frame-grab/single", test_single);
  g_test_add_data_func ("/frame-grab/colours/bt601", BT601, test_colours);
  g_test_add_data_func ("/frame-grab/colours/bt709", BT709, test_colours);
  g_test_add_func ("/frame-grab/srgb-chunk", test_srgb_chunk);
  g_test_add_func ("/frame-grab/unwritable", test_unwritable);
  g_test_add_func ("/frame-grab/damaged", test_damaged);
  return g_test_run ();
}
