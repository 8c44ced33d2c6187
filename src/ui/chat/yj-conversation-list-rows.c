/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row says of its conversation. */
#define G_LOG_DOMAIN "yj-conversation-list"

#include "yj-conversation-list-private.h"

#include <glib/gi18n.h>

#include "yj-conversation-actions.h"
#include "yj-conversation-line.h"

static void
selected_cb (GtkListItem *item)
{
  yj_conversation_line_set_selected (YJ_CONVERSATION_LINE (gtk_list_item_get_child (item)), gtk_list_item_get_selected (item));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, g_object_new (YJ_TYPE_CONVERSATION_LINE, NULL));
  g_signal_connect (item, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

/* What a screen reader hears of a row. */
static void
update_accessible (GtkListItem *item)
{
  YjConversation *conversation = gtk_list_item_get_item (item);
  g_autofree char *title = yj_conversation_dup_shown_title (conversation);

  gtk_list_item_set_accessible_label (item, title);
  gtk_list_item_set_accessible_description (item, yj_conversation_get_busy (conversation) ? _("An answer is on its way") :
                                            yj_conversation_get_unread (conversation) ? _("There is a new answer") : "");
}

/* The newest group may be another one now. */
static void
updated_cb (GtkListItem *item)
{
  GtkWidget *list = gtk_widget_get_ancestor (gtk_list_item_get_child (item), YJ_TYPE_CONVERSATION_LIST);

  if (list != NULL)
    yj_conversation_list_resort (YJ_CONVERSATION_LIST (list));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         YjConversationList       *self)
{
  YjConversation *conversation = gtk_list_item_get_item (item);

  yj_conversation_line_set_conversation (YJ_CONVERSATION_LINE (gtk_list_item_get_child (item)), conversation);
  g_signal_connect_swapped (conversation, "notify::title", G_CALLBACK (update_accessible), item);
  g_signal_connect_swapped (conversation, "notify::busy", G_CALLBACK (update_accessible), item);
  g_signal_connect_swapped (conversation, "notify::unread", G_CALLBACK (update_accessible), item);
  g_signal_connect_swapped (conversation, "notify::updated", G_CALLBACK (updated_cb), item);
  update_accessible (item);
  g_ptr_array_add (self->bound, item);
  yj_conversation_list_update_hit (self, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           YjConversationList       *self)
{
  g_ptr_array_remove_fast (self->bound, item);
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
  yj_conversation_line_set_conversation (YJ_CONVERSATION_LINE (gtk_list_item_get_child (item)), NULL);
}

void
yj_conversation_list_install_rows (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}
