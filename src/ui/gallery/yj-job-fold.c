/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-fold"

#include "yj-job-fold.h"

#include <glib/gi18n.h>

/* Behind what a job lay before. */
typedef struct
{
  YjJob *job;
  char  *behind;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_object_unref (place->job);
  g_free (place->behind);
  g_free (place);
}

static void
fold_one (YjJobQueue *queue,
          GPtrArray  *places,
          YjJob      *job,
          const char *behind)
{
  g_autoptr(GPtrArray) one = g_ptr_array_new ();
  Place *place;

  if (g_strcmp0 (yj_job_get_folded (job), behind) == 0)
    return;
  if (places != NULL)
    {
      place = g_new (Place, 1);
      place->job = g_object_ref (job);
      place->behind = g_strdup (yj_job_get_folded (job));
      g_ptr_array_add (places, place);
    }
  g_ptr_array_add (one, job);
  yj_job_queue_fold (queue, one, behind);
}

static void
undo_cb (AdwToast *toast,
         YjWindow *window)
{
  GPtrArray *places = g_object_get_data (G_OBJECT (toast), "places");

  for (guint i = 0; i < places->len; i++)
    {
      Place *place = places->pdata[i];

      fold_one (yj_session_get_queue (yj_window_get_session (window)), NULL, place->job, place->behind);
    }
}

static void
tell (YjWindow   *window,
      GPtrArray  *places,       /* taken over */
      const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "places", places, (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), window, 0);
  yj_window_add_toast (window, toast);
}

/**
 * yj_job_fold_list:
 * @queue: the jobs
 * @job: one of them
 *
 * Returns: (transfer full) (element-type YjJob): what lies behind it in the gallery
 */
GPtrArray *
yj_job_fold_list (YjJobQueue *queue,
                  YjJob      *job)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (YJ_IS_JOB_QUEUE (queue) && YJ_IS_JOB (job), jobs);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queue)); i++)
    {
      g_autoptr(YjJob) other = g_list_model_get_item (G_LIST_MODEL (queue), i);

      if (g_strcmp0 (yj_job_get_folded (other), yj_job_get_uuid (job)) == 0)
        g_ptr_array_add (jobs, g_steal_pointer (&other));
    }
  return jobs;
}

/**
 * yj_job_fold_pick:
 * @window: the window
 * @chosen: the one that stays in sight
 * @jobs: (element-type YjJob): with which it was compared
 *
 * Folds the others behind it, and what lay behind these, with an offer to undo it.
 */
void
yj_job_fold_pick (YjWindow  *window,
                  YjJob     *chosen,
                  GPtrArray *jobs)
{
  YjJobQueue *queue;
  GPtrArray *places;
  g_autofree char *text = NULL;

  g_return_if_fail (YJ_IS_WINDOW (window));
  g_return_if_fail (YJ_IS_JOB (chosen));

  queue = yj_session_get_queue (yj_window_get_session (window));
  places = g_ptr_array_new_with_free_func (place_free);
  fold_one (queue, places, chosen, NULL);
  for (guint i = 0; i < jobs->len; i++)
    {
      g_autoptr(GPtrArray) behind = yj_job_fold_list (queue, jobs->pdata[i]);

      if (jobs->pdata[i] != chosen)
        fold_one (queue, places, jobs->pdata[i], yj_job_get_uuid (chosen));
      for (guint j = 0; j < behind->len; j++)
        if (behind->pdata[j] != chosen && !g_ptr_array_find (jobs, behind->pdata[j], NULL))
          fold_one (queue, places, behind->pdata[j], yj_job_get_uuid (chosen));
    }
  text = g_strdup_printf (ngettext ("The other video lies behind the chosen one", "The other %u videos lie behind the chosen one", jobs->len - 1),
                          jobs->len - 1);
  tell (window, places, text);
}

/**
 * yj_job_fold_unfold:
 * @window: the window
 * @job: a job
 *
 * Brings back into sight what lies behind it, with an offer to undo it.
 */
void
yj_job_fold_unfold (YjWindow *window,
                    YjJob    *job)
{
  YjJobQueue *queue;
  g_autoptr(GPtrArray) behind = NULL;
  GPtrArray *places;

  g_return_if_fail (YJ_IS_WINDOW (window));
  g_return_if_fail (YJ_IS_JOB (job));

  queue = yj_session_get_queue (yj_window_get_session (window));
  behind = yj_job_fold_list (queue, job);
  if (behind->len == 0)
    return;
  places = g_ptr_array_new_with_free_func (place_free);
  for (guint i = 0; i < behind->len; i++)
    fold_one (queue, places, behind->pdata[i], NULL);
  tell (window, places, _("All are in the gallery again"));
}
