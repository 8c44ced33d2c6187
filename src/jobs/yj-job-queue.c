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
  PROP_MOVING,
  PROP_LIMIT,
  PROP_KEEP_CAMERA_FACTS,
} YjJobQueueProps;

typedef enum
{
  SIGNAL_JOB_ENDED,
  SIGNAL_LINE_CHANGED,
  SIGNAL_JOB_CHANGED,
  N_SIGNALS,
} YjJobQueueSignals;

static GParamSpec *props[PROP_KEEP_CAMERA_FACTS + 1];
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
  g_clear_object (&self->trash);
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

  g_clear_error (&self->refusal);
  g_clear_error (&self->no_money);
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
    case PROP_MOVING:
      g_value_set_uint (value, yj_job_queue_get_moving (YJ_JOB_QUEUE (object)));
      break;
    case PROP_LIMIT:
      g_value_set_uint (value, yj_job_queue_get_limit (YJ_JOB_QUEUE (object)));
      break;
    case PROP_KEEP_CAMERA_FACTS:
      g_value_set_boolean (value, YJ_JOB_QUEUE (object)->keep_camera_facts);
      break;
    }
}

static void
yj_job_queue_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch ((YjJobQueueProps) prop_id)
    {
    case PROP_ACTIVE:
    case PROP_MOVING:
    case PROP_LIMIT:
      g_assert_not_reached ();
    case PROP_KEEP_CAMERA_FACTS:
      YJ_JOB_QUEUE (object)->keep_camera_facts = g_value_get_boolean (value);
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
  object_class->set_property = yj_job_queue_set_property;

  /**
   * YjJobQueue:active:
   *
   * How many jobs are on their way, here or in another process; resting ones are not counted.
   */
  props[PROP_ACTIVE] = g_param_spec_uint ("active", NULL, NULL, 0, G_MAXUINT, 0,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * YjJobQueue:moving:
   *
   * How many jobs have bytes on their way, up or down: what the machine should not fall asleep over.
   */
  props[PROP_MOVING] = g_param_spec_uint ("moving", NULL, NULL, 0, G_MAXUINT, 0,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * YjJobQueue:keep-camera-facts:
   *
   * Whether what is sent from now on goes with the camera, the place and the date that its files tell of.
   */
  props[PROP_KEEP_CAMERA_FACTS] = g_param_spec_boolean ("keep-camera-facts", NULL, NULL, FALSE,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  /**
   * YjJobQueue:limit:
   *
   * How many jobs the platform takes at once, as it has shown by refusing more; 0 while it has refused none.
   */
  props[PROP_LIMIT] = g_param_spec_uint ("limit", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

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
  /**
   * YjJobQueue::line-changed:
   * @self: the queue
   *
   * Jobs that wait to be sent have other places than before: see [property@Yj.Job:line].
   */
  signals[SIGNAL_LINE_CHANGED] = g_signal_new ("line-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                               NULL, G_TYPE_NONE, 0);
  /**
   * YjJobQueue::job-changed:
   * @self: the queue
   * @job: a job of the list or the trash
   *
   * Its row is another one: its state, its facts, or what is said of it. One handler does for all jobs.
   */
  signals[SIGNAL_JOB_CHANGED] = g_signal_new ("job-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, YJ_TYPE_JOB);
}

static void
yj_job_queue_init (YjJobQueue *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->trash = g_list_store_new (YJ_TYPE_JOB);
  self->owner = g_uuid_string_random ();
  self->alarm_fd = -1;
  self->clock_fd = -1;
}

void
yj_job_queue_tell_changed (YjJobQueue *self,
                           YjJob      *job)
{
  g_signal_emit (self, signals[SIGNAL_JOB_CHANGED], 0, job);
}

void
yj_job_queue_update_active (YjJobQueue *self)
{
  guint active = 0, moving = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);
      YjJobState state = yj_job_get_state (job);

      if (yj_job_state_is_final (state) || yj_job_get_resting (job))
        continue;
      active++;
      moving += state == YJ_JOB_SUBMITTING || state == YJ_JOB_DOWNLOADING;
    }

  if (moving != self->moving)
    {
      self->moving = moving;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MOVING]);
    }
  if (active != self->active)
    {
      self->active = active;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
    }
}

/* Shows @row, which is on disk, and tells when that was the job's end. */
void
yj_job_queue_take_row (YjJobQueue *self,
                       YjJob      *job,
                       YjJobRow   *row)
{
  YjJobState before = yj_job_get_state (job), now;

  yj_job_take_row (job, row);
  yj_job_queue_tell_changed (self, job);
  now = yj_job_get_state (job);
  if (now == before)
    return;

  yj_job_queue_update_active (self);
  if (!yj_job_state_is_final (before) && yj_job_state_is_final (now))
    g_signal_emit (self, signals[SIGNAL_JOB_ENDED], 0, job);
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  gint64 one = yj_job_get_position ((YjJob *) a), other = yj_job_get_position ((YjJob *) b);

  return one < other ? -1 : one > other;
}

/* Those that wait to be sent, the next one first. */
GPtrArray *
yj_job_queue_list_waiting (YjJobQueue *self)
{
  GPtrArray *line = g_ptr_array_new ();

  for (guint i = self->jobs->len; i-- > 0;)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (yj_job_get_state (job) == YJ_JOB_WAITING && job != self->sending)
        g_ptr_array_add (line, job);
    }
  g_ptr_array_sort_values (line, compare_positions);
  return line;
}

/* Tells each job that waits its place. */
void
yj_job_queue_number_line (YjJobQueue *self)
{
  g_autoptr(GPtrArray) line = yj_job_queue_list_waiting (self);
  gboolean changed = FALSE;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (self->jobs, i);

      if (yj_job_get_line (job) != 0 && (yj_job_get_state (job) != YJ_JOB_WAITING || job == self->sending))
        changed |= yj_job_set_line (job, 0);
    }
  for (guint i = 0; i < line->len; i++)
    changed |= yj_job_set_line (g_ptr_array_index (line, i), i + 1);
  if (changed)
    g_signal_emit (self, signals[SIGNAL_LINE_CHANGED], 0);
}

void
yj_job_queue_set_limit (YjJobQueue *self,
                        guint       limit)
{
  if (self->limit == limit)
    return;

  self->limit = limit;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LIMIT]);
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
  yj_job_queue_load_rows (self, task);
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
  g_clear_error (&self->refusal);
  self->host_due = 0;
  self->paused = FALSE;
  yj_job_queue_set_limit (self, 0);     /* of another account, perhaps */
  yj_job_queue_wake (self, 0.0);
}

/**
 * yj_job_queue_get_moving:
 * @self: a queue
 *
 * Returns: how many jobs have bytes on their way, up or down
 */
guint
yj_job_queue_get_moving (YjJobQueue *self)
{
  g_return_val_if_fail (YJ_IS_JOB_QUEUE (self), 0);

  return self->moving;
}

/**
 * yj_job_queue_get_catalog:
 * @self: a queue
 *
 * Returns: (transfer none): the models
 */
YjCatalog *
yj_job_queue_get_catalog (YjJobQueue *self)
{
  g_return_val_if_fail (YJ_IS_JOB_QUEUE (self), NULL);

  return self->catalog;
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
