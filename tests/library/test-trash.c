/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is deleted, for a month and for good. */
#include "library-test.h"
#include "yj-library-private.h"
#include "yj-schema.h"

#define DAY G_TIME_SPAN_DAY

static guint
count (GListModel *list)
{
  return g_list_model_get_n_items (list);
}

static YjConversation *
add (YjLibrary  *library,
     const char *question)
{
  YjConversation *conversation = yj_library_new_conversation (library);

  yj_library_add_message (library, conversation, YJ_MESSAGE_USER, question);
  return conversation;
}

/* ---- the tables themselves, with a clock of the test's own */

typedef struct
{
  const char *folder;
  const char *sql;              /* before */
  gint64      now;              /* 0: nothing is purged */
  const char *question;         /* after: one number */
  gboolean    first_version;
} Work;

static gint64
work (YjDatabase  *database,
      Work        *work,
      GError     **error)
{
  g_autofree char *path = g_build_filename (work->folder, "library.db", NULL);
  const YjMigration first[] = { yj_schema_get_steps ()[0], NULL };
  gint64 value = -1;

  g_mkdir_with_parents (work->folder, 0700);
  if (yj_database_open_file (database, path, error) &&
      (work->first_version ? yj_schema_migrate_with (database, work->folder, first, error)
                           : yj_schema_migrate (database, work->folder, error)) &&
      (work->sql == NULL || yj_database_exec (database, work->sql, error)) &&
      (work->now == 0 || yj_rows_purge_trash (database, work->now, error)))
    yj_database_get_int (database, work->question, &value, error);
  return value;
}

static void
work_cb (YjDatabase *database,
         GTask      *task,
         gpointer    task_data)
{
  GError *error = NULL;
  gint64 value = work (database, task_data, &error);

  yj_database_close (database);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, value);
}

static gint64
run (GFile *folder,
     Work   data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjDatabase *database = yj_database_new ();
  GTask *task = g_task_new (NULL, NULL, yj_test_take_result, &result);
  gint64 value;

  data.folder = g_file_peek_path (folder);
  g_task_set_task_data (task, &data, NULL);
  yj_database_push (database, task, work_cb);
  yj_test_wait (result != NULL);
  yj_database_stop (database);
  value = g_task_propagate_int (G_TASK (result), &error);
  g_assert_no_error (error);
  return value;
}

#define LEFT "SELECT coalesce (sum (id), 0) FROM conversations"

static void
test_purge (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  const gint64 now = 1000 * DAY;

  g_assert_cmpint (run (folder, (Work) { .question = LEFT, .sql =
    "INSERT INTO conversations (id, draft, updated, trashed) VALUES"
    " (1, 'x', 0, 970 * 86400000000), (2, 'x', 0, 970 * 86400000000 + 1), (4, 'x', 0, 1000 * 86400000000), (8, 'x', 0, 0);"
    "INSERT INTO messages (id, conversation, seq, role, state, text, created) VALUES"
    " (10, 1, 1, 'user', 'complete', 'a', 0), (20, 2, 1, 'user', 'complete', 'b', 0);"
    "INSERT INTO message_search (rowid, body) VALUES (10, 'a'), (20, 'b')" }), ==, 15);
  /* Thirty days to the microsecond, and not one less. */
  g_assert_cmpint (run (folder, (Work) { .question = LEFT, .now = now - 1 }), ==, 15);
  g_assert_cmpint (run (folder, (Work) { .question = LEFT, .now = now }), ==, 14);
  g_assert_cmpint (run (folder, (Work) { .question = "SELECT sum (id) FROM messages" }), ==, 20);
  g_assert_cmpint (run (folder, (Work) { .question = "SELECT sum (rowid) FROM message_search WHERE message_search MATCH 'a OR b'" }), ==, 20);
  g_assert_cmpint (run (folder, (Work) { .question = LEFT, .now = now + 1 }), ==, 12);
  /* What is not in the trash stays however old it is. */
  g_assert_cmpint (run (folder, (Work) { .question = LEFT, .now = 100000 * DAY }), ==, 8);
}

/* A file of the first version keeps what it held and can do what is new. */
static void
test_first_version (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = NULL;
  g_autoptr(YjConversation) conversation = NULL;
  g_autoptr(YjPrompt) prompt = yj_prompt_new (0, "a name", "a text");

  g_assert_cmpint (run (folder, (Work) { .first_version = TRUE, .question = "PRAGMA user_version", .sql =
    "INSERT INTO conversations (id, title, updated) VALUES (1, '旧的', 5);"
    "INSERT INTO messages (id, conversation, seq, role, state, text, created) VALUES (10, 1, 1, 'user', 'complete', '问', 5)" }), ==, 1);
  library = yj_test_open (folder);
  conversation = g_list_model_get_item (yj_library_get_conversations (library), 0);
  g_assert_cmpstr (yj_conversation_get_title (conversation), ==, "旧的");
  g_assert_false (yj_conversation_get_pinned (conversation));
  g_assert_false (yj_conversation_get_unread (conversation));
  g_assert_cmpint (yj_conversation_get_draft_cursor (conversation), ==, -1);
  g_assert_cmpint (yj_conversation_get_stream (conversation), ==, -1);
  g_assert_false (yj_conversation_has_draft (conversation));
  yj_test_load (library, conversation);
  g_assert_cmpuint (count (G_LIST_MODEL (conversation)), ==, 1);
  g_object_set (conversation, "pinned", TRUE, "unread", TRUE, NULL);
  yj_library_save_conversation (library, conversation);
  yj_library_save_prompt (library, prompt);
  yj_test_close (library);
  g_clear_object (&library);
  g_clear_object (&conversation);

  library = yj_test_open (folder);
  conversation = g_list_model_get_item (yj_library_get_conversations (library), 0);
  g_assert_true (yj_conversation_get_pinned (conversation));
  g_assert_true (yj_conversation_get_unread (conversation));
  yj_library_get_prompts (library);
  yj_test_wait (count (yj_library_get_prompts (library)) == 1);
  yj_test_close (library);
}

/* ---- the list of it */

static void
test_there_and_back (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *first = add (library, "first");
  YjConversation *second = add (library, "second");
  g_autoptr(YjConversation) found = NULL;
  GListModel *list, *trash = yj_library_get_trash (library);

  yj_library_trash_conversation (library, first);
  yj_library_trash_conversation (library, second);
  g_assert_cmpuint (count (yj_library_get_conversations (library)), ==, 0);
  g_assert_cmpuint (count (trash), ==, 2);
  found = g_list_model_get_item (trash, 0);
  g_assert_true (found == second);
  g_assert_cmpint (yj_conversation_get_trashed (second), !=, 0);
  g_clear_object (&found);
  yj_test_close (library);
  g_clear_object (&library);

  /* It is the same after a restart. */
  library = yj_test_open (folder);
  list = yj_library_get_conversations (library);
  trash = yj_library_get_trash (library);
  g_assert_cmpuint (count (list), ==, 0);
  g_assert_cmpuint (count (trash), ==, 2);
  found = g_list_model_get_item (trash, 0);
  g_assert_cmpstr (yj_conversation_get_title (found), ==, "second");
  yj_library_restore_conversation (library, found);
  g_assert_cmpint (yj_conversation_get_trashed (found), ==, 0);
  /* Twice is once. */
  yj_library_restore_conversation (library, found);
  g_assert_cmpuint (count (list), ==, 1);
  g_assert_cmpuint (count (trash), ==, 1);
  yj_test_close (library);
}

static void
test_for_good (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjConversation) gone = g_object_ref (add (library, "gone"));
  YjConversation *empty;

  add (library, "stays");
  yj_library_trash_conversation (library, gone);
  yj_library_delete_conversation (library, gone);
  g_assert_cmpuint (count (yj_library_get_trash (library)), ==, 0);
  /* An offer to undo that is still on show cannot bring it back. */
  yj_library_restore_conversation (library, gone);
  g_assert_cmpuint (count (yj_library_get_conversations (library)), ==, 1);

  /* What holds nothing is no trash. */
  empty = yj_library_new_conversation (library);
  g_object_set (empty, "draft", "x", NULL);
  yj_library_save_conversation (library, empty);
  yj_test_wait (yj_conversation_get_id (empty) != 0);
  g_object_set (empty, "draft", "", NULL);
  yj_library_trash_conversation (library, empty);
  g_assert_cmpuint (count (yj_library_get_trash (library)), ==, 0);
  yj_test_close (library);
  g_clear_object (&library);
  g_assert_cmpint (run (folder, (Work) { .question = "SELECT count (*) FROM conversations" }), ==, 1);
  g_assert_cmpint (run (folder, (Work) { .question = "SELECT count (*) FROM messages" }), ==, 1);
}

/* One in which all was deleted is trash like another, also when only the file knows what there was. */
static void
test_all_deleted (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjConversation) conversation = g_object_ref (yj_library_new_conversation (library));
  YjMessage *question = yj_library_add_message (library, conversation, YJ_MESSAGE_USER, "question");
  GListModel *list = yj_library_get_conversations (library), *trash = yj_library_get_trash (library);

  yj_library_trash_message (library, conversation, question);
  yj_library_trash_conversation (library, conversation);
  g_assert_cmpuint (count (list), ==, 0);
  g_assert_cmpuint (count (trash), ==, 1);
  /* The offer to undo still stands. */
  yj_library_restore_message (library, conversation, question);
  g_assert_cmpuint (count (list), ==, 1);
  g_assert_cmpuint (count (trash), ==, 0);
  g_assert_cmpuint (count (G_LIST_MODEL (conversation)), ==, 1);
  yj_library_trash_message (library, conversation, question);
  yj_test_close (library);
  g_clear_object (&library);
  g_clear_object (&conversation);

  library = yj_test_open (folder);
  list = yj_library_get_conversations (library);
  trash = yj_library_get_trash (library);
  conversation = g_list_model_get_item (list, 0);
  yj_test_load (library, conversation);
  g_assert_cmpuint (count (G_LIST_MODEL (conversation)), ==, 0);
  yj_library_trash_conversation (library, conversation);
  g_assert_cmpuint (count (list), ==, 0);
  yj_test_wait (count (trash) == 1);
  g_assert_cmpint (yj_conversation_get_trashed (conversation), !=, 0);
  yj_library_restore_conversation (library, conversation);
  g_assert_cmpuint (count (list), ==, 1);
  yj_library_trash_conversation (library, conversation);
  yj_test_close (library);
  g_clear_object (&library);
  g_assert_cmpint (run (folder, (Work) { .question = "SELECT count (*) FROM messages" }), ==, 1);
  g_assert_cmpint (run (folder, (Work) { .question = "SELECT count (*) FROM conversations WHERE trashed <> 0" }), ==, 1);
}

/* A question that waits is something. */
static void
test_waiting (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  YjConversation *conversation = yj_library_new_conversation (library);
  g_autoptr(YjWaiting) waiting = yj_waiting_new ("next");

  g_list_store_append (yj_conversation_get_waiting (conversation), waiting);
  yj_library_trash_conversation (library, conversation);
  g_assert_cmpuint (count (yj_library_get_trash (library)), ==, 1);
  yj_test_close (library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/trash/purge", test_purge);
  g_test_add_func ("/trash/first-version", test_first_version);
  g_test_add_func ("/trash/there-and-back", test_there_and_back);
  g_test_add_func ("/trash/for-good", test_for_good);
  g_test_add_func ("/trash/all-deleted", test_all_deleted);
  g_test_add_func ("/trash/waiting", test_waiting);

  return g_test_run ();
}
