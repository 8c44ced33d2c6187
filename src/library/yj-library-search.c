/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include <string.h>

#include "yj-library-private.h"
#include "yj-search.h"

/* Word for word, conversations that do not have it are struck off. Reading goes no further than to where every one that is
 * left was met: what is common is found in each soon, what is rare is in few. */

#define LOOK_AT_CANCELLED 1024  /* rows */

#define INDEXED_TEXTS "SELECT rowid FROM message_search WHERE message_search MATCH ? ORDER BY rowid"
#define INDEXED_TITLES "SELECT rowid FROM title_search WHERE title_search MATCH ?"

/* For what is no word to the index, such as ++ or an emoji. */
#define TITLE "SELECT title FROM conversations WHERE id = ?"
#define TEXTS "SELECT text FROM messages WHERE conversation = ? AND trashed = 0"
#define ALL_TEXTS "SELECT conversation, text FROM messages WHERE trashed = 0"

typedef struct
{
  gint64 message;
  gint64 conversation;
} Member;

typedef struct
{
  YjDatabase   *database;
  GCancellable *cancellable;
  GArray       *members;        /* of Member, by message */
  GHashTable   *left;           /* of gint64: conversations not met yet */
  GHashTable   *met;            /* those that have the word */
} Search;

/* ---- which message is in which conversation: asked for by the ten thousand, and never changed once written */

GArray *
yj_search_members_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Member));
}

static gboolean
read_members (YjDatabase  *database,
              GArray      *members,
              GError     **error)
{
  gint64 last = members->len > 0 ? g_array_index (members, Member, members->len - 1).message : G_MININT64;
  g_autoptr(sqlite3_stmt) statement = yj_database_prepare (database, error, "SELECT id, conversation FROM messages"
                                                           " INDEXED BY messages_by_id WHERE id > ? ORDER BY id", "i", last);
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;
  while (yj_database_step (database, statement, &local_error))
    g_array_append_val (members, ((Member) { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1) }));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* 0: it is not there, or there is an error. @at: where to go on; messages are asked for in their order. One that another
 * process wrote with an earlier id than the last known is not among the members. */
static gint64
find_conversation (Search  *self,
                   gint64   message,
                   guint   *at,
                   GError **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;

  while (*at < self->members->len && g_array_index (self->members, Member, *at).message < message)
    (*at)++;
  if (*at < self->members->len && g_array_index (self->members, Member, *at).message == message)
    return g_array_index (self->members, Member, *at).conversation;
  statement = yj_database_prepare (self->database, error, "SELECT conversation FROM messages WHERE id = ?", "i", message);
  return statement != NULL && yj_database_step (self->database, statement, error) ? sqlite3_column_int64 (statement, 0) : 0;
}

/* ---- one word */

static void
meet (Search *self,
      gint64  conversation)
{
  gpointer id;

  if (g_hash_table_steal_extended (self->left, &conversation, &id, NULL))
    g_hash_table_add (self->met, id);
}

static gboolean
meet_indexed (Search      *self,
              const char  *sql,
              gboolean     messages,
              const char  *phrase,
              GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = yj_database_prepare (self->database, error, sql, "s", phrase);
  gint64 last = 0;
  guint at = 0;
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;
  for (guint n = 1; g_hash_table_size (self->left) > 0 && yj_database_step (self->database, statement, &local_error); n++)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);
      gint64 conversation = messages ? find_conversation (self, id, &at, &local_error) : id;

      if (local_error != NULL)
        break;
      /* Messages lie one after the other as they were written: often of one conversation. */
      if (conversation != last)
        meet (self, conversation);
      last = conversation;
      if (n % LOOK_AT_CANCELLED == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, &local_error))
        break;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
has_word (sqlite3_stmt *statement,
          int           column,
          const char   *word)
{
  const void *text = sqlite3_column_text (statement, column);

  return text != NULL && memmem (text, sqlite3_column_bytes (statement, column), word, strlen (word)) != NULL;
}

/* Whether any text that @statement gives for a conversation has @word in it. */
static gboolean
is_in_text (Search        *self,
            sqlite3_stmt  *statement,
            gint64         conversation,
            const char    *word,
            GError       **error)
{
  gboolean found = FALSE;

  sqlite3_bind_int64 (statement, 1, conversation);
  while (!found && yj_database_step (self->database, statement, error))
    found = has_word (statement, 0, word);
  sqlite3_reset (statement);
  return found;
}

/* In those that are left, one after the other, by a statement that takes a conversation. */
static gboolean
meet_each (Search      *self,
           const char  *sql,
           const char  *word,
           GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = yj_database_prepare (self->database, error, sql, "i", (gint64) 0);
  g_autofree gint64 **ids = NULL;
  GError *local_error = NULL;
  guint n;

  if (statement == NULL)
    return FALSE;
  ids = (gint64 **) g_hash_table_get_keys_as_array (self->left, &n);
  for (guint i = 0; i < n && local_error == NULL; i++)
    {
      gint64 id = *ids[i];

      if (is_in_text (self, statement, id, word, &local_error))
        meet (self, id);
      if (local_error == NULL)
        g_cancellable_set_error_if_cancelled (self->cancellable, &local_error);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* In all texts as they lie in the file, which is faster than one conversation after the other when most are left. */
static gboolean
meet_in_order (Search      *self,
               const char  *word,
               GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = yj_database_prepare (self->database, error, ALL_TEXTS, "");
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;
  for (guint n = 1; g_hash_table_size (self->left) > 0 && yj_database_step (self->database, statement, &local_error); n++)
    {
      gint64 conversation = sqlite3_column_int64 (statement, 0);

      if (g_hash_table_contains (self->left, &conversation) && has_word (statement, 1, word))
        meet (self, conversation);
      if (n % LOOK_AT_CANCELLED == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, &local_error))
        break;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* Leaves those that have @word. */
static gboolean
strike_off (Search      *self,
            const char  *word,
            gboolean     indexed,
            gboolean     few,
            GError     **error)
{
  g_autofree char *phrase = yj_search_phrase (word);

  if ((phrase != NULL) != indexed)
    return TRUE;
  if (!(indexed ? meet_indexed (self, INDEXED_TITLES, FALSE, phrase, error) && meet_indexed (self, INDEXED_TEXTS, TRUE, phrase, error) :
                  meet_each (self, TITLE, word, error) &&
                  (few ? meet_each (self, TEXTS, word, error) : meet_in_order (self, word, error))))
    return FALSE;
  g_hash_table_unref (self->left);
  self->left = g_steal_pointer (&self->met);
  self->met = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return TRUE;
}

/* All conversations, the latest first. */
static GArray *
list_conversations (YjDatabase  *database,
                    GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = yj_database_prepare (database, error, "SELECT id FROM conversations WHERE trashed = 0"
                                                           " ORDER BY updated DESC", "");
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GError *local_error = NULL;

  if (statement == NULL)
    return NULL;
  while (yj_database_step (database, statement, &local_error))
    g_array_append_val (ids, (gint64) { sqlite3_column_int64 (statement, 0) });
  if (local_error == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, local_error);
  return NULL;
}

/* @members: of Member, empty at first, kept by the caller for the next search of the same file.
 * @among: a set of gint64, or NULL: all that are not in the trash. */
GArray *
yj_search_conversations (YjDatabase    *database,
                         GArray        *members,
                         GHashTable    *among,
                         const char    *query,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_auto(GStrv) words = yj_search_words (query);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) all = NULL;
  g_autoptr(GHashTable) left = NULL;
  g_autoptr(GHashTable) met = NULL;
  Search self = { database, cancellable, members, NULL, NULL };
  gboolean done = TRUE;

  if (words[0] == NULL)
    return g_steal_pointer (&found);
  all = list_conversations (database, error);
  if (all == NULL || !read_members (database, members, error))
    return NULL;
  self.left = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self.met = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < all->len; i++)
    if (among == NULL || g_hash_table_contains (among, &g_array_index (all, gint64, i)))
      g_hash_table_add (self.left, g_memdup2 (&g_array_index (all, gint64, i), sizeof (gint64)));
  /* What the index knows first: it leaves less to be read. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; done && words[i] != NULL; i++)
      done = strike_off (&self, words[i], pass == 0, g_hash_table_size (self.left) < all->len / 4, error);
  left = self.left;
  met = self.met;
  if (!done)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    if (g_hash_table_contains (left, &g_array_index (all, gint64, i)))
      g_array_append_val (found, g_array_index (all, gint64, i));
  return g_steal_pointer (&found);
}

static void
search_library (YjDatabase *database,
                GTask      *task,
                gpointer    task_data)
{
  YjLibrary *self = g_task_get_source_object (task);
  GError *error = NULL;
  GArray *ids;

  if (self->members == NULL)
    self->members = yj_search_members_new ();
  ids = yj_search_conversations (database, self->members, NULL, task_data, g_task_get_cancellable (task), &error);

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
