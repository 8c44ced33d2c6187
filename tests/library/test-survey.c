/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies in the library's folder, what has vanished from it, and what belongs to nothing. */
#include <string.h>
#include <utime.h>

#include "library-test.h"
#include "yj-named-file.h"
#include "yj-survey.h"

static void
add_job (YjLibrary  *library,
         const char *uuid,
         const char *state,
         const char *file,
         const char *cover)
{
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autoptr(GError) error = NULL;

  row->uuid = g_strdup (uuid);
  row->state = g_strdup (state);
  row->file = g_strdup (file);
  row->cover = g_strdup (cover);
  row->created = 1;
  g_assert_cmpint (yj_test_save_job (library, row, &error), >, 0);
  g_assert_no_error (error);
}

/* @hours old */
static void
put (YjLibrary  *library,
     const char *name,
     gsize       size,
     int         hours)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (yj_library_get_videos_folder (library)), name, NULL);
  g_autofree char *content = g_malloc0 (size);
  time_t when = (time_t) (g_get_real_time () / G_USEC_PER_SEC) - hours * 3600;
  struct utimbuf times = { when, when };
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, content, (gssize) size, &error);
  g_assert_no_error (error);
  g_assert_no_errno (utime (path, &times));
}

static YjSurvey *
survey (YjLibrary *library)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjSurvey *found;

  yj_library_survey_async (library, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  found = yj_library_survey_finish (library, result, &error);
  g_assert_no_error (error);
  return found;
}

static void
test_survey (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjSurvey) found = NULL, after = NULL;
  g_autofree char *videos = NULL, *away = NULL;

  add_job (library, "one", "ready", "一.mp4", "一.jpeg");
  add_job (library, "two", "ready", "gone.mp4", NULL);
  add_job (library, "three", "downloading", NULL, NULL);
  add_job (library, "four", "failed", "never.mp4", NULL);
  put (library, "一.mp4", 1000, 48);
  put (library, "一.jpeg", 10, 48);
  put (library, "three.part", 300, 48);         /* goes on */
  put (library, "dead.part", 7, 48);            /* nobody's */
  put (library, "old.mp4", 50, 48);
  put (library, "new.mp4", 5, 0);               /* its row may be about to be written */

  found = survey (library);
  g_assert_cmpint (found->videos, ==, 1000);
  g_assert_cmpuint (found->n_videos, ==, 1);
  g_assert_cmpint (found->covers, ==, 10);
  g_assert_cmpint (found->references, ==, 0);
  g_assert_cmpint (found->rest, ==, 362);
  g_assert_cmpint (found->database, >, 0);
  g_assert_cmpint (found->available, >, 0);
  g_assert_cmpuint (g_strv_length (found->vanished), ==, 1);
  g_assert_cmpstr (found->vanished[0], ==, "two");
  g_assert_cmpuint (found->strays->len, ==, 2);
  g_assert_cmpint (found->strays_size, ==, 57);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_file_get_basename (found->strays->pdata[i]);

      g_assert_true (g_str_equal (name, "old.mp4") || g_str_equal (name, "dead.part"));
    }

  /* A folder that is not there, as on a disk that is unplugged: nothing is said to be lost. */
  videos = g_build_filename (g_file_peek_path (folder), "videos", NULL);
  away = g_build_filename (g_file_peek_path (folder), "away", NULL);
  g_assert_no_errno (g_rename (videos, away));
  after = survey (library);
  g_assert_cmpuint (g_strv_length (after->vanished), ==, 0);
  g_assert_cmpuint (after->strays->len, ==, 0);
  yj_test_close (library);
}

/* The names under which videos go out: the same files, until these are deleted. */
static void
test_names (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GFile) one = NULL, other = NULL, named = NULL, again = NULL, others = NULL;
  g_autoptr(YjSurvey) found = NULL;
  g_autofree char *base = NULL, *text = NULL;
  GError *error = NULL;
  gsize length;

  add_job (library, "one", "ready", "1.mp4", NULL);
  put (library, "1.mp4", 1000, 48);
  put (library, "2.mp4", 10, 0);
  one = g_file_get_child (yj_library_get_videos_folder (library), "1.mp4");
  other = g_file_get_child (yj_library_get_videos_folder (library), "2.mp4");
  named = yj_named_file_make (one, "月光 下.mp4");
  base = g_file_get_basename (named);
  g_assert_cmpstr (base, ==, "月光 下.mp4");
  again = yj_named_file_make (one, "月光 下.mp4");
  g_assert_true (g_file_equal (named, again));

  /* no file of its own to whoever looks through the folder */
  found = survey (library);
  g_assert_cmpint (found->videos, ==, 1000);
  g_assert_cmpint (found->rest, ==, 10);
  g_assert_cmpuint (found->strays->len, ==, 0);

  /* fetched anew: the name leads to what it is now */
  g_file_delete (one, NULL, &error);
  g_assert_no_error (error);
  put (library, "1.mp4", 3, 48);
  g_clear_object (&again);
  again = yj_named_file_make (one, "月光 下.mp4");
  g_assert_true (g_file_equal (named, again));
  g_file_load_contents (again, NULL, &text, &length, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, 3);

  yj_named_file_forget (one);
  g_assert_false (g_file_query_exists (named, NULL));
  yj_named_file_forget (one);

  /* one that was deleted without a word is noticed with the next name */
  g_clear_object (&named);
  named = yj_named_file_make (one, "a.mp4");
  g_file_delete (one, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_query_exists (named, NULL));
  others = yj_named_file_make (other, "b.mp4");
  g_assert_true (g_file_query_exists (others, NULL));
  g_assert_false (g_file_query_exists (named, NULL));
  yj_test_close (library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/survey", test_survey);
  g_test_add_func ("/survey/names", test_names);

  return g_test_run ();
}
