/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a job, on a platform that answers as the test wants. */
#include "yj-error.h"
#include "yj-test-queue.h"

static void
note_state (YjJob      *job,
            GParamSpec *pspec,
            GString    *states)
{
  g_string_append_printf (states, "%s ", yj_job_state_to_string (yj_job_get_state (job)));
}

static void
note_moving (YjJobQueue *queue,
             GParamSpec *pspec,
             GString    *moving)
{
  g_string_append_printf (moving, "%u ", yj_job_queue_get_moving (queue));
}

static void
test_way (YjTestFixture *f,
          gconstpointer  data)
{
  g_autoptr(GString) states = g_string_new (NULL), moving = g_string_new (NULL);
  g_autofree char *fetched = NULL;
  g_autofree char *name = NULL;
  YjTestRequest *post;
  YjJob *job;

  f->server->polls_to_end = 2;
  g_signal_connect (f->q.queue, "notify::moving", G_CALLBACK (note_moving), moving);
  job = yj_test_queue_add_plain (&f->q, "一只猫");
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_WAITING);
  g_assert_cmpuint (yj_job_queue_get_active (f->q.queue), ==, 1);
  g_signal_connect (job, "notify::state", G_CALLBACK (note_state), states);

  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_cmpstr (states->str, ==, "submitting created running downloading ready ");
  g_assert_cmpstr (moving->str, ==, "1 0 1 0 ");
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

  fetched = yj_test_dup_hash (yj_job_get_file (job));
  name = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, f->server->video);
  g_assert_cmpstr (fetched, ==, name);
  g_assert_true (g_file_query_exists (yj_job_get_cover (job), NULL));
  g_assert_true (g_str_has_suffix (g_file_peek_path (yj_job_get_file (job)), ".mp4"));
  g_assert_true (g_str_has_suffix (g_file_peek_path (yj_job_get_cover (job)), ".jpg"));

  /* all of it is on disk */
  yj_test_restart (f);
  job = yj_test_first_job (f);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_READY);
  g_assert_cmpstr (yj_job_get_prompt (job), ==, "一只猫");
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_newest_first (YjTestFixture *f,
                   gconstpointer  data)
{
  YjJob *one, *two, *three;

  f->server->submit = YJ_TEST_HOLD;
  one = yj_test_queue_add_plain (&f->q, "one");
  two = yj_test_queue_add_plain (&f->q, "two");
  three = yj_test_queue_add_plain (&f->q, "three");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)), ==, 3);
  g_assert_true (yj_test_first_job (f) == three);

  /* one at a time, in the order of adding */
  yj_test_wait (f->server->posts->len == 1);
  yj_test_wait_for (one, YJ_JOB_SUBMITTING);
  g_assert_cmpint (yj_job_get_state (two), ==, YJ_JOB_WAITING);
  yj_test_platform_release (f->server);
  yj_test_wait (f->server->posts->len == 2);
  yj_test_wait_for (two, YJ_JOB_SUBMITTING);
  g_assert_cmpint (yj_job_get_state (three), ==, YJ_JOB_WAITING);
  yj_test_platform_release (f->server);
  yj_test_wait (f->server->posts->len == 3);
  yj_test_platform_release (f->server);
  yj_test_wait_for (three, YJ_JOB_CREATED);
}

static void
test_row_before_bytes (YjTestFixture *f,
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
  yj_test_wait_for (job, YJ_JOB_CREATED);
}

static void
test_references (YjTestFixture *f,
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
  yj_test_wait_for (job, YJ_JOB_CREATED);

  post = g_ptr_array_index (f->server->posts, 0);
  g_assert_true (g_str_has_prefix (post->content_type, "multipart/form-data; boundary="));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (post->body, NULL), -1, "name=\"image1_file\""));

  again = yj_job_queue_new_draft (f->q.queue, job, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yj_draft_get_prompt (again), ==, "一起来调科目三");
  g_assert_cmpstr (yj_draft_get_value (again, "duration"), ==, "15");
  kept = g_list_model_get_item (yj_draft_get_files (again, YJ_SLOT_FIRST_FRAME), 0);
  g_assert_nonnull (kept);
  content = yj_test_dup_hash (yj_draft_file_get_file (kept));
  g_assert_cmpstr (content, ==, expected);
  g_assert_true (g_str_has_prefix (g_file_peek_path (yj_draft_file_get_file (kept)), f->q.folder));
}

static void
test_bad_drafts (YjTestFixture *f,
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

/* What was checked is not what would be sent. */
static void
test_changed_file (YjTestFixture *f,
                   gconstpointer  data)
{
  g_autoptr(YjDraft) draft = yj_test_new_draft (f->q.catalog, "i2v/happyhorse-1.0-i2v", "x");
  g_autofree char *path = yj_test_write_picture (f->q.folder, "cat.jpg"), *contents = NULL;
  g_autoptr(GFile) place = g_file_new_for_path (path);
  g_autoptr(YjDraftFile) picture = yj_draft_file_new (place, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  yj_draft_file_set_facts (picture, (gint64) length, 640, 360, 0);
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, picture));
  g_assert_true (g_file_set_contents (path, contents, (gssize) length - 1, NULL));
  yj_job_queue_add_async (f->q.queue, draft, TRUE, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_null (yj_job_queue_add_finish (f->q.queue, result, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_INVALID_REQUEST);
  g_assert_nonnull (strstr (error->message, "cat.jpg"));

  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
  yj_test_wait_for (yj_test_queue_add (&f->q, draft), YJ_JOB_CREATED);
}

/* A model that has lost a slot: what was made with it is not paid for again without that file. */
static void
test_lost_slot (YjTestFixture *f,
                gconstpointer  data)
{
  static const char own[] = "{\"models\": [{\"id\": \"i2v/happyhorse-1.0-i2v\", \"slots\": ["
                            "{\"role\": \"first-frame\", \"field\": \"image1_file\", \"type\": \"file\", \"minimum\": 1, \"maximum\": 1},"
                            "{\"role\": \"last-frame\", \"field\": \"image2_file\", \"type\": \"file\", \"minimum\": 1, \"maximum\": 1}]}]}";
  g_autofree char *path = yj_test_write_picture (f->q.folder, "cat.jpg");
  g_autoptr(GFile) place = g_file_new_for_path (path);
  g_autoptr(YjDraftFile) one = yj_draft_file_new (place, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
  g_autoptr(YjDraftFile) two = yj_draft_file_new (place, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
  g_autoptr(YjDraft) draft = NULL;
  g_autoptr(GError) error = NULL;
  YjJob *job;

  yj_catalog_overlay (f->q.catalog, own, -1, &error);
  g_assert_no_error (error);
  draft = yj_test_new_draft (f->q.catalog, "i2v/happyhorse-1.0-i2v", "x");
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, one));
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_LAST_FRAME, two));
  job = yj_test_queue_add (&f->q, draft);
  yj_test_wait_for (job, YJ_JOB_READY);

  yj_catalog_replace_overlay (f->q.catalog, "{}", -1, &error);
  g_assert_no_error (error);
  yj_job_queue_submit_again (f->q.queue, job);
  yj_test_wait (yj_job_get_error_message (job) != NULL);
  g_assert_cmpint (yj_job_get_error_code (job), ==, YJ_ERROR_INVALID_REQUEST);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)), ==, 1);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
}

static void
test_withdraw (YjTestFixture *f,
               gconstpointer  data)
{
  YjJob *one, *two;

  f->server->submit = YJ_TEST_HOLD;
  one = yj_test_queue_add_plain (&f->q, "one");
  two = yj_test_queue_add_plain (&f->q, "two");
  yj_test_wait (f->server->posts->len == 1);

  /* nothing was sent */
  yj_job_queue_withdraw (f->q.queue, two);
  yj_test_wait_for (two, YJ_JOB_CANCELLED);
  /* all of it was */
  yj_job_queue_withdraw (f->q.queue, one);
  yj_test_wait_for (one, YJ_JOB_UNCONFIRMED);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
  g_assert_cmpuint (f->q.n_ended, ==, 2);
}

static void
test_remove (YjTestFixture *f,
             gconstpointer  data)
{
  g_autoptr(GFile) file = NULL, cover = NULL;
  g_autoptr(GPtrArray) jobs = g_ptr_array_new ();
  g_autoptr(YjJob) trashed = NULL;
  YjJob *job = yj_test_queue_add_plain (&f->q, "x");

  yj_test_wait_for (job, YJ_JOB_READY);
  file = g_object_ref (yj_job_get_file (job));
  cover = g_object_ref (yj_job_get_cover (job));
  g_ptr_array_add (jobs, job);

  /* there and back, with its files, and after a restart still there */
  yj_job_queue_trash (f->q.queue, jobs);
  yj_test_wait (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)) == 0);
  g_assert_cmpuint (g_list_model_get_n_items (yj_job_queue_get_trash (f->q.queue)), ==, 1);
  yj_job_queue_restore (f->q.queue, jobs);
  yj_test_wait (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)) == 1);
  g_assert_cmpuint (g_list_model_get_n_items (yj_job_queue_get_trash (f->q.queue)), ==, 0);
  yj_job_queue_trash (f->q.queue, jobs);
  yj_test_wait (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)) == 0);
  g_ptr_array_set_size (jobs, 0);
  yj_test_restart (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)), ==, 0);
  g_assert_true (g_file_query_exists (file, NULL));

  trashed = g_list_model_get_item (yj_job_queue_get_trash (f->q.queue), 0);
  g_ptr_array_add (jobs, trashed);
  yj_job_queue_delete_trashed (f->q.queue, jobs);
  yj_test_wait (g_list_model_get_n_items (yj_job_queue_get_trash (f->q.queue)) == 0);
  yj_test_wait (!g_file_query_exists (file, NULL) && !g_file_query_exists (cover, NULL));
  yj_test_restart (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->q.queue)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (yj_job_queue_get_trash (f->q.queue)), ==, 0);
}

static void
test_tags (YjTestFixture *f,
           gconstpointer  data)
{
  g_autoptr(GPtrArray) both = g_ptr_array_new (), one = g_ptr_array_new ();
  g_auto(GStrv) tags = NULL;
  YjJob *job = yj_test_queue_add_plain (&f->q, "x"), *other = yj_test_queue_add_plain (&f->q, "y");

  yj_test_wait_for (job, YJ_JOB_READY);
  yj_test_wait_for (other, YJ_JOB_READY);
  g_ptr_array_add (one, job);
  g_ptr_array_add (both, job);
  g_ptr_array_add (both, other);
  yj_job_queue_set_tag (f->q.queue, both, "海", TRUE);
  yj_job_queue_set_tag (f->q.queue, one, "Boats", TRUE);
  yj_job_queue_set_tag (f->q.queue, one, "Old", TRUE);
  yj_job_queue_set_tag (f->q.queue, one, "Old", FALSE);
  yj_job_queue_rename_tag (f->q.queue, "Boats", "Ships");
  yj_test_restart (f);

  job = yj_test_first_job (f);          /* the newest: the other one */
  g_assert_cmpstr (yj_job_get_tags (job)[0], ==, "海");
  g_assert_null (yj_job_get_tags (job)[1]);
  tags = yj_job_queue_list_tags (f->q.queue);
  g_assert_cmpuint (g_strv_length (tags), ==, 2);
  g_assert_true (g_strv_contains ((const char * const *) tags, "Ships"));
  yj_job_queue_rename_tag (f->q.queue, "海", NULL);
  yj_test_wait (yj_job_get_tags (job) == NULL);
}

static void
test_favourite (YjTestFixture *f,
                gconstpointer  data)
{
  YjJob *job;

  f->server->polls_to_end = 2;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_CREATED);
  /* while it goes its way: neither change is lost */
  yj_job_queue_set_favourite (f->q.queue, job, TRUE);
  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_true (yj_job_get_favourite (job));

  yj_test_restart (f);
  job = yj_test_first_job (f);
  g_assert_true (yj_job_get_favourite (job));
  yj_job_queue_set_favourite (f->q.queue, job, FALSE);
  yj_test_wait (!yj_job_get_favourite (job));
  yj_test_restart (f);
  g_assert_false (yj_job_get_favourite (yj_test_first_job (f)));
}

static void
test_fold (YjTestFixture *f,
           gconstpointer  data)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new ();
  YjJob *job;

  f->server->polls_to_end = 2;
  job = yj_test_queue_add_plain (&f->q, "x");
  g_ptr_array_add (jobs, job);
  yj_test_wait_for (job, YJ_JOB_CREATED);
  yj_job_queue_fold (f->q.queue, jobs, "the-chosen-one");
  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_cmpstr (yj_job_get_folded (job), ==, "the-chosen-one");

  yj_test_restart (f);
  job = yj_test_first_job (f);
  g_assert_cmpstr (yj_job_get_folded (job), ==, "the-chosen-one");
  jobs->pdata[0] = job;
  yj_job_queue_fold (f->q.queue, jobs, NULL);
  yj_test_wait (yj_job_get_folded (job) == NULL);
  yj_test_restart (f);
  g_assert_null (yj_job_get_folded (yj_test_first_job (f)));
}

static void
test_other_origin (YjTestFixture *f,
                   gconstpointer  data)
{
  YjTestPlatform *other = yj_test_platform_new ();
  YjJob *job;

  f->server->polls_to_end = G_MAXUINT;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_RUNNING);

  yj_test_queue_close (&f->q);
  yj_test_queue_open (&f->q, other->base_url);
  job = yj_test_first_job (f);
  yj_test_wait (yj_job_get_resting (job));
  yj_job_queue_check_again (f->q.queue, job);
  for (int i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (other->n_polls, ==, 0);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_RUNNING);

  /* back where it belongs */
  f->server->polls_to_end = 1;
  yj_test_restart (f);
  yj_test_wait_for (yj_test_first_job (f), YJ_JOB_READY);
  yj_test_platform_free (other);
}

static void
test_dead_sandbox (YjTestFixture *f,
                   gconstpointer  data)
{
  YjJob *job, *waiting;

  yj_job_queue_set_platform (f->q.queue, f->q.platform, TRUE);
  f->server->polls_to_end = G_MAXUINT;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_RUNNING);
  f->server->submit_status = 429;
  f->server->submit_body = g_strdup ("{\"error\": \"Too many requests\"}");
  waiting = yj_test_queue_add_plain (&f->q, "y");
  yj_test_wait (yj_job_get_error_code (waiting) == YJ_ERROR_RATE_LIMIT);

  /* another sandbox, or none, on the next day: even the same port would be another one */
  yj_test_queue_close (&f->q);
  yj_test_queue_open (&f->q, NULL);
  waiting = yj_test_first_job (f);
  g_assert_cmpstr (yj_job_get_prompt (waiting), ==, "y");
  yj_test_wait_for (waiting, YJ_JOB_CANCELLED);
  {
    g_autoptr(YjJob) old = g_list_model_get_item (G_LIST_MODEL (f->q.queue), 1);

    yj_test_wait_for (old, YJ_JOB_EXPIRED);
    g_assert_nonnull (yj_job_get_error_message (old));
  }
}

static void
test_two_processes (YjTestFixture *f,
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
  yj_test_wait_for (job, YJ_JOB_READY);
  yj_test_wait_for (seen, YJ_JOB_READY);
  g_assert_true (g_file_equal (yj_job_get_file (job), yj_job_get_file (seen)));
  yj_test_wait (other.n_ended == 1);
  g_assert_cmpuint (f->server->posts->len, ==, 1);
  g_assert_cmpuint (f->server->n_polls, ==, 2);
  g_assert_cmpuint (f->server->n_fetches, ==, 1);

  yj_test_queue_close (&other);
}

static void
test_takes_over (YjTestFixture *f,
                 gconstpointer  data)
{
  YjTestQueue other = { .folder = f->q.folder };
  YjJob *seen;

  f->server->polls_to_end = G_MAXUINT;
  yj_test_wait_for (yj_test_queue_add_plain (&f->q, "x"), YJ_JOB_RUNNING);
  yj_test_queue_open (&other, f->server->base_url);
  seen = g_list_model_get_item (G_LIST_MODEL (other.queue), 0);
  g_assert_cmpint (yj_job_get_state (seen), ==, YJ_JOB_RUNNING);

  /* the one that drives it goes away */
  yj_test_queue_close (&f->q);
  f->server->polls_to_end = 1;
  yj_test_wait_for (seen, YJ_JOB_READY);
  g_assert_cmpuint (f->server->posts->len, ==, 1);

  g_object_unref (seen);
  yj_test_queue_close (&other);
}

static void
note_poll_cb (YjTestPlatform *server,
              const char     *path,
              gpointer        user_data)
{
  GArray *times = user_data;
  gint64 now = g_get_monotonic_time ();

  if (g_str_equal (path, "/llmage/tasks"))
    g_array_append_val (times, now);
}

/* Started again with many jobs under way, it does not ask for all of them in one breath. */
static void
test_takes_turns (YjTestFixture *f,
                  gconstpointer  data)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  f->server->polls_to_end = G_MAXUINT;
  for (int i = 0; i < 6; i++)
    yj_test_wait_for (yj_test_queue_add_plain (&f->q, "x"), YJ_JOB_CREATED);
  yj_test_queue_close (&f->q);

  f->server->hook = note_poll_cb;
  f->server->hook_data = times;
  yj_test_queue_open (&f->q, f->server->base_url);
  yj_test_wait (times->len >= 6);
  g_assert_cmpint (g_array_index (times, gint64, 5) - g_array_index (times, gint64, 0), >, 600 * 1000);
  f->server->hook = NULL;
}

static void
test_only_looks (YjTestFixture *f,
                 gconstpointer  data)
{
  g_autoptr(YjPlatform) platform = yj_platform_new (f->server->base_url, "test-key-12345", NULL);
  g_autoptr(YjLibrary) library = NULL;
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(YjJobQueue) queue = NULL;
  g_autoptr(YjJob) running = NULL;
  g_autoptr(GAsyncResult) loaded = NULL, stopped = NULL;
  guint n_polls;

  f->server->polls_to_end = G_MAXUINT;
  yj_test_wait_for (yj_test_queue_add_plain (&f->q, "x"), YJ_JOB_RUNNING);
  yj_test_queue_close (&f->q);
  n_polls = f->server->n_polls;

  /* a list of jobs, as the command line shows it: nothing goes on */
  library = yj_test_open_path (f->q.folder);
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
  yj_test_close (library);
}

#define ADD(path, func) g_test_add ("/queue/" path, YjTestFixture, NULL, yj_test_set_up, func, yj_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);

  ADD ("way", test_way);
  ADD ("newest-first", test_newest_first);
  ADD ("row-before-bytes", test_row_before_bytes);
  ADD ("references", test_references);
  ADD ("bad-drafts", test_bad_drafts);
  ADD ("changed-file", test_changed_file);
  ADD ("lost-slot", test_lost_slot);
  ADD ("withdraw", test_withdraw);
  ADD ("remove", test_remove);
  ADD ("favourite", test_favourite);
  ADD ("fold", test_fold);
  ADD ("tags", test_tags);
  ADD ("other-origin", test_other_origin);
  ADD ("dead-sandbox", test_dead_sandbox);
  ADD ("two-processes", test_two_processes);
  ADD ("takes-over", test_takes_over);
  ADD ("takes-turns", test_takes_turns);
  ADD ("only-looks", test_only_looks);

  return g_test_run ();
}
