/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-create-prompt"

#include "yj-create-prompt.h"

#include "yj-problem-list.h"

struct _YjCreatePrompt
{
  GtkWidget      parent_instance;

  GtkTextView   *view;
  GtkTextBuffer *buffer;
  GtkLabel      *placeholder;
  YjProblemList *problems;

  YjDraft       *draft;
  gulong         changed_id;
  gboolean       updating;      /* the draft speaks, the text listens */
};

G_DEFINE_FINAL_TYPE (YjCreatePrompt, yj_create_prompt, GTK_TYPE_WIDGET)

static char *
dup_text (YjCreatePrompt *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static void
show_draft (YjCreatePrompt *self)
{
  const char *prompt = yj_draft_get_prompt (self->draft);
  g_autofree char *text = dup_text (self);

  self->updating = TRUE;
  if (!g_str_equal (text, prompt))
    gtk_text_buffer_set_text (self->buffer, prompt, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), *prompt == '\0');
  self->updating = FALSE;
}

static void
buffer_changed_cb (YjCreatePrompt *self)
{
  g_autofree char *text = NULL;

  if (self->updating || self->draft == NULL)
    return;

  text = dup_text (self);
  yj_draft_set_prompt (self->draft, text);
}

static gboolean
yj_create_prompt_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YJ_CREATE_PROMPT (widget)->view));
}

static void
yj_create_prompt_dispose (GObject *object)
{
  YjCreatePrompt *self = YJ_CREATE_PROMPT (object);
  GtkWidget *child;

  if (self->draft != NULL)
    g_clear_signal_handler (&self->changed_id, self->draft);
  self->updating = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_CREATE_PROMPT);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (yj_create_prompt_parent_class)->dispose (object);
}

static void
yj_create_prompt_class_init (YjCreatePromptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_create_prompt_dispose;
  widget_class->grab_focus = yj_create_prompt_grab_focus;

  g_type_ensure (YJ_TYPE_PROBLEM_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-create-prompt.ui");
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, view);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, buffer);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, placeholder);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, problems);
  gtk_widget_class_bind_template_callback (widget_class, buffer_changed_cb);
}

static void
yj_create_prompt_init (YjCreatePrompt *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_create_prompt_set_draft:
 * @self: a prompt
 * @draft: (nullable): whose prompt is written from now on
 */
void
yj_create_prompt_set_draft (YjCreatePrompt *self,
                            YjDraft        *draft)
{
  g_return_if_fail (YJ_IS_CREATE_PROMPT (self));

  if (self->draft != NULL)
    g_clear_signal_handler (&self->changed_id, self->draft);
  g_set_object (&self->draft, draft);
  if (draft == NULL)
    return;

  self->changed_id = g_signal_connect_object (draft, "changed", G_CALLBACK (show_draft), self, G_CONNECT_SWAPPED);
  show_draft (self);
}

/**
 * yj_create_prompt_show_problems:
 * @self: a prompt
 * @problems: (element-type Yj.Problem): of the draft; those of the prompt are shown
 */
void
yj_create_prompt_show_problems (YjCreatePrompt *self,
                                GPtrArray      *problems)
{
  g_return_if_fail (YJ_IS_CREATE_PROMPT (self));

  yj_problem_list_show (self->problems, problems, "prompt");
}

/**
 * yj_create_prompt_replace:
 * @self: a prompt with a draft
 * @text: (nullable): what is to stand there
 *
 * Replaces all of the text, in a step that undo takes back.
 */
void
yj_create_prompt_replace (YjCreatePrompt *self,
                          const char     *text)
{
  GtkTextIter start, end;

  g_return_if_fail (YJ_IS_CREATE_PROMPT (self));

  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, text != NULL ? text : "", -1);
  gtk_text_buffer_end_user_action (self->buffer);
}

/**
 * yj_create_prompt_insert:
 * @self: a prompt with a draft
 * @text: words
 *
 * Puts them where the cursor is, as if they were typed, and the keyboard there.
 */
void
yj_create_prompt_insert (YjCreatePrompt *self,
                         const char     *text)
{
  g_return_if_fail (YJ_IS_CREATE_PROMPT (self));

  gtk_text_buffer_insert_interactive_at_cursor (self->buffer, text, -1, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
