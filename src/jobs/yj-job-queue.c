/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-queue"

#include "yj-job-queue-private.h"

#include "yj-poll-policy.h"

/**
 * YjJobQueue:
 *
 * All jobs, newest first, and the machine that moves them on. It spends people's money, so each transition is one
 * transaction on disk *before* the next effect outside: a row says `submitting` before the first byte of a paid
 * request leaves, and a task's id is on disk before the job is shown as created. What is on disk is always enough to
 * go on after a crash. A job is driven only by the process that holds its lease; others see the rows change.
 */
typedef enum
{
  PROP_ACTIVE = 1,
} YjJobQueueProps;

typedef enum
{
  SIGNAL_JOB_ENDED,
  N_SIGNALS,
} YjJobQueueSignals;

static GParamSpec *props[PROP_ACTIVE + 1];
static guint signals[N_SIGNALS];

static GType
yj_job_queue_get_item_type (GListModel *model)
{
  return YJ_TYPE_JOB;
}

static guint
yj_job_queue_get_n_items (GListModel *model)
{
  return YJ_JOB_QUEUE (model)->jobs->len;
}

static gpointer
yj_job_queue_get_item (GListModel *model,
                       guint       position)
{
  GPtrArray *jobs = YJ_JOB_QUEUE (model)->jobs;

  return position < jobs->len ? g_object_ref (g_ptr_array_index (jobs, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = yj_job_queue_get_item_type;
  iface->get_n_items = yj_job_queue_get_n_items;
  iface->get_item = yj_job_queue_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (YjJobQueue, yj_job_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
yj_job_queue_dispose (GObject *object)
{
  YjJobQueue *self = YJ_JOB_QUEUE (object);

  self->stopped = TRUE;
  yj_job_queue_stop_alarm (self);
  g_clear_handle_id (&self->stop_id, g_source_remove);
  for (guint i = 0; self->jobs != NULL && i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      g_cancellable_cancel (job->cancellable);
    }
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_object (&self->sending);
  g_clear_object (&self->platform);
  g_clear_object (&self->catalog);
  g_clear_object (&self->library);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (yj_job_queue_parent_class)->dispose (object);
}

static void
yj_job_queue_finalize (GObject *object)
{
  YjJobQueue *self = YJ_JOB_QUEUE (object);

  g_clear_error (&self->pause);
  g_free (self->owner);

  G_OBJECT_CLASS (yj_job_queue_parent_class)->finalize (object);
}

static void
yj_job_queue_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch ((YjJobQueueProps) prop_id)
    {
    case PROP_ACTIVE:
      g_value_set_uint (value, yj_job_queue_get_active (YJ_JOB_QUEUE (object)));
      break;
    }
}

static void
yj_job_queue_class_init (YjJobQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_job_queue_dispose;
  object_class->finalize = yj_job_queue_finalize;
  object_class->get_property = yj_job_queue_get_property;

  /**
   * YjJobQueue:active:
   *
   * How many jobs are on their way, here or in another process; resting ones are not counted.
   */
  props[PROP_ACTIVE] = g_param_spec_uint ("active", NULL, NULL, 0, G_MAXUINT, 0,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /**
   * YjJobQueue::job-ended:
   * @self: the queue
   * @job: a job
   *
   * @job has just come to a state after which nothing happens by itself, here or in another process.
   */
  signals[SIGNAL_JOB_ENDED] = g_signal_new ("job-ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, YJ_TYPE_JOB);
}

static void
yj_job_queue_init (YjJobQueue *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->owner = g_uuid_string_random ();
  self->alarm_fd = -1;
}

/* ---- rows */

void
yj_job_row_set_state (YjJobRow   *row,
                      YjJobState  state)
{
  g_set_str (&row->state, yj_job_state_to_string (state));
  row->finished = yj_job_state_is_final (state) ? g_get_real_time () : 0;
}

/* %NULL: nothing is wrong any more. */
void
yj_job_row_set_error (YjJobRow     *row,
                      const GError *error)
{
  g_set_str (&row->error, error != NULL ? error->message : NULL);
  row->error_code = error != NULL && error->domain == YJ_ERROR ? error->code : -1;
}

void
yj_job_queue_update_active (YjJobQueue *self)
{
  guint active = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (!yj_job_state_is_final (yj_job_get_state (job)) && !yj_job_get_resting (job))
        active++;
    }

  if (active == self->active)
    return;

  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

/* Shows @row, which is on disk, and tells when that was the job's end. */
void
yj_job_queue_take_row (YjJobQueue *self,
                       YjJob      *job,
                       YjJobRow   *row)
{
  gboolean was_final = yj_job_state_is_final (yj_job_get_state (job));

  yj_job_take_row (job, row);
  yj_job_queue_update_active (self);
  if (!was_final && yj_job_state_is_final (yj_job_get_state (job)))
    g_signal_emit (self, signals[SIGNAL_JOB_ENDED], 0, job);
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
  start_commit (user_data);

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
      /* what it says has happened already: the job stands still until it is on disk */
      g_debug ("Job %s cannot be written, trying again: %s", commit->row->uuid, error->message);
      g_timeout_add_seconds (2, commit_again_cb, commit);
      return;
    }

  if (commit->job->n_issued == commit->number)
    g_clear_pointer (&commit->job->issued, yj_job_row_free);
  if (error == NULL)
    {
      commit->row->id = id;
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
  commit->must = must;
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

static void
remove_job (YjJobQueue *self,
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
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!yj_library_delete_job_finish (YJ_LIBRARY (object), result, &error))
    g_debug ("A job cannot be deleted: %s", error->message);
}

/* Takes the row out of the library and the list; no step may be under way. Its files go with it. */
void
yj_job_queue_delete (YjJobQueue *self,
                     YjJob      *job)
{
  yj_library_delete_job_async (self->library, yj_job_get_id (job), NULL, deleted_cb, NULL);
  remove_job (self, job);
}

static void
merge_row (YjJobQueue *self,
           YjJobRow   *row)       /* taken over */
{
  YjJob *job = find_by_id (self, row->id);

  if (job == NULL)
    insert_row (self, row, TRUE);
  else if (job->lease == YJ_JOB_LEASE_HELD || job->issued != NULL || job->removed)
    yj_job_row_free (row);      /* ours is newer */
  else
    yj_job_queue_take_row (self, job, row);
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
        remove_job (self, job);
    }
}

static void
merge_rows (YjJobQueue *self,
            GPtrArray  *rows)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      YjJobRow *row = g_ptr_array_index (rows, i);

      g_hash_table_add (ids, g_memdup2 (&row->id, sizeof row->id));
      merge_row (self, yj_job_row_copy (row));
    }
  drop_missing (self, ids);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const YjJobRow *one = *(const YjJobRow **) a, *other = *(const YjJobRow **) b;

  return (other->id > one->id) - (other->id < one->id);
}

static void
fill (YjJobQueue *self,
      GPtrArray  *rows)
{
  GFile *folder = yj_library_get_videos_folder (self->library);

  g_ptr_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->jobs, yj_job_new_for_row (yj_job_row_copy (g_ptr_array_index (rows, i)), folder));
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
    fill (self, rows);
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

static void
load_rows (YjJobQueue *self,
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
    load_rows (self, NULL);
}

static void
network_changed_cb (YjJobQueue      *self,
                    gboolean         available,
                    GNetworkMonitor *monitor)
{
  if (available)
    yj_job_queue_wake (self, 2.0);
}

/* ---- public */

/**
 * yj_job_queue_new:
 * @library: where the jobs are kept
 * @catalog: the models
 * @drive_found: whether jobs that are there already go on; those added here always do
 *
 * Returns: (transfer full): an empty queue, to be filled by [method@Yj.JobQueue.load_async]
 */
YjJobQueue *
yj_job_queue_new (YjLibrary *library,
                  YjCatalog *catalog,
                  gboolean   drive_found)
{
  YjJobQueue *self;

  g_return_val_if_fail (YJ_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (YJ_IS_CATALOG (catalog), NULL);

  self = g_object_new (YJ_TYPE_JOB_QUEUE, NULL);
  self->library = g_object_ref (library);
  self->catalog = g_object_ref (catalog);
  self->drive_found = drive_found;
  g_signal_connect_object (library, "jobs-changed", G_CALLBACK (yj_job_queue_reload), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * yj_job_queue_load_async:
 * @self: a queue
 * @cancellable: (nullable): stops waiting for it
 * @callback: called when the list is filled
 * @user_data: for @callback
 *
 * Reads the rows and goes on where they stand, as far as another process does not. A job that was being sent when its
 * process ended becomes `unconfirmed`.
 */
void
yj_job_queue_load_async (YjJobQueue          *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (!self->loaded && !self->loading);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_job_queue_load_async);

  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  yj_job_queue_start_alarm (self);
  load_rows (self, task);
}

/**
 * yj_job_queue_load_finish:
 * @self: a queue
 * @result: from the callback
 * @error: return location: a [enum@Yj.LibraryError]
 *
 * Returns: whether the rows could be read
 */
gboolean
yj_job_queue_load_finish (YjJobQueue    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
return_stopped (YjJobQueue *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->stop);

  g_clear_handle_id (&self->stop_id, g_source_remove);
  g_task_return_boolean (task, TRUE);
}

static void
cancel_all (YjJobQueue *self,
            gboolean    sending_too)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (job != self->sending || sending_too)
        g_cancellable_cancel (job->cancellable);
    }
}

static gboolean
grace_over_cb (gpointer user_data)
{
  YjJobQueue *self = user_data;

  cancel_all (self, TRUE);

  return G_SOURCE_CONTINUE;
}

/* Ends the stopping when no step is under way any more. */
void
yj_job_queue_check_stopped (YjJobQueue *self)
{
  if (self->stop == NULL)
    return;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (job->busy || job->issued != NULL)
        return;
    }

  return_stopped (self);
}

/**
 * yj_job_queue_stop_async:
 * @self: a queue
 * @callback: called when nothing is under way any more
 * @user_data: for @callback
 *
 * Stops for good. Downloads keep what has come. A submission under way gets five seconds to be answered, for one that
 * is cut off here would be unconfirmed.
 */
void
yj_job_queue_stop_async (YjJobQueue          *self,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (self->stop == NULL);

  self->stop = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stop, yj_job_queue_stop_async);
  self->stopped = TRUE;
  yj_job_queue_stop_alarm (self);
  cancel_all (self, FALSE);
  self->stop_id = g_timeout_add_seconds (5, grace_over_cb, self);
  yj_job_queue_check_stopped (self);
}

/**
 * yj_job_queue_stop_finish:
 * @self: a queue
 * @result: from the callback
 * @error: return location: never set so far
 *
 * Returns: %TRUE
 */
gboolean
yj_job_queue_stop_finish (YjJobQueue    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * yj_job_queue_set_platform:
 * @self: a queue
 * @platform: (nullable): the platform with the current key; %NULL: nothing is asked until there is one
 * @sandbox: whether it is our own local one, which dies with its process
 *
 * Jobs that belong to another origin rest, until the platform is theirs again. Those of a sandbox that has ended can
 * never be asked for again: they become `expired`, and `cancelled` when they were never sent.
 */
void
yj_job_queue_set_platform (YjJobQueue *self,
                           YjPlatform *platform,
                           gboolean    sandbox)
{
  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (platform == NULL || YJ_IS_PLATFORM (platform));

  g_set_object (&self->platform, platform);
  self->sandbox = platform != NULL && sandbox;
  self->key_refused = FALSE;
  self->host_due = 0;
  g_clear_error (&self->pause);
  yj_job_queue_wake (self, 0.0);
}

/**
 * yj_job_queue_get_active:
 * @self: a queue
 *
 * Returns: how many jobs are on their way
 */
guint
yj_job_queue_get_active (YjJobQueue *self)
{
  g_return_val_if_fail (YJ_IS_JOB_QUEUE (self), 0);

  return self->active;
}

/**
 * yj_job_queue_find:
 * @self: a queue
 * @uuid: our own name of a job
 *
 * Returns: (transfer none) (nullable): the job
 */
YjJob *
yj_job_queue_find (YjJobQueue *self,
                   const char *uuid)
{
  g_return_val_if_fail (YJ_IS_JOB_QUEUE (self), NULL);

  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (g_strcmp0 (yj_job_get_uuid (job), uuid) == 0)
        return job;
    }

  return NULL;
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
