/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-conversation-list"

#include "yj-conversation-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-conversation-actions.h"
#include "yj-conversation-files.h"
#include "yj-conversation-line.h"
#include "yj-day.h"
#include "yj-trash-dialog.h"
#include "yj-window.h"

#define LONGEST_SLEEP 600       /* s, between looks at the date */

struct _YjConversationList
{
  GtkWidget           parent_instance;

  GtkEditable        *entry;
  GtkStack           *stack;
  GtkListView        *view;

  YjLibrary          *library;
  GtkFilter          *filter;
  GtkNumericSorter   *sorter;           /* by days */
  guint               day_source;       /* until the next one begins */
  gint64              day;              /* begin of the one that is shown as today, µs since 1970, UTC */
  GtkSingleSelection *selection;
  GHashTable         *found;            /* set of gint64 *: what a search gave; NULL: no search */
  GCancellable       *cancellable;
  char               *query;            /* of the search */
  GPtrArray          *bound;            /* of GtkListItem: those that show a conversation, borrowed */
  gboolean            marking;
};

enum
{
  OPEN,
  DELETED,
  HIT,
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

static void resort (YjConversationList *self);

/* The newest group may be another one now. */
static void
updated_cb (GtkListItem *item)
{
  GtkWidget *list = gtk_widget_get_ancestor (gtk_list_item_get_child (item), YJ_TYPE_CONVERSATION_LIST);

  if (list != NULL)
    resort (YJ_CONVERSATION_LIST (list));
}

/* ---- what a row shows of a search */

typedef struct
{
  YjConversationList *list;     /* borrowed: it cancels when it goes */
  GtkListItem        *item;     /* of the row; NULL: to go there */
  YjConversation     *conversation;
} Asked;

static void
asked_free (Asked *asked)
{
  g_clear_object (&asked->item);
  g_object_unref (asked->conversation);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
hit_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(Asked) asked = user_data;
  g_autoptr(YjSearchHit) hit = yj_library_find_hit_finish (YJ_LIBRARY (object), result, NULL);

  if (hit == NULL)
    return;
  if (asked->item == NULL)
    {
      if (hit->message != 0)
        g_signal_emit (asked->list, signals[HIT], 0, asked->conversation, hit->message, hit->words);
    }
  else if (gtk_list_item_get_item (asked->item) == asked->conversation)
    {
      yj_conversation_line_set_hit (YJ_CONVERSATION_LINE (gtk_list_item_get_child (asked->item)), hit);
      if (hit->snippet != NULL)
        gtk_list_item_set_accessible_description (asked->item, hit->snippet);
    }
}

/* For the row of @item, or without one to go there. */
static void
ask_for_hit (YjConversationList *self,
             YjConversation     *conversation,
             GtkListItem        *item)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->list = self;
  asked->conversation = g_object_ref (conversation);
  g_set_object (&asked->item, item);
  yj_library_find_hit_async (self->library, conversation, self->query, self->cancellable, hit_cb, asked);
}

static void
update_hit (YjConversationList *self,
            GtkListItem        *item)
{
  if (self->found != NULL)
    ask_for_hit (self, gtk_list_item_get_item (item), item);
  else
    yj_conversation_line_set_hit (YJ_CONVERSATION_LINE (gtk_list_item_get_child (item)), NULL);
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
  update_hit (self, item);
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

/* ---- which ones */

/* A number for the sorter, which asks once for each conversation and not once for each pair, and never again. */
static int
get_group_cb (YjConversation *conversation,
              gpointer        user_data)
{
  if (conversation == NULL || yj_conversation_get_pinned (conversation))
    return -1;
  return yj_day_get_group (yj_conversation_get_updated (conversation), g_get_real_time ());
}

static void
resort (YjConversationList *self)
{
  g_autoptr(GtkExpression) group = gtk_cclosure_expression_new (G_TYPE_INT, NULL, 0, NULL, G_CALLBACK (get_group_cb), NULL, NULL);

  self->marking = TRUE;
  /* Another expression, though it says the same: the sorter keeps the answers of the former. */
  gtk_numeric_sorter_set_expression (self->sorter, group);
  self->marking = FALSE;
}

/* Today is yesterday now. The headers are made anew: they do not know that their names have changed. */
static void
check_day (YjConversationList *self)
{
  gint64 day = yj_day_get_start (g_get_real_time ());
  g_autoptr(GtkListItemFactory) factory = NULL;

  if (day == self->day || self->sorter == NULL)
    return;
  self->day = day;
  resort (self);
  factory = g_object_ref (gtk_list_view_get_header_factory (self->view));
  gtk_list_view_set_header_factory (self->view, NULL);
  gtk_list_view_set_header_factory (self->view, factory);
}

static gboolean
next_day_cb (gpointer user_data)
{
  YjConversationList *self = user_data;
  gint64 now = g_get_real_time ();
  gint64 next;

  check_day (self);
  /* No day has more than 25 hours. A machine that slept is behind its own clock: it looks again before long. */
  next = yj_day_get_start (yj_day_get_start (now) + 26 * G_TIME_SPAN_HOUR);
  self->day_source = g_timeout_add_seconds (MIN ((next - now) / G_USEC_PER_SEC + 1, LONGEST_SLEEP), next_day_cb, self);
  return G_SOURCE_REMOVE;
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
update_stack (YjConversationList *self)
{
  const char *page = "list";

  if (self->found != NULL && g_hash_table_size (self->found) == 0)
    page = "nothing";
  else if (self->library != NULL && g_list_model_get_n_items (yj_library_get_conversations (self->library)) == 0)
    page = "none";
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
refilter (YjConversationList *self)
{
  self->marking = TRUE;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  self->marking = FALSE;
  for (guint i = 0; i < self->bound->len; i++)
    update_hit (self, self->bound->pdata[i]);
  update_stack (self);
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
  g_set_str (&self->query, gtk_editable_get_text (self->entry));
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

/* And in a search, to what it found. */
static void
open_conversation (YjConversationList *self,
                   YjConversation     *conversation)
{
  g_autoptr(YjConversation) kept = g_object_ref (conversation);

  g_signal_emit (self, signals[OPEN], 0, kept);
  if (self->found != NULL)
    ask_for_hit (self, kept, NULL);
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
restored_cb (YjConversationList *self,
             YjConversation     *conversation)
{
  g_signal_emit (self, signals[OPEN], 0, conversation);
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
  dialog = yj_trash_dialog_new (self->library);
  g_signal_connect_object (dialog, "restored", G_CALLBACK (restored_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
imported_cb (GtkWidget      *widget,
             YjConversation *conversation)
{
  g_signal_emit (widget, signals[OPEN], 0, conversation);
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  YjConversationList *self = YJ_CONVERSATION_LIST (widget);

  if (self->library != NULL)
    yj_conversation_import (widget, self->library, imported_cb);
}

/* ---- the object */

static void
yj_conversation_list_dispose (GObject *object)
{
  YjConversationList *self = YJ_CONVERSATION_LIST (object);
  GtkWidget *child;

  g_clear_handle_id (&self->day_source, g_source_remove);
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
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);

  gtk_widget_class_install_action (widget_class, "conversations.rename", NULL, rename_selected_action);
  gtk_widget_class_install_action (widget_class, "conversations.delete", NULL, delete_selected_action);
  gtk_widget_class_install_action (widget_class, "conversations.pin", NULL, pin_selected_action);
  gtk_widget_class_install_action (widget_class, "conversations.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "conversations.show-trash", NULL, trash_action);
}

static void
yj_conversation_list_init (YjConversationList *self)
{
  GtkEventController *keys;

  self->bound = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  /* On the list alone: in the search entry these keys are the entry's own. */
  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F2, 0),
                                                          gtk_named_action_new ("conversations.rename")));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                          gtk_named_action_new ("conversations.delete")));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_p, GDK_CONTROL_MASK),
                                                          gtk_named_action_new ("conversations.pin")));
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
  self->sorter = gtk_numeric_sorter_new (NULL);
  resort (self);
  gtk_sort_list_model_set_section_sorter (sorted, GTK_SORTER (self->sorter));

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (sorted));
  g_object_unref (sorted);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (yj_library_get_conversations (library), "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  update_stack (self);
  self->day = yj_day_get_start (g_get_real_time ());
  next_day_cb (self);
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
  gtk_editable_select_region (self->entry, 0, -1);
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
  resort (self);
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

static void
undone_cb (GtkWidget      *widget,
           YjConversation *conversation)
{
  g_signal_emit (widget, signals[OPEN], 0, conversation);
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
  yj_conversation_trash (GTK_WIDGET (self), self->library, conversation, undone_cb);
  self->marking = FALSE;
  g_signal_emit (self, signals[DELETED], 0, conversation);
}
