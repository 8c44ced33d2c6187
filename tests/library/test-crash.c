/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child process writes as fast as it can and says what is on disk; it is killed at any moment, again and again. All
   that it said must be there. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sqlite3.h>

#include "library-test.h"

/* ---------------------------------------------------------------- the child */

typedef struct
{
  YjLibrary *library;
  YjMessage *answer;
  guint      n;
  guint      words;
} Child;

static void save_next (Child *child);

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Child *child = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (yj_library_save_job_finish (child->library, result, &error), >, 0);
  g_assert_no_error (error);
  /* A line of its own, at once. */
  printf ("job %u\n", child->n);
  fflush (stdout);
  child->n++;
  save_next (child);
}

static void
save_next (Child *child)
{
  g_autoptr(YjJobRow) row = yj_job_row_new ();

  row->uuid = g_strdup_printf ("%d-%u", getpid (), child->n);
  row->state = g_strdup ("submitting");
  row->prompt = g_strnfill (child->n % 50 * 100, 'p');
  yj_library_save_job_async (child->library, row, NULL, saved_cb, child);
  /* Between the jobs an answer grows, in pieces and now and then to its end. */
  if (child->answer == NULL || child->n % 20 == 19)
    {
      YjConversation *conversation = yj_library_new_conversation (child->library);

      if (child->answer != NULL)
        {
          g_object_set (child->answer, "state", YJ_MESSAGE_COMPLETE, NULL);
          yj_library_save_message (child->library, child->answer);
        }
      yj_library_add_message (child->library, conversation, YJ_MESSAGE_USER, "问");
      child->answer = yj_library_add_message (child->library, conversation, YJ_MESSAGE_ASSISTANT, NULL);
    }
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *word = g_strdup_printf ("词%u ", child->words++);

      yj_message_append (child->answer, word, word);
    }
  yj_library_save_message (child->library, child->answer);
}

G_NORETURN static void
run_child (const char *path)
{
  g_autoptr(GFile) folder = g_file_new_for_path (path);
  Child child = { yj_test_open (folder), NULL, 0, 0 };

  puts ("open");
  fflush (stdout);
  save_next (&child);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

/* ---------------------------------------------------------------- the parent */

static GSubprocess *
start_child (GFile *folder)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr(GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, "--child", g_file_peek_path (folder), NULL);

  g_assert_no_error (error);
  return child;
}

/* Lets it write @least jobs and then a while longer, kills it, and returns how many it said were on disk. */
static guint
kill_child (GSubprocess *child,
            guint        least,
            guint        microseconds)
{
  g_autoptr(GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autofree char *first = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  guint jobs = 0;

  g_assert_cmpstr (first, ==, "open");
  while (jobs < least)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      g_assert_true (line != NULL && g_str_has_prefix (line, "job "));
      jobs++;
    }
  g_usleep (microseconds);
  g_subprocess_send_signal (child, SIGKILL);
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      if (line == NULL)
        break;
      if (g_str_has_prefix (line, "job "))
        jobs++;
    }
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  return jobs;
}

static void
assert_whole (GFile *folder)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), "library.db", NULL);
  sqlite3 *handle;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "PRAGMA integrity_check", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "PRAGMA foreign_key_check", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
}

static guint
count_with_prefix (GPtrArray  *rows,
                   const char *prefix)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += g_str_has_prefix (((YjJobRow *) rows->pdata[i])->uuid, prefix);
  return n;
}

/* Every answer is a run of numbered words without a gap, and none is still streaming. */
static void
assert_texts (YjLibrary *library)
{
  GListModel *list = yj_library_get_conversations (library);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(YjConversation) conversation = g_list_model_get_item (list, i);

      yj_test_load (library, conversation);
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (conversation)); j++)
        {
          g_autoptr(YjMessage) message = g_list_model_get_item (G_LIST_MODEL (conversation), j);
          g_auto(GStrv) words = g_strsplit (yj_message_get_text (message), " ", -1);
          guint first = 0;

          g_assert_cmpint (yj_message_get_state (message), !=, YJ_MESSAGE_STREAMING);
          if (yj_message_get_role (message) != YJ_MESSAGE_ASSISTANT)
            continue;
          g_assert_cmpstr (yj_message_get_text (message), ==, yj_message_get_reasoning (message));
          for (guint k = 0; words[k] != NULL && *words[k] != '\0'; k++)
            {
              g_autofree char *expected = NULL;

              if (k == 0)
                first = atoi (words[0] + strlen ("词"));
              expected = g_strdup_printf ("词%u", first + k);
              g_assert_cmpstr (words[k], ==, expected);
            }
        }
    }
}

static void
test_kill (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  guint kills = g_test_slow () ? 200 : 25, total = 0;

  for (guint i = 0; i < kills; i++)
    {
      g_autoptr(GSubprocess) child = start_child (folder);
      g_autofree char *prefix = g_strdup_printf ("%s-", g_subprocess_get_identifier (child));
      g_autoptr(YjLibrary) library = NULL;
      g_autoptr(GPtrArray) rows = NULL;
      guint said = kill_child (child, g_test_rand_int_range (0, 30), g_test_rand_int_range (0, 30000));

      assert_whole (folder);
      library = yj_test_open (folder);
      rows = yj_test_load_jobs (library);
      /* One more may be on disk that it had no time to tell of. */
      g_assert_cmpuint (count_with_prefix (rows, prefix), >=, said);
      g_assert_cmpuint (count_with_prefix (rows, prefix), <=, said + 1);
      total += said;
      g_assert_cmpuint (rows->len, >=, total);
      assert_texts (library);
      yj_test_close (library);
    }
  g_test_message ("%u jobs in %u lives", total, kills);
  g_assert_cmpuint (total, >, kills);
}

/* What a killed process was driving can be driven by another, and not before. */
static void
test_lease_of_the_dead (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *id_text = NULL, *line = NULL;
  g_autoptr(GSubprocess) child = NULL;
  g_autoptr(GDataInputStream) lines = NULL;
  gint64 id;

  row->uuid = g_uuid_string_random ();
  row->state = g_strdup ("running");
  id = yj_test_save_job (library, row, NULL);
  id_text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, self, "--lease", g_file_peek_path (folder), id_text, NULL);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, "leased");

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      gboolean leased;

      yj_library_lease_job_async (library, id, "survivor", NULL, yj_test_take_result, &result);
      yj_test_wait (result != NULL);
      g_assert_true (yj_library_lease_job_finish (library, result, &leased, NULL));
      g_assert_cmpint (leased, ==, i == 1);
      g_subprocess_send_signal (child, SIGKILL);
      g_assert_true (g_subprocess_wait (child, NULL, NULL));
    }
  yj_test_close (library);
}

G_NORETURN static void
run_lease (const char *path,
           gint64      id)
{
  g_autoptr(GFile) folder = g_file_new_for_path (path);
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GAsyncResult) result = NULL;
  gboolean leased;

  yj_library_lease_job_async (library, id, "child", NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_lease_job_finish (library, result, &leased, NULL));
  puts (leased ? "leased" : "refused");
  fflush (stdout);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

/* Several processes make and open the same library at the same moment. */
static void
test_open_together (void)
{
  for (guint round = 0; round < 5; round++)
    {
      g_autoptr(GFile) folder = yj_test_new_folder ();
      GSubprocess *children[4];
      guint total = 0;
      g_autoptr(YjLibrary) library = NULL;
      g_autoptr(GPtrArray) rows = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (children); i++)
        children[i] = start_child (folder);
      for (guint i = 0; i < G_N_ELEMENTS (children); i++)
        {
          total += kill_child (children[i], 0, 20000);
          g_object_unref (children[i]);
        }
      assert_whole (folder);
      library = yj_test_open (folder);
      rows = yj_test_load_jobs (library);
      g_assert_cmpuint (rows->len, >=, total);
      assert_texts (library);
      yj_test_close (library);
    }
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    run_child (argv[2]);
  if (argc == 4 && g_str_equal (argv[1], "--lease"))
    run_lease (argv[2], g_ascii_strtoll (argv[3], NULL, 10));

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/crash/kill", test_kill);
  g_test_add_func ("/crash/lease-of-the-dead", test_lease_of_the_dead);
  g_test_add_func ("/crash/open-together", test_open_together);

  return g_test_run ();
}
