/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The videos of a library moved elsewhere and back, cut off at any moment. */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "library-test.h"
#include "yj-named-file.h"
#include "yj-survey.h"
#include "yj-videos-move.h"

#define N_FILES 12

typedef struct
{
  char *root;
  char *library;
  char *videos;
  char *other;                  /* a folder to move to, with a stranger's file in it */
} Fixture;

static void
write_file (const char *folder,
            const char *name,
            char        fill,
            gsize       size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *content = g_malloc (size);
  g_autoptr(GError) error = NULL;

  memset (content, fill, size);
  g_file_set_contents (path, content, (gssize) size, &error);
  g_assert_no_error (error);
}

/* Another file system where this machine has one, so that files are really copied. */
static char *
make_other (void)
{
  g_autoptr(GError) error = NULL;
  char shared[] = "/dev/shm/yuanjing-videos-XXXXXX";
  char *path;

  if (g_mkdtemp (shared) != NULL)
    return g_strdup (shared);
  g_test_message ("No second file system: files are linked, not copied");
  path = g_dir_make_tmp ("yuanjing-videos-XXXXXX", &error);
  g_assert_no_error (error);
  return path;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  f->root = g_dir_make_tmp ("yuanjing-videos-XXXXXX", &error);
  g_assert_no_error (error);
  f->library = g_build_filename (f->root, "库 of mine", NULL);
  f->videos = g_build_filename (f->library, "videos", NULL);
  g_assert_no_errno (g_mkdir_with_parents (f->videos, 0700));
  f->other = make_other ();
  write_file (f->other, "stranger.txt", 's', 5);
  for (int i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("影片 %d.mp4", i);

      write_file (f->videos, name, (char) ('a' + i), 200000 + (gsize) i);
    }
  write_file (f->videos, "under-way.part", 'p', 999);
}

static void
remove_all (const char *path)
{
  const char *argv[] = { "rm", "-rf", "--", path, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  remove_all (f->other);
  remove_all (f->root);
  g_free (f->root);
  g_free (f->library);
  g_free (f->videos);
  g_free (f->other);
}

static guint
count (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
assert_whole (Fixture *f)
{
  for (int i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("影片 %d.mp4", i), *path = g_build_filename (f->videos, name, NULL);
      g_autofree char *content = NULL;
      g_autoptr(GError) error = NULL;
      gsize length;

      g_file_get_contents (path, &content, &length, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (length, ==, 200000 + (gsize) i);
      g_assert_true (content[0] == 'a' + i && content[length - 1] == 'a' + i);
    }
}

static gboolean
exists (const char *library,
        const char *name)
{
  g_autofree char *path = g_build_filename (library, name, NULL);
  struct stat facts;

  return lstat (path, &facts) == 0;
}

typedef struct
{
  GCancellable *cancellable;
  gint64        total;
  gint64        last;
} Watch;

static void
watch_cb (gint64   bytes,
          gpointer user_data)
{
  Watch *watch = user_data;

  if (bytes < 0)
    watch->total = -bytes;
  else
    watch->last = bytes;
  if (watch->cancellable != NULL && bytes > 500000)
    g_cancellable_cancel (watch->cancellable);
}

static gboolean
move (Fixture     *f,
      const char  *to,
      GError     **error)
{
  Watch watch = { NULL, 0, 0 };
  gboolean done = yj_videos_place_move (f->library, to, FALSE, watch_cb, &watch, NULL, error);

  if (done)
    g_assert_cmpint (watch.last, ==, watch.total);
  return done;
}

static void
test_there_and_back (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr(YjVideosPlace) place = NULL, home = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = g_build_filename (f->other, "Yuanjing", NULL);
  g_autoptr(GFile) video = g_file_new_build_filename (f->videos, "影片 0.mp4", NULL);
  g_autoptr(GFile) named = yj_named_file_make (video, "给别人.mp4");

  g_assert_false (g_file_equal (video, named));
  g_assert_true (move (f, f->other, &error));
  g_assert_no_error (error);
  assert_whole (f);
  place = yj_videos_place_look (f->library);
  g_assert_cmpstr (place->elsewhere, ==, expected);
  g_assert_false (place->gone);
  g_assert_null (place->unfinished);
  /* no half-made file and no second name went along, and nothing is left behind */
  g_assert_cmpuint (count (expected), ==, N_FILES);
  g_assert_false (exists (f->library, "videos.old"));
  g_assert_false (exists (f->library, "videos.new"));

  g_assert_true (move (f, NULL, &error));
  g_assert_no_error (error);
  assert_whole (f);
  home = yj_videos_place_look (f->library);
  g_assert_null (home->elsewhere);
  g_assert_false (g_file_test (expected, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count (f->other), ==, 1);   /* the stranger's */
}

static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(YjVideosPlace) place = NULL;
  Watch watch = { cancellable, 0, 0 };

  g_assert_false (yj_videos_place_move (f->library, f->other, FALSE, watch_cb, &watch, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_whole (f);
  place = yj_videos_place_look (f->library);
  g_assert_null (place->elsewhere);
  g_assert_null (place->unfinished);
  g_assert_cmpuint (count (f->other), ==, 1);
}

static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (f->other, "not there", NULL);
  g_autofree char *file = g_build_filename (f->other, "stranger.txt", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (move (f, f->videos, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_RECURSE);
  g_clear_error (&error);
  g_assert_false (move (f, missing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (move (f, file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  g_clear_error (&error);
  if (geteuid () != 0)
    {
      g_assert_no_errno (chmod (f->other, 0500));
      g_assert_false (move (f, f->other, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
      g_assert_no_errno (chmod (f->other, 0700));
    }
  assert_whole (f);
  g_assert_false (exists (f->library, "videos.new"));
}

/* A name that is taken, by whatever, is not written into. */
static void
test_taken (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *taken = g_build_filename (f->other, "Yuanjing", NULL), *mine = g_build_filename (f->other, "Yuanjing 2", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_no_errno (g_mkdir (taken, 0700));
  write_file (taken, "影片 1.mp4", 'x', 7);
  g_assert_true (move (f, f->other, &error));
  g_assert_no_error (error);
  assert_whole (f);
  g_assert_cmpuint (count (taken), ==, 1);
  g_assert_cmpuint (count (mine), ==, N_FILES);
}

/* The two moments at which `videos` is not there, and the one before the old place is emptied. */
static void
test_recover (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *old = g_build_filename (f->library, "videos.old", NULL), *coming = g_build_filename (f->library, "videos.new", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_no_errno (g_rename (f->videos, old));
  yj_videos_place_recover (f->library);
  assert_whole (f);

  g_assert_true (move (f, f->other, &error));
  g_assert_no_error (error);
  g_assert_no_errno (g_rename (f->videos, coming));
  g_assert_no_errno (g_mkdir (old, 0700));
  write_file (old, "came late.mp4", 'l', 100);
  yj_videos_place_recover (f->library);
  assert_whole (f);
  g_assert_true (exists (f->videos, "came late.mp4"));
  g_assert_false (exists (f->library, "videos.old"));
}

/* Somebody made two names of one place: emptying the former would empty both. */
static void
test_one_place (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *old = g_build_filename (f->library, "videos.old", NULL), *place = g_build_filename (f->other, "Yuanjing", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (move (f, f->other, &error));
  g_assert_no_error (error);
  g_assert_no_errno (symlink (place, old));
  yj_videos_place_recover (f->library);
  assert_whole (f);
}

/* While the copying was cut off somebody put a file of his own where it led to. */
static void
test_stranger (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *coming = g_build_filename (f->library, "videos.new", NULL), *place = g_build_filename (f->other, "Yuanjing", NULL);
  g_autoptr(GError) error = NULL;
  Watch watch = { NULL, 0, 0 };

  g_assert_no_errno (g_mkdir (place, 0700));
  g_assert_no_errno (symlink (place, coming));
  write_file (place, "holiday.mp4", 'h', 50);
  g_assert_true (yj_videos_place_move (f->library, NULL, TRUE, watch_cb, &watch, NULL, &error));
  g_assert_no_error (error);
  assert_whole (f);
  g_assert_true (exists (place, "holiday.mp4"));
}

static G_GNUC_NORETURN void
move_in_child (Fixture    *f,
               const char *to)
{
  Watch watch = { NULL, 0, 0 };

  _exit (yj_videos_place_move (f->library, to, FALSE, watch_cb, &watch, NULL, NULL) ? 0 : 1);
}

/* Killed at fifty moments, there and back: after each start every video is where the library looks for it. */
static void
test_killed (Fixture       *f,
             gconstpointer  data)
{
  guint n_cut = 0;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr(YjVideosPlace) place = yj_videos_place_look (f->library), after = NULL;
      pid_t child = fork ();
      int status;

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        move_in_child (f, place->elsewhere != NULL ? NULL : f->other);
      g_usleep (i * 137 % 5000);
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      yj_videos_place_recover (f->library);
      assert_whole (f);
      after = yj_videos_place_look (f->library);
      if (after->unfinished != NULL)
        {
          Watch watch = { NULL, 0, 0 };
          g_autoptr(GError) error = NULL;

          n_cut++;
          if (i % 2 == 0)
            yj_videos_place_discard (f->library);
          else
            g_assert_true (yj_videos_place_move (f->library, NULL, TRUE, watch_cb, &watch, NULL, &error));
          g_assert_no_error (error);
          assert_whole (f);
        }
      g_assert_false (exists (f->library, "videos.old"));
      g_assert_false (exists (f->library, "videos.new"));
    }
  g_test_message ("%u of 50 were cut off while copying", n_cut);
}

static void
take_end (YjVideosMove *move,
          const GError *error,
          GError      **end)
{
  *end = error != NULL ? g_error_copy (error) : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "moved");
}

/* The library is open, and goes on when the disk is not there. */
static void
test_library (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(GFile) folder = g_file_new_for_path (f->library), to = g_file_new_for_path (f->other);
  g_autoptr(YjVideosMove) move = yj_videos_move_new (folder);
  g_autoptr(YjLibrary) library = yj_test_open (folder), again = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(YjSurvey) survey = NULL;
  g_autoptr(GError) end = NULL, error = NULL;

  g_signal_connect (move, "ended", G_CALLBACK (take_end), &end);
  yj_videos_move_start (move, to);
  g_assert_true (yj_videos_move_get_running (move));
  yj_test_wait (end != NULL);
  g_assert_cmpstr (end->message, ==, "moved");
  g_assert_false (yj_videos_move_get_running (move));
  assert_whole (f);
  yj_test_close (library);

  remove_all (f->other);
  again = yj_test_open (folder);
  yj_library_survey_async (again, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  survey = yj_library_survey_finish (again, result, &error);
  g_assert_no_error (error);
  g_assert_true (survey->place->gone);
  g_assert_cmpuint (g_strv_length (survey->vanished), ==, 0);
  yj_test_close (again);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/videos-place/there-and-back", Fixture, NULL, set_up, test_there_and_back, tear_down);
  g_test_add ("/videos-place/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/videos-place/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/videos-place/taken", Fixture, NULL, set_up, test_taken, tear_down);
  g_test_add ("/videos-place/recover", Fixture, NULL, set_up, test_recover, tear_down);
  g_test_add ("/videos-place/one-place", Fixture, NULL, set_up, test_one_place, tear_down);
  g_test_add ("/videos-place/stranger", Fixture, NULL, set_up, test_stranger, tear_down);
  g_test_add ("/videos-place/killed", Fixture, NULL, set_up, test_killed, tear_down);
  g_test_add ("/videos-place/library", Fixture, NULL, set_up, test_library, tear_down);

  return g_test_run ();
}
