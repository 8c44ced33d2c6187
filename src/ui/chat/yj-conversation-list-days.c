/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of the list: what is pinned, and the days. */
#define G_LOG_DOMAIN "yj-conversation-list"

#include "yj-conversation-list-private.h"

#include <glib/gi18n.h>

#include "yj-day.h"

static void
header_setup_cb (GtkSignalListItemFactory *factory,
                 GtkListHeader            *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_list_header_set_child (header, label);
}

static void
header_bind_cb (GtkSignalListItemFactory *factory,
                GtkListHeader            *header)
{
  YjConversation *conversation = gtk_list_header_get_item (header);
  g_autofree char *title = NULL;

  if (yj_conversation_get_pinned (conversation))
    title = g_strdup (_("Pinned"));
  else
    title = yj_day_dup_group_title (yj_conversation_get_updated (conversation), g_get_real_time ());
  gtk_label_set_text (GTK_LABEL (gtk_list_header_get_child (header)), title);
}

/* A number for the sorter, which asks once for each conversation and not once for each pair, and never again. */
static int
get_group_cb (YjConversation *conversation,
              gpointer        user_data)
{
  if (conversation == NULL || yj_conversation_get_pinned (conversation))
    return -1;
  return yj_day_get_group (yj_conversation_get_updated (conversation), g_get_real_time ());
}

void
yj_conversation_list_resort (YjConversationList *self)
{
  g_autoptr(GtkExpression) group = gtk_cclosure_expression_new (G_TYPE_INT, NULL, 0, NULL, G_CALLBACK (get_group_cb), NULL, NULL);

  self->marking = TRUE;
  /* Another expression, though it says the same: the sorter keeps the answers of the former. */
  gtk_numeric_sorter_set_expression (self->sorter, group);
  self->marking = FALSE;
}

/* Today is yesterday now. The headers are made anew: they do not know that their names have changed. */
static void
next_day_cb (gpointer user_data)
{
  YjConversationList *self = user_data;
  g_autoptr(GtkListItemFactory) factory = NULL;

  if (self->sorter == NULL)
    return;
  yj_conversation_list_resort (self);
  factory = g_object_ref (gtk_list_view_get_header_factory (self->view));
  gtk_list_view_set_header_factory (self->view, NULL);
  gtk_list_view_set_header_factory (self->view, factory);
}

void
yj_conversation_list_follow_days (YjConversationList *self)
{
  self->day = yj_day_watch_new (next_day_cb, self);
}

void
yj_conversation_list_install_days (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, header_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_bind_cb);
}
