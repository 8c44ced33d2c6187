/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to a conversation of the list, and with all of them. */
#define G_LOG_DOMAIN "yj-conversation-list"

#include "yj-conversation-list-private.h"

#include <adwaita.h>

#include "yj-conversation-actions.h"
#include "yj-conversation-files.h"
#include "yj-conversation-trash.h"

static void
open_cb (GtkWidget      *widget,
         YjConversation *conversation)
{
  g_signal_emit_by_name (widget, "open", conversation);
}

static void
rename_selected_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  YjConversationList *self = YJ_CONVERSATION_LIST (widget);
  YjConversation *conversation = gtk_single_selection_get_selected_item (self->selection);

  if (conversation != NULL)
    yj_conversation_list_rename (self, conversation);
}

static void
delete_selected_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  YjConversationList *self = YJ_CONVERSATION_LIST (widget);
  YjConversation *conversation = gtk_single_selection_get_selected_item (self->selection);

  if (conversation != NULL)
    yj_conversation_list_delete (self, conversation);
}

static void
pin_selected_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  YjConversationList *self = YJ_CONVERSATION_LIST (widget);
  YjConversation *conversation = gtk_single_selection_get_selected_item (self->selection);

  if (conversation != NULL)
    yj_conversation_list_toggle_pin (self, conversation);
}

static void
trash_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  YjConversationList *self = YJ_CONVERSATION_LIST (widget);
  YjTrashDialog *dialog;

  if (self->library == NULL)
    return;
  dialog = yj_conversation_trash_new (self->library);
  g_signal_connect_object (dialog, "restored", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  YjConversationList *self = YJ_CONVERSATION_LIST (widget);

  if (self->library != NULL)
    yj_conversation_import (widget, self->library, open_cb);
}

void
yj_conversation_list_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "conversations.rename", NULL, rename_selected_action);
  gtk_widget_class_install_action (widget_class, "conversations.delete", NULL, delete_selected_action);
  gtk_widget_class_install_action (widget_class, "conversations.pin", NULL, pin_selected_action);
  gtk_widget_class_install_action (widget_class, "conversations.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "conversations.show-trash", NULL, trash_action);
}

/* On the list alone: in the search entry these keys are the entry's own. */
void
yj_conversation_list_add_keys (GtkWidget *view)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F2, 0),
                                                          gtk_named_action_new ("conversations.rename")));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                          gtk_named_action_new ("conversations.delete")));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_p, GDK_CONTROL_MASK),
                                                          gtk_named_action_new ("conversations.pin")));
  gtk_widget_add_controller (view, keys);
}

/* ---- what is done to one */

/**
 * yj_conversation_list_rename:
 * @self: a conversation list
 * @conversation: one of its conversations
 *
 * Asks for another title.
 */
void
yj_conversation_list_rename (YjConversationList *self,
                             YjConversation     *conversation)
{
  g_return_if_fail (YJ_IS_CONVERSATION_LIST (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  yj_conversation_rename (GTK_WIDGET (self), self->library, conversation);
}

/**
 * yj_conversation_list_toggle_pin:
 * @self: a conversation list
 * @conversation: one of its conversations
 *
 * Puts it above the others, or back among them.
 */
void
yj_conversation_list_toggle_pin (YjConversationList *self,
                                 YjConversation     *conversation)
{
  g_return_if_fail (YJ_IS_CONVERSATION_LIST (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  yj_conversation_toggle_pin (self->library, conversation);
  yj_conversation_list_resort (self);
}

/**
 * yj_conversation_list_export:
 * @self: a conversation list
 * @conversation: one of its conversations
 * @format: `markdown`, `html` or `json`
 *
 * Asks where to, and writes it there.
 */
void
yj_conversation_list_export (YjConversationList *self,
                             YjConversation     *conversation,
                             const char         *format)
{
  g_return_if_fail (YJ_IS_CONVERSATION_LIST (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  yj_conversation_export (GTK_WIDGET (self), self->library, conversation,
                          g_str_equal (format, "json") ? YJ_EXPORT_JSON :
                          g_str_equal (format, "html") ? YJ_EXPORT_HTML : YJ_EXPORT_MARKDOWN);
}

/**
 * yj_conversation_list_delete:
 * @self: a conversation list
 * @conversation: one of its conversations
 *
 * Puts it into the trash, and offers to take it out again.
 */
void
yj_conversation_list_delete (YjConversationList *self,
                             YjConversation     *conversation)
{
  g_autoptr(YjConversation) kept = NULL;

  g_return_if_fail (YJ_IS_CONVERSATION_LIST (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  kept = g_object_ref (conversation);
  self->marking = TRUE;
  yj_conversation_trash (GTK_WIDGET (self), self->library, conversation, open_cb);
  self->marking = FALSE;
  g_signal_emit_by_name (self, "deleted", conversation);
}
