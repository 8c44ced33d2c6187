/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the chat page does with what is being written. */
#define G_LOG_DOMAIN "yj-chat-page"

#include "yj-chat-page-private.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"

#define DRAFT_DELAY 200         /* ms after the last key: with the writing it is kept after 300 */

/* ---- the conversation it belongs to */

/* How its answers are to come, when that is not as preferred. */
static void
keep_stream (YjChatPage *self)
{
  gboolean stream;

  g_object_get (self->model_button, "stream", &stream, NULL);
  if (stream != g_settings_get_boolean (self->settings, "chat-stream"))
    g_object_set (self->conversation, "stream", (int) stream, NULL);
}

YjConversation *
yj_chat_page_need_conversation (YjChatPage *self)
{
  if (self->conversation == NULL)
    {
      self->conversation = g_object_ref (yj_library_new_conversation (yj_chat_page_get_library (self)));
      g_object_set (self->conversation, "model", yj_model_button_get_model (self->model_button), NULL);
      yj_conversation_take_attachments (self->conversation, yj_composer_get_attachments (self->composer));
      keep_stream (self);
      yj_chat_page_watch_conversation (self);
      yj_transcript_set_model (self->transcript, G_LIST_MODEL (self->conversation));
      yj_find_bar_set_model (self->find_bar, G_LIST_MODEL (self->conversation));
      yj_conversation_list_select (self->conversations, self->conversation);
    }
  return self->conversation;
}

/* ---- keeping it */

/* Stores what is in the composer, if that is not stored yet. */
void
yj_chat_page_store_draft (YjChatPage *self)
{
  g_autofree char *text = NULL;
  const char *stored;
  int cursor;

  g_clear_handle_id (&self->draft_source, g_source_remove);
  if (yj_chat_page_get_library (self) == NULL)
    return;
  text = yj_composer_dup_text (self->composer);
  if (self->conversation == NULL && *text == '\0')
    return;
  stored = yj_conversation_get_draft (yj_chat_page_need_conversation (self));
  cursor = *text != '\0' ? yj_composer_get_cursor (self->composer) : -1;
  if (g_str_equal (text, stored != NULL ? stored : "") && cursor == yj_conversation_get_draft_cursor (self->conversation))
    return;
  g_object_set (self->conversation, "draft", text, "draft-cursor", cursor, NULL);
  yj_library_save_conversation (yj_chat_page_get_library (self), self->conversation);
}

static gboolean
draft_cb (gpointer user_data)
{
  YjChatPage *self = user_data;

  self->draft_source = 0;
  yj_chat_page_store_draft (self);
  return G_SOURCE_REMOVE;
}

static void
composer_changed_cb (YjChatPage *self)
{
  g_clear_handle_id (&self->draft_source, g_source_remove);
  self->draft_source = g_timeout_add (DRAFT_DELAY, draft_cb, self);
}

/* ---- attachments */

/* Whose draft they are of. (transfer full) (nullable) */
static YjConversation *
find_attached (YjChatPage *self,
               GListStore *attachments)
{
  GListModel *conversations = yj_library_get_conversations (yj_chat_page_get_library (self));

  if (attachments == yj_composer_get_attachments (self->composer))
    return g_object_ref (yj_chat_page_need_conversation (self));
  for (guint i = 0; i < g_list_model_get_n_items (conversations); i++)
    {
      g_autoptr(YjConversation) conversation = g_list_model_get_item (conversations, i);

      if (yj_conversation_get_attachments (conversation) == attachments)
        return g_steal_pointer (&conversation);
    }
  return NULL;
}

static void
attachments_loaded_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  YjChatPage *self = user_data;

  if (yj_library_load_attachments_finish (YJ_LIBRARY (object), result, &error))
    return;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    yj_chat_page_show_error (self, error);
}

/* What was dropped in a new chat that was left before it had been read: a conversation of its own keeps it. */
static void
keep_attached (YjChatPage *self,
               GListStore *attachments)
{
  YjConversation *conversation = yj_library_new_conversation (yj_chat_page_get_library (self));

  yj_conversation_take_attachments (conversation, attachments);
  yj_library_save_attachments (yj_chat_page_get_library (self), conversation);
}

/* A large file may have been read when another conversation is open. Where what is stored could not be read before, it is
 * now, and what is new is saved with it. */
static void
attached_cb (YjChatPage *self,
             GListStore *attachments)
{
  YjLibrary *library = yj_chat_page_get_library (self);
  g_autoptr(YjConversation) conversation = library != NULL ? find_attached (self, attachments) : NULL;

  if (library == NULL)
    return;
  if (conversation == NULL && g_list_model_get_n_items (G_LIST_MODEL (attachments)) > 0)
    keep_attached (self, attachments);
  else if (conversation != NULL && yj_conversation_get_attachments_loaded (conversation))
    yj_library_save_attachments (library, conversation);
  else if (conversation != NULL)
    yj_library_load_attachments_async (library, conversation, self->loading, attachments_loaded_cb, self);
}

/* They went with the message. */
void
yj_chat_page_drop_attachments (YjChatPage *self)
{
  GListStore *attachments = yj_composer_get_attachments (self->composer);

  if (g_list_model_get_n_items (G_LIST_MODEL (attachments)) == 0)
    return;
  g_list_store_remove_all (attachments);
  attached_cb (self, attachments);
}

static void
attach_failed_cb (YjChatPage   *self,
                  const char   *name,
                  const GError *error)
{
  g_autofree char *text = yj_error_text_dup (error);
  /* translators: the name of a file, and a sentence that says what is wrong with it */
  g_autoptr(GError) named = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, _("%s: %s"), name, text);

  yj_chat_page_show_error (self, named);
}

/* What was attached to the conversation that is opened, if it is not here yet. */
void
yj_chat_page_load_attachments (YjChatPage *self)
{
  if (!yj_conversation_get_attachments_loaded (self->conversation))
    yj_library_load_attachments_async (yj_chat_page_get_library (self), self->conversation, self->loading, attachments_loaded_cb, self);
}

static void
attach_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (YJ_CHAT_PAGE (widget)->composer), "composer.attach", NULL);
}

/* ---- what else is written */

static void
questions_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_auto(GStrv) questions = yj_library_list_questions_finish (YJ_LIBRARY (object), result, NULL);
  YjChatPage *self = user_data;

  /* Without questions it was cancelled, and the page may be gone. */
  if (questions != NULL)
    yj_composer_take_history (self->composer, questions);
}

static void
history_cb (YjChatPage *self)
{
  if (yj_chat_page_get_library (self) != NULL)
    yj_library_list_questions_async (yj_chat_page_get_library (self), self->conversation, self->loading, questions_cb, self);
}

static void
suggestion_cb (YjChatPage *self,
               const char *words)
{
  yj_composer_set_text (self->composer, words);
  composer_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

void
yj_chat_page_install_draft (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, composer_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, attached_cb);
  gtk_widget_class_bind_template_callback (widget_class, attach_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_cb);
  gtk_widget_class_bind_template_callback (widget_class, suggestion_cb);
  gtk_widget_class_install_action (widget_class, "chat.attach", NULL, attach_action);
}
