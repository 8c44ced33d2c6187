/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-create-prompt"

#include "yj-create-prompt-private.h"

#include <glib/gi18n.h>

#include "yj-length-counter.h"

G_DEFINE_FINAL_TYPE (YjCreatePrompt, yj_create_prompt, GTK_TYPE_WIDGET)

static void
update_placeholder (YjCreatePrompt *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), yj_mention_view_is_empty (self->view));
}

/* What is written is to be seen, also where the form is longer than the window. */
static gboolean
show_writing_cb (gpointer user_data)
{
  YjCreatePrompt *self = user_data;
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);

  self->scroll_id = 0;
  if (viewport != NULL && gtk_widget_has_focus (GTK_WIDGET (self->view)))
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), self->frame, NULL);
  return G_SOURCE_REMOVE;
}

static void
steps_changed_cb (YjCreatePrompt *self)
{
  update_placeholder (self);
  /* once what was written has its room */
  if (self->scroll_id == 0 && gtk_widget_has_focus (GTK_WIDGET (self->view)))
    self->scroll_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, show_writing_cb, self, NULL);
}

/* ---- what is said of the text */

static void
show_length (YjCreatePrompt *self)
{
  YjPromptLength length;

  yj_length_counter_show (self->counter, yj_draft_get_prompt_length (self->draft, &length) ? &length : NULL);
}

static void
show_sent (YjCreatePrompt *self)
{
  g_autofree char *sent = yj_draft_dup_sent_prompt (self->draft);
  gboolean differs = !g_str_equal (sent, yj_draft_get_prompt (self->draft));

  gtk_label_set_text (self->sent, differs ? sent : "");
  gtk_widget_set_visible (self->sent_box, differs);
}

static void
show_draft (YjCreatePrompt *self)
{
  gboolean slots = g_list_model_get_n_items (yj_model_get_slots (yj_draft_get_model (self->draft))) > 0;

  gtk_label_set_label (self->placeholder, slots ? _("Describe what the video shows; @ mentions a reference")
                                                : _("Describe what the video shows"));
  gtk_widget_set_visible (self->mention_button, slots);
  update_placeholder (self);
  show_length (self);
  show_sent (self);
  yj_create_prompt_update_improve (self);
}

static void
mention_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  yj_mention_view_offer (YJ_CREATE_PROMPT (widget)->view);
}

/* ---- the object */

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
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_CREATE_PROMPT);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->history);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (yj_create_prompt_parent_class)->dispose (object);
}

static void
yj_create_prompt_class_init (YjCreatePromptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_create_prompt_dispose;
  widget_class->grab_focus = yj_create_prompt_grab_focus;

  g_type_ensure (YJ_TYPE_MENTION_VIEW);
  g_type_ensure (YJ_TYPE_PROBLEM_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-create-prompt.ui");
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, frame);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, view);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, keys);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, placeholder);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, counter);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, mention_button);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, history_button);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, recipe_button);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, sent_box);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, sent);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePrompt, problems);
  gtk_widget_class_bind_template_callback (widget_class, update_placeholder);
  gtk_widget_class_bind_template_callback (widget_class, steps_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, yj_create_prompt_handle_key);
  gtk_widget_class_install_action (widget_class, "prompt.mention", NULL, mention_action);
  yj_create_prompt_install_improve (widget_class);
  yj_create_prompt_install_recipes (widget_class);
}

static void
yj_create_prompt_init (YjCreatePrompt *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yj_create_prompt_init_history (self);
  yj_create_prompt_init_recipes (self);
}

/**
 * yj_create_prompt_set_session:
 * @self: a prompt
 * @session: (nullable): whose jobs and models it knows
 */
void
yj_create_prompt_set_session (YjCreatePrompt *self,
                              YjSession      *session)
{
  g_return_if_fail (YJ_IS_CREATE_PROMPT (self));

  if (g_set_object (&self->session, session) && session != NULL)
    yj_create_prompt_load_recipes (self);
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
  g_clear_object (&self->history);
  yj_mention_view_set_draft (self->view, draft);
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
  g_return_if_fail (YJ_IS_CREATE_PROMPT (self));

  if (self->draft != NULL)
    yj_draft_set_prompt (self->draft, text);
}

/**
 * yj_create_prompt_mention:
 * @self: a prompt with a draft
 * @id: the identity of a file of the draft
 *
 * Mentions it where the cursor is, and puts the keyboard there.
 */
void
yj_create_prompt_mention (YjCreatePrompt *self,
                          const char     *id)
{
  YjDraftFile *file;

  g_return_if_fail (YJ_IS_CREATE_PROMPT (self));

  file = self->draft != NULL ? yj_draft_find_file (self->draft, id, NULL) : NULL;
  if (file != NULL)
    yj_mention_view_mention (self->view, file);
}

/**
 * yj_create_prompt_mention_pasted:
 * @self: a prompt with a draft
 * @file: a file of the draft
 * @mark: where it was pasted
 *
 * Mentions it there, set apart from the word before; the keyboard stays where it is.
 */
void
yj_create_prompt_mention_pasted (YjCreatePrompt *self,
                                 YjDraftFile    *file,
                                 GtkTextMark    *mark)
{
  g_return_if_fail (YJ_IS_CREATE_PROMPT (self));

  if (self->draft != NULL)
    yj_mention_view_mention_apart (self->view, file, mark);
}
