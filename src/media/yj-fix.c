/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes files that a model takes out of files that it does not: the work is done in a helper process of its own. */

#define G_LOG_DOMAIN "yj-fix"

#include "yj-fix.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "yj-helper.h"
#include "yj-probe.h"

typedef struct
{
  GFile             *source;
  GFile             *target;
  char              *plan;
  YjFixProgressFunc  progress;
  gpointer           progress_data;
  GMainContext      *context;
  double             fraction;          /* of the last report; atomic by the lock */
  gboolean           reporting;         /* one is on its way */
  gboolean           over;
  GMutex             lock;
} Work;

static void
work_free (Work *work)
{
  g_object_unref (work->source);
  g_object_unref (work->target);
  g_free (work->plan);
  g_main_context_unref (work->context);
  g_mutex_clear (&work->lock);
  g_free (work);
}

static gboolean
report_cb (gpointer user_data)
{
  Work *work = g_task_get_task_data (user_data);
  gboolean over;
  double fraction;

  g_mutex_lock (&work->lock);
  work->reporting = FALSE;
  over = work->over;
  fraction = work->fraction;
  g_mutex_unlock (&work->lock);
  if (!over && !g_cancellable_is_cancelled (g_task_get_cancellable (user_data)))
    work->progress (fraction, work->progress_data);
  return G_SOURCE_REMOVE;
}

/* In the thread that waits for the helper. */
static void
progress_cb (double   fraction,
             gpointer user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);
  gboolean reporting;

  if (work->progress == NULL)
    return;
  g_mutex_lock (&work->lock);
  work->fraction = fraction;
  reporting = work->reporting;
  work->reporting = TRUE;
  g_mutex_unlock (&work->lock);
  if (!reporting)
    g_main_context_invoke_full (work->context, G_PRIORITY_DEFAULT, report_cb, g_object_ref (task), g_object_unref);
}

static void
return_errno (GTask      *task,
              const char *path)
{
  int saved = errno;

  if (saved == ENOSPC || saved == EDQUOT)
    g_task_return_new_error_literal (task, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FULL, g_strerror (saved));
  else
    g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Work *work = task_data;
  const char *path = g_file_peek_path (work->target);
  g_autofree char *part = g_strconcat (path, ".part", NULL), *folder = g_path_get_dirname (path);
  const char *command[] = { "fix", work->plan, NULL };
  GError *error = NULL;
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      return_errno (task, part);
      return;
    }
  if (!yj_helper_make (work->source, command, fd, progress_cb, task, cancellable, &error))
    {
      g_unlink (part);
      g_task_return_error (task, error);
    }
  else if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      g_unlink (part);
      g_task_return_error (task, error);
    }
  else if (g_rename (part, path) != 0)
    {
      return_errno (task, path);
      g_unlink (part);
    }
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * yj_fix_run_async:
 * @source: a foreign file
 * @plan: what to make of it
 * @target: the new file, in a folder that is made when it is missing
 * @progress: (nullable): called in this thread's main context as the work gets on
 * @progress_data: for @progress
 * @cancellable: (nullable): kills the helper, and nothing stays
 * @callback: calls yj_fix_run_finish ()
 * @user_data: for @callback
 *
 * Writes @target as a whole or not at all; @source stays as it is. The picture comes out upright, without any of the
 * source's metadata but its colour profile.
 */
void
yj_fix_run_async (GFile               *source,
                  const YjFixPlan     *plan,
                  GFile               *target,
                  YjFixProgressFunc    progress,
                  gpointer             progress_data,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Work *work;

  g_return_if_fail (G_IS_FILE (source));
  g_return_if_fail (plan != NULL && plan->content_type != NULL);
  g_return_if_fail (G_IS_FILE (target) && g_file_peek_path (target) != NULL);

  work = g_new0 (Work, 1);
  work->source = g_object_ref (source);
  work->target = g_object_ref (target);
  work->plan = yj_fix_plan_to_string (plan);
  work->progress = progress;
  work->progress_data = progress_data;
  work->context = g_main_context_ref_thread_default ();
  g_mutex_init (&work->lock);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_fix_run_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, run_thread);
}

/**
 * yj_fix_run_finish:
 * @result: from yj_fix_run_async ()
 * @error: any %YJ_MEDIA_ERROR; %G_IO_ERROR when a file cannot be opened or written or the call was cancelled
 *
 * Returns: whether the file was written
 */
gboolean
yj_fix_run_finish (GAsyncResult  *result,
                   GError       **error)
{
  Work *work;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, yj_fix_run_async), FALSE);

  work = g_task_get_task_data (G_TASK (result));
  g_mutex_lock (&work->lock);
  work->over = TRUE;
  g_mutex_unlock (&work->lock);
  return g_task_propagate_boolean (G_TASK (result), error);
}
