/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-export"

#include <string.h>

#include "yj-export-form.h"
#include "yj-library-private.h"

#define BLOCK 65536             /* bytes, written at once */

typedef struct
{
  char                *path;
  gint64               conversation;
  YjExportFormat       format;
  const YjExportStyle *style;
  GFile               *file;
  YjDatabase          *database;        /* a connection of its own: the library goes on meanwhile */
} Export;

/* A message as far as the tree needs it. */
typedef struct
{
  gint64 id;
  gint64 chosen;
  guint  parent;                /* 1, 2, …; 0: none */
  guint  number;                /* in the file; 0: not in it */
  guint  choice;                /* of its children, the one that is shown */
} Node;

static void
export_free (Export *export)
{
  g_free (export->path);
  g_object_unref (export->file);
  if (export->database != NULL)
    yj_database_stop (export->database);
  g_free (export);
}

/* ---------------------------------------------------------------- which messages */

/* Element 0 is the root. Parents come before children. */
static GArray *
read_nodes (YjDatabase  *database,
            gint64       conversation,
            GError     **error)
{
  g_autoptr(GArray) nodes = g_array_new (FALSE, TRUE, sizeof (Node));
  g_autoptr(GHashTable) places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  g_array_set_size (nodes, 1);
  statement = yj_database_prepare (database, error, "SELECT id, coalesce (parent, 0), chosen FROM messages"
                                   " WHERE conversation = ? AND trashed = 0 ORDER BY seq, id", "i", conversation);
  if (statement == NULL)
    return NULL;
  while (yj_database_step (database, statement, &local_error))
    {
      Node node = { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 2), 0, 0, 0 };
      gint64 parent = sqlite3_column_int64 (statement, 1);
      guint *choice;

      node.parent = GPOINTER_TO_UINT (g_hash_table_lookup (places, &parent));
      choice = &g_array_index (nodes, Node, node.parent).choice;
      if (*choice == 0 || node.chosen >= g_array_index (nodes, Node, *choice).chosen)
        *choice = nodes->len;
      g_hash_table_insert (places, g_memdup2 (&node.id, sizeof node.id), GUINT_TO_POINTER (nodes->len));
      g_array_append_val (nodes, node);
    }
  if (local_error == NULL)
    return g_steal_pointer (&nodes);
  g_propagate_error (error, local_error);
  return NULL;
}

/* All of them, or the branch that is shown. */
static void
number_nodes (GArray   *nodes,
              gboolean  all)
{
  guint n = 0;

  for (guint i = 1; all && i < nodes->len; i++)
    g_array_index (nodes, Node, i).number = ++n;
  for (guint i = g_array_index (nodes, Node, 0).choice; !all && i != 0; i = g_array_index (nodes, Node, i).choice)
    g_array_index (nodes, Node, i).number = ++n;
}

/* ---------------------------------------------------------------- writing */

static gboolean
flush (GOutputStream  *stream,
       GString        *block,
       GCancellable   *cancellable,
       GError        **error)
{
  if (!g_output_stream_write_all (stream, block->str, block->len, NULL, cancellable, error))
    return FALSE;
  g_string_truncate (block, 0);
  return TRUE;
}

static gboolean
write_messages (YjDatabase     *database,
                Export         *export,
                GArray         *nodes,
                GOutputStream  *stream,
                GString        *block,
                GCancellable   *cancellable,
                GError        **error)
{
  for (guint i = 1; i < nodes->len; i++)
    {
      Node *node = &g_array_index (nodes, Node, i);
      g_autoptr(YjMessageRow) row = NULL;

      if (node->number == 0)
        continue;
      row = yj_rows_read_message (database, node->id, error);
      if (row == NULL)
        return FALSE;
      row->id = node->number;
      row->parent = g_array_index (nodes, Node, node->parent).number;
      yj_export_message (export->format, export->style, row, node->number == 1, block);
      if (block->len >= BLOCK && !flush (stream, block, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (YjDatabase     *database,
           Export         *export,
           GOutputStream  *stream,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr(YjConversationRow) conversation = yj_rows_read_conversation (database, export->conversation, error);
  g_autoptr(GString) block = g_string_sized_new (BLOCK + 4096);
  g_autoptr(GArray) nodes = NULL;

  if (conversation == NULL || (nodes = read_nodes (database, export->conversation, error)) == NULL)
    return FALSE;
  number_nodes (nodes, export->format == YJ_EXPORT_JSON);
  yj_export_head (export->format, export->style, conversation, block);
  if (!write_messages (database, export, nodes, stream, block, cancellable, error))
    return FALSE;
  yj_export_tail (export->format, block);
  return flush (stream, block, cancellable, error);
}

/* What was there before stays until the whole is written, and for good when it cannot be. */
static gboolean
write_file (YjDatabase    *database,
            Export        *export,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GFileOutputStream) stream = g_file_replace (export->file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error);
  g_autoptr(GCancellable) drop = NULL;

  if (stream == NULL)
    return FALSE;
  if (write_all (database, export, G_OUTPUT_STREAM (stream), cancellable, error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
  drop = g_cancellable_new ();
  g_cancellable_cancel (drop);
  g_output_stream_close (G_OUTPUT_STREAM (stream), drop, NULL);
  return FALSE;
}

static void
export_conversation (YjDatabase *database,
                     GTask      *task,
                     gpointer    task_data)
{
  Export *export = task_data;
  GError *error = NULL;
  gboolean done;

  /* One transaction that only reads: all of it as it was at one moment. */
  done = yj_database_open_file (database, export->path, &error) && yj_database_exec (database, "BEGIN", &error) &&
         write_file (database, export, g_task_get_cancellable (task), &error);
  yj_database_close (database);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---------------------------------------------------------------- from outside */

/* What was saved before is in the file by now. */
static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  export->database = yj_database_new ();
  yj_database_push (export->database, task, export_conversation);
}

static void
do_nothing (YjDatabase *database,
            GTask      *task,
            gpointer    task_data)
{
  g_task_return_boolean (task, TRUE);
}

/**
 * yj_library_export_async:
 * @self: a library
 * @conversation: one of its conversations
 * @format: the form
 * @style: the words in it, which live until the end
 * @file: where to; a file that is there is replaced once all is written
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Writes a conversation as it is stored, message by message, whatever its length and whether it is loaded. JSON holds all
 * branches, the other forms the one that is shown. What is in the trash is in none.
 *
 * Fails with any `YJ_LIBRARY_ERROR` or `G_IO_ERROR`; @file is as it was then.
 */
void
yj_library_export_async (YjLibrary           *self,
                         YjConversation      *conversation,
                         YjExportFormat       format,
                         const YjExportStyle *style,
                         GFile               *file,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Export *export;
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));
  g_return_if_fail (style != NULL);
  g_return_if_fail (G_IS_FILE (file));

  export = g_new0 (Export, 1);
  export->path = g_build_filename (g_file_peek_path (self->folder), "library.db", NULL);
  export->conversation = yj_conversation_get_key (conversation);
  export->format = format;
  export->style = style;
  export->file = g_object_ref (file);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_export_async);
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  yj_library_push (self, g_task_new (self, cancellable, saved_cb, task), do_nothing);
}

/**
 * yj_library_export_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the file is there
 */
gboolean
yj_library_export_finish (YjLibrary     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
