/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations and messages as rows. All of it runs on the thread of the database. */
#define G_LOG_DOMAIN "yj-library"

#include "yj-library-private.h"
#include "yj-search.h"

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
  row->continued = sqlite3_column_int64 (statement, 17);
  row->chosen = sqlite3_column_int64 (statement, 18);
  row->trashed = sqlite3_column_int64 (statement, 19);
  row->reasoning_us = sqlite3_column_int64 (statement, 20);
  return row;
}

#define MESSAGE_COLUMNS \
  "id, conversation, parent, role, state, text, reasoning, model, error, error_code, created, prompt_tokens, " \
  "completion_tokens, cached_tokens, first_token_us, duration_us, usage_id, continued, chosen, trashed, " \
  "reasoning_us"

/* How messages are read: the last column says whether pieces follow. */
#define READ_MESSAGES \
  "SELECT " MESSAGE_COLUMNS ", EXISTS (SELECT 1 FROM pieces WHERE message = messages.id) FROM messages "
#define HAS_PIECES 21

/* The messages that @statement, which begins with READ_MESSAGES, selects; one that still streams in the file is cut: who
   streams here has it in memory. Pieces may follow any: it was ended here while another process went on with it. */
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
      if (row->state == YJ_MESSAGE_STREAMING)
        row->state = YJ_MESSAGE_CUT;
      if (sqlite3_column_int (statement, HAS_PIECES) && !append_pieces (database, row, error))
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
                          " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce ((SELECT seq FROM messages WHERE id = ?),"
                          " (SELECT coalesce (max (seq), 0) + 1 FROM messages WHERE conversation = ?2)))"
                          " ON CONFLICT (id) DO UPDATE SET parent = coalesce (excluded.parent, parent), state = excluded.state, text = excluded.text,"
                          " reasoning = excluded.reasoning, model = excluded.model, error = excluded.error,"
                          " error_code = excluded.error_code, prompt_tokens = excluded.prompt_tokens,"
                          " completion_tokens = excluded.completion_tokens, cached_tokens = excluded.cached_tokens,"
                          " first_token_us = excluded.first_token_us, duration_us = excluded.duration_us,"
                          " usage_id = excluded.usage_id, continued = excluded.continued, chosen = excluded.chosen,"
                          " trashed = excluded.trashed, reasoning_us = excluded.reasoning_us",
                          "iiissssssiiiiiiisiiiii",
                          row->id, row->conversation, row->parent,
                          yj_message_role_to_string (row->role), yj_message_state_to_string (row->state),
                          row->text->str, row->reasoning->str, row->model, row->error, (gint64) row->error_code,
                          row->created, row->prompt_tokens, row->completion_tokens, row->cached_tokens,
                          row->first_token_us, row->duration_us, row->usage_id, (gint64) row->continued, row->chosen,
                          /* One that takes over stands before what follows the other. */
                          row->trashed, row->reasoning_us, row->adopts) &&
         (row->adopts == 0 || yj_database_run (database, error, "UPDATE messages SET parent = ? WHERE parent = ?", "ii",
                                               row->id, row->adopts)) &&
         yj_database_run (database, error, "DELETE FROM pieces WHERE message = ?", "i", row->id) &&
         /* A deleted one is not found, also when only this comes to write that it is. */
         (row->trashed == 0 || yj_database_run (database, error, "DELETE FROM message_search WHERE rowid = ?", "i", row->id)) &&
         /* A growing text is found when it has grown. */
         (row->state == YJ_MESSAGE_STREAMING || row->trashed != 0 || index_message (database, row->id, row->text->str, error));
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

gboolean
yj_rows_write_message (YjDatabase  *database,
                       gpointer     data,
                       GError     **error)
{
  YjMessageRow *row = data;

  if (row->whole)
    return write_whole (database, row, error);
  return yj_database_run (database, error, "UPDATE messages SET model = ?, first_token_us = ?, reasoning_us = ? WHERE id = ?", "siii",
                          row->model, row->first_token_us, row->reasoning_us, row->id) &&
         write_piece (database, row->id, KIND_TEXT, row->text_start, row->text, error) &&
         write_piece (database, row->id, KIND_REASONING, row->reasoning_start, row->reasoning, error);
}

static gboolean
trash_message (YjDatabase  *database,
               gint64       id,
               gint64       when,
               GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  g_autofree char *text = NULL;
  GError *local_error = NULL;

  if (!yj_database_run (database, error, "UPDATE messages SET trashed = ? WHERE id = ?", "ii", when, id))
    return FALSE;
  if (when != 0)
    return yj_database_run (database, error, "DELETE FROM message_search WHERE rowid = ?", "i", id);
  statement = yj_database_prepare (database, error, "SELECT text FROM messages WHERE id = ? AND state <> 'streaming'", "i", id);
  if (statement == NULL)
    return FALSE;
  if (yj_database_step (database, statement, &local_error))
    text = yj_database_dup_text (statement, 0);
  if (local_error == NULL)
    return text == NULL || index_message (database, id, text, error);
  g_propagate_error (error, local_error);
  return FALSE;
}

gboolean
yj_rows_trash_messages (YjDatabase  *database,
                        gpointer     data,
                        GError     **error)
{
  YjTrashRow *row = data;

  for (guint i = 0; i < row->ids->len; i++)
    if (!trash_message (database, g_array_index (row->ids, gint64, i), row->when, error))
      return FALSE;
  return TRUE;
}

/* ---------------------------------------------------------------- questions that wait */

gboolean
yj_rows_write_waiting (YjDatabase  *database,
                       gpointer     data,
                       GError     **error)
{
  YjWaitingRow *row = data;

  if (!yj_database_run (database, error, "DELETE FROM waiting WHERE conversation = ?", "i", row->conversation))
    return FALSE;
  for (guint i = 0; row->texts[i] != NULL; i++)
    if (!yj_database_run (database, error, "INSERT INTO waiting (conversation, position, text) VALUES (?, ?, ?)", "iis",
                          row->conversation, (gint64) i, row->texts[i]))
      return FALSE;
  return TRUE;
}

GStrv
yj_rows_read_waiting (YjDatabase  *database,
                      gint64       conversation,
                      GError     **error)
{
  g_autoptr(GStrvBuilder) texts = g_strv_builder_new ();
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  statement = yj_database_prepare (database, error, "SELECT text FROM waiting WHERE conversation = ? ORDER BY position",
                                   "i", conversation);
  if (statement == NULL)
    return NULL;
  while (yj_database_step (database, statement, &local_error))
    g_strv_builder_take (texts, yj_database_dup_text (statement, 0));
  if (local_error == NULL)
    return g_strv_builder_end (texts);
  g_propagate_error (error, local_error);
  return NULL;
}

/* ---------------------------------------------------------------- writing conversations */

gboolean
yj_rows_write_conversation (YjDatabase  *database,
                            gpointer     data,
                            GError     **error)
{
  YjConversationRow *row = data;

  return yj_database_run (database, error,
                          "INSERT INTO conversations (id, title, model, system_prompt, draft, updated, trashed, pinned, unread,"
                          " draft_cursor, stream) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                          " ON CONFLICT (id) DO UPDATE SET title = excluded.title, model = excluded.model,"
                          " system_prompt = excluded.system_prompt, draft = excluded.draft, updated = excluded.updated,"
                          " trashed = excluded.trashed, pinned = excluded.pinned, unread = excluded.unread,"
                          " draft_cursor = excluded.draft_cursor, stream = excluded.stream",
                          "issssiiiiii", row->id, row->title, row->model, row->system_prompt, row->draft, row->updated,
                          row->trashed, (gint64) row->pinned, (gint64) row->unread, (gint64) row->draft_cursor,
                          (gint64) row->stream) &&
         index_title (database, row->id, row->title, error);
}

/* ---------------------------------------------------------------- reading a conversation */

GPtrArray *
yj_rows_read_messages (YjDatabase  *database,
                       gint64       conversation,
                       GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;

  statement = yj_database_prepare (database, error, READ_MESSAGES "WHERE conversation = ? AND trashed = 0"
                                   " ORDER BY seq, id", "i", conversation);
  return statement != NULL ? read_messages (database, statement, error) : NULL;
}

static void
set_gone (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "It is not in the library");
}

YjMessageRow *
yj_rows_read_message (YjDatabase  *database,
                      gint64       id,
                      GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  statement = yj_database_prepare (database, error, READ_MESSAGES "WHERE id = ?", "i", id);
  rows = statement != NULL ? read_messages (database, statement, error) : NULL;
  if (rows != NULL && rows->len > 0)
    return g_ptr_array_steal_index (rows, 0);
  if (rows != NULL)
    set_gone (error);
  return NULL;
}

#define CONVERSATION_COLUMNS \
  "id, title, model, system_prompt, draft, updated, trashed, pinned, unread, draft_cursor, stream," \
  " (SELECT count(*) FROM draft_attachments WHERE conversation = conversations.id)"

static YjConversationRow *
read_conversation (sqlite3_stmt *statement)
{
  YjConversationRow *row = g_new0 (YjConversationRow, 1);

  row->id = sqlite3_column_int64 (statement, 0);
  row->title = yj_database_dup_text (statement, 1);
  row->model = yj_database_dup_text (statement, 2);
  row->system_prompt = yj_database_dup_text (statement, 3);
  row->draft = yj_database_dup_text (statement, 4);
  row->updated = sqlite3_column_int64 (statement, 5);
  row->trashed = sqlite3_column_int64 (statement, 6);
  row->pinned = sqlite3_column_int (statement, 7);
  row->unread = sqlite3_column_int (statement, 8);
  row->draft_cursor = sqlite3_column_int (statement, 9);
  row->stream = sqlite3_column_int (statement, 10);
  row->n_attachments = sqlite3_column_int (statement, 11);
  return row;
}

YjConversationRow *
yj_rows_read_conversation (YjDatabase  *database,
                           gint64       id,
                           GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  statement = yj_database_prepare (database, error, "SELECT " CONVERSATION_COLUMNS " FROM conversations WHERE id = ?", "i", id);
  if (statement == NULL)
    return NULL;
  if (yj_database_step (database, statement, &local_error))
    return read_conversation (statement);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else
    set_gone (error);
  return NULL;
}

/* ---------------------------------------------------------------- parts of opening */

static gboolean
end_streaming (YjDatabase  *database,
               GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  statement = yj_database_prepare (database, error, READ_MESSAGES "WHERE state = 'streaming' OR"
                                   " id IN (SELECT message FROM pieces)", "");
  if (statement == NULL || (rows = read_messages (database, statement, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!write_whole (database, rows->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Deletes the conversations that the temporary table `gone` names, and the table. */
static gboolean
delete_gone (YjDatabase  *database,
             GError     **error)
{
  return yj_database_run (database, error, "DELETE FROM message_search WHERE rowid IN"
                          " (SELECT id FROM messages WHERE conversation IN (SELECT id FROM gone))", "") &&
         yj_database_run (database, error, "DELETE FROM title_search WHERE rowid IN (SELECT id FROM gone)", "") &&
         yj_database_run (database, error, "DELETE FROM conversations WHERE id IN (SELECT id FROM gone)", "") &&
         yj_database_run (database, error, "DROP TABLE gone", "");
}

/* What @now, in µs since 1970, makes of the trash: see yj-library-private.h. */
gboolean
yj_rows_purge_trash (YjDatabase  *database,
                     gint64       now,
                     GError     **error)
{
  /* The old trash, and what was begun but holds nothing; not what another process may be beginning. */
  return yj_database_run (database, error,
                          "CREATE TEMP TABLE gone AS SELECT id FROM conversations WHERE trashed BETWEEN 1 AND ? OR"
                          " (coalesce (draft, '') = '' AND coalesce (system_prompt, '') = '' AND"
                          " updated < ? AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = conversations.id) AND"
                          " NOT EXISTS (SELECT 1 FROM draft_attachments WHERE conversation = conversations.id))",
                          "ii", now - YJ_TRASH_DAYS * G_TIME_SPAN_DAY, now - G_TIME_SPAN_DAY) &&
         delete_gone (database, error) &&
         /* Single messages have left the index when they were deleted. */
         yj_database_run (database, error, "DELETE FROM messages WHERE trashed BETWEEN 1 AND ?", "i",
                          now - YJ_TRASH_DAYS * G_TIME_SPAN_DAY);
}

/* The body of a transaction: the conversation with this id goes for good. */
gboolean
yj_rows_delete_conversation (YjDatabase  *database,
                             gpointer     id,
                             GError     **error)
{
  return yj_database_run (database, error, "CREATE TEMP TABLE gone AS SELECT id FROM conversations WHERE id = ?", "i",
                          *(gint64 *) id) &&
         delete_gone (database, error);
}

/* The body of a transaction: the conversation goes for good, or into the trash when it has messages after all. */
gboolean
yj_rows_drop_conversation (YjDatabase  *database,
                           gpointer     data,
                           GError     **error)
{
  YjDropRow *row = data;
  gint64 kept;

  if (!yj_database_run (database, error, "UPDATE conversations SET trashed = ? WHERE id = ? AND"
                        " EXISTS (SELECT 1 FROM messages WHERE conversation = conversations.id)", "ii", row->when, row->id) ||
      !yj_database_get_int (database, "SELECT changes ()", &kept, error))
    return FALSE;
  row->kept = kept > 0;
  return row->kept || yj_rows_delete_conversation (database, &row->id, error);
}

static gboolean
tidy (YjDatabase  *database,
      gpointer     data,
      GError     **error)
{
  return end_streaming (database, error) && yj_rows_purge_trash (database, g_get_real_time (), error);
}

/* Ends what was streaming when its process ended, and empties the old trash. */
gboolean
yj_rows_tidy (YjDatabase  *database,
              GError     **error)
{
  return yj_database_transact (database, tidy, NULL, error);
}

GPtrArray *
yj_rows_read_conversations (YjDatabase  *database,
                            GError     **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_conversation_row_free);
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  statement = yj_database_prepare (database, error, "SELECT " CONVERSATION_COLUMNS
                                   " FROM conversations ORDER BY updated DESC, id DESC", "");
  if (statement == NULL)
    return NULL;
  while (yj_database_step (database, statement, &local_error))
    g_ptr_array_add (rows, read_conversation (statement));
  if (local_error == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, local_error);
  return NULL;
}
