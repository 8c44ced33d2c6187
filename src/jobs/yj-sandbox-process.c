/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-sandbox-process"

#include "yj-sandbox-process.h"

#include <json-glib/json-glib.h>

#define START_SECONDS 15        /* how long it may take to say where it is */

struct _YjSandboxProcess
{
  GObject           parent_instance;

  GSubprocess      *process;
  GCancellable     *cancellable;
  GDataInputStream *output;
  char             *base_url;
  char             *key;
  gboolean          told;       /* to end */
};

typedef enum
{
  SIGNAL_ENDED,
  N_SIGNALS,
} YjSandboxProcessSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjSandboxProcess, yj_sandbox_process, G_TYPE_OBJECT)

static void
yj_sandbox_process_dispose (GObject *object)
{
  YjSandboxProcess *self = YJ_SANDBOX_PROCESS (object);

  yj_sandbox_process_stop (self);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (yj_sandbox_process_parent_class)->dispose (object);
}

static void
yj_sandbox_process_finalize (GObject *object)
{
  YjSandboxProcess *self = YJ_SANDBOX_PROCESS (object);

  g_free (self->base_url);
  g_free (self->key);

  G_OBJECT_CLASS (yj_sandbox_process_parent_class)->finalize (object);
}

static void
yj_sandbox_process_class_init (YjSandboxProcessClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_sandbox_process_dispose;
  object_class->finalize = yj_sandbox_process_finalize;

  /**
   * YjSandboxProcess::ended:
   * @self: the process
   *
   * It has ended, and [method@Yj.SandboxProcess.stop] had not been called.
   */
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
yj_sandbox_process_init (YjSandboxProcess *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
waited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr(YjSandboxProcess) self = g_weak_ref_get (weak);

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  g_weak_ref_clear (weak);
  g_free (weak);
  if (self != NULL && !self->told)
    {
      self->told = TRUE;
      g_signal_emit (self, signals[SIGNAL_ENDED], 0);
    }
}

static void
watch (YjSandboxProcess *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  g_subprocess_wait_async (self->process, NULL, waited_cb, weak);
}

static gboolean
take_line (YjSandboxProcess  *self,
           const char        *line,
           GError           **error)
{
  g_autoptr(JsonNode) root = line != NULL ? json_from_string (line, NULL) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (object != NULL)
    {
      self->base_url = g_strdup (json_object_get_string_member_with_default (object, "base_url", NULL));
      self->key = g_strdup (json_object_get_string_member_with_default (object, "key", NULL));
    }
  if (self->base_url != NULL && self->key != NULL)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The sandbox does not say where it is");
  return FALSE;
}

typedef struct
{
  YjSandboxProcess *process;
  guint             deadline_id;
  gulong            cancelled_id;
} Start;

static void
start_free (Start *start)
{
  g_clear_handle_id (&start->deadline_id, g_source_remove);
  g_clear_object (&start->process);
  g_free (start);
}

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Start *start = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, &error);

  g_cancellable_disconnect (g_task_get_cancellable (task), start->cancelled_id);
  g_clear_handle_id (&start->deadline_id, g_source_remove);
  if (error == NULL && take_line (start->process, line, &error))
    {
      watch (start->process);
      g_task_return_pointer (task, g_object_ref (start->process), g_object_unref);
      return;
    }

  yj_sandbox_process_stop (start->process);
  g_task_return_error (task, error);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

static gboolean
deadline_cb (gpointer user_data)
{
  Start *start = user_data;

  start->deadline_id = 0;
  g_cancellable_cancel (start->process->cancellable);

  return G_SOURCE_REMOVE;
}

static char *
dup_program (void)
{
  const char *given = g_getenv ("YUANJING_SANDBOX");

  return given != NULL && *given != '\0' ? g_strdup (given) : g_build_filename (YJ_BINDIR, "yuanjing-sandbox", NULL);
}

/**
 * yj_sandbox_process_start_async:
 * @cancellable: (nullable): stops waiting for it, and the process
 * @callback: called when it answers
 * @user_data: for @callback
 *
 * Starts `yuanjing-sandbox` (from `YUANJING_SANDBOX`, else where programs are installed) on a free port with a key of
 * its own. It ends when the pipe to its standard input does, so it never outlives us, whatever becomes of us.
 */
void
yj_sandbox_process_start_async (GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Start *start = g_new0 (Start, 1);
  g_autofree char *program = dup_program ();
  GError *error = NULL;
  YjSandboxProcess *self;

  g_task_set_source_tag (task, yj_sandbox_process_start_async);
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);

  start->process = self = g_object_new (YJ_TYPE_SANDBOX_PROCESS, NULL);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    program, "--exit-with-stdin", NULL);
  if (self->process == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  start->deadline_id = g_timeout_add_seconds (START_SECONDS, deadline_cb, start);
  if (cancellable != NULL)
    start->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self->cancellable, NULL);
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, self->cancellable, line_cb, task);
}

/**
 * yj_sandbox_process_start_finish:
 * @result: from the callback
 * @error: return location: `G_SPAWN_ERROR` when it cannot be started, `G_IO_ERROR` when it does not say where it is
 *
 * Returns: (transfer full): the running sandbox
 */
YjSandboxProcess *
yj_sandbox_process_start_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * yj_sandbox_process_get_base_url:
 * @self: a sandbox
 *
 * Returns: (transfer none): where it listens, such as `http://127.0.0.1:40123`
 */
const char *
yj_sandbox_process_get_base_url (YjSandboxProcess *self)
{
  g_return_val_if_fail (YJ_IS_SANDBOX_PROCESS (self), NULL);

  return self->base_url;
}

/**
 * yj_sandbox_process_get_key:
 * @self: a sandbox
 *
 * Returns: (transfer none): the key it takes
 */
const char *
yj_sandbox_process_get_key (YjSandboxProcess *self)
{
  g_return_val_if_fail (YJ_IS_SANDBOX_PROCESS (self), NULL);

  return self->key;
}

/**
 * yj_sandbox_process_stop:
 * @self: a sandbox
 *
 * Tells it to end; it is not waited for.
 */
void
yj_sandbox_process_stop (YjSandboxProcess *self)
{
  g_return_if_fail (YJ_IS_SANDBOX_PROCESS (self));

  self->told = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (self->process != NULL)
    {
      g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
      g_subprocess_send_signal (self->process, SIGTERM);
    }
}
