/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding words in the conversation, and going to what a search found. */
#define G_LOG_DOMAIN "yj-chat-page"

#include "yj-chat-page-private.h"

/* What a search found, on whatever branch it is. */
void
yj_chat_page_show_hit (YjChatPage *self)
{
  YjMessage *message;

  if (self->hit == 0 || self->conversation == NULL || !yj_conversation_get_loaded (self->conversation))
    return;
  message = yj_library_choose_id (yj_chat_page_get_library (self), self->conversation, self->hit);
  if (message != NULL && *self->hit_words != '\0')
    yj_find_bar_show (self->find_bar, self->hit_words, self->hit);
  else if (message != NULL)
    yj_transcript_show_message (self->transcript, self->hit);
  self->hit = 0;
}

static void
hit_cb (YjChatPage     *self,
        YjConversation *conversation,
        gint64          message,
        const char     *words)
{
  if (conversation != self->conversation)
    return;
  self->hit = message;
  g_set_str (&self->hit_words, words);
  yj_chat_page_show_hit (self);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(YjSearchHit) hit = yj_library_find_hit_finish (YJ_LIBRARY (object), result, NULL);
  YjChatPage *self = user_data;

  /* Cancelled when another conversation is opened: this is still the one that was asked about. */
  if (hit != NULL && hit->message != 0)
    hit_cb (self, self->conversation, hit->message, hit->words);
}

/**
 * yj_chat_page_open_at:
 * @self: a chat page
 * @conversation: a conversation of the session's library
 * @words: what it was found by
 *
 * Opens @conversation where it has @words; at its end where only its title has them.
 */
void
yj_chat_page_open_at (YjChatPage     *self,
                      YjConversation *conversation,
                      const char     *words)
{
  g_return_if_fail (YJ_IS_CHAT_PAGE (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));
  g_return_if_fail (words != NULL);

  yj_chat_page_open (self, conversation);
  yj_library_find_hit_async (yj_chat_page_get_library (self), conversation, words, self->loading, found_cb, self);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  YjChatPage *self = YJ_CHAT_PAGE (widget);

  /* In a chat without messages there is nothing to look into, and no bar to be seen. */
  if (self->conversation == NULL || g_str_equal (gtk_stack_get_visible_child_name (self->stack), "empty"))
    return;
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  yj_find_bar_open (self->find_bar);
}

static void
find_step_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  YjChatPage *self = YJ_CHAT_PAGE (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->find_bar)))
    yj_find_bar_step (self->find_bar, g_variant_get_int32 (parameter));
  else
    find_action (widget, name, NULL);
}

static void
find_closed_cb (YjChatPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

void
yj_chat_page_install_find (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, hit_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_closed_cb);
  gtk_widget_class_install_action (widget_class, "chat.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "chat.find-step", "i", find_step_action);
}
