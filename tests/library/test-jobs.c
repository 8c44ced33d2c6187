/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-test.h"

static YjJobRow *
make_row (void)
{
  YjJobRow *row = yj_job_row_new ();

  row->uuid = g_uuid_string_random ();
  row->state = g_strdup ("waiting");
  row->origin = g_strdup ("https://example.invalid");
  row->mode = g_strdup ("i2v");
  row->model_id = g_strdup ("i2v/happyhorse-1.0-i2v");
  row->model_name = g_strdup ("happyhorse-1.0-i2v");
  row->prompt = g_strdup ("一起来调科目三");
  row->recipe = g_strdup ("{\"files\":[]}");
  row->created = g_get_real_time ();
  return row;
}

static gboolean
lease (YjLibrary  *library,
       gint64      id,
       const char *owner)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean leased;

  yj_library_lease_job_async (library, id, owner, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_lease_job_finish (library, result, &leased, &error));
  g_assert_no_error (error);
  return leased;
}

static void
delete_job (YjLibrary *library,
            gint64     id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_library_delete_job_async (library, id, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_delete_job_finish (library, result, &error));
  g_assert_no_error (error);
}

/* Every field, with a value of its own. */
static void
test_round_trip (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjJobRow) row = make_row ();
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) error = NULL;
  const YjJobRow *read;

  row->task_id = g_strdup ("936759404378734592");
  row->video_uri = g_strdup ("https://example.invalid/v.mp4");
  row->image_uri = g_strdup ("https://example.invalid/i.jpeg");
  row->usage = g_strdup ("{\"credits\":10}");
  row->error = g_strdup ("没有余额");
  row->error_code = 3;
  row->etag = g_strdup ("\"abc\"");
  row->parents = g_strdup ("extend 1\nclip 2\n");
  row->times = g_strdup ("waiting 3\n");
  row->file = g_strdup ("a.mp4");
  row->cover = g_strdup ("a.jpg");
  row->width = 1280;
  row->height = 720;
  row->duration = 5 * G_GINT64_CONSTANT (1000000000);
  row->size = G_GINT64_CONSTANT (5000000000);
  row->submitted = 11;
  row->finished = 12;
  row->position = 13;
  row->favourite = TRUE;
  row->id = yj_test_save_job (library, row, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->id, >, 0);
  yj_test_close (library);
  g_clear_object (&library);

  library = yj_test_open (folder);
  rows = yj_test_load_jobs (library);
  g_assert_cmpuint (rows->len, ==, 1);
  read = rows->pdata[0];
#define SAME_TEXT(field) g_assert_cmpstr (read->field, ==, row->field)
#define SAME_NUMBER(field) g_assert_cmpint (read->field, ==, row->field)
  SAME_TEXT (uuid); SAME_TEXT (state); SAME_TEXT (origin); SAME_TEXT (mode); SAME_TEXT (model_id);
  SAME_TEXT (model_name); SAME_TEXT (prompt); SAME_TEXT (recipe); SAME_TEXT (task_id); SAME_TEXT (video_uri);
  SAME_TEXT (image_uri); SAME_TEXT (usage); SAME_TEXT (error); SAME_TEXT (etag); SAME_TEXT (file); SAME_TEXT (cover);
  SAME_TEXT (parents); SAME_TEXT (times);
  SAME_NUMBER (id); SAME_NUMBER (error_code); SAME_NUMBER (width); SAME_NUMBER (height); SAME_NUMBER (duration);
  SAME_NUMBER (size); SAME_NUMBER (created); SAME_NUMBER (submitted); SAME_NUMBER (finished); SAME_NUMBER (position);
  SAME_NUMBER (favourite);
  yj_test_close (library);
}

/* What is said of a job is not undone by a row that knows nothing of it, and goes into the trash and out of it alone. */
static void
test_marks (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjJobRow) row = make_row ();
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64)), gone = NULL, none = NULL;
  g_autoptr(GAsyncResult) first = NULL, second = NULL, third = NULL, fourth = NULL, unfolded = NULL;
  g_autofree char *path = NULL;
  const YjJobRow *read;

  g_set_str (&row->file, "gone.mp4");
  row->id = yj_test_save_job (library, row, NULL);
  g_array_append_val (ids, row->id);
  path = g_build_filename (g_file_peek_path (yj_library_get_videos_folder (library)), "gone.mp4", NULL);
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));

  yj_library_delete_trashed_async (library, ids, yj_test_take_result, &first);
  yj_library_mark_jobs_async (library, ids, YJ_JOB_MARK_FAVOURITE, TRUE, NULL, NULL, NULL);
  yj_library_mark_jobs_async (library, ids, YJ_JOB_MARK_TAG, TRUE, "b", NULL, NULL);
  yj_library_mark_jobs_async (library, ids, YJ_JOB_MARK_TAG, TRUE, "a", NULL, NULL);
  yj_library_rename_tag_async (library, "b", "a", NULL, NULL);
  yj_library_mark_jobs_async (library, ids, YJ_JOB_MARK_TAG, TRUE, "c", NULL, NULL);
  yj_library_mark_jobs_async (library, ids, YJ_JOB_MARK_FOLDED, 0, "chosen", NULL, NULL);
  yj_library_mark_jobs_async (library, ids, YJ_JOB_MARK_TRASHED, 7, NULL, yj_test_take_result, &second);
  yj_test_wait (first != NULL && second != NULL);
  none = yj_library_delete_trashed_finish (library, first, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (yj_library_mark_jobs_finish (library, second, NULL));
  row->favourite = FALSE;
  g_assert_cmpint (yj_test_save_job (library, row, NULL), ==, row->id);
  rows = yj_test_load_jobs (library);
  read = rows->pdata[0];
  g_assert_true (read->favourite);
  g_assert_cmpstr (read->tags, ==, "a\nc");
  g_assert_cmpint (read->trashed, ==, 7);
  g_assert_cmpstr (read->folded, ==, "chosen");
  yj_library_mark_jobs_async (library, ids, YJ_JOB_MARK_FOLDED, 0, NULL, yj_test_take_result, &unfolded);
  yj_test_wait (unfolded != NULL);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = yj_test_load_jobs (library);
  g_assert_null (((YjJobRow *) rows->pdata[0])->folded);

  yj_library_delete_trashed_async (library, ids, yj_test_take_result, &third);
  yj_test_wait (third != NULL);
  gone = yj_library_delete_trashed_finish (library, third, NULL);
  g_assert_cmpuint (gone->len, ==, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  yj_library_mark_jobs_async (library, ids, YJ_JOB_MARK_TAG, TRUE, "late", yj_test_take_result, &fourth);
  yj_test_wait (fourth != NULL);
  g_assert_true (yj_library_mark_jobs_finish (library, fourth, NULL));
  yj_test_close (library);
}

static void
test_replace_and_delete (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjJobRow) first = make_row (), second = make_row ();
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id;

  id = yj_test_save_job (library, first, &error);
  second->id = yj_test_save_job (library, second, &error);
  g_assert_no_error (error);

  /* By uuid, as when a first answer never came. */
  g_set_str (&first->state, "submitting");
  g_assert_cmpint (yj_test_save_job (library, first, &error), ==, id);
  /* By id, and fields can be emptied. */
  first->id = id;
  g_clear_pointer (&first->prompt, g_free);
  g_set_str (&first->state, "created");
  g_assert_cmpint (yj_test_save_job (library, first, &error), ==, id);
  g_assert_no_error (error);

  rows = yj_test_load_jobs (library);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (((YjJobRow *) rows->pdata[0])->id, ==, second->id);
  g_assert_cmpstr (((YjJobRow *) rows->pdata[1])->state, ==, "created");
  g_assert_cmpstr (((YjJobRow *) rows->pdata[1])->prompt, ==, "");

  delete_job (library, second->id);
  delete_job (library, second->id);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = yj_test_load_jobs (library);
  g_assert_cmpuint (rows->len, ==, 1);
  /* Its number is not given out again. */
  g_clear_pointer (&second->uuid, g_free);
  second->uuid = g_uuid_string_random ();
  id = second->id;
  second->id = 0;
  g_assert_cmpint (yj_test_save_job (library, second, &error), >, id);
  yj_test_close (library);
}

static void
test_cancelled_before_its_turn (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjJobRow) row = make_row ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  yj_library_save_job_async (library, row, cancellable, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_cmpint (yj_library_save_job_finish (library, result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  rows = yj_test_load_jobs (library);
  g_assert_cmpuint (rows->len, ==, 0);
  yj_test_close (library);
}

static void
test_lease (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjLibrary) other = yj_test_open (folder);
  g_autoptr(YjJobRow) row = make_row ();
  gint64 id = yj_test_save_job (library, row, NULL);

  g_assert_true (lease (library, id, "one"));
  g_assert_true (lease (library, id, "one"));
  g_assert_false (lease (library, id, "two"));
  g_assert_false (lease (other, id, "three"));
  g_assert_false (lease (other, id, "one"));
  /* Who closes lets go. */
  yj_test_close (library);
  g_assert_true (lease (other, id, "three"));
  delete_job (other, id);
  g_assert_false (lease (other, id, "three"));
  yj_test_close (other);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_told_of_others_only (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjLibrary) other = yj_test_open (folder);
  g_autoptr(YjJobRow) row = make_row ();
  guint changes = 0, other_changes = 0;

  g_signal_connect_swapped (library, "jobs-changed", G_CALLBACK (count_cb), &changes);
  g_signal_connect_swapped (other, "jobs-changed", G_CALLBACK (count_cb), &other_changes);
  row->id = yj_test_save_job (other, row, NULL);
  yj_test_wait (changes == 1);
  g_set_str (&row->state, "ready");
  yj_test_save_job (other, row, NULL);
  yj_test_wait (changes == 2);
  /* The other hears of the first one's writing, not of its own: one for one. */
  g_assert_cmpuint (other_changes, ==, 0);
  g_set_str (&row->state, "failed");
  yj_test_save_job (library, row, NULL);
  yj_test_wait (other_changes == 1);
  g_assert_cmpuint (changes, ==, 2);
  yj_test_close (library);
  yj_test_close (other);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/jobs/round-trip", test_round_trip);
  g_test_add_func ("/jobs/marks", test_marks);
  g_test_add_func ("/jobs/replace-and-delete", test_replace_and_delete);
  g_test_add_func ("/jobs/cancelled-before-its-turn", test_cancelled_before_its_turn);
  g_test_add_func ("/jobs/lease", test_lease);
  g_test_add_func ("/jobs/told-of-others-only", test_told_of_others_only);

  return g_test_run ();
}
