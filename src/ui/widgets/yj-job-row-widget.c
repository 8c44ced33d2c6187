/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-row-widget"

#include "yj-job-row-widget.h"

#include <glib/gi18n.h>

#include "yj-console.h"
#include "yj-job-text.h"
#include "yj-poster-image.h"

struct _YjJobRowWidget
{
  GtkWidget       parent_instance;

  GtkWidget      *box;
  GtkWidget      *cover;
  GtkLabel       *title;
  GtkLabel       *model;
  GtkLabel       *state;
  GtkLabel       *advice;
  GtkProgressBar *progress;

  YjJobQueue     *queue;
  YjJob          *job;
  gulong          notify_id;
  guint           clock_id;     /* turns the seconds of a job under way, while it is on screen */
};

typedef enum
{
  PROP_QUEUE = 1,
  PROP_JOB,
} YjJobRowWidgetProps;

static GParamSpec *props[PROP_JOB + 1];

G_DEFINE_FINAL_TYPE (YjJobRowWidget, yj_job_row_widget, GTK_TYPE_WIDGET)

/* The platform's cover, else the video's own picture; an icon for what has neither. */
static void
update_cover (YjJobRowWidget *self)
{
  GFile *file = yj_job_get_cover (self->job) != NULL ? yj_job_get_cover (self->job) : yj_job_get_file (self->job);
  const char *icon = yj_job_text_get_icon (yj_job_get_state (self->job));

  g_object_set (self->cover, "file", file, "icon-name", icon != NULL ? icon : "video-x-generic-symbolic", NULL);
}

static void
update_progress (YjJobRowWidget *self)
{
  YjJobState state = yj_job_get_state (self->job);
  gint64 moved = yj_job_get_moved (self->job), total = yj_job_get_total (self->job);
  gboolean moves = (state == YJ_JOB_SUBMITTING || state == YJ_JOB_DOWNLOADING) && total > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), moves);
  if (moves)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double) moved / (double) total, 0, 1));
}

static void
update_words (YjJobRowWidget *self)
{
  YjJobState state = yj_job_get_state (self->job);
  g_autofree char *words = yj_job_text_dup_state (self->job), *facts = yj_job_text_dup_facts (self->job);
  g_autofree char *line = *facts != '\0' ? g_strdup_printf ("%s · %s", words, facts) : g_strdup (words);
  const char *prompt = yj_job_get_prompt (self->job);
  g_autofree char *advice = yj_job_text_dup_advice (self->job);
  g_autofree char *flat = g_strdelimit (g_strstrip (g_strdup (prompt != NULL ? prompt : "")), "\n\t", ' ');

  gtk_label_set_label (self->title, flat);
  gtk_label_set_label (self->model, yj_job_get_model_name (self->job));
  gtk_label_set_label (self->state, line);
  gtk_label_set_label (self->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->advice), advice != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "warning");
  if (state == YJ_JOB_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  else if (state == YJ_JOB_UNCONFIRMED || state == YJ_JOB_EXPIRED || yj_job_get_resting (self->job))
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "warning");
}

static void
update_actions (YjJobRowWidget *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  YjJobState state = yj_job_get_state (self->job);
  gboolean has_task = yj_job_get_task_id (self->job) != NULL;
  gboolean final = yj_job_state_is_final (state);

  gtk_widget_action_set_enabled (widget, "job.show", state == YJ_JOB_READY);
  gtk_widget_action_set_enabled (widget, "job.send", state == YJ_JOB_WAITING);
  gtk_widget_action_set_enabled (widget, "job.withdraw", state == YJ_JOB_WAITING || state == YJ_JOB_SUBMITTING);
  gtk_widget_action_set_enabled (widget, "job.check", has_task && state != YJ_JOB_READY && state != YJ_JOB_DOWNLOADING);
  gtk_widget_action_set_enabled (widget, "job.download", has_task && (state == YJ_JOB_READY || state == YJ_JOB_EXPIRED));
  gtk_widget_action_set_enabled (widget, "job.submit", final && state != YJ_JOB_READY);
  gtk_widget_action_set_enabled (widget, "job.console", state == YJ_JOB_UNCONFIRMED);
  gtk_widget_action_set_enabled (widget, "job.remove", final && state != YJ_JOB_READY);
}

static gboolean
clock_cb (gpointer user_data)
{
  update_words (user_data);
  return G_SOURCE_CONTINUE;
}

/* The seconds turn only while they are seen and only while the job is with the platform. */
static void
update_clock (YjJobRowWidget *self)
{
  YjJobState state = self->job != NULL ? yj_job_get_state (self->job) : YJ_JOB_READY;
  gboolean turns = gtk_widget_get_mapped (GTK_WIDGET (self)) &&
                   (state == YJ_JOB_CREATED || state == YJ_JOB_PENDING || state == YJ_JOB_RUNNING);

  if (turns && self->clock_id == 0)
    self->clock_id = g_timeout_add_seconds (1, clock_cb, self);
  else if (!turns)
    g_clear_handle_id (&self->clock_id, g_source_remove);
}

static void
update (YjJobRowWidget *self)
{
  update_words (self);
  update_progress (self);
  update_cover (self);
  update_actions (self);
  update_clock (self);
}

static void
notify_cb (YjJob          *job,
           GParamSpec     *pspec,
           YjJobRowWidget *self)
{
  if (g_str_equal (pspec->name, "moved") || g_str_equal (pspec->name, "total"))
    {
      update_words (self);
      update_progress (self);
    }
  else
    update (self);
}

static void
set_job (YjJobRowWidget *self,
         YjJob          *job)
{
  if (self->job == job)
    return;

  if (self->job != NULL)
    g_clear_signal_handler (&self->notify_id, self->job);
  g_set_object (&self->job, job);
  if (job != NULL)
    {
      self->notify_id = g_signal_connect (job, "notify", G_CALLBACK (notify_cb), self);
      update (self);
    }
  else
    update_clock (self);
}

/* ---- actions */
static void
send_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (widget);

  /* a job that waits is not doubled by this, but tried at once */
  if (yj_job_get_state (self->job) == YJ_JOB_WAITING)
    yj_job_queue_submit_again (self->queue, self->job);
}

static void
withdraw_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (widget);

  yj_job_queue_withdraw (self->queue, self->job);
}

static void
check_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (widget);

  yj_job_queue_check_again (self->queue, self->job);
}

static void
download_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (widget);

  yj_job_queue_download_again (self->queue, self->job);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (YJ_IS_WINDOW (root))
    yj_window_remove_job (YJ_WINDOW (root), self->job);
}

static void
console_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (YJ_IS_WINDOW (root))
    yj_console_open (YJ_WINDOW (root), "balance");
}

static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (YJ_IS_WINDOW (root))
    yj_window_show_job (YJ_WINDOW (root), self->job);
}

static void
reuse_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr(GError) error = NULL;
  g_autoptr(YjDraft) draft = yj_job_queue_new_draft (self->queue, self->job, &error);

  if (!YJ_IS_WINDOW (root))
    return;
  if (draft != NULL)
    yj_window_show_draft (YJ_WINDOW (root), draft);
  else
    yj_window_show_error (YJ_WINDOW (root), error);
}

static void
submit_response_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(YjJobRowWidget) self = user_data;
  g_autofree char *response = g_strdup (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result));

  if (g_strcmp0 (response, "submit") == 0 && self->job != NULL && self->queue != NULL)
    yj_job_queue_submit_again (self->queue, self->job);
}

static void
submit_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (widget);
  gboolean unsure = yj_job_get_state (self->job) == YJ_JOB_UNCONFIRMED;
  AdwDialog *dialog = adw_alert_dialog_new (_("Submit Again?"),
    unsure ? _("The first submission may have been accepted. Submitting again makes a second job, and both may be charged.")
           : _("This makes a new job of the same recipe, which is charged like any other."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "submit", _("_Submit Again"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "submit",
                                            unsure ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), widget, NULL, submit_response_cb, g_object_ref (self));
}

/* ---- type */
static void
yj_job_row_widget_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (yj_job_row_widget_parent_class)->map (widget);
  if (YJ_JOB_ROW_WIDGET (widget)->job != NULL)
    update_words (YJ_JOB_ROW_WIDGET (widget));
  update_clock (YJ_JOB_ROW_WIDGET (widget));
}

static void
yj_job_row_widget_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (yj_job_row_widget_parent_class)->unmap (widget);
  update_clock (YJ_JOB_ROW_WIDGET (widget));
}

static void
yj_job_row_widget_dispose (GObject *object)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (object);

  if (self->job != NULL)
    g_clear_signal_handler (&self->notify_id, self->job);
  g_clear_handle_id (&self->clock_id, g_source_remove);
  g_clear_object (&self->job);
  g_clear_object (&self->queue);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_JOB_ROW_WIDGET);

  G_OBJECT_CLASS (yj_job_row_widget_parent_class)->dispose (object);
}

static void
yj_job_row_widget_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (object);

  switch ((YjJobRowWidgetProps) prop_id)
    {
    case PROP_QUEUE:
      g_value_set_object (value, self->queue);
      break;
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    }
}

static void
yj_job_row_widget_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (object);

  switch ((YjJobRowWidgetProps) prop_id)
    {
    case PROP_QUEUE:
      g_set_object (&self->queue, g_value_get_object (value));
      break;
    case PROP_JOB:
      set_job (self, g_value_get_object (value));
      break;
    }
}

static void
yj_job_row_widget_class_init (YjJobRowWidgetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_job_row_widget_dispose;
  object_class->get_property = yj_job_row_widget_get_property;
  object_class->set_property = yj_job_row_widget_set_property;
  widget_class->map = yj_job_row_widget_map;
  widget_class->unmap = yj_job_row_widget_unmap;

  /**
   * YjJobRowWidget:queue:
   *
   * What the actions are asked of.
   */
  props[PROP_QUEUE] = g_param_spec_object ("queue", NULL, NULL, YJ_TYPE_JOB_QUEUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * YjJobRowWidget:job:
   *
   * The job on show, or %NULL.
   */
  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, YJ_TYPE_JOB, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_install_action (widget_class, "job.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "job.withdraw", NULL, withdraw_action);
  gtk_widget_class_install_action (widget_class, "job.check", NULL, check_action);
  gtk_widget_class_install_action (widget_class, "job.download", NULL, download_action);
  gtk_widget_class_install_action (widget_class, "job.submit", NULL, submit_action);
  gtk_widget_class_install_action (widget_class, "job.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "job.console", NULL, console_action);
  gtk_widget_class_install_action (widget_class, "job.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "job.reuse", NULL, reuse_action);

  g_type_ensure (YJ_TYPE_POSTER_IMAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-job-row-widget.ui");
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, box);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, cover);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, title);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, state);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, model);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, advice);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, progress);
}

static void
yj_job_row_widget_init (YjJobRowWidget *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_job_row_widget_new:
 * @queue: what the actions are asked of
 * @job: the job to show
 *
 * Returns: (transfer floating): a line about @job
 */
GtkWidget *
yj_job_row_widget_new (YjJobQueue *queue,
                       YjJob      *job)
{
  return g_object_new (YJ_TYPE_JOB_ROW_WIDGET, "queue", queue, "job", job, NULL);
}
