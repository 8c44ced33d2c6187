/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-videos-move.h"

#include "yj-videos-place.h"

#define TELL_MS 100             /* between two notes of how far it is */

/**
 * YjVideosMove:
 *
 * Moves the videos of a library to another folder, or back. The work is done by a thread; what it is asked for while one
 * errand is under way is ignored.
 */
struct _YjVideosMove
{
  GObject       parent_instance;
  GFile        *library;
  GCancellable *cancellable;    /* of the errand, or NULL */
  guint         tick_id;
  double        fraction;
  GMutex        mutex;
  gint64        total;          /* under the mutex, as the next */
  gint64        copied;
};

typedef enum
{
  PROP_RUNNING = 1,
  PROP_FRACTION,
} YjVideosMoveProps;

typedef enum
{
  SIGNAL_ENDED,
  N_SIGNALS,
} YjVideosMoveSignals;

static GParamSpec *props[PROP_FRACTION + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjVideosMove, yj_videos_move, G_TYPE_OBJECT)

typedef struct
{
  char     *library;
  char     *to;
  gboolean  resume;
  gboolean  discard;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->library);
  g_free (errand->to);
  g_free (errand);
}

static gboolean
tick_cb (gpointer user_data)
{
  YjVideosMove *self = user_data;
  double fraction;

  g_mutex_lock (&self->mutex);
  fraction = self->total > 0 ? CLAMP ((double) self->copied / (double) self->total, 0, 1) : 0;
  g_mutex_unlock (&self->mutex);
  if (self->fraction != fraction)
    {
      self->fraction = fraction;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
    }

  return G_SOURCE_CONTINUE;
}

/* in the thread */
static void
copied_cb (gint64   bytes,
           gpointer user_data)
{
  YjVideosMove *self = user_data;

  g_mutex_lock (&self->mutex);
  if (bytes < 0)
    self->total = -bytes;
  else
    self->copied = bytes;
  g_mutex_unlock (&self->mutex);
}

static void
errand_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Errand *errand = task_data;
  GError *error = NULL;

  if (errand->discard)
    {
      yj_videos_place_discard (errand->library);
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The copies were discarded");
    }
  else
    yj_videos_place_move (errand->library, errand->to, errand->resume, copied_cb, source_object, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  YjVideosMove *self = YJ_VIDEOS_MOVE (object);
  g_autoptr(GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_object_notify_by_pspec (object, props[PROP_RUNNING]);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, error);
}

static void
run (YjVideosMove *self,
     Errand        errand)
{
  g_autoptr(GTask) task = NULL;

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  self->fraction = 0;
  self->total = self->copied = 0;
  self->tick_id = g_timeout_add (TELL_MS, tick_cb, self);
  errand.library = g_file_get_path (self->library);
  task = g_task_new (self, self->cancellable, ended_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);   /* the last step may have been taken by then */
  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, g_memdup2 (&errand, sizeof errand), errand_free);
  g_task_run_in_thread (task, errand_thread);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

static void
yj_videos_move_finalize (GObject *object)
{
  YjVideosMove *self = YJ_VIDEOS_MOVE (object);

  g_clear_object (&self->library);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (yj_videos_move_parent_class)->finalize (object);
}

static void
yj_videos_move_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  YjVideosMove *self = YJ_VIDEOS_MOVE (object);

  switch ((YjVideosMoveProps) prop_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    }
}

static void
yj_videos_move_class_init (YjVideosMoveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = yj_videos_move_finalize;
  object_class->get_property = yj_videos_move_get_property;

  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  /**
   * YjVideosMove::ended:
   * @self: the errand
   * @error: (nullable): %NULL: the videos were moved; a `G_IO_ERROR_CANCELLED`: that was given up, or its copies were
   *   deleted; else why not
   *
   * Nothing is under way any more.
   */
  signals[SIGNAL_ENDED] = g_signal_new ("ended", YJ_TYPE_VIDEOS_MOVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
yj_videos_move_init (YjVideosMove *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * yj_videos_move_new:
 * @library: a library's folder, with a local path
 *
 * Returns: (transfer full): an object that can move its videos
 */
YjVideosMove *
yj_videos_move_new (GFile *library)
{
  YjVideosMove *self;

  g_return_val_if_fail (G_IS_FILE (library), NULL);

  self = g_object_new (YJ_TYPE_VIDEOS_MOVE, NULL);
  self->library = g_object_ref (library);
  return self;
}

/**
 * yj_videos_move_start:
 * @self: an object that is not running
 * @to: (nullable): a folder with a local path, in which a new one is made; %NULL: back into the library
 *
 * Begins to move the videos: see yj_videos_place_move().
 */
void
yj_videos_move_start (YjVideosMove *self,
                      GFile        *to)
{
  g_return_if_fail (YJ_IS_VIDEOS_MOVE (self));
  g_return_if_fail (to == NULL || g_file_peek_path (to) != NULL);

  run (self, (Errand) { .to = to != NULL ? g_file_get_path (to) : NULL });
}

/**
 * yj_videos_move_resume:
 * @self: an object that is not running
 *
 * Goes on with a moving that was cut off.
 */
void
yj_videos_move_resume (YjVideosMove *self)
{
  g_return_if_fail (YJ_IS_VIDEOS_MOVE (self));

  run (self, (Errand) { .resume = TRUE });
}

/**
 * yj_videos_move_discard:
 * @self: an object that is not running
 *
 * Deletes the copies of a moving that was cut off: the videos stay where they are.
 */
void
yj_videos_move_discard (YjVideosMove *self)
{
  g_return_if_fail (YJ_IS_VIDEOS_MOVE (self));

  run (self, (Errand) { .discard = TRUE });
}

/**
 * yj_videos_move_cancel:
 * @self: an object
 *
 * Gives up what is under way: the videos stay where they are.
 */
void
yj_videos_move_cancel (YjVideosMove *self)
{
  g_return_if_fail (YJ_IS_VIDEOS_MOVE (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * yj_videos_move_get_running:
 * @self: an object
 *
 * Returns: whether videos are being moved
 */
gboolean
yj_videos_move_get_running (YjVideosMove *self)
{
  g_return_val_if_fail (YJ_IS_VIDEOS_MOVE (self), FALSE);

  return self->cancellable != NULL;
}
