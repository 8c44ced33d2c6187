/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts of videos, as they lie side by side in Create. */
#define G_LOG_DOMAIN "yj-library"

#include "yj-library-private.h"

/**
 * yj_draft_row_copy:
 * @row: a row
 *
 * Returns: (transfer full): the same once more
 */
YjDraftRow *
yj_draft_row_copy (const YjDraftRow *row)
{
  YjDraftRow *copy = g_memdup2 (row, sizeof *row);

  copy->name = g_strdup (row->name);
  copy->recipe = g_strdup (row->recipe);
  return copy;
}

/**
 * yj_draft_row_free:
 * @row: (transfer full): a row
 *
 * Frees it and its texts.
 */
void
yj_draft_row_free (YjDraftRow *row)
{
  g_free (row->name);
  g_free (row->recipe);
  g_free (row);
}

/* ---- loading */

static void
load_drafts (YjDatabase *database,
             GTask      *task,
             gpointer    task_data)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_draft_row_free);
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *error = NULL;

  statement = yj_database_prepare (database, &error, "SELECT id, name, recipe, position, shown FROM drafts ORDER BY position, id", "");
  while (statement != NULL && yj_database_step (database, statement, &error))
    {
      YjDraftRow *row = g_new0 (YjDraftRow, 1);

      row->id = sqlite3_column_int64 (statement, 0);
      row->name = yj_database_dup_text (statement, 1);
      row->recipe = yj_database_dup_text (statement, 2);
      row->position = sqlite3_column_int64 (statement, 3);
      row->shown = sqlite3_column_int64 (statement, 4);
      g_ptr_array_add (rows, row);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&rows), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * yj_library_load_drafts_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Reads all drafts of videos.
 */
void
yj_library_load_drafts_async (YjLibrary           *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_load_drafts_async);
  yj_library_push (self, task, load_drafts);
}

/**
 * yj_library_load_drafts_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type YjDraftRow): the rows in the order in which they lie; the array frees them
 */
GPtrArray *
yj_library_load_drafts_finish (YjLibrary     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- writing */

static void
write_draft (YjDatabase *database,
             GTask      *task,
             gpointer    task_data)
{
  YjDraftRow *row = task_data;
  GError *error = NULL;

  if (row->recipe == NULL)
    yj_database_run (database, &error, "DELETE FROM drafts WHERE id = ?", "i", row->id);
  else
    yj_database_run (database, &error, "INSERT INTO drafts (id, name, recipe, position, shown) VALUES (?, ?, ?, ?, ?)"
                     " ON CONFLICT (id) DO UPDATE SET name = excluded.name, recipe = excluded.recipe,"
                     " position = excluded.position, shown = excluded.shown",
                     "issii", row->id, row->name != NULL ? row->name : "", row->recipe, row->position, row->shown);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * yj_library_save_draft_async:
 * @self: a library
 * @row: what to write, copied before the call returns; an id of 0 is made one, in @row too; without a recipe it goes
 * @callback: (scope async) (closure user_data): called when it is on disk
 * @user_data: data for @callback
 *
 * Writes or deletes a draft. Calls are done in their order.
 */
void
yj_library_save_draft_async (YjLibrary           *self,
                             YjDraftRow          *row,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (row != NULL);

  if (row->id == 0)
    row->id = yj_library_new_id (self);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, yj_library_save_draft_async);
  g_task_set_task_data (task, yj_draft_row_copy (row), (GDestroyNotify) yj_draft_row_free);
  yj_library_push (self, task, write_draft);
}

/**
 * yj_library_save_draft_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * A failure is told by [signal@Yj.Library::failed] too.
 *
 * Returns: whether it is on disk
 */
gboolean
yj_library_save_draft_finish (YjLibrary     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autoptr(GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (g_task_propagate_boolean (G_TASK (result), &local_error))
    return TRUE;
  yj_library_tell_failed (self, g_error_copy (local_error));
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
