/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include <string.h>

#include "yj-library-private.h"
#include "yj-search.h"

#define TRASH_DAYS 30
#define TITLE_CHARS 60

enum { KIND_TEXT, KIND_REASONING };

/* ---------------------------------------------------------------- the search index */

static gboolean
index_message (YjDatabase  *database,
               gint64       id,
               const char  *text,
               GError     **error)
{
  g_autofree char *index = yj_search_index (text);

  return yj_database_run (database, error, "DELETE FROM message_search WHERE rowid = ?", "i", id) &&
         yj_database_run (database, error, "INSERT INTO message_search (rowid, body) VALUES (?, ?)", "is", id, index);
}

static gboolean
index_title (YjDatabase  *database,
             gint64       id,
             const char  *title,
             GError     **error)
{
  g_autofree char *index = yj_search_index (title);

  return yj_database_run (database, error, "DELETE FROM title_search WHERE rowid = ?", "i", id) &&
         yj_database_run (database, error, "INSERT INTO title_search (rowid, body) VALUES (?, ?)", "is", id, index);
}

/* ---------------------------------------------------------------- reading */

/* Lengthens what a row says by the pieces that follow it; a piece that does not begin where the text ends comes after
   one that was lost, or from before the row was written whole. */
static gboolean
append_pieces (YjDatabase    *database,
               YjMessageRow  *row,
               GError       **error)
{
  g_autoptr(sqlite3_stmt) pieces = NULL;
  GError *local_error = NULL;

  pieces = yj_database_prepare (database, error, "SELECT kind, start, body FROM pieces WHERE message = ? ORDER BY kind, start",
                                "i", row->id);
  if (pieces == NULL)
    return FALSE;
  while (yj_database_step (database, pieces, &local_error))
    {
      GString *into = sqlite3_column_int (pieces, 0) == KIND_TEXT ? row->text : row->reasoning;
      g_autofree char *body = yj_database_dup_text (pieces, 2);

      if (sqlite3_column_int64 (pieces, 1) == (gint64) into->len)
        g_string_append (into, body);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static YjMessageRow *
read_message (sqlite3_stmt *statement)
{
  YjMessageRow *row = yj_message_row_new ();
  g_autofree char *role = yj_database_dup_text (statement, 3);
  g_autofree char *state = yj_database_dup_text (statement, 4);
  g_autofree char *text = yj_database_dup_text (statement, 5);
  g_autofree char *reasoning = yj_database_dup_text (statement, 6);

  row->id = sqlite3_column_int64 (statement, 0);
  row->conversation = sqlite3_column_int64 (statement, 1);
  row->parent = sqlite3_column_int64 (statement, 2);
  row->role = yj_message_role_from_string (role);
  row->state = yj_message_state_from_string (state);
  g_string_append (row->text, text != NULL ? text : "");
  g_string_append (row->reasoning, reasoning != NULL ? reasoning : "");
  row->model = yj_database_dup_text (statement, 7);
  row->error = yj_database_dup_text (statement, 8);
  row->error_code = sqlite3_column_int (statement, 9);
  row->created = sqlite3_column_int64 (statement, 10);
  row->prompt_tokens = sqlite3_column_int64 (statement, 11);
  row->completion_tokens = sqlite3_column_int64 (statement, 12);
  row->cached_tokens = sqlite3_column_int64 (statement, 13);
  row->first_token_us = sqlite3_column_int64 (statement, 14);
  row->duration_us = sqlite3_column_int64 (statement, 15);
  row->usage_id = yj_database_dup_text (statement, 16);
  return row;
}

#define MESSAGE_COLUMNS \
  "id, conversation, parent, role, state, text, reasoning, model, error, error_code, created, prompt_tokens, " \
  "completion_tokens, cached_tokens, first_token_us, duration_us, usage_id"

/* The messages that @sql selects; one that still streams in the file is cut: who streams here has it in memory. */
static GPtrArray *
read_messages (YjDatabase    *database,
               sqlite3_stmt  *statement,
               GError       **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_message_row_free);
  GError *local_error = NULL;

  while (yj_database_step (database, statement, &local_error))
    {
      YjMessageRow *row = read_message (statement);

      g_ptr_array_add (rows, row);
      if (row->state != YJ_MESSAGE_STREAMING)
        continue;
      row->state = YJ_MESSAGE_CUT;
      if (!append_pieces (database, row, error))
        return NULL;
    }
  if (local_error == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, local_error);
  return NULL;
}

/* ---------------------------------------------------------------- writing messages */

static gboolean
write_whole (YjDatabase    *database,
             YjMessageRow  *row,
             GError       **error)
{
  return yj_database_run (database, error,
                          "INSERT INTO messages (" MESSAGE_COLUMNS ", seq) VALUES (?, ?2, (SELECT id FROM messages WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?,"
                          " ?, ?, ?, ?, ?, ?, (SELECT coalesce (max (seq), 0) + 1 FROM messages WHERE conversation = ?2))"
                          " ON CONFLICT (id) DO UPDATE SET state = excluded.state, text = excluded.text,"
                          " reasoning = excluded.reasoning, model = excluded.model, error = excluded.error,"
                          " error_code = excluded.error_code, prompt_tokens = excluded.prompt_tokens,"
                          " completion_tokens = excluded.completion_tokens, cached_tokens = excluded.cached_tokens,"
                          " first_token_us = excluded.first_token_us, duration_us = excluded.duration_us,"
                          " usage_id = excluded.usage_id",
                          "iiissssssiiiiiiis",
                          row->id, row->conversation, row->parent,
                          yj_message_role_to_string (row->role), yj_message_state_to_string (row->state),
                          row->text->str, row->reasoning->str, row->model, row->error, (gint64) row->error_code,
                          row->created, row->prompt_tokens, row->completion_tokens, row->cached_tokens,
                          row->first_token_us, row->duration_us, row->usage_id) &&
         yj_database_run (database, error, "DELETE FROM pieces WHERE message = ?", "i", row->id) &&
         /* A growing text is found when it has grown. */
         (row->state == YJ_MESSAGE_STREAMING || index_message (database, row->id, row->text->str, error));
}

static gboolean
write_piece (YjDatabase  *database,
             gint64       id,
             gint64       kind,
             gsize        start,
             GString     *body,
             GError     **error)
{
  return body->len == 0 ||
         yj_database_run (database, error, "INSERT INTO pieces (message, kind, start, body) VALUES (?, ?, ?, ?)", "iiis",
                          id, kind, (gint64) start, body->str);
}

static gboolean
write_message (YjDatabase  *database,
               gpointer     data,
               GError     **error)
{
  YjMessageRow *row = data;

  if (row->whole)
    return write_whole (database, row, error);
  return yj_database_run (database, error, "UPDATE messages SET model = ?, first_token_us = ? WHERE id = ?", "sii",
                          row->model, row->first_token_us, row->id) &&
         write_piece (database, row->id, KIND_TEXT, row->text_start, row->text, error) &&
         write_piece (database, row->id, KIND_REASONING, row->reasoning_start, row->reasoning, error);
}

/* What waits under @id, for the thread of the database to write; NULL when an earlier turn has taken it along. */
static gpointer
take_waiting (YjLibrary  *self,
              GHashTable *waiting,
              gint64      id)
{
  gpointer row = NULL;

  g_mutex_lock (&self->lock);
  g_hash_table_steal_extended (waiting, &id, NULL, &row);
  g_mutex_unlock (&self->lock);
  return row;
}

static void
save_message (YjDatabase *database,
              GTask      *task,
              gpointer    task_data)
{
  YjLibrary *self = g_task_get_source_object (task);
  YjMessageRow *row = take_waiting (self, self->messages, yj_message_get_key (task_data));
  GError *error = NULL;

  if (row == NULL || yj_database_transact (database, write_message, row, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_clear_pointer (&row, yj_message_row_free);
}

/* What a full disk kept out goes in as soon as something else went in; conversations before what is in them. */
void
yj_library_try_again (YjLibrary *self)
{
  g_autoptr(GHashTable) unsaved = NULL;
  GHashTableIter iter;
  gpointer object;

  if (g_hash_table_size (self->unsaved) == 0)
    return;
  unsaved = g_steal_pointer (&self->unsaved);
  self->unsaved = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_hash_table_iter_init (&iter, unsaved);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    if (YJ_IS_CONVERSATION (object))
      yj_library_save_conversation (self, object);
  g_hash_table_iter_init (&iter, unsaved);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    if (YJ_IS_MESSAGE (object))
      yj_library_save_message (self, object);
}

static void
message_saved_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  YjMessage *message = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      yj_message_set_stored (message);
      yj_library_try_again (self);
    }
  else
    {
      yj_message_set_torn (message);
      g_hash_table_add (self->unsaved, g_object_ref (message));
      yj_library_tell_failed (self, error);
    }
}

/**
 * yj_library_save_message:
 * @self: a library
 * @message: a message that was added to it
 *
 * Writes the message as it is now, behind; while it streams, only what was added since the last time, so that it may
 * be called as often as one likes. A failure is told by [signal@Yj.Library::failed]; the next call writes it all.
 */
void
yj_library_save_message (YjLibrary *self,
                         YjMessage *message)
{
  gboolean queued;
  YjMessageRow *row;
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_MESSAGE (message));

  g_mutex_lock (&self->lock);
  row = g_hash_table_lookup (self->messages, &(gint64) { yj_message_get_key (message) });
  queued = row != NULL;
  if (!queued)
    row = yj_message_row_new ();
  yj_message_take_changes (message, row);
  if (!queued)
    g_hash_table_insert (self->messages, &row->id, row);
  g_mutex_unlock (&self->lock);
  if (queued)
    return;

  task = g_task_new (self, NULL, message_saved_cb, NULL);
  g_task_set_source_tag (task, yj_library_save_message);
  g_task_set_task_data (task, g_object_ref (message), g_object_unref);
  yj_library_push (self, task, save_message);
}

/* ---------------------------------------------------------------- writing conversations */

static gboolean
write_conversation (YjDatabase  *database,
                    gpointer     data,
                    GError     **error)
{
  YjConversationRow *row = data;

  return yj_database_run (database, error,
                          "INSERT INTO conversations (id, title, model, system_prompt, draft, updated, trashed)"
                          " VALUES (?, ?, ?, ?, ?, ?, ?)"
                          " ON CONFLICT (id) DO UPDATE SET title = excluded.title, model = excluded.model,"
                          " system_prompt = excluded.system_prompt, draft = excluded.draft, updated = excluded.updated,"
                          " trashed = excluded.trashed",
                          "issssii", row->id, row->title, row->model, row->system_prompt, row->draft, row->updated,
                          row->trashed) &&
         index_title (database, row->id, row->title, error);
}

static void
save_conversation (YjDatabase *database,
                   GTask      *task,
                   gpointer    task_data)
{
  YjLibrary *self = g_task_get_source_object (task);
  YjConversationRow *row = take_waiting (self, self->rows, yj_conversation_get_key (task_data));
  GError *error = NULL;

  if (row == NULL || yj_database_transact (database, write_conversation, row, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_clear_pointer (&row, yj_conversation_row_free);
}

static void
conversation_saved_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  YjConversation *conversation = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      yj_conversation_set_stored (conversation);
      yj_library_try_again (self);
    }
  else
    {
      g_hash_table_add (self->unsaved, g_object_ref (conversation));
      yj_library_tell_failed (self, error);
    }
}

static void
store (YjLibrary      *self,
       YjConversation *conversation)
{
  YjConversationRow *row = yj_conversation_dup_row (conversation);
  gboolean queued;
  GTask *task;

  g_mutex_lock (&self->lock);
  queued = !g_hash_table_replace (self->rows, &row->id, row);
  g_mutex_unlock (&self->lock);
  if (queued)
    return;

  task = g_task_new (self, NULL, conversation_saved_cb, NULL);
  g_task_set_task_data (task, g_object_ref (conversation), g_object_unref);
  yj_library_push (self, task, save_conversation);
}

static gboolean
is_worth_a_row (YjConversation *conversation)
{
  const char *draft = yj_conversation_get_draft (conversation);
  const char *system_prompt = yj_conversation_get_system_prompt (conversation);

  return yj_conversation_is_stored (conversation) ||
         g_list_model_get_n_items (G_LIST_MODEL (conversation)) > 0 ||
         (draft != NULL && *draft != '\0') || (system_prompt != NULL && *system_prompt != '\0');
}

/**
 * yj_library_save_conversation:
 * @self: a library
 * @conversation: one of its conversations
 *
 * Writes title, model, system prompt and draft, as they were set with g_object_set(), behind. A new conversation
 * has its row written once it holds a message, a draft or a system prompt. A failure is told by
 * [signal@Yj.Library::failed].
 */
void
yj_library_save_conversation (YjLibrary      *self,
                              YjConversation *conversation)
{
  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  if (is_worth_a_row (conversation))
    store (self, conversation);
}

/* ---------------------------------------------------------------- the list */

/**
 * yj_library_get_conversations:
 * @self: a library
 *
 * Returns: (transfer none): a #GListModel of [class@Yj.Conversation], the one with the latest message first; live
 */
GListModel *
yj_library_get_conversations (YjLibrary *self)
{
  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (self->conversations);
}

/* Moves it to where its time belongs, as one change, so that a selection stays with it. */
static void
put_in_order (YjLibrary      *self,
              YjConversation *conversation)
{
  GListModel *list = G_LIST_MODEL (self->conversations);
  g_autoptr(GPtrArray) moved = g_ptr_array_new_with_free_func (g_object_unref);
  guint position, n = g_list_model_get_n_items (list), to = 0;
  gboolean found = g_list_store_find (self->conversations, conversation, &position);

  for (; to < (found ? position : n); to++)
    {
      g_autoptr(YjConversation) other = g_list_model_get_item (list, to);

      if (yj_conversation_get_updated (other) <= yj_conversation_get_updated (conversation))
        break;
    }
  if (!found)
    g_list_store_insert (self->conversations, to, conversation);
  else if (to < position)
    {
      g_ptr_array_add (moved, g_object_ref (conversation));
      for (guint i = to; i < position; i++)
        g_ptr_array_add (moved, g_list_model_get_item (list, i));
      g_list_store_splice (self->conversations, to, moved->len, moved->pdata, moved->len);
    }
}

/**
 * yj_library_new_conversation:
 * @self: a library
 *
 * Makes a conversation, at the head of the list at once; its row is written with its first message.
 *
 * Returns: (transfer none): the conversation
 */
YjConversation *
yj_library_new_conversation (YjLibrary *self)
{
  g_autoptr(YjConversation) conversation = NULL;

  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);

  conversation = yj_conversation_new (yj_library_new_id (self));
  g_list_store_insert (self->conversations, 0, conversation);
  return conversation;
}

/**
 * yj_library_trash_conversation:
 * @self: a library
 * @conversation: one of its conversations
 *
 * Takes it out of the list and into the trash, where it stays for 30 days. Whoever keeps the object can put it back
 * with [method@Yj.Library.restore_conversation].
 */
void
yj_library_trash_conversation (YjLibrary      *self,
                               YjConversation *conversation)
{
  guint position;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  yj_conversation_set_trashed (conversation, g_get_real_time ());
  yj_library_save_conversation (self, conversation);
  /* The list may hold the last reference. */
  g_object_ref (conversation);
  if (g_list_store_find (self->conversations, conversation, &position))
    g_list_store_remove (self->conversations, position);
  g_object_unref (conversation);
}

/**
 * yj_library_restore_conversation:
 * @self: a library
 * @conversation: a conversation that was trashed
 *
 * Puts it back where it was.
 */
void
yj_library_restore_conversation (YjLibrary      *self,
                                 YjConversation *conversation)
{
  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  yj_conversation_set_trashed (conversation, 0);
  yj_library_save_conversation (self, conversation);
  put_in_order (self, conversation);
}

/* The first line of a question, without the white space around it, at most TITLE_CHARS long. */
static char *
make_title (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  char *end = strpbrk (stripped, "\r\n");

  if (end != NULL)
    *end = '\0';
  if (g_utf8_strlen (stripped, -1) > TITLE_CHARS)
    {
      *g_utf8_offset_to_pointer (stripped, TITLE_CHARS - 1) = '\0';
      return g_strconcat (g_strchomp (stripped), "…", NULL);
    }
  return g_strdup (g_strchomp (stripped));
}

/**
 * yj_library_add_message:
 * @self: a library
 * @conversation: one of its conversations
 * @role: whose it is
 * @text: (nullable): its text so far
 *
 * Appends a message to the conversation at once and stores it behind. A question is complete, an answer streams until
 * its state is set. The first question gives a conversation without title its first line. A failure is told by
 * [signal@Yj.Library::failed].
 *
 * Returns: (transfer none): the message
 */
YjMessage *
yj_library_add_message (YjLibrary      *self,
                        YjConversation *conversation,
                        YjMessageRole   role,
                        const char     *text)
{
  g_autoptr(YjMessageRow) row = NULL;
  g_autoptr(YjMessage) message = NULL;

  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), NULL);

  row = yj_message_row_new ();
  row->id = yj_library_new_id (self);
  row->conversation = yj_conversation_get_key (conversation);
  row->parent = yj_conversation_get_last_key (conversation);
  row->role = role;
  row->state = role == YJ_MESSAGE_USER ? YJ_MESSAGE_COMPLETE : YJ_MESSAGE_STREAMING;
  row->created = g_get_real_time ();
  row->error_code = -1;
  row->prompt_tokens = row->completion_tokens = row->cached_tokens = row->first_token_us = row->duration_us = -1;
  message = yj_message_new_from_row (row);
  yj_message_append (message, text, NULL);

  if (role == YJ_MESSAGE_USER && *yj_conversation_get_title (conversation) == '\0')
    {
      g_autofree char *title = make_title (yj_message_get_text (message));

      g_object_set (conversation, "title", title, NULL);
    }
  yj_conversation_append (conversation, message);
  yj_conversation_touch (conversation, row->created);
  if (yj_conversation_get_trashed (conversation) == 0)
    put_in_order (self, conversation);
  store (self, conversation);
  yj_library_save_message (self, message);
  return message;
}

/* ---------------------------------------------------------------- loading */

static void
load_conversation (YjDatabase *database,
                   GTask      *task,
                   gpointer    task_data)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *error = NULL;

  statement = yj_database_prepare (database, &error,
                                   "SELECT " MESSAGE_COLUMNS " FROM messages WHERE conversation = ? ORDER BY seq", "i",
                                   yj_conversation_get_key (task_data));
  if (statement != NULL)
    rows = read_messages (database, statement, &error);
  if (rows != NULL)
    g_task_return_pointer (task, g_steal_pointer (&rows), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GPtrArray) rows = NULL;
  GError *error = NULL;

  rows = g_task_propagate_pointer (G_TASK (result), &error);
  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  yj_conversation_set_loaded (g_task_get_task_data (task), rows);
  g_task_return_boolean (task, TRUE);
}

/**
 * yj_library_load_conversation_async:
 * @self: a library
 * @conversation: one of its conversations
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Reads the messages into the conversation; done at once for one that is loaded. An answer that was still streaming
 * when a process ended is shown as cut, with all that was written of it.
 */
void
yj_library_load_conversation_async (YjLibrary           *self,
                                    YjConversation      *conversation,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task, *work;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_load_conversation_async);
  g_task_set_task_data (task, g_object_ref (conversation), g_object_unref);
  if (yj_conversation_get_loaded (conversation))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  work = g_task_new (self, cancellable, loaded_cb, task);
  g_task_set_task_data (work, g_object_ref (conversation), g_object_unref);
  yj_library_push (self, work, load_conversation);
}

/**
 * yj_library_load_conversation_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the messages are there
 */
gboolean
yj_library_load_conversation_finish (YjLibrary     *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---------------------------------------------------------------- parts of opening */

static gboolean
end_streaming (YjDatabase  *database,
               GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  statement = yj_database_prepare (database, error, "SELECT " MESSAGE_COLUMNS " FROM messages WHERE state = 'streaming'", "");
  if (statement == NULL || (rows = read_messages (database, statement, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!write_whole (database, rows->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
purge_trash (YjDatabase  *database,
             GError     **error)
{
  gint64 now = g_get_real_time ();

  /* The old trash, and what was begun but holds nothing; not what another process may be beginning. */
  return yj_database_run (database, error,
                          "CREATE TEMP TABLE gone AS SELECT id FROM conversations WHERE trashed BETWEEN 1 AND ? OR"
                          " (coalesce (draft, '') = '' AND coalesce (system_prompt, '') = '' AND"
                          " updated < ? AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = conversations.id))",
                          "ii", now - TRASH_DAYS * G_TIME_SPAN_DAY, now - G_TIME_SPAN_DAY) &&
         yj_database_run (database, error, "DELETE FROM message_search WHERE rowid IN"
                          " (SELECT id FROM messages WHERE conversation IN (SELECT id FROM gone))", "") &&
         yj_database_run (database, error, "DELETE FROM title_search WHERE rowid IN (SELECT id FROM gone)", "") &&
         yj_database_run (database, error, "DELETE FROM conversations WHERE id IN (SELECT id FROM gone)", "") &&
         yj_database_run (database, error, "DROP TABLE gone", "");
}

static gboolean
tidy (YjDatabase  *database,
      gpointer     data,
      GError     **error)
{
  return end_streaming (database, error) && purge_trash (database, error);
}

/* Ends what was streaming when its process ended, and empties the old trash. */
gboolean
yj_library_tidy_conversations (YjDatabase  *database,
                               GError     **error)
{
  return yj_database_transact (database, tidy, NULL, error);
}

GPtrArray *
yj_library_read_conversations (YjDatabase  *database,
                               GError     **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_conversation_row_free);
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  statement = yj_database_prepare (database, error, "SELECT id, title, model, system_prompt, draft, updated FROM conversations"
                                   " WHERE trashed = 0 ORDER BY updated DESC, id DESC", "");
  if (statement == NULL)
    return NULL;
  while (yj_database_step (database, statement, &local_error))
    {
      YjConversationRow *row = g_new0 (YjConversationRow, 1);

      row->id = sqlite3_column_int64 (statement, 0);
      row->title = yj_database_dup_text (statement, 1);
      row->model = yj_database_dup_text (statement, 2);
      row->system_prompt = yj_database_dup_text (statement, 3);
      row->draft = yj_database_dup_text (statement, 4);
      row->updated = sqlite3_column_int64 (statement, 5);
      g_ptr_array_add (rows, row);
    }
  if (local_error == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, local_error);
  return NULL;
}
