/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-test.h"

static YjConversation *
add (YjLibrary  *library,
     const char *question,
     const char *answer)
{
  YjConversation *conversation = yj_library_new_conversation (library);
  YjMessage *message;

  yj_library_add_message (library, conversation, YJ_MESSAGE_USER, question);
  message = yj_library_add_message (library, conversation, YJ_MESSAGE_ASSISTANT, NULL);
  yj_message_append (message, answer, NULL);
  g_object_set (message, "state", YJ_MESSAGE_COMPLETE, NULL);
  yj_library_save_message (library, message);
  yj_test_wait (yj_message_get_id (message) != 0);
  return conversation;
}

/* Whether @query finds exactly the conversations that follow, in this order. */
static void
assert_finds (YjLibrary      *library,
              const char     *query,
              YjConversation *first,
              YjConversation *second)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = NULL;

  g_test_message ("%s", query);
  yj_library_search_async (library, query, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  ids = yj_library_search_finish (library, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, (first != NULL) + (second != NULL));
  if (first != NULL)
    g_assert_cmpint (g_array_index (ids, gint64, 0), ==, yj_conversation_get_id (first));
  if (second != NULL)
    g_assert_cmpint (g_array_index (ids, gint64, 1), ==, yj_conversation_get_id (second));
}

static void
test_words (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *chinese, *english;

  chinese = add (library, "帮我用元境做视频吧", "好的，先写一个提示词：一只猫在Moon上跳舞。\n然后选择模型。");
  english = add (library, "How do I write C++ faster?", "Café résumé: use \"templates\" NEAR the moonlight 😀 视力");

  /* Two characters, one, a phrase over punctuation, mixed scripts. */
  assert_finds (library, "视频", chinese, NULL);
  assert_finds (library, "频", chinese, NULL);
  assert_finds (library, "视", english, chinese);
  assert_finds (library, "频视", NULL, NULL);
  assert_finds (library, "猫在Moon上", chinese, NULL);
  assert_finds (library, "境做视频吧", chinese, NULL);
  /* Letter case, accents, beginnings; but no middles. */
  assert_finds (library, "moon", english, chinese);
  assert_finds (library, "MOONLI", english, NULL);
  assert_finds (library, "oonlight", NULL, NULL);
  assert_finds (library, "cafe", english, NULL);
  /* Every word, wherever in the conversation. */
  assert_finds (library, "faster moonlight", english, NULL);
  assert_finds (library, "视频　提示词", chinese, NULL);
  assert_finds (library, "视频 moonlight", NULL, NULL);
  /* The title counts, what only the index's language would understand does not. */
  assert_finds (library, "元境", chinese, NULL);
  assert_finds (library, "\"templates\"", english, NULL);
  assert_finds (library, "write NOT faster", NULL, NULL);
  assert_finds (library, "templ*", english, NULL);
  assert_finds (library, "body:moon", NULL, NULL);
  assert_finds (library, "\"", english, NULL);
  assert_finds (library, "++", english, NULL);
  assert_finds (library, "😀", english, NULL);
  assert_finds (library, "++ 视", english, NULL);
  assert_finds (library, "%", NULL, NULL);
  assert_finds (library, "", NULL, NULL);
  assert_finds (library, " 　\t", NULL, NULL);
  yj_test_close (library);
}

static void
test_follows_changes (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation = add (library, "first", "answer");
  YjMessage *message;

  g_object_set (conversation, "title", "新的标题", NULL);
  yj_library_save_conversation (library, conversation);
  assert_finds (library, "标题", conversation, NULL);
  /* Its question still says so, its title no more. */
  assert_finds (library, "first", conversation, NULL);

  message = yj_library_add_message (library, conversation, YJ_MESSAGE_ASSISTANT, NULL);
  yj_message_append (message, "长长的回答", NULL);
  yj_library_save_message (library, message);
  assert_finds (library, "回答", NULL, NULL);
  g_object_set (message, "state", YJ_MESSAGE_STOPPED, NULL);
  yj_library_save_message (library, message);
  assert_finds (library, "回答", conversation, NULL);

  g_object_ref (conversation);
  yj_library_trash_conversation (library, conversation);
  assert_finds (library, "回答", NULL, NULL);
  yj_library_restore_conversation (library, conversation);
  assert_finds (library, "回答", conversation, NULL);
  g_object_unref (conversation);
  yj_test_close (library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/search/words", test_words);
  g_test_add_func ("/search/follows-changes", test_follows_changes);

  return g_test_run ();
}
