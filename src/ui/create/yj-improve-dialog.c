/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-improve-dialog"

#include "yj-improve-dialog.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"
#include "yj-improve-view.h"
#include "yj-improve.h"
#include "yj-prompt-text.h"
#include "yj-way-out.h"

struct _YjImproveDialog
{
  AdwDialog      parent_instance;

  GtkStack      *stack;
  GtkLabel      *asks;
  AdwEntryRow   *wish;
  GtkWidget     *failure_box;
  GtkLabel      *failure;
  GtkWidget     *way_out;
  GtkLabel      *waiting;
  YjImproveView *view;
  GtkLabel      *missing;
  GtkButton     *use_button;
  GtkButton     *ask_button;

  YjSession     *session;
  YjDraft       *draft;
  char          *chat_model;
  char          *source;        /* the prompt that was asked about */
  GCancellable  *cancellable;   /* of the answer under way, or NULL */
};

enum
{
  ACCEPTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjImproveDialog, yj_improve_dialog, ADW_TYPE_DIALOG)

static void
stop (YjImproveDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* @code: what went wrong, to offer what mends it. */
static void
say_failure (YjImproveDialog *self,
             const char      *text,
             int              code)
{
  gtk_label_set_label (self->failure, text);
  gtk_widget_set_visible (self->way_out, yj_way_out_set (GTK_BUTTON (self->way_out), code));
  gtk_widget_set_visible (self->failure_box, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* Another key: what was wrong with the one before counts no more. */
static void
platform_cb (YjImproveDialog *self)
{
  gtk_widget_set_visible (self->failure_box, FALSE);
}

static void
show_failure (YjImproveDialog *self,
              const GError    *error)
{
  g_autofree char *text = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
                          ? g_strdup (_("No whole prompt came back. Try again."))
                          : g_error_matches (error, YJ_ERROR, YJ_ERROR_CUT)
                          ? g_strdup (_("The connection broke before the answer was whole. Your prompt is as it was; the answer may have been charged."))
                          : yj_error_text_dup (error);

  gtk_stack_set_visible_child_name (self->stack, "ask");
  adw_dialog_set_default_widget (ADW_DIALOG (self), GTK_WIDGET (self->ask_button));
  say_failure (self, text, error->domain == YJ_ERROR ? error->code : -1);
}

/* Whom the answer has forgotten. */
static void
show_missing (YjImproveDialog *self,
              const char      *answer)
{
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (self->source), answered = yj_prompt_text_split (answer);
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);
      gboolean kept = piece->id == NULL;

      for (guint j = 0; !kept && j < answered->len; j++)
        kept = g_strcmp0 (((YjPromptPiece *) g_ptr_array_index (answered, j))->id, piece->id) == 0;
      if (!kept)
        g_string_append_printf (names, "%s@%s", names->len > 0 ? ", " : "", piece->name);
    }
  if (names->len > 0)
    {
      /* translators: %s: names of files that the prompt mentioned, such as @cat */
      g_autofree char *text = g_strdup_printf (_("The answer leaves out %s."), names->str);

      gtk_label_set_label (self->missing, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->missing), names->len > 0);
}

static void
improved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(YjImproveDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = yj_improve_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (answer == NULL)
    {
      show_failure (self, error);
      return;
    }

  yj_improve_view_show (self->view, self->source, answer);
  show_missing (self, answer);
  gtk_stack_set_visible_child_name (self->stack, "answer");
  adw_dialog_set_default_widget (ADW_DIALOG (self), GTK_WIDGET (self->use_button));
  gtk_widget_grab_focus (GTK_WIDGET (self->use_button));
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("The answer is there"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
ask_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  YjImproveDialog *self = YJ_IMPROVE_DIALOG (widget);
  YjPlatform *platform = yj_session_get_platform (self->session);

  if (self->cancellable != NULL)
    return;
  if (platform == NULL)
    {
      say_failure (self, _("Enter an API key, or try without an account."), YJ_ERROR_UNAUTHORIZED);
      return;
    }

  gtk_widget_set_visible (self->failure_box, FALSE);
  g_set_str (&self->source, yj_draft_get_prompt_source (self->draft));
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "wait");
  yj_improve_async (platform, self->chat_model, self->draft, gtk_editable_get_text (GTK_EDITABLE (self->wish)),
                    self->cancellable, improved_cb, g_object_ref (self));
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  YjImproveDialog *self = YJ_IMPROVE_DIALOG (widget);

  stop (self);
  gtk_stack_set_visible_child_name (self->stack, "ask");
  adw_dialog_set_default_widget (ADW_DIALOG (self), GTK_WIDGET (self->ask_button));
  gtk_widget_grab_focus (GTK_WIDGET (self->wish));
}

static void
use_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  YjImproveDialog *self = YJ_IMPROVE_DIALOG (widget);
  g_autofree char *source = yj_improve_view_dup_source (self->view);

  g_signal_emit (self, signals[ACCEPTED], 0, source);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
yj_improve_dialog_closed (AdwDialog *dialog)
{
  stop (YJ_IMPROVE_DIALOG (dialog));
}

static void
yj_improve_dialog_dispose (GObject *object)
{
  YjImproveDialog *self = YJ_IMPROVE_DIALOG (object);

  stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_IMPROVE_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->chat_model, g_free);
  g_clear_pointer (&self->source, g_free);

  G_OBJECT_CLASS (yj_improve_dialog_parent_class)->dispose (object);
}

static void
yj_improve_dialog_class_init (YjImproveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_improve_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = yj_improve_dialog_closed;

  /**
   * YjImproveDialog::accepted:
   * @source: the prompt with its mentions
   */
  signals[ACCEPTED] = g_signal_new ("accepted", YJ_TYPE_IMPROVE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (YJ_TYPE_IMPROVE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-improve-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, asks);
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, wish);
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, failure_box);
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, way_out);
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, waiting);
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, view);
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, missing);
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, use_button);
  gtk_widget_class_bind_template_child (widget_class, YjImproveDialog, ask_button);
  gtk_widget_class_install_action (widget_class, "improve.ask", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "improve.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "improve.use", NULL, use_action);
}

static void
yj_improve_dialog_init (YjImproveDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_improve_dialog_new:
 * @session: whose platform is asked
 * @draft: whose prompt it is
 * @chat_model: the chat model's name
 *
 * Returns: (transfer floating): a dialog that has asked nothing yet
 */
YjImproveDialog *
yj_improve_dialog_new (YjSession  *session,
                       YjDraft    *draft,
                       const char *chat_model)
{
  YjImproveDialog *self = g_object_new (YJ_TYPE_IMPROVE_DIALOG, NULL);
  g_autofree char *asks = NULL, *waiting = NULL;

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::platform", G_CALLBACK (platform_cb), self, G_CONNECT_SWAPPED);
  self->draft = g_object_ref (draft);
  self->chat_model = g_strdup (chat_model);
  /* translators: %1$s: name of a chat model, %2$s: title of a video model */
  asks = g_strdup_printf (_("%1$s rewrites the prompt with what is known of writing for %2$s. It costs as much as a chat answer. "
                            "You see the changes before you take them."),
                          chat_model, yj_model_get_title (yj_draft_get_model (draft)));
  /* translators: %s: name of a chat model */
  waiting = g_strdup_printf (_("%s is writing…"), chat_model);
  gtk_label_set_label (self->asks, asks);
  gtk_label_set_label (self->waiting, waiting);

  return self;
}
