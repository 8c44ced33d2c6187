/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a submission may end with: never sent twice, never lost. */
#include <signal.h>
#include <sys/resource.h>

#include "yj-error.h"
#include "yj-test-queue.h"

/* ---- what a submission may end with */

typedef struct
{
  YjTestWay   way;
  guint       status;
  const char *body;
  YjJobState  state;
  int         code;
} Ending;

static const Ending endings[] = {
  { YJ_TEST_ANSWER, 200, "{\"status\": \"FAILED\", \"error\": \"no such llmid\"}", YJ_JOB_FAILED, YJ_ERROR_REFUSED },
  { YJ_TEST_ANSWER, 400, "{\"error\": \"Missing required parameter: prompt\"}", YJ_JOB_FAILED, YJ_ERROR_INVALID_REQUEST },
  { YJ_TEST_ANSWER, 401, "{\"error\": \"Invalid API Key\"}", YJ_JOB_FAILED, YJ_ERROR_UNAUTHORIZED },
  { YJ_TEST_ANSWER, 403, "{\"error\": \"Invalid API Key\"}", YJ_JOB_FAILED, YJ_ERROR_UNAUTHORIZED },
  { YJ_TEST_ANSWER, 429, "{\"error\": \"Insufficient balance\"}", YJ_JOB_FAILED, YJ_ERROR_BALANCE },
  { YJ_TEST_ANSWER, 500, "<html>500 Internal Server Error</html>", YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
  { YJ_TEST_ANSWER, 503, "{\"error\": \"busy\"}", YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
  { YJ_TEST_ANSWER, 200, "<html>Sign in to the network</html>", YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
  { YJ_TEST_ANSWER, 200, "{\"status\": \"created\"}", YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
  { YJ_TEST_ANSWER, 200, "", YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
  { YJ_TEST_CUT, 0, NULL, YJ_JOB_UNCONFIRMED, YJ_ERROR_AMBIGUOUS },
};

static void
test_ending (YjTestFixture *f,
             gconstpointer  data)
{
  const Ending *ending = data;
  YjJob *job;

  f->server->submit = ending->way;
  f->server->submit_status = ending->status;
  f->server->submit_body = g_strdup (ending->body);
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, ending->state);
  g_assert_cmpint (yj_job_get_error_code (job), ==, ending->code);
  g_assert_nonnull (yj_job_get_error_message (job));
  g_assert_cmpuint (f->q.n_ended, ==, 1);

  /* never sent again by itself, not even after a restart that finds a platform in good health */
  f->server->submit = YJ_TEST_ANSWER;
  f->server->submit_status = 0;
  g_clear_pointer (&f->server->submit_body, g_free);
  yj_test_restart (f);
  job = yj_test_first_job (f);
  g_assert_cmpint (yj_job_get_state (job), ==, ending->state);
  g_assert_cmpint (yj_job_get_error_code (job), ==, ending->code);
  yj_job_queue_check_again (f->q.queue, job);
  for (int i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (f->server->posts->len, ==, 1);

  /* the person's word pays, once, for a new job; an unconfirmed one is settled by it */
  yj_job_queue_submit_again (f->q.queue, job);
  yj_test_wait (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)) == 2);
  yj_test_wait_for (yj_test_first_job (f), YJ_JOB_CREATED);
  g_assert_cmpuint (f->server->posts->len, ==, 2);
  if (ending->state == YJ_JOB_UNCONFIRMED)
    yj_test_wait_for (job, YJ_JOB_CANCELLED);
  else
    g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_FAILED);
}

static void
test_unsent (YjTestFixture *f,
             gconstpointer  data)
{
  YjJob *job;

  yj_test_platform_close (f->server);
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (yj_job_get_state (job) == YJ_JOB_WAITING && yj_job_get_error_code (job) == YJ_ERROR_UNSENT);
  g_assert_cmpuint (yj_job_queue_get_active (f->q.queue), ==, 1);

  /* tried again by itself */
  yj_test_platform_open (f->server);
  yj_test_wait_for (job, YJ_JOB_CREATED);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
  g_assert_cmpint (yj_job_get_error_code (job), ==, -1);
}

static void
test_unsent_for_long (YjTestFixture *f,
                      gconstpointer  data)
{
  YjJob *job;

  yj_test_platform_close (f->server);
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (yj_job_get_resting (job));
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_WAITING);
  g_assert_cmpuint (yj_job_queue_get_active (f->q.queue), ==, 0);

  yj_test_platform_open (f->server);
  if (data != NULL)
    g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  else
    yj_job_queue_submit_again (f->q.queue, job);
  yj_test_wait_for (job, YJ_JOB_CREATED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)), ==, 1);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

/* ---- what the files tell of the camera and the place stays here */

#define SECRET "31.2304N 121.4737E"

static gboolean
was_sent (YjTestFixture *f,
          guint          number,
          GBytes        *bytes)
{
  YjTestRequest *post = g_ptr_array_index (f->server->posts, number);

  return memmem (g_bytes_get_data (post->body, NULL), g_bytes_get_size (post->body), g_bytes_get_data (bytes, NULL),
                 g_bytes_get_size (bytes)) != NULL;
}

static void
send_picture (YjTestFixture *f,
              GFile         *picture)
{
  g_autoptr(YjDraft) draft = yj_test_new_draft (f->q.catalog, "i2v/happyhorse-1.0-i2v", "x");
  g_autoptr(YjDraftFile) first = yj_draft_file_new (picture, YJ_MEDIA_KIND_IMAGE, "image/jpeg");

  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, first));
  yj_test_wait_for (yj_test_queue_add (&f->q, draft), YJ_JOB_CREATED);
}

static void
test_camera_facts (YjTestFixture *f,
                   gconstpointer  data)
{
  static const guint8 comment[] = "\xff\xfe\0\x14" SECRET;
  g_autofree char *path = yj_test_write_picture (f->q.folder, "holiday.jpg"), *contents = NULL;
  g_autoptr(GFile) picture = g_file_new_for_path (path);
  g_autoptr(GByteArray) told = g_byte_array_new ();
  g_autoptr(GBytes) pure = NULL, with_facts = NULL, kept = NULL;
  g_autoptr(YjDraft) draft = NULL;
  g_autoptr(YjDraftFile) file = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  pure = g_bytes_new (contents, length);
  g_byte_array_append (told, (guint8 *) contents, 2);
  g_byte_array_append (told, comment, 4 + strlen (SECRET));
  g_byte_array_append (told, (guint8 *) contents + 2, length - 2);
  with_facts = g_byte_array_free_to_bytes (g_steal_pointer (&told));
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (with_facts, NULL), (gssize) g_bytes_get_size (with_facts), NULL));

  send_picture (f, picture);
  g_assert_true (was_sent (f, 0, pure));
  g_assert_false (was_sent (f, 0, with_facts));

  /* what the library keeps is the original, once */
  draft = yj_job_queue_new_draft (f->q.queue, yj_test_first_job (f), NULL);
  file = g_list_model_get_item (yj_draft_get_files (draft, YJ_SLOT_FIRST_FRAME), 0);
  kept = g_file_load_bytes (yj_draft_file_get_file (file), NULL, NULL, NULL);
  g_assert_true (g_bytes_equal (kept, with_facts));

  g_object_set (f->q.queue, "keep-camera-facts", TRUE, NULL);
  send_picture (f, picture);
  g_assert_true (was_sent (f, 1, with_facts));
}

/* What is known of a file is known when the job is made anew. */
static void
test_alpha (YjTestFixture *f,
            gconstpointer  data)
{
  g_autofree char *path = yj_test_write_picture (f->q.folder, "logo.jpg");
  g_autoptr(GFile) picture = g_file_new_for_path (path);
  g_autoptr(YjDraft) draft = yj_test_new_draft (f->q.catalog, "i2v/happyhorse-1.0-i2v", "x"), anew = NULL;
  g_autoptr(YjDraftFile) first = yj_draft_file_new (picture, YJ_MEDIA_KIND_IMAGE, "image/jpeg"), kept = NULL;

  yj_draft_file_set_alpha (first, TRUE);
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, first));
  yj_test_wait_for (yj_test_queue_add (&f->q, draft), YJ_JOB_CREATED);
  anew = yj_job_queue_new_draft (f->q.queue, yj_test_first_job (f), NULL);
  kept = g_list_model_get_item (yj_draft_get_files (anew, YJ_SLOT_FIRST_FRAME), 0);
  g_assert_true (yj_draft_file_get_alpha (kept));
}

/* ---- a disk that is full: to this process no file may grow any more */

static void
set_disk_full (gboolean full)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = full ? 1 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full_before_sending (YjTestFixture *f,
                          gconstpointer  data)
{
  YjJob *job;

  yj_test_platform_close (f->server);
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (yj_job_get_error_code (job) == YJ_ERROR_UNSENT);

  /* what could not be remembered is not sent */
  set_disk_full (TRUE);
  yj_test_platform_open (f->server);
  yj_job_queue_submit_again (f->q.queue, job);
  yj_test_wait (yj_job_get_error_message (job) != NULL && yj_job_get_error_code (job) == -1);
  set_disk_full (FALSE);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_WAITING);
  g_assert_cmpuint (f->server->posts->len, ==, 0);

  yj_test_wait_for (job, YJ_JOB_CREATED);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

/* What is taken back while nothing can be written is not sent once there is room again. */
static void
test_full_while_withdrawing (YjTestFixture *f,
                             gconstpointer  data)
{
  YjJob *one, *two;
  gboolean over = FALSE;

  yj_test_platform_close (f->server);
  one = yj_test_queue_add_plain (&f->q, "one");
  two = yj_test_queue_add_plain (&f->q, "two");
  yj_test_wait (yj_job_get_error_code (one) == YJ_ERROR_UNSENT && yj_job_get_error_code (two) == YJ_ERROR_UNSENT);

  set_disk_full (TRUE);
  yj_test_platform_open (f->server);
  yj_job_queue_submit_again (f->q.queue, one);
  /* one is on its way, two waits */
  yj_job_queue_withdraw (f->q.queue, one);
  yj_job_queue_withdraw (f->q.queue, two);
  g_timeout_add (500, yj_test_set_flag_cb, &over);
  yj_test_wait (over);
  set_disk_full (FALSE);
  yj_test_wait_for (one, YJ_JOB_CANCELLED);
  yj_test_wait_for (two, YJ_JOB_CANCELLED);
  g_assert_cmpuint (f->server->posts->len, ==, 0);
  yj_test_restart (f);
  g_assert_cmpint (yj_job_get_state (yj_test_first_job (f)), ==, YJ_JOB_CANCELLED);
}

static void
test_full_after_sending (YjTestFixture *f,
                         gconstpointer  data)
{
  YjJob *job;
  gboolean over = FALSE;

  f->server->submit = YJ_TEST_HOLD;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (f->server->held->len == 1);
  set_disk_full (TRUE);
  yj_test_platform_release (f->server);

  /* not shown as created while it is not on disk, and not forgotten */
  g_timeout_add (1500, yj_test_set_flag_cb, &over);
  yj_test_wait (over);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_SUBMITTING);
  g_assert_nonnull (yj_job_get_error_message (job));
  set_disk_full (FALSE);
  /* what else is wanted before it is written does not push it aside, nor does it push that aside */
  yj_job_queue_set_favourite (f->q.queue, job, TRUE);
  yj_test_wait_for (job, YJ_JOB_CREATED);
  g_assert_nonnull (yj_job_get_task_id (job));
  yj_test_restart (f);
  job = yj_test_first_job (f);
  g_assert_nonnull (yj_job_get_task_id (job));
  g_assert_true (yj_job_get_favourite (job));
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_rate_limit (YjTestFixture *f,
                 gconstpointer  data)
{
  YjJob *job;
  gint64 start;

  f->server->submit_status = 429;
  f->server->submit_body = g_strdup ("{\"error\": \"Too many requests\"}");
  f->server->retry_after = g_strdup ("4");
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (yj_job_get_error_code (job) == YJ_ERROR_RATE_LIMIT);
  start = g_get_monotonic_time ();
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_WAITING);

  f->server->submit_status = 0;
  g_clear_pointer (&f->server->submit_body, g_free);
  yj_test_wait (f->server->posts->len == 2);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 3500 * 1000);
  yj_test_wait_for (job, YJ_JOB_CREATED);
}

static void
test_balance_pauses (YjTestFixture *f,
                     gconstpointer  data)
{
  YjJob *one, *two;

  f->server->submit = YJ_TEST_HOLD;
  f->server->submit_status = 429;
  f->server->submit_body = g_strdup ("{\"error\": \"Insufficient balance\"}");
  one = yj_test_queue_add_plain (&f->q, "one");
  two = yj_test_queue_add_plain (&f->q, "two");
  yj_test_wait (f->server->held->len == 1);
  yj_test_platform_release (f->server);
  yj_test_wait_for (one, YJ_JOB_FAILED);
  /* why it rests is said once that is on disk */
  yj_test_wait (yj_job_get_resting (two) && yj_job_get_error_code (two) == YJ_ERROR_BALANCE);
  g_assert_cmpint (yj_job_get_state (two), ==, YJ_JOB_WAITING);
  g_assert_cmpuint (f->server->posts->len, ==, 1);

  /* after topping up, the person sends it on */
  f->server->submit = YJ_TEST_ANSWER;
  f->server->submit_status = 0;
  g_clear_pointer (&f->server->submit_body, g_free);
  yj_job_queue_submit_again (f->q.queue, two);
  yj_test_wait_for (two, YJ_JOB_CREATED);
  g_assert_cmpint (yj_job_get_state (one), ==, YJ_JOB_FAILED);
}

#define ADD(path, func) g_test_add ("/submit/" path, YjTestFixture, NULL, yj_test_set_up, func, yj_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  signal (SIGXFSZ, SIG_IGN);
  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/submit/ending/%u", i);

      g_test_add (path, YjTestFixture, &endings[i], yj_test_set_up, test_ending, yj_test_tear_down);
    }
  g_test_add ("/submit/network-changed", YjTestFixture, "", yj_test_set_up, test_unsent_for_long, yj_test_tear_down);
  ADD ("unsent", test_unsent);
  ADD ("unsent-for-long", test_unsent_for_long);
  ADD ("full-before-sending", test_full_before_sending);
  ADD ("full-while-withdrawing", test_full_while_withdrawing);
  ADD ("full-after-sending", test_full_after_sending);
  ADD ("rate-limit", test_rate_limit);
  ADD ("balance-pauses", test_balance_pauses);
  ADD ("camera-facts", test_camera_facts);
  ADD ("alpha", test_alpha);

  return g_test_run ();
}
