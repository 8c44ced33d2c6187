/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machinery that brings old files to new schemas, with steps of the test's own. */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "library-test.h"
#include "yj-schema.h"

typedef struct
{
  char              *folder;
  const YjMigration *steps;
} Migrate;

static void
migrate (YjDatabase *database,
         GTask      *task,
         gpointer    task_data)
{
  Migrate *data = task_data;
  g_autofree char *path = g_build_filename (data->folder, "library.db", NULL);
  GError *error = NULL;

  g_mkdir_with_parents (data->folder, 0700);
  if (yj_database_open_file (database, path, &error) &&
      yj_schema_migrate_with (database, data->folder, data->steps, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  yj_database_close (database);
}

static gboolean
run (GFile              *folder,
     const YjMigration  *steps,
     GError            **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  Migrate data = { (char *) g_file_peek_path (folder), steps };
  YjDatabase *database = yj_database_new ();
  GTask *task = g_task_new (NULL, NULL, yj_test_take_result, &result);

  g_task_set_task_data (task, &data, NULL);
  yj_database_push (database, task, migrate);
  yj_test_wait (result != NULL);
  yj_database_stop (database);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gint64
ask (GFile      *folder,
     const char *name,
     const char *sql)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), name, NULL);
  sqlite3 *handle;
  sqlite3_stmt *statement = NULL;
  gint64 value = -1;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return value;
}

static const YjMigration one[] = { "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)", NULL };
static const YjMigration three[] = {
  "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)",
  "ALTER TABLE t ADD b; UPDATE t SET b = a * 10",
  "CREATE TABLE u AS SELECT a + b AS c FROM t; DROP TABLE t",
  NULL
};
/* Its third step fails in its last statement. */
static const YjMigration broken[] = {
  "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)",
  "ALTER TABLE t ADD b; UPDATE t SET b = a * 10",
  "CREATE TABLE u AS SELECT a + b AS c FROM t; DROP TABLE t; INSERT INTO nowhere VALUES (1)",
  NULL
};

static void
test_step_by_step (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(GError) error = NULL;
  g_autofree char *backup = g_build_filename (g_file_peek_path (folder), "library-before-2.db", NULL);
  struct stat facts;

  g_assert_true (run (folder, one, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (folder, "library.db", "PRAGMA user_version"), ==, 1);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));

  g_assert_true (run (folder, three, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (folder, "library.db", "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (ask (folder, "library.db", "SELECT sum (c) FROM u"), ==, 66);
  g_assert_cmpint (ask (folder, "library-before-2.db", "SELECT sum (a) FROM t"), ==, 6);
  g_assert_cmpint (ask (folder, "library-before-2.db", "PRAGMA user_version"), ==, 1);
  g_assert_no_errno (g_stat (backup, &facts));
  g_assert_cmpint (facts.st_mode & 0777, ==, 0600);

  /* Again: nothing to do. And with less knowledge than the file: no. */
  g_assert_true (run (folder, three, &error));
  g_assert_false (run (folder, one, &error));
  g_assert_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_NEWER);
}

static void
test_all_or_nothing (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(GError) error = NULL;

  g_assert_true (run (folder, one, NULL));
  g_assert_false (run (folder, broken, &error));
  g_assert_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_FAILED);
  g_assert_cmpint (ask (folder, "library.db", "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (ask (folder, "library.db", "SELECT sum (a) FROM t"), ==, 6);
  g_assert_cmpint (ask (folder, "library.db", "SELECT count (*) FROM u"), ==, -1);
  /* The copy of the failed try is no hindrance to the next. */
  g_assert_true (run (folder, three, NULL));
  g_assert_cmpint (ask (folder, "library.db", "SELECT sum (c) FROM u"), ==, 66);
}

/* The real first version, as it was released, is still what the real steps begin with. */
static void
test_first_version_stands (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);

  yj_test_close (library);
  g_assert_cmpint (ask (folder, "library.db", "PRAGMA user_version"), >=, 1);
  g_assert_cmpint (ask (folder, "library.db", "PRAGMA application_id"), ==, 0x594a4c42);
}

static void
exec (GFile      *folder,
      const char *sql)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), "library.db", NULL);
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

/* A file of the first version, with a question that was asked twice more: all are answers to it, the last one is shown
   though the clock had been set back before it, and the conversation goes on behind that. */
static void
test_second_version (void)
{
  const YjMigration first[] = { yj_schema_get_steps ()[0], NULL };
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(GError) error = NULL;
  g_autoptr(YjLibrary) library = NULL;
  g_autoptr(YjConversation) conversation = NULL;
  static const char * const texts[] = { "Q1", "A1c", "Q2", "A2" };

  g_assert_true (run (folder, first, &error));
  g_assert_no_error (error);
  exec (folder, "INSERT INTO conversations (id, title, updated) VALUES (1, 'old', 5);"
        "INSERT INTO messages (id, conversation, parent, seq, role, state, text, created) VALUES"
        " (10, 1, NULL, 1, 'user', 'complete', 'Q1', 1), (11, 1, 10, 2, 'assistant', 'failed', 'A1a', 2),"
        " (12, 1, NULL, 3, 'assistant', 'complete', 'A1b', 3), (13, 1, 12, 4, 'assistant', 'complete', 'A1c', 0),"
        " (14, 1, 13, 5, 'user', 'complete', 'Q2', 5), (15, 1, 14, 6, 'assistant', 'complete', 'A2', 6)");

  library = yj_test_open (folder);
  conversation = g_list_model_get_item (yj_library_get_conversations (library), 0);
  yj_test_load (library, conversation);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (conversation)), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(YjMessage) message = g_list_model_get_item (G_LIST_MODEL (conversation), i);
      guint n_siblings;

      g_assert_cmpstr (yj_message_get_text (message), ==, texts[i]);
      g_assert_cmpuint (yj_message_get_sibling (message, &n_siblings), ==, i == 1 ? 3 : 1);
      g_assert_cmpuint (n_siblings, ==, i == 1 ? 3 : 1);
    }
  yj_test_close (library);
  g_assert_cmpint (ask (folder, "library.db", "PRAGMA user_version"), >=, 2);
  g_assert_cmpint (ask (folder, "library-before-2.db", "SELECT count (*) FROM messages"), ==, 6);
}

/* A file of the second version keeps its jobs, which are of no batch, and has room for drafts. */
static void
test_third_version (void)
{
  const YjMigration second[] = { yj_schema_get_steps ()[0], yj_schema_get_steps ()[1], NULL };
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(GError) error = NULL;
  g_autoptr(YjLibrary) library = NULL;
  g_autoptr(GPtrArray) jobs = NULL;
  const YjJobRow *job;

  g_assert_true (run (folder, second, &error));
  g_assert_no_error (error);
  exec (folder, "INSERT INTO jobs (uuid, state, error_code, width, height, duration, size, created, submitted, finished,"
        " position, favourite, cover, prompt) VALUES ('u', 'ready', -1, 640, 480, 5, 6, 7, 8, 9, 10, 1, 'c.jpeg', 'P');"
        "INSERT INTO conversations (id, title, updated) VALUES (1, 'old', 5);"
        "INSERT INTO messages (id, conversation, seq, role, state, text, model, created, prompt_tokens, completion_tokens) VALUES"
        " (1, 1, 1, 'user', 'complete', 'Q', NULL, 1, -1, -1), (2, 1, 2, 'assistant', 'complete', 'A', 'qwen', 2, 10, 20),"
        " (3, 1, 3, 'assistant', 'cut', 'B', 'qwen', 3, -1, -1), (4, 1, 4, 'assistant', 'failed', '', 'qwen', 4, -1, -1)");

  library = yj_test_open (folder);
  jobs = yj_test_load_jobs (library);
  g_assert_cmpuint (jobs->len, ==, 1);
  job = g_ptr_array_index (jobs, 0);
  g_assert_cmpstr (job->prompt, ==, "P");
  g_assert_cmpstr (job->cover, ==, "c.jpeg");
  /* what a job of ours always has is never missing, whoever wrote the row */
  g_assert_cmpstr (job->model_name, ==, "");
  g_assert_cmpstr (job->recipe, ==, "");
  g_assert_cmpint (job->position, ==, 10);
  g_assert_true (job->favourite);
  g_assert_null (job->batch);
  g_assert_cmpint (job->waited, ==, 0);
  g_assert_null (job->prompt_sent);
  g_assert_null (job->tags);
  g_assert_cmpint (job->trashed, ==, 0);
  g_assert_null (job->folded);
  g_assert_null (job->parents);
  g_assert_null (job->times);
  yj_test_close (library);
  g_assert_cmpint (ask (folder, "library.db", "PRAGMA user_version"), >=, 3);
  g_assert_cmpint (ask (folder, "library.db", "SELECT count (*) FROM drafts"), ==, 0);
  g_assert_cmpint (ask (folder, "library.db", "SELECT count (*) FROM reference_notes"), ==, 0);
  g_assert_cmpint (ask (folder, "library.db", "SELECT count (*) FROM job_tags"), ==, 0);
  /* what answers had used is in the ledger; the one that never came is not */
  g_assert_cmpint (ask (folder, "library.db", "SELECT count (*) FROM uses"), ==, 2);
  g_assert_cmpint (ask (folder, "library.db", "SELECT sum (usage ->> 'prompt_tokens' + 1000 * (usage ->> 'completion_tokens')) FROM uses"),
                   ==, 20010);
  g_assert_cmpint (ask (folder, "library-before-3.db", "SELECT count (*) FROM jobs"), ==, 1);
}

#define NOTED "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define OWN   "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define ALONE "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define JOB "'ready', -1, 0, 0, 0, 0, 0, 0, 0, 0, "
#define FILE_OF(width, name) "{\"uri\":\"library:///references/aa/" NOTED ".png\",\"name\":\"" name "\",\"type\":\"image/png\"," \
                             "\"size\":7,\"width\":" width ",\"height\":3}"
#define OWN_FILE "{\"uri\":\"library:///references/cc/" OWN ".png\",\"name\":\"own.png\"}"

/* A file of the third version: what a note is about learns from the last job what it is; one that has no job, and recipes
   that are none, harm nothing. The name of the file, as its first job has it, was not given; what a later one has may be. */
static void
test_fourth_version (void)
{
  const YjMigration third[] = { yj_schema_get_steps ()[0], yj_schema_get_steps ()[1], yj_schema_get_steps ()[2], NULL };
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(GError) error = NULL;
  g_autoptr(YjLibrary) library = NULL;

  g_assert_true (run (folder, third, &error));
  g_assert_no_error (error);
  exec (folder, "INSERT INTO reference_notes VALUES ('" NOTED "', 'hero', 'coat'), ('" ALONE "', 'villain', ''),"
        " ('" OWN "', 'own.png', 'sea');"
        "INSERT INTO jobs (state, error_code, width, height, duration, size, submitted, finished, position, favourite,"
        "  uuid, created, recipe) VALUES"
        " (" JOB "'u', 20, '{\"files\":[17,\"references/\"," FILE_OF ("640", "hero") "," OWN_FILE "]}'),"
        " (" JOB "'v', 10, '{\"files\":[" FILE_OF ("320", "a.png") "]}'), (" JOB "'w', 30, 'references/ {'),"
        " (" JOB "'x', 40, '{\"files\":\"references/\"}')");

  library = yj_test_open (folder);
  yj_test_close (library);
  g_assert_cmpint (ask (folder, "library.db", "PRAGMA user_version"), >=, 4);
  g_assert_cmpint (ask (folder, "library.db", "SELECT count (*) FROM reference_notes WHERE name = 'hero' AND note = 'coat' AND"
                        " file_name = 'hero' AND type = 'image/png' AND size = 7 AND width = 640 AND height = 3 AND duration = 0 AND used = 20"), ==, 1);
  g_assert_cmpint (ask (folder, "library.db", "SELECT count (*) FROM reference_notes WHERE name = 'villain' AND"
                        " type IS NULL AND width = 0 AND used = 0"), ==, 1);
  g_assert_cmpint (ask (folder, "library.db", "SELECT count (*) FROM reference_notes WHERE name = '' AND note = 'sea' AND"
                        " file_name = 'own.png' AND used = 20"), ==, 1);
  g_assert_cmpint (ask (folder, "library-before-4.db", "PRAGMA user_version"), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/schema/step-by-step", test_step_by_step);
  g_test_add_func ("/schema/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/schema/first-version-stands", test_first_version_stands);
  g_test_add_func ("/schema/second-version", test_second_version);
  g_test_add_func ("/schema/third-version", test_third_version);
  g_test_add_func ("/schema/fourth-version", test_fourth_version);

  return g_test_run ();
}
