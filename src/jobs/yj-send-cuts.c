/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the files stays here when a job is sent. */
#define G_LOG_DOMAIN "yj-send-cuts"

#include "yj-send-cuts.h"

static void
send_cuts_free (YjSendCuts *cuts)
{
  g_ptr_array_unref (cuts->cuts);
  g_free (cuts);
}

static void
find_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GPtrArray *files = task_data;
  g_autoptr(GHashTable) found = g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal, g_object_unref,
                                                       (GDestroyNotify) send_cuts_free);

  for (guint i = 0; i < files->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      GFile *file = g_ptr_array_index (files, i);
      g_autoptr(GPtrArray) cuts = NULL;
      gint64 size;

      /* A file that is gone or cannot be read is found out when it is sent */
      if (yj_camera_facts_find (file, &size, &cuts, NULL) == YJ_CAMERA_FACTS_FOUND)
        {
          YjSendCuts *own = g_new (YjSendCuts, 1);

          own->size = size;
          own->cuts = g_steal_pointer (&cuts);
          g_hash_table_insert (found, g_object_ref (file), own);
        }
    }
  g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) g_hash_table_unref);
}

static void
collect_file (const YjDraftField *field,
              gpointer            user_data)
{
  if (field->file != NULL)
    g_ptr_array_add (user_data, g_object_ref (yj_draft_file_get_file (field->file)));
}

/**
 * yj_send_cuts_find_async:
 * @draft: a draft that is about to be sent; not touched after this returns
 * @cancellable: (nullable): a cancellable
 * @callback: calls yj_send_cuts_find_finish ()
 * @user_data: for @callback
 *
 * Looks for what the files tell of the camera, the place and the date.
 */
void
yj_send_cuts_find_async (YjDraft             *draft,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (YJ_IS_DRAFT (draft));

  g_task_set_source_tag (task, yj_send_cuts_find_async);
  yj_draft_foreach_field (draft, collect_file, files);
  g_task_set_task_data (task, files, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, find_thread);
}

/**
 * yj_send_cuts_find_finish:
 * @result: what the callback was given
 * @error: `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full): [struct@Yj.SendCuts] by [iface@Gio.File], of the files that tell something
 */
GHashTable *
yj_send_cuts_find_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
