/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-system-prompt-dialog"

#include "yj-system-prompt-dialog.h"

struct _YjSystemPromptDialog
{
  AdwDialog    parent_instance;
  GtkTextView *view;
  char        *text;            /* as it was */
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjSystemPromptDialog, yj_system_prompt_dialog, ADW_TYPE_DIALOG)

static void
yj_system_prompt_dialog_closed (AdwDialog *dialog)
{
  YjSystemPromptDialog *self = YJ_SYSTEM_PROMPT_DIALOG (dialog);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  if (!g_str_equal (text, self->text))
    g_signal_emit (self, signals[DONE], 0, text);
}

static void
yj_system_prompt_dialog_dispose (GObject *object)
{
  YjSystemPromptDialog *self = YJ_SYSTEM_PROMPT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_SYSTEM_PROMPT_DIALOG);
  g_clear_pointer (&self->text, g_free);

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
 *
 * Returns: (transfer floating): a dialog to present
 */
YjSystemPromptDialog *
yj_system_prompt_dialog_new (const char *text)
{
  YjSystemPromptDialog *self = g_object_new (YJ_TYPE_SYSTEM_PROMPT_DIALOG, NULL);

  g_set_str (&self->text, text != NULL ? text : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), self->text, -1);
  return self;
}
