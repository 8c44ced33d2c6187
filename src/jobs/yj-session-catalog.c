/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's own models in their file: one writer at a time, so that an older text never comes last. */
#include "yj-session-private.h"

static void save (YjSession *self);

/**
 * yj_session_new_overlay_file:
 *
 * Returns: (transfer full): the file with the person's own changes to the catalogue; it need not exist
 */
GFile *
yj_session_new_overlay_file (void)
{
  return g_file_new_build_filename (g_get_user_config_dir (), "yuanjing", "models.json", NULL);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GBytes *bytes = task_data;
  g_autoptr(GFile) file = yj_session_new_overlay_file ();
  g_autoptr(GFile) folder = g_file_get_parent (file);
  GError *error = NULL;

  (void) source;
  /* Where there can be no folder, the writing says so. */
  g_mkdir_with_parents (g_file_peek_path (folder), 0700);
  if (g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, FALSE, G_FILE_CREATE_PRIVATE,
                               NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  YjSession *self = YJ_SESSION (object);
  g_autoptr(GError) error = NULL;
  GTask *waiter;

  (void) user_data;
  self->saving_catalog = FALSE;
  g_task_propagate_boolean (G_TASK (result), &error);
  yj_session_set_error (self, "catalog-error", error);
  if (self->save_catalog_again)
    {
      save (self);
      return;
    }
  while ((waiter = g_queue_pop_head (&self->catalog_waiters)) != NULL)
    {
      g_task_return_boolean (waiter, TRUE);
      g_object_unref (waiter);
    }
}

static void
save (YjSession *self)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, written_cb, NULL);
  char *json = yj_catalog_dup_overlay (self->catalog);

  g_task_set_source_tag (task, save);
  g_task_set_task_data (task, g_bytes_new_take (json, strlen (json)), (GDestroyNotify) g_bytes_unref);
  self->saving_catalog = TRUE;
  self->save_catalog_again = FALSE;
  g_task_run_in_thread (task, write_thread);
}

/**
 * yj_session_save_catalog:
 * @self: an opened session
 *
 * Keeps the person's own changes to the catalogue in `yuanjing/models.json` in the config folder. A failure is told by
 * [property@Yj.Session:catalog-error].
 */
void
yj_session_save_catalog (YjSession *self)
{
  g_return_if_fail (YJ_IS_SESSION (self));
  g_return_if_fail (self->catalog != NULL);

  if (self->saving_catalog)
    self->save_catalog_again = TRUE;
  else
    save (self);
}

/* Calls back when nothing of the person's own models is on its way to the disk. */
void
yj_session_wait_for_catalog (YjSession           *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, yj_session_wait_for_catalog);
  if (self->saving_catalog)
    {
      g_queue_push_tail (&self->catalog_waiters, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}
