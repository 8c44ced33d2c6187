/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-help"

#include "yj-job-help.h"

#include <glib/gi18n.h>

#include "yj-blame.h"
#include "yj-error.h"
#include "yj-failure-advice.h"
#include "yj-job-text.h"
#include "yj-poster-image.h"
#include "yj-recipe.h"
#include "yj-wrap-box.h"

struct _YjJobHelp
{
  AdwBin      parent_instance;

  GtkLabel   *advice;
  GtkWidget  *blamed;           /* the picture of a file and a word on it */
  GtkWidget  *picture;
  GtkLabel   *name;
  AdwWrapBox *buttons;
  char       *shown_for;        /* what it was made for: it changes seldom */
};

G_DEFINE_FINAL_TYPE (YjJobHelp, yj_job_help, ADW_TYPE_BIN)

static void
add_button (YjJobHelp  *self,
            const char *label,
            const char *action,
            const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "job-help-button");
  adw_wrap_box_append (self->buttons, button);
}

static void
add_target_button (YjJobHelp  *self,
                   const char *label,
                   const char *action,
                   const char *target,
                   const char *tooltip)
{
  GtkActionable *button;

  /* the target before the name: a name alone does not fit an action that takes a target */
  add_button (self, label, NULL, tooltip);
  button = GTK_ACTIONABLE (gtk_widget_get_last_child (GTK_WIDGET (self->buttons)));
  gtk_actionable_set_action_target (button, "s", target);
  gtk_actionable_set_action_name (button, action);
}

/* What mends the cause, where it is the key or the money. */
static void
add_remedy (YjJobHelp *self,
            YjJob     *job)
{
  if (yj_job_get_error_code (job) == YJ_ERROR_UNAUTHORIZED)
    add_button (self, _("Enter API Key"), "win.enter-key", NULL);
  else if (yj_job_get_error_code (job) == YJ_ERROR_BALANCE)
    add_target_button (self, _("Top Up"), "app.console", "top-up", _("On the web console"));
}

static void
fill_buttons (YjJobHelp *self,
              YjJob     *job)
{
  gboolean has_task = yj_job_get_task_id (job) != NULL;

  yj_wrap_box_clear (self->buttons);
  switch (yj_job_get_state (job))
    {
    case YJ_JOB_WAITING:
      if (yj_job_get_resting (job) && yj_job_get_error_code (job) >= 0)
        {
          add_remedy (self, job);
          add_button (self, _("_Try Now"), "job.send", _("It was not sent yet"));
        }
      break;
    case YJ_JOB_UNCONFIRMED:
      if (has_task)
        add_button (self, _("_Check Again"), "job.check", _("Free: asks the platform once more"));
      else
        add_button (self, _("_Check on the Web"), "job.console", _("Free: the account’s records say whether it was taken"));
      add_button (self, _("_Submit Again…"), "job.submit", _("A new order, which is charged; both may be"));
      add_button (self, _("_Dismiss"), "job.remove", _("Take it out of the list: nothing is sent"));
      break;
    case YJ_JOB_FAILED:
    case YJ_JOB_EXPIRED:
      add_remedy (self, job);
      if (has_task && yj_job_get_error_code (job) != YJ_ERROR_REFUSED)
        {
          add_button (self, _("_Check Again"), "job.check", _("Free: asks the platform once more"));
          add_button (self, _("D_ownload Again"), "job.download", _("Free: fetches the video once more"));
        }
      add_button (self, _("Chan_ge…"), "job.reuse", _("Opens it as a draft"));
      add_button (self, _("_Submit Again…"), "job.submit", _("A new order, which is charged"));
      break;
    case YJ_JOB_READY:
      if (yj_recipe_is_cheap (yj_job_get_recipe (job)))
        add_button (self, _("Make _Final…"), "job.final", _("The same with the full values, as a new order"));
      break;
    case YJ_JOB_SUBMITTING:
    case YJ_JOB_CREATED:
    case YJ_JOB_PENDING:
    case YJ_JOB_RUNNING:
    case YJ_JOB_DOWNLOADING:
    case YJ_JOB_CANCELLED:
      break;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), gtk_widget_get_first_child (GTK_WIDGET (self->buttons)) != NULL);
}

/* The file that a refusal is about, as the person knows it. */
static void
show_blamed (YjJobHelp  *self,
             YjJobQueue *queue,
             YjJob      *job)
{
  gboolean failed = yj_job_get_state (job) == YJ_JOB_FAILED && yj_job_get_error_message (job) != NULL;
  g_autoptr(YjDraft) draft = failed ? yj_job_queue_new_draft (queue, job, NULL) : NULL;
  YjDraftFile *file = draft != NULL ? yj_blame_find_file (draft, yj_job_get_error_message (job)) : NULL;

  gtk_widget_set_visible (self->blamed, file != NULL);
  if (file == NULL)
    return;

  g_object_set (self->picture, "file", yj_draft_file_get_file (file), "icon-name",
                yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_AUDIO ? "audio-x-generic-symbolic" : "image-x-generic-symbolic", NULL);
  gtk_label_set_label (self->name, yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_IMAGE ? _("It is about this picture")
                                   : yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_VIDEO ? _("It is about this clip")
                                                                                          : _("It is about this sound"));
}

/**
 * yj_job_help_show:
 * @self: a help
 * @queue: whose job it is
 * @job: a job
 *
 * Shows what can be done about @job in its state.
 */
void
yj_job_help_show (YjJobHelp  *self,
                  YjJobQueue *queue,
                  YjJob      *job)
{
  g_autofree char *advice = NULL, *shown_for = NULL;
  const char *message;

  g_return_if_fail (YJ_IS_JOB_HELP (self));
  g_return_if_fail (YJ_IS_JOB (job));

  message = yj_job_get_error_message (job);
  shown_for = g_strdup_printf ("%s %d %d %d %s", yj_job_get_uuid (job), yj_job_get_state (job), yj_job_get_resting (job),
                               yj_job_get_error_code (job), message != NULL ? message : "");
  if (!g_set_str (&self->shown_for, shown_for))
    return;

  advice = yj_job_text_dup_advice (job);
  if (advice == NULL && yj_job_get_state (job) == YJ_JOB_FAILED)
    advice = g_strdup (yj_failure_advice_get (message));
  gtk_label_set_label (self->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->advice), advice != NULL);
  show_blamed (self, queue, job);
  fill_buttons (self, job);
  gtk_widget_set_visible (GTK_WIDGET (self), advice != NULL || gtk_widget_get_visible (self->blamed) ||
                                             gtk_widget_get_visible (GTK_WIDGET (self->buttons)));
}

static void
yj_job_help_finalize (GObject *object)
{
  g_free (YJ_JOB_HELP (object)->shown_for);

  G_OBJECT_CLASS (yj_job_help_parent_class)->finalize (object);
}

static void
yj_job_help_class_init (YjJobHelpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_job_help_finalize;
}

static void
yj_job_help_init (YjJobHelp *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *frame = g_object_new (GTK_TYPE_OVERLAY, "overflow", GTK_OVERFLOW_HIDDEN, "child",
                                   g_object_new (GTK_TYPE_BOX, "width-request", 56, "height-request", 40, NULL), NULL);

  self->advice = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  self->blamed = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->picture = g_object_new (YJ_TYPE_POSTER_IMAGE, "size", 64, "content-fit", GTK_CONTENT_FIT_COVER, NULL);
  self->name = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, NULL);
  self->buttons = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->buttons, 6);
  adw_wrap_box_set_line_spacing (self->buttons, 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->advice), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->advice), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "caption");
  gtk_widget_add_css_class (frame, "summary-picture");
  gtk_overlay_add_overlay (GTK_OVERLAY (frame), self->picture);
  gtk_box_append (GTK_BOX (self->blamed), frame);
  gtk_box_append (GTK_BOX (self->blamed), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (box), self->blamed);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->advice));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  adw_bin_set_child (ADW_BIN (self), box);
}
