/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for a task and fetching what it made, when all does not go well. */
#include <signal.h>
#include <sys/resource.h>

#include "yj-error.h"
#include "yj-test-queue.h"

static void
test_poll_errors (YjTestFixture *f,
                  gconstpointer  data)
{
  YjJob *job;

  f->server->poll_status = 502;
  f->server->poll_body = g_strdup ("<html>Bad Gateway</html>");
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (yj_job_get_error_message (job) != NULL);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_CREATED);

  f->server->poll_status = 0;
  g_clear_pointer (&f->server->poll_body, g_free);
  yj_job_queue_check_again (f->q.queue, job);
  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_null (yj_job_get_error_message (job));
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_key_refused (YjTestFixture *f,
                  gconstpointer  data)
{
  g_autoptr(YjPlatform) better = yj_platform_new (f->server->base_url, "a-better-key", NULL);
  YjJob *job, *later;
  guint asked;

  f->server->poll_status = 401;
  f->server->poll_body = g_strdup ("{\"error\": \"Invalid API Key\"}");
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (yj_job_get_resting (job) && yj_job_get_error_code (job) == YJ_ERROR_UNAUTHORIZED);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_CREATED);

  /* not asked again with this key, even when the person insists */
  asked = f->server->n_polls;
  yj_job_queue_check_again (f->q.queue, job);
  for (int i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (f->server->n_polls, ==, asked);

  /* nor is anything sent with it */
  later = yj_test_queue_add_plain (&f->q, "y");
  yj_test_wait (yj_job_get_error_code (later) == YJ_ERROR_UNAUTHORIZED);
  g_assert_cmpint (yj_job_get_state (later), ==, YJ_JOB_WAITING);
  g_assert_true (yj_job_get_resting (later));
  g_assert_cmpuint (f->server->posts->len, ==, 1);

  f->server->poll_status = 0;
  g_clear_pointer (&f->server->poll_body, g_free);
  yj_job_queue_set_platform (f->q.queue, better, FALSE);
  yj_test_wait_for (job, YJ_JOB_READY);
  yj_test_wait_for (later, YJ_JOB_READY);
}

static void
test_not_yet (YjTestFixture *f,
              gconstpointer  data)
{
  YjJob *job;

  f->server->poll_body = g_strdup ("{\"status\": \"FAILED\", \"error\": \"taskid=1 not exist\"}");
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (f->server->n_polls >= 2);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_CREATED);
  g_assert_null (yj_job_get_error_message (job));

  g_clear_pointer (&f->server->poll_body, g_free);
  yj_test_wait_for (job, YJ_JOB_READY);
}

static void
test_failed (YjTestFixture *f,
             gconstpointer  data)
{
  YjJob *job;

  f->server->poll_body = g_strdup ("{\"status\": \"FAILED\", \"error\": \"content[0] was refused\"}");
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_FAILED);
  g_assert_cmpint (yj_job_get_error_code (job), ==, YJ_ERROR_REFUSED);
  g_assert_nonnull (strstr (yj_job_get_error_message (job), "content[0]"));

  /* asking once more is free, and the platform may have changed its mind */
  g_clear_pointer (&f->server->poll_body, g_free);
  yj_job_queue_check_again (f->q.queue, job);
  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_cut_download (YjTestFixture *f,
                   gconstpointer  data)
{
  g_autofree char *fetched = NULL;
  g_autofree char *expected = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, f->server->video);
  YjJob *job;

  f->server->cut_at = g_bytes_get_size (f->server->video) / 2;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_cmpuint (f->server->n_fetches, ==, 2);
  g_assert_cmpstr (f->server->last_range, !=, NULL);
  fetched = yj_test_dup_hash (yj_job_get_file (job));
  g_assert_cmpstr (fetched, ==, expected);
}

static void
test_resume_after_restart (YjTestFixture *f,
                           gconstpointer  data)
{
  g_autofree char *fetched = NULL;
  g_autofree char *expected = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, f->server->video);
  g_autofree char *range = NULL;
  YjJob *job;

  f->server->hold_file = TRUE;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (yj_job_get_state (job) == YJ_JOB_DOWNLOADING &&
                yj_job_get_moved (job) == (gint64) g_bytes_get_size (f->server->video) / 2);
  g_assert_cmpint (yj_job_get_total (job), ==, (gint64) g_bytes_get_size (f->server->video));

  yj_test_queue_close (&f->q);
  f->server->hold_file = FALSE;
  yj_test_queue_open (&f->q, f->server->base_url);
  job = yj_test_first_job (f);
  yj_test_wait_for (job, YJ_JOB_READY);
  range = g_strdup_printf ("bytes=%zu-", g_bytes_get_size (f->server->video) / 2);
  g_assert_cmpstr (f->server->last_range, ==, range);
  fetched = yj_test_dup_hash (yj_job_get_file (job));
  g_assert_cmpstr (fetched, ==, expected);
  g_assert_cmpuint (f->server->n_polls, ==, 1);
}

static void
test_fresh_link (YjTestFixture *f,
                 gconstpointer  data)
{
  YjJob *job;

  f->server->dead_links = 1;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_cmpuint (f->server->n_polls, ==, 2);
  g_assert_cmpuint (f->server->n_fetches, ==, 2);
}

static void
test_expired (YjTestFixture *f,
              gconstpointer  data)
{
  YjJob *job;

  f->server->dead_links = 2;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_EXPIRED);
  g_assert_cmpint (yj_job_get_error_code (job), ==, YJ_ERROR_NOT_FOUND);
  g_assert_cmpuint (f->server->n_polls, ==, 2);

  /* free, and this time it is there */
  yj_job_queue_download_again (f->q.queue, job);
  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_no_video (YjTestFixture *f,
               gconstpointer  data)
{
  YjJob *job;

  g_bytes_unref (f->server->video);
  f->server->video = g_bytes_new_static ("RIFFxxxxthis is not a video at all", 34);
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_FAILED);
  g_assert_cmpint (yj_job_get_error_code (job), ==, YJ_ERROR_PROTOCOL);
  g_assert_null (yj_job_get_file (job));

  g_bytes_unref (f->server->video);
  f->server->video = yj_test_video ();
  yj_job_queue_download_again (f->q.queue, job);
  yj_test_wait_for (job, YJ_JOB_READY);
}

static void
test_no_cover (YjTestFixture *f,
               gconstpointer  data)
{
  YjJob *job;

  g_clear_pointer (&f->server->cover, g_bytes_unref);
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_READY);
  /* made from the video */
  g_assert_true (g_str_has_suffix (g_file_peek_path (yj_job_get_cover (job)), ".png"));
  g_assert_true (g_file_query_exists (yj_job_get_cover (job), NULL));
}

static void
test_download_again (YjTestFixture *f,
                     gconstpointer  data)
{
  g_autoptr(GFile) first = NULL;
  YjJob *job = yj_test_queue_add_plain (&f->q, "x");

  yj_test_wait_for (job, YJ_JOB_READY);
  first = g_object_ref (yj_job_get_file (job));
  yj_job_queue_download_again (f->q.queue, job);
  yj_test_wait_for (job, YJ_JOB_DOWNLOADING);
  yj_test_wait_for (job, YJ_JOB_READY);
  /* nothing is replaced */
  g_assert_false (g_file_equal (first, yj_job_get_file (job)));
  g_assert_true (g_file_query_exists (first, NULL));
  g_assert_true (g_file_query_exists (yj_job_get_file (job), NULL));
}

static void
test_unwritable_disk (YjTestFixture *f,
                      gconstpointer  data)
{
  g_autofree char *videos = g_build_filename (f->q.folder, "videos", NULL);
  g_autofree char *part = NULL;
  YjJob *job;

  f->server->polls_to_end = 2;
  job = yj_test_queue_add_plain (&f->q, "x");
  /* a folder where the file would be: no right, no room, no disk look the same to us */
  part = g_strdup_printf ("%s/%s.part", videos, yj_job_get_uuid (job));
  g_assert_cmpint (g_mkdir (part, 0700), ==, 0);
  yj_test_wait (yj_job_get_resting (job));
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_DOWNLOADING);
  g_assert_nonnull (yj_job_get_error_message (job));

  g_assert_cmpint (g_rmdir (part), ==, 0);
  if (data != NULL)
    yj_job_queue_download_again (f->q.queue, job);
  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_null (yj_job_get_error_message (job));
}

/* What a full disk says of itself, in the row as in the list. */
static void
test_full_disk (YjTestFixture *f,
                gconstpointer  data)
{
  struct rlimit limit;
  YjJob *job;

  f->server->polls_to_end = 2;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_CREATED);
  /* to this process no file may grow any more */
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = 1;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  yj_test_wait (yj_job_get_error_message (job) != NULL);
  g_assert_cmpstr (yj_job_get_error_message (job), ==, "The disk is full. Free some space and try again.");
  g_assert_cmpint (yj_job_get_error_code (job), ==, -1);

  /* nobody says anything, and it is fetched once there is room */
  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_null (yj_job_get_error_message (job));
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

#define ADD(path, func) g_test_add ("/fetch/" path, YjTestFixture, NULL, yj_test_set_up, func, yj_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);    /* a write then fails with EFBIG */

  ADD ("poll-errors", test_poll_errors);
  ADD ("key-refused", test_key_refused);
  ADD ("not-yet", test_not_yet);
  ADD ("failed", test_failed);
  ADD ("cut-download", test_cut_download);
  ADD ("resume-after-restart", test_resume_after_restart);
  ADD ("fresh-link", test_fresh_link);
  ADD ("expired", test_expired);
  ADD ("no-video", test_no_video);
  ADD ("no-cover", test_no_cover);
  ADD ("download-again", test_download_again);
  ADD ("unwritable-disk", test_unwritable_disk);
  g_test_add ("/fetch/unwritable-disk-again", YjTestFixture, "again", yj_test_set_up, test_unwritable_disk, yj_test_tear_down);
  ADD ("full-disk", test_full_disk);

  return g_test_run ();
}
