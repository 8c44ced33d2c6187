/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a job, and every turn it can take, against a platform that answers as the test wants. */
#include <signal.h>
#include <sys/resource.h>

#include "yj-error.h"
#include "yj-test-queue.h"

typedef struct
{
  YjTestPlatform *server;
  YjTestQueue     q;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->server = yj_test_platform_new ();
  yj_test_queue_open (&f->q, f->server->base_url);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  yj_test_queue_clear (&f->q);
  yj_test_platform_free (f->server);
}

static void
wait_for (YjJob      *job,
          YjJobState  state)
{
  yj_test_wait (yj_job_get_state (job) == state);
}

static gboolean
set_flag_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static char *
dup_content (GFile *file)
{
  char *data = NULL;
  gsize length;

  g_assert_true (g_file_load_contents (file, NULL, &data, &length, NULL, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) data, length);
}

static void
restart (Fixture *f)
{
  yj_test_queue_close (&f->q);
  yj_test_queue_open (&f->q, f->server->base_url);
}

static YjJob *
first_job (Fixture *f)
{
  g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (f->q.queue), 0);

  return job;
}

/* ---- the straight way */

static void
note_state (YjJob      *job,
            GParamSpec *pspec,
            GString    *states)
{
  g_string_append_printf (states, "%s ", yj_job_state_to_string (yj_job_get_state (job)));
}

static void
test_way (Fixture       *f,
          gconstpointer  data)
{
  g_autoptr(GString) states = g_string_new (NULL);
  g_autofree char *fetched = NULL;
  g_autofree char *name = NULL;
  YjTestRequest *post;
  YjJob *job;

  f->server->polls_to_end = 2;
  job = yj_test_queue_add_plain (&f->q, "一只猫");
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_WAITING);
  g_assert_cmpuint (yj_job_queue_get_active (f->q.queue), ==, 1);
  g_signal_connect (job, "notify::state", G_CALLBACK (note_state), states);

  wait_for (job, YJ_JOB_READY);
  g_assert_cmpstr (states->str, ==, "submitting created running downloading ready ");
  g_assert_cmpuint (f->q.n_ended, ==, 1);
  g_assert_cmpuint (yj_job_queue_get_active (f->q.queue), ==, 0);
  g_assert_cmpuint (f->server->posts->len, ==, 1);

  post = g_ptr_array_index (f->server->posts, 0);
  g_assert_cmpstr (post->authorization, ==, "Bearer test-key-12345");
  g_assert_cmpstr (yj_job_get_task_id (job), ==, "936759404378734731");
  g_assert_nonnull (strstr (yj_job_get_usage (job), "credits"));
  g_assert_cmpint (yj_job_get_width (job), ==, 320);
  g_assert_cmpint (yj_job_get_height (job), ==, 240);
  g_assert_cmpint (yj_job_get_duration (job), ==, G_GINT64_CONSTANT (1000000000));
  g_assert_cmpint (yj_job_get_size (job), ==, (gint64) g_bytes_get_size (f->server->video));
  g_assert_cmpint (yj_job_get_error_code (job), ==, -1);

  fetched = dup_content (yj_job_get_file (job));
  name = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, f->server->video);
  g_assert_cmpstr (fetched, ==, name);
  g_assert_true (g_file_query_exists (yj_job_get_cover (job), NULL));
  g_assert_true (g_str_has_suffix (g_file_peek_path (yj_job_get_file (job)), ".mp4"));
  g_assert_true (g_str_has_suffix (g_file_peek_path (yj_job_get_cover (job)), ".jpg"));

  /* all of it is on disk */
  restart (f);
  job = first_job (f);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_READY);
  g_assert_cmpstr (yj_job_get_prompt (job), ==, "一只猫");
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_newest_first (Fixture       *f,
                   gconstpointer  data)
{
  YjJob *one, *two, *three;

  f->server->submit = YJ_TEST_HOLD;
  one = yj_test_queue_add_plain (&f->q, "one");
  two = yj_test_queue_add_plain (&f->q, "two");
  three = yj_test_queue_add_plain (&f->q, "three");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)), ==, 3);
  g_assert_true (first_job (f) == three);

  /* one at a time, in the order of adding */
  yj_test_wait (f->server->posts->len == 1);
  wait_for (one, YJ_JOB_SUBMITTING);
  g_assert_cmpint (yj_job_get_state (two), ==, YJ_JOB_WAITING);
  yj_test_platform_release (f->server);
  yj_test_wait (f->server->posts->len == 2);
  wait_for (two, YJ_JOB_SUBMITTING);
  g_assert_cmpint (yj_job_get_state (three), ==, YJ_JOB_WAITING);
  yj_test_platform_release (f->server);
  yj_test_wait (f->server->posts->len == 3);
  yj_test_platform_release (f->server);
  wait_for (three, YJ_JOB_CREATED);
}

static void
test_row_before_bytes (Fixture       *f,
                       gconstpointer  data)
{
  YjTestQueue other = { .folder = f->q.folder };
  YjJob *job;

  f->server->submit = YJ_TEST_HOLD;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (f->server->posts->len == 1);

  /* what another process would find now, while the request is on its way */
  yj_test_queue_open (&other, NULL);
  g_assert_cmpint (yj_job_get_state (yj_job_queue_find (other.queue, yj_job_get_uuid (job))), ==, YJ_JOB_SUBMITTING);
  yj_test_queue_close (&other);

  yj_test_platform_release (f->server);
  wait_for (job, YJ_JOB_CREATED);
}

/* ---- references and recipes */

static void
test_references (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr(YjDraft) draft = yj_test_new_draft (f->q.catalog, "i2v/happyhorse-1.0-i2v", "一起来调科目三");
  g_autofree char *path = yj_test_write_picture (f->q.folder, "a; \"photo\".jpg");
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(YjDraftFile) picture = yj_draft_file_new (file, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
  g_autoptr(YjDraftFile) kept = NULL;
  g_autoptr(YjDraft) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;
  g_autofree char *expected = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, f->server->cover);
  YjTestRequest *post;
  YjJob *job;

  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, picture));
  yj_draft_set_value (draft, "resolution", "720P");
  yj_draft_set_value (draft, "duration", "15");
  job = yj_test_queue_add (&f->q, draft);
  /* the original may go at once */
  g_assert_cmpint (g_unlink (path), ==, 0);
  wait_for (job, YJ_JOB_CREATED);

  post = g_ptr_array_index (f->server->posts, 0);
  g_assert_true (g_str_has_prefix (post->content_type, "multipart/form-data; boundary="));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (post->body, NULL), -1, "name=\"image1_file\""));

  again = yj_job_queue_new_draft (f->q.queue, job, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yj_draft_get_prompt (again), ==, "一起来调科目三");
  g_assert_cmpstr (yj_draft_get_value (again, "duration"), ==, "15");
  kept = g_list_model_get_item (yj_draft_get_files (again, YJ_SLOT_FIRST_FRAME), 0);
  g_assert_nonnull (kept);
  content = dup_content (yj_draft_file_get_file (kept));
  g_assert_cmpstr (content, ==, expected);
  g_assert_true (g_str_has_prefix (g_file_peek_path (yj_draft_file_get_file (kept)), f->q.folder));
}

static void
test_bad_drafts (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr(YjDraft) no_prompt = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "");
  g_autoptr(YjDraft) no_file = yj_test_new_draft (f->q.catalog, "i2v/happyhorse-1.0-i2v", "x");
  g_autoptr(GFile) missing = g_file_new_for_path ("/nonexistent/a.jpg");
  g_autoptr(YjDraftFile) picture = yj_draft_file_new (missing, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
  g_autoptr(GAsyncResult) one = NULL, two = NULL;
  g_autoptr(GError) error = NULL;

  yj_job_queue_add_async (f->q.queue, no_prompt, TRUE, NULL, yj_test_take_result, &one);
  yj_test_wait (one != NULL);
  g_assert_null (yj_job_queue_add_finish (f->q.queue, one, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_INVALID_REQUEST);
  g_clear_error (&error);

  g_assert_true (yj_draft_add_file (no_file, YJ_SLOT_FIRST_FRAME, picture));
  yj_draft_set_value (no_file, "resolution", "720P");
  yj_job_queue_add_async (f->q.queue, no_file, TRUE, NULL, yj_test_take_result, &two);
  yj_test_wait (two != NULL);
  g_assert_null (yj_job_queue_add_finish (f->q.queue, two, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)), ==, 0);
  g_assert_cmpuint (f->server->posts->len, ==, 0);
}

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
test_ending (Fixture       *f,
             gconstpointer  data)
{
  const Ending *ending = data;
  YjJob *job;

  f->server->submit = ending->way;
  f->server->submit_status = ending->status;
  f->server->submit_body = g_strdup (ending->body);
  job = yj_test_queue_add_plain (&f->q, "x");
  wait_for (job, ending->state);
  g_assert_cmpint (yj_job_get_error_code (job), ==, ending->code);
  g_assert_nonnull (yj_job_get_error_message (job));
  g_assert_cmpuint (f->q.n_ended, ==, 1);

  /* never sent again by itself, not even after a restart that finds a platform in good health */
  f->server->submit = YJ_TEST_ANSWER;
  f->server->submit_status = 0;
  g_clear_pointer (&f->server->submit_body, g_free);
  restart (f);
  job = first_job (f);
  g_assert_cmpint (yj_job_get_state (job), ==, ending->state);
  g_assert_cmpint (yj_job_get_error_code (job), ==, ending->code);
  yj_job_queue_check_again (f->q.queue, job);
  for (int i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (f->server->posts->len, ==, 1);

  /* the person's word pays, once, for a new job; an unconfirmed one is settled by it */
  yj_job_queue_submit_again (f->q.queue, job);
  yj_test_wait (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)) == 2);
  wait_for (first_job (f), YJ_JOB_CREATED);
  g_assert_cmpuint (f->server->posts->len, ==, 2);
  if (ending->state == YJ_JOB_UNCONFIRMED)
    wait_for (job, YJ_JOB_CANCELLED);
  else
    g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_FAILED);
}

static void
test_unsent (Fixture       *f,
             gconstpointer  data)
{
  YjJob *job;

  yj_test_platform_close (f->server);
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (yj_job_get_state (job) == YJ_JOB_WAITING && yj_job_get_error_code (job) == YJ_ERROR_UNSENT);
  g_assert_cmpuint (yj_job_queue_get_active (f->q.queue), ==, 1);

  /* tried again by itself */
  yj_test_platform_open (f->server);
  wait_for (job, YJ_JOB_CREATED);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
  g_assert_cmpint (yj_job_get_error_code (job), ==, -1);
}

static void
test_unsent_for_long (Fixture       *f,
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
  wait_for (job, YJ_JOB_CREATED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)), ==, 1);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_rate_limit (Fixture       *f,
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
  wait_for (job, YJ_JOB_CREATED);
}

static void
test_balance_pauses (Fixture       *f,
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
  wait_for (one, YJ_JOB_FAILED);
  yj_test_wait (yj_job_get_resting (two));
  g_assert_cmpint (yj_job_get_state (two), ==, YJ_JOB_WAITING);
  g_assert_cmpint (yj_job_get_error_code (two), ==, YJ_ERROR_BALANCE);
  g_assert_cmpuint (f->server->posts->len, ==, 1);

  /* after topping up, the person sends it on */
  f->server->submit = YJ_TEST_ANSWER;
  f->server->submit_status = 0;
  g_clear_pointer (&f->server->submit_body, g_free);
  yj_job_queue_submit_again (f->q.queue, two);
  wait_for (two, YJ_JOB_CREATED);
  g_assert_cmpint (yj_job_get_state (one), ==, YJ_JOB_FAILED);
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
test_full_before_sending (Fixture       *f,
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

  wait_for (job, YJ_JOB_CREATED);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_full_after_sending (Fixture       *f,
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
  g_timeout_add (1500, set_flag_cb, &over);
  yj_test_wait (over);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_SUBMITTING);
  set_disk_full (FALSE);
  wait_for (job, YJ_JOB_CREATED);
  g_assert_nonnull (yj_job_get_task_id (job));
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

/* ---- taking back */

static void
test_withdraw (Fixture       *f,
               gconstpointer  data)
{
  YjJob *one, *two;

  f->server->submit = YJ_TEST_HOLD;
  one = yj_test_queue_add_plain (&f->q, "one");
  two = yj_test_queue_add_plain (&f->q, "two");
  yj_test_wait (f->server->posts->len == 1);

  /* nothing was sent */
  yj_job_queue_withdraw (f->q.queue, two);
  wait_for (two, YJ_JOB_CANCELLED);
  /* all of it was */
  yj_job_queue_withdraw (f->q.queue, one);
  wait_for (one, YJ_JOB_UNCONFIRMED);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
  g_assert_cmpuint (f->q.n_ended, ==, 2);
}

static void
test_remove (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GFile) file = NULL, cover = NULL;
  YjJob *job = yj_test_queue_add_plain (&f->q, "x");

  wait_for (job, YJ_JOB_READY);
  file = g_object_ref (yj_job_get_file (job));
  cover = g_object_ref (yj_job_get_cover (job));
  yj_job_queue_remove (f->q.queue, job);
  yj_test_wait (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)) == 0);
  yj_test_wait (!g_file_query_exists (file, NULL) && !g_file_query_exists (cover, NULL));

  restart (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)), ==, 0);
}

static void
test_favourite (Fixture       *f,
                gconstpointer  data)
{
  YjJob *job;

  f->server->polls_to_end = 2;
  job = yj_test_queue_add_plain (&f->q, "x");
  wait_for (job, YJ_JOB_CREATED);
  /* while it goes its way: neither change is lost */
  yj_job_queue_set_favourite (f->q.queue, job, TRUE);
  wait_for (job, YJ_JOB_READY);
  g_assert_true (yj_job_get_favourite (job));

  restart (f);
  job = first_job (f);
  g_assert_true (yj_job_get_favourite (job));
  yj_job_queue_set_favourite (f->q.queue, job, FALSE);
  yj_test_wait (!yj_job_get_favourite (job));
  restart (f);
  g_assert_false (yj_job_get_favourite (first_job (f)));
}

/* ---- asking for the task */

static void
test_poll_errors (Fixture       *f,
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
  wait_for (job, YJ_JOB_READY);
  g_assert_null (yj_job_get_error_message (job));
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_key_refused (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(YjPlatform) better = yj_platform_new (f->server->base_url, "a-better-key", NULL);
  YjJob *job;
  guint asked;

  f->server->poll_status = 401;
  f->server->poll_body = g_strdup ("{\"error\": \"Invalid API Key\"}");
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (yj_job_get_resting (job));
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_CREATED);
  g_assert_cmpint (yj_job_get_error_code (job), ==, YJ_ERROR_UNAUTHORIZED);

  /* not asked again with this key, even when the person insists */
  asked = f->server->n_polls;
  yj_job_queue_check_again (f->q.queue, job);
  for (int i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (f->server->n_polls, ==, asked);

  f->server->poll_status = 0;
  g_clear_pointer (&f->server->poll_body, g_free);
  yj_job_queue_set_platform (f->q.queue, better, FALSE);
  wait_for (job, YJ_JOB_READY);
}

static void
test_not_yet (Fixture       *f,
              gconstpointer  data)
{
  YjJob *job;

  f->server->poll_body = g_strdup ("{\"status\": \"FAILED\", \"error\": \"taskid=1 not exist\"}");
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (f->server->n_polls >= 2);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_CREATED);
  g_assert_null (yj_job_get_error_message (job));

  g_clear_pointer (&f->server->poll_body, g_free);
  wait_for (job, YJ_JOB_READY);
}

static void
test_failed (Fixture       *f,
             gconstpointer  data)
{
  YjJob *job;

  f->server->poll_body = g_strdup ("{\"status\": \"FAILED\", \"error\": \"content[0] was refused\"}");
  job = yj_test_queue_add_plain (&f->q, "x");
  wait_for (job, YJ_JOB_FAILED);
  g_assert_cmpint (yj_job_get_error_code (job), ==, YJ_ERROR_REFUSED);
  g_assert_nonnull (strstr (yj_job_get_error_message (job), "content[0]"));

  /* asking once more is free, and the platform may have changed its mind */
  g_clear_pointer (&f->server->poll_body, g_free);
  yj_job_queue_check_again (f->q.queue, job);
  wait_for (job, YJ_JOB_READY);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_other_origin (Fixture       *f,
                   gconstpointer  data)
{
  YjTestPlatform *other = yj_test_platform_new ();
  YjJob *job;

  f->server->polls_to_end = G_MAXUINT;
  job = yj_test_queue_add_plain (&f->q, "x");
  wait_for (job, YJ_JOB_RUNNING);

  yj_test_queue_close (&f->q);
  yj_test_queue_open (&f->q, other->base_url);
  job = first_job (f);
  yj_test_wait (yj_job_get_resting (job));
  yj_job_queue_check_again (f->q.queue, job);
  for (int i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (other->n_polls, ==, 0);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_RUNNING);

  /* back where it belongs */
  f->server->polls_to_end = 1;
  restart (f);
  wait_for (first_job (f), YJ_JOB_READY);
  yj_test_platform_free (other);
}

static void
test_dead_sandbox (Fixture       *f,
                   gconstpointer  data)
{
  YjJob *job, *waiting;

  yj_job_queue_set_platform (f->q.queue, f->q.platform, TRUE);
  f->server->polls_to_end = G_MAXUINT;
  job = yj_test_queue_add_plain (&f->q, "x");
  wait_for (job, YJ_JOB_RUNNING);
  f->server->submit_status = 429;
  f->server->submit_body = g_strdup ("{\"error\": \"Too many requests\"}");
  waiting = yj_test_queue_add_plain (&f->q, "y");
  yj_test_wait (yj_job_get_error_code (waiting) == YJ_ERROR_RATE_LIMIT);

  /* another sandbox, or none, on the next day: even the same port would be another one */
  yj_test_queue_close (&f->q);
  yj_test_queue_open (&f->q, NULL);
  waiting = first_job (f);
  g_assert_cmpstr (yj_job_get_prompt (waiting), ==, "y");
  wait_for (waiting, YJ_JOB_CANCELLED);
  {
    g_autoptr(YjJob) old = g_list_model_get_item (G_LIST_MODEL (f->q.queue), 1);

    wait_for (old, YJ_JOB_EXPIRED);
    g_assert_nonnull (yj_job_get_error_message (old));
  }
}

/* ---- fetching the result */

static void
test_cut_download (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *fetched = NULL;
  g_autofree char *expected = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, f->server->video);
  YjJob *job;

  f->server->cut_at = g_bytes_get_size (f->server->video) / 2;
  job = yj_test_queue_add_plain (&f->q, "x");
  wait_for (job, YJ_JOB_READY);
  g_assert_cmpuint (f->server->n_fetches, ==, 2);
  g_assert_cmpstr (f->server->last_range, !=, NULL);
  fetched = dup_content (yj_job_get_file (job));
  g_assert_cmpstr (fetched, ==, expected);
}

static void
test_resume_after_restart (Fixture       *f,
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
  job = first_job (f);
  wait_for (job, YJ_JOB_READY);
  range = g_strdup_printf ("bytes=%zu-", g_bytes_get_size (f->server->video) / 2);
  g_assert_cmpstr (f->server->last_range, ==, range);
  fetched = dup_content (yj_job_get_file (job));
  g_assert_cmpstr (fetched, ==, expected);
  g_assert_cmpuint (f->server->n_polls, ==, 1);
}

static void
test_fresh_link (Fixture       *f,
                 gconstpointer  data)
{
  YjJob *job;

  f->server->dead_links = 1;
  job = yj_test_queue_add_plain (&f->q, "x");
  wait_for (job, YJ_JOB_READY);
  g_assert_cmpuint (f->server->n_polls, ==, 2);
  g_assert_cmpuint (f->server->n_fetches, ==, 2);
}

static void
test_expired (Fixture       *f,
              gconstpointer  data)
{
  YjJob *job;

  f->server->dead_links = 2;
  job = yj_test_queue_add_plain (&f->q, "x");
  wait_for (job, YJ_JOB_EXPIRED);
  g_assert_cmpint (yj_job_get_error_code (job), ==, YJ_ERROR_NOT_FOUND);
  g_assert_cmpuint (f->server->n_polls, ==, 2);

  /* free, and this time it is there */
  yj_job_queue_download_again (f->q.queue, job);
  wait_for (job, YJ_JOB_READY);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_no_video (Fixture       *f,
               gconstpointer  data)
{
  YjJob *job;

  g_bytes_unref (f->server->video);
  f->server->video = g_bytes_new_static ("RIFFxxxxthis is not a video at all", 34);
  job = yj_test_queue_add_plain (&f->q, "x");
  wait_for (job, YJ_JOB_FAILED);
  g_assert_cmpint (yj_job_get_error_code (job), ==, YJ_ERROR_PROTOCOL);
  g_assert_null (yj_job_get_file (job));

  g_bytes_unref (f->server->video);
  f->server->video = yj_test_video ();
  yj_job_queue_download_again (f->q.queue, job);
  wait_for (job, YJ_JOB_READY);
}

static void
test_no_cover (Fixture       *f,
               gconstpointer  data)
{
  YjJob *job;

  g_clear_pointer (&f->server->cover, g_bytes_unref);
  job = yj_test_queue_add_plain (&f->q, "x");
  wait_for (job, YJ_JOB_READY);
  /* made from the video */
  g_assert_true (g_str_has_suffix (g_file_peek_path (yj_job_get_cover (job)), ".png"));
  g_assert_true (g_file_query_exists (yj_job_get_cover (job), NULL));
}

static void
test_download_again (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr(GFile) first = NULL;
  YjJob *job = yj_test_queue_add_plain (&f->q, "x");

  wait_for (job, YJ_JOB_READY);
  first = g_object_ref (yj_job_get_file (job));
  yj_job_queue_download_again (f->q.queue, job);
  wait_for (job, YJ_JOB_DOWNLOADING);
  wait_for (job, YJ_JOB_READY);
  /* nothing is replaced */
  g_assert_false (g_file_equal (first, yj_job_get_file (job)));
  g_assert_true (g_file_query_exists (first, NULL));
  g_assert_true (g_file_query_exists (yj_job_get_file (job), NULL));
}

static void
test_unwritable_disk (Fixture       *f,
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
  yj_job_queue_download_again (f->q.queue, job);
  wait_for (job, YJ_JOB_READY);
  g_assert_null (yj_job_get_error_message (job));
}

/* ---- two at once */

static void
test_two_processes (Fixture       *f,
                    gconstpointer  data)
{
  YjTestQueue other = { .folder = f->q.folder };
  YjJob *job, *seen;

  /* two queues with libraries of their own on one folder, as the window and the command line are */
  yj_test_queue_open (&other, f->server->base_url);
  f->server->polls_to_end = 2;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (g_list_model_get_n_items (G_LIST_MODEL (other.queue)) == 1);
  seen = yj_job_queue_find (other.queue, yj_job_get_uuid (job));
  wait_for (job, YJ_JOB_READY);
  wait_for (seen, YJ_JOB_READY);
  g_assert_true (g_file_equal (yj_job_get_file (job), yj_job_get_file (seen)));
  yj_test_wait (other.n_ended == 1);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
  g_assert_cmpuint (f->server->n_polls, ==, 2);
  g_assert_cmpuint (f->server->n_fetches, ==, 1);

  yj_test_queue_close (&other);
}

static void
test_takes_over (Fixture       *f,
                 gconstpointer  data)
{
  YjTestQueue other = { .folder = f->q.folder };
  YjJob *seen;

  f->server->polls_to_end = G_MAXUINT;
  wait_for (yj_test_queue_add_plain (&f->q, "x"), YJ_JOB_RUNNING);
  yj_test_queue_open (&other, f->server->base_url);
  seen = g_list_model_get_item (G_LIST_MODEL (other.queue), 0);
  g_assert_cmpint (yj_job_get_state (seen), ==, YJ_JOB_RUNNING);

  /* the one that drives it goes away */
  yj_test_queue_close (&f->q);
  f->server->polls_to_end = 1;
  wait_for (seen, YJ_JOB_READY);
  g_assert_cmpuint (f->server->posts->len, ==, 1);

  g_object_unref (seen);
  yj_test_queue_close (&other);
}

static void
test_only_looks (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr(YjPlatform) platform = yj_platform_new (f->server->base_url, "test-key-12345", NULL);
  g_autoptr(YjLibrary) library = NULL;
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(YjJobQueue) queue = NULL;
  g_autoptr(YjJob) running = NULL;
  g_autoptr(GAsyncResult) loaded = NULL, stopped = NULL, closed = NULL;
  guint n_polls;

  f->server->polls_to_end = G_MAXUINT;
  wait_for (yj_test_queue_add_plain (&f->q, "x"), YJ_JOB_RUNNING);
  yj_test_queue_close (&f->q);
  n_polls = f->server->n_polls;

  /* a list of jobs, as the command line shows it: nothing goes on */
  library = yj_test_open_library (f->q.folder);
  queue = yj_job_queue_new (library, catalog, FALSE);
  yj_job_queue_set_platform (queue, platform, FALSE);
  yj_job_queue_load_async (queue, NULL, yj_test_take_result, &loaded);
  yj_test_wait (loaded != NULL);
  running = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  g_assert_cmpint (yj_job_get_state (running), ==, YJ_JOB_RUNNING);
  for (int i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (f->server->n_polls, ==, n_polls);

  yj_job_queue_stop_async (queue, yj_test_take_result, &stopped);
  yj_test_wait (stopped != NULL);
  yj_library_close_async (library, yj_test_take_result, &closed);
  yj_test_wait (closed != NULL);
}

#define ADD(path, func) g_test_add ("/queue/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  signal (SIGXFSZ, SIG_IGN);
  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);

  ADD ("way", test_way);
  ADD ("newest-first", test_newest_first);
  ADD ("row-before-bytes", test_row_before_bytes);
  ADD ("references", test_references);
  ADD ("bad-drafts", test_bad_drafts);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/queue/ending/%u", i);

      g_test_add (path, Fixture, &endings[i], set_up, test_ending, tear_down);
    }
  ADD ("unsent", test_unsent);
  ADD ("unsent-for-long", test_unsent_for_long);
  g_test_add ("/queue/network-changed", Fixture, "", set_up, test_unsent_for_long, tear_down);
  ADD ("full-before-sending", test_full_before_sending);
  ADD ("full-after-sending", test_full_after_sending);
  ADD ("rate-limit", test_rate_limit);
  ADD ("balance-pauses", test_balance_pauses);
  ADD ("withdraw", test_withdraw);
  ADD ("remove", test_remove);
  ADD ("favourite", test_favourite);
  ADD ("poll-errors", test_poll_errors);
  ADD ("key-refused", test_key_refused);
  ADD ("not-yet", test_not_yet);
  ADD ("failed", test_failed);
  ADD ("other-origin", test_other_origin);
  ADD ("dead-sandbox", test_dead_sandbox);
  ADD ("cut-download", test_cut_download);
  ADD ("resume-after-restart", test_resume_after_restart);
  ADD ("fresh-link", test_fresh_link);
  ADD ("expired", test_expired);
  ADD ("no-video", test_no_video);
  ADD ("no-cover", test_no_cover);
  ADD ("download-again", test_download_again);
  ADD ("unwritable-disk", test_unwritable_disk);
  ADD ("two-processes", test_two_processes);
  ADD ("takes-over", test_takes_over);
  ADD ("only-looks", test_only_looks);

  return g_test_run ();
}
