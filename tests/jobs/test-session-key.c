/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of a session, in a real keyring on a bus of its own. */
#include "yj-session.h"
#include "yj-test-queue.h"

static YjSession *
open_session (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjSession *session = yj_session_new (NULL, "https://example.invalid");

  yj_session_open_async (session, TRUE, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_session_open_finish (session, result, &error));

  return session;
}

static void
close_session (YjSession *session)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_session_close_async (session, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_session_close_finish (session, result, NULL));
  g_clear_object (&result);
  g_assert_finalize_object (session);
}

static void
use_key (YjSession  *session,
         const char *key,
         gboolean    remember)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_session_use_key_async (session, NULL, key, remember, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  yj_session_use_key_finish (session, result, &error);
  g_assert_no_error (error);
}

static void
check_no_key_error (YjSession *session)
{
  g_autoptr(GError) error = NULL;

  g_object_get (session, "key-error", &error, NULL);
  g_assert_no_error (error);
}

static void
test_remembered (void)
{
  g_autoptr(GAsyncResult) forgotten = NULL;
  g_autoptr(GError) error = NULL;
  YjSession *session = open_session ();

  g_assert_null (yj_session_get_platform (session));
  check_no_key_error (session);
  use_key (session, "a-key-to-remember", TRUE);
  close_session (session);

  /* there as soon as opening is done: scripts rely on it */
  session = open_session ();
  g_assert_true (YJ_IS_PLATFORM (yj_session_get_platform (session)));
  check_no_key_error (session);

  yj_session_forget_key_async (session, NULL, yj_test_take_result, &forgotten);
  yj_test_wait (forgotten != NULL);
  g_assert_true (yj_session_forget_key_finish (session, forgotten, &error));
  g_clear_object (&forgotten);
  g_assert_null (yj_session_get_platform (session));
  close_session (session);

  session = open_session ();
  g_assert_null (yj_session_get_platform (session));
  check_no_key_error (session);
  close_session (session);
}

static void
test_for_this_run (void)
{
  YjSession *session = open_session ();

  use_key (session, "a-key-for-this-run", FALSE);
  g_assert_true (YJ_IS_PLATFORM (yj_session_get_platform (session)));
  close_session (session);

  session = open_session ();
  g_assert_null (yj_session_get_platform (session));
  close_session (session);
}

/* What the environment gives is used, and never stored. */
static void
test_environment (void)
{
  YjSession *session;

  g_setenv ("YUANJING_API_KEY", "a-key-of-the-environment", TRUE);
  session = open_session ();
  g_assert_true (YJ_IS_PLATFORM (yj_session_get_platform (session)));
  close_session (session);
  g_unsetenv ("YUANJING_API_KEY");

  session = open_session ();
  g_assert_null (yj_session_get_platform (session));
  close_session (session);
}

/* An answer of the keyring that comes late does not undo what the person has chosen meanwhile. */
static void
test_late_answer (void)
{
  g_autoptr(GAsyncResult) opened = NULL, started = NULL;
  g_autoptr(GError) error = NULL;
  YjSession *session = open_session ();

  use_key (session, "a-key-to-remember", TRUE);
  close_session (session);

  session = yj_session_new (NULL, "https://example.invalid");
  yj_session_open_async (session, TRUE, NULL, yj_test_take_result, &opened);
  yj_session_start_sandbox_async (session, NULL, yj_test_take_result, &started);
  yj_test_wait (opened != NULL && started != NULL);
  g_assert_true (yj_session_open_finish (session, opened, &error));
  g_assert_true (yj_session_start_sandbox_finish (session, started, &error));
  g_assert_true (yj_session_get_sandbox (session));
  g_clear_object (&opened);
  g_clear_object (&started);
  close_session (session);
}

int
main (int   argc,
      char *argv[])
{
  char *folder;
  int status;

  yj_test_isolate ();
  g_unsetenv ("YUANJING_API_KEY");
  g_unsetenv ("YUANJING_BASE_URL");
  folder = yj_test_folder ("session-key");
  g_setenv ("YUANJING_DATA_DIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session-key/remembered", test_remembered);
  g_test_add_func ("/session-key/for-this-run", test_for_this_run);
  g_test_add_func ("/session-key/environment", test_environment);
  g_test_add_func ("/session-key/late-answer", test_late_answer);

  status = g_test_run ();
  yj_test_remove_tree (folder);
  g_free (folder);

  return status;
}
