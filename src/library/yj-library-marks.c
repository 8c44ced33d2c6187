/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person says of jobs: favourites, tags, what lies behind what, the trash. */
#define G_LOG_DOMAIN "yj-library"

#include <glib/gstdio.h>

#include "yj-library-private.h"

typedef struct
{
  GArray    *ids;               /* gint64 */
  YjJobMark  mark;
  gint64     value;
  char      *tag;
  char      *to;
  GFile     *videos;            /* when rows are deleted */
  char      *folder;
  GArray    *gone;              /* of the ids: those that were deleted */
  GPtrArray *names;             /* of files below the videos that go with them */
  GPtrArray *recipes;
} Marking;

static void
marking_free (gpointer data)
{
  Marking *marking = data;

  g_clear_pointer (&marking->ids, g_array_unref);
  g_clear_pointer (&marking->gone, g_array_unref);
  g_clear_pointer (&marking->names, g_ptr_array_unref);
  g_clear_pointer (&marking->recipes, g_ptr_array_unref);
  g_clear_object (&marking->videos);
  g_free (marking->folder);
  g_free (marking->tag);
  g_free (marking->to);
  g_free (marking);
}

static gboolean
mark_one (YjDatabase     *database,
          const Marking  *marking,
          gint64          id,
          GError        **error)
{
  switch (marking->mark)
    {
    case YJ_JOB_MARK_FAVOURITE:
      return yj_database_run (database, error, "UPDATE jobs SET favourite = ? WHERE id = ?", "ii", marking->value, id);
    case YJ_JOB_MARK_TRASHED:
      return yj_database_run (database, error, "UPDATE jobs SET trashed = ? WHERE id = ?", "ii", marking->value, id);
    case YJ_JOB_MARK_TAG:
      /* A job that is gone gives no row. */
      if (marking->value != 0)
        return yj_database_run (database, error, "INSERT OR IGNORE INTO job_tags (job, tag) SELECT id, ? FROM jobs WHERE id = ?",
                                "si", marking->tag, id);
      return yj_database_run (database, error, "DELETE FROM job_tags WHERE tag = ? AND job = ?", "si", marking->tag, id);
    case YJ_JOB_MARK_FOLDED:
      return yj_database_run (database, error, "UPDATE jobs SET folded = ? WHERE id = ?", "si", marking->tag, id);
    }

  g_return_val_if_reached (FALSE);
}

static gboolean
write_marks (YjDatabase  *database,
             gpointer     data,
             GError     **error)
{
  Marking *marking = data;

  for (guint i = 0; i < marking->ids->len; i++)
    if (!mark_one (database, marking, g_array_index (marking->ids, gint64, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
write_tag_name (YjDatabase  *database,
                gpointer     data,
                GError     **error)
{
  Marking *marking = data;

  if (marking->to != NULL)
    return yj_database_run (database, error, "UPDATE OR REPLACE job_tags SET tag = ? WHERE tag = ?", "ss", marking->to, marking->tag);
  return yj_database_run (database, error, "DELETE FROM job_tags WHERE tag = ?", "s", marking->tag);
}

static gboolean
delete_one (YjDatabase  *database,
            Marking     *marking,
            gint64       id,
            GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  /* Another process may have brought it back. */
  statement = yj_database_prepare (database, error, "DELETE FROM jobs WHERE id = ? AND trashed <> 0 RETURNING file, cover, recipe",
                                   "i", id);
  if (statement == NULL)
    return FALSE;
  if (yj_database_step (database, statement, &local_error))
    {
      for (int column = 0; column <= 1; column++)
        if (sqlite3_column_type (statement, column) != SQLITE_NULL)
          g_ptr_array_add (marking->names, yj_database_dup_text (statement, column));
      g_ptr_array_add (marking->recipes, yj_database_dup_text (statement, 2));
      g_array_append_val (marking->gone, id);
      yj_database_step (database, statement, &local_error);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
delete_rows (YjDatabase  *database,
             gpointer     data,
             GError     **error)
{
  Marking *marking = data;

  for (guint i = 0; i < marking->ids->len; i++)
    if (!delete_one (database, marking, g_array_index (marking->ids, gint64, i), error))
      return FALSE;

  return TRUE;
}

static void
mark_jobs (YjDatabase *database,
           GTask      *task,
           gpointer    task_data)
{
  GError *error = NULL;

  if (yj_database_transact (database, write_marks, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
rename_tag (YjDatabase *database,
            GTask      *task,
            gpointer    task_data)
{
  GError *error = NULL;

  if (yj_database_transact (database, write_tag_name, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
delete_trashed (YjDatabase *database,
                GTask      *task,
                gpointer    task_data)
{
  Marking *marking = task_data;
  GError *error = NULL;

  if (!yj_database_transact (database, delete_rows, marking, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < marking->names->len; i++)
    {
      /* No name leads out of the folder. */
      g_autofree char *base = g_path_get_basename (marking->names->pdata[i]);
      g_autofree char *path = g_build_filename (g_file_peek_path (marking->videos), base, NULL);

      g_unlink (path);
    }
  for (guint i = 0; i < marking->recipes->len; i++)
    yj_library_renew_references (marking->folder, marking->recipes->pdata[i]);
  g_task_return_pointer (task, g_array_ref (marking->gone), (GDestroyNotify) g_array_unref);
}

static void
start (YjLibrary           *self,
       Marking             *marking,
       YjDatabaseFunc       func,
       gpointer             tag,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, marking, marking_free);
  yj_library_push (self, task, func);
}

/* Tells a failure of the program's own accord, for nobody asks twice. */
static gboolean
finish (YjLibrary    *self,
        GTask        *task,
        GError      **error)
{
  GError *local_error = NULL;

  if (g_task_propagate_boolean (task, &local_error))
    return TRUE;
  g_propagate_error (error, g_error_copy (local_error));
  yj_library_tell_failed (self, local_error);
  return FALSE;
}

/**
 * yj_library_mark_jobs_async:
 * @self: a library
 * @ids: (transfer none) (element-type gint64): rows of `jobs`; those that are gone are no error
 * @mark: what is said of them
 * @value: see #YjJobMark
 * @tag: (nullable): which tag, for `YJ_JOB_MARK_TAG`
 * @callback: (scope async) (closure user_data): called when it is on disk
 * @user_data: data for @callback
 *
 * Says the same of all of them, in one transaction.
 */
void
yj_library_mark_jobs_async (YjLibrary           *self,
                            GArray              *ids,
                            YjJobMark            mark,
                            gint64               value,
                            const char          *tag,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Marking *marking;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (ids != NULL);
  g_return_if_fail (mark != YJ_JOB_MARK_TAG || tag != NULL);

  marking = g_new0 (Marking, 1);
  marking->ids = g_array_copy (ids);
  marking->mark = mark;
  marking->value = value;
  marking->tag = g_strdup (tag);
  start (self, marking, mark_jobs, yj_library_mark_jobs_async, callback, user_data);
}

/**
 * yj_library_mark_jobs_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
yj_library_mark_jobs_finish (YjLibrary     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return finish (self, G_TASK (result), error);
}

/**
 * yj_library_rename_tag_async:
 * @self: a library
 * @tag: a tag
 * @to: (nullable): its new name; %NULL: it goes
 * @callback: (scope async) (closure user_data): called when it is on disk
 * @user_data: data for @callback
 *
 * Renames a tag on every job that has it, those in the trash too.
 */
void
yj_library_rename_tag_async (YjLibrary           *self,
                             const char          *tag,
                             const char          *to,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Marking *marking;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (tag != NULL);

  marking = g_new0 (Marking, 1);
  marking->tag = g_strdup (tag);
  marking->to = g_strdup (to);
  start (self, marking, rename_tag, yj_library_rename_tag_async, callback, user_data);
}

/**
 * yj_library_rename_tag_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
yj_library_rename_tag_finish (YjLibrary     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return finish (self, G_TASK (result), error);
}

/**
 * yj_library_delete_trashed_async:
 * @self: a library
 * @ids: (transfer none) (element-type gint64): rows of `jobs`; only those that are in the trash are touched
 * @callback: (scope async) (closure user_data): called when they and their files are gone
 * @user_data: data for @callback
 *
 * Deletes them for good, in one transaction, and then their videos and covers. References that no other job has are
 * removed at an opening a month later.
 */
void
yj_library_delete_trashed_async (YjLibrary           *self,
                                 GArray              *ids,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  Marking *marking;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (ids != NULL);

  marking = g_new0 (Marking, 1);
  marking->ids = g_array_copy (ids);
  marking->gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  marking->names = g_ptr_array_new_with_free_func (g_free);
  marking->recipes = g_ptr_array_new_with_free_func (g_free);
  marking->videos = g_object_ref (self->videos);
  marking->folder = g_strdup (g_file_peek_path (self->folder));
  start (self, marking, delete_trashed, yj_library_delete_trashed_async, callback, user_data);
}

/**
 * yj_library_delete_trashed_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): which rows went, or %NULL
 */
GArray *
yj_library_delete_trashed_finish (YjLibrary     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  GError *local_error = NULL;
  GArray *gone;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  gone = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (gone != NULL)
    return gone;
  g_propagate_error (error, g_error_copy (local_error));
  yj_library_tell_failed (self, local_error);
  return NULL;
}
