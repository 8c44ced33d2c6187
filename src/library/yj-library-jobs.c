/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include <fcntl.h>

#include "yj-library-private.h"

/**
 * yj_job_row_new:
 *
 * Returns: (transfer full): a row without contents: id 0, no error
 */
YjJobRow *
yj_job_row_new (void)
{
  YjJobRow *row = g_new0 (YjJobRow, 1);

  row->error_code = -1;
  return row;
}

/* Every text of a row, in the order of the columns. */
#define ROW_TEXTS(row) \
  { &(row)->uuid, &(row)->state, &(row)->origin, &(row)->mode, &(row)->model_id, &(row)->model_name, &(row)->prompt, \
    &(row)->recipe, &(row)->task_id, &(row)->video_uri, &(row)->image_uri, &(row)->usage, &(row)->error, &(row)->etag, \
    &(row)->file, &(row)->cover, &(row)->batch, &(row)->prompt_sent, &(row)->parents, &(row)->times, &(row)->tags, &(row)->folded }

/**
 * yj_job_row_copy:
 * @row: a row
 *
 * Returns: (transfer full): the same once more
 */
YjJobRow *
yj_job_row_copy (const YjJobRow *row)
{
  YjJobRow *copy = g_memdup2 (row, sizeof *row);
  char **texts[] = ROW_TEXTS (copy);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (*texts[i]);
  return copy;
}

/**
 * yj_job_row_free:
 * @row: (transfer full): a row
 *
 * Frees it and its texts.
 */
void
yj_job_row_free (YjJobRow *row)
{
  char **texts[] = ROW_TEXTS (row);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_free (row);
}

/* ---------------------------------------------------------------- loading */

static YjJobRow *
read_job (sqlite3_stmt *statement)
{
  YjJobRow *row = yj_job_row_new ();
  char **texts[] = ROW_TEXTS (row);
  /* We write none of these as NULL; another tool may have. */
  char **always[] = { &row->origin, &row->mode, &row->model_id, &row->model_name, &row->prompt, &row->recipe };
  int column = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = yj_database_dup_text (statement, column++);
  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    if (*always[i] == NULL)
      *always[i] = g_strdup ("");
  row->id = sqlite3_column_int64 (statement, column++);
  row->error_code = sqlite3_column_int (statement, column++);
  row->width = sqlite3_column_int (statement, column++);
  row->height = sqlite3_column_int (statement, column++);
  row->duration = sqlite3_column_int64 (statement, column++);
  row->size = sqlite3_column_int64 (statement, column++);
  row->created = sqlite3_column_int64 (statement, column++);
  row->submitted = sqlite3_column_int64 (statement, column++);
  row->finished = sqlite3_column_int64 (statement, column++);
  row->position = sqlite3_column_int64 (statement, column++);
  row->favourite = sqlite3_column_int (statement, column++) != 0;
  row->waited = sqlite3_column_int64 (statement, column++);
  row->trashed = sqlite3_column_int64 (statement, column++);
  return row;
}

#define TEXT_COLUMNS \
  "uuid, state, origin, mode, model_id, model_name, prompt, recipe, task_id, video_uri, image_uri, usage, error, etag, " \
  "file, cover, batch, prompt_sent, parents, times"
#define NUMBER_COLUMNS \
  "id, error_code, width, height, duration, size, created, submitted, finished, position, favourite, waited"
#define JOB_COLUMNS TEXT_COLUMNS ", " NUMBER_COLUMNS
#define READ_COLUMNS \
  TEXT_COLUMNS ", (SELECT group_concat (tag, char (10)) FROM job_tags WHERE job = jobs.id), folded, " NUMBER_COLUMNS ", trashed"

static void
load_jobs (YjDatabase *database,
           GTask      *task,
           gpointer    task_data)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_job_row_free);
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *error = NULL;

  statement = yj_database_prepare (database, &error, "SELECT " READ_COLUMNS " FROM jobs ORDER BY id DESC", "");
  while (statement != NULL && yj_database_step (database, statement, &error))
    g_ptr_array_add (rows, read_job (statement));
  if (error == NULL)
    g_task_return_pointer (task, g_steal_pointer (&rows), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * yj_library_load_jobs_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Reads all rows of `jobs`.
 */
void
yj_library_load_jobs_async (YjLibrary           *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_load_jobs_async);
  yj_library_push (self, task, load_jobs);
}

/**
 * yj_library_load_jobs_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type YjJobRow): the rows, newest first; the array frees them
 */
GPtrArray *
yj_library_load_jobs_finish (YjLibrary     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---------------------------------------------------------------- saving */

/* The row as it was given, found by its id or, when its id is not known yet, by its uuid. What a person says of a job
   that is there already is in yj-library-marks.c. */
static gboolean
write_job (YjDatabase  *database,
           gpointer     data,
           GError     **error)
{
  YjJobRow *row = data;
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  statement = yj_database_prepare (database, error,
                                   "INSERT INTO jobs (" JOB_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                   " nullif (?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state,"
                                   " origin = excluded.origin, mode = excluded.mode, model_id = excluded.model_id,"
                                   " model_name = excluded.model_name, prompt = excluded.prompt, recipe = excluded.recipe,"
                                   " task_id = excluded.task_id, video_uri = excluded.video_uri, image_uri = excluded.image_uri,"
                                   " usage = excluded.usage, error = excluded.error, etag = excluded.etag, file = excluded.file,"
                                   " cover = excluded.cover, error_code = excluded.error_code, width = excluded.width,"
                                   " height = excluded.height, duration = excluded.duration, size = excluded.size,"
                                   " created = excluded.created, submitted = excluded.submitted, finished = excluded.finished,"
                                   " position = excluded.position, batch = excluded.batch,"
                                   " waited = excluded.waited, prompt_sent = excluded.prompt_sent,"
                                   " parents = excluded.parents, times = excluded.times RETURNING id",
                                   "ssssssssssssssssssssiiiiiiiiiiii", row->uuid, row->state, row->origin, row->mode, row->model_id,
                                   row->model_name, row->prompt, row->recipe, row->task_id, row->video_uri, row->image_uri,
                                   row->usage, row->error, row->etag, row->file, row->cover, row->batch, row->prompt_sent,
                                   row->parents, row->times,
                                   row->id, (gint64) row->error_code,
                                   (gint64) row->width, (gint64) row->height, row->duration, row->size, row->created,
                                   row->submitted, row->finished, row->position, (gint64) row->favourite,
                                   row->waited);
  if (statement == NULL)
    return FALSE;
  /* The whole of the statement runs before it gives the first row. */
  if (yj_database_step (database, statement, &local_error))
    {
      row->id = sqlite3_column_int64 (statement, 0);
      yj_database_step (database, statement, &local_error);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static void
save_job (YjDatabase *database,
          GTask      *task,
          gpointer    task_data)
{
  YjJobRow *row = task_data;
  GError *error = NULL;

  if (yj_database_transact (database, write_job, row, &error))
    g_task_return_int (task, row->id);
  else
    g_task_return_error (task, error);
}

/**
 * yj_library_save_job_async:
 * @self: a library
 * @row: what to write; copied before the call returns; its uuid must be set
 * @cancellable: (nullable): a cancellable, which only helps before the row's turn has come
 * @callback: (scope async) (closure user_data): called when it is on disk
 * @user_data: data for @callback
 *
 * Inserts the row (id 0) or replaces it, in one transaction that is synced to the disk. Whether a row that is there is a
 * favourite, is in the trash, or has tags, stays as it is: see yj_library_mark_jobs_async().
 */
void
yj_library_save_job_async (YjLibrary           *self,
                           const YjJobRow      *row,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (row != NULL && row->uuid != NULL && row->state != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_save_job_async);
  /* What is written is written, and is told so. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, yj_job_row_copy (row), (GDestroyNotify) yj_job_row_free);
  yj_library_push (self, task, save_job);
}

/**
 * yj_library_save_job_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: the id of the row, or -1
 */
gint64
yj_library_save_job_finish (YjLibrary     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

static gboolean
write_jobs (YjDatabase  *database,
            gpointer     data,
            GError     **error)
{
  GPtrArray *rows = data;

  for (guint i = 0; i < rows->len; i++)
    if (!write_job (database, g_ptr_array_index (rows, i), error))
      return FALSE;

  return TRUE;
}

static void
add_jobs (YjDatabase *database,
          GTask      *task,
          gpointer    task_data)
{
  GPtrArray *rows = task_data;
  GError *error = NULL;

  if (yj_database_transact (database, write_jobs, rows, &error))
    g_task_return_pointer (task, g_ptr_array_ref (rows), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * yj_library_add_jobs_async:
 * @self: a library
 * @rows: (transfer full) (element-type YjJobRow): new rows, freed by the array
 * @cancellable: (nullable): a cancellable, which only helps before their turn has come
 * @callback: (scope async) (closure user_data): called when they are on disk
 * @user_data: data for @callback
 *
 * Inserts all of them or none, in one transaction that is synced to the disk.
 */
void
yj_library_add_jobs_async (YjLibrary           *self,
                           GPtrArray           *rows,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (rows != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_add_jobs_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, rows, (GDestroyNotify) g_ptr_array_unref);
  yj_library_push (self, task, add_jobs);
}

/**
 * yj_library_add_jobs_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type YjJobRow): the rows with their ids, or %NULL
 */
GPtrArray *
yj_library_add_jobs_finish (YjLibrary     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---------------------------------------------------------------- deleting */

static gboolean
remove_job (YjDatabase  *database,
            gpointer     data,
            GError     **error)
{
  YjJobRow *row = data;
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  statement = yj_database_prepare (database, error, "DELETE FROM jobs WHERE id = ? RETURNING recipe", "i", row->id);
  if (statement == NULL)
    return FALSE;
  if (yj_database_step (database, statement, &local_error))
    {
      row->recipe = yj_database_dup_text (statement, 0);
      yj_database_step (database, statement, &local_error);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static void
delete_job (YjDatabase *database,
            GTask      *task,
            gpointer    task_data)
{
  YjLibrary *self = g_task_get_source_object (task);
  YjJobRow *row = task_data;
  GError *error = NULL;

  if (yj_database_transact (database, remove_job, row, &error))
    {
      yj_library_renew_references (g_file_peek_path (self->folder), row->recipe);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

/**
 * yj_library_delete_job_async:
 * @self: a library
 * @id: the id of a row
 * @cancellable: (nullable): a cancellable, which only helps before the row's turn has come
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Deletes the row and its lease; a row that is gone already is no error. References that no other job has are removed
 * at an opening a month later.
 */
void
yj_library_delete_job_async (YjLibrary           *self,
                             gint64               id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  YjJobRow *row;
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));

  row = yj_job_row_new ();
  row->id = id;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_delete_job_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, row, (GDestroyNotify) yj_job_row_free);
  yj_library_push (self, task, delete_job);
}

/**
 * yj_library_delete_job_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the row is gone
 */
gboolean
yj_library_delete_job_finish (YjLibrary     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---------------------------------------------------------------- leases */

typedef struct
{
  gint64    job;
  char     *owner;
  int       lock_fd;
  gint64    holder;             /* our own byte of library.lock */
  gboolean  leased;
} Lease;

static void
lease_free (Lease *lease)
{
  g_free (lease->owner);
  g_free (lease);
}

/* Whether the process that locked byte @holder still has the library open. A byte that cannot be asked for is taken for
   locked: better a job that waits than one that is driven twice. */
static gboolean
is_alive (Lease  *lease,
          gint64  holder)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = holder, .l_len = 1 };

  return fcntl (lease->lock_fd, F_OFD_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
}

static gboolean
take_lease (YjDatabase  *database,
            gpointer     data,
            GError     **error)
{
  Lease *lease = data;
  g_autoptr(sqlite3_stmt) old = NULL, new = NULL;
  GError *local_error = NULL;
  gboolean is_free = TRUE;

  old = yj_database_prepare (database, &local_error, "SELECT owner, holder FROM leases WHERE job = ?", "i", lease->job);
  if (old != NULL && yj_database_step (database, old, &local_error))
    {
      g_autofree char *owner = yj_database_dup_text (old, 0);
      gint64 holder = sqlite3_column_int64 (old, 1);

      is_free = holder == lease->holder ? g_strcmp0 (owner, lease->owner) == 0 : !is_alive (lease, holder);
    }
  if (is_free && local_error == NULL)
    {
      /* A job that is gone gives no row. */
      new = yj_database_prepare (database, &local_error, "INSERT OR REPLACE INTO leases (job, owner, holder)"
                                 " SELECT id, ?, ? FROM jobs WHERE id = ? RETURNING job", "sii",
                                 lease->owner, lease->holder, lease->job);
      lease->leased = new != NULL && yj_database_step (database, new, &local_error);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static void
lease_job (YjDatabase *database,
           GTask      *task,
           gpointer    task_data)
{
  Lease *lease = task_data;
  GError *error = NULL;

  if (yj_database_transact (database, take_lease, lease, &error))
    g_task_return_boolean (task, TRUE);
  else
    {
      lease->leased = FALSE;
      g_task_return_error (task, error);
    }
}

/**
 * yj_library_lease_job_async:
 * @self: a library
 * @id: the id of a row of `jobs`
 * @owner: a name that nobody else uses
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Asks to be the one that drives a job. A lease ends when the process that took it closes the library or ends, however
 * that happens; then it is taken over in the same transaction.
 */
void
yj_library_lease_job_async (YjLibrary           *self,
                            gint64               id,
                            const char          *owner,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Lease *lease;
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (owner != NULL);

  lease = g_new0 (Lease, 1);
  lease->job = id;
  lease->owner = g_strdup (owner);
  lease->lock_fd = self->lock_fd;
  lease->holder = self->holder;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_lease_job_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, lease, (GDestroyNotify) lease_free);
  yj_library_push (self, task, lease_job);
}

/**
 * yj_library_lease_job_finish:
 * @self: a library
 * @result: what the callback was given
 * @leased: (out): whether @owner has it now
 * @error: return location
 *
 * Returns: whether it could be asked
 */
gboolean
yj_library_lease_job_finish (YjLibrary     *self,
                             GAsyncResult  *result,
                             gboolean      *leased,
                             GError       **error)
{
  Lease *lease;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  lease = g_task_get_task_data (G_TASK (result));
  *leased = lease->leased;
  return g_task_propagate_boolean (G_TASK (result), error);
}
