/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-order"

#include "yj-order.h"

typedef struct
{
  GPtrArray *drafts;            /* of YjDraft */
  guint      next;
  guint      n_takes;
  char      *batch;
  YjDraft   *full;
  gboolean   force;
  guint      n_ordered;         /* of the drafts */
  GPtrArray *left;              /* those that were not */
  GError    *error;             /* why the first of them was not */
} Order;

static void
order_free (Order *order)
{
  g_ptr_array_unref (order->drafts);
  g_clear_pointer (&order->left, g_ptr_array_unref);
  g_clear_object (&order->full);
  g_clear_error (&order->error);
  g_free (order->batch);
  g_free (order);
}

static void add_next (GTask *task);

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Order *order = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (yj_job_queue_add_finish (YJ_JOB_QUEUE (object), result, &error) != NULL)
    order->n_ordered++;
  else
    {
      g_ptr_array_add (order->left, g_object_ref (g_ptr_array_index (order->drafts, order->next)));
      if (order->error == NULL)
        order->error = g_steal_pointer (&error);
    }
  order->next++;
  add_next (task);
}

static void
add_next (GTask *task)
{
  YjJobQueue *queue = g_task_get_source_object (task);
  Order *order = g_task_get_task_data (task);

  if (order->next == order->drafts->len)
    {
      g_task_return_int (task, (gssize) order->n_ordered);
      g_object_unref (task);
      return;
    }

  yj_job_queue_add_takes_async (queue, g_ptr_array_index (order->drafts, order->next),
                                &(YjJobOrder) { order->n_takes, order->batch, order->full }, order->force,
                                g_task_get_cancellable (task), added_cb, task);
}

/**
 * yj_order_add_async:
 * @queue: a queue
 * @drafts: (element-type YjDraft): what is to be made, one at least
 * @order: how often each, and together with what
 * @force: as for yj_job_queue_add_takes_async()
 * @cancellable: (nullable): stops what is not stored yet
 * @callback: called when each was stored, or was not
 * @user_data: for @callback
 *
 * Puts the drafts into the queue, one after the other. Each is stored with all its takes or not at all; one that cannot be
 * stored keeps no other from it.
 */
void
yj_order_add_async (YjJobQueue          *queue,
                    GPtrArray           *drafts,
                    const YjJobOrder    *order,
                    gboolean             force,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task;
  Order *data;

  g_return_if_fail (YJ_IS_JOB_QUEUE (queue));
  g_return_if_fail (drafts != NULL && drafts->len > 0);

  task = g_task_new (queue, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_order_add_async);
  g_task_set_check_cancellable (task, FALSE);   /* what is stored is ordered, whatever was cancelled then */
  data = g_new0 (Order, 1);
  data->drafts = g_ptr_array_ref (drafts);
  data->n_takes = order->n_takes;
  data->batch = g_strdup (order->batch);
  data->full = order->full != NULL ? g_object_ref (order->full) : NULL;
  data->force = force;
  data->left = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, data, (GDestroyNotify) order_free);
  add_next (task);
}

/**
 * yj_order_add_finish:
 * @queue: a queue
 * @result: from the callback
 * @left: (out) (transfer full) (element-type YjDraft): the drafts that were not stored, in their order; nothing of them
 *   will be sent
 * @error: (out): why the first of those was not, as from yj_job_queue_add_finish(); unset where none is left
 *
 * Returns: how many of the drafts were stored
 */
guint
yj_order_add_finish (YjJobQueue    *queue,
                     GAsyncResult  *result,
                     GPtrArray    **left,
                     GError       **error)
{
  Order *order;

  g_return_val_if_fail (g_task_is_valid (result, queue), 0);

  order = g_task_get_task_data (G_TASK (result));
  *left = g_steal_pointer (&order->left);
  if (order->error != NULL)
    g_propagate_error (error, g_steal_pointer (&order->error));
  return (guint) g_task_propagate_int (G_TASK (result), NULL);
}
