/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-stop-sending"

#include "yj-stop-sending.h"

#include <glib/gi18n.h>

typedef struct
{
  YjJobQueue *queue;
  YjJob      *job;
} Stop;

static void
response_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Stop *stop = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);

  if (g_strcmp0 (response, "stop") == 0)
    yj_job_queue_withdraw (stop->queue, stop->job);
  g_object_unref (stop->queue);
  g_object_unref (stop->job);
  g_free (stop);
}

/**
 * yj_stop_sending:
 * @widget: where it was asked for
 * @queue: the queue of @job
 * @job: a job that is waiting or being sent
 *
 * Takes @job back. That is free and needs no question while it waits; once a part of it has left, nobody can tell any more
 * whether the platform takes it, so the person is told that first.
 */
void
yj_stop_sending (GtkWidget  *widget,
                 YjJobQueue *queue,
                 YjJob      *job)
{
  AdwDialog *dialog;
  Stop *stop;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (YJ_IS_JOB_QUEUE (queue));
  g_return_if_fail (YJ_IS_JOB (job));

  if (yj_job_get_state (job) != YJ_JOB_SUBMITTING)
    {
      yj_job_queue_withdraw (queue, job);
      return;
    }

  dialog = adw_alert_dialog_new (_("Stop Sending?"),
                                 _("It is on its way already. If you stop now, nobody can tell whether the platform took it and charged for it."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "stay", _("_Keep Sending"), "stop", _("_Stop Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "stop", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "stay");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "stay");
  stop = g_new (Stop, 1);
  *stop = (Stop) { g_object_ref (queue), g_object_ref (job) };
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), widget, NULL, response_cb, stop);
}
