/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the chat page has questions asked: by which model, and with which prompts. */
#define G_LOG_DOMAIN "yj-chat-page"

#include "yj-chat-page-private.h"

#include "yj-prompts-dialog.h"
#include "yj-system-prompt-dialog.h"

/* ---- model and way of answering */

/* For this conversation; a new one takes it over when it has its first word. */
static void
model_chosen_cb (YjChatPage *self,
                 const char *model)
{
  if (self->conversation == NULL)
    return;
  g_object_set (self->conversation, "model", model, NULL);
  yj_library_save_conversation (yj_chat_page_get_library (self), self->conversation);
}

static void
stream_chosen_cb (YjChatPage *self,
                  gboolean    stream)
{
  if (self->conversation == NULL)
    return;
  g_object_set (self->conversation, "stream", (int) stream, NULL);
  yj_library_save_conversation (yj_chat_page_get_library (self), self->conversation);
}

/* ---- saved prompts */

static void
insert_prompt_cb (YjChatPage *self,
                  const char *text)
{
  yj_composer_insert (self->composer, text);
}

static void
prompt_cb (YjChatPage *self,
           YjPrompt   *prompt)
{
  g_autofree char *text = yj_composer_dup_text (self->composer);
  YjPromptsDialog *dialog;

  if (yj_chat_page_get_library (self) == NULL)
    return;
  dialog = yj_prompts_dialog_new (yj_chat_page_get_library (self), text);
  g_signal_connect_object (dialog, "insert", G_CALLBACK (insert_prompt_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
  if (prompt != NULL)
    yj_prompts_dialog_use (dialog, prompt);
}

static void
prompts_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  prompt_cb (YJ_CHAT_PAGE (widget), NULL);
}

/* ---- system prompt */

static void
system_prompt_done_cb (YjChatPage *self,
                       const char *text)
{
  g_object_set (yj_chat_page_need_conversation (self), "system-prompt", text, NULL);
  yj_library_save_conversation (yj_chat_page_get_library (self), self->conversation);
  yj_chat_page_update_system_prompt (self);
}

static void
system_prompt_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  YjChatPage *self = YJ_CHAT_PAGE (widget);
  YjSystemPromptDialog *dialog;

  if (yj_chat_page_get_library (self) == NULL)
    return;
  dialog = yj_system_prompt_dialog_new (self->conversation != NULL ? yj_conversation_get_system_prompt (self->conversation) : NULL,
                                        yj_chat_page_get_library (self));
  g_signal_connect_object (dialog, "done", G_CALLBACK (system_prompt_done_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

void
yj_chat_page_install_settings (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, model_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, stream_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, prompt_cb);
  gtk_widget_class_install_action (widget_class, "chat.prompts", NULL, prompts_action);
  gtk_widget_class_install_action (widget_class, "chat.system-prompt", NULL, system_prompt_action);
}
