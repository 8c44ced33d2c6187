/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include "yj-library-private.h"
#include "yj-search.h"

/* Conversations with a text or title that the index knows under @phrase. */
#define INDEXED \
  "SELECT conversation FROM messages INDEXED BY messages_by_id WHERE id IN" \
  " (SELECT rowid FROM message_search WHERE message_search MATCH ?)" \
  " UNION SELECT rowid FROM title_search WHERE title_search MATCH ?"

/* The same for what is no word to the index, such as ++ or an emoji: every text is read. */
#define READ \
  "SELECT conversation FROM messages WHERE trashed = 0 AND instr (text, ?) UNION SELECT id FROM conversations WHERE instr (title, ?)"

static GArray *
search (YjDatabase  *database,
        const char  *query,
        GError     **error)
{
  g_auto(GStrv) words = yj_search_words (query);
  g_autoptr(GPtrArray) phrases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) sql = g_string_new ("SELECT id FROM conversations WHERE trashed = 0");
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *phrase = yj_search_phrase (words[i]);

      g_string_append_printf (sql, " AND id IN (%s)", phrase != NULL ? INDEXED : READ);
      g_ptr_array_add (phrases, phrase != NULL ? phrase : g_strdup (words[i]));
    }
  if (phrases->len == 0)
    return g_steal_pointer (&ids);
  g_string_append (sql, " ORDER BY updated DESC");

  statement = yj_database_prepare (database, error, sql->str, "");
  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < phrases->len; i++)
    {
      sqlite3_bind_text (statement, 2 * i + 1, phrases->pdata[i], -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 2 * i + 2, phrases->pdata[i], -1, SQLITE_STATIC);
    }
  while (yj_database_step (database, statement, &local_error))
    g_array_append_val (ids, (gint64) { sqlite3_column_int64 (statement, 0) });
  /* The statement goes before what it was given. */
  g_clear_pointer (&statement, sqlite3_finalize);
  if (local_error == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, local_error);
  return NULL;
}

static void
search_library (YjDatabase *database,
                GTask      *task,
                gpointer    task_data)
{
  GError *error = NULL;
  GArray *ids = search (database, task_data, &error);

  if (ids != NULL)
    g_task_return_pointer (task, ids, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * yj_library_search_async:
 * @self: a library
 * @query: words, divided by white space
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Looks for the conversations whose texts and title hold every word of @query, in any letter case; the last letters
 * of a word may be missing. Chinese, Japanese and Thai are found by any part of a sentence, one character long or more.
 * Trash is not searched. An answer is found once it has ended.
 */
void
yj_library_search_async (YjLibrary           *self,
                         const char          *query,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (query != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_search_async);
  g_task_set_task_data (task, g_utf8_make_valid (query, -1), g_free);
  yj_library_push (self, task, search_library);
}

/**
 * yj_library_search_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): ids of conversations, the latest first; empty for an empty query
 */
GArray *
yj_library_search_finish (YjLibrary     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
