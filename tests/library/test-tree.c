/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages as a tree: branches, versions, deleting, and what waits. */
#include <sqlite3.h>

#include "library-test.h"

typedef struct
{
  GFile          *folder;
  YjLibrary      *library;
  YjConversation *conversation;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->folder = yj_test_new_folder ();
  f->library = yj_test_open (f->folder);
  f->conversation = g_object_ref (yj_library_new_conversation (f->library));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  yj_test_close (f->library);
  g_clear_object (&f->conversation);
  g_clear_object (&f->library);
  g_clear_object (&f->folder);
}

/* As after a restart. */
static void
open_again (Fixture *f)
{
  yj_test_close (f->library);
  g_clear_object (&f->conversation);
  g_clear_object (&f->library);
  f->library = yj_test_open (f->folder);
  f->conversation = g_list_model_get_item (yj_library_get_conversations (f->library), 0);
  yj_test_load (f->library, f->conversation);
}

/* The branch as one line: each text, with its place if it has siblings, and how much they hide. */
static char *
show (Fixture *f)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->conversation)); i++)
    {
      g_autoptr(YjMessage) message = g_list_model_get_item (G_LIST_MODEL (f->conversation), i);
      guint n_siblings, sibling = yj_message_get_sibling (message, &n_siblings);

      g_string_append_printf (line, "%s%s", i > 0 ? " " : "", yj_message_get_text (message));
      if (n_siblings > 1)
        g_string_append_printf (line, "<%u/%u>", sibling, n_siblings);
      if (yj_message_get_n_hidden (message) > 0)
        g_string_append_printf (line, "-%u", yj_message_get_n_hidden (message));
    }
  return g_string_free_and_steal (line);
}

static void
check (Fixture    *f,
       const char *expected)
{
  g_autofree char *line = show (f);

  g_assert_cmpstr (line, ==, expected);
}

static YjMessage *
add (Fixture    *f,
     YjMessage  *parent,
     const char *text)
{
  YjMessageRole role = *text == 'Q' ? YJ_MESSAGE_USER : YJ_MESSAGE_ASSISTANT;
  YjMessage *message = yj_library_add_message_below (f->library, f->conversation, parent, role, text);

  g_object_set (message, "state", YJ_MESSAGE_COMPLETE, NULL);
  yj_library_save_message (f->library, message);
  return message;
}

static YjMessage *
at (Fixture *f,
    guint    position)
{
  g_autoptr(YjMessage) message = g_list_model_get_item (G_LIST_MODEL (f->conversation), position);

  return message;
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

/* The smallest change is told, and the branch is the same after a restart. */
static void
test_branches (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(GString) log = g_string_new (NULL);
  YjMessage *question, *first, *second;

  g_signal_connect (f->conversation, "items-changed", G_CALLBACK (items_changed_cb), log);
  question = add (f, NULL, "Q1");
  first = add (f, question, "A1");
  add (f, add (f, first, "Q2"), "A2");
  check (f, "Q1 A1 Q2 A2");
  g_assert_cmpstr (log->str, ==, "0-0+1 1-0+1 2-0+1 3-0+1 ");

  g_string_truncate (log, 0);
  second = add (f, question, "A1'");
  check (f, "Q1 A1'<2/2>-2");
  g_assert_cmpstr (log->str, ==, "1-3+1 ");
  add (f, second, "Q3");
  open_again (f);
  check (f, "Q1 A1'<2/2>-2 Q3");

  /* back, to where that branch was left */
  {
    g_autoptr(GPtrArray) siblings = yj_conversation_list_siblings (f->conversation, at (f, 1));

    g_assert_cmpuint (siblings->len, ==, 2);
    yj_library_choose_message (f->library, f->conversation, siblings->pdata[0]);
  }
  check (f, "Q1 A1<1/2>-1 Q2 A2");
  open_again (f);
  check (f, "Q1 A1<1/2>-1 Q2 A2");
  g_assert_true (yj_conversation_get_parent (f->conversation, at (f, 1)) == at (f, 0));
  g_assert_null (yj_conversation_get_parent (f->conversation, at (f, 0)));
  g_assert_cmpuint (yj_conversation_count_below (f->conversation, at (f, 0)), ==, 5);
}

/* Another version of a question begins anew; the first question may have other versions too. */
static void
test_versions (Fixture       *f,
               gconstpointer  data)
{
  YjMessage *question = add (f, NULL, "Q1");

  add (f, add (f, add (f, question, "A1"), "Q2"), "A2");
  add (f, add (f, NULL, "Q1'"), "A1'");
  check (f, "Q1'<2/2>-2 A1'");
  yj_library_choose_message (f->library, f->conversation, question);
  check (f, "Q1<1/2> A1 Q2 A2");
  open_again (f);
  check (f, "Q1<1/2> A1 Q2 A2");
}

/* What follows moves to the corrected question; the old one stays, bare. */
static void
test_edit (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(GString) log = g_string_new (NULL);
  YjMessage *first = add (f, NULL, "Q1"), *answer = add (f, first, "A1"), *question = add (f, answer, "Q2");

  add (f, add (f, add (f, question, "A2"), "Q3"), "A3");
  g_signal_connect (f->conversation, "items-changed", G_CALLBACK (items_changed_cb), log);
  yj_library_edit_message (f->library, f->conversation, question, "Q2'");
  check (f, "Q1 A1 Q2'<2/2> A2 Q3 A3");
  g_assert_cmpstr (log->str, ==, "2-1+1 ");
  open_again (f);
  check (f, "Q1 A1 Q2'<2/2> A2 Q3 A3");
  {
    g_autoptr(GPtrArray) siblings = yj_conversation_list_siblings (f->conversation, at (f, 2));

    yj_library_choose_message (f->library, f->conversation, siblings->pdata[0]);
  }
  check (f, "Q1 A1 Q2<1/2>-2");
}

static guint
count_found (Fixture    *f,
             const char *query)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GArray) ids = NULL;

  yj_library_search_async (f->library, query, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  ids = yj_library_search_finish (f->library, result, NULL);
  return ids->len;
}

/* A message goes with what hangs below it, the branch beside it comes to sight, and undo brings back all of it. */
static void
test_trash (Fixture       *f,
            gconstpointer  data)
{
  YjMessage *question = add (f, NULL, "Q1 first"), *answer;

  add (f, question, "A1");
  answer = add (f, question, "A1' needle");
  add (f, add (f, answer, "Q2 haystack"), "A2");
  g_assert_cmpuint (count_found (f, "needle"), ==, 1);

  yj_library_trash_message (f->library, f->conversation, answer);
  check (f, "Q1 first A1");
  g_assert_cmpuint (count_found (f, "needle"), ==, 0);
  g_assert_cmpuint (count_found (f, "haystack"), ==, 0);
  yj_library_restore_message (f->library, f->conversation, answer);
  check (f, "Q1 first A1' needle<2/2> Q2 haystack A2");
  g_assert_cmpuint (count_found (f, "haystack"), ==, 1);

  yj_library_trash_message (f->library, f->conversation, at (f, 2));
  open_again (f);
  check (f, "Q1 first A1' needle<2/2>");
  yj_library_trash_message (f->library, f->conversation, at (f, 0));
  check (f, "");
  open_again (f);
  check (f, "");
}

/* The older of two deletions taken back: what the message hangs below must be there too. */
static void
test_older_undo (Fixture       *f,
                 gconstpointer  data)
{
  YjMessage *question = add (f, NULL, "Q1 needle"), *answer = add (f, question, "A1");

  add (f, question, "A2");
  yj_library_trash_message (f->library, f->conversation, answer);
  yj_library_trash_message (f->library, f->conversation, question);
  check (f, "");
  yj_library_restore_message (f->library, f->conversation, answer);
  check (f, "Q1 needle A1<1/2>");
  g_assert_cmpuint (count_found (f, "needle"), ==, 1);
  open_again (f);
  check (f, "Q1 needle A1<1/2>");
}

static void
exec (Fixture    *f,
      const char *sql)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (f->folder), "library.db", NULL);
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
failed_cb (YjLibrary *library,
           GError    *error,
           guint     *n)
{
  (*n)++;
}

/* A deletion that could not be written is written later, and nobody finds the message then. */
static void
test_trash_fails (Fixture       *f,
                  gconstpointer  data)
{
  YjMessage *question = add (f, NULL, "Q1"), *answer = add (f, question, "A1 needle");
  guint failed = 0;

  g_signal_connect (f->library, "failed", G_CALLBACK (failed_cb), &failed);
  g_assert_cmpuint (count_found (f, "needle"), ==, 1);
  exec (f, "CREATE TRIGGER refuse BEFORE UPDATE OF trashed ON messages WHEN new.trashed <> old.trashed"
        " BEGIN SELECT raise (ABORT, 'no'); END");
  yj_library_trash_message (f->library, f->conversation, answer);
  yj_test_wait (failed == 1);
  exec (f, "DROP TRIGGER refuse");
  open_again (f);
  check (f, "Q1");
  g_assert_cmpuint (count_found (f, "needle"), ==, 0);
}

/* One that grows while it is deleted, or while another branch is chosen, loses nothing. */
static void
test_growing (Fixture       *f,
              gconstpointer  data)
{
  YjMessage *question = add (f, NULL, "Q1"), *other = add (f, question, "A1"), *answer;

  answer = yj_library_add_message_below (f->library, f->conversation, question, YJ_MESSAGE_ASSISTANT, "A2");
  yj_test_wait (yj_message_get_id (answer) != 0);
  yj_message_append (answer, " more", NULL);
  yj_library_save_message (f->library, answer);
  yj_library_choose_message (f->library, f->conversation, other);
  yj_library_choose_message (f->library, f->conversation, answer);
  yj_message_append (answer, " and more", NULL);
  yj_library_save_message (f->library, answer);
  open_again (f);
  check (f, "Q1 A2 more and more<2/2>");
  answer = at (f, 1);
  g_assert_cmpint (yj_message_get_state (answer), ==, YJ_MESSAGE_CUT);

  /* It goes on, and is cut once more in the middle. */
  g_object_set (answer, "state", YJ_MESSAGE_STREAMING, "continued", 1, NULL);
  yj_library_save_message (f->library, answer);
  {
    g_autoptr(GAsyncResult) result = NULL;

    yj_library_load_jobs_async (f->library, NULL, yj_test_take_result, &result);
    yj_test_wait (result != NULL);
    g_ptr_array_unref (yj_library_load_jobs_finish (f->library, result, NULL));
  }
  yj_message_append (answer, " to the end", NULL);
  yj_library_save_message (f->library, answer);
  open_again (f);
  check (f, "Q1 A2 more and more to the end<2/2>");
  g_assert_cmpuint (yj_message_get_continued (at (f, 1)), ==, 1);
}

/* Whoever else opens the library ends what streams there. Of what still grows nothing is lost by that. */
static void
test_opened_twice (Fixture       *f,
                   gconstpointer  data)
{
  YjMessage *question = add (f, NULL, "Q1"), *answer;

  answer = yj_library_add_message_below (f->library, f->conversation, question, YJ_MESSAGE_ASSISTANT, "A1");
  yj_test_wait (yj_message_get_id (answer) != 0);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(YjLibrary) other = yj_test_open (f->folder);
      g_autoptr(YjConversation) conversation = g_list_model_get_item (yj_library_get_conversations (other), 0);
      g_autoptr(YjMessage) found = NULL;

      yj_test_load (other, conversation);
      found = g_list_model_get_item (G_LIST_MODEL (conversation), 1);
      g_assert_cmpstr (yj_message_get_text (found), ==, yj_message_get_text (answer));
      g_assert_cmpint (yj_message_get_state (found), ==, YJ_MESSAGE_CUT);
      yj_test_close (other);
      yj_message_append (answer, " needle", NULL);
      yj_library_save_message (f->library, answer);
      g_ptr_array_unref (yj_test_load_jobs (f->library));
    }
  /* As if the process had been killed: the answer is not written to its end. */
  open_again (f);
  check (f, "Q1 A1 needle needle needle");
  g_assert_cmpuint (count_found (f, "needle"), ==, 1);
}

/* What waits comes back as it was left. */
static void
test_waiting (Fixture       *f,
              gconstpointer  data)
{
  GListStore *waiting = yj_conversation_get_waiting (f->conversation);

  add (f, NULL, "Q1");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("第 %u 个", i);
      g_autoptr(YjWaiting) item = yj_waiting_new (text);

      g_list_store_append (waiting, item);
    }
  yj_library_save_waiting (f->library, f->conversation);
  g_list_store_remove (waiting, 0);
  yj_library_save_waiting (f->library, f->conversation);
  open_again (f);
  waiting = yj_conversation_get_waiting (f->conversation);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (waiting)), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(YjWaiting) item = g_list_model_get_item (G_LIST_MODEL (waiting), i);
      g_autofree char *text = g_strdup_printf ("第 %u 个", i + 1);

      g_assert_cmpstr (yj_waiting_get_text (item), ==, text);
    }
  g_list_store_remove_all (waiting);
  yj_library_save_waiting (f->library, f->conversation);
  open_again (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (yj_conversation_get_waiting (f->conversation))), ==, 0);
}

/* Five thousand messages, every question asked twice: nothing recurses, nothing is slow. */
static void
test_long (Fixture       *f,
           gconstpointer  data)
{
  YjMessage *last = NULL;
  gint64 begin;

  for (guint i = 0; i < 2500; i++)
    {
      YjMessage *question = yj_library_add_message_below (f->library, f->conversation, last, YJ_MESSAGE_USER, "Q");

      if (i % 10 == 0)
        yj_library_add_message_below (f->library, f->conversation, question, YJ_MESSAGE_ASSISTANT, "A");
      last = yj_library_add_message_below (f->library, f->conversation, question, YJ_MESSAGE_ASSISTANT, "A");
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->conversation)), ==, 5000);
  begin = yj_test_worked ();
  {
    g_autoptr(GPtrArray) siblings = yj_conversation_list_siblings (f->conversation, at (f, 1));

    yj_library_choose_message (f->library, f->conversation, siblings->pdata[0]);
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->conversation)), ==, 2);
    yj_library_choose_message (f->library, f->conversation, siblings->pdata[1]);
  }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->conversation)), ==, 5000);
  g_test_message ("there and back: %" G_GINT64_FORMAT " µs", yj_test_worked () - begin);
  g_assert_cmpint (yj_test_worked () - begin, <, yj_test_slowness () * 200 * 1000);
  yj_library_trash_message (f->library, f->conversation, at (f, 0));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->conversation)), ==, 0);
}

#define ADD(path, func) g_test_add ("/tree/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("branches", test_branches);
  ADD ("versions", test_versions);
  ADD ("edit", test_edit);
  ADD ("trash", test_trash);
  ADD ("older-undo", test_older_undo);
  ADD ("opened-twice", test_opened_twice);
  ADD ("trash-fails", test_trash_fails);
  ADD ("growing", test_growing);
  ADD ("waiting", test_waiting);
  ADD ("long", test_long);

  return g_test_run ();
}
