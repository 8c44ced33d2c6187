/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-prompt-editor"

#include "yj-prompt-editor.h"

#include <glib/gi18n.h>

struct _YjPromptEditor
{
  AdwNavigationPage  parent_instance;
  GtkEditable       *name_row;
  GtkTextView       *view;
  YjPrompt          *prompt;
};

enum
{
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjPromptEditor, yj_prompt_editor, ADW_TYPE_NAVIGATION_PAGE)

static char *
dup_body (YjPromptEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strchomp (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static char *
dup_name (YjPromptEditor *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
}

static void
update (YjPromptEditor *self)
{
  g_autofree char *name = dup_name (self), *body = dup_body (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", *name != '\0' && *body != '\0');
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  YjPromptEditor *self = YJ_PROMPT_EDITOR (widget);
  g_autofree char *name = dup_name (self), *body = dup_body (self);

  g_object_set (self->prompt, "name", name, "body", body, NULL);
  g_signal_emit (self, signals[SAVED], 0, self->prompt);
}

static void
name_activated_cb (YjPromptEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
yj_prompt_editor_dispose (GObject *object)
{
  YjPromptEditor *self = YJ_PROMPT_EDITOR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_PROMPT_EDITOR);
  g_clear_object (&self->prompt);

  G_OBJECT_CLASS (yj_prompt_editor_parent_class)->dispose (object);
}

static void
yj_prompt_editor_class_init (YjPromptEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_prompt_editor_dispose;

  signals[SAVED] = g_signal_new ("saved", YJ_TYPE_PROMPT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, YJ_TYPE_PROMPT);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-prompt-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, YjPromptEditor, name_row);
  gtk_widget_class_bind_template_child (widget_class, YjPromptEditor, view);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, name_activated_cb);

  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "editor.save", NULL);
}

static void
yj_prompt_editor_init (YjPromptEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * yj_prompt_editor_new:
 * @prompt: a prompt
 *
 * Returns: (transfer floating): a page on which its name and text are written
 */
AdwNavigationPage *
yj_prompt_editor_new (YjPrompt *prompt)
{
  YjPromptEditor *self = g_object_new (YJ_TYPE_PROMPT_EDITOR, NULL);

  self->prompt = g_object_ref (prompt);
  gtk_editable_set_text (self->name_row, yj_prompt_get_name (prompt));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), yj_prompt_get_body (prompt), -1);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), *yj_prompt_get_name (prompt) != '\0' ? _("Edit Prompt") : _("New Prompt"));
  return ADW_NAVIGATION_PAGE (self);
}
