/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-conversation-list"

#include "yj-conversation-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-conversation-line.h"
#include "yj-day.h"
#include "yj-window.h"

struct _YjConversationList
{
  GtkWidget           parent_instance;

  GtkEditable        *entry;
  GtkStack           *stack;
  GtkListView        *view;

  YjLibrary          *library;
  GtkFilter          *filter;
  GtkSingleSelection *selection;
  GHashTable         *found;            /* set of gint64 *: what a search gave; NULL: no search */
  GCancellable       *cancellable;
  gboolean            marking;
};

enum
{
  OPEN,
  DELETED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjConversationList, yj_conversation_list, GTK_TYPE_WIDGET)

/* ---- rows */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, g_object_new (YJ_TYPE_CONVERSATION_LINE, NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  YjConversation *conversation = gtk_list_item_get_item (item);
  GBinding *binding = g_object_bind_property (conversation, "title", item, "accessible-label", G_BINDING_SYNC_CREATE);

  yj_conversation_line_set_conversation (YJ_CONVERSATION_LINE (gtk_list_item_get_child (item)), conversation);
  g_object_set_data (G_OBJECT (item), "title-binding", binding);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  g_binding_unbind (g_object_steal_data (G_OBJECT (item), "title-binding"));
  yj_conversation_line_set_conversation (YJ_CONVERSATION_LINE (gtk_list_item_get_child (item)), NULL);
}

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
  g_autofree char *title = yj_day_dup_group_title (yj_conversation_get_updated (conversation), g_get_real_time ());

  gtk_label_set_text (GTK_LABEL (gtk_list_header_get_child (header)), title);
}

/* ---- which ones */

static int
compare_days (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  gint64 now = g_get_real_time ();

  return yj_day_get_group (yj_conversation_get_updated ((YjConversation *) a), now) -
         yj_day_get_group (yj_conversation_get_updated ((YjConversation *) b), now);
}

static gboolean
is_found (gpointer item,
          gpointer user_data)
{
  YjConversationList *self = user_data;
  gint64 id = yj_conversation_get_id (item);

  return self->found == NULL || g_hash_table_contains (self->found, &id);
}

static void
refilter (YjConversationList *self)
{
  self->marking = TRUE;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  self->marking = FALSE;
  gtk_stack_set_visible_child_name (self->stack, self->found != NULL && g_hash_table_size (self->found) == 0 ? "nothing" : "list");
}

static void
searched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = yj_library_search_finish (YJ_LIBRARY (object), result, &error);
  YjConversationList *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->found, g_hash_table_unref);
  self->found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_hash_table_add (self->found, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
  refilter (self);
  if (error != NULL && YJ_IS_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))))
    yj_window_show_error (YJ_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), error);
}

static void
search_changed_cb (YjConversationList *self)
{
  g_autofree char *query = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (*query != '\0' && self->library != NULL)
    {
      yj_library_search_async (self->library, query, self->cancellable, searched_cb, self);
      return;
    }
  g_clear_pointer (&self->found, g_hash_table_unref);
  refilter (self);
}

static void
stop_search_cb (YjConversationList *self)
{
  gtk_editable_set_text (self->entry, "");
}

static void
selected_cb (YjConversationList *self)
{
  YjConversation *conversation = gtk_single_selection_get_selected_item (self->selection);

  if (!self->marking && conversation != NULL)
    g_signal_emit (self, signals[OPEN], 0, conversation);
}

static void
activate_cb (YjConversationList *self,
             guint               position)
{
  g_autoptr(YjConversation) conversation = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (conversation != NULL)
    g_signal_emit (self, signals[OPEN], 0, conversation);
}

/* ---- keys */

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

/* ---- the object */

static void
yj_conversation_list_dispose (GObject *object)
{
  YjConversationList *self = YJ_CONVERSATION_LIST (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_CONVERSATION_LIST);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->library);
  g_clear_pointer (&self->found, g_hash_table_unref);

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

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-conversation-list.ui");
  gtk_widget_class_bind_template_child (widget_class, YjConversationList, entry);
  gtk_widget_class_bind_template_child (widget_class, YjConversationList, stack);
  gtk_widget_class_bind_template_child (widget_class, YjConversationList, view);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);

  gtk_widget_class_install_action (widget_class, "conversations.rename", NULL, rename_selected_action);
  gtk_widget_class_install_action (widget_class, "conversations.delete", NULL, delete_selected_action);
}

static void
yj_conversation_list_init (YjConversationList *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));

  /* On the list alone: in the search entry these keys are the entry's own. */
  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F2, 0),
                                                          gtk_named_action_new ("conversations.rename")));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                          gtk_named_action_new ("conversations.delete")));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
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
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_found, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (yj_library_get_conversations (library)), g_object_ref (self->filter));
  /* The library has them in order; what is added is where the days part. */
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), NULL);
  gtk_sort_list_model_set_section_sorter (sorted, GTK_SORTER (gtk_custom_sorter_new (compare_days, NULL, NULL)));

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (sorted));
  g_object_unref (sorted);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
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

/**
 * yj_conversation_list_search:
 * @self: a conversation list
 *
 * Puts the cursor where a search is typed.
 */
void
yj_conversation_list_search (YjConversationList *self)
{
  g_return_if_fail (YJ_IS_CONVERSATION_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* ---- what is done to one */

static void
renamed_cb (AdwAlertDialog *dialog,
            const char     *response,
            gpointer        user_data)
{
  YjConversationList *self = user_data;
  YjConversation *conversation = g_object_get_data (G_OBJECT (dialog), "conversation");
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (!g_str_equal (response, "rename") || *title == '\0')
    return;
  g_object_set (conversation, "title", title, NULL);
  yj_library_save_conversation (self->library, conversation);
}

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
  AdwDialog *dialog;
  GtkWidget *entry;

  g_return_if_fail (YJ_IS_CONVERSATION_LIST (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  dialog = adw_alert_dialog_new (_("Rename Conversation"), NULL);
  entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), yj_conversation_get_title (conversation) != NULL ? yj_conversation_get_title (conversation) : "");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Title"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "rename", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "rename");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "conversation", g_object_ref (conversation), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (renamed_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
  gtk_widget_grab_focus (entry);
}

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  YjConversationList *self = user_data;
  YjConversation *conversation = g_object_get_data (G_OBJECT (toast), "conversation");

  yj_library_restore_conversation (self->library, conversation);
  g_signal_emit (self, signals[OPEN], 0, conversation);
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
  g_autoptr(YjConversation) kept = g_object_ref (conversation);
  GtkRoot *root;
  AdwToast *toast;

  g_return_if_fail (YJ_IS_CONVERSATION_LIST (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  self->marking = TRUE;
  yj_library_trash_conversation (self->library, conversation);
  self->marking = FALSE;
  g_signal_emit (self, signals[DELETED], 0, conversation);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!YJ_IS_WINDOW (root))
    return;
  toast = adw_toast_new (_("Conversation deleted"));
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "conversation", g_steal_pointer (&kept), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_DEFAULT);
  yj_window_add_toast (YJ_WINDOW (root), toast);
}
