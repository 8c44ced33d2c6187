/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file itself: what is newer, damaged, foreign, read-only, or has no room. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "library-test.h"
#include "yj-attachment.h"

static char *
get_path (GFile      *folder,
          const char *name)
{
  return g_build_filename (g_file_peek_path (folder), name, NULL);
}

/* Runs SQL as another program would; returns the first column of the last row. */
static char *
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement = NULL;
  char *answer = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  for (const char *rest = sql; *rest != '\0'; sqlite3_finalize (statement))
    {
      int result;

      g_assert_cmpint (sqlite3_prepare_v2 (handle, rest, -1, &statement, &rest), ==, SQLITE_OK);
      while ((result = sqlite3_step (statement)) == SQLITE_ROW)
        g_set_str (&answer, (const char *) sqlite3_column_text (statement, 0));
      g_assert_cmpint (result, ==, SQLITE_DONE);
    }
  sqlite3_close (handle);
  return answer;
}

static void
assert_cannot_open (GFile *folder,
                    int    code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjLibrary) library = yj_test_try_open (folder, &error);

  g_assert_null (library);
  g_assert_error (error, YJ_LIBRARY_ERROR, code);
  g_test_message ("%s", error->message);
}

static void
fill (YjLibrary *library)
{
  for (guint i = 0; i < 20; i++)
    {
      YjConversation *conversation = yj_library_new_conversation (library);
      g_autofree char *text = g_strnfill (500 * i, 'a' + i);
      YjMessage *message;

      yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "一个问题");
      message = yj_library_add_message (library, conversation, YJ_MESSAGE_ASSISTANT, text);
      g_object_set (message, "state", YJ_MESSAGE_COMPLETE, NULL);
      yj_library_save_message (library, message);
    }
}

/* A library that was used and closed. */
static GFile *
make_library (void)
{
  GFile *folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);

  fill (library);
  yj_test_close (library);
  return folder;
}

static void
test_any_tool_reads_it (void)
{
  g_autoptr(GFile) folder = make_library ();
  g_autofree char *path = get_path (folder, "library.db");
  g_autofree char *log = get_path (folder, "library.db-wal");
  g_autofree char *verdict = run_sql (path, "PRAGMA integrity_check");
  g_autofree char *n = run_sql (path, "SELECT count(*) FROM messages WHERE state = 'complete'");
  g_autofree char *mode = run_sql (path, "PRAGMA journal_mode");

  g_assert_cmpstr (verdict, ==, "ok");
  g_assert_cmpstr (n, ==, "40");
  g_assert_cmpstr (mode, ==, "wal");
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

static void
test_newer (void)
{
  g_autoptr(GFile) folder = make_library ();
  g_autofree char *path = get_path (folder, "library.db");
  g_autofree char *before = NULL, *after = NULL;
  gsize before_length, after_length;

  g_free (run_sql (path, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 1000"));
  g_assert_true (g_file_get_contents (path, &before, &before_length, NULL));
  assert_cannot_open (folder, YJ_LIBRARY_ERROR_NEWER);
  g_assert_true (g_file_get_contents (path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
test_foreign (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autofree char *path = get_path (folder, "library.db");
  g_autofree char *n = NULL;

  g_assert_no_errno (g_mkdir (g_file_peek_path (folder), 0700));
  g_free (run_sql (path, "CREATE TABLE their (own); INSERT INTO their VALUES (1)"));
  assert_cannot_open (folder, YJ_LIBRARY_ERROR_DAMAGED);
  g_assert_true (g_file_set_contents (path, "This is no database, and long enough to be sure of that.", -1, NULL));
  assert_cannot_open (folder, YJ_LIBRARY_ERROR_DAMAGED);
}

/* Bits flipped anywhere, many times over: opened and read, or refused as damaged, and never a crash. */
static void
test_bit_flips (void)
{
  g_autoptr(GFile) folder = make_library ();
  g_autofree char *path = get_path (folder, "library.db");
  g_autofree char *whole = NULL;
  gsize length;
  guint refused = 0;

  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  for (guint i = 0; i < (g_test_slow () ? 2000 : 200); i++)
    {
      g_autofree char *bad = g_memdup2 (whole, length);
      g_autoptr(GError) error = NULL;
      g_autoptr(YjLibrary) library = NULL;
      guint flips = g_test_rand_int_range (1, 20);
      /* Every third time in the header and the schema, where a little does a lot. */
      gsize end = i % 3 == 0 ? MIN (length, 4096) : length;

      while (flips-- > 0)
        bad[g_test_rand_int_range (0, end)] ^= 1 << g_test_rand_int_range (0, 8);
      g_assert_true (g_file_set_contents_full (path, bad, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      library = yj_test_try_open (folder, &error);
      if (library == NULL)
        {
          refused++;
          g_assert_true (error->domain == YJ_LIBRARY_ERROR);
          continue;
        }
      for (guint j = 0; j < g_list_model_get_n_items (yj_library_get_conversations (library)); j++)
        {
          g_autoptr(YjConversation) conversation = g_list_model_get_item (yj_library_get_conversations (library), j);
          g_autoptr(GAsyncResult) result = NULL;

          yj_library_load_conversation_async (library, conversation, NULL, yj_test_take_result, &result);
          yj_test_wait (result != NULL);
          yj_library_load_conversation_finish (library, result, NULL);
        }
      yj_test_close (library);
    }
  g_test_message ("%u refused", refused);
  g_assert_cmpuint (refused, >, 0);
}

static void
test_trash (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autofree char *path = get_path (folder, "library.db");
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjConversation) conversation = g_object_ref (yj_library_new_conversation (library));
  g_autofree char *kept = NULL, *gone = NULL, *index = NULL;

  yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "要删除的");
  yj_library_add_message (library, yj_library_new_conversation (library), YJ_MESSAGE_USER, "要保留的");
  yj_library_trash_conversation (library, conversation);
  /* An answer that still comes in does not bring it back. */
  yj_library_add_message (library, conversation, YJ_MESSAGE_ASSISTANT, "晚到的");
  g_assert_cmpuint (g_list_model_get_n_items (yj_library_get_conversations (library)), ==, 1);
  yj_test_close (library);
  g_clear_object (&library);

  g_free (run_sql (path, "UPDATE conversations SET trashed = trashed - 29 * 86400000000 WHERE trashed > 0"));
  library = yj_test_open (folder);
  g_assert_cmpuint (g_list_model_get_n_items (yj_library_get_conversations (library)), ==, 1);
  yj_test_close (library);
  g_clear_object (&library);
  kept = run_sql (path, "SELECT count(*) FROM messages");
  g_assert_cmpstr (kept, ==, "3");

  g_free (run_sql (path, "UPDATE conversations SET trashed = trashed - 2 * 86400000000 WHERE trashed > 0"));
  library = yj_test_open (folder);
  g_assert_cmpuint (g_list_model_get_n_items (yj_library_get_conversations (library)), ==, 1);
  yj_test_close (library);
  gone = run_sql (path, "SELECT count(*) FROM messages");
  g_assert_cmpstr (gone, ==, "1");
  index = run_sql (path, "SELECT count(*) FROM message_search WHERE message_search MATCH '\"删 除\" OR \"晚 到\"'");
  g_assert_cmpstr (index, ==, "0");
}

/* ---------------------------------------------------------------- no room, no right */

/* Runs one of our own tests, one that is not run by itself, inside a view of the disk that @args make. Skips where
   such views cannot be made. */
static void
run_inside (const char *test,
            const char *folder,
            ...)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) args = NULL;
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *output = NULL, *errors = NULL;
  g_autoptr(GError) error = NULL;
  const char *arg;
  int status;
  va_list list;

  g_strv_builder_add_many (builder, "bwrap", "--dev-bind", "/", "/", NULL);
  va_start (list, folder);
  while ((arg = va_arg (list, const char *)) != NULL)
    g_strv_builder_add (builder, arg);
  va_end (list);
  g_strv_builder_add_many (builder, "--", "env", NULL);
  g_strv_builder_take (builder, g_strconcat ("YJ_TEST_FOLDER=", folder, NULL));
  g_strv_builder_add_many (builder, self, "--tap", "-p", test, NULL);
  args = g_strv_builder_end (builder);

  if (!g_spawn_sync (NULL, args, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors, &status, &error))
    {
      g_test_skip (error->message);
      return;
    }
  if (strstr (output, "Start of inner tests") == NULL)
    {
      g_test_skip (errors);
      return;
    }
  g_test_message ("%s%s", output, errors);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static GFile *
get_inner_folder (void)
{
  const char *path = g_getenv ("YJ_TEST_FOLDER");

  return path != NULL ? g_file_new_for_path (path) : NULL;
}

static void
test_read_only (void)
{
  g_autoptr(GFile) folder = make_library ();
  g_autoptr(GFile) empty = yj_test_new_folder ();
  g_autofree char *parent = g_path_get_dirname (g_file_peek_path (empty));

  run_inside ("/inner/read-only", g_file_peek_path (folder), "--ro-bind", g_file_peek_path (folder), g_file_peek_path (folder), NULL);
  run_inside ("/inner/read-only", g_file_peek_path (empty), "--ro-bind", parent, parent, NULL);
}

static void
inner_read_only (void)
{
  g_autoptr(GFile) folder = get_inner_folder ();

  assert_cannot_open (folder, YJ_LIBRARY_ERROR_READ_ONLY);
}

static void
test_full (void)
{
  g_autofree char *path = g_dir_make_tmp ("yuanjing-full-XXXXXX", NULL);
  g_autofree char *size = g_strdup_printf ("%d", 3 * 1024 * 1024);

  run_inside ("/inner/full", path, "--size", size, "--tmpfs", path, NULL);
}

static void
count_failed_cb (YjLibrary *library,
                 GError    *error,
                 guint     *count)
{
  g_assert_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_FULL);
  (*count)++;
}

static void
fill_disk (const char *path)
{
  int fd = g_open (path, O_WRONLY | O_CREAT, 0600);
  char block[4096] = { 1 };

  while (write (fd, block, sizeof block) > 0)
    ;
  close (fd);
}

/* A real file system with 3 MiB: what is on it stays, what does not fit is refused as such, and room helps. */
static void
inner_full (void)
{
  g_autoptr(GFile) folder = get_inner_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autofree char *ballast = get_path (folder, "ballast");
  g_autofree char *path = get_path (folder, "library.db");
  g_autofree char *large = g_strnfill (500000, 'x');
  g_autoptr(GFile) source = g_file_new_for_path ("/proc/self/exe");
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(YjReference) reference = NULL;
  g_autoptr(GError) error = NULL, reference_error = NULL;
  g_autofree char *verdict = NULL, *text = NULL;
  YjConversation *conversation;
  YjMessage *message;
  guint failed = 0;
  gint64 id;

  g_signal_connect (library, "failed", G_CALLBACK (count_failed_cb), &failed);
  row->uuid = g_uuid_string_random ();
  row->state = g_strdup ("waiting");
  id = yj_test_save_job (library, row, NULL);
  g_assert_cmpint (id, >, 0);
  conversation = yj_library_new_conversation (library);
  yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "before");
  message = yj_library_add_message (library, conversation, YJ_MESSAGE_ASSISTANT, NULL);
  yj_test_wait (yj_message_get_id (message) != 0);
  fill_disk (ballast);

  row->id = id;
  row->prompt = g_strdup (large);
  g_assert_cmpint (yj_test_save_job (library, row, &error), ==, -1);
  g_assert_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_FULL);
  yj_message_append (message, large, NULL);
  yj_library_save_message (library, message);
  yj_test_wait (failed == 1);
  yj_library_keep_reference_async (library, source, "mp4", NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  reference = yj_library_keep_reference_finish (library, result, &reference_error);
  g_assert_null (reference);
  g_assert_error (reference_error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_FULL);

  /* With room again, the next thing that is written takes along what was kept out. */
  g_assert_no_errno (g_unlink (ballast));
  g_object_set (conversation, "title", "after", NULL);
  yj_library_save_conversation (library, conversation);
  yj_test_close (library);
  g_clear_object (&library);
  library = yj_test_open (folder);
  yj_test_close (library);
  verdict = run_sql (path, "PRAGMA integrity_check");
  g_assert_cmpstr (verdict, ==, "ok");
  text = run_sql (path, "SELECT length (text) FROM messages WHERE role = 'assistant'");
  g_assert_cmpstr (text, ==, "500000");
  g_assert_cmpuint (failed, ==, 1);
}

static void
test_full_draft (void)
{
  g_autofree char *path = g_dir_make_tmp ("yuanjing-full-XXXXXX", NULL);
  g_autofree char *size = g_strdup_printf ("%d", 3 * 1024 * 1024);

  run_inside ("/inner/full-draft", path, "--size", size, "--tmpfs", path, NULL);
}

/* What goes with a draft and a kept prompt are not lost either. */
static void
inner_full_draft (void)
{
  g_autoptr(GFile) folder = get_inner_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autofree char *ballast = get_path (folder, "ballast");
  g_autofree char *path = get_path (folder, "library.db");
  g_autofree char *large = g_strnfill (500000, 'x');
  g_autoptr(YjAttachment) attachment = yj_attachment_new ("x.txt", large);
  g_autoptr(YjPrompt) prompt = yj_prompt_new (0, "x", large);
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autofree char *attached = NULL, *kept = NULL;
  YjConversation *conversation;
  guint failed = 0;

  g_signal_connect (library, "failed", G_CALLBACK (count_failed_cb), &failed);
  conversation = yj_library_new_conversation (library);
  yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "before");
  row->uuid = g_uuid_string_random ();
  row->state = g_strdup ("waiting");
  g_assert_cmpint (row->id = yj_test_save_job (library, row, NULL), >, 0);
  fill_disk (ballast);

  g_list_store_append (yj_conversation_get_attachments (conversation), attachment);
  yj_library_save_attachments (library, conversation);
  yj_library_save_prompt (library, prompt);
  row->prompt = g_strdup (large);
  g_assert_cmpint (yj_test_save_job (library, row, NULL), ==, -1);
  g_assert_cmpuint (failed, >=, 2);

  g_assert_no_errno (g_unlink (ballast));
  g_object_set (conversation, "title", "after", NULL);
  yj_library_save_conversation (library, conversation);
  yj_test_close (library);
  attached = run_sql (path, "SELECT length (body) FROM draft_attachments");
  g_assert_cmpstr (attached, ==, "500000");
  kept = run_sql (path, "SELECT length (body) FROM prompts");
  g_assert_cmpstr (kept, ==, "500000");
}

static void
test_no_room_to_begin (void)
{
  g_autofree char *path = g_dir_make_tmp ("yuanjing-full-XXXXXX", NULL);

  run_inside ("/inner/no-room-to-begin", path, "--size", "16384", "--tmpfs", path, NULL);
}

static void
inner_no_room_to_begin (void)
{
  g_autoptr(GFile) folder = get_inner_folder ();

  assert_cannot_open (folder, YJ_LIBRARY_ERROR_FULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (g_getenv ("YJ_TEST_FOLDER") != NULL)
    {
      g_test_add_func ("/inner/read-only", inner_read_only);
      g_test_add_func ("/inner/full", inner_full);
      g_test_add_func ("/inner/full-draft", inner_full_draft);
      g_test_add_func ("/inner/no-room-to-begin", inner_no_room_to_begin);
      return g_test_run ();
    }

  g_test_add_func ("/files/any-tool-reads-it", test_any_tool_reads_it);
  g_test_add_func ("/files/newer", test_newer);
  g_test_add_func ("/files/foreign", test_foreign);
  g_test_add_func ("/files/bit-flips", test_bit_flips);
  g_test_add_func ("/files/trash", test_trash);
  g_test_add_func ("/files/read-only", test_read_only);
  g_test_add_func ("/files/full", test_full);
  g_test_add_func ("/files/full-draft", test_full_draft);
  g_test_add_func ("/files/no-room-to-begin", test_no_room_to_begin);

  return g_test_run ();
}
