/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes, and the room in which they wait: their order, taking them back, how many the platform takes at once. */
#include "yj-error.h"
#include "yj-recipe.h"
#include "yj-test-queue.h"

static YjJob *
add_takes (YjTestFixture *f,
           const char    *prompt,
           guint          n,
           const char    *batch)
{
  g_autoptr(YjDraft) draft = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", prompt);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjJob *first;

  yj_job_queue_add_takes_async (f->q.queue, draft, &(YjJobOrder) { .n_takes = n, .batch = batch }, FALSE, NULL,
                                yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  first = yj_job_queue_add_finish (f->q.queue, result, &error);
  g_assert_no_error (error);
  return first;
}

static YjJob *
get (YjTestFixture *f,
     guint          position)
{
  g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (f->q.queue), position);

  return job;
}

static guint
count (YjTestFixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->q.queue));
}

static guint
count_in (YjTestFixture *f,
          YjJobState     state)
{
  guint n = 0;

  for (guint i = 0; i < count (f); i++)
    n += yj_job_get_state (get (f, i)) == state;
  return n;
}

/* The prompts of those that wait, the next one first. */
static char *
dup_line (YjTestFixture *f)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint place = 1; place <= count (f); place++)
    for (guint i = 0; i < count (f); i++)
      if (yj_job_get_line (get (f, i)) == place)
        g_string_append (line, yj_job_get_prompt (get (f, i)));

  return g_string_free_and_steal (g_steal_pointer (&line));
}

static gboolean
line_is (YjTestFixture *f,
         const char    *expected)
{
  g_autofree char *line = dup_line (f);

  return g_str_equal (line, expected);
}

/* What the platform was sent, by the prompts' first letters. */
static char *
dup_sent (YjTestFixture *f)
{
  g_autoptr(GString) sent = g_string_new (NULL);

  for (guint i = 0; i < f->server->posts->len; i++)
    {
      YjTestRequest *post = g_ptr_array_index (f->server->posts, i);
      g_autofree char *body = g_strndup (g_bytes_get_data (post->body, NULL), g_bytes_get_size (post->body));
      const char *prompt = strstr (body, "\"prompt\"");

      g_assert_nonnull (prompt);
      g_string_append_c (sent, prompt[strlen ("\"prompt\"") + strcspn (prompt + strlen ("\"prompt\""), "abcdefx")]);
    }

  return g_string_free_and_steal (g_steal_pointer (&sent));
}

/* ---- takes */

static void
test_takes (YjTestFixture *f,
            gconstpointer  data)
{
  YjJob *first = add_takes (f, "take", 3, "together");
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (count (f), ==, 3);
  g_assert_true (first == get (f, 2));
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpstr (yj_job_get_batch (get (f, i)), ==, "together");
      g_hash_table_add (names, (char *) yj_job_get_uuid (get (f, i)));
    }
  g_assert_cmpuint (g_hash_table_size (names), ==, 3);
  g_assert_cmpint (yj_job_get_position (get (f, 2)), <, yj_job_get_position (get (f, 1)));
  g_assert_cmpint (yj_job_get_position (get (f, 1)), <, yj_job_get_position (get (f, 0)));
  yj_test_wait (count_in (f, YJ_JOB_READY) == 3);
  g_assert_cmpuint (f->server->posts->len, ==, 3);
  yj_test_restart (f);
  g_assert_cmpstr (yj_job_get_batch (get (f, 0)), ==, "together");
  g_assert_cmpuint (f->server->posts->len, ==, 3);
}

/* However many are asked for, eight are the most. */
static void
test_most (YjTestFixture *f,
           gconstpointer  data)
{
  add_takes (f, "x", 1000, NULL);
  g_assert_cmpuint (count (f), ==, YJ_JOB_MOST_TAKES);
  g_assert_null (yj_job_get_batch (get (f, 0)));
}

/* ---- the line */

/* The first is held by the platform, so the others wait. */
static void
fill_line (YjTestFixture *f)
{
  f->server->submit = YJ_TEST_HOLD;
  yj_test_queue_add_plain (&f->q, "a");
  yj_test_wait_for (get (f, 0), YJ_JOB_SUBMITTING);
  for (const char *prompt = "b\0c\0d\0e\0"; *prompt != '\0'; prompt += 2)
    yj_test_queue_add_plain (&f->q, prompt);
  yj_test_wait (line_is (f, "bcde"));
}

static void
test_order (YjTestFixture *f,
            gconstpointer  data)
{
  g_autofree char *sent = NULL;

  fill_line (f);
  yj_job_queue_move (f->q.queue, get (f, 0), -3);       /* e */
  yj_test_wait (line_is (f, "ebcd"));
  yj_job_queue_move (f->q.queue, get (f, 3), 99);       /* b */
  yj_test_wait (line_is (f, "ecdb"));
  yj_job_queue_move (f->q.queue, get (f, 2), 1);        /* c */
  yj_test_wait (line_is (f, "edcb"));
  yj_job_queue_move (f->q.queue, get (f, 2), 0);
  yj_job_queue_move (f->q.queue, get (f, 4), -2);       /* a is being sent: it is in no line */
  yj_test_wait (line_is (f, "edcb"));

  f->server->submit = YJ_TEST_ANSWER;
  yj_test_platform_release (f->server);
  yj_test_wait (f->server->posts->len == 5);
  sent = dup_sent (f);
  g_assert_cmpstr (sent, ==, "aedcb");
  yj_test_wait (count_in (f, YJ_JOB_READY) == 5);
  yj_test_wait (line_is (f, ""));
}

/* Often enough for all room between two to be used up, and over a restart. */
static void
test_order_kept (YjTestFixture *f,
                 gconstpointer  data)
{
  yj_job_queue_set_platform (f->q.queue, NULL, FALSE);
  for (const char *prompt = "b\0c\0d\0"; *prompt != '\0'; prompt += 2)
    yj_test_queue_add_plain (&f->q, prompt);
  g_clear_object (&f->q.platform);
  yj_test_queue_close (&f->q);

  /* another run that has a key, but is told to wait */
  f->server->submit_status = 429;
  f->server->submit_body = g_strdup ("{\"error\": \"too many requests\"}");
  f->server->retry_after = g_strdup ("600");
  yj_test_queue_open (&f->q, f->server->base_url);
  yj_test_wait (f->server->posts->len == 1);
  yj_test_wait_for (get (f, 2), YJ_JOB_WAITING);
  yj_test_wait (line_is (f, "bcd"));
  for (guint i = 0; i < 41; i++)
    {
      yj_job_queue_move (f->q.queue, get (f, i % 2), -1);
      for (int j = 0; j < 20; j++)
        g_main_context_iteration (NULL, FALSE);
    }
  yj_job_queue_move (f->q.queue, get (f, 0), -2);
  yj_test_wait (line_is (f, "dbc") || line_is (f, "dcb"));
  {
    g_autofree char *line = dup_line (f);

    yj_test_restart (f);
    yj_test_wait (line_is (f, line));
  }
}

/* Free as long as nothing was sent. */
static void
test_withdraw (YjTestFixture *f,
               gconstpointer  data)
{
  g_autofree char *sent = NULL;

  fill_line (f);
  yj_job_queue_withdraw (f->q.queue, get (f, 2));       /* c */
  yj_test_wait_for (get (f, 2), YJ_JOB_CANCELLED);
  yj_test_wait (line_is (f, "bde"));
  g_assert_cmpint (yj_job_get_submitted (get (f, 2)), ==, 0);

  f->server->submit = YJ_TEST_ANSWER;
  yj_test_platform_release (f->server);
  yj_test_wait (count_in (f, YJ_JOB_READY) == 4);
  sent = dup_sent (f);
  g_assert_cmpstr (sent, ==, "abde");
}

/* ---- so many at once */

typedef struct
{
  guint taken;
  guint most;
} Door;

static void
door_hook (YjTestPlatform *server,
           const char     *path,
           gpointer        user_data)
{
  Door *door = user_data;

  if (!g_str_has_suffix (path, "/llmage/video"))
    return;
  server->submit_status = door->taken < door->most ? 0 : 429;
  if (server->submit_status == 0)
    door->taken++;
}

static void
test_limit (YjTestFixture *f,
            gconstpointer  data)
{
  Door door = { .most = 2 };
  guint n_posts;

  f->server->hook = door_hook;
  f->server->hook_data = &door;
  f->server->polls_to_end = G_MAXUINT;
  add_takes (f, "x", 5, NULL);
  yj_test_wait (yj_job_queue_get_limit (f->q.queue) == 2);
  g_assert_cmpuint (f->server->posts->len, ==, 3);
  yj_test_wait (count_in (f, YJ_JOB_WAITING) == 3);
  n_posts = f->server->posts->len;

  /* no knocking at the door meanwhile */
  {
    guint polls = f->server->n_polls;

    yj_test_wait (f->server->n_polls >= polls + 3);
    g_assert_cmpuint (f->server->posts->len, ==, n_posts);
    g_assert_false (yj_job_get_resting (get (f, 0)));
  }

  /* those that are there end: there is room */
  door.most = 5;
  f->server->polls_to_end = 0;
  yj_test_wait (count_in (f, YJ_JOB_READY) == 5);
  g_assert_cmpuint (f->server->posts->len, ==, 6);
}

/* Asked too quickly, with nothing of ours there: tried again by itself, and never given up. */
static void
test_too_quick (YjTestFixture *f,
                gconstpointer  data)
{
  YjJob *job;

  f->server->submit_status = 429;
  f->server->submit_body = g_strdup ("{\"error\": \"too many requests\"}");
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait (f->server->posts->len >= 2);
  g_assert_cmpuint (yj_job_queue_get_limit (f->q.queue), ==, 0);
  yj_test_wait (yj_job_get_error_code (job) == YJ_ERROR_RATE_LIMIT);
  f->server->submit_status = 0;
  g_clear_pointer (&f->server->submit_body, g_free);
  yj_test_wait_for (job, YJ_JOB_READY);
}

/* ---- once is once */

static void
test_again_twice (YjTestFixture *f,
                  gconstpointer  data)
{
  YjJob *job;

  f->server->submit = YJ_TEST_CUT;
  job = yj_test_queue_add_plain (&f->q, "x");
  yj_test_wait_for (job, YJ_JOB_UNCONFIRMED);
  f->server->submit = YJ_TEST_ANSWER;
  for (guint i = 0; i < 10; i++)
    yj_job_queue_submit_again (f->q.queue, job);
  yj_test_wait_for (job, YJ_JOB_CANCELLED);
  yj_test_wait (count_in (f, YJ_JOB_READY) == 1);
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_cmpuint (f->server->posts->len, ==, 2);
}

#define ADD(name, func) g_test_add ("/waiting/" name, YjTestFixture, NULL, yj_test_set_up, func, yj_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);
  ADD ("takes", test_takes);
  ADD ("most", test_most);
  ADD ("order", test_order);
  ADD ("order-kept", test_order_kept);
  ADD ("withdraw", test_withdraw);
  ADD ("limit", test_limit);
  ADD ("too-quick", test_too_quick);
  ADD ("again-twice", test_again_twice);

  return g_test_run ();
}
