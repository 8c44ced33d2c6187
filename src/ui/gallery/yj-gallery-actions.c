/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-gallery-actions"

#include "yj-gallery-actions.h"

#include <glib/gi18n.h>

#include "yj-cap-ask.h"
#include "yj-export-recipe.h"
#include "yj-frame-grab.h"
#include "yj-gallery-reuse.h"
#include "yj-job-content.h"
#include "yj-lineage.h"
#include "yj-save.h"
#include "yj-stop-sending.h"
#include "yj-window.h"
#include "yj-wrap-box.h"

/* A job and the widget that acts on it, through a wait. */
typedef struct
{
  GtkWidget *widget;
  YjJob     *job;
  GFile     *file;
} Errand;

static Errand *
errand_new (GtkWidget *widget,
            YjJob     *job)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->widget = g_object_ref (widget);
  errand->job = g_object_ref (job);

  return errand;
}

static void
errand_free (Errand *errand)
{
  g_clear_object (&errand->widget);
  g_clear_object (&errand->job);
  g_clear_object (&errand->file);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static YjJob *
dup_job (GtkWidget *widget)
{
  YjJob *job = NULL;

  g_object_get (widget, "job", &job, NULL);

  return job;
}

/* NULL when the widget has meanwhile left the window. */
static YjWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return YJ_IS_WINDOW (root) ? YJ_WINDOW (root) : NULL;
}

static YjJobQueue *
get_queue (GtkWidget *widget)
{
  YjWindow *window = get_window (widget);

  return window != NULL ? yj_session_get_queue (yj_window_get_session (window)) : NULL;
}

static void
show_error (GtkWidget    *widget,
            const GError *error)
{
  YjWindow *window = get_window (widget);

  if (window != NULL)
    yj_window_show_error (window, error);
}

/* ---- free ones */

static void
open_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  if (job != NULL)
    yj_window_show_job (get_window (widget), job);
}

static void
check_again_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  yj_job_queue_check_again (get_queue (widget), job);
}

static void
download_again_cb (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  yj_job_queue_download_again (get_queue (widget), job);
}

static void
withdraw_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  yj_stop_sending (widget, get_queue (widget), job);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  yj_window_remove_job (get_window (widget), job);
}

static void
copy_prompt_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), yj_job_get_prompt (job));
  yj_window_add_toast (get_window (widget), adw_toast_new (_("Prompt copied")));
}

static void
remix_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);
  g_autoptr(GError) error = NULL;
  g_autoptr(YjDraft) draft = yj_job_queue_new_draft (get_queue (widget), job, &error);

  if (draft != NULL)
    {
      g_autofree char *origin = yj_lineage_dup_origin (YJ_LINK_REMIX, job);

      yj_draft_set_origin (draft, origin);
      yj_window_show_draft (get_window (widget), draft);
    }
  else
    show_error (widget, error);
}

/* ---- the one that pays */

static void
submit_answered_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(Errand) errand = user_data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);
  YjJobQueue *queue = get_queue (errand->widget);

  if (g_strcmp0 (answer, "console") == 0)
    gtk_widget_activate_action (errand->widget, "app.console", "s", "balance");
  else if (g_strcmp0 (answer, "submit") == 0 && queue != NULL)
    yj_cap_ask_for_again (errand->widget, queue, errand->job);
}

static void
submit_again_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);
  gboolean unconfirmed = yj_job_get_state (job) == YJ_JOB_UNCONFIRMED;
  AdwAlertDialog *alert;

  /* One that could not be sent is tried once more: it was never ordered, so nothing is paid twice. */
  if (yj_job_get_state (job) == YJ_JOB_WAITING)
    {
      yj_job_queue_submit_again (get_queue (widget), job);
      return;
    }

  alert = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Submit Again?"),
                                                  unconfirmed ?
                                                  _("The first order may have been accepted and charged. Look at the web console first: a second order is charged too.") :
                                                  _("This is a new order of the same video, and it is charged as a new one.")));
  adw_alert_dialog_add_response (alert, "cancel", _("_Cancel"));
  if (unconfirmed)
    adw_alert_dialog_add_response (alert, "console", _("_Open Web Console"));
  adw_alert_dialog_add_response (alert, "submit", _("_Submit Again"));
  adw_alert_dialog_set_response_appearance (alert, "submit", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  adw_alert_dialog_choose (alert, widget, NULL, submit_answered_cb, errand_new (widget, job));
}

/* ---- with the finished file */

static void
extend_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  yj_gallery_reuse_frame (widget, job, YJ_FRAME_LAST, YJ_SLOT_FIRST_FRAME);
}

static void
use_clip_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  yj_gallery_reuse_clip (widget, job);
}

/**
 * yj_gallery_actions_copy:
 * @widget: what asks for it, in the window
 * @jobs: (element-type YjJob): jobs; those without a video are left out
 *
 * Puts their videos on the clipboard, as files.
 */
void
yj_gallery_actions_copy (GtkWidget *widget,
                         GPtrArray *jobs)
{
  g_autoptr(GdkContentProvider) content = NULL;
  g_autofree char *text = NULL;
  guint n;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (jobs != NULL);

  content = yj_job_content_new (jobs);
  if (content == NULL)
    {
      yj_window_add_toast (get_window (widget), adw_toast_new (_("None of these has a video yet")));
      return;
    }
  n = yj_job_content_count (content);
  text = n == 1 ? g_strdup (_("Video copied")) : g_strdup_printf (ngettext ("%u video copied", "%u videos copied", n), n);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
  yj_window_add_toast (get_window (widget), adw_toast_new (text));
}

static void
copy_file_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (jobs, dup_job (widget));
  yj_gallery_actions_copy (widget, jobs);
}

static void
export_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  yj_export_recipe (get_window (widget), job);
}

static void
save_as_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  yj_save_video (get_window (widget), job);
}

static void
shown_in_files_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GError) error = NULL;
  YjWindow *window = get_window (widget);

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (object), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) && window != NULL)
    yj_window_add_toast (window, adw_toast_new (_("No file manager could be opened")));
}

/**
 * yj_gallery_actions_show_in_files:
 * @widget: what asks for it, in the window
 * @job: a finished job
 *
 * Opens the folder of its video in the file manager, the video selected.
 */
void
yj_gallery_actions_show_in_files (GtkWidget *widget,
                                  YjJob     *job)
{
  g_autoptr(GtkFileLauncher) launcher = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (YJ_IS_JOB (job) && yj_job_get_file (job) != NULL);

  launcher = gtk_file_launcher_new (yj_job_get_file (job));
  gtk_file_launcher_open_containing_folder (launcher, GTK_WINDOW (get_window (widget)), NULL, shown_in_files_cb,
                                            g_object_ref (widget));
}

static void
show_in_files_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);

  yj_gallery_actions_show_in_files (widget, job);
}

static void
opened_with_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GError) error = NULL;
  YjWindow *window = get_window (widget);

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (object), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) && window != NULL)
    yj_window_add_toast (window, adw_toast_new (_("No other app could be opened")));
}

/* The desktop asks which app; where it cannot, as without portals, the usual one opens. */
static void
open_with_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  g_autoptr(YjJob) job = dup_job (widget);
  g_autoptr(GtkFileLauncher) launcher = gtk_file_launcher_new (yj_job_get_file (job));

  gtk_file_launcher_set_always_ask (launcher, TRUE);
  gtk_file_launcher_launch (launcher, GTK_WINDOW (get_window (widget)), NULL, opened_with_cb, g_object_ref (widget));
}

/**
 * yj_gallery_actions_install:
 * @klass: a widget class with a property `job`
 *
 * Gives the class the actions `job.open`, `job.check-again`, `job.download-again`, `job.submit-again`,
 * `job.withdraw`, `job.remix`, `job.extend`, `job.use-clip`, `job.copy-file`, `job.export`, `job.save-as`,
 * `job.open-with`, `job.show-in-files`, `job.copy-prompt` and `job.remove`.
 */
void
yj_gallery_actions_install (GtkWidgetClass *klass)
{
  g_return_if_fail (GTK_IS_WIDGET_CLASS (klass));

  gtk_widget_class_install_action (klass, "job.open", NULL, open_cb);
  gtk_widget_class_install_action (klass, "job.check-again", NULL, check_again_cb);
  gtk_widget_class_install_action (klass, "job.download-again", NULL, download_again_cb);
  gtk_widget_class_install_action (klass, "job.submit-again", NULL, submit_again_cb);
  gtk_widget_class_install_action (klass, "job.withdraw", NULL, withdraw_cb);
  gtk_widget_class_install_action (klass, "job.remix", NULL, remix_cb);
  gtk_widget_class_install_action (klass, "job.extend", NULL, extend_cb);
  gtk_widget_class_install_action (klass, "job.use-clip", NULL, use_clip_cb);
  gtk_widget_class_install_action (klass, "job.copy-file", NULL, copy_file_cb);
  gtk_widget_class_install_action (klass, "job.export", NULL, export_cb);
  gtk_widget_class_install_action (klass, "job.save-as", NULL, save_as_cb);
  gtk_widget_class_install_action (klass, "job.open-with", NULL, open_with_cb);
  gtk_widget_class_install_action (klass, "job.show-in-files", NULL, show_in_files_cb);
  gtk_widget_class_install_action (klass, "job.copy-prompt", NULL, copy_prompt_cb);
  gtk_widget_class_install_action (klass, "job.remove", NULL, remove_cb);
}

/**
 * yj_gallery_actions_update:
 * @widget: a widget with the actions
 * @job: (nullable): its job
 *
 * Lets those actions be used that make sense in the state of @job.
 */
void
yj_gallery_actions_update (GtkWidget *widget,
                       YjJob     *job)
{
  YjJobState state = job != NULL ? yj_job_get_state (job) : YJ_JOB_CANCELLED;
  gboolean known = job != NULL && yj_job_get_task_id (job) != NULL;
  gboolean ready = job != NULL && state == YJ_JOB_READY && yj_job_get_file (job) != NULL;
  gboolean over = state == YJ_JOB_FAILED || state == YJ_JOB_EXPIRED;
  gboolean rests = job != NULL && state == YJ_JOB_WAITING && yj_job_get_error_code (job) >= 0;
  const struct { const char *name; gboolean enabled; } actions[] = {
    { "job.open", job != NULL },
    { "job.check-again", known && (over || state == YJ_JOB_UNCONFIRMED) },
    { "job.download-again", known && over && yj_job_get_error_code (job) != YJ_ERROR_REFUSED },
    { "job.submit-again", job != NULL && (over || rests || state == YJ_JOB_UNCONFIRMED || state == YJ_JOB_CANCELLED) },
    { "job.withdraw", job != NULL && (state == YJ_JOB_WAITING || state == YJ_JOB_SUBMITTING) },
    { "job.remix", job != NULL && !yj_job_is_joined (job) },
    { "job.extend", ready },
    { "job.use-clip", ready },
    { "job.copy-file", ready },
    { "job.export", ready },
    { "job.save-as", ready },
    { "job.open-with", ready },
    { "job.show-in-files", ready },
    { "job.copy-prompt", job != NULL && *yj_job_get_prompt (job) != '\0' },
    { "job.remove", job != NULL && yj_job_state_is_final (state) },
  };

  g_return_if_fail (GTK_IS_WIDGET (widget));

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (widget, actions[i].name, actions[i].enabled);
}

static void
add_button (AdwWrapBox *box,
            const char *label,
            const char *action,
            const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  adw_wrap_box_append (box, button);
}

/* What mends the cause, where it is the key or the money. */
static void
add_remedy (AdwWrapBox *box,
            YjJob      *job)
{
  if (yj_job_get_error_code (job) == YJ_ERROR_UNAUTHORIZED)
    add_button (box, _("Enter API Key"), "win.enter-key", NULL);
  else if (yj_job_get_error_code (job) == YJ_ERROR_BALANCE)
    {
      GtkActionable *button;

      /* the target before the name: a name alone does not fit an action that takes a target */
      add_button (box, _("Top Up"), NULL, _("On the web console"));
      button = GTK_ACTIONABLE (gtk_widget_get_last_child (GTK_WIDGET (box)));
      gtk_actionable_set_action_target (button, "s", "top-up");
      gtk_actionable_set_action_name (button, "app.console");
    }
}

/**
 * yj_gallery_actions_fill_buttons:
 * @box: a box inside a widget with the actions
 * @job: (nullable): a job
 *
 * Puts the buttons into @box that help with a job in the state of @job; none for one that is ready or on its way.
 */
void
yj_gallery_actions_fill_buttons (AdwWrapBox *box,
                             YjJob      *job)
{
  g_return_if_fail (ADW_IS_WRAP_BOX (box));

  yj_wrap_box_clear (box);
  if (job == NULL)
    return;

  switch (yj_job_get_state (job))
    {
    case YJ_JOB_WAITING:
    case YJ_JOB_SUBMITTING:
      if (yj_job_get_state (job) == YJ_JOB_WAITING && yj_job_get_error_code (job) >= 0)
        {
          add_remedy (box, job);
          add_button (box, _("Try Now"), "job.submit-again", _("It was not sent yet"));
        }
      add_button (box, _("Withdraw"), "job.withdraw", _("Free as long as nothing was accepted"));
      break;
    case YJ_JOB_FAILED:
    case YJ_JOB_EXPIRED:
      add_remedy (box, job);
      if (yj_job_get_task_id (job) != NULL)
        add_button (box, _("Check Again"), "job.check-again", _("Free: asks the platform once more"));
      if (yj_job_get_task_id (job) != NULL && yj_job_get_error_code (job) != YJ_ERROR_REFUSED)
        add_button (box, _("Download Again"), "job.download-again", _("Free: fetches the video once more"));
      add_button (box, _("Submit Again"), "job.submit-again", _("A new order, which is charged"));
      break;
    case YJ_JOB_UNCONFIRMED:
      if (yj_job_get_task_id (job) != NULL)
        add_button (box, _("Check Again"), "job.check-again", _("Free: asks the platform once more"));
      add_button (box, _("Submit Again"), "job.submit-again", _("A new order, which is charged"));
      add_button (box, _("Forget"), "job.remove", _("Take it out of the gallery"));
      break;
    case YJ_JOB_CANCELLED:
      add_button (box, _("Submit Again"), "job.submit-again", _("A new order, which is charged"));
      break;
    case YJ_JOB_CREATED:
    case YJ_JOB_PENDING:
    case YJ_JOB_RUNNING:
    case YJ_JOB_DOWNLOADING:
    case YJ_JOB_READY:
      break;
    }
  gtk_widget_set_visible (GTK_WIDGET (box), gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL);
}
