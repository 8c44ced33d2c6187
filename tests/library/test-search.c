/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-test.h"
#include "yj-match.h"

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

/* ---- where in a conversation */

static YjSearchHit *
find_hit (YjLibrary      *library,
          YjConversation *conversation,
          const char     *query)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjSearchHit *hit;

  yj_library_find_hit_async (library, conversation, query, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  hit = yj_library_find_hit_finish (library, result, &error);
  g_assert_no_error (error);
  return hit;
}

/* What is attached is found with its name, and the words that were typed before it. */
static void
check_attached (YjLibrary *library)
{
  YjConversation *conversation = add (library, "<attachment name=\"fruit.txt\" bytes=\"20\">\nan apple and a pear\n\n</attachment>\n\n"
                                      "about a pear", "Well.");
  g_autoptr(YjSearchHit) typed = find_hit (library, conversation, "pear");
  g_autoptr(YjSearchHit) attached = find_hit (library, conversation, "apple");
  g_autoptr(YjSearchHit) name = find_hit (library, conversation, "fruit");
  g_autofree char *marked = g_strndup (attached->snippet + attached->start, attached->end - attached->start);

  g_assert_cmpstr (typed->snippet, ==, "about a pear");
  g_assert_cmpstr (typed->words, ==, "pear");
  g_assert_cmpstr (attached->snippet, ==, "fruit.txt: an apple and a pear ");
  g_assert_cmpstr (marked, ==, "apple");
  g_assert_cmpstr (attached->words, ==, "");
  g_assert_cmpint (attached->message, ==, typed->message);
  g_assert_cmpstr (name->snippet, ==, "fruit.txt");
}

static void
test_hits (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation = add (library, "关于月亮的问题", "It is **the moon**, not a lamp.\n\n月亮门外，湖面泛起微光，小船缓缓驶过，远处的山影映在水中。");
  g_autoptr(YjSearchHit) both = NULL, one = NULL, title = NULL;
  g_autoptr(YjMessage) question = NULL, answer = NULL;
  g_autofree char *marked = NULL;
  YjMessage *sibling;

  question = g_list_model_get_item (G_LIST_MODEL (conversation), 0);
  answer = g_list_model_get_item (G_LIST_MODEL (conversation), 1);
  /* The words next to each other are better than one of them. */
  both = find_hit (library, conversation, "THE MOON");
  g_assert_cmpint (both->message, ==, yj_message_get_id (answer));
  g_assert_cmpstr (both->words, ==, "THE MOON");
  g_assert_cmpstr (both->snippet, ==, "It is the moon, not a lamp. 月亮门外，湖面泛起微光，小船缓缓驶过，远处的山影映在水中。");
  marked = g_strndup (both->snippet + both->start, both->end - both->start);
  g_assert_cmpstr (marked, ==, "the moon");
  one = find_hit (library, conversation, "问题 moon");
  g_assert_cmpint (one->message, ==, yj_message_get_id (question));
  g_assert_cmpstr (one->words, ==, "问题");

  g_object_set (conversation, "title", "别的名字", NULL);
  yj_library_save_conversation (library, conversation);
  title = find_hit (library, conversation, "名字");
  g_assert_cmpint (title->message, ==, 0);
  g_assert_null (title->snippet);

  check_attached (library);

  /* On a branch that is not shown it is found too, and can be shown. */
  sibling = yj_library_add_message_below (library, conversation, NULL, YJ_MESSAGE_USER, "另一个问法");
  yj_test_wait (yj_message_get_id (sibling) != 0);
  g_assert_false (yj_conversation_find (conversation, answer, NULL));
  g_clear_pointer (&both, yj_search_hit_free);
  both = find_hit (library, conversation, "湖面");
  g_assert_cmpint (both->message, ==, yj_message_get_id (answer));
  g_assert_true (yj_library_choose_id (library, conversation, both->message) == answer);
  g_assert_true (yj_conversation_find (conversation, answer, NULL));
  g_assert_null (yj_library_choose_id (library, conversation, 12345));
  yj_test_close (library);
}

static void
test_match (void)
{
  static const struct { const char *words, *text; guint n; const char *first; } cases[] = {
    { "moon", "Moonlight, MOON and mo on", 2, "Moon" },
    { "小船", "小船缓缓，小 船，小船", 2, "小船" },
    { "cafe", "Café Cafe\xcc\x81 CAFE", 3, "Café" },
    { "ABC123", "ＡＢＣ１２３ abc123", 2, "ＡＢＣ１２３" },
    { "a b", "a\u00a0b a\nb a  b", 2, "a\u00a0b" },
    { "aa", "aaaa a", 2, "aa" },
    { "**", "a ** b", 1, "**" },
    { "😀", "a😀b", 1, "😀" },
    { "straße", "STRASSE straße", 1, "straße" },
    { "x", "", 0, NULL },
  };
  g_assert_null (yj_match_new ("  \t"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(YjMatch) match = yj_match_new (cases[i].words);
      g_autofree char *first = NULL;
      gsize start, end;

      g_test_message ("%s", cases[i].words);
      g_assert_cmpuint (yj_match_count (match, cases[i].text), ==, cases[i].n);
      if (yj_match_next (match, cases[i].text, 0, &start, &end))
        first = g_strndup (cases[i].text + start, end - start);
      g_assert_cmpstr (first, ==, cases[i].first);
      g_assert_true (cases[i].n == 0 || yj_match_may_be (match, cases[i].text));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/search/words", test_words);
  g_test_add_func ("/search/follows-changes", test_follows_changes);
  g_test_add_func ("/search/hits", test_hits);
  g_test_add_func ("/search/match", test_match);

  return g_test_run ();
}
