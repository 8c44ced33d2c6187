/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-row-widget"

#include "yj-job-row-widget.h"

#include <glib/gi18n.h>

#include "yj-cap-ask.h"
#include "yj-console.h"
#include "yj-draft-summary.h"
#include "yj-error.h"
#include "yj-experience.h"
#include "yj-job-help.h"
#include "yj-job-text.h"
#include "yj-poster-image.h"
#include "yj-recipe.h"
#include "yj-stop-sending.h"

struct _YjJobRowWidget
{
  GtkWidget       parent_instance;

  GtkWidget      *box;
  GtkWidget      *cover;
  GtkLabel       *title;
  GtkLabel       *model;
  GtkLabel       *state;
  YjJobHelp      *help;
  GtkProgressBar *progress;

  YjJobQueue     *queue;
  YjJob          *job;
  gulong          notify_id;
  guint           clock_id;     /* turns the seconds of a job under way, while it is on screen */
  YjUsualWait     usual;        /* of jobs like it, as known when it came to its state */
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

static gboolean
is_with_platform (YjJobState state)
{
  return state == YJ_JOB_CREATED || state == YJ_JOB_PENDING || state == YJ_JOB_RUNNING;
}

/* How long it usually takes, once one's own jobs have shown it: no percent is made up. */
static char *
dup_usual (YjJobRowWidget *self)
{
  gint64 since = g_get_real_time () - yj_job_get_submitted (self->job);
  g_autofree char *time = NULL;

  if (self->usual.n == 0 || !is_with_platform (yj_job_get_state (self->job)))
    return NULL;
  if (self->usual.n >= 5 && since > self->usual.ninth)
    return g_strdup (_("longer than nine of ten"));

  time = yj_job_text_dup_duration (self->usual.median * 1000);
  /* translators: %s: a time as 2:10 */
  return g_strdup_printf (_("usually %s"), time);
}

/* What a job that waits behind others waits for. */
static char *
dup_line (YjJobRowWidget *self)
{
  guint line = yj_job_get_line (self->job), limit = yj_job_queue_get_limit (self->queue);

  if (line == 0 || yj_job_get_resting (self->job))
    return NULL;
  if (line > 1)
    /* translators: %d: its place among the jobs that wait to be sent */
    return g_strdup_printf (_("Waiting to be sent: number %d in line"), (int) line);
  if (limit > 0)
    return g_strdup_printf (ngettext ("Next in line: the platform takes %d job at once", "Next in line: the platform takes %d jobs at once",
                                      limit), (int) limit);

  return NULL;
}

static char *
dup_state (YjJobRowWidget *self)
{
  g_autofree char *words = dup_line (self), *facts = yj_job_text_dup_facts (self->job), *usual = dup_usual (self);

  if (words == NULL && yj_job_get_state (self->job) == YJ_JOB_FAILED)
    /* why stands below; what was not taken costs nothing, which is not known of what was */
    words = g_strdup (yj_job_get_task_id (self->job) != NULL ? _("It could not be made") : _("It was not accepted"));
  if (words == NULL)
    words = yj_job_text_dup_state (self->job);
  if (*facts == '\0')
    g_set_str (&facts, NULL);

  return g_strjoin (" · ", words, facts != NULL ? facts : usual, facts != NULL ? usual : NULL, NULL);
}

/* The model's title; its wire name as long as the row is in no window, or when the catalogue has lost it. */
static const char *
get_model_title (YjJobRowWidget *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  YjModel *model = NULL;

  if (YJ_IS_WINDOW (root))
    model = yj_catalog_find_by_id (yj_session_get_catalog (yj_window_get_session (YJ_WINDOW (root))), yj_job_get_model_id (self->job));

  return model != NULL ? yj_model_get_title (model) : yj_job_get_model_name (self->job);
}

static void
update_words (YjJobRowWidget *self)
{
  YjJobState state = yj_job_get_state (self->job);
  g_autofree char *line = dup_state (self);
  const char *prompt = yj_job_get_prompt (self->job), *title = get_model_title (self);
  g_autofree char *flat = g_strdelimit (g_strstrip (g_strdup (prompt != NULL ? prompt : "")), "\n\t", ' ');
  /* translators: %s: title of a model; the job is a cheap try of a dearer one */
  g_autofree char *model = yj_recipe_is_cheap (yj_job_get_recipe (self->job)) ? g_strdup_printf (_("%s · cheap try"), title) : g_strdup (title);

  gtk_label_set_label (self->title, flat);
  gtk_label_set_label (self->model, model);
  gtk_label_set_label (self->state, line);
  yj_job_help_show (self->help, self->queue, self->job);
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
  gtk_widget_action_set_enabled (widget, "job.send", state == YJ_JOB_WAITING && yj_job_get_error_code (self->job) != YJ_ERROR_UNAUTHORIZED);
  gtk_widget_action_set_enabled (widget, "job.withdraw", state == YJ_JOB_WAITING || state == YJ_JOB_SUBMITTING);
  gtk_widget_action_set_enabled (widget, "job.check", has_task && state != YJ_JOB_READY && state != YJ_JOB_DOWNLOADING);
  gtk_widget_action_set_enabled (widget, "job.download", has_task &&
                                 (state == YJ_JOB_READY || (state == YJ_JOB_EXPIRED && yj_job_get_made (self->job)) ||
                                  (state == YJ_JOB_DOWNLOADING && (yj_job_get_resting (self->job) || yj_job_get_error_message (self->job) != NULL)) ||
                                  (state == YJ_JOB_FAILED && yj_job_get_made (self->job) && yj_job_get_error_code (self->job) != YJ_ERROR_REFUSED)));
  gtk_widget_action_set_enabled (widget, "job.submit", final && state != YJ_JOB_READY);
  gtk_widget_action_set_enabled (widget, "job.console", state == YJ_JOB_UNCONFIRMED);
  gtk_widget_action_set_enabled (widget, "job.remove", final && state != YJ_JOB_READY);
  gtk_widget_action_set_enabled (widget, "job.final", state == YJ_JOB_READY && yj_recipe_is_cheap (yj_job_get_recipe (self->job)));
  gtk_widget_action_set_enabled (widget, "job.earlier", yj_job_get_line (self->job) > 1);
  gtk_widget_action_set_enabled (widget, "job.later", yj_job_get_line (self->job) > 0);
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
  gboolean turns = gtk_widget_get_mapped (GTK_WIDGET (self)) && is_with_platform (state);

  if (turns && self->clock_id == 0)
    self->clock_id = g_timeout_add_seconds (1, clock_cb, self);
  else if (!turns)
    g_clear_handle_id (&self->clock_id, g_source_remove);
}

static void
update (YjJobRowWidget *self)
{
  if (is_with_platform (yj_job_get_state (self->job)))
    self->usual = yj_experience_get_wait (self->queue, self->job);
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

  yj_stop_sending (widget, self->queue, self->job);
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
    yj_cap_ask_for_again (GTK_WIDGET (self), self->queue, self->job);
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

static void
move_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (widget);

  yj_job_queue_move (self->queue, self->job, g_str_equal (action_name, "job.earlier") ? -1 : 1);
}

static void
final_added_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(YjJobRowWidget) self = user_data;
  g_autoptr(GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (yj_job_queue_add_finish (YJ_JOB_QUEUE (object), result, &error) == NULL && YJ_IS_WINDOW (root))
    yj_window_show_error (YJ_WINDOW (root), error);
}

typedef struct
{
  YjJobRowWidget *self;
  YjDraft        *draft;
} Final;

static void
final_cap_cb (gboolean go,
              gpointer user_data)
{
  Final *final = user_data;

  if (go && final->self->queue != NULL)
    yj_job_queue_add_async (final->self->queue, final->draft, TRUE, NULL, final_added_cb, g_object_ref (final->self));
  g_object_unref (final->self);
  g_object_unref (final->draft);
  g_free (final);
}

static void
order_final (YjJobRowWidget *self,
             YjDraft        *draft)
{
  g_autoptr(GPtrArray) drafts = g_ptr_array_new ();
  Final *final = g_new (Final, 1);

  *final = (Final) { g_object_ref (self), g_object_ref (draft) };
  g_ptr_array_add (drafts, draft);
  yj_cap_ask (GTK_WIDGET (self), self->queue, drafts, 1, final_cap_cb, final);
}

static void
final_response_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(YjJobRowWidget) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);
  YjDraft *draft = g_object_get_data (object, "yj-draft");

  if (g_strcmp0 (response, "final") == 0 && self->queue != NULL)
    order_final (self, draft);
}

/* The same with the values that it was a try of: a new order, so it is said what it will be. */
static void
final_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  YjJobRowWidget *self = YJ_JOB_ROW_WIDGET (widget);
  g_autoptr(YjDraft) cheap = yj_job_queue_new_draft (self->queue, self->job, NULL), full = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *values = NULL, *body = NULL;
  AdwAlertDialog *dialog;

  full = yj_job_queue_new_full_draft (self->queue, self->job, &error);
  if (full == NULL || cheap == NULL)
    {
      yj_window_show_error (YJ_WINDOW (gtk_widget_get_root (widget)), error);
      return;
    }

  values = yj_draft_summary_dup_difference (full, cheap);
  /* translators: %s: settings: "1080P, 10 s" */
  body = g_strdup_printf (_("The same prompt and files with %s, as a new order that is charged like any other."), values);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Make Final?"), body));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "final", _("Make _Final"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "final", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "final");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "yj-draft", g_steal_pointer (&full), g_object_unref);
  adw_alert_dialog_choose (dialog, widget, NULL, final_response_cb, g_object_ref (self));
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
  gtk_widget_class_install_action (widget_class, "job.earlier", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "job.later", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "job.final", NULL, final_action);

  g_type_ensure (YJ_TYPE_POSTER_IMAGE);
  g_type_ensure (YJ_TYPE_JOB_HELP);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-job-row-widget.ui");
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, box);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, cover);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, title);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, state);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, model);
  gtk_widget_class_bind_template_child (widget_class, YjJobRowWidget, help);
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

/**
 * yj_job_row_widget_name:
 * @self: a line about a job
 * @row: what holds it
 *
 * Has @row called by the prompt, the model and the state.
 */
void
yj_job_row_widget_name (YjJobRowWidget *self,
                        GtkAccessible  *row)
{
  g_return_if_fail (YJ_IS_JOB_ROW_WIDGET (self));

  gtk_accessible_update_relation (row, GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, self->model, self->state, NULL, -1);
}
