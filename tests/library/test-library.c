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

static guint
find (YjLibrary      *library,
      YjConversation *conversation)
{
  guint position = G_MAXUINT;

  g_list_store_find (G_LIST_STORE (yj_library_get_conversations (library)), conversation, &position);
  return position;
}

static void
items_changed_cb (GListModel *list,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GString    *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

/* The one with the latest message first, moved in one change; a new one is there at once but has no row. */
static void
test_order (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  GListModel *list = yj_library_get_conversations (library);
  g_autoptr(GString) log = g_string_new (NULL);
  YjConversation *first = yj_library_new_conversation (library);
  YjConversation *second, *third;

  yj_library_add_message (library, first, YJ_MESSAGE_USER, "one");
  second = yj_library_new_conversation (library);
  yj_library_add_message (library, second, YJ_MESSAGE_USER, "two");
  third = yj_library_new_conversation (library);
  yj_library_add_message (library, third, YJ_MESSAGE_USER, "three");
  yj_library_new_conversation (library);
  g_assert_cmpuint (find (library, third), ==, 1);
  g_assert_cmpuint (find (library, first), ==, 3);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), log);
  yj_library_add_message (library, second, YJ_MESSAGE_USER, "again");
  g_assert_cmpstr (log->str, ==, "0-3+3 ");
  g_assert_cmpuint (find (library, second), ==, 0);
  yj_library_add_message (library, second, YJ_MESSAGE_USER, "and again");
  g_assert_cmpstr (log->str, ==, "0-3+3 ");

  g_object_ref (third);
  yj_library_trash_conversation (library, third);
  g_assert_cmpuint (find (library, third), ==, G_MAXUINT);
  yj_library_restore_conversation (library, third);
  g_assert_cmpuint (find (library, third), ==, 2);
  g_object_unref (third);
  yj_test_close (library);
  g_clear_object (&library);

  library = yj_test_open (folder);
  list = yj_library_get_conversations (library);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      static const char * const titles[] = { "two", "three", "one" };
      g_autoptr(YjConversation) conversation = g_list_model_get_item (list, i);

      g_assert_cmpstr (yj_conversation_get_title (conversation), ==, titles[i]);
    }
  yj_test_close (library);
}

static void
test_title (void)
{
  static const struct { const char *text, *title; } cases[] = {
    { "  \n 短问题 \n第二行", "短问题" },
    { "  What is\ta  cat?  And a dog?", "What is a cat?" },
    { "什么是猫？什么是狗？", "什么是猫？" },
    { "帮我用元境做视频吧。", "帮我用元境做视频吧" },
    { "你好！帮我写一首关于月亮的诗，好吗？谢谢", "你好！帮我写一首关于月亮的诗，好吗？" },
    { "Version 1.2 is out", "Version 1.2 is out" },
    { "Please write a very long story about a cat and a dog in the rain", "Please write a very long story about a…" },
    { "I have a question about the tides, because the moon pulls the sea and nobody says why",
      "I have a question about the tides…" },
    { "请帮我写一篇关于人工智能发展历史的文章，要求三千字以上并附参考文献", "请帮我写一篇关于人工智能发展历史的文章…" },
    { "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十" },
    { "一二三四五六七八九十一二三四五六七八九十一二三", "一二三四五六七八九十一二三四五六七八九…" },
    { "怎么把一段很长的视频剪成适合手机看的样子Photoshop", "怎么把一段很长的视频剪成适合手机看的样…" },
    { "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeee", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddd…" },
    { "# **Plan** for `today`", "Plan for today" },
    { "> 1. see [the manual](https://example.org/a(b)c) first", "see the manualc) first" },
    { "[月亮](https://example.org) 有多远", "月亮 有多远" },
    { "```c\nint main;\n```\nWhat does this do?", "What does this do?" },
    { "```\nint main;\n```", "int main" },
    { "---\n\nafter a rule", "after a rule" },
    { "Tell me more...", "Tell me more..." },
    { "???", "???" },
    { "😀", "😀" },
    { "", "" },
  };
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      conversation = yj_library_new_conversation (library);
      yj_library_add_message (library, conversation, YJ_MESSAGE_USER, cases[i].text);
      g_assert_cmpstr (yj_conversation_get_title (conversation), ==, cases[i].title);
    }
  /* A title that somebody gave stays. */
  conversation = yj_library_new_conversation (library);
  g_object_set (conversation, "title", "mine", NULL);
  yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "question");
  g_assert_cmpstr (yj_conversation_get_title (conversation), ==, "mine");
  yj_test_close (library);
}

/* What was typed and not sent is kept, also in a conversation without a message; an empty one is not. */
static void
test_draft (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation = yj_library_new_conversation (library);
  g_autoptr(YjConversation) again = NULL;

  yj_library_save_conversation (library, yj_library_new_conversation (library));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *draft = g_strdup_printf ("draft %u", i);

      g_object_set (conversation, "draft", draft, NULL);
      yj_library_save_conversation (library, conversation);
    }
  yj_test_close (library);
  g_clear_object (&library);
  library = yj_test_open (folder);
  g_assert_cmpuint (g_list_model_get_n_items (yj_library_get_conversations (library)), ==, 1);
  again = g_list_model_get_item (yj_library_get_conversations (library), 0);
  g_assert_cmpstr (yj_conversation_get_draft (again), ==, "draft 999");
  yj_test_close (library);
}

/* Added while the rest is still being read: behind it, once. */
static void
test_add_while_loading (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation = yj_library_new_conversation (library);
  g_autoptr(YjConversation) again = NULL;
  g_autoptr(GAsyncResult) result = NULL, second = NULL;
  g_autoptr(YjMessage) last = NULL;

  for (guint i = 0; i < 10; i++)
    yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "old");
  yj_test_close (library);
  g_clear_object (&library);
  library = yj_test_open (folder);
  again = g_list_model_get_item (yj_library_get_conversations (library), 0);
  yj_library_add_message (library, again, YJ_MESSAGE_USER, "before loading");
  yj_library_load_conversation_async (library, again, NULL, yj_test_take_result, &result);
  yj_library_load_conversation_async (library, again, NULL, yj_test_take_result, &second);
  yj_library_add_message (library, again, YJ_MESSAGE_USER, "while loading");
  yj_test_wait (result != NULL && second != NULL);
  g_assert_true (yj_library_load_conversation_finish (library, result, NULL));
  g_assert_true (yj_library_load_conversation_finish (library, second, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 12);
  last = g_list_model_get_item (G_LIST_MODEL (again), 11);
  g_assert_cmpstr (yj_message_get_text (last), ==, "while loading");
  yj_test_close (library);
}

static gint64
get_written (void)
{
  g_autofree char *io = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/io", &io, NULL, NULL));
  return g_ascii_strtoll (strstr (io, "wchar: ") + strlen ("wchar: "), NULL, 10);
}

/* One answer grows to 1 MB in 1,000 steps, each of them saved: what is written is a few times what it became, not a
   thousand times. */
static void
test_growing_is_cheap (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation = yj_library_new_conversation (library);
  YjMessage *message = yj_library_add_message (library, conversation, YJ_MESSAGE_ASSISTANT, NULL);
  g_autofree char *piece = g_strnfill (1000, 'x');
  g_autoptr(YjLibrary) other = NULL;
  g_autoptr(YjConversation) found = NULL;
  g_autoptr(YjMessage) read = NULL;
  gint64 before = get_written ();

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;

      yj_message_append (message, piece, NULL);
      yj_library_save_message (library, message);
      /* In order behind it: so each is written by itself. */
      yj_library_load_jobs_async (library, NULL, yj_test_take_result, &result);
      yj_test_wait (result != NULL);
      g_ptr_array_unref (yj_library_load_jobs_finish (library, result, NULL));
    }
  g_test_message ("%" G_GINT64_FORMAT " bytes written", get_written () - before);
  g_assert_cmpint (get_written () - before, <, 40 * 1000 * 1000);

  /* Another process would find it all. */
  other = yj_test_open (folder);
  found = g_list_model_get_item (yj_library_get_conversations (other), 0);
  yj_test_load (other, found);
  read = g_list_model_get_item (G_LIST_MODEL (found), 0);
  g_assert_cmpint (yj_message_get_state (read), ==, YJ_MESSAGE_CUT);
  g_assert_cmpuint (strlen (yj_message_get_text (read)), ==, 1000 * 1000);
  yj_test_close (other);
  yj_test_close (library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/library/open-anew", test_open_anew);
  g_test_add_func ("/library/conversation-comes-back", test_conversation_comes_back);
  g_test_add_func ("/library/closed", test_closed);

  g_test_add_func ("/library/order", test_order);
  g_test_add_func ("/library/title", test_title);
  g_test_add_func ("/library/draft", test_draft);
  g_test_add_func ("/library/add-while-loading", test_add_while_loading);
  g_test_add_func ("/library/growing-is-cheap", test_growing_is_cheap);

  return g_test_run ();
}
