/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the chat page does with single messages, and with those that wait. */
#define G_LOG_DOMAIN "yj-chat-page"

#include "yj-chat-page-private.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"
#include "yj-long-toast.h"
#include "yj-window.h"

YjChat *
yj_chat_page_get_chat (YjChatPage *self)
{
  return self->session != NULL ? yj_session_get_chat (self->session) : NULL;
}

YjLibrary *
yj_chat_page_get_library (YjChatPage *self)
{
  return self->session != NULL ? yj_session_get_library (self->session) : NULL;
}

YjConversation *
yj_chat_page_get_conversation (YjChatPage *self)
{
  return self->conversation;
}

AdwToastOverlay *
yj_chat_page_get_toasts (YjChatPage *self)
{
  return self->toasts;
}

static void
add_toast (YjChatPage *self,
           AdwToast   *toast)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (YJ_IS_WINDOW (root))
    yj_window_add_toast (YJ_WINDOW (root), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

/* ---- asking */

gboolean
yj_chat_page_can_ask (YjChatPage *self)
{
  YjChat *chat = yj_chat_page_get_chat (self);

  if (chat == NULL || self->conversation == NULL || !yj_conversation_get_loaded (self->conversation) ||
      yj_chat_is_busy (chat, self->conversation))
    return FALSE;
  gtk_widget_set_visible (self->key_card, yj_session_get_platform (self->session) == NULL);
  return yj_session_get_platform (self->session) != NULL;
}

GStrv
yj_chat_page_dup_models (YjChatPage *self)
{
  return yj_model_button_dup_models (self->model_button);
}

void
yj_chat_page_show_asked (YjChatPage *self)
{
  yj_transcript_show_question (self->transcript);
  yj_chat_page_update_busy (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

gboolean
yj_chat_page_can_go_on (YjChatPage *self,
                        YjMessage  *message)
{
  YjChat *chat = yj_chat_page_get_chat (self);

  return chat != NULL && self->conversation != NULL && !yj_chat_is_busy (chat, self->conversation) &&
         yj_chat_can_go_on (chat, self->conversation, message);
}

void
yj_chat_page_go_on (YjChatPage *self,
                    YjMessage  *message)
{
  if (!yj_chat_page_can_go_on (self, message) || !yj_chat_page_can_ask (self))
    return;
  yj_chat_go_on (yj_chat_page_get_chat (self), self->conversation, message);
  yj_transcript_show_end (self->transcript);
  yj_chat_page_update_busy (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static YjMessage *
get_last (YjChatPage *self)
{
  GListModel *messages = self->conversation != NULL ? G_LIST_MODEL (self->conversation) : NULL;
  guint n = messages != NULL ? g_list_model_get_n_items (messages) : 0;
  g_autoptr(YjMessage) last = n > 0 ? g_list_model_get_item (messages, n - 1) : NULL;

  return last;
}

void
yj_chat_page_update_go_on (YjChatPage *self)
{
  YjMessage *last = get_last (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chat.go-on", last != NULL && yj_chat_page_can_go_on (self, last));
}

static void
go_on_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  YjChatPage *self = YJ_CHAT_PAGE (widget);
  YjMessage *last = get_last (self);

  if (last != NULL)
    yj_chat_page_go_on (self, last);
}

void
yj_chat_page_tell_taken_back (YjChatPage *self,
                              YjMessage  *message)
{
  g_autofree char *reason = NULL;
  g_autofree char *title = NULL;
  AdwToast *toast;

  if (yj_message_get_error_code (message) < 0 || yj_conversation_find (self->conversation, message, NULL) ||
      yj_conversation_is_deleted (self->conversation, message))
    return;
  reason = yj_error_text_dup_code (yj_message_get_error_code (message), yj_message_get_error (message));
  /* translators: %s says what went wrong, in a sentence */
  title = g_strdup_printf (_("No new answer; the earlier one stays. %s"), reason);
  toast = yj_long_toast_new (title);
  adw_toast_set_timeout (toast, 10);
  add_toast (self, toast);
}

/* ---- versions */

void
yj_chat_page_hold (YjChatPage *self)
{
  yj_transcript_hold (self->transcript);
}

void
yj_chat_page_focus_message (YjChatPage *self,
                            YjMessage  *message,
                            int         by)
{
  YjMessageCard *card = yj_transcript_get_card (self->transcript, message);

  if (card != NULL)
    yj_message_card_focus_versions (card, by);
}

void
yj_chat_page_step_version (YjChatPage *self,
                           YjMessage  *message,
                           int         by)
{
  g_autoptr(GPtrArray) siblings = yj_conversation_list_siblings (self->conversation, message);
  gboolean focused = yj_transcript_get_focused (self->transcript) == message;
  guint i;

  if (!g_ptr_array_find (siblings, message, &i) || (by < 0 && i == 0) || (by > 0 && i + 1 == siblings->len))
    return;
  yj_chat_page_hold (self);
  yj_library_choose_message (yj_chat_page_get_library (self), self->conversation, siblings->pdata[i + by]);
  if (focused)
    yj_chat_page_focus_message (self, siblings->pdata[i + by], by);
  yj_chat_page_update_busy (self);
}

/* From where no message has the focus: of the last one that has versions. */
static void
version_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  YjChatPage *self = YJ_CHAT_PAGE (widget);
  GListModel *messages = self->conversation != NULL ? G_LIST_MODEL (self->conversation) : NULL;

  for (guint i = messages != NULL ? g_list_model_get_n_items (messages) : 0; i > 0; i--)
    {
      g_autoptr(YjMessage) message = g_list_model_get_item (messages, i - 1);
      guint n_siblings;

      yj_message_get_sibling (message, &n_siblings);
      if (n_siblings > 1)
        {
          yj_chat_page_step_version (self, message, g_variant_get_int32 (parameter));
          break;
        }
    }
}

/* ---- deleting */

typedef struct
{
  YjLibrary      *library;
  YjConversation *conversation;
  YjMessage      *message;
  GStrv           texts;        /* that waited */
} Undo;

static void
undo_free (gpointer  data,
           GClosure *closure)
{
  Undo *undo = data;

  g_object_unref (undo->library);
  g_object_unref (undo->conversation);
  g_clear_object (&undo->message);
  g_strfreev (undo->texts);
  g_free (undo);
}

static Undo *
undo_new (YjChatPage *self)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->library = g_object_ref (yj_chat_page_get_library (self));
  undo->conversation = g_object_ref (self->conversation);
  return undo;
}

static void
undelete_cb (AdwToast *toast,
             Undo     *undo)
{
  if (yj_conversation_is_deleted (undo->conversation, undo->message))
    yj_library_restore_message (undo->library, undo->conversation, undo->message);
}

/* Nothing is to grow where nobody sees it. */
static void
stop_if_below (YjChatPage *self,
               YjMessage  *message)
{
  YjMessage *last = get_last (self);
  guint position;

  if (last != NULL && yj_message_get_state (last) == YJ_MESSAGE_STREAMING &&
      yj_conversation_find (self->conversation, message, &position))
    yj_chat_stop (yj_chat_page_get_chat (self), self->conversation);
}

void
yj_chat_page_delete_message (YjChatPage *self,
                             YjMessage  *message)
{
  g_autofree char *title = NULL;
  AdwToast *toast;
  Undo *undo;
  guint n;

  if (self->conversation == NULL || yj_conversation_is_deleted (self->conversation, message))
    return;
  stop_if_below (self, message);
  n = yj_conversation_count_below (self->conversation, message);
  if (n == 0)
    title = g_strdup (_("Message deleted"));
  else
    /* translators: how many messages followed the deleted one */
    title = g_strdup_printf (ngettext ("Message deleted, with %u that followed it", "Message deleted, with %u that followed it", n), n);
  undo = undo_new (self);
  undo->message = g_object_ref (message);
  yj_chat_page_hold (self);
  yj_library_trash_message (yj_chat_page_get_library (self), self->conversation, message);
  yj_chat_page_update_busy (self);

  toast = yj_long_toast_new (title);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undelete_cb), undo, undo_free, 0);
  add_toast (self, toast);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/* ---- what waits */

void
yj_chat_page_wait_in_line (YjChatPage *self,
                           const char *text)
{
  yj_chat_line_add (yj_chat_page_get_chat (self), self->conversation, text);
}

static void
unclear_cb (AdwToast *toast,
            Undo     *undo)
{
  GListStore *line = yj_conversation_get_waiting (undo->conversation);

  for (guint i = 0; undo->texts[i] != NULL; i++)
    {
      g_autoptr(YjWaiting) waiting = yj_waiting_new (undo->texts[i]);

      g_list_store_insert (line, i, waiting);
    }
  /* The answer that they waited for may have ended. */
  if (!yj_conversation_get_busy (undo->conversation))
    g_object_set (undo->conversation, "waiting-rests", TRUE, NULL);
  yj_library_save_waiting (undo->library, undo->conversation);
}

gboolean
yj_chat_page_clear_line (YjChatPage *self)
{
  GListStore *line = self->conversation != NULL ? yj_conversation_get_waiting (self->conversation) : NULL;
  g_autoptr(GStrvBuilder) texts = NULL;
  guint n = line != NULL ? g_list_model_get_n_items (G_LIST_MODEL (line)) : 0;
  g_autofree char *title = NULL;
  AdwToast *toast;
  Undo *undo;

  if (n == 0)
    return FALSE;
  texts = g_strv_builder_new ();
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjWaiting) waiting = g_list_model_get_item (G_LIST_MODEL (line), i);

      g_strv_builder_add (texts, yj_waiting_get_text (waiting));
    }
  undo = undo_new (self);
  undo->texts = g_strv_builder_end (texts);
  g_list_store_remove_all (line);
  yj_library_save_waiting (yj_chat_page_get_library (self), self->conversation);

  title = g_strdup_printf (ngettext ("%u waiting message removed; the answer goes on",
                                     "%u waiting messages removed; the answer goes on", n), n);
  toast = yj_long_toast_new (title);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (unclear_cb), undo, undo_free, 0);
  add_toast (self, toast);
  return TRUE;
}

static void
waiting_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  YjChatPage *self = YJ_CHAT_PAGE (widget);

  if (!yj_chat_page_can_ask (self))
    return;
  yj_chat_line_go (yj_chat_page_get_chat (self), self->conversation);
  yj_chat_page_show_asked (self);
}

void
yj_chat_page_update_waiting (YjChatPage *self)
{
  yj_waiting_line_set_conversation (self->waiting_line, yj_chat_page_get_library (self), self->conversation);
}

/* ---- history */

void
yj_chat_page_update_history (YjChatPage *self)
{
  YjChat *chat = yj_chat_page_get_chat (self);

  if (chat != NULL && self->conversation != NULL && yj_conversation_get_loaded (self->conversation))
    yj_chat_mark_history (chat, self->conversation);
  yj_chat_page_update_go_on (self);
}

void
yj_chat_page_install_messages (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "chat.go-on", NULL, go_on_action);
  gtk_widget_class_install_action (widget_class, "chat.version", "i", version_action);
  gtk_widget_class_install_action (widget_class, "chat.ask-waiting", NULL, waiting_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "chat.version", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "chat.version", "i", 1);
}
