/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kill -9 at many moments of a job, then going on: nothing is lost, and nothing is sent twice. The driver is a process
 * of its own, this test is the platform and counts what it is sent.
 */
#include <signal.h>

#include "yj-test-queue.h"

#define AT_ONCE 8

typedef struct
{
  const char *at;               /* what the platform is asked when the clock starts; NULL: the process starts */
  guint       after;            /* ms until it is killed */
} Moment;

static const Moment moments[] = {
  { NULL, 0 }, { NULL, 20 }, { NULL, 40 }, { NULL, 60 }, { NULL, 80 }, { NULL, 100 }, { NULL, 120 }, { NULL, 140 },
  { NULL, 160 }, { NULL, 180 }, { NULL, 200 }, { NULL, 250 }, { NULL, 300 }, { NULL, 500 }, { NULL, 1000 },
  { "/llmage/video", 0 }, { "/llmage/video", 1 }, { "/llmage/video", 2 }, { "/llmage/video", 3 }, { "/llmage/video", 5 },
  { "/llmage/video", 8 }, { "/llmage/video", 12 }, { "/llmage/video", 20 }, { "/llmage/video", 50 },
  { "/llmage/tasks", 0 }, { "/llmage/tasks", 2 }, { "/llmage/tasks", 5 }, { "/llmage/tasks", 10 }, { "/llmage/tasks", 20 },
  { "video.mp4", 0 }, { "video.mp4", 5 }, { "video.mp4", 20 }, { "video.mp4", 50 }, { "video.mp4", 100 },
  { "cover.jpeg", 0 }, { "cover.jpeg", 5 }, { "cover.jpeg", 20 }, { "cover.jpeg", 50 }, { "cover.jpeg", 100 },
};

typedef struct
{
  const Moment   *moment;
  YjTestPlatform *server;
  char           *folder;
  GSubprocess    *child;
  guint           kill_id;
  gboolean        killed;       /* or ended before it could be */
  gboolean        over;         /* the second process has ended too */
} Trial;

/* test-kill --drive FOLDER BASE_URL PICTURE|-: adds a job when there is none, and drives until all have ended. */
static int
drive (const char *folder,
       const char *base_url,
       const char *picture)
{
  YjTestQueue q = { .folder = g_strdup (folder) };

  yj_test_queue_open (&q, base_url);
  if (*picture != '-')
    {
      g_autoptr(YjDraft) draft = yj_test_new_draft (q.catalog, "i2v/happyhorse-1.0-i2v", "P");
      g_autoptr(GFile) file = g_file_new_for_path (picture);
      g_autoptr(YjDraftFile) attached = yj_draft_file_new (file, YJ_MEDIA_KIND_IMAGE, "image/jpeg");

      g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, attached));
      yj_draft_set_value (draft, "resolution", "720P");
      if (g_getenv ("YJ_TEST_TAKES") != NULL)
        {
          YjJobOrder order = { .n_takes = (guint) atoi (g_getenv ("YJ_TEST_TAKES")), .batch = "batch" };
          g_autoptr(GAsyncResult) result = NULL;

          yj_job_queue_add_takes_async (q.queue, draft, &order, FALSE, NULL, yj_test_take_result, &result);
          yj_test_wait (result != NULL);
          g_assert_nonnull (yj_job_queue_add_finish (q.queue, result, NULL));
        }
      else
        yj_test_queue_add (&q, draft);
    }
  yj_test_wait (yj_job_queue_get_active (q.queue) == 0);
  yj_test_queue_close (&q);
  g_free (q.folder);

  return 0;
}

static void
spawn (Trial               *trial,
       const char          *picture,
       GAsyncReadyCallback  ended)
{
  g_autoptr(GError) error = NULL;

  g_clear_object (&trial->child);
  trial->child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe", "--drive", trial->folder,
                                   trial->server->base_url, picture, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_async (trial->child, NULL, ended, trial);
}

static void
second_ended_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Trial *trial = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  g_assert_true (g_subprocess_get_successful (G_SUBPROCESS (object)));
  trial->over = TRUE;
}

static void
first_ended_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Trial *trial = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  trial->killed = TRUE;
  g_clear_handle_id (&trial->kill_id, g_source_remove);
  spawn (trial, "-", second_ended_cb);
}

static gboolean
kill_cb (gpointer user_data)
{
  Trial *trial = user_data;

  trial->kill_id = 0;
  g_subprocess_send_signal (trial->child, SIGKILL);

  return G_SOURCE_REMOVE;
}

static void
start_clock (Trial *trial)
{
  if (trial->killed || trial->kill_id != 0)
    return;
  if (trial->moment->after == 0)
    g_subprocess_send_signal (trial->child, SIGKILL);
  else
    trial->kill_id = g_timeout_add (trial->moment->after, kill_cb, trial);
}

static void
hook (YjTestPlatform *server,
      const char     *path,
      gpointer        user_data)
{
  Trial *trial = user_data;

  if (trial->moment->at != NULL && g_str_has_suffix (path, trial->moment->at))
    start_clock (trial);
}

static Trial *
trial_new (const Moment *moment)
{
  Trial *trial = g_new0 (Trial, 1);
  g_autofree char *picture = NULL;

  trial->moment = moment;
  trial->folder = yj_test_folder ("kill");
  trial->server = yj_test_platform_new ();
  trial->server->hook = hook;
  trial->server->hook_data = trial;
  picture = yj_test_write_picture (trial->folder, "photo.jpg");
  spawn (trial, picture, first_ended_cb);
  if (moment->at == NULL)
    start_clock (trial);

  return trial;
}

/* What the library holds in the end, against what the platform was sent. */
static YjJobState
judge (Trial *trial)
{
  YjTestQueue q = { .folder = g_strdup (trial->folder) };
  guint n_posts = trial->server->posts->len, n_jobs;
  YjJobState state = YJ_JOB_CANCELLED;

  yj_test_queue_open (&q, NULL);
  n_jobs = g_list_model_get_n_items (G_LIST_MODEL (q.queue));
  g_assert_cmpuint (n_posts, <=, 1);
  g_assert_cmpuint (n_jobs, <=, 1);
  g_assert_cmpuint (n_jobs, >=, n_posts);
  if (n_jobs == 1)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (q.queue), 0);

      state = yj_job_get_state (job);
      g_test_message ("killed %u ms after %s: %s, %u sent", trial->moment->after,
                      trial->moment->at != NULL ? trial->moment->at : "the start", yj_job_state_to_string (state), n_posts);
      if (state == YJ_JOB_READY)
        {
          g_assert_cmpuint (n_posts, ==, 1);
          g_assert_true (g_file_query_exists (yj_job_get_file (job), NULL));
        }
      else
        g_assert_cmpint (state, ==, YJ_JOB_UNCONFIRMED);
    }
  yj_test_queue_close (&q);
  g_free (q.folder);

  return state;
}

/* The finished video is there once, and nothing half-made beside it. */
static void
check_videos (Trial      *trial,
              YjJobState  state)
{
  g_autofree char *path = g_build_filename (trial->folder, "videos", NULL);
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  guint n_videos = 0;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      if (g_str_has_suffix (name, ".mp4"))
        n_videos++;
      g_assert_false (g_str_has_suffix (name, ".part"));
    }
  g_assert_cmpuint (n_videos, ==, state == YJ_JOB_READY ? 1 : 0);
}

static void
trial_free (Trial *trial)
{
  g_clear_object (&trial->child);
  yj_test_platform_free (trial->server);
  yj_test_remove_tree (trial->folder);
  g_free (trial->folder);
  g_free (trial);
}

static void
test_kill (void)
{
  guint n_ready = 0, n_unconfirmed = 0;

  for (guint first = 0; first < G_N_ELEMENTS (moments); first += AT_ONCE)
    {
      guint n = MIN (AT_ONCE, G_N_ELEMENTS (moments) - first);
      Trial *trials[AT_ONCE];

      for (guint i = 0; i < n; i++)
        trials[i] = trial_new (&moments[first + i]);
      for (guint i = 0; i < n; i++)
        {
          YjJobState state;

          yj_test_wait (trials[i]->over);
          state = judge (trials[i]);
          check_videos (trials[i], state);
          n_ready += state == YJ_JOB_READY;
          n_unconfirmed += state == YJ_JOB_UNCONFIRMED;
          trial_free (trials[i]);
        }
    }

  /* the moments do reach all the places they are meant for */
  g_test_message ("%u ready, %u unconfirmed", n_ready, n_unconfirmed);
  g_assert_cmpuint (n_ready, >, 10);
  g_assert_cmpuint (n_unconfirmed, >, 0);
}

/* ---- several takes, killed while some are sent and others wait */

#define N_TAKES 4

static const Moment take_moments[] = {
  { NULL, 60 }, { NULL, 120 }, { NULL, 180 }, { "/llmage/video", 0 }, { "/llmage/video", 2 }, { "/llmage/video", 5 },
  { "/llmage/video", 12 }, { "/llmage/video", 30 }, { "/llmage/video", 80 }, { "/llmage/tasks", 0 }, { "/llmage/tasks", 20 },
  { "video.mp4", 20 },
};

/* All rows or none; a request for each row at the most, whatever the row says of it. */
static void
judge_takes (Trial *trial)
{
  YjTestQueue q = { .folder = g_strdup (trial->folder) };
  guint n_posts = trial->server->posts->len, n_jobs, n_ready = 0, n_unconfirmed = 0;

  yj_test_queue_open (&q, NULL);
  n_jobs = g_list_model_get_n_items (G_LIST_MODEL (q.queue));
  for (guint i = 0; i < n_jobs; i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (q.queue), i);

      n_ready += yj_job_get_state (job) == YJ_JOB_READY;
      n_unconfirmed += yj_job_get_state (job) == YJ_JOB_UNCONFIRMED;
    }
  g_test_message ("killed %u ms after %s: %u ready, %u unconfirmed, %u sent", trial->moment->after,
                  trial->moment->at != NULL ? trial->moment->at : "the start", n_ready, n_unconfirmed, n_posts);
  g_assert_true (n_jobs == 0 || n_jobs == N_TAKES);
  g_assert_cmpuint (n_ready + n_unconfirmed, ==, n_jobs);
  g_assert_cmpuint (n_unconfirmed, <=, 1);      /* one at a time is sent */
  g_assert_cmpuint (n_posts, <=, n_jobs);
  g_assert_cmpuint (n_posts, >=, n_ready);
  yj_test_queue_close (&q);
  g_free (q.folder);
}

static void
test_takes (void)
{
  for (guint first = 0; first < G_N_ELEMENTS (take_moments); first += AT_ONCE)
    {
      guint n = MIN (AT_ONCE, G_N_ELEMENTS (take_moments) - first);
      Trial *trials[AT_ONCE];

      g_setenv ("YJ_TEST_TAKES", G_STRINGIFY (N_TAKES), TRUE);
      for (guint i = 0; i < n; i++)
        trials[i] = trial_new (&take_moments[first + i]);
      for (guint i = 0; i < n; i++)
        {
          yj_test_wait (trials[i]->over);
          judge_takes (trials[i]);
          trial_free (trials[i]);
        }
      g_unsetenv ("YJ_TEST_TAKES");
    }
}

/* ---- several processes on one library, all eager to send what is waiting */

static void
eager_ended_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  g_assert_true (g_subprocess_get_successful (G_SUBPROCESS (object)));
  (*(guint *) user_data)++;
}

static void
test_eager (void)
{
  YjTestPlatform *server = yj_test_platform_new ();
  YjTestQueue q = { 0 };
  guint n_ended = 0;

  /* without a key at first: the rows wait for whoever can send them */
  yj_test_queue_open (&q, NULL);
  yj_test_queue_add_plain (&q, "one");
  yj_test_queue_add_plain (&q, "two");
  yj_test_queue_close (&q);

  for (int i = 0; i < 4; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe", "--drive",
                                                       q.folder, server->base_url, "-", NULL);

      g_assert_no_error (error);
      g_subprocess_wait_async (child, NULL, eager_ended_cb, &n_ended);
    }
  yj_test_wait (n_ended == 4);
  g_assert_cmpuint (server->posts->len, ==, 2);
  g_assert_cmpuint (server->n_fetches, ==, 2);

  yj_test_queue_open (&q, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (q.queue), i);

      g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_READY);
    }
  yj_test_queue_clear (&q);
  yj_test_platform_free (server);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], "--drive"))
    return drive (argv[2], argv[3], argv[4]);

  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kill/moments", test_kill);
  g_test_add_func ("/kill/takes", test_takes);
  g_test_add_func ("/kill/eager", test_eager);

  return g_test_run ();
}
