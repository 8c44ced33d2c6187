/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-system-prompt-dialog"

#include "yj-system-prompt-dialog.h"

#include "yj-prompts-dialog.h"

struct _YjSystemPromptDialog
{
  AdwDialog    parent_instance;
  GtkTextView *view;
  char        *text;            /* as it was */
  YjLibrary   *library;
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjSystemPromptDialog, yj_system_prompt_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (YjSystemPromptDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
insert_cb (YjSystemPromptDialog *self,
           const char           *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
prompts_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  YjSystemPromptDialog *self = YJ_SYSTEM_PROMPT_DIALOG (widget);
  g_autofree char *text = dup_text (self);
  YjPromptsDialog *dialog;

  if (self->library == NULL)
    return;
  dialog = yj_prompts_dialog_new (self->library, text);
  g_signal_connect_object (dialog, "insert", G_CALLBACK (insert_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
yj_system_prompt_dialog_closed (AdwDialog *dialog)
{
  YjSystemPromptDialog *self = YJ_SYSTEM_PROMPT_DIALOG (dialog);
  g_autofree char *text = dup_text (self);

  if (!g_str_equal (text, self->text))
    g_signal_emit (self, signals[DONE], 0, text);
}

static void
yj_system_prompt_dialog_dispose (GObject *object)
{
  YjSystemPromptDialog *self = YJ_SYSTEM_PROMPT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_SYSTEM_PROMPT_DIALOG);
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (yj_system_prompt_dialog_parent_class)->dispose (object);
}

static void
yj_system_prompt_dialog_class_init (YjSystemPromptDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwDialogClass *dialog_class = ADW_DIALOG_CLASS (klass);

  object_class->dispose = yj_system_prompt_dialog_dispose;
  dialog_class->closed = yj_system_prompt_dialog_closed;

  signals[DONE] = g_signal_new ("done", YJ_TYPE_SYSTEM_PROMPT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-system-prompt-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YjSystemPromptDialog, view);

  gtk_widget_class_install_action (widget_class, "system.prompts", NULL, prompts_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "system.prompts", NULL);
}

static void
yj_system_prompt_dialog_init (YjSystemPromptDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->text = g_strdup ("");
}

/**
 * yj_system_prompt_dialog_new:
 * @text: (nullable): the system prompt as it is
 * @library: (nullable): whose saved prompts are offered
 *
 * Returns: (transfer floating): a dialog to present
 */
YjSystemPromptDialog *
yj_system_prompt_dialog_new (const char *text,
                             YjLibrary  *library)
{
  YjSystemPromptDialog *self = g_object_new (YJ_TYPE_SYSTEM_PROMPT_DIALOG, NULL);

  g_set_object (&self->library, library);
  g_set_str (&self->text, text != NULL ? text : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), self->text, -1);
  return self;
}
