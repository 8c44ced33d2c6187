/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is cut out of files before they are sent, and that nothing else is. */
#include <string.h>
#include <unistd.h>

#include "media-fixtures.h"
#include "tiff-fixtures.h"
#include "yj-camera-facts.h"
#include "yj-poster.h"
#include "yj-probe.h"

#define SECRET "SECRET-PLACE"
#define MUTATIONS 1500

static void
append (GByteArray   *array,
        gconstpointer data,
        gsize         length)
{
  g_byte_array_append (array, data, length);
}

static GBytes *
read_file (GFile *file)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = g_file_load_bytes (file, NULL, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

static gboolean
holds (GBytes     *bytes,
       const char *text)
{
  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text)) != NULL;
}

static void
check_cuts (GPtrArray *cuts,
            gint64     size)
{
  gint64 at = 0;

  for (guint i = 0; i < cuts->len; i++)
    {
      const YjCut *cut = g_ptr_array_index (cuts, i);

      g_assert_cmpint (cut->at, >=, at);
      g_assert_cmpint (cut->length, >=, 0);
      g_assert_cmpint (cut->length, <=, size - cut->at);
      g_assert_true (cut->length > 0 || cut->instead != NULL);
      at = cut->at + cut->length;
    }
}

/* What would be sent. */
static GBytes *
apply (GBytes    *bytes,
       GPtrArray *cuts)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  GByteArray *array = g_byte_array_new ();
  gsize at = 0;

  for (guint i = 0; i < cuts->len; i++)
    {
      const YjCut *cut = g_ptr_array_index (cuts, i);

      append (array, data + at, cut->at - at);
      if (cut->instead != NULL)
        append (array, g_bytes_get_data (cut->instead, NULL), g_bytes_get_size (cut->instead));
      at = cut->at + cut->length;
    }
  append (array, data + at, g_bytes_get_size (bytes) - at);
  return g_byte_array_free_to_bytes (array);
}

/* Cuts the file and says what there was; the cut one has no secret and no more to be cut. */
static GFile *
strip (GFile         *file,
       YjCameraFacts  expected)
{
  g_autofree char *base = g_file_get_basename (file), *name = g_strconcat ("sent-", base, NULL);
  g_autoptr(GBytes) bytes = read_file (file), sent = NULL;
  g_autoptr(GPtrArray) cuts = NULL, again = NULL;
  g_autoptr(GError) error = NULL;
  YjCameraFacts facts;
  GFile *stripped;
  gint64 size;

  facts = yj_camera_facts_find (file, &size, &cuts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (facts, ==, expected);
  g_assert_cmpint (size, ==, g_bytes_get_size (bytes));
  check_cuts (cuts, size);
  sent = apply (bytes, cuts);
  stripped = media_write (name, g_bytes_get_data (sent, NULL), g_bytes_get_size (sent));
  if (facts != YJ_CAMERA_FACTS_FOUND)
    {
      g_assert_cmpuint (cuts->len, ==, 0);
      return stripped;
    }
  g_assert_false (holds (sent, SECRET));
  g_assert_cmpint (yj_camera_facts_find (stripped, &size, &again, NULL), ==, YJ_CAMERA_FACTS_NONE);
  return stripped;
}

static GdkTexture *
load (GFile *file)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GdkTexture *texture;

  yj_poster_load_async (file, 512, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  texture = yj_poster_load_finish (result, &error);
  g_assert_no_error (error);
  return texture;
}

/* Every pixel is the same, and so is the way up. */
static void
assert_same_picture (GFile *one,
                     GFile *other)
{
  g_autoptr(GdkTexture) a = load (one), b = load (other);

  g_assert_cmpint (gdk_texture_get_width (a), ==, gdk_texture_get_width (b));
  g_assert_cmpint (gdk_texture_get_height (a), ==, gdk_texture_get_height (b));
  for (int y = 0; y < gdk_texture_get_height (a); y += 7)
    for (int x = 0; x < gdk_texture_get_width (a); x += 5)
      g_assert_cmphex (media_pixel (a, x, y), ==, media_pixel (b, x, y));
}

/* ---- pictures */
#define EXIF_LENGTH 64

/* An orientation, and a name of the maker with our secret. */
static void
make_exif (guint8 *tiff,
           guint   orientation)
{
  static const guint8 exif[EXIF_LENGTH] = "II*\0\x08\0\0\0" "\2\0" "\x0f\1\2\0\x10\0\0\0\x26\0\0\0" "\x12\1\3\0\1\0\0\0\0\0\0\0" "\0\0\0\0" SECRET;

  memcpy (tiff, exif, EXIF_LENGTH);
  tiff[30] = orientation;
}

static void
append_segment (GByteArray *jpeg,
                guint8      marker,
                const char *name,
                gsize       name_length,
                const void *data,
                gsize       length)
{
  guint8 head[] = { 0xff, marker, (name_length + length + 2) >> 8, (name_length + length + 2) & 0xff };

  append (jpeg, head, 4);
  append (jpeg, name, name_length);
  append (jpeg, data, length);
}

static GBytes *
make_picture (const char *encoder)
{
  g_autofree char *pipeline = g_strdup_printf ("videotestsrc pattern=smpte num-buffers=1 ! video/x-raw,width=120,height=80 ! videoconvert ! %s", encoder);
  g_autoptr(GFile) file = media_launch ("picture", pipeline);

  return read_file (file);
}

static GFile *
make_jpeg (guint orientation)
{
  g_autoptr(GBytes) plain = make_picture ("video/x-raw,format=I420 ! jpegenc");
  g_autoptr(GByteArray) jpeg = g_byte_array_new ();
  const guint8 *data = g_bytes_get_data (plain, NULL);
  gsize size = g_bytes_get_size (plain);
  guint8 exif[EXIF_LENGTH];

  make_exif (exif, orientation);
  append (jpeg, data, 2);
  append_segment (jpeg, 0xe1, "Exif\0", 6, exif, EXIF_LENGTH);
  append_segment (jpeg, 0xe1, "http://ns.adobe.com/xap/1.0/", 29, SECRET, sizeof SECRET);
  append_segment (jpeg, 0xe2, "ICC_PROFILE\0\1\1", 14, "a profile that stays", 20);
  append_segment (jpeg, 0xe2, "MPF", 4, SECRET, sizeof SECRET);
  append_segment (jpeg, 0xed, "Photoshop 3.0", 14, SECRET, sizeof SECRET);
  append_segment (jpeg, 0xfe, "", 0, SECRET, sizeof SECRET);
  append (jpeg, data + 2, size - 2);
  append (jpeg, data, 2);       /* a second picture behind the first, as cameras add it */
  append_segment (jpeg, 0xe1, "Exif\0", 6, exif, EXIF_LENGTH);
  append (jpeg, data + 2, size - 2);
  return media_write ("a.jpg", jpeg->data, jpeg->len);
}

static void
test_jpeg (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr(GFile) file = make_jpeg (orientation);
      g_autoptr(GFile) sent = strip (file, YJ_CAMERA_FACTS_FOUND);
      g_autoptr(GBytes) bytes = read_file (sent);

      g_assert_true (holds (bytes, "a profile that stays"));
      g_assert_false (holds (bytes, "MPF"));
      g_assert_cmpint (holds (bytes, "Exif"), ==, orientation != 1);
      assert_same_picture (file, sent);
    }
}

static void
append_chunk (GByteArray *png,
              const char *type,
              const void *data,
              gsize       length)
{
  guint8 head[] = { 0, 0, length >> 8, length & 0xff, type[0], type[1], type[2], type[3] };

  append (png, head, 8);
  append (png, data, length);
  append (png, "\0\0\0\0", 4);  /* its checksum, which none looks at in these */
}

static GFile *
make_png (guint orientation)
{
  g_autoptr(GBytes) plain = make_picture ("pngenc");
  g_autoptr(GByteArray) png = g_byte_array_new ();
  const guint8 *data = g_bytes_get_data (plain, NULL);
  guint8 exif[EXIF_LENGTH];

  make_exif (exif, orientation);
  append (png, data, 33);       /* signature and IHDR */
  append_chunk (png, "tEXt", "Comment\0" SECRET, 8 + strlen (SECRET));
  append_chunk (png, "iTXt", "XML:com.adobe.xmp\0\0\0\0\0" SECRET, 22 + strlen (SECRET));
  append_chunk (png, "tIME", "\x07\xe9\1\2\3\4\5", 7);
  append_chunk (png, "eXIf", exif, EXIF_LENGTH);
  append (png, data + 33, g_bytes_get_size (plain) - 33);
  append (png, SECRET, strlen (SECRET));
  return media_write ("a.png", png->data, png->len);
}

static void
test_png (void)
{
  static const guint orientations[] = { 1, 3, 6 };

  for (guint i = 0; i < G_N_ELEMENTS (orientations); i++)
    {
      g_autoptr(GFile) file = make_png (orientations[i]);
      g_autoptr(GFile) sent = strip (file, YJ_CAMERA_FACTS_FOUND);
      g_autoptr(GBytes) bytes = read_file (sent);

      g_assert_false (holds (bytes, "tIME"));
      g_assert_cmpint (holds (bytes, "eXIf"), ==, orientations[i] != 1);
      assert_same_picture (file, sent);
    }
}

static void
append_riff_chunk (GByteArray *riff,
                   const char *type,
                   const void *data,
                   gsize       length)
{
  guint8 head[] = { type[0], type[1], type[2], type[3], length & 0xff, length >> 8 & 0xff, length >> 16 & 0xff, 0 };

  append (riff, head, 8);
  append (riff, data, length);
  if (length & 1)
    append (riff, "", 1);
}

static void
set_riff_size (GByteArray *riff)
{
  guint32 size = GUINT32_TO_LE (riff->len - 8);

  memcpy (riff->data + 4, &size, 4);
}

static GFile *
make_webp (guint orientation)
{
  g_autoptr(GBytes) plain = make_picture ("webpenc lossless=true");
  g_autoptr(GByteArray) webp = g_byte_array_new ();
  const guint8 *data = g_bytes_get_data (plain, NULL);
  guint8 exif[EXIF_LENGTH];

  make_exif (exif, orientation);
  append (webp, data, 12);
  append_riff_chunk (webp, "VP8X", "\x0c\0\0\0\x77\0\0\x4f\0\0", 10);   /* EXIF and XMP; 120 × 80 */
  append (webp, data + 12, g_bytes_get_size (plain) - 12);
  append_riff_chunk (webp, "EXIF", exif, EXIF_LENGTH);
  append_riff_chunk (webp, "XMP ", SECRET, strlen (SECRET) - 1);
  set_riff_size (webp);
  return media_write ("a.webp", webp->data, webp->len);
}

static void
test_webp (void)
{
  static const guint orientations[] = { 1, 6 };

  for (guint i = 0; i < G_N_ELEMENTS (orientations); i++)
    {
      g_autoptr(GFile) file = make_webp (orientations[i]);
      g_autoptr(GFile) sent = strip (file, YJ_CAMERA_FACTS_FOUND);
      g_autoptr(GBytes) bytes = read_file (sent);
      const guint8 *data = g_bytes_get_data (bytes, NULL);

      g_assert_cmphex (data[20], ==, orientations[i] == 1 ? 0 : 0x08);
      g_assert_cmpuint (data[4] | data[5] << 8 | data[6] << 16, ==, g_bytes_get_size (bytes) - 8);
      assert_same_picture (file, sent);
    }
}

static GFile *
make_gif (void)
{
  static const guint8 gif[] = "GIF89a\2\0\2\0\x80\0\0\xff\0\0\0\0\xff" "!\xfe\x0c" SECRET "\0" "!\xff\x0bXMP DataXMP\x0c" SECRET "\0"
                              ",\0\0\0\0\2\0\2\0\0\2\3\x44\x02\x05\0;";

  return media_write ("a.gif", gif, sizeof gif - 1);
}

static void
test_gif (void)
{
  g_autoptr(GFile) file = make_gif ();
  g_autoptr(GFile) sent = strip (file, YJ_CAMERA_FACTS_FOUND);
  g_autoptr(GBytes) before = read_file (file), after = read_file (sent);

  g_assert_cmpuint (g_bytes_get_size (after), ==, g_bytes_get_size (before) - (3 + 12 + 1) - (14 + 13 + 1));
}

/* ---- clips and sounds */
static GFile *
make_mp4 (const char *muxer,
          const char *name)
{
  g_autofree char *pipeline = g_strdup_printf ("videotestsrc num-buffers=25 ! video/x-raw,width=96,height=64,framerate=25/1 ! x264enc ! h264parse ! "
                                               "taginject tags=\"title=" SECRET ",device-manufacturer=" SECRET ",device-model=" SECRET
                                               ",geo-location-latitude=(double)31.5,geo-location-longitude=(double)121.5,comment=" SECRET "\" ! %s", muxer);

  return media_launch (name, pipeline);
}

static void
test_clip (void)
{
  static const struct { const char *muxer, *name; } muxers[] = {
    { "mp4mux", "a.mp4" }, { "mp4mux faststart=true", "fast.mp4" }, { "qtmux", "a.mov" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (muxers); i++)
    {
      g_autoptr(GFile) file = make_mp4 (muxers[i].muxer, muxers[i].name);
      g_autoptr(GBytes) before = read_file (file), after = NULL;
      g_autoptr(GFile) sent = NULL;
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(YjMediaInfo) info = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (holds (before, SECRET));
      sent = strip (file, YJ_CAMERA_FACTS_FOUND);
      after = read_file (sent);
      g_assert_cmpuint (g_bytes_get_size (after), ==, g_bytes_get_size (before));       /* offsets hold */
      g_assert_false (holds (after, "udta"));
      yj_probe_async (sent, NULL, yj_test_take_result, &result);
      yj_test_wait (result != NULL);
      info = yj_probe_finish (result, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info->duration, ==, GST_SECOND);
      assert_same_picture (file, sent);
    }
}

/* Bytes behind the last box: what a camera keeps there is left out; a clip that was cut short keeps its pictures, and what
   its index tells is taken out. */
static void
test_clip_with_rest (void)
{
  static const struct { const char *bytes; gsize length; } rests[] = {
    { "\0\0\0", 3 }, { "\x7f\xff\xff\xffSEFT" SECRET, 8 + sizeof SECRET - 1 }, { "\0\0\0\3abc" SECRET, 7 + sizeof SECRET - 1 },
  };
  g_autoptr(GFile) whole = make_mp4 ("mp4mux faststart=true", "whole.mp4"), bare = strip (whole, YJ_CAMERA_FACTS_FOUND), cut = NULL, sent = NULL;
  g_autoptr(GBytes) bytes = read_file (whole), expected = read_file (bare), short_bytes = NULL;
  gsize size = g_bytes_get_size (bytes);

  for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autoptr(GByteArray) longer = g_byte_array_new ();
      g_autoptr(GFile) file = NULL, without = NULL;
      g_autoptr(GBytes) got = NULL;

      append (longer, g_bytes_get_data (bytes, NULL), size);
      append (longer, rests[i].bytes, rests[i].length);
      file = media_write ("longer.mp4", longer->data, longer->len);
      without = strip (file, YJ_CAMERA_FACTS_FOUND);
      got = read_file (without);
      g_assert_true (g_bytes_equal (got, expected));
    }

  cut = media_write ("cut.mp4", g_bytes_get_data (bytes, NULL), size - 200);
  sent = strip (cut, YJ_CAMERA_FACTS_FOUND);
  short_bytes = read_file (sent);
  g_assert_cmpuint (g_bytes_get_size (short_bytes), ==, size - 200);
  g_assert_cmpmem (g_bytes_get_data (short_bytes, NULL), size - 200, g_bytes_get_data (expected, NULL), size - 200);
}

/* A track with pictures and one whose samples are words, which is sound or, under another name, what a drone writes there. */
static GFile *
make_tracks (const char *muxer,
             const char *handler,
             const char *name)
{
  g_autoptr(GByteArray) words = g_byte_array_new ();
  g_autoptr(GFile) raw = NULL, plain = NULL, made = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *path = NULL, *pipeline = NULL;
  guint8 *data, *at;
  gsize size;

  for (guint i = 0; i < 2000; i++)
    append (words, SECRET, strlen (SECRET));
  raw = media_write ("words.raw", words->data, words->len);
  path = g_file_get_path (raw);
  pipeline = g_strdup_printf ("%s name=mux videotestsrc num-buffers=50 ! video/x-raw,width=320,height=240,framerate=25/1 ! x264enc ! "
                              "h264parse ! mux. filesrc blocksize=1600 location=%s ! rawaudioparse pcm-format=s16le sample-rate=8000 "
                              "num-channels=1 ! mux. mux.", muxer, path);
  plain = media_launch ("plain.mov", pipeline);
  bytes = read_file (plain);
  data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  at = memmem (data, size, "mhlrsoun", 8);
  g_assert_nonnull (at);
  memcpy (at + 4, handler, 4);
  made = media_write (name, data, size);
  g_free (data);

  return g_steal_pointer (&made);
}

/* Where a drone was stands in a track of its own: it goes, whatever it is called, and the pictures stay as they are. */
static void
test_clip_with_track (void)
{
  static const char * const handlers[] = { "meta", "text", "sbtl", "GPS " }, * const muxers[] = { "qtmux", "qtmux faststart=true" };
  g_autoptr(GFile) sound = make_tracks ("qtmux", "soun", "sound.mov");
  g_autoptr(GFile) pieces = make_tracks ("qtmux fragment-duration=500", "meta", "pieces.mov"), left = NULL;
  g_autoptr(GFile) whole = make_tracks ("qtmux faststart=true", "meta", "whole.mov"), cut = NULL, sent_cut = NULL;
  g_autoptr(GBytes) heard = read_file (sound), sent_sound = NULL, all = read_file (whole);
  g_autoptr(GPtrArray) cuts = NULL;
  gint64 size;

  g_assert_cmpint (yj_camera_facts_find (sound, &size, &cuts, NULL), ==, YJ_CAMERA_FACTS_FOUND);
  sent_sound = apply (heard, cuts);
  g_assert_true (holds (sent_sound, SECRET));
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    {
      g_autoptr(GFile) file = make_tracks (muxers[i % 2], handlers[i], "track.mov"), sent = strip (file, YJ_CAMERA_FACTS_FOUND);
      g_autoptr(GBytes) before = read_file (file), after = read_file (sent);

      g_assert_true (holds (before, SECRET));
      g_assert_false (holds (after, SECRET));
      g_assert_false (holds (after, handlers[i]));
      g_assert_cmpuint (g_bytes_get_size (after), ==, g_bytes_get_size (before));       /* offsets hold */
      assert_same_picture (file, sent);
    }

  /* in fragments, or with its end missing, its samples are not found: that is said, and nothing is half done */
  left = strip (pieces, YJ_CAMERA_FACTS_BROKEN);
  cut = media_write ("half.mov", g_bytes_get_data (all, NULL), g_bytes_get_size (all) - 2000);
  sent_cut = strip (cut, YJ_CAMERA_FACTS_BROKEN);
}

static GFile *
make_mp3 (void)
{
  return media_launch ("a.mp3", "audiotestsrc num-buffers=20 ! lamemp3enc ! taginject tags=\"title=" SECRET ",comment=" SECRET "\" ! "
                       "id3mux write-v2=true write-v1=true");
}

static void
test_sound (void)
{
  g_autoptr(GFile) mp3 = make_mp3 (), wav = NULL, sent_mp3 = NULL, sent_wav = NULL;
  g_autoptr(GBytes) plain = NULL, of_mp3 = NULL, of_wav = NULL;
  /* GStreamer itself tells how the tone was made */
  g_autoptr(GFile) named = media_launch ("named.wav", "audiotestsrc num-buffers=20 ! audio/x-raw,rate=48000,channels=1 ! wavenc");
  g_autoptr(GFile) pure = strip (named, YJ_CAMERA_FACTS_FOUND);
  g_autoptr(GByteArray) riff = g_byte_array_new ();
  g_autoptr(GBytes) pure_bytes = read_file (pure);

  sent_mp3 = strip (mp3, YJ_CAMERA_FACTS_FOUND);
  of_mp3 = read_file (sent_mp3);
  g_assert_cmphex (((const guint8 *) g_bytes_get_data (of_mp3, NULL))[0], ==, 0xff);

  append (riff, g_bytes_get_data (pure_bytes, NULL), 36);
  append_riff_chunk (riff, "bext", SECRET, strlen (SECRET));
  append (riff, (const guint8 *) g_bytes_get_data (pure_bytes, NULL) + 36, g_bytes_get_size (pure_bytes) - 36);
  append_riff_chunk (riff, "LIST", "INFO" SECRET, 4 + strlen (SECRET));
  set_riff_size (riff);
  wav = media_write ("told.wav", riff->data, riff->len);
  sent_wav = strip (wav, YJ_CAMERA_FACTS_FOUND);
  of_wav = read_file (sent_wav);
  g_assert_true (g_bytes_equal (of_wav, pure_bytes));
}

/* ---- what is not as it should be */
/* ---- HEIC and AVIF: EXIF lies in the box "mdat", XMP in "idat" */
#define IMAGE "the-picture-itself"
#define HEIF_EXIF "\0\0\0\6Exif\0\0MM\0*" SECRET "-of-the-camera"
#define HEIF_XMP "<x:xmpmeta>" SECRET "</x:xmpmeta>"

static void
append_number (GByteArray *array,
               guint64     number,
               guint       n)
{
  for (guint i = n; i > 0; i--)
    append (array, &(guint8) { (guint8) (number >> (8 * (i - 1))) }, 1);
}

static void
append_box (GByteArray   *array,
            const char   *type,
            gconstpointer data,
            gsize         length)
{
  append_number (array, 8 + length, 4);
  append (array, type, 4);
  append (array, data, length);
}

static void
append_item (GByteArray *array,
             guint       id,
             const char *type,
             gsize       length)
{
  g_autoptr(GByteArray) item = g_byte_array_new ();

  append_number (item, 2 << 24, 4);
  append_number (item, id, 2);
  append_number (item, 0, 2);
  append (item, type, length);
  append_box (array, "infe", item->data, item->len);
}

/* @media: where the content of "mdat" begins. */
static void
append_place (GByteArray *array,
              guint       id,
              guint       method,
              gsize       at,
              gsize       length)
{
  append_number (array, id, 2);
  append_number (array, method, 2);
  append_number (array, 0, 2);
  append_number (array, 1, 2);
  append_number (array, at, 4);
  append_number (array, length, 4);
}

static GFile *
make_heif (const char *brand)
{
  gsize media = 0;
  g_autoptr(GByteArray) file = NULL;

  /* twice: the first time tells how long it is before the pictures */
  for (guint pass = 0; pass < 2; pass++)
    {
      g_autoptr(GByteArray) meta = g_byte_array_new (), names = g_byte_array_new (), places = g_byte_array_new ();

      append_number (names, 0, 4);
      append_number (names, 3, 2);
      append_item (names, 1, "hvc1", 5);
      append_item (names, 2, "Exif", 5);
      append_item (names, 3, "mime\0application/rdf+xml", 25);
      append_number (places, 1 << 24, 4);
      append_number (places, 0x4400, 2);
      append_number (places, 3, 2);
      append_place (places, 1, 0, media, strlen (IMAGE));
      append_place (places, 3, 1, 0, strlen (HEIF_XMP));
      append_place (places, 2, 0, media + strlen (IMAGE), sizeof HEIF_EXIF - 1);
      append_number (meta, 0, 4);
      append_box (meta, "iinf", names->data, names->len);
      append_box (meta, "iloc", places->data, places->len);
      append_box (meta, "idat", HEIF_XMP, strlen (HEIF_XMP));

      g_clear_pointer (&file, g_byte_array_unref);
      file = g_byte_array_new ();
      append_number (file, 16, 4);
      append (file, "ftyp", 4);
      append (file, brand, 4);
      append_number (file, 0, 4);
      append_box (file, "meta", meta->data, meta->len);
      media = file->len + 8;
    }
  append_box (file, "mdat", IMAGE HEIF_EXIF, strlen (IMAGE) + sizeof HEIF_EXIF - 1);
  return media_write (brand, file->data, file->len);
}

static void
test_heif (void)
{
  static const char * const brands[] = { "heic", "mif1", "avif" };

  for (guint i = 0; i < G_N_ELEMENTS (brands); i++)
    {
      g_autoptr(GFile) file = make_heif (brands[i]), sent = NULL;
      g_autoptr(GBytes) before = read_file (file), after = NULL;

      g_assert_true (holds (before, SECRET));
      sent = strip (file, YJ_CAMERA_FACTS_FOUND);
      after = read_file (sent);
      g_assert_cmpuint (g_bytes_get_size (after), ==, g_bytes_get_size (before));       /* offsets hold */
      g_assert_true (holds (after, IMAGE));
      g_assert_false (holds (after, "xmpmeta"));
      g_assert_nonnull (memmem (g_bytes_get_data (after, NULL), g_bytes_get_size (after), "\0\0\0\0MM\0*", 8));
    }
}

/* ---- TIFF */
static GFile *
make_tiff (TiffShape shape)
{
  g_autoptr(GBytes) bytes = NULL;

  shape.secret = SECRET;
  shape.pages = MAX (shape.pages, 1);
  bytes = tiff_make (&shape);
  return media_write ("a.tiff", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_tiff (void)
{
  for (guint i = 0; i < 4 * 8; i++)
    {
      g_autoptr(GFile) file = make_tiff ((TiffShape) { .little = i & 1, .big = (i & 2) != 0, .orientation = i / 4 + 1 });
      g_autoptr(GFile) sent = NULL;
      g_autoptr(GBytes) before = read_file (file), after = NULL;

      g_assert_true (holds (before, SECRET));
      sent = strip (file, YJ_CAMERA_FACTS_FOUND);
      after = read_file (sent);
      g_assert_cmpuint (g_bytes_get_size (after), ==, g_bytes_get_size (before));       /* offsets hold */
      if ((i & 2) == 0)         /* nothing here shows BigTIFF */
        assert_same_picture (file, sent);
    }
}

static guint
count_pages (GFile *file)
{
  g_autoptr(GBytes) bytes = read_file (file);
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  guint n = 0;

  for (guint at = data[4] | data[5] << 8; at != 0; n++)
    {
      guint end = at + 2 + 12 * (guint) (data[at] | data[at + 1] << 8);

      at = data[end] | data[end + 1] << 8;
    }
  return n;
}

/* Pages stay, thumbnails go; what is not known well enough is left whole. */
static void
test_tiff_pages (void)
{
  g_autoptr(GFile) three = make_tiff ((TiffShape) { .little = TRUE, .pages = 3 });
  g_autoptr(GFile) sent_three = strip (three, YJ_CAMERA_FACTS_FOUND), thumbnails = NULL, sent_one = NULL;
  g_autoptr(GFile) raw = NULL, sent_raw = NULL, circle = NULL, sent_circle = NULL, lying = NULL, sent_lying = NULL;
  g_autoptr(GFile) early = NULL, sent_early = NULL;

  g_assert_cmpuint (count_pages (sent_three), ==, 3);
  assert_same_picture (three, sent_three);

  thumbnails = make_tiff ((TiffShape) { .little = TRUE, .pages = 3, .kind_of_others = 1 });
  sent_one = strip (thumbnails, YJ_CAMERA_FACTS_FOUND);
  g_assert_cmpuint (count_pages (sent_one), ==, 1);
  assert_same_picture (thumbnails, sent_one);

  raw = make_tiff ((TiffShape) { .little = TRUE, .pages = 2, .kind = 1 });
  sent_raw = strip (raw, YJ_CAMERA_FACTS_UNKNOWN);
  circle = make_tiff ((TiffShape) { .little = TRUE, .pages = 2, .circle = TRUE });
  sent_circle = strip (circle, YJ_CAMERA_FACTS_BROKEN);
  /* its strips are longer than it says: what would be lost is a part of the picture */
  lying = make_tiff ((TiffShape) { .missing = 7 });
  sent_lying = strip (lying, YJ_CAMERA_FACTS_BROKEN);
  early = media_write ("early.tiff", "II*\0\x08\0\0\0\0\0\0\0\0\0\0\0", 16);
  sent_early = strip (early, YJ_CAMERA_FACTS_BROKEN);
}

static void
test_left_alone (void)
{
  g_autoptr(GFile) heic = media_write ("a.heic", "\0\0\0\x18""ftypheic\0\0\0\0mif1heic", 24);
  g_autoptr(GFile) text = media_write ("a.txt", "no picture", 10), empty = media_write ("empty.jpg", "", 0);
  g_autoptr(GFile) half = media_write ("half.jpg", "\xff\xd8\xff\xe1\x7f\xff" "Exif", 10);
  g_autoptr(GFile) gone = media_file ("gone.jpg"), folder = g_file_new_for_path (media_folder ());
  g_autoptr(GFile) b = strip (heic, YJ_CAMERA_FACTS_NONE);
  g_autoptr(GFile) c = strip (text, YJ_CAMERA_FACTS_UNKNOWN), d = strip (half, YJ_CAMERA_FACTS_BROKEN);
  g_autoptr(GFile) e = strip (empty, YJ_CAMERA_FACTS_UNKNOWN);
  g_autoptr(GPtrArray) cuts = NULL;
  g_autoptr(GError) missing = NULL, no_file = NULL;
  gint64 size;

  yj_camera_facts_find (gone, &size, &cuts, &missing);
  g_assert_error (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (cuts);
  yj_camera_facts_find (folder, &size, &cuts, &no_file);
  g_assert_error (no_file, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

/* Any change of any byte, any cut, any run put in: never a crash, never a cut beyond the file. */
static void
test_mutations (void)
{
  GFile *files[] = { make_jpeg (6), make_png (6), make_webp (6), make_gif (), make_mp4 ("mp4mux", "m.mp4"), make_mp4 ("qtmux", "m.mov"), make_mp3 (), make_heif ("heic"),
                     make_tiff ((TiffShape) { .little = TRUE, .pages = 2 }), make_tiff ((TiffShape) { .big = TRUE, .pages = 2 }) };
  g_autoptr(GRand) rand = g_rand_new_with_seed (20250101);
  guint verdicts[4] = { 0 };

  for (guint f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_autoptr(GFile) original = files[f];
      g_autoptr(GBytes) bytes = read_file (original);
      gsize size = g_bytes_get_size (bytes), head = MIN (size, 2000);

      for (guint i = 0; i < MUTATIONS; i++)
        {
          g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
          guint n = g_rand_int_range (rand, 1, 6);
          gsize length = i % 4 == 0 ? (gsize) g_rand_int_range (rand, 1, (gint32) size) : size;
          g_autoptr(GFile) file = NULL;
          g_autoptr(GPtrArray) cuts = NULL;
          gint64 found;

          for (guint j = 0; j < n; j++)
            {
              static const guint8 nasty[] = { 0, 1, 0x7f, 0x80, 0xff };
              gboolean late = f >= 4 && i % 2;          /* a clip's index may stand at the end */
              gsize at = (late ? size - head : 0) + (gsize) g_rand_int_range (rand, 0, (gint32) head);

              data[at] = i % 3 ? nasty[g_rand_int_range (rand, 0, 5)] : (guint8) g_rand_int (rand);
            }
          file = media_file ("mutant");         /* without waiting for the disk */
          g_assert_true (g_file_set_contents_full (g_file_peek_path (file), (const char *) data, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
          verdicts[yj_camera_facts_find (file, &found, &cuts, NULL)]++;
          g_assert_cmpint (found, ==, length);
          check_cuts (cuts, length);
        }
    }
  g_test_message ("none %u, found %u, unknown %u, broken %u", verdicts[0], verdicts[1], verdicts[2], verdicts[3]);
  g_assert_cmpuint (verdicts[YJ_CAMERA_FACTS_FOUND], >, 500);
  g_assert_cmpuint (verdicts[YJ_CAMERA_FACTS_BROKEN], >, 500);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  media_init ();

  g_test_add_func ("/camera-facts/jpeg", test_jpeg);
  g_test_add_func ("/camera-facts/png", test_png);
  g_test_add_func ("/camera-facts/webp", test_webp);
  g_test_add_func ("/camera-facts/gif", test_gif);
  g_test_add_func ("/camera-facts/heif", test_heif);
  g_test_add_func ("/camera-facts/tiff", test_tiff);
  g_test_add_func ("/camera-facts/tiff-pages", test_tiff_pages);
  g_test_add_func ("/camera-facts/clip", test_clip);
  g_test_add_func ("/camera-facts/clip-with-rest", test_clip_with_rest);
  g_test_add_func ("/camera-facts/clip-with-track", test_clip_with_track);
  g_test_add_func ("/camera-facts/sound", test_sound);
  g_test_add_func ("/camera-facts/left-alone", test_left_alone);
  g_test_add_func ("/camera-facts/mutations", test_mutations);

  return g_test_run ();
}
