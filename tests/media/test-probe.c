/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "media-fixtures.h"
#include "yj-probe.h"

#define I420 "video/x-raw,format=I420"
#define TONE "audiotestsrc num-buffers=50 samplesperbuffer=960 volume=0.1 ! audio/x-raw,rate=48000,channels=2 ! audioconvert"

static YjMediaInfo *
probe (GFile   *file,
       GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_probe_async (file, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_probe_finish (result, error);
}

static void
assert_probe (GFile           *file,
              YjMediaInfoKind  kind,
              const char      *content_type,
              const char      *extension,
              int              width,
              int              height,
              gint64           duration,
              const char      *video_codec,
              const char      *audio_codec)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = probe (file, &error);
  GStatBuf about;

  g_assert_no_error (error);
  g_assert_cmpint (info->kind, ==, kind);
  g_assert_cmpstr (info->content_type, ==, content_type);
  g_assert_cmpstr (info->extension, ==, extension);
  g_assert_cmpint (info->width, ==, width);
  g_assert_cmpint (info->height, ==, height);
  g_assert_cmpint (ABS (info->duration - duration), <=, 100 * GST_MSECOND);
  g_assert_cmpstr (info->video_codec, ==, video_codec);
  g_assert_cmpstr (info->audio_codec, ==, audio_codec);
  g_assert_cmpint (info->has_audio, ==, audio_codec != NULL);
  g_assert_cmpint (g_stat (g_file_peek_path (file), &about), ==, 0);
  g_assert_cmpint (info->size, ==, about.st_size);
  if (kind == YJ_MEDIA_INFO_VIDEO)
    g_assert_cmpfloat_with_epsilon (info->frame_rate, 25, 0.01);
}

static void
assert_refused (GFile        *file,
                YjMediaError  code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = probe (file, &error);

  g_assert_error (error, YJ_MEDIA_ERROR, (int) code);
  g_assert_null (info);
}

static void
test_video (void)
{
  g_autoptr(GFile) mp4 = media_clip ("a.mp4", 25, I420, TRUE);
  g_autoptr(GFile) webm = media_clip ("a.webm", 25, I420, TRUE);
  g_autoptr(GFile) silent = media_clip ("silent.mp4", 25, I420, FALSE);
  g_autoptr(GFile) mkv = NULL;
  g_autoptr(GFile) mov = NULL;
  const char *picture = "videotestsrc num-buffers=25 ! video/x-raw,width=96,height=64,framerate=25/1,format=I420 ! x264enc ! h264parse";
  g_autofree char *matroska = g_strconcat (picture, " ! matroskamux", NULL);
  g_autofree char *quicktime = g_strconcat (picture, " ! qtmux", NULL);

  mkv = media_launch ("a.mkv", matroska);
  mov = media_launch ("a.mov", quicktime);
  assert_probe (mp4, YJ_MEDIA_INFO_VIDEO, "video/mp4", "mp4", 96, 64, GST_SECOND, "H.264", "AAC");
  assert_probe (webm, YJ_MEDIA_INFO_VIDEO, "video/webm", "webm", 96, 64, GST_SECOND, "VP9", "Opus");
  assert_probe (silent, YJ_MEDIA_INFO_VIDEO, "video/mp4", "mp4", 96, 64, GST_SECOND, "H.264", NULL);
  assert_probe (mkv, YJ_MEDIA_INFO_VIDEO, "video/x-matroska", "mkv", 96, 64, GST_SECOND, "H.264", NULL);
  assert_probe (mov, YJ_MEDIA_INFO_VIDEO, "video/quicktime", "mov", 96, 64, GST_SECOND, "H.264", NULL);
}

static void
test_audio (void)
{
  static const struct { const char *name, *pipeline, *content_type, *extension, *codec; } sounds[] = {
    { "a.wav", TONE " ! audio/x-raw,format=S16LE ! wavenc", "audio/wav", "wav", "PCM" },
    { "a.flac", TONE " ! flacenc", "audio/flac", "flac", "FLAC" },
    { "a.ogg", TONE " ! vorbisenc ! oggmux", "audio/ogg", "ogg", "Vorbis" },
    { "opus.ogg", TONE " ! opusenc ! oggmux", "audio/ogg", "ogg", "Opus" },
    { "a.mp3", TONE " ! lamemp3enc", "audio/mpeg", "mp3", "MP3" },
    { "tagged.mp3", TONE " ! lamemp3enc ! id3v2mux", "audio/mpeg", "mp3", "MP3" },
    { "a.m4a", TONE " ! avenc_aac ! mp4mux", "audio/mp4", "m4a", "AAC" },
    { "sound.webm", TONE " ! opusenc ! webmmux", "audio/webm", "webm", "Opus" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sounds); i++)
    {
      g_autoptr(GFile) file = media_launch (sounds[i].name, sounds[i].pipeline);

      assert_probe (file, YJ_MEDIA_INFO_AUDIO, sounds[i].content_type, sounds[i].extension, 0, 0, GST_SECOND,
                    NULL, sounds[i].codec);
    }
}

static GFile *
make_picture (const char *name,
              const char *encoder)
{
  g_autofree char *pipeline = g_strdup_printf ("videotestsrc num-buffers=1 pattern=smpte ! video/x-raw,width=120,height=80 "
                                               "! videoconvert ! %s", encoder);

  return media_launch (name, pipeline);
}

static void
test_image (void)
{
  static const struct { const char *name, *encoder, *content_type, *extension; } pictures[] = {
    { "a.png", "pngenc", "image/png", "png" },
    { "a.jpg", "jpegenc", "image/jpeg", "jpg" },
    { "a.webp", "webpenc", "image/webp", "webp" },
    { "a.bmp", "avenc_bmp", "image/bmp", "bmp" },
    { "a.tiff", "avenc_tiff", "image/tiff", "tiff" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr(GFile) file = make_picture (pictures[i].name, pictures[i].encoder);

      assert_probe (file, YJ_MEDIA_INFO_IMAGE, pictures[i].content_type, pictures[i].extension, 120, 80, 0, NULL, NULL);
    }
}

/* No encoder makes them here: one white pixel. */
static void
test_gif (void)
{
  static const guint8 data[] = {
    'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0x80, 0, 0, 0xff, 0xff, 0xff, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b,
  };
  g_autoptr(GFile) file = media_write ("a.gif", data, sizeof data);

  assert_probe (file, YJ_MEDIA_INFO_IMAGE, "image/gif", "gif", 1, 1, 0, NULL, NULL);
}

/* Puts an EXIF block with an orientation behind a JPEG's first marker. */
static GFile *
turn_jpeg (GFile      *jpeg,
           const char *name,
           guint8      orientation)
{
  const guint8 exif[] = {
    0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
    0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
  };
  g_autofree char *data = NULL;
  g_autoptr(GByteArray) turned = g_byte_array_new ();
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (jpeg), &data, &length, NULL));
  g_byte_array_append (turned, (guint8 *) data, 2);
  g_byte_array_append (turned, exif, sizeof exif);
  g_byte_array_append (turned, (guint8 *) data + 2, length - 2);
  return media_write (name, turned->data, turned->len);
}

static void
test_rotated (void)
{
  g_autoptr(GFile) jpeg = make_picture ("upright.jpg", "jpegenc");

  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr(GFile) turned = turn_jpeg (jpeg, "turned.jpg", orientation);

      assert_probe (turned, YJ_MEDIA_INFO_IMAGE, "image/jpeg", "jpg",
                    orientation < 5 ? 120 : 80, orientation < 5 ? 80 : 120, 0, NULL, NULL);
    }
}

static void
test_rotated_video (void)
{
  g_autoptr(GFile) file = NULL;

  file = media_launch ("turned.mp4", "videotestsrc num-buffers=25 ! video/x-raw,width=96,height=64,framerate=25/1,format=I420 "
                                     "! taginject tags=\"image-orientation=rotate-90\" ! x264enc ! h264parse ! mp4mux");
  assert_probe (file, YJ_MEDIA_INFO_VIDEO, "video/mp4", "mp4", 64, 96, GST_SECOND, "H.264", NULL);
}

static void
test_lying_name (void)
{
  g_autoptr(GFile) png = make_picture ("really-a-png.jpg", "pngenc");
  g_autoptr(GFile) mp4 = media_clip ("clip.mp4", 25, I420, FALSE);
  g_autoptr(GFile) wav = media_file ("clip.wav");

  g_assert_cmpint (g_rename (g_file_peek_path (mp4), g_file_peek_path (wav)), ==, 0);
  assert_probe (png, YJ_MEDIA_INFO_IMAGE, "image/png", "png", 120, 80, 0, NULL, NULL);
  assert_probe (wav, YJ_MEDIA_INFO_VIDEO, "video/mp4", "mp4", 96, 64, GST_SECOND, "H.264", NULL);
}

static void
test_alpha (void)
{
  g_autoptr(GFile) clear = media_launch ("clear.png", "videotestsrc num-buffers=1 ! video/x-raw,width=8,height=8,format=RGBA ! pngenc");
  g_autoptr(GFile) opaque = media_launch ("opaque.png", "videotestsrc num-buffers=1 ! video/x-raw,width=8,height=8,format=RGB ! pngenc");
  g_autoptr(YjMediaInfo) with = probe (clear, NULL);
  g_autoptr(YjMediaInfo) without = probe (opaque, NULL);

  g_assert_true (with->has_alpha);
  g_assert_false (without->has_alpha);
}

static void
test_not_a_file (void)
{
  g_autoptr(GFile) folder = g_file_new_for_path (media_folder ());
  g_autoptr(GFile) fifo = media_file ("fifo");
  g_autoptr(GFile) device = g_file_new_for_path ("/dev/zero");

  g_assert_cmpint (mkfifo (g_file_peek_path (fifo), 0600), ==, 0);
  assert_refused (folder, YJ_MEDIA_ERROR_NOT_A_FILE);
  assert_refused (fifo, YJ_MEDIA_ERROR_NOT_A_FILE);
  assert_refused (device, YJ_MEDIA_ERROR_NOT_A_FILE);
}

static void
test_missing (void)
{
  g_autoptr(GFile) file = media_file ("not-there");
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = probe (file, &error);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (info);
}

static void
test_unusable (void)
{
  static const char playlist[] = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1/a.ts\n";
  g_autoptr(GFile) empty = media_write ("empty.mp4", "", 0);
  g_autoptr(GFile) text = media_write ("text.mp4", "Hello, I am a film.\n", 20);
  g_autoptr(GFile) list = media_write ("list.mp4", playlist, sizeof playlist - 1);
  g_autoptr(GFile) svg = media_write ("a.png", "<svg xmlns='http://www.w3.org/2000/svg'/>", 41);
  g_autoptr(GFile) short_magic = media_write ("short.png", "\x89PNG\r\n\x1a\n", 8);

  assert_refused (empty, YJ_MEDIA_ERROR_EMPTY);
  assert_refused (text, YJ_MEDIA_ERROR_UNSUPPORTED);
  assert_refused (list, YJ_MEDIA_ERROR_UNSUPPORTED);
  assert_refused (svg, YJ_MEDIA_ERROR_UNSUPPORTED);
  assert_refused (short_magic, YJ_MEDIA_ERROR_DAMAGED);
}

/* The first two thirds of a file. */
static GFile *
cut (GFile      *whole,
     const char *name)
{
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (whole), &data, &length, NULL));
  return media_write (name, data, length * 2 / 3);
}

static void
test_truncated (void)
{
  g_autoptr(GFile) png = make_picture ("whole.png", "pngenc");
  g_autoptr(GFile) jpeg = make_picture ("whole.jpg", "jpegenc");
  g_autoptr(GFile) mp4 = media_clip ("whole.mp4", 50, I420, TRUE);
  g_autoptr(GFile) cut_png = cut (png, "cut.png");
  g_autoptr(GFile) cut_jpeg = cut (jpeg, "cut.jpg");
  g_autoptr(GFile) cut_mp4 = cut (mp4, "cut.mp4");

  assert_refused (cut_png, YJ_MEDIA_ERROR_DAMAGED);
  assert_refused (cut_jpeg, YJ_MEDIA_ERROR_DAMAGED);
  assert_refused (cut_mp4, YJ_MEDIA_ERROR_DAMAGED);
}

/* A header of 50 000 × 50 000 px: refused before a decoder makes room for it. */
static void
test_bomb (void)
{
  static const guint8 png[] = {
    0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50, 8, 2, 0, 0, 0,
    0x12, 0x34, 0x56, 0x78, 0, 0, 0, 0, 'I', 'D', 'A', 'T', 0x35, 0xaf, 0x06, 0x1e, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82,
  };
  g_autoptr(GFile) file = media_write ("bomb.png", png, sizeof png);

  assert_refused (file, YJ_MEDIA_ERROR_LIMIT);
}

static void
test_missing_decoder (void)
{
  g_autoptr(GFile) file = media_clip ("codec.mp4", 25, I420, TRUE);
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = NULL;

  g_setenv ("GST_PLUGIN_FEATURE_RANK", "avdec_h264:NONE,openh264dec:NONE", TRUE);
  info = probe (file, &error);
  g_unsetenv ("GST_PLUGIN_FEATURE_RANK");
  g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_CODEC);
  g_assert_cmpstr (error->message, ==, "H.264");
  g_assert_null (info);
}

static void
test_cancel (void)
{
  g_autoptr(GFile) file = media_clip ("cancel.mp4", 25, I420, FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = NULL;

  yj_probe_async (file, cancellable, yj_test_take_result, &result);
  g_cancellable_cancel (cancellable);
  yj_test_wait (result != NULL);
  info = yj_probe_finish (result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (info);
}

static void
count_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = yj_probe_finish (result, &error);

  g_assert_no_error (error);
  g_assert_cmpint (info->width, ==, 120);
  (*(int *) user_data)++;
}

static void
test_many (void)
{
  g_autoptr(GFile) file = make_picture ("many.png", "pngenc");
  int done = 0;

  for (int i = 0; i < 20; i++)
    yj_probe_async (file, NULL, count_cb, &done);
  yj_test_wait (done == 20);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  media_init ();
  g_test_add_func ("/probe/video", test_video);
  g_test_add_func ("/probe/audio", test_audio);
  g_test_add_func ("/probe/image", test_image);
  g_test_add_func ("/probe/gif", test_gif);
  g_test_add_func ("/probe/rotated", test_rotated);
  g_test_add_func ("/probe/rotated-video", test_rotated_video);
  g_test_add_func ("/probe/lying-name", test_lying_name);
  g_test_add_func ("/probe/alpha", test_alpha);
  g_test_add_func ("/probe/not-a-file", test_not_a_file);
  g_test_add_func ("/probe/missing", test_missing);
  g_test_add_func ("/probe/unusable", test_unusable);
  g_test_add_func ("/probe/truncated", test_truncated);
  g_test_add_func ("/probe/bomb", test_bomb);
  g_test_add_func ("/probe/missing-decoder", test_missing_decoder);
  g_test_add_func ("/probe/cancel", test_cancel);
  g_test_add_func ("/probe/many", test_many);
  return g_test_run ();
}
