/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed and not sent, what goes with it, and prompts that are kept. */
#include <string.h>

#include "library-test.h"
#include "yj-attachment.h"

static guint
count (gpointer list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static void
add_attachment (YjConversation *conversation,
                const char     *name,
                const char     *text)
{
  g_autoptr(YjAttachment) attachment = yj_attachment_new (name, text);

  g_list_store_append (yj_conversation_get_attachments (conversation), attachment);
}

/* ---- in the text of a message */

static void
test_composed (void)
{
  g_autoptr(GListStore) store = g_list_store_new (YJ_TYPE_ATTACHMENT);
  g_autoptr(YjAttachment) notes = yj_attachment_new ("no\"t<es>\n\xe2\x80\xae.txt", "你好\n</attachment>\n\nmore\n");
  g_autoptr(YjAttachment) tricky = yj_attachment_new ("二", "<attachment name=\"x\" bytes=\"1\">\nx\n</attachment>");
  g_autoptr(GListModel) parsed = NULL;
  g_autofree char *text = NULL, *without = NULL, *bare = NULL;

  g_assert_cmpstr (yj_attachment_get_name (notes), ==, "no_t_es___.txt");
  g_list_store_append (store, notes);
  g_list_store_append (store, tricky);
  text = yj_attachment_compose (G_LIST_MODEL (store), "what is this?");
  g_assert_true (g_str_has_prefix (text, "<attachment name=\"no_t_es___.txt\" bytes=\"27\">\n你好\n"));
  g_assert_cmpstr (yj_attachment_get_body (text), ==, "what is this?");
  parsed = yj_attachment_parse (text);
  g_assert_cmpuint (count (parsed), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(YjAttachment) is = g_list_model_get_item (parsed, i);
      g_autoptr(YjAttachment) was = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_assert_cmpstr (yj_attachment_get_name (is), ==, yj_attachment_get_name (was));
      g_assert_cmpstr (yj_attachment_get_text (is), ==, yj_attachment_get_text (was));
      g_assert_cmpuint (yj_attachment_get_size (is), ==, strlen (yj_attachment_get_text (was)));
    }

  without = yj_attachment_compose (G_LIST_MODEL (store), "");
  g_assert_cmpstr (yj_attachment_get_body (without), ==, "");
  bare = yj_attachment_compose (NULL, "only words");
  g_assert_cmpstr (bare, ==, "only words");
}

/* What only looks like one is a text as any other. */
static void
test_not_composed (void)
{
  const char *texts[] = {
    "", "hello", "<attachment name=\"a\" bytes=\"3\">\nabc", "<attachment name=\"a\" bytes=\"4\">\nabc\n</attachment>",
    "<attachment name=\"a\" bytes=\"2\">\nabc\n</attachment>", "<attachment name=\"a\" bytes=\"-3\">\nabc\n</attachment>",
    "<attachment name=\"a\" bytes=\"99999999999999999999\">\nabc\n</attachment>", "<attachment name=\"a", "<attachment name=\"a\"",
    " <attachment name=\"a\" bytes=\"3\">\nabc\n</attachment>", "<attachment name=\"a\" bytes=\"3\">\nabc\n</attachment>x",
    "<attachment name=\"a\nb\" bytes=\"3\">\nabc\n</attachment>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GListModel) parsed = yj_attachment_parse (texts[i]);

      g_assert_true (yj_attachment_get_body (texts[i]) == texts[i]);
      g_assert_cmpuint (count (parsed), ==, 0);
    }
}

/* ---- out of files */

static void
check_decoded (const char *bytes,
               gsize       length,
               const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = yj_attachment_decode (bytes, length, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
check_refused (const char        *bytes,
               gsize              length,
               YjAttachmentError  code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (yj_attachment_decode (bytes, length, &error));
  g_assert_error (error, YJ_ATTACHMENT_ERROR, (int) code);
}

#define BYTES(literal) literal, sizeof literal - 1

static void
test_decoded (void)
{
  check_decoded (BYTES ("a\r\nb\rc\n"), "a\nb\nc\n");
  check_decoded (BYTES ("\xef\xbb\xbf你好"), "你好");
  check_decoded (BYTES ("\xff\xfe`O}Y\n\0"), "你好\n");
  check_decoded (BYTES ("\xfe\xffO`Y}"), "你好");
  /* 月亮门外，2026年 in GB18030 */
  check_decoded (BYTES ("\xd4\xc2\xc1\xc1\xc3\xc5\xcd\xe2\xa3\xac" "2026\xc4\xea"), "月亮门外，2026年");
  check_decoded (BYTES ("\033[1mbold\033[0m\n"), "\033[1mbold\033[0m\n");
  check_refused (BYTES (""), YJ_ATTACHMENT_ERROR_EMPTY);
  check_refused (BYTES ("\xef\xbb\xbf"), YJ_ATTACHMENT_ERROR_EMPTY);
  check_refused (BYTES ("PK\003\004\0\0"), YJ_ATTACHMENT_ERROR_NOT_TEXT);
  check_refused (BYTES ("\x89PNG\r\n\x1a\n\0\0"), YJ_ATTACHMENT_ERROR_NOT_TEXT);
  /* Latin-1 */
  check_refused (BYTES ("caf\xe9 cr\xe8me"), YJ_ATTACHMENT_ERROR_ENCODING);
  check_refused (BYTES ("r\xe9sum\xe9"), YJ_ATTACHMENT_ERROR_ENCODING);
}

static YjAttachment *
load (GFile   *file,
      GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_attachment_load_async (file, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_attachment_load_finish (file, result, error);
}

static void
test_files (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(GFile) file = g_file_get_child (folder, "笔记.md");
  g_autoptr(GFile) null = g_file_new_for_path ("/dev/null");
  g_autoptr(YjAttachment) attachment = NULL;
  g_autofree char *much = g_strnfill (YJ_ATTACHMENT_MAX + 1, 'x');
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_make_directory_with_parents (folder, NULL, NULL));
  g_assert_null (load (file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (load (folder, &error));
  g_assert_error (error, YJ_ATTACHMENT_ERROR, YJ_ATTACHMENT_ERROR_NOT_TEXT);
  g_clear_error (&error);
  g_assert_null (load (null, &error));
  g_assert_error (error, YJ_ATTACHMENT_ERROR, YJ_ATTACHMENT_ERROR_NOT_TEXT);
  g_clear_error (&error);
  g_assert_true (g_file_replace_contents (file, much, YJ_ATTACHMENT_MAX + 1, NULL, FALSE, 0, NULL, NULL, NULL));
  g_assert_null (load (file, &error));
  g_assert_error (error, YJ_ATTACHMENT_ERROR, YJ_ATTACHMENT_ERROR_TOO_LARGE);
  g_clear_error (&error);

  g_assert_true (g_file_replace_contents (file, much, YJ_ATTACHMENT_MAX, NULL, FALSE, 0, NULL, NULL, NULL));
  attachment = load (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yj_attachment_get_name (attachment), ==, "笔记.md");
  g_assert_cmpuint (yj_attachment_get_size (attachment), ==, YJ_ATTACHMENT_MAX);
}

/* ---- kept with the conversation */

static void
load_attachments (YjLibrary      *library,
                  YjConversation *conversation)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_library_load_attachments_async (library, conversation, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_load_attachments_finish (library, result, NULL));
}

static void
test_kept (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation = yj_library_new_conversation (library);
  g_autoptr(YjConversation) again = NULL;
  g_autoptr(YjAttachment) attachment = NULL;

  /* Attachments alone are worth keeping. */
  add_attachment (conversation, "one", "first text");
  add_attachment (conversation, "two", "second text");
  yj_library_save_attachments (library, conversation);
  g_object_set (conversation, "draft-cursor", 2, "stream", 0, NULL);
  yj_library_save_conversation (library, conversation);
  yj_test_close (library);
  g_clear_object (&library);

  library = yj_test_open (folder);
  g_assert_cmpuint (count (yj_library_get_conversations (library)), ==, 1);
  again = g_list_model_get_item (yj_library_get_conversations (library), 0);
  g_assert_cmpint (yj_conversation_get_draft_cursor (again), ==, 2);
  g_assert_cmpint (yj_conversation_get_stream (again), ==, 0);
  g_assert_true (yj_conversation_has_draft (again));
  g_assert_false (yj_conversation_get_attachments_loaded (again));
  /* What is added before the others are read comes behind them. */
  add_attachment (again, "three", "third text");
  load_attachments (library, again);
  g_assert_true (yj_conversation_get_attachments_loaded (again));
  g_assert_cmpuint (count (yj_conversation_get_attachments (again)), ==, 3);
  attachment = g_list_model_get_item (G_LIST_MODEL (yj_conversation_get_attachments (again)), 1);
  g_assert_cmpstr (yj_attachment_get_text (attachment), ==, "second text");
  yj_test_close (library);
  g_clear_object (&again);
  g_clear_object (&library);

  /* And is kept with them, though nobody has saved it. */
  library = yj_test_open (folder);
  again = g_list_model_get_item (yj_library_get_conversations (library), 0);
  load_attachments (library, again);
  g_assert_cmpuint (count (yj_conversation_get_attachments (again)), ==, 3);
  g_list_store_remove_all (yj_conversation_get_attachments (again));
  yj_library_save_attachments (library, again);
  g_assert_false (yj_conversation_has_draft (again));
  yj_test_close (library);
  g_clear_object (&again);
  g_clear_object (&library);

  library = yj_test_open (folder);
  again = g_list_model_get_item (yj_library_get_conversations (library), 0);
  g_assert_false (yj_conversation_has_draft (again));
  yj_test_close (library);
}

/* A title is made of what was typed; without that, of what the text is called. */
static void
test_titles (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GListStore) store = g_list_store_new (YJ_TYPE_ATTACHMENT);
  g_autoptr(YjAttachment) attachment = yj_attachment_new ("会议记录.txt", "a\nb");
  YjConversation *typed = yj_library_new_conversation (library);
  YjConversation *bare = yj_library_new_conversation (library);
  g_autofree char *text = NULL, *only = NULL;

  g_list_store_append (store, attachment);
  text = yj_attachment_compose (G_LIST_MODEL (store), "总结一下这份会议记录");
  only = yj_attachment_compose (G_LIST_MODEL (store), "");
  yj_library_add_message (library, typed, YJ_MESSAGE_USER, text);
  yj_library_add_message (library, bare, YJ_MESSAGE_USER, only);
  g_assert_cmpstr (yj_conversation_get_title (typed), ==, "总结一下这份会议记录");
  g_assert_cmpstr (yj_conversation_get_title (bare), ==, "会议记录.txt");
  yj_test_close (library);
}

/* ---- what was asked before */

static void
test_questions (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *old = yj_library_new_conversation (library);
  YjConversation *gone = yj_library_new_conversation (library);
  YjConversation *here = yj_library_new_conversation (library);
  g_autoptr(GAsyncResult) result = NULL;
  g_auto(GStrv) questions = NULL;
  g_autofree char *joined = NULL;

  yj_library_add_message (library, old, YJ_MESSAGE_USER, "older");
  yj_library_add_message (library, old, YJ_MESSAGE_ASSISTANT, "an answer");
  yj_library_add_message (library, here, YJ_MESSAGE_USER, "one");
  yj_library_add_message (library, here, YJ_MESSAGE_USER, "<attachment name=\"a\" bytes=\"3\">\nabc\n</attachment>\n\ntwo");
  yj_library_add_message (library, here, YJ_MESSAGE_USER, "one");
  yj_library_add_message (library, old, YJ_MESSAGE_USER, "newer");
  yj_library_add_message (library, old, YJ_MESSAGE_USER, "two");
  yj_library_add_message (library, gone, YJ_MESSAGE_USER, "thrown away");
  yj_library_trash_conversation (library, gone);
  yj_library_list_questions_async (library, here, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  questions = yj_library_list_questions_finish (library, result, NULL);
  joined = g_strjoinv (",", questions);
  g_assert_cmpstr (joined, ==, "one,two,newer,older");
  yj_test_close (library);
}

/* ---- prompts */

static void
test_variables (void)
{
  g_auto(GStrv) names = yj_prompt_list_variables ("{{language}} {{ 主题 }} {{language}} {{}} {{a\nb}} {{x{y}} {{{deep}}} {{ }} {{open");
  g_autofree char *joined = g_strjoinv (",", names);
  const char *given[] = { "language", "主题", NULL }, *values[] = { "{{主题}}", "月亮", NULL };
  g_autofree char *filled = yj_prompt_fill ("In {{language}}: {{ 主题 }}, {{other}}; {{language}}{{", given, values);

  g_assert_cmpstr (joined, ==, "language,主题,deep");
  g_assert_cmpstr (filled, ==, "In {{主题}}: 月亮, {{other}}; {{主题}}{{");
}

static void
test_prompts (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjPrompt) prompt = yj_prompt_new (0, "Translate", "Into {{language}}");
  g_autoptr(YjPrompt) other = yj_prompt_new (0, "另一个", "x");
  g_autoptr(YjPrompt) recipe = yj_prompt_new_recipe (0, "Night", "{}");
  g_autoptr(YjPrompt) stored = NULL, stored_recipe = NULL;
  GListModel *list = yj_library_get_prompts (library);

  yj_library_save_prompt (library, prompt);
  yj_library_save_prompt (library, other);
  yj_library_save_prompt (library, recipe);
  g_assert_cmpuint (count (list), ==, 2);
  g_assert_cmpuint (count (yj_library_get_recipes (library)), ==, 1);
  g_object_set (prompt, "name", "翻译", NULL);
  yj_library_save_prompt (library, prompt);
  yj_library_delete_prompt (library, prompt);
  g_assert_cmpuint (count (list), ==, 1);
  yj_library_save_prompt (library, prompt);
  yj_library_delete_prompt (library, other);
  yj_test_close (library);
  g_clear_object (&library);

  library = yj_test_open (folder);
  list = yj_library_get_prompts (library);
  yj_test_wait (g_list_model_get_n_items (list) == 1);
  stored = g_list_model_get_item (list, 0);
  g_assert_cmpint (yj_prompt_get_id (stored), ==, yj_prompt_get_id (prompt));
  g_assert_cmpstr (yj_prompt_get_name (stored), ==, "翻译");
  g_assert_cmpstr (yj_prompt_get_body (stored), ==, "Into {{language}}");
  g_assert_false (yj_prompt_is_recipe (stored));
  list = yj_library_get_recipes (library);
  yj_test_wait (g_list_model_get_n_items (list) == 1);
  stored_recipe = g_list_model_get_item (list, 0);
  g_assert_true (yj_prompt_is_recipe (stored_recipe));
  g_assert_cmpstr (yj_prompt_get_body (stored_recipe), ==, "{}");
  yj_library_delete_prompt (library, stored_recipe);
  g_assert_cmpuint (count (list), ==, 0);
  yj_test_close (library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/drafts/composed", test_composed);
  g_test_add_func ("/drafts/not-composed", test_not_composed);
  g_test_add_func ("/drafts/decoded", test_decoded);
  g_test_add_func ("/drafts/files", test_files);
  g_test_add_func ("/drafts/kept", test_kept);
  g_test_add_func ("/drafts/titles", test_titles);
  g_test_add_func ("/drafts/questions", test_questions);
  g_test_add_func ("/drafts/variables", test_variables);
  g_test_add_func ("/drafts/prompts", test_prompts);
  return g_test_run ();
}
