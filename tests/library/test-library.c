/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "library-test.h"

static void
test_open_anew (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  static const char * const names[] = { ".", "library.db", "library.db-wal", "library.db-shm", "library.lock", "videos", "references" };

  g_assert_cmpuint (g_list_model_get_n_items (yj_library_get_conversations (library)), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (g_file_peek_path (folder), names[i], NULL);
      struct stat facts;

      g_assert_no_errno (stat (path, &facts));
      g_test_message ("%s", path);
      g_assert_cmpint (facts.st_mode & 077, ==, 0);
    }
  yj_test_close (library);
}

static void
test_conversation_comes_back (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation = yj_library_new_conversation (library);
  YjMessage *question, *answer;
  g_autoptr(YjConversation) again = NULL;
  g_autoptr(YjMessage) message = NULL;

  g_object_set (conversation, "model", "qwen3-max", "system-prompt", "简短回答", NULL);
  question = yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "  你是谁？\n第二行");
  g_assert_cmpint (yj_message_get_id (question), ==, 0);
  answer = yj_library_add_message (library, conversation, YJ_MESSAGE_ASSISTANT, NULL);
  g_assert_cmpint (yj_message_get_state (answer), ==, YJ_MESSAGE_STREAMING);
  yj_message_append (answer, "我是", "想一想");
  yj_library_save_message (library, answer);
  yj_test_wait (yj_message_get_id (question) != 0 && yj_message_get_id (answer) != 0);
  yj_message_append (answer, "元境。", NULL);
  g_object_set (answer, "state", YJ_MESSAGE_COMPLETE, "model", "qwen3-max", "prompt-tokens", G_GINT64_CONSTANT (12),
                "completion-tokens", G_GINT64_CONSTANT (34), "cached-tokens", G_GINT64_CONSTANT (5),
                "first-token-us", G_GINT64_CONSTANT (6), "duration-us", G_GINT64_CONSTANT (7), "usage-id", "u-1", NULL);
  yj_library_save_message (library, answer);
  g_assert_cmpstr (yj_conversation_get_title (conversation), ==, "你是谁？");
  yj_test_close (library);
  g_clear_object (&library);

  library = yj_test_open (folder);
  again = g_list_model_get_item (yj_library_get_conversations (library), 0);
  g_assert_nonnull (again);
  g_assert_cmpint (yj_conversation_get_id (again), !=, 0);
  g_assert_cmpstr (yj_conversation_get_title (again), ==, "你是谁？");
  g_assert_cmpstr (yj_conversation_get_model (again), ==, "qwen3-max");
  g_assert_cmpstr (yj_conversation_get_system_prompt (again), ==, "简短回答");
  g_assert_false (yj_conversation_get_loaded (again));
  yj_test_load (library, again);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  message = g_list_model_get_item (G_LIST_MODEL (again), 1);
  g_assert_cmpint (yj_message_get_role (message), ==, YJ_MESSAGE_ASSISTANT);
  g_assert_cmpint (yj_message_get_state (message), ==, YJ_MESSAGE_COMPLETE);
  g_assert_cmpstr (yj_message_get_text (message), ==, "我是元境。");
  g_assert_cmpstr (yj_message_get_reasoning (message), ==, "想一想");
  g_assert_cmpstr (yj_message_get_model (message), ==, "qwen3-max");
  g_assert_cmpint (yj_message_get_prompt_tokens (message), ==, 12);
  g_assert_cmpint (yj_message_get_completion_tokens (message), ==, 34);
  g_assert_cmpint (yj_message_get_cached_tokens (message), ==, 5);
  g_assert_cmpint (yj_message_get_first_token_us (message), ==, 6);
  g_assert_cmpint (yj_message_get_duration_us (message), ==, 7);
  g_assert_cmpstr (yj_message_get_usage_id (message), ==, "u-1");
  g_assert_cmpint (yj_message_get_error_code (message), ==, -1);
  yj_test_close (library);
}

static void
test_closed (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) error = NULL;

  yj_test_close (library);
  yj_test_close (library);
  yj_library_load_jobs_async (library, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  rows = yj_library_load_jobs_finish (library, result, &error);
  g_assert_null (rows);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/library/open-anew", test_open_anew);
  g_test_add_func ("/library/conversation-comes-back", test_conversation_comes_back);
  g_test_add_func ("/library/closed", test_closed);

  return g_test_run ();
}
