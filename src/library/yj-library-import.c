/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-import"

#include "yj-bounded-read.h"
#include "yj-export-form.h"
#include "yj-library-private.h"
#include "yj-title.h"

/* Some 30 million ideographs: no conversation is as long, and it still fits into any memory. */
#define MAX_BYTES (100 * 1024 * 1024)

typedef struct
{
  GFile             *file;
  YjConversationRow *conversation;
  GPtrArray         *messages;
} Import;

static void
import_free (Import *import)
{
  g_object_unref (import->file);
  g_clear_pointer (&import->conversation, yj_conversation_row_free);
  g_clear_pointer (&import->messages, g_ptr_array_unref);
  g_free (import);
}

/* ---------------------------------------------------------------- reading, on a thread of its own */

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Import *import = task_data;
  const YjBoundedErrors errors = { YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_NOT_A_FILE, YJ_IMPORT_ERROR_TOO_LARGE };
  GError *error = NULL;
  g_autoptr(GByteArray) data = yj_bounded_read (import->file, MAX_BYTES, &errors, cancellable, &error);

  if (data != NULL)
    import->conversation = yj_import_parse ((const char *) data->data, data->len, &import->messages, &error);
  if (import->conversation != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---------------------------------------------------------------- writing: all or nothing */

static gboolean
write_rows (YjDatabase  *database,
            gpointer     data,
            GError     **error)
{
  Import *import = data;

  if (!yj_rows_write_conversation (database, import->conversation, error))
    return FALSE;
  for (guint i = 0; i < import->messages->len; i++)
    if (!yj_rows_write_message (database, import->messages->pdata[i], error))
      return FALSE;
  return TRUE;
}

static void
write_import (YjDatabase *database,
              GTask      *task,
              gpointer    task_data)
{
  GError *error = NULL;

  if (yj_database_transact (database, write_rows, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjLibrary *self = YJ_LIBRARY (object);
  Import *import = g_task_get_task_data (task);
  YjConversation *conversation;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  conversation = yj_conversation_new_from_row (import->conversation);
  yj_library_put_in_order (self, conversation);
  g_task_return_pointer (task, conversation, g_object_unref);
}

/* From the file's own ids to ids of ours, so that importing twice gives two. */
static void
give_ids (YjLibrary *self,
          Import    *import)
{
  YjConversationRow *conversation = import->conversation;
  YjMessageRow *first = import->messages->pdata[0];

  conversation->id = yj_library_new_id (self);
  if (conversation->title == NULL || *conversation->title == '\0')
    {
      g_free (conversation->title);
      conversation->title = yj_title_make (first->text->str);
    }
  for (guint i = 0; i < import->messages->len; i++)
    {
      YjMessageRow *row = import->messages->pdata[i];

      row->id = yj_library_new_id (self);
      row->conversation = conversation->id;
      if (row->parent != 0)
        row->parent = ((YjMessageRow *) import->messages->pdata[row->parent - 1])->id;
    }
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data, *work;
  YjLibrary *self = YJ_LIBRARY (object);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  give_ids (self, g_task_get_task_data (task));
  work = g_task_new (self, g_task_get_cancellable (task), written_cb, task);
  g_task_set_task_data (work, g_task_get_task_data (task), NULL);
  yj_library_push (self, work, write_import);
}

/* ---------------------------------------------------------------- from outside */

/**
 * yj_library_import_async:
 * @self: a library
 * @file: a file that [method@Yj.Library.export_async] wrote as JSON, or anything that a person takes for one
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Adds a conversation with ids of its own, in one transaction: all of it, or nothing. Titles, texts, times and branches
 * are those of the file.
 *
 * Fails with any `YJ_IMPORT_ERROR`, `YJ_LIBRARY_ERROR` or `G_IO_ERROR`.
 */
void
yj_library_import_async (YjLibrary           *self,
                         GFile               *file,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) work = NULL;
  Import *import;
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (G_IS_FILE (file));

  import = g_new0 (Import, 1);
  import->file = g_object_ref (file);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_import_async);
  g_task_set_task_data (task, import, (GDestroyNotify) import_free);
  work = g_task_new (self, cancellable, read_cb, task);
  g_task_set_task_data (work, import, NULL);
  g_task_run_in_thread (work, read_thread);
}

/**
 * yj_library_import_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the new conversation, which is in the list
 */
YjConversation *
yj_library_import_finish (YjLibrary     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
