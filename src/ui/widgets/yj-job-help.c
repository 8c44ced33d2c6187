/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-help"

#include "yj-job-help.h"

#include <glib/gi18n.h>

#include "yj-blame.h"
#include "yj-error-text.h"
#include "yj-error.h"
#include "yj-failure-advice.h"
#include "yj-job-text.h"
#include "yj-poster-image.h"
#include "yj-recipe.h"

struct _YjJobHelp
{
  AdwBin        parent_instance;

  GtkWidget    *blamed;         /* the picture of a file and a word on it */
  GtkWidget    *picture;
  GtkLabel     *name;
  GtkLabel     *advice;
  GtkLabel     *said;           /* the platform's own words */
  GtkBox       *ways;           /* each a button, and what it does */
  GtkSizeGroup *buttons;        /* of the same width, so that the words stand below each other */
  char         *shown_for;      /* what it was made for: it changes seldom */
};

G_DEFINE_FINAL_TYPE (YjJobHelp, yj_job_help, ADW_TYPE_BIN)

/* @target: (nullable): of the action, a string. */
static void
add_way (YjJobHelp  *self,
         const char *label,
         const char *action,
         const char *target,
         const char *words)
{
  GtkWidget *way = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *button = gtk_button_new_with_label (label);
  GtkWidget *what = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f,
                                  "hexpand", TRUE, NULL);

  /* the target before the name: a name alone does not fit an action that takes a target */
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "job-help-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (what, "caption");
  gtk_widget_add_css_class (what, "dimmed");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, what, NULL, -1);
  gtk_size_group_add_widget (self->buttons, button);
  gtk_box_append (GTK_BOX (way), button);
  gtk_box_append (GTK_BOX (way), what);
  gtk_box_append (self->ways, way);
}

/* What mends the cause, where it is the key or the money. What has ended goes on with no key. */
static void
add_remedy (YjJobHelp *self,
            YjJob     *job)
{
  if (yj_job_get_error_code (job) == YJ_ERROR_UNAUTHORIZED)
    add_way (self, _("Enter API Key"), "win.enter-key", NULL,
             yj_job_state_is_final (yj_job_get_state (job)) ? _("Free: then submit it again") : _("It goes on with a key that is accepted"));
  else if (yj_job_get_error_code (job) == YJ_ERROR_BALANCE)
    add_way (self, _("Top Up"), "app.console", "top-up", _("On the web console"));
}

/* Whether a job waits for more than its turn in a moment: one that does not gets no button that is gone at once. */
static gboolean
really_waits (YjJobQueue *queue,
              YjJob      *job)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (queue));

  if (yj_job_get_state (job) != YJ_JOB_WAITING)
    return FALSE;
  if (yj_job_get_line (job) > 1 || yj_job_get_resting (job) || yj_job_queue_get_limit (queue) > 0)
    return TRUE;

  /* behind one that is being sent, which may be long */
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjJob) other = g_list_model_get_item (G_LIST_MODEL (queue), i);

      if (yj_job_get_state (other) == YJ_JOB_SUBMITTING)
        return TRUE;
    }

  return FALSE;
}

/* What rests, or waits behind others. */
static void
add_waiting (YjJobHelp  *self,
             YjJobQueue *queue,
             YjJob      *job)
{
  gboolean error = yj_job_get_error_code (job) >= 0 || yj_job_get_error_message (job) != NULL;

  if (!error && !really_waits (queue, job))
    return;

  add_remedy (self, job);
  /* with a key that was refused nothing is tried */
  if (error && yj_job_get_error_code (job) != YJ_ERROR_UNAUTHORIZED)
    add_way (self, _("Try Now"), "job.send", NULL, _("It was not sent yet"));
  add_way (self, _("Withdraw"), "job.withdraw", NULL, _("Free: nothing was sent"));
}

static void
add_unconfirmed (YjJobHelp *self,
                 YjJob     *job)
{
  if (yj_job_get_task_id (job) != NULL)
    add_way (self, _("Check Again"), "job.check", NULL, _("Free: asks the platform once more"));
  else
    add_way (self, _("Check on the Web"), "job.console", NULL, _("Free: the account’s records say whether it was taken"));
  add_way (self, _("Submit Again…"), "job.submit", NULL, _("A new order, which is charged; both may be"));
  add_way (self, _("Dismiss"), "job.remove", NULL, _("Takes it out of the list: nothing is sent"));
}

static void
add_ended (YjJobHelp *self,
           YjJob     *job)
{
  add_remedy (self, job);
  if (yj_job_get_task_id (job) != NULL && yj_job_get_error_code (job) != YJ_ERROR_REFUSED && !yj_job_get_lost (job))
    {
      add_way (self, _("Check Again"), "job.check", NULL, _("Free: asks the platform once more"));
      if (yj_job_get_made (job))
        add_way (self, _("Download Again"), "job.download", NULL, _("Free: fetches the video once more"));
    }
  add_way (self, _("Change…"), "job.reuse", NULL, _("Free: opens it as a draft"));
  add_way (self, _("Submit Again…"), "job.submit", NULL, _("A new order, which is charged"));
}

static void
fill_ways (YjJobHelp  *self,
           YjJobQueue *queue,
           YjJob      *job)
{
  GtkWidget *way;

  while ((way = gtk_widget_get_first_child (GTK_WIDGET (self->ways))) != NULL)
    gtk_box_remove (self->ways, way);

  switch (yj_job_get_state (job))
    {
    case YJ_JOB_WAITING:
      add_waiting (self, queue, job);
      break;
    case YJ_JOB_UNCONFIRMED:
      add_unconfirmed (self, job);
      break;
    case YJ_JOB_FAILED:
    case YJ_JOB_EXPIRED:
      add_ended (self, job);
      break;
    case YJ_JOB_READY:
      if (yj_recipe_is_cheap (yj_job_get_recipe (job)))
        add_way (self, _("Make Final…"), "job.final", NULL, _("The same with the full values, as a new order"));
      break;
    case YJ_JOB_CREATED:
    case YJ_JOB_PENDING:
    case YJ_JOB_RUNNING:
      if (yj_job_get_resting (job))
        add_remedy (self, job);
      break;
    case YJ_JOB_DOWNLOADING:
      if (yj_job_get_resting (job) || yj_job_get_error_message (job) != NULL)
        {
          add_remedy (self, job);
          add_way (self, _("Download Again"), "job.download", NULL, _("Free: fetches the video once more"));
        }
      break;
    case YJ_JOB_SUBMITTING:
    case YJ_JOB_CANCELLED:
      break;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->ways), gtk_widget_get_first_child (GTK_WIDGET (self->ways)) != NULL);
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

static void
show_words (GtkLabel   *label,
            const char *words)
{
  gtk_label_set_label (label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL);
}

/* Why it failed, what to change, and what is known of the bill; the platform's own words for themselves. */
static void
show_failure (YjJobHelp *self,
              YjJob     *job)
{
  const char *message = yj_job_get_error_message (job);
  /* of the key and of the money the code says it all */
  gboolean plain = yj_job_get_error_code (job) == YJ_ERROR_BALANCE || yj_job_get_error_code (job) == YJ_ERROR_UNAUTHORIZED;
  const char *known = plain ? NULL : yj_failure_advice_get (message);
  g_autofree char *cause = known != NULL ? g_strdup (known) : yj_error_text_dup_code (yj_job_get_error_code (job), NULL);
  g_autofree char *advice = NULL, *said = NULL;

  if (yj_job_get_task_id (job) != NULL)
    /* translators: %s: a sentence or two on what went wrong */
    advice = g_strdup_printf (_("%s Whether it was charged was not said; the account’s records show it."), cause);
  else
    advice = g_steal_pointer (&cause);
  if (message != NULL && *message != '\0' && !plain)
    /* translators: %s: the words of the platform or of the system, as they came */
    said = g_strdup_printf (_("“%s”"), gettext (message));
  show_words (self->advice, advice);
  show_words (self->said, said);
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
  shown_for = g_strdup_printf ("%s %d %d %d %d %s", yj_job_get_uuid (job), yj_job_get_state (job), yj_job_get_resting (job),
                               really_waits (queue, job), yj_job_get_error_code (job), message != NULL ? message : "");
  if (!g_set_str (&self->shown_for, shown_for))
    return;

  if (yj_job_get_state (job) == YJ_JOB_FAILED)
    show_failure (self, job);
  else
    {
      advice = yj_job_text_dup_advice (job);
      show_words (self->advice, advice);
      show_words (self->said, NULL);
    }
  show_blamed (self, queue, job);
  fill_ways (self, queue, job);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (GTK_WIDGET (self->advice)) ||
                                             gtk_widget_get_visible (self->blamed) ||
                                             gtk_widget_get_visible (GTK_WIDGET (self->ways)));
}

static void
yj_job_help_finalize (GObject *object)
{
  YjJobHelp *self = YJ_JOB_HELP (object);

  g_free (self->shown_for);
  g_clear_object (&self->buttons);

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

  self->blamed = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->picture = g_object_new (YJ_TYPE_POSTER_IMAGE, "size", 64, "content-fit", GTK_CONTENT_FIT_COVER, NULL);
  self->name = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "hexpand", TRUE, NULL);
  self->advice = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  self->said = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible", FALSE,
                             "selectable", TRUE, NULL);
  self->ways = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  self->buttons = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->advice), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->said), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->said), "dimmed");
  gtk_widget_add_css_class (frame, "summary-picture");
  gtk_overlay_add_overlay (GTK_OVERLAY (frame), self->picture);
  gtk_box_append (GTK_BOX (self->blamed), frame);
  gtk_box_append (GTK_BOX (self->blamed), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (box), self->blamed);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->advice));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->said));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->ways));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  adw_bin_set_child (ADW_BIN (self), box);
}
