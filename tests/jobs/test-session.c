/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All put together, on the real sandbox. */
#include <signal.h>

#include "yj-error.h"
#include "yj-session.h"
#include "yj-test-queue.h"

typedef struct
{
  char      *folder;
  YjSession *session;
} Fixture;

static void
open_session (Fixture    *f,
              const char *default_base_url)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  f->session = yj_session_new (NULL, default_base_url);
  yj_session_open_async (f->session, TRUE, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_session_open_finish (f->session, result, &error));
  g_assert_no_error (error);
}

static void
close_session (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_session_close_async (f->session, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_session_close_finish (f->session, result, &error));
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&f->session));
}

static void
start_sandbox (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_session_start_sandbox_async (f->session, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  yj_session_start_sandbox_finish (f->session, result, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->folder = yj_test_folder ("session");
  g_setenv ("YUANJING_DATA_DIR", f->folder, TRUE);
  g_unsetenv ("YUANJING_API_KEY");
  g_unsetenv ("YUANJING_BASE_URL");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  if (f->session != NULL)
    close_session (f);
  yj_test_remove_tree (f->folder);
  g_free (f->folder);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *n)
{
  (*n)++;
}

static void
test_no_key (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  open_session (f, NULL);
  g_assert_null (yj_session_get_platform (f->session));
  g_assert_cmpstr (yj_session_get_base_url (f->session), ==, "https://opencomputing.ai");
  g_assert_false (yj_session_get_sandbox (f->session));
  g_assert_nonnull (yj_session_get_queue (f->session));
  g_assert_nonnull (yj_session_get_chat (f->session));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (yj_session_get_catalog (f->session))), >, 0);
  /* there is no keyring in a test: said, not fatal */
  g_object_get (f->session, "key-error", &error, NULL);
  g_assert_nonnull (error);
}

static void
test_environment (Fixture       *f,
                  gconstpointer  data)
{
  g_setenv ("YUANJING_API_KEY", " a-key-of-the-environment\n", TRUE);
  g_setenv ("YUANJING_BASE_URL", "https://example.org/", TRUE);
  open_session (f, "https://stored.example.org");
  g_assert_cmpstr (yj_session_get_base_url (f->session), ==, "https://example.org");
  g_assert_true (YJ_IS_PLATFORM (yj_session_get_platform (f->session)));
}

static void
test_use_key (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(GAsyncResult) bad = NULL, good = NULL, forgotten = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  open_session (f, NULL);
  g_signal_connect (f->session, "notify::platform", G_CALLBACK (count_cb), &n);

  yj_session_use_key_async (f->session, NULL, "no key", FALSE, NULL, yj_test_take_result, &bad);
  yj_test_wait (bad != NULL);
  g_assert_false (yj_session_use_key_finish (f->session, bad, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (yj_session_get_platform (f->session));

  yj_session_use_key_async (f->session, "https://example.org", "a-key-12345678", FALSE, NULL, yj_test_take_result, &good);
  yj_test_wait (good != NULL);
  g_assert_true (yj_session_use_key_finish (f->session, good, &error));
  g_assert_true (YJ_IS_PLATFORM (yj_session_get_platform (f->session)));
  g_assert_cmpstr (yj_session_get_base_url (f->session), ==, "https://example.org");
  g_assert_cmpuint (n, ==, 1);

  yj_session_forget_key_async (f->session, NULL, yj_test_take_result, &forgotten);
  yj_test_wait (forgotten != NULL);
  g_assert_null (yj_session_get_platform (f->session));
}

static void
test_broken_catalog (Fixture       *f,
                     gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "yuanjing", NULL);
  g_autofree char *path = g_build_filename (folder, "models.json", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"models\": [", -1, NULL));
  open_session (f, NULL);
  g_object_get (f->session, "catalog-error", &error, NULL);
  g_assert_nonnull (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (yj_session_get_catalog (f->session))), >, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_saves_catalog (Fixture       *f,
                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "yuanjing", "models.json", NULL);
  YjModel *model;

  open_session (f, NULL);
  model = yj_catalog_find_by_id (yj_session_get_catalog (f->session), "i2v/wan2.6-i2v");
  g_assert_null (yj_model_get_llmid (model));
  yj_catalog_set_llmid (yj_session_get_catalog (f->session), model, "found-it");
  yj_session_save_catalog (f->session);
  yj_test_wait (g_file_test (path, G_FILE_TEST_EXISTS));
  close_session (f);

  open_session (f, NULL);
  model = yj_catalog_find_by_id (yj_session_get_catalog (f->session), "i2v/wan2.6-i2v");
  g_assert_cmpstr (yj_model_get_llmid (model), ==, "found-it");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static gboolean
read_again (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_session_read_catalog_async (f->session, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_session_read_catalog_finish (f->session, result, NULL);
}

static void
write_by_hand (const char *path,
               const char *text)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
save (Fixture    *f,
      const char *llmid)
{
  YjCatalog *catalog = yj_session_get_catalog (f->session);
  g_autoptr(GAsyncResult) result = NULL;

  yj_catalog_set_llmid (catalog, yj_catalog_find_by_id (catalog, "i2v/wan2.6-i2v"), llmid);
  yj_session_save_catalog (f->session);
  yj_session_wait_for_catalog (f->session, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
}

/* What was written by hand is read when asked for; what was not, or could not be read, is not lost when we write. */
static void
test_catalog_by_hand (Fixture       *f,
                      gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "yuanjing", "models.json", NULL);
  g_autofree char *backup = g_strconcat (path, "~", NULL), *kept = NULL, *now = NULL;
  g_autoptr(GError) fault = NULL, none = NULL;

  open_session (f, NULL);
  save (f, "first-id");
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  save (f, "second-id");
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));    /* nobody else wrote it */

  write_by_hand (path, "{\"models\": [{\"id\": \"t2v/wan2.6-t2v\", \"title\": \"By Hand\"}]}");
  g_assert_true (read_again (f));
  g_assert_cmpstr (yj_model_get_title (yj_catalog_find_by_id (yj_session_get_catalog (f->session), "t2v/wan2.6-t2v")), ==, "By Hand");

  write_by_hand (path, "{\"models\": [ my work");
  g_assert_false (read_again (f));
  g_object_get (f->session, "catalog-error", &fault, NULL);
  g_assert_error (fault, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX);
  g_assert_cmpstr (yj_model_get_title (yj_catalog_find_by_id (yj_session_get_catalog (f->session), "t2v/wan2.6-t2v")), ==, "By Hand");

  save (f, "third-id");
  g_object_get (f->session, "catalog-error", &none, NULL);
  g_assert_no_error (none);
  g_assert_true (g_file_get_contents (backup, &kept, NULL, NULL));
  g_assert_nonnull (strstr (kept, "my work"));
  g_assert_true (g_file_get_contents (path, &now, NULL, NULL));
  g_assert_nonnull (strstr (now, "third-id"));
  g_assert_nonnull (strstr (now, "By Hand"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (backup), ==, 0);
  g_assert_true (read_again (f));               /* no file is an empty one */
  g_assert_null (yj_model_get_llmid (yj_catalog_find_by_id (yj_session_get_catalog (f->session), "i2v/wan2.6-i2v")));
}

/* ---- on the sandbox */

static YjJob *
add (Fixture *f,
     YjDraft *draft)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjJob *job;

  yj_job_queue_add_async (yj_session_get_queue (f->session), draft, FALSE, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  job = yj_job_queue_add_finish (yj_session_get_queue (f->session), result, &error);
  g_assert_no_error (error);
  return job;
}

static void
test_picture_to_video (Fixture       *f,
                       gconstpointer  data)
{
  g_autofree char *path = yj_test_write_picture (f->folder, "photo.jpg");
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(YjDraftFile) picture = yj_draft_file_new (file, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
  g_autoptr(YjDraft) draft = NULL;
  YjJob *job;

  open_session (f, NULL);
  start_sandbox (f);
  g_assert_true (yj_session_get_sandbox (f->session));
  draft = yj_test_new_draft (yj_session_get_catalog (f->session), "i2v/happyhorse-1.0-i2v", "一起来调科目三");
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, picture));
  yj_draft_set_value (draft, "duration", "3");
  yj_draft_set_value (draft, "resolution", "720P");
  job = add (f, draft);
  yj_test_wait (yj_job_get_state (job) == YJ_JOB_SUBMITTING || yj_job_state_is_final (yj_job_get_state (job)));
  yj_test_wait (yj_job_get_state (job) == YJ_JOB_RUNNING || yj_job_state_is_final (yj_job_get_state (job)));
  yj_test_wait (yj_job_state_is_final (yj_job_get_state (job)));
  g_assert_cmpstr (yj_job_get_error_message (job), ==, NULL);
  g_assert_cmpint (yj_job_get_state (job), ==, YJ_JOB_READY);
  g_assert_cmpint (MIN (yj_job_get_width (job), yj_job_get_height (job)), ==, 720);
  g_assert_cmpint (ABS (yj_job_get_duration (job) - 3 * G_GINT64_CONSTANT (1000000000)), <, 100000000);
  g_assert_true (g_file_query_exists (yj_job_get_file (job), NULL));
  g_assert_nonnull (yj_job_get_cover (job));
}

static void
test_chat (Fixture       *f,
           gconstpointer  data)
{
  YjConversation *conversation;
  YjMessage *message;

  open_session (f, NULL);
  start_sandbox (f);
  conversation = yj_library_new_conversation (yj_session_get_library (f->session));
  message = yj_chat_send (yj_session_get_chat (f->session), conversation, "你是谁");
  yj_test_wait (yj_message_get_state (message) != YJ_MESSAGE_STREAMING);
  g_assert_cmpint (yj_message_get_state (message), ==, YJ_MESSAGE_COMPLETE);
  g_assert_cmpuint (strlen (yj_message_get_text (message)), >, 0);
  g_assert_cmpint (yj_message_get_completion_tokens (message), >, 0);

  message = yj_chat_send (yj_session_get_chat (f->session), conversation, "And then?");
  yj_test_wait (yj_message_get_state (message) != YJ_MESSAGE_STREAMING);
  g_assert_cmpint (yj_message_get_state (message), ==, YJ_MESSAGE_COMPLETE);
}

/* Kills -9 what this process has started itself. */
static void
kill_children (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", (int) getpid ());
  g_autofree char *text = NULL;
  g_auto(GStrv) pids = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  pids = g_strsplit (g_strchomp (text), " ", -1);
  g_assert_cmpuint (g_strv_length (pids), >, 0);
  for (guint i = 0; pids[i] != NULL; i++)
    kill ((pid_t) g_ascii_strtoll (pids[i], NULL, 10), SIGKILL);
}

static void
test_closed_while_streaming (Fixture       *f,
                             gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autoptr(YjConversation) conversation = NULL;
  g_autoptr(YjMessage) answer = NULL;
  g_autoptr(GAsyncResult) loaded = NULL;
  YjMessage *message;
  YjLibrary *library;

  open_session (f, NULL);
  start_sandbox (f);
  library = yj_session_get_library (f->session);
  message = yj_chat_send (yj_session_get_chat (f->session), yj_library_new_conversation (library), "你是谁");
  yj_test_wait (*yj_message_get_text (message) != '\0');
  text = g_strdup (yj_message_get_text (message));
  close_session (f);

  open_session (f, NULL);
  library = yj_session_get_library (f->session);
  conversation = g_list_model_get_item (yj_library_get_conversations (library), 0);
  yj_library_load_conversation_async (library, conversation, NULL, yj_test_take_result, &loaded);
  yj_test_wait (loaded != NULL);
  answer = g_list_model_get_item (G_LIST_MODEL (conversation), 1);
  g_assert_cmpint (yj_message_get_state (answer), ==, YJ_MESSAGE_STOPPED);
  g_assert_cmpstr (yj_message_get_text (answer), ==, text);
}

static void
test_sandbox_dies (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(YjDraft) draft = NULL;
  g_autoptr(GError) error = NULL;
  YjJob *job;

  open_session (f, NULL);
  start_sandbox (f);
  draft = yj_test_new_draft (yj_session_get_catalog (f->session), "t2v/happyhorse-1.0-t2v", "x");
  job = add (f, draft);
  yj_test_wait (yj_job_get_task_id (job) != NULL);

  kill_children ();

  yj_test_wait (yj_session_get_platform (f->session) == NULL);
  g_assert_false (yj_session_get_sandbox (f->session));
  g_object_get (f->session, "platform-error", &error, NULL);
  g_assert_nonnull (error);
  yj_test_wait (yj_job_get_state (job) == YJ_JOB_EXPIRED);

  /* and a new one can be had */
  start_sandbox (f);
  g_assert_true (yj_session_get_sandbox (f->session));
  g_clear_error (&error);
  g_object_get (f->session, "platform-error", &error, NULL);
  g_assert_null (error);
}

static void
test_leaves_sandbox (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  open_session (f, NULL);
  start_sandbox (f);
  yj_session_use_key_async (f->session, "https://example.org", "a-key-12345678", FALSE, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_session_use_key_finish (f->session, result, &error));
  g_assert_false (yj_session_get_sandbox (f->session));
  g_assert_cmpstr (yj_session_get_base_url (f->session), ==, "https://example.org");
}

static void
test_no_sandbox (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *program = g_strdup (g_getenv ("YUANJING_SANDBOX"));

  open_session (f, NULL);
  g_setenv ("YUANJING_SANDBOX", "/bin/true", TRUE);
  yj_session_start_sandbox_async (f->session, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_false (yj_session_start_sandbox_finish (f->session, result, &error));
  g_assert_nonnull (error);
  g_setenv ("YUANJING_SANDBOX", program, TRUE);
  g_assert_null (yj_session_get_platform (f->session));
}

#define ADD(path, func) g_test_add ("/session/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  yj_test_isolate ();
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("no-key", test_no_key);
  ADD ("environment", test_environment);
  ADD ("use-key", test_use_key);
  ADD ("broken-catalog", test_broken_catalog);
  ADD ("saves-catalog", test_saves_catalog);
  ADD ("catalog-by-hand", test_catalog_by_hand);
  ADD ("picture-to-video", test_picture_to_video);
  ADD ("chat", test_chat);
  ADD ("closed-while-streaming", test_closed_while_streaming);
  ADD ("sandbox-dies", test_sandbox_dies);
  ADD ("leaves-sandbox", test_leaves_sandbox);
  ADD ("no-sandbox", test_no_sandbox);

  return g_test_run ();
}
