/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-usage-cap.h"

#include <string.h>

#include "yj-experience.h"
#include "yj-job-queue-private.h"
#include "yj-ledger.h"

typedef struct
{
  char      *unit;
  double     limit;
  GPtrArray *drafts;            /* of YjDraft */
  guint      n_takes;
} Judge;

static void
judge_free (Judge *judge)
{
  g_free (judge->unit);
  g_ptr_array_unref (judge->drafts);
  g_free (judge);
}

/**
 * yj_usage_cap_get_month:
 * @ago: 0 is this month, 1 the one before, -1 the next
 *
 * Returns: its first moment in the local time, µs since 1970
 */
gint64
yj_usage_cap_get_month (int ago)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) first = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), 1, 0, 0, 0);
  g_autoptr(GDateTime) month = g_date_time_add_months (first, -ago);

  return g_date_time_to_unix (month) * G_USEC_PER_SEC;
}

static gboolean
is_of_unit (YjJobQueue *queue,
            const char *unit,
            const char *mode,
            const char *model_id,
            const char *model)
{
  g_autofree char *provider = yj_ledger_dup_provider (queue->catalog, mode, model_id, model);
  gsize length = provider != NULL ? strlen (provider) : 0;

  return provider != NULL && strncmp (unit, provider, length) == 0 && unit[length] == '/';
}

/* The most that one of the last jobs like it, or else one of this month's with the same model, has told; -1: not known. */
static double
expect (YjJobQueue *queue,
        const char *unit,
        GPtrArray  *uses,
        YjDraft    *draft)
{
  const char *name = strrchr (unit, '/') + 1;
  guint n;
  g_autoptr(GPtrArray) figures = yj_experience_list_usage (queue, draft, &n);
  double most = -1;

  for (guint i = 0; i < figures->len; i++)
    {
      const YjUsualUsage *figure = g_ptr_array_index (figures, i);

      if (g_str_equal (figure->name, name))
        return figure->most;
    }
  for (guint i = 0; i < uses->len; i++)
    {
      const YjUse *use = g_ptr_array_index (uses, i);

      if (g_strcmp0 (use->unit, name) == 0 && g_strcmp0 (use->model_id, yj_model_get_id (yj_draft_get_model (draft))) == 0)
        most = MAX (most, use->most);
    }

  return most;
}

static double
sum_spent (YjJobQueue *queue,
           const char *unit,
           GPtrArray  *uses)
{
  g_autoptr(YjLedger) ledger = yj_ledger_new (uses, queue->catalog, YJ_LEDGER_BY_TIME);

  if (g_str_equal (unit, YJ_USAGE_CAP_JOBS))
    return ledger->total->n_videos;
  for (guint i = 0; i < ledger->units->len; i++)
    if (g_str_equal (((YjLedgerUnit *) g_ptr_array_index (ledger->units, i))->id, unit))
      return ledger->total->amounts[i];

  return 0;
}

static void
add_expected (YjJobQueue     *queue,
              const char     *unit,
              GPtrArray      *uses,
              YjDraft        *draft,
              guint           n,
              double         *sum,
              YjUsageVerdict *verdict)
{
  YjModel *model = yj_draft_get_model (draft);
  double each = 1;

  if (!g_str_equal (unit, YJ_USAGE_CAP_JOBS))
    {
      if (!is_of_unit (queue, unit, NULL, yj_model_get_id (model), yj_model_get_name (model)))
        return;
      each = expect (queue, unit, uses, draft);
    }
  if (each >= 0)
    *sum += each * n;
  else
    verdict->n_unknown += n;
}

/* Ordered already, and not in the replies yet. */
static void
add_under_way (YjJobQueue     *queue,
               const char     *unit,
               GPtrArray      *uses,
               YjUsageVerdict *verdict)
{
  gboolean jobs = g_str_equal (unit, YJ_USAGE_CAP_JOBS);

  for (guint i = 0; i < queue->jobs->len; i++)
    {
      YjJob *job = g_ptr_array_index (queue->jobs, i);
      g_autoptr(YjDraft) draft = NULL;

      if (yj_job_state_is_final (yj_job_get_state (job)) || yj_job_get_usage (job) != NULL ||
          g_str_has_suffix (yj_job_get_origin (job) != NULL ? yj_job_get_origin (job) : "", YJ_JOB_SANDBOX_MARK))
        continue;
      /* what was sent is among the uses, as a job without figures */
      if (jobs && yj_job_get_submitted (job) > 0)
        continue;
      if (jobs)
        verdict->under_way += 1;
      else if ((draft = yj_job_queue_new_draft (queue, job, NULL)) != NULL)
        add_expected (queue, unit, uses, draft, 1, &verdict->under_way, verdict);
      else if (is_of_unit (queue, unit, NULL, yj_job_get_model_id (job), yj_job_get_model_name (job)))
        verdict->n_unknown++;
    }
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjJobQueue *queue = g_task_get_source_object (task);
  Judge *judge = g_task_get_task_data (task);
  YjUsageVerdict *verdict;
  GError *error = NULL;
  g_autoptr(GPtrArray) uses = yj_library_list_uses_finish (YJ_LIBRARY (object), result, &error);

  if (uses == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  verdict = g_new0 (YjUsageVerdict, 1);
  verdict->spent = sum_spent (queue, judge->unit, uses);
  for (guint i = 0; i < judge->drafts->len; i++)
    add_expected (queue, judge->unit, uses, g_ptr_array_index (judge->drafts, i), judge->n_takes, &verdict->coming, verdict);
  /* what does not count towards the limit cannot cross it */
  verdict->asks = verdict->coming > 0 || verdict->n_unknown > 0;
  add_under_way (queue, judge->unit, uses, verdict);
  verdict->asks = verdict->asks && (verdict->n_unknown > 0 ||
                                    verdict->spent + verdict->under_way + verdict->coming > judge->limit);
  g_task_return_pointer (task, verdict, g_free);
}

/**
 * yj_usage_cap_judge_async:
 * @queue: a loaded queue
 * @unit: what the limit counts: %YJ_USAGE_CAP_JOBS or the id of a [struct@Yj.LedgerUnit]
 * @limit: of this month
 * @drafts: (element-type YjDraft): what is to be ordered
 * @n_takes: how often each of them
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Whether the order may lead past the limit: with what this month's replies told, with what is ordered and has told
 * nothing yet, and with what jobs like these told before. Where that is not known, it may. Nothing is charged in the
 * sandbox, so nothing there crosses a limit.
 */
void
yj_usage_cap_judge_async (YjJobQueue          *queue,
                          const char          *unit,
                          double               limit,
                          GPtrArray           *drafts,
                          guint                n_takes,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;
  Judge *judge;

  g_return_if_fail (YJ_IS_JOB_QUEUE (queue));
  g_return_if_fail (g_str_equal (unit, YJ_USAGE_CAP_JOBS) || strchr (unit, '/') != NULL);

  task = g_task_new (queue, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_usage_cap_judge_async);
  if (queue->sandbox)
    {
      g_task_return_pointer (task, g_new0 (YjUsageVerdict, 1), g_free);
      g_object_unref (task);
      return;
    }
  judge = g_new0 (Judge, 1);
  judge->unit = g_strdup (unit);
  judge->limit = limit;
  judge->drafts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < drafts->len; i++)
    g_ptr_array_add (judge->drafts, g_object_ref (g_ptr_array_index (drafts, i)));
  judge->n_takes = n_takes;
  g_task_set_task_data (task, judge, (GDestroyNotify) judge_free);
  yj_library_list_uses_async (queue->library, yj_usage_cap_get_month (0), yj_usage_cap_get_month (-1), YJ_USE_BY_MONTH,
                              cancellable, listed_cb, task);
}

/**
 * yj_usage_cap_judge_finish:
 * @queue: a queue
 * @result: from the callback
 * @verdict: (out caller-allocates): what was found
 * @error: return location
 *
 * Returns: whether it could be told
 */
gboolean
yj_usage_cap_judge_finish (YjJobQueue      *queue,
                           GAsyncResult    *result,
                           YjUsageVerdict  *verdict,
                           GError         **error)
{
  g_autofree YjUsageVerdict *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, queue), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;
  *verdict = *found;
  return TRUE;
}
