/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search over the conversations. */
#define G_LOG_DOMAIN "yj-conversation-list"

#include "yj-conversation-list-private.h"

#include "yj-conversation-line.h"
#include "yj-window.h"

/* ---- what it found in one */

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
        g_signal_emit_by_name (asked->list, "hit", asked->conversation, hit->message, hit->words);
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

void
yj_conversation_list_update_hit (YjConversationList *self,
                                 GtkListItem        *item)
{
  if (self->found != NULL)
    ask_for_hit (self, gtk_list_item_get_item (item), item);
  else
    yj_conversation_line_set_hit (YJ_CONVERSATION_LINE (gtk_list_item_get_child (item)), NULL);
}

void
yj_conversation_list_find_hit (YjConversationList *self,
                               YjConversation     *conversation)
{
  if (self->found != NULL)
    ask_for_hit (self, conversation, NULL);
}

/* ---- which ones it found */

gboolean
yj_conversation_list_is_found (gpointer item,
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
  for (guint i = 0; i < self->bound->len; i++)
    yj_conversation_list_update_hit (self, self->bound->pdata[i]);
  yj_conversation_list_update_stack (self);
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

void
yj_conversation_list_install_search (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
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

/**
 * yj_conversation_list_search_for:
 * @self: a conversation list
 * @words: what to look for
 *
 * The same with @words typed in.
 */
void
yj_conversation_list_search_for (YjConversationList *self,
                                 const char         *words)
{
  g_return_if_fail (YJ_IS_CONVERSATION_LIST (self));
  g_return_if_fail (words != NULL);

  gtk_editable_set_text (self->entry, words);
  yj_conversation_list_search (self);
}
