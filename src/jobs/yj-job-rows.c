/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the list and the library's rows: writing, reading, and what another process has changed. */
#define G_LOG_DOMAIN "yj-job-queue"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "yj-job-queue-private.h"

#define MAX_TIMES 2000          /* bytes */

void
yj_job_row_set_state (YjJobRow   *row,
                      YjJobState  state)
{
  const char *name = yj_job_state_to_string (state);

  if (g_strcmp0 (row->state, name) != 0)
    {
      g_autofree char *times = g_strdup_printf ("%s%s %" G_GINT64_FORMAT "\n", row->times != NULL ? row->times : "", name, g_get_real_time ());

      /* one that is tried for weeks has a long story: the last of it is kept */
      g_set_str (&row->times, strlen (times) > MAX_TIMES ? strchr (times + strlen (times) - MAX_TIMES, '\n') + 1 : times);
    }
  g_set_str (&row->state, name);
  row->finished = yj_job_state_is_final (state) ? g_get_real_time () : 0;
}

/* Of what this machine's disk refuses, ours in place of the system's words, which name a file that nobody knows. Kept in
   English: translated when it is shown. */
static const char *
get_words (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) || g_error_matches (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_FULL))
    return N_("The disk is full. Free some space and try again.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY) ||
      g_error_matches (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_READ_ONLY))
    return N_("The library cannot be written. Check the permissions of its folder.");

  return error->message;
}

/* %NULL: nothing is wrong any more. */
void
yj_job_row_set_error (YjJobRow     *row,
                      const GError *error)
{
  g_set_str (&row->error, error != NULL ? get_words (error) : NULL);
  row->error_code = error != NULL && error->domain == YJ_ERROR ? error->code : -1;
}

typedef struct
{
  YjJobQueue   *queue;
  YjJob        *job;
  YjJobRow     *row;
  YjCommitFunc  func;
  guint         number;
  gboolean      must;
} Commit;

static void
commit_free (Commit *commit)
{
  g_clear_object (&commit->queue);
  g_clear_object (&commit->job);
  g_clear_pointer (&commit->row, yj_job_row_free);
  g_free (commit);
}

static void start_commit (Commit *commit);

static gboolean
commit_again_cb (gpointer user_data)
{
  Commit *commit = user_data;

  /* what was issued meanwhile holds this change, and more */
  if (commit->job->n_issued != commit->number)
    {
      yj_job_row_free (commit->row);
      commit->row = yj_job_copy_newest (commit->job);
    }
  start_commit (commit);

  return G_SOURCE_REMOVE;
}

static void
commit_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Commit *commit = user_data;
  YjJobQueue *self = commit->queue;
  g_autoptr(GError) error = NULL;
  gint64 id = yj_library_save_job_finish (YJ_LIBRARY (object), result, &error);

  if (error != NULL && commit->must && !self->stopped)
    {
      YjJobRow *shown = yj_job_row_copy (commit->job->row);

      /* what it says has happened already: the job stands still until it is on disk */
      yj_job_row_set_error (shown, error);
      yj_job_queue_take_row (self, commit->job, shown);
      g_timeout_add_seconds (2, commit_again_cb, commit);
      return;
    }

  commit->job->n_must -= commit->must;
  if (commit->job->n_issued == commit->number)
    g_clear_pointer (&commit->job->issued, yj_job_row_free);
  if (error == NULL)
    {
      commit->row->id = id;
      yj_job_row_keep_marks (commit->row, commit->job->row);    /* said meanwhile, and written by itself */
      yj_job_queue_take_row (self, commit->job, g_steal_pointer (&commit->row));
    }
  if (commit->func != NULL)
    commit->func (self, commit->job, error);
  else
    yj_job_queue_run (self);
  commit_free (commit);
}

static void
start_commit (Commit *commit)
{
  yj_library_save_job_async (commit->queue->library, commit->row, NULL, commit_cb, commit);
}

static void
commit_row (YjJobQueue   *self,
            YjJob        *job,
            YjJobRow     *row,
            YjCommitFunc  func,
            gboolean      must)
{
  Commit *commit = g_new0 (Commit, 1);

  commit->queue = g_object_ref (self);
  commit->job = g_object_ref (job);
  commit->row = row;
  commit->func = func;
  commit->must = must || job->n_must > 0;       /* it holds the change of the one before */
  job->n_must += commit->must;
  commit->number = ++job->n_issued;

  g_clear_pointer (&job->issued, yj_job_row_free);
  job->issued = yj_job_row_copy (row);
  start_commit (commit);
}

/* Writes @row (taken over) in one transaction; the job shows it only then. */
void
yj_job_queue_commit (YjJobQueue   *self,
                     YjJob        *job,
                     YjJobRow     *row,
                     YjCommitFunc  func)
{
  commit_row (self, job, row, func, FALSE);
}

/* The same for what has happened outside already: tried until it is written. */
void
yj_job_queue_commit_must (YjJobQueue   *self,
                          YjJob        *job,
                          YjJobRow     *row,
                          YjCommitFunc  func)
{
  commit_row (self, job, row, func, TRUE);
}

/* ---- the list */

/* Where a job with this row id is or belongs: the newest row has the greatest id. */
static guint
find_position (YjJobQueue *self,
               gint64      id)
{
  guint low = 0, high = self->jobs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (yj_job_get_id (g_ptr_array_index (self->jobs, middle)) > id)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static YjJob *
find_by_id (YjJobQueue *self,
            gint64      id)
{
  guint position = find_position (self, id);
  YjJob *job = position < self->jobs->len ? g_ptr_array_index (self->jobs, position) : NULL;

  return job != NULL && yj_job_get_id (job) == id ? job : NULL;
}

static YjJob *
insert_row (YjJobQueue *self,
            YjJobRow   *row,
            gboolean    tell)
{
  guint position = find_position (self, row->id);
  YjJob *job = yj_job_new_for_row (row, yj_library_get_videos_folder (self->library));

  g_ptr_array_insert (self->jobs, position, job);
  if (tell)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);

  return job;
}

/* Puts a job into the list, where it belongs. */
void
yj_job_queue_put_in (YjJobQueue *self,
                     YjJob      *job)
{
  guint position = find_position (self, yj_job_get_id (job));

  g_ptr_array_insert (self->jobs, position, g_object_ref (job));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  yj_job_queue_update_active (self);
  yj_job_queue_run (self);
}

/* Takes it out of the list, which may have held the last reference. */
void
yj_job_queue_take_out (YjJobQueue *self,
                       YjJob      *job)
{
  guint position;

  if (!g_ptr_array_find (self->jobs, job, &position))
    return;

  g_ptr_array_remove_index (self->jobs, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  yj_job_queue_update_active (self);
}

static void
merge_row (YjJobQueue *self,
           YjJobRow   *row)       /* taken over */
{
  YjJob *job = find_by_id (self, row->id);

  if (job == NULL)
    job = yj_job_queue_find_trashed (self, row->id);
  if (job == NULL)
    {
      job = insert_row (self, row, TRUE);
    }
  else if (job->lease == YJ_JOB_LEASE_HELD || job->issued != NULL)
    {
      YjJobRow *ours = yj_job_row_copy (job->row);      /* newer, but for what was said of the job */

      yj_job_row_keep_marks (ours, row);
      yj_job_row_free (row);
      yj_job_queue_take_row (self, job, ours);
    }
  else
    yj_job_queue_take_row (self, job, row);
  yj_job_queue_sort_in (self, job);
}

/* Jobs that another process has deleted: those that are in no row of @rows and that nobody here has in hand. */
static void
drop_missing (YjJobQueue *self,
              GHashTable *ids)
{
  for (guint i = self->jobs->len; i-- > 0;)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (job->lease == YJ_JOB_LEASE_NONE && !job->own && !g_hash_table_contains (ids, &job->row->id))
        yj_job_queue_take_out (self, job);
    }
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->trash)); i-- > 0;)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (self->trash), i);

      if (!g_hash_table_contains (ids, &job->row->id))
        g_list_store_remove (self->trash, i);
    }
}

/* Both take the rows, newest first, out of the array. */
static void
merge_rows (YjJobQueue *self,
            GPtrArray  *rows)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gsize n_rows;
  g_autofree gpointer *taken = g_ptr_array_steal (rows, &n_rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      YjJobRow *row = taken[i];

      g_hash_table_add (ids, g_memdup2 (&row->id, sizeof row->id));
      merge_row (self, row);
    }
  drop_missing (self, ids);
}

static void
fill (YjJobQueue *self,
      GPtrArray  *rows)
{
  GFile *folder = yj_library_get_videos_folder (self->library);
  gsize n_rows;
  g_autofree gpointer *taken = g_ptr_array_steal (rows, &n_rows);
  g_autoptr(GPtrArray) trashed = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < n_rows; i++)
    {
      YjJob *job = yj_job_new_for_row (taken[i], folder);

      g_ptr_array_add (yj_job_get_trashed (job) != 0 ? trashed : self->jobs, job);
    }
  yj_job_queue_fill_trash (self, trashed);
  yj_job_queue_take_turns (self, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->jobs->len);
  yj_job_queue_update_active (self);
}

/* Leases that were taken before the rows were read again are now good to act on. */
typedef struct
{
  YjJobQueue *queue;
  GPtrArray  *taken;            /* of YjJob */
  GTask      *task;             /* of the first load, or NULL */
} Load;

static void
load_free (Load *load)
{
  g_clear_object (&load->queue);
  g_clear_object (&load->task);
  g_ptr_array_unref (load->taken);
  g_free (load);
}

static void
take_rows (Load      *load,
           GPtrArray *rows)
{
  YjJobQueue *self = load->queue;

  if (!self->loaded && self->jobs->len == 0)
    {
      fill (self, rows);
      if (self->drive_found)
        yj_job_queue_purge_trash (self);
    }
  else
    merge_rows (self, rows);
  self->loaded = TRUE;

  for (guint i = 0; i < load->taken->len; i++)
    {
      YjJob *job = g_ptr_array_index (load->taken, i);

      job->lease = YJ_JOB_LEASE_HELD;
    }
}

static void
rows_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Load *load = user_data;
  YjJobQueue *self = load->queue;
  g_autoptr(GTask) task = g_steal_pointer (&load->task);
  GError *error = NULL;
  g_autoptr(GPtrArray) rows = yj_library_load_jobs_finish (YJ_LIBRARY (object), result, &error);

  self->loading = FALSE;
  if (rows != NULL)
    take_rows (load, rows);
  else
    g_debug ("The jobs cannot be read: %s", error->message);
  load_free (load);

  if (self->load_again)
    yj_job_queue_reload (self);
  if (task != NULL && error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (task != NULL)
    g_task_return_boolean (task, TRUE);
  g_clear_error (&error);

  yj_job_queue_run (self);
}

/* Reads all rows; @task, if any, is that of the first load. */
void
yj_job_queue_load_rows (YjJobQueue *self,
                        GTask      *task)
{
  Load *load = g_new0 (Load, 1);

  load->queue = g_object_ref (self);
  load->taken = g_ptr_array_new_with_free_func (g_object_unref);
  load->task = task;
  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (job->lease == YJ_JOB_LEASE_TAKEN)
        g_ptr_array_add (load->taken, g_object_ref (job));
    }

  self->loading = TRUE;
  self->load_again = FALSE;
  yj_library_load_jobs_async (self->library, NULL, rows_cb, load);
}

/* Reads the rows once more, soon: one reading at a time. */
void
yj_job_queue_reload (YjJobQueue *self)
{
  if (self->loading || !self->loaded)
    self->load_again = TRUE;
  else if (!self->stopped)
    yj_job_queue_load_rows (self, NULL);
}

/* Makes a job of a row that is on disk. */
YjJob *
yj_job_queue_adopt (YjJobQueue *self,
                    YjJobRow   *row)
{
  YjJob *job = find_by_id (self, row->id);

  /* a reading of the rows may have been quicker */
  if (job == NULL)
    job = insert_row (self, row, TRUE);
  else
    yj_job_row_free (row);
  job->own = TRUE;
  yj_job_queue_update_active (self);
  yj_job_queue_run (self);

  return job;
}
