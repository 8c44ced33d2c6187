/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a message. What a message is one of is known by the page that shows it. */
#define G_LOG_DOMAIN "yj-message-actions"

#include "yj-message-actions.h"

#include <glib/gi18n.h>

#include "yj-attachment.h"
#include "yj-chat-page.h"
#include "yj-message-card.h"
#include "yj-message-editor.h"
#include "yj-window.h"

/* Kept with the message while it is edited: its card may go out of sight and come again. */
#define EDITED "yj-edited"

static YjChatPage *
get_page (GtkWidget *card)
{
  return YJ_CHAT_PAGE (gtk_widget_get_ancestor (card, YJ_TYPE_CHAT_PAGE));
}

/* ---- versions */

static void
step (GtkWidget *card,
      int        by)
{
  YjChatPage *page = get_page (card);

  if (page != NULL)
    yj_chat_page_step_version (page, yj_message_card_get_message (YJ_MESSAGE_CARD (card)), by);
}

static void
previous_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  step (widget, -1);
}

static void
next_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  step (widget, 1);
}

/* ---- asking */

static void
ask_again (GtkWidget  *card,
           const char *model)
{
  YjChatPage *page = get_page (card);
  YjMessage *message = yj_message_card_get_message (YJ_MESSAGE_CARD (card));
  YjMessage *question = message;

  if (page == NULL || !yj_chat_page_can_ask (page))
    return;
  if (yj_message_get_role (message) == YJ_MESSAGE_ASSISTANT)
    question = yj_conversation_get_parent (yj_chat_page_get_conversation (page), message);
  /* A damaged file may hold an answer to nothing. */
  if (question == NULL || yj_message_get_role (question) != YJ_MESSAGE_USER)
    return;
  yj_chat_ask_again (yj_chat_page_get_chat (page), yj_chat_page_get_conversation (page), question, model);
  yj_chat_page_show_asked (page);
}

static void
ask_again_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  ask_again (widget, NULL);
}

static void
ask_model_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  ask_again (widget, g_variant_get_string (parameter, NULL));
}

static void
go_on_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  YjChatPage *page = get_page (widget);

  if (page != NULL)
    yj_chat_page_go_on (page, yj_message_card_get_message (YJ_MESSAGE_CARD (widget)));
}

/* ---- editing */

static void
end_editing (YjMessageCard *card)
{
  g_object_set_data (G_OBJECT (yj_message_card_get_message (card)), EDITED, NULL);
  yj_message_card_set_editor (card, NULL);
}

static void
cancel_cb (YjMessageCard *card)
{
  end_editing (card);
  gtk_widget_child_focus (GTK_WIDGET (card), GTK_DIR_TAB_FORWARD);
}

static void
changed_cb (YjMessageCard   *card,
            YjMessageEditor *editor)
{
  g_object_set_data_full (G_OBJECT (yj_message_card_get_message (card)), EDITED, yj_message_editor_dup_text (editor), g_free);
}

static void
save_cb (YjMessageCard *card,
         const char    *text)
{
  g_autoptr(YjMessageCard) kept = g_object_ref (card);
  YjChatPage *page = get_page (GTK_WIDGET (card));
  YjMessage *edited;

  end_editing (card);
  yj_chat_page_hold (page);
  edited = yj_library_edit_message (yj_chat_page_get_library (page), yj_chat_page_get_conversation (page),
                                    yj_message_card_get_message (card), text);
  yj_chat_page_focus_message (page, edited, 0);
}

static void
ask_cb (YjMessageCard *card,
        const char    *text)
{
  g_autoptr(YjMessageCard) kept = g_object_ref (card);
  YjChatPage *page = get_page (GTK_WIDGET (card));

  if (!yj_chat_page_can_ask (page))
    return;
  end_editing (card);
  yj_chat_ask_edited (yj_chat_page_get_chat (page), yj_chat_page_get_conversation (page),
                      yj_message_card_get_message (card), text);
  yj_chat_page_show_asked (page);
}

static void
busy_cb (YjConversation  *conversation,
         GParamSpec      *pspec,
         YjMessageEditor *editor)
{
  yj_message_editor_set_busy (editor, yj_conversation_get_busy (conversation));
}

static void
begin_editing (YjMessageCard *card)
{
  YjMessage *message = yj_message_card_get_message (card);
  const char *edited = g_object_get_data (G_OBJECT (message), EDITED);
  YjChatPage *page = get_page (GTK_WIDGET (card));
  YjConversation *conversation = page != NULL ? yj_chat_page_get_conversation (page) : NULL;
  GtkWidget *editor;

  if (yj_message_get_role (message) != YJ_MESSAGE_USER || conversation == NULL || yj_message_card_is_edited (card))
    return;
  editor = yj_message_editor_new (yj_message_get_text (message), edited, TRUE);
  g_signal_connect_object (editor, "cancel", G_CALLBACK (cancel_cb), card, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "changed", G_CALLBACK (changed_cb), card, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "save", G_CALLBACK (save_cb), card, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "ask", G_CALLBACK (ask_cb), card, G_CONNECT_SWAPPED);
  g_signal_connect_object (conversation, "notify::busy", G_CALLBACK (busy_cb), editor, 0);
  busy_cb (conversation, NULL, YJ_MESSAGE_EDITOR (editor));
  yj_message_card_set_editor (card, editor);
}

static void
edit_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  YjMessageCard *card = YJ_MESSAGE_CARD (widget);

  begin_editing (card);
  yj_message_card_focus_editor (card);
}

/* What was being written when the card went out of sight. */
static void
root_cb (YjMessageCard *card)
{
  if (gtk_widget_get_root (GTK_WIDGET (card)) != NULL &&
      g_object_get_data (G_OBJECT (yj_message_card_get_message (card)), EDITED) != NULL)
    begin_editing (card);
}

void
yj_message_actions_restore (YjMessageCard *card)
{
  g_signal_connect (card, "notify::root", G_CALLBACK (root_cb), NULL);
}

/* ---- deleting, and the rest */

static void
delete_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  YjChatPage *page = get_page (widget);

  if (page != NULL)
    yj_chat_page_delete_message (page, yj_message_card_get_message (YJ_MESSAGE_CARD (widget)));
}

static void
use_prompt_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (YJ_IS_WINDOW (root))
    yj_window_use_prompt (YJ_WINDOW (root), yj_attachment_get_body (yj_message_get_text (yj_message_card_get_message (YJ_MESSAGE_CARD (widget)))));
}

void
yj_message_actions_install (GtkWidgetClass *card_class)
{
  gtk_widget_class_install_action (card_class, "message.previous-version", NULL, previous_action);
  gtk_widget_class_install_action (card_class, "message.next-version", NULL, next_action);
  gtk_widget_class_install_action (card_class, "message.edit", NULL, edit_action);
  gtk_widget_class_install_action (card_class, "message.ask-again", NULL, ask_again_action);
  gtk_widget_class_install_action (card_class, "message.ask-model", "s", ask_model_action);
  gtk_widget_class_install_action (card_class, "message.go-on", NULL, go_on_action);
  gtk_widget_class_install_action (card_class, "message.delete", NULL, delete_action);
  /* Takes the text into the prompt of Create; nothing is submitted. */
  gtk_widget_class_install_action (card_class, "message.use-prompt", NULL, use_prompt_action);

  gtk_widget_class_add_binding_action (card_class, GDK_KEY_Left, GDK_ALT_MASK, "message.previous-version", NULL);
  gtk_widget_class_add_binding_action (card_class, GDK_KEY_Right, GDK_ALT_MASK, "message.next-version", NULL);
  gtk_widget_class_add_binding_action (card_class, GDK_KEY_F2, 0, "message.edit", NULL);
  gtk_widget_class_add_binding_action (card_class, GDK_KEY_r, GDK_CONTROL_MASK, "message.ask-again", NULL);
  gtk_widget_class_add_binding_action (card_class, GDK_KEY_Delete, 0, "message.delete", NULL);
}
