/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-closing"

#include "yj-closing.h"

#include <glib/gi18n.h>

static gboolean
is_sending (YjWindow *window)
{
  GListModel *jobs = G_LIST_MODEL (yj_session_get_queue (yj_window_get_session (window)));

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (jobs, i);

      if (yj_job_get_state (job) == YJ_JOB_SUBMITTING)
        return TRUE;
    }

  return FALSE;
}

static void
response_cb (YjWindow   *window,
             const char *response)
{
  if (g_str_equal (response, "close"))
    yj_window_close_anyway (window);
}

/**
 * yj_closing_ask:
 * @window: a window that is about to be closed, its session open
 *
 * Asks the person when closing would break off a job that is being sent: nobody could say then whether the platform took
 * it. Who says so closes by [method@Yj.Window.close_anyway].
 *
 * Returns: whether it asks; the window is to stay
 */
gboolean
yj_closing_ask (YjWindow *window)
{
  AdwDialog *dialog;

  g_return_val_if_fail (YJ_IS_WINDOW (window), FALSE);

  if (!is_sending (window))
    return FALSE;

  dialog = adw_alert_dialog_new (_("A Job Is Being Sent"),
                                 _("If you close now, nobody can tell whether the platform took it and charged for it."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "stay", _("_Keep Open"), "close", _("_Close Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "stay");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), window, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (window));

  return TRUE;
}
