/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations carried out to files, and in again. The files in export/ are what they have to look like;
   YUANJING_WRITE_GOLDEN=1 writes them anew. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "library-test.h"
#include "yj-export-form.h"
#include "yj-library-private.h"

static void
render (const char *markdown,
        GString    *html)
{
  g_autofree char *escaped = g_markup_escape_text (markdown, -1);

  g_string_append_printf (html, "<p>%s</p>\n", escaped);
}

static const YjExportStyle style = {
  .language = "en", .untitled = "Untitled", .question = "Question", .answer = "Answer", .thoughts = "Thoughts",
  .system_prompt = "System prompt", .unfinished = "Not finished", .render = render,
};

static const char *
get_folder (void)
{
  static char *folder;

  if (folder == NULL)
    folder = g_dir_make_tmp ("yuanjing-export-XXXXXX", NULL);
  return folder;
}

static gboolean
try_export (YjLibrary      *library,
            YjConversation *conversation,
            YjExportFormat  format,
            GFile          *file,
            GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_library_export_async (library, conversation, format, &style, file, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_library_export_finish (library, result, error);
}

/* The text of the file that @conversation becomes. */
static char *
export (YjLibrary      *library,
        YjConversation *conversation,
        YjExportFormat  format)
{
  g_autofree char *path = g_build_filename (get_folder (), "导出.txt", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_assert_true (try_export (library, conversation, format, file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  return text;
}

static YjConversation *
import (YjLibrary   *library,
        const char  *data,
        gssize       length,
        GError     **error)
{
  g_autofree char *path = g_build_filename (get_folder (), "导入.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GAsyncResult) result = NULL;

  g_assert_true (g_file_set_contents (path, data, length, NULL));
  yj_library_import_async (library, file, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_library_import_finish (library, result, error);
}

/* A conversation with everything in it: two branches, thoughts, a failure, what looks like markup. */
static const char everything[] =
  "{\"format\":\"yuanjing-conversation\",\"version\":1,\"title\":\"月亮 <b>&\\\"诗\\\"\",\"model\":\"qwen3-max\","
  "\"system_prompt\":\"Be brief.\\n说中文。\",\"updated\":\"2026-03-04T05:06:07.000089Z\",\"messages\":[\n"
  "{\"id\":1,\"role\":\"user\",\"state\":\"complete\",\"text\":\"写一首诗\\n<script>alert(1)</script>\",\"created\":\"2026-03-04T05:06:00.000001Z\",\"chosen\":\"2026-03-04T05:06:00.000001Z\"},\n"
  "{\"id\":2,\"parent\":1,\"role\":\"assistant\",\"state\":\"failed\",\"text\":\"\",\"model\":\"qwen3-max\",\"error\":\"quota\",\"error_code\":3,\"created\":\"2026-03-04T05:06:01.999999Z\",\"chosen\":\"2026-03-04T05:06:01.999999Z\"},\n"
  "{\"id\":3,\"parent\":1,\"role\":\"assistant\",\"state\":\"complete\",\"text\":\"**床前**明月光\",\"reasoning\":\"想一想\\n\\n再想\",\"model\":\"qwen3-max\",\"created\":\"2026-03-04T05:06:02.123456Z\",\"chosen\":\"2026-03-04T05:06:02.123456Z\",\"prompt_tokens\":12,\"completion_tokens\":34,\"cached_tokens\":0,\"first_token_us\":450000,\"duration_us\":2000000,\"reasoning_us\":1250000,\"usage_id\":\"u-1\"},\n"
  "{\"id\":4,\"parent\":3,\"role\":\"user\",\"state\":\"complete\",\"text\":\"And in English?\",\"created\":\"2026-03-04T05:06:03.000000Z\",\"chosen\":\"2026-03-04T05:06:09.000000Z\"},\n"
  "{\"id\":5,\"parent\":3,\"role\":\"user\",\"state\":\"complete\",\"text\":\"In French?\",\"created\":\"2026-03-04T05:06:04.000000Z\",\"chosen\":\"2026-03-04T05:06:04.000000Z\"},\n"
  "{\"id\":6,\"parent\":4,\"role\":\"assistant\",\"state\":\"cut\",\"text\":\"Before my bed\",\"model\":\"other\\n-model\",\"created\":\"2026-03-04T05:06:05.000000Z\",\"chosen\":\"2026-03-04T05:06:05.000000Z\",\"continued\":5}\n"
  "]}\n";

static void
assert_golden (const char *name,
               const char *text)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "library", "export", name, NULL);
  g_autofree char *golden = NULL;

  if (g_getenv ("YUANJING_WRITE_GOLDEN") != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_true (g_file_get_contents (path, &golden, NULL, NULL));
  g_assert_cmpstr (text, ==, golden);
}

static void
test_golden (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjConversation) conversation = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *markdown = NULL, *html = NULL, *json = NULL;

  conversation = import (library, everything, -1, &error);
  g_assert_no_error (error);
  markdown = export (library, conversation, YJ_EXPORT_MARKDOWN);
  assert_golden ("everything.md", markdown);
  html = export (library, conversation, YJ_EXPORT_HTML);
  assert_golden ("everything.html", html);
  g_assert_null (strstr (html, "<script"));
  json = export (library, conversation, YJ_EXPORT_JSON);
  g_assert_cmpstr (json, ==, everything);
  yj_test_close (library);
}

/* What is attached is a block with its name; among Yuanjing's own it stays as it is. */
static void
test_attached (void)
{
  static const char attached[] =
    "{\"format\":\"yuanjing-conversation\",\"version\":1,\"title\":\"t\",\"updated\":\"2026-03-04T05:06:07.000089Z\",\"messages\":[\n"
    "{\"id\":1,\"role\":\"user\",\"state\":\"complete\",\"text\":\"<attachment name=\\\"a.txt\\\" bytes=\\\"6\\\">\\n```<b>\\n</attachment>\\n\\nwhat\","
    "\"created\":\"2026-03-04T05:06:00.000001Z\",\"chosen\":\"2026-03-04T05:06:00.000001Z\"}\n]}\n";
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjConversation) conversation = NULL;
  g_autofree char *markdown = NULL, *html = NULL, *json = NULL;
  g_autoptr(GError) error = NULL;

  conversation = import (library, attached, -1, &error);
  g_assert_no_error (error);
  markdown = export (library, conversation, YJ_EXPORT_MARKDOWN);
  g_assert_true (g_str_has_suffix (markdown, "\n\nwhat\n\n`a.txt`\n\n````\n```<b>\n````\n"));
  html = export (library, conversation, YJ_EXPORT_HTML);
  g_assert_nonnull (strstr (html, "<div class=\"text\">what</div>\n<details><summary>a.txt</summary>\n<pre>\n```&lt;b&gt;</pre>\n</details>\n"));
  json = export (library, conversation, YJ_EXPORT_JSON);
  g_assert_nonnull (strstr (json, "<attachment name=\\\"a.txt\\\" bytes=\\\"6\\\">"));
  yj_test_close (library);
}

/* In, out, in and out again: nothing changes, and there are two of it. */
static void
test_round_trip (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  GListModel *list = yj_library_get_conversations (library);
  g_autoptr(YjConversation) first = NULL, second = NULL;
  g_autoptr(YjMessage) message = NULL, answer = NULL, cut = NULL;
  g_autofree char *out = NULL, *again = NULL;
  g_autoptr(GError) error = NULL;

  first = import (library, everything, -1, &error);
  g_assert_no_error (error);
  out = export (library, first, YJ_EXPORT_JSON);
  second = import (library, out, -1, &error);
  g_assert_no_error (error);
  g_assert_true (first != second);
  g_assert_cmpint (yj_conversation_get_id (first), !=, yj_conversation_get_id (second));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  again = export (library, second, YJ_EXPORT_JSON);
  g_assert_cmpstr (out, ==, again);

  /* It is a conversation like any other: the branch that was chosen, the search, a restart. */
  yj_test_load (library, second);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (second)), ==, 4);
  message = g_list_model_get_item (G_LIST_MODEL (second), 2);
  g_assert_cmpstr (yj_message_get_text (message), ==, "And in English?");
  answer = g_list_model_get_item (G_LIST_MODEL (second), 1);
  g_assert_cmpint (yj_message_get_reasoning_us (answer), ==, 1250000);
  /* What a file does not say is not known: nobody has thought for no time. */
  cut = g_list_model_get_item (G_LIST_MODEL (second), 3);
  g_assert_cmpint (yj_message_get_reasoning_us (cut), ==, -1);
  yj_test_close (library);
  g_clear_object (&library);
  library = yj_test_open (folder);
  list = yj_library_get_conversations (library);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  yj_test_close (library);
}

/* What was said a moment ago is in it, what was deleted is not; a conversation need not be loaded. */
static void
test_as_it_is_now (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation = yj_library_new_conversation (library);
  YjMessage *answer;
  g_autofree char *streaming = NULL, *long_one = NULL;

  yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "问");
  answer = yj_library_add_message (library, conversation, YJ_MESSAGE_ASSISTANT, NULL);
  yj_message_append (answer, "到这里", NULL);
  yj_library_save_message (library, answer);
  streaming = export (library, conversation, YJ_EXPORT_MARKDOWN);
  g_assert_nonnull (strstr (streaming, "到这里\n\n*Not finished*\n"));

  g_object_set (answer, "state", YJ_MESSAGE_COMPLETE, NULL);
  yj_library_save_message (library, answer);
  for (guint i = 0; i < 3000; i++)
    yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "一行又一行，一行又一行，一行又一行，一行又一行，一行又一行");
  yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "the very last one");
  long_one = export (library, conversation, YJ_EXPORT_HTML);
  g_assert_cmpuint (strlen (long_one), >, 3000 * 90);
  g_assert_nonnull (strstr (long_one, "the very last one"));
  g_assert_true (g_str_has_suffix (long_one, "</html>\n"));
  yj_test_close (library);
}

static void
test_no_room (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation = yj_library_new_conversation (library);
  g_autofree char *path = g_build_filename (get_folder (), "folder", NULL);
  g_autofree char *inside = g_build_filename (path, "there", "no.md", NULL);
  g_autoptr(GFile) target = g_file_new_for_path (path);
  g_autoptr(GFile) nowhere = g_file_new_for_path (inside);
  g_autofree char *old_path = g_build_filename (get_folder (), "old.md", NULL);
  g_autoptr(GFile) old = g_file_new_for_path (old_path);
  g_autoptr(YjConversation) kept = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "q");
  g_assert_no_errno (g_mkdir (path, 0700));
  g_assert_false (try_export (library, conversation, YJ_EXPORT_HTML, target, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);
  g_assert_false (try_export (library, conversation, YJ_EXPORT_HTML, nowhere, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* A conversation that is gone leaves what was there. */
  kept = g_object_ref (conversation);
  yj_library_delete_conversation (library, conversation);
  g_assert_true (g_file_set_contents (old_path, "old", -1, NULL));
  g_assert_false (try_export (library, kept, YJ_EXPORT_MARKDOWN, old, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_true (g_file_get_contents (old_path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  yj_test_close (library);
}

/* ---- files that are not what they say */

static void
assert_refused (YjLibrary     *library,
                const char    *data,
                gssize         length,
                YjImportError  code)
{
  g_autoptr(GError) error = NULL;

  g_test_message ("%.60s", data);
  g_assert_null (import (library, data, length, &error));
  g_assert_error (error, YJ_IMPORT_ERROR, (int) code);
  g_assert_cmpuint (g_list_model_get_n_items (yj_library_get_conversations (library)), ==, 0);
}

#define HEAD "{\"format\":\"yuanjing-conversation\",\"version\":1,\"updated\":\"2026-03-04T05:06:07.000089Z\",\"messages\":"
#define SAID(rest) HEAD "[{\"id\":1,\"role\":\"user\",\"state\":\"complete\",\"text\":\"x\",\"created\":\"2026-03-04T05:06:00.000001Z\"" rest "]}"

static void
test_hostile (void)
{
  static const struct { const char *data; YjImportError code; } cases[] = {
    { "", YJ_IMPORT_ERROR_NOT_JSON },
    { "hello", YJ_IMPORT_ERROR_NOT_JSON },
    { "{\"format\":", YJ_IMPORT_ERROR_NOT_JSON },
    { "# a title\n\n## Question", YJ_IMPORT_ERROR_NOT_JSON },
    { HEAD "[{\"id\":1,\"text\":\"\xff\xfe\"}]}", YJ_IMPORT_ERROR_NOT_JSON },
    { "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", YJ_IMPORT_ERROR_NOT_JSON },
    { "null", YJ_IMPORT_ERROR_NOT_OURS },
    { "[]", YJ_IMPORT_ERROR_NOT_OURS },
    { "{}", YJ_IMPORT_ERROR_NOT_OURS },
    { "{\"format\":7,\"version\":1}", YJ_IMPORT_ERROR_NOT_OURS },
    { "{\"format\":null,\"version\":1}", YJ_IMPORT_ERROR_NOT_OURS },
    { "{\"format\":\"yuanjing-conversation\",\"version\":\"1\"}", YJ_IMPORT_ERROR_NOT_OURS },
    { "{\"format\":\"yuanjing-conversation\",\"version\":0}", YJ_IMPORT_ERROR_NOT_OURS },
    { "{\"format\":\"chatgpt\",\"version\":1,\"messages\":[]}", YJ_IMPORT_ERROR_NOT_OURS },
    { "{\"format\":\"yuanjing-conversation\",\"version\":2}", YJ_IMPORT_ERROR_NEWER },
    { "{\"format\":\"yuanjing-conversation\",\"version\":1}", YJ_IMPORT_ERROR_DAMAGED },
    { HEAD "[]}", YJ_IMPORT_ERROR_EMPTY },
    { HEAD "{}}", YJ_IMPORT_ERROR_DAMAGED },
    { HEAD "[7]}", YJ_IMPORT_ERROR_DAMAGED },
    { HEAD "[null]}", YJ_IMPORT_ERROR_DAMAGED },
    { HEAD "[{}]}", YJ_IMPORT_ERROR_DAMAGED },
    { SAID (""), YJ_IMPORT_ERROR_NOT_JSON },
    { SAID (",\"parent\":1}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"parent\":-1}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"parent\":\"1\"}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"reasoning\":[]}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"model\":{}}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"error_code\":99999999999}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"prompt_tokens\":1.5}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"reasoning_us\":-7}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"prompt_tokens\":-7}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"chosen\":\"yesterday\"}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"state\":\"streaming\"}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"state\":\"glad\"}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"role\":\"system\"}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID (",\"created\":\"2026-13-04T05:06:00.000001Z\"}"), YJ_IMPORT_ERROR_DAMAGED },
    { SAID ("},{\"id\":3,\"role\":\"user\",\"state\":\"complete\",\"text\":\"x\",\"created\":\"2026-03-04T05:06:00.000001Z\"}"), YJ_IMPORT_ERROR_DAMAGED },
    /* The last one is wrong: nothing of the first is there. */
    { SAID ("},{\"id\":2,\"parent\":2,\"role\":\"user\",\"state\":\"complete\",\"text\":\"x\",\"created\":\"2026-03-04T05:06:00.000001Z\"}"), YJ_IMPORT_ERROR_DAMAGED },
  };
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GString) deep = g_string_new (HEAD), many = g_string_new (HEAD "[0");
  g_autoptr(GError) error = NULL;
  g_autoptr(YjConversation) kept = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (library, cases[i].data, -1, cases[i].code);
  assert_refused (library, "{\"format\"\0:1}", 13, YJ_IMPORT_ERROR_NOT_JSON);
  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (deep, '[');
  assert_refused (library, deep->str, deep->len, YJ_IMPORT_ERROR_NOT_JSON);
  /* Good JSON, but more of it than any conversation has: it is not even taken apart. */
  for (guint i = 0; i < 2000001; i++)
    g_string_append (many, ",0");
  g_string_append (many, "]}");
  assert_refused (library, many->str, many->len, YJ_IMPORT_ERROR_TOO_LARGE);

  /* What it should be, with a mark before it and something unknown in it. */
  kept = import (library, "\xef\xbb\xbf" SAID (",\"colour\":[1,{\"a\":null}]}"), -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yj_conversation_get_title (kept), ==, "x");
  yj_test_close (library);
}

static void
assert_file_refused (YjLibrary  *library,
                     GFile      *file,
                     GQuark      domain,
                     int         code)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_library_import_async (library, file, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_null (yj_library_import_finish (library, result, &error));
  g_assert_error (error, domain, code);
}

static void
test_no_files (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autofree char *path = g_build_filename (get_folder (), "huge.json", NULL);
  g_autoptr(GFile) huge = g_file_new_for_path (path);
  g_autoptr(GFile) zero = g_file_new_for_path ("/dev/zero");
  g_autoptr(GFile) nothing = g_file_new_for_path ("/nowhere/at/all");

  /* It takes no room on the disk, and would take a terabyte of memory. */
  g_assert_true (g_file_set_contents (path, "{", 1, NULL));
  g_assert_no_errno (truncate (path, 1024L * 1024 * 1024 * 1024));
  assert_file_refused (library, huge, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_TOO_LARGE);
  assert_file_refused (library, zero, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_NOT_A_FILE);
  assert_file_refused (library, folder, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_NOT_A_FILE);
  assert_file_refused (library, nothing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_unlink (path);
  yj_test_close (library);
}

static void
test_times (void)
{
  static const gint64 times[] = { 0, 1, 999999, 1000000, 1772600767000089, 253402300799999999 };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *string = yj_export_dup_time (times[i]);

      g_assert_cmpint (yj_export_read_time (string), ==, times[i]);
    }
  g_assert_cmpint (yj_export_read_time ("2026-03-04T05:06:07Z"), ==, -1);
  g_assert_cmpint (yj_export_read_time ("2026-03-04T05:06:07.00000xZ"), ==, -1);
  g_assert_cmpint (yj_export_read_time ("1969-12-31T23:59:59.000000Z"), ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/export/golden", test_golden);
  g_test_add_func ("/export/attached", test_attached);
  g_test_add_func ("/export/round-trip", test_round_trip);
  g_test_add_func ("/export/as-it-is-now", test_as_it_is_now);
  g_test_add_func ("/export/no-room", test_no_room);
  g_test_add_func ("/import/hostile", test_hostile);
  g_test_add_func ("/import/no-files", test_no_files);
  g_test_add_func ("/export/times", test_times);

  return g_test_run ();
}
