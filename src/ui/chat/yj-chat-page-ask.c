/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking, stopping, and what comes of it. */
#define G_LOG_DOMAIN "yj-chat-page"

#include "yj-chat-page-private.h"

static void
send_cb (YjChatPage *self)
{
  g_autofree char *text = yj_composer_dup_message (self->composer);
  YjConversation *conversation;
  gboolean waits;

  g_return_if_fail (*text != '\0' && yj_chat_page_get_chat (self) != NULL);
  if (yj_session_get_platform (self->session) == NULL)
    {
      gtk_widget_set_visible (self->key_card, TRUE);
      return;
    }
  conversation = yj_chat_page_need_conversation (self);
  waits = yj_chat_is_busy (yj_chat_page_get_chat (self), conversation);
  if (waits)
    yj_chat_page_wait_in_line (self, text);
  else
    yj_chat_send (yj_chat_page_get_chat (self), conversation, text);
  yj_composer_set_draft (self->composer, NULL, -1, yj_conversation_get_attachments (conversation));
  yj_chat_page_store_draft (self);
  yj_chat_page_drop_attachments (self);
  yj_chat_page_update_stack (self);
  if (waits)
    gtk_widget_grab_focus (GTK_WIDGET (self->composer));
  else
    yj_chat_page_show_asked (self);
}

/* First what waits, and what is under way the next time. */
static void
stop_cb (YjChatPage *self)
{
  if (yj_chat_page_get_chat (self) == NULL || self->conversation == NULL ||
      !yj_chat_is_busy (yj_chat_page_get_chat (self), self->conversation))
    return;
  if (!yj_chat_page_clear_line (self))
    yj_chat_stop (yj_chat_page_get_chat (self), self->conversation);
}

static void
stop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  YjChatPage *self = YJ_CHAT_PAGE (widget);

  /* With nothing to stop, the same key puts away what was found. */
  if (self->conversation != NULL && !yj_conversation_get_busy (self->conversation) &&
      gtk_widget_get_visible (GTK_WIDGET (self->find_bar)))
    yj_find_bar_close (self->find_bar);
  else
    stop_cb (self);
}

static void
try_again_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  YjChatPage *self = YJ_CHAT_PAGE (widget);

  if (!yj_chat_page_can_ask (self))
    return;
  yj_chat_try_again (yj_chat_page_get_chat (self), self->conversation);
  yj_chat_page_show_asked (self);
}

/* One that had waited has its turn. Whoever reads something else is not torn away. */
static void
asked_cb (YjChatPage     *self,
          YjConversation *conversation)
{
  gboolean at_end;

  g_object_get (self->transcript, "at-end", &at_end, NULL);
  if (conversation == self->conversation && at_end)
    yj_transcript_show_question (self->transcript);
}

static void
ended_cb (YjChatPage     *self,
          YjConversation *conversation,
          YjMessage      *message)
{
  if (conversation == self->conversation)
    {
      yj_chat_page_update_busy (self);
      yj_chat_page_update_history (self);
      yj_chat_page_tell_taken_back (self, message);
      yj_find_bar_refresh (self->find_bar);
    }
  if (yj_message_get_state (message) == YJ_MESSAGE_STOPPED ||
      (conversation == self->conversation && gtk_widget_get_mapped (GTK_WIDGET (self->transcript))))
    return;
  g_object_set (conversation, "unread", TRUE, NULL);
  yj_library_save_conversation (yj_chat_page_get_library (self), conversation);
}

void
yj_chat_page_watch_chat (YjChatPage *self)
{
  g_signal_connect_object (yj_chat_page_get_chat (self), "asked", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (yj_chat_page_get_chat (self), "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
}

void
yj_chat_page_install_asking (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_install_action (widget_class, "chat.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "chat.try-again", NULL, try_again_action);
}
