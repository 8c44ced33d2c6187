/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-cap-ask"

#include "yj-cap-ask.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-usage-cap.h"
#include "yj-usage-words.h"

typedef struct
{
  GtkWidget  *parent;
  YjJobQueue *queue;
  YjCapFunc   func;
  gpointer    user_data;
  char       *unit;
  double      limit;
} Ask;

static void
finish (Ask      *ask,
        gboolean  go)
{
  ask->func (go, ask->user_data);
  g_object_unref (ask->parent);
  g_object_unref (ask->queue);
  g_free (ask->unit);
  g_free (ask);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);

  finish (user_data, g_strcmp0 (response, "generate") == 0);
}

static void
append_figure (GString    *body,
               const char *name,
               double      amount)
{
  g_autofree char *figure = yj_usage_words_dup_amount (amount);

  g_string_append_printf (body, "\n%s: %s", name, figure);
}

static char *
dup_body (const Ask            *ask,
          const YjUsageVerdict *verdict)
{
  g_autofree char *unit = yj_usage_words_dup_id (ask->unit, yj_job_queue_get_catalog (ask->queue));
  gboolean jobs = g_str_equal (ask->unit, YJ_USAGE_CAP_JOBS);
  GString *body = g_string_new (NULL);

  if (verdict == NULL)
    return g_string_free_and_steal (g_string_append (body, _("What was used this month cannot be read, so it is not known whether your limit is crossed.")));
  /* translators: %s: what a limit counts: "Videos" or "Vidu: credits" */
  g_string_append_printf (body, _("Your limit of this month counts %s."), unit);
  g_string_append_c (body, '\n');
  append_figure (body, _("Limit"), ask->limit);
  append_figure (body, jobs ? _("Ordered") : _("Used, as far as replies told"), verdict->spent);
  if (verdict->under_way > 0)
    append_figure (body, jobs ? _("Waiting to be sent") : _("Under way, by jobs like it"), verdict->under_way);
  if (verdict->coming > 0)
    append_figure (body, jobs ? _("This order") : _("This order, by jobs like it"), verdict->coming);
  if (verdict->n_unknown > 0)
    {
      g_string_append (body, "\n\n");
      g_string_append_printf (body, ngettext ("What %d job takes is not known: no reply to one like it has told.",
                                              "What %d jobs take is not known: no reply to one like them has told.",
                                              verdict->n_unknown), (int) verdict->n_unknown);
    }

  return g_string_free_and_steal (body);
}

static void
ask_person (Ask                  *ask,
            const YjUsageVerdict *verdict)
{
  g_autofree char *body = dup_body (ask, verdict);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Go Past the Limit?"), body));

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "generate", _("_Generate Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "generate", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, ask->parent, NULL, answered_cb, ask);
}

static void
judged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Ask *ask = user_data;
  YjUsageVerdict verdict;
  g_autoptr(GError) error = NULL;
  gboolean told = yj_usage_cap_judge_finish (YJ_JOB_QUEUE (object), result, &verdict, &error);

  if (told && !verdict.asks)
    finish (ask, TRUE);
  else if (gtk_widget_get_root (ask->parent) == NULL)
    finish (ask, FALSE);
  else
    ask_person (ask, told ? &verdict : NULL);
}

/**
 * yj_cap_ask:
 * @parent: where the question is put
 * @queue: the queue that the order is for
 * @drafts: (element-type YjDraft): what is to be ordered
 * @n_takes: how often each
 * @func: called with the answer, at once where no limit is set; it may be the last that is done with @parent
 * @user_data: for @func
 *
 * Has the person decide when the order may cross the limit of this month.
 */
void
yj_cap_ask (GtkWidget  *parent,
            YjJobQueue *queue,
            GPtrArray  *drafts,
            guint       n_takes,
            YjCapFunc   func,
            gpointer    user_data)
{
  g_autoptr(GSettings) settings = g_settings_new (YJ_APP_ID);
  g_autofree char *unit = g_settings_get_string (settings, "usage-limit-unit");
  Ask *ask;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (YJ_IS_JOB_QUEUE (queue));

  if (!g_str_equal (unit, YJ_USAGE_CAP_JOBS) && strchr (unit, '/') == NULL)
    {
      func (TRUE, user_data);
      return;
    }
  ask = g_new0 (Ask, 1);
  ask->parent = g_object_ref (parent);
  ask->queue = g_object_ref (queue);
  ask->func = func;
  ask->user_data = user_data;
  ask->unit = g_steal_pointer (&unit);
  ask->limit = g_settings_get_double (settings, "usage-limit");
  yj_usage_cap_judge_async (queue, ask->unit, ask->limit, drafts, n_takes, NULL, judged_cb, ask);
}

/* ---- one that was made before */

typedef struct
{
  YjJobQueue *queue;
  YjJob      *job;
} Again;

static void
again_cb (gboolean go,
          gpointer user_data)
{
  Again *again = user_data;

  if (go)
    yj_job_queue_submit_again (again->queue, again->job);
  g_object_unref (again->queue);
  g_object_unref (again->job);
  g_free (again);
}

/**
 * yj_cap_ask_for_again:
 * @parent: where the question is put
 * @queue: the queue
 * @job: what is to be ordered once more
 */
void
yj_cap_ask_for_again (GtkWidget  *parent,
                      YjJobQueue *queue,
                      YjJob      *job)
{
  g_autoptr(YjDraft) draft = yj_job_queue_new_draft (queue, job, NULL);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new ();
  Again *again = g_new (Again, 1);

  *again = (Again) { g_object_ref (queue), g_object_ref (job) };
  if (draft != NULL)
    g_ptr_array_add (drafts, draft);
  /* without one, the queue itself says why it cannot be ordered */
  if (draft != NULL)
    yj_cap_ask (parent, queue, drafts, 1, again_cb, again);
  else
    again_cb (TRUE, again);
}
