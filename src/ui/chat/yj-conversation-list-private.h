/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjConversationList share. */
#pragma once

#include "yj-conversation-list.h"
#include "yj-day.h"

G_BEGIN_DECLS

struct _YjConversationList
{
  GtkWidget           parent_instance;

  GtkEditable        *entry;
  GtkStack           *stack;
  GtkListView        *view;

  YjLibrary          *library;
  GtkFilter          *filter;
  GtkNumericSorter   *sorter;           /* by days */
  YjDayWatch         *day;              /* tells of the next one */
  GtkSingleSelection *selection;
  GHashTable         *found;            /* set of gint64 *: what a search gave; NULL: no search */
  GCancellable       *cancellable;
  char               *query;            /* of the search */
  GPtrArray          *bound;            /* of GtkListItem: those that show a conversation, borrowed */
  gboolean            marking;
};

/* What there is to show, or that there is nothing. */
void     yj_conversation_list_update_stack    (YjConversationList *self);

/* ---- rows */
void     yj_conversation_list_install_rows    (GtkWidgetClass     *widget_class);

/* ---- days */
void     yj_conversation_list_install_days    (GtkWidgetClass     *widget_class);
/* Brings the groups to what the conversations say now. */
void     yj_conversation_list_resort          (YjConversationList *self);
/* Has the groups move on whenever a day ends. */
void     yj_conversation_list_follow_days     (YjConversationList *self);

/* ---- the search */
void     yj_conversation_list_install_search  (GtkWidgetClass     *widget_class);
/* Whether @item, a YjConversation, is to be shown; a GtkCustomFilterFunc. */
gboolean yj_conversation_list_is_found        (gpointer            item,
                                               gpointer            self);
/* What the row of @item shows of a search. */
void     yj_conversation_list_update_hit      (YjConversationList *self,
                                               GtkListItem        *item);
/* In a search, says where in @conversation is what was sought: signal "hit". */
void     yj_conversation_list_find_hit        (YjConversationList *self,
                                               YjConversation     *conversation);

/* ---- what is done by keys and menus: conversations.… */
void     yj_conversation_list_install_actions (GtkWidgetClass     *widget_class);
void     yj_conversation_list_add_keys        (GtkWidget          *view);

G_END_DECLS
