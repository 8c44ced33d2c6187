/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One film of several clips: frame by frame against the clips themselves. */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/app/app.h>

#include "media-fixtures.h"
#include "yj-join.h"

#define BT709 "video/x-raw,format=I420,colorimetry=bt709"

/* The frames of a clip as decoded: a hash of the pixels each, and when they are shown. */
typedef struct
{
  GPtrArray *hashes;
  GArray    *times;             /* ns */
  gint64     sound_end;         /* ns */
} Decoded;

static void
decode_stream (GFile      *file,
               const char *type,
               Decoded    *decoded)
{
  g_autofree char *line = g_strdup_printf ("filesrc location=\"%s\" ! decodebin ! appsink name=out sync=false caps=%s",
                                           g_file_peek_path (file), type);
  g_autoptr(GError) error = NULL;
  g_autoptr(GstElement) pipeline = gst_parse_launch (line, &error);
  g_autoptr(GstElement) out = NULL;
  GstSample *sample;

  g_assert_no_error (error);
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((sample = gst_app_sink_pull_sample (GST_APP_SINK (out))) != NULL)
    {
      GstBuffer *buffer = gst_sample_get_buffer (sample);
      gint64 time = (gint64) gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
      GstMapInfo map;

      if (g_str_has_prefix (type, "audio"))
        decoded->sound_end = time + (gint64) GST_BUFFER_DURATION (buffer);
      else
        {
          gst_buffer_map (buffer, &map, GST_MAP_READ);
          g_ptr_array_add (decoded->hashes, g_compute_checksum_for_data (G_CHECKSUM_MD5, map.data, map.size));
          g_array_append_val (decoded->times, time);
          gst_buffer_unmap (buffer, &map);
        }
      gst_sample_unref (sample);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static Decoded *
decode (GFile    *file,
        gboolean  sound)
{
  Decoded *decoded = g_new0 (Decoded, 1);

  decoded->hashes = g_ptr_array_new_with_free_func (g_free);
  decoded->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  decode_stream (file, "video/x-raw,format=I420", decoded);
  if (sound)
    decode_stream (file, "audio/x-raw", decoded);
  return decoded;
}

static void
decoded_free (Decoded *decoded)
{
  g_ptr_array_unref (decoded->hashes);
  g_array_unref (decoded->times);
  g_free (decoded);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Decoded, decoded_free)

static YjJoinPlan *
make_plan (GPtrArray *files)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjJoinPlan *plan;

  yj_join_plan_async (files, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  plan = yj_join_plan_finish (result, &error);
  g_assert_no_error (error);
  return plan;
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1.0001);
  *last = fraction;
}

static gboolean
join (const YjJoinPlan  *plan,
      GFile             *film,
      GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  double last = 0;
  gboolean done;

  yj_join_run_async (plan, film, progress_cb, &last, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  done = yj_join_run_finish (result, error);
  g_assert_true (!done || last > 0);
  return done;
}

/* Frames of clips put together as they are, each at its time. */
static void
check_frames (GFile     *film,
              GPtrArray *files,
              gboolean   sound)
{
  g_autoptr(Decoded) whole = decode (film, sound);
  guint n = 0;
  gint64 offset = 0;

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr(Decoded) part = decode (files->pdata[i], FALSE);

      for (guint j = 0; j < part->hashes->len; j++, n++)
        {
          g_assert_cmpuint (n, <, whole->hashes->len);
          g_assert_cmpstr (whole->hashes->pdata[n], ==, part->hashes->pdata[j]);
          g_assert_cmpint (ABS (g_array_index (whole->times, gint64, n) - offset - (gint64) (j * FRAME_NS)), <, GST_MSECOND);
        }
      offset += part->hashes->len * FRAME_NS;
    }
  g_assert_cmpuint (n, ==, whole->hashes->len);
  if (sound)
    g_assert_cmpint (ABS (whole->sound_end - offset), <, 100 * GST_MSECOND);
}

/* B frames, and more key frames than one: the parts of test-frame-grab.c, of different lengths. */
static void
test_as_is (gconstpointer data)
{
  gboolean sound = GPOINTER_TO_INT (data);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GFile) film = media_file (sound ? "film-sound.mp4" : "film.mp4");
  g_autoptr(YjJoinPlan) plan = NULL;
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (files, media_clip (sound ? "s1.mp4" : "1.mp4", 40, BT709, sound));
  g_ptr_array_add (files, media_clip (sound ? "s2.mp4" : "2.mp4", 13, BT709, sound));
  g_ptr_array_add (files, media_clip (sound ? "s3.mp4" : "3.mp4", 25, BT709, sound));
  plan = make_plan (files);
  g_assert_cmpint (plan->reason, ==, YJ_JOIN_AS_IS);
  join (plan, film, &error);
  g_assert_no_error (error);
  check_frames (film, files, sound);

  /* What is there is never written over. */
  g_assert_false (join (plan, film, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  check_frames (film, files, sound);
}

static GFile *
other_clip (const char *name,
            const char *caps,
            const char *sound)
{
  g_autofree char *line = g_strdup_printf ("mp4mux name=m videotestsrc pattern=ball num-buffers=20 ! %s ! x264enc ! m. %s m.", caps, sound);

  return media_launch (name, line);
}

/* Of another size, without sound, in another codec: everything has the size of the first then. */
static void
test_encoded (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GFile) film = media_file ("encoded.mp4");
  g_autoptr(YjJoinPlan) plan = NULL, again = NULL;
  g_autoptr(GPtrArray) films = g_ptr_array_new ();
  g_autoptr(Decoded) whole = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  const YjMediaInfo *info;
  const char *name;

  g_ptr_array_add (files, media_clip ("first.mp4", 25, BT709, TRUE));
  g_ptr_array_add (files, other_clip ("larger.mp4", "video/x-raw,format=I420,width=320,height=180,framerate=25/1", ""));
  g_ptr_array_add (files, media_clip ("third.webm", 15, BT709, TRUE));
  plan = make_plan (files);
  g_assert_cmpint (plan->reason, ==, YJ_JOIN_SIZE);
  join (plan, film, &error);
  g_assert_no_error (error);
  g_ptr_array_add (films, film);
  again = make_plan (films);
  info = again->infos->pdata[0];
  g_assert_cmpint (info->width, ==, 96);
  g_assert_cmpint (info->height, ==, 64);
  g_assert_true (info->has_audio);
  whole = decode (film, TRUE);
  g_assert_cmpuint (whole->hashes->len, ==, 60);
  g_assert_cmpint (ABS (whole->sound_end - (gint64) (60 * FRAME_NS)), <, 150 * GST_MSECOND);
  /* Nothing of the work stays. */
  dir = g_dir_open (media_folder (), 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "encoded.mp4."));
}

static void
test_reasons (void)
{
  const struct { const char *name, *caps, *sound; YjJoinReason reason; } others[] = {
    { "rate.mp4", "video/x-raw,format=I420,width=96,height=64,framerate=30/1", "", YJ_JOIN_RATE },
    { "sound.mp4", "video/x-raw,format=I420,width=96,height=64,framerate=25/1",
      "audiotestsrc num-buffers=20 ! audio/x-raw,rate=48000 ! audioconvert ! avenc_aac ! m.", YJ_JOIN_SOUND },
    { "coding.mp4", "video/x-raw,format=I420,width=96,height=64,framerate=25/1", "", YJ_JOIN_CODING },
  };
  g_autoptr(GFile) first = media_clip ("reasons.mp4", 10, BT709, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr(YjJoinPlan) plan = NULL;

      g_ptr_array_add (files, g_object_ref (first));
      g_ptr_array_add (files, other_clip (others[i].name, others[i].caps, others[i].sound));
      plan = make_plan (files);
      g_assert_cmpint (plan->reason, ==, others[i].reason);
    }
}

/* Neither the film nor what it would have been made of. */
static void
assert_nothing_of (GFile *film)
{
  g_autoptr(GFile) folder = g_file_get_parent (film);
  g_autofree char *base = g_file_get_basename (film);
  g_autoptr(GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, base))
      g_error ("%s is left", name);
}

static void
test_cancelled (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GFile) film = media_file ("cancelled.mp4");
  g_autoptr(YjJoinPlan) plan = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (files, media_clip ("c1.mp4", 40, BT709, FALSE));
  g_ptr_array_add (files, other_clip ("c2.mp4", "video/x-raw,format=I420,width=320,height=180,framerate=25/1", ""));
  plan = make_plan (files);
  yj_join_run_async (plan, film, NULL, NULL, cancellable, yj_test_take_result, &result);
  g_cancellable_cancel (cancellable);
  yj_test_wait (result != NULL);
  g_assert_false (yj_join_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing_of (film);
}

/* In the middle of the work. */
static void
stop_cb (double   fraction,
         gpointer user_data)
{
  if (fraction > 0.1)
    g_cancellable_cancel (user_data);
}

static void
test_stopped (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GFile) film = media_file ("stopped.mp4");
  g_autoptr(YjJoinPlan) plan = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (files, media_clip ("s1.mp4", 50, BT709, FALSE));
  g_ptr_array_add (files, other_clip ("s2.mp4", "video/x-raw,format=I420,width=320,height=180,framerate=25/1", ""));
  plan = make_plan (files);
  yj_join_run_async (plan, film, stop_cb, cancellable, cancellable, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_false (yj_join_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing_of (film);
}

/* They were thought to be alike. */
static void
test_not_alike (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GFile) film = media_file ("not-alike.mp4"), first = media_clip ("n1.mp4", 10, BT709, FALSE);
  g_autoptr(YjJoinPlan) plan = NULL, of_film = NULL;
  g_autoptr(GPtrArray) films = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (files, g_object_ref (first));
  g_ptr_array_add (files, other_clip ("n2.mp4", "video/x-raw,format=I420,width=320,height=180,framerate=25/1", ""));
  plan = make_plan (files);
  g_assert_cmpint (plan->reason, !=, YJ_JOIN_AS_IS);
  plan->reason = YJ_JOIN_AS_IS;
  g_assert_true (join (plan, film, &error));
  g_assert_no_error (error);
  g_ptr_array_add (films, g_object_ref (film));
  g_ptr_array_add (films, g_object_ref (film));
  of_film = make_plan (films);
  g_assert_cmpint (of_film->width, ==, plan->width);
  g_assert_cmpint (of_film->height, ==, plan->height);
  g_assert_cmpint (ABS (of_film->duration / 2 - plan->duration), <, 100 * G_GINT64_CONSTANT (1000000));
}

/* Runs the test below in a view of the disk in which there is a small one. */
static void
test_full (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL), *path = g_dir_make_tmp ("yuanjing-full-XXXXXX", NULL);
  g_autofree char *setting = g_strconcat ("YJ_TEST_FOLDER=", path, NULL), *output = NULL, *errors = NULL;
  const char *args[] = { "bwrap", "--dev-bind", "/", "/", "--size", "8388608", "--tmpfs", path, "--", "env", setting,
                         self, "--tap", "-p", "/inner/full", NULL };
  g_autoptr(GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) args, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors, &status, &error))
    g_test_skip (error->message);
  else if (strstr (output, "Start of inner tests") == NULL)
    g_test_skip (errors);
  else
    {
      g_test_message ("%s%s", output, errors);
      g_assert_true (g_spawn_check_wait_status (status, NULL));
    }
  g_rmdir (path);
}

/* @room: bytes that are left */
static void
check_full (YjJoinPlan *plan,
            gsize       room)
{
  const char *folder = g_getenv ("YJ_TEST_FOLDER");
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autoptr(GFile) film = g_file_new_build_filename (folder, "film.mp4", NULL);
  g_autoptr(GError) error = NULL;
  char block[4096] = { 1 };
  int fd = g_open (ballast, O_WRONLY | O_CREAT, 0600);
  gsize written = 0;

  while (write (fd, block, sizeof block) > 0)
    written += sizeof block;
  g_assert_cmpint (ftruncate (fd, (off_t) (written - room)), ==, 0);
  close (fd);
  g_assert_false (join (plan, film, &error));
  g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FULL);
  assert_nothing_of (film);

  /* room helps */
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (ballast), ==, 0);
  g_assert_true (join (plan, film, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_delete (film, NULL, NULL));
}

static void
inner_full (void)
{
  g_autoptr(GPtrArray) alike = g_ptr_array_new_with_free_func (g_object_unref), others = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(YjJoinPlan) as_is = NULL, encoded = NULL;

  g_ptr_array_add (alike, media_clip ("full1.mp4", 50, BT709, FALSE));
  g_ptr_array_add (alike, media_clip ("full2.mp4", 50, BT709, FALSE));
  as_is = make_plan (alike);
  g_assert_cmpint (as_is->reason, ==, YJ_JOIN_AS_IS);
  check_full (as_is, 4096);
  g_ptr_array_add (others, g_object_ref (alike->pdata[0]));
  g_ptr_array_add (others, other_clip ("full3.mp4", "video/x-raw,format=I420,width=320,height=180,framerate=25/1", ""));
  encoded = make_plan (others);
  check_full (encoded, 4096);
  check_full (encoded, 0);
}

static void
test_no_folder (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GFile) folder = media_file ("no-such-folder/film.mp4");
  g_autoptr(YjJoinPlan) plan = NULL;
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (files, media_clip ("f1.mp4", 10, BT709, FALSE));
  g_ptr_array_add (files, media_clip ("f2.mp4", 10, BT709, FALSE));
  plan = make_plan (files);
  g_assert_false (join (plan, folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  media_init ();
  if (g_getenv ("YJ_TEST_FOLDER") != NULL)
    {
      g_test_add_func ("/inner/full", inner_full);
      return g_test_run ();
    }
  g_test_add_data_func ("/join/as-is", GINT_TO_POINTER (FALSE), test_as_is);
  g_test_add_data_func ("/join/as-is-with-sound", GINT_TO_POINTER (TRUE), test_as_is);
  g_test_add_func ("/join/encoded", test_encoded);
  g_test_add_func ("/join/reasons", test_reasons);
  g_test_add_func ("/join/cancelled", test_cancelled);
  g_test_add_func ("/join/stopped", test_stopped);
  g_test_add_func ("/join/not-alike", test_not_alike);
  g_test_add_func ("/join/full", test_full);
  g_test_add_func ("/join/no-folder", test_no_folder);
  return g_test_run ();
}
