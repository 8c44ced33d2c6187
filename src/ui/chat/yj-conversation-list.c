/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-conversation-list"

#include "yj-conversation-list-private.h"

enum
{
  OPEN,
  DELETED,
  HIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjConversationList, yj_conversation_list, GTK_TYPE_WIDGET)

/* ---- which one is open */

/* And in a search, to what it found. */
static void
open_conversation (YjConversationList *self,
                   YjConversation     *conversation)
{
  g_autoptr(YjConversation) kept = g_object_ref (conversation);

  g_signal_emit (self, signals[OPEN], 0, kept);
  yj_conversation_list_find_hit (self, kept);
}

static void
selected_cb (YjConversationList *self)
{
  YjConversation *conversation = gtk_single_selection_get_selected_item (self->selection);

  if (!self->marking && conversation != NULL)
    open_conversation (self, conversation);
}

static void
activate_cb (YjConversationList *self,
             guint               position)
{
  g_autoptr(YjConversation) conversation = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (conversation != NULL)
    open_conversation (self, conversation);
}

/* Enter in the search goes to the first of what it found. */
static void
search_activate_cb (YjConversationList *self)
{
  if (self->found != NULL && self->selection != NULL)
    activate_cb (self, 0);
}

/* ---- whether there are any */

void
yj_conversation_list_update_stack (YjConversationList *self)
{
  const char *page = "list";

  if (self->found != NULL && g_hash_table_size (self->found) == 0)
    page = "nothing";
  else if (self->library != NULL && g_list_model_get_n_items (yj_library_get_conversations (self->library)) == 0)
    page = "none";
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* ---- the object */

static void
yj_conversation_list_dispose (GObject *object)
{
  YjConversationList *self = YJ_CONVERSATION_LIST (object);
  GtkWidget *child;

  g_clear_pointer (&self->day, yj_day_watch_free);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_CONVERSATION_LIST);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->library);
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_clear_pointer (&self->bound, g_ptr_array_unref);
  g_clear_pointer (&self->query, g_free);

  G_OBJECT_CLASS (yj_conversation_list_parent_class)->dispose (object);
}

static void
yj_conversation_list_class_init (YjConversationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_conversation_list_dispose;

  signals[OPEN] = g_signal_new ("open", YJ_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, YJ_TYPE_CONVERSATION);
  signals[DELETED] = g_signal_new ("deleted", YJ_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, YJ_TYPE_CONVERSATION);

  /* @message: the id of the message that the search is about, @words: what is in it */
  signals[HIT] = g_signal_new ("hit", YJ_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 3, YJ_TYPE_CONVERSATION, G_TYPE_INT64, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-conversation-list.ui");
  gtk_widget_class_bind_template_child (widget_class, YjConversationList, entry);
  gtk_widget_class_bind_template_child (widget_class, YjConversationList, stack);
  gtk_widget_class_bind_template_child (widget_class, YjConversationList, view);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);

  yj_conversation_list_install_rows (widget_class);
  yj_conversation_list_install_days (widget_class);
  yj_conversation_list_install_search (widget_class);
  yj_conversation_list_install_actions (widget_class);
}

static void
yj_conversation_list_init (YjConversationList *self)
{
  self->bound = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  yj_conversation_list_add_keys (GTK_WIDGET (self->view));
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
}

/**
 * yj_conversation_list_set_library:
 * @self: a conversation list
 * @library: whose conversations to show
 */
void
yj_conversation_list_set_library (YjConversationList *self,
                                  YjLibrary          *library)
{
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  g_return_if_fail (YJ_IS_CONVERSATION_LIST (self));
  g_return_if_fail (self->library == NULL && YJ_IS_LIBRARY (library));

  self->library = g_object_ref (library);
  self->filter = GTK_FILTER (gtk_custom_filter_new (yj_conversation_list_is_found, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (yj_library_get_conversations (library)), g_object_ref (self->filter));
  /* The library has them in order; what is added is where the days part. */
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), NULL);
  self->sorter = gtk_numeric_sorter_new (NULL);
  yj_conversation_list_resort (self);
  gtk_sort_list_model_set_section_sorter (sorted, GTK_SORTER (self->sorter));

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (sorted));
  g_object_unref (sorted);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (yj_library_get_conversations (library), "items-changed",
                           G_CALLBACK (yj_conversation_list_update_stack), self, G_CONNECT_SWAPPED);
  yj_conversation_list_update_stack (self);
  yj_conversation_list_follow_days (self);
}

/**
 * yj_conversation_list_select:
 * @self: a conversation list
 * @conversation: (nullable): the one that is open
 */
void
yj_conversation_list_select (YjConversationList *self,
                             YjConversation     *conversation)
{
  guint position = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (YJ_IS_CONVERSATION_LIST (self));

  if (self->selection == NULL)
    return;
  for (guint i = 0; conversation != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr(YjConversation) other = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (other == conversation)
        {
          position = i;
          break;
        }
    }
  self->marking = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->marking = FALSE;
}
