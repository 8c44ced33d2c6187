/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several drafts in one order, of which one cannot be stored. */
#include <sys/resource.h>

#include "yj-error.h"
#include "yj-order.h"
#include "yj-test-queue.h"

static const char * const models[] = { "t2v/happyhorse-1.0-t2v", "i2v/happyhorse-1.0-i2v", "t2v/wan2.6-t2v" };

static GPtrArray *
new_drafts (YjTestFixture *f,
            YjDraftFile   *picture)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    g_ptr_array_add (drafts, yj_test_new_draft (f->q.catalog, models[i], "a fox"));
  g_assert_true (yj_draft_add_file (g_ptr_array_index (drafts, 1), YJ_SLOT_FIRST_FRAME, picture));
  return drafts;
}

static guint
add (YjTestFixture  *f,
     GPtrArray      *drafts,
     GPtrArray     **left,
     GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_order_add_async (f->q.queue, drafts, &(YjJobOrder) { .n_takes = 2, .batch = "together" }, TRUE, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_order_add_finish (f->q.queue, result, left, error);
}

static guint
count_jobs (YjTestFixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->q.queue));
}

/* The one in the middle lacks its file: the others are ordered, each once, and it alone is left. */
static void
test_one_fails (YjTestFixture *f,
                gconstpointer  data)
{
  g_autofree char *path = yj_test_write_picture (f->q.folder, "photo.jpg"), *aside = g_strconcat (path, ".aside", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(YjDraftFile) picture = yj_draft_file_new (file, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
  g_autoptr(GPtrArray) drafts = new_drafts (f, picture), left = NULL, none = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_no_errno (g_rename (path, aside));
  g_assert_cmpuint (add (f, drafts, &left, &error), ==, 2);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_true (g_ptr_array_index (left, 0) == g_ptr_array_index (drafts, 1));
  g_assert_cmpuint (count_jobs (f), ==, 4);

  /* what is left can be ordered then, and goes with those that are there */
  g_assert_no_errno (g_rename (aside, path));
  g_assert_cmpuint (add (f, left, &none, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (count_jobs (f), ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (f->q.queue), i);

      g_assert_cmpstr (yj_job_get_batch (job), ==, "together");
      yj_test_wait_for (job, YJ_JOB_READY);
    }
  g_assert_cmpuint (f->server->posts->len, ==, 6);
}

/* Where nothing can be stored, nothing is ordered and all of it is left. */
static void
test_all_fail (YjTestFixture *f,
               gconstpointer  data)
{
  g_autofree char *path = yj_test_write_picture (f->q.folder, "photo.jpg");
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(YjDraftFile) picture = yj_draft_file_new (file, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
  g_autoptr(GPtrArray) drafts = new_drafts (f, picture), left = NULL;
  g_autoptr(GError) error = NULL;
  struct rlimit limit;
  guint n_ordered;

  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &limit));
  limit.rlim_cur = 1;
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
  n_ordered = add (f, drafts, &left, &error);
  limit.rlim_cur = limit.rlim_max;
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
  g_assert_cmpuint (n_ordered, ==, 0);
  g_assert_nonnull (error);
  g_assert_cmpuint (left->len, ==, 3);
  g_assert_cmpuint (count_jobs (f), ==, 0);
  g_assert_cmpuint (f->server->posts->len, ==, 0);
}

#define ADD(name, func) g_test_add ("/order/" name, YjTestFixture, NULL, yj_test_set_up, func, yj_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);    /* a full disk is an error, no end */

  ADD ("one-fails", test_one_fails);
  ADD ("all-fail", test_all_fail);

  return g_test_run ();
}
