/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-chat-page"

#include "yj-chat-page-private.h"

#include <glib/gi18n.h>

#include "yj-chat-start.h"
#include "yj-keep-focus.h"
#include "yj-window.h"

typedef enum
{
  PROP_SESSION = 1,
} YjChatPageProps;

static GParamSpec *props[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (YjChatPage, yj_chat_page, ADW_TYPE_BIN)

void
yj_chat_page_show_error (YjChatPage   *self,
                         const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (YJ_IS_WINDOW (root))
    yj_window_show_error (YJ_WINDOW (root), error);
}

/* ---- what is shown of the conversation */

static void
update_title (YjChatPage *self)
{
  const char *title = self->conversation != NULL ? yj_conversation_get_title (self->conversation) : NULL;

  adw_navigation_page_set_title (self->content_page, title != NULL && *title != '\0' ? title : _("New Chat"));
}

void
yj_chat_page_update_stack (YjChatPage *self)
{
  gboolean empty = self->conversation == NULL ||
                   (yj_conversation_get_loaded (self->conversation) && g_list_model_get_n_items (G_LIST_MODEL (self->conversation)) == 0);

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "messages");
}

void
yj_chat_page_update_busy (YjChatPage *self)
{
  YjChat *chat = yj_chat_page_get_chat (self);

  yj_composer_set_busy (self->composer, chat != NULL && self->conversation != NULL && yj_chat_is_busy (chat, self->conversation));
  yj_composer_set_ready (self->composer, chat != NULL && (self->conversation == NULL || yj_conversation_get_loaded (self->conversation)));
  yj_chat_page_update_go_on (self);
}

void
yj_chat_page_update_system_prompt (YjChatPage *self)
{
  const char *text = self->conversation != NULL ? yj_conversation_get_system_prompt (self->conversation) : NULL;

  if (text != NULL && *text != '\0')
    gtk_widget_add_css_class (self->system_button, "accent");
  else
    gtk_widget_remove_css_class (self->system_button, "accent");
}

static void
update_model (YjChatPage *self)
{
  const char *model = self->conversation != NULL ? yj_conversation_get_model (self->conversation) : NULL;
  g_autofree char *preferred = g_settings_get_string (self->settings, "chat-model");
  int stream = self->conversation != NULL ? yj_conversation_get_stream (self->conversation) : -1;

  yj_model_button_set_model (self->model_button, model != NULL && *model != '\0' ? model : preferred);
  g_object_set (self->model_button, "stream",
                stream >= 0 ? stream != 0 : g_settings_get_boolean (self->settings, "chat-stream"), NULL);
}

/* What is open and in sight is read. */
static void
update_unread (YjChatPage *self)
{
  if (self->conversation == NULL || !yj_conversation_get_unread (self->conversation) ||
      !gtk_widget_get_mapped (GTK_WIDGET (self->transcript)))
    return;
  g_object_set (self->conversation, "unread", FALSE, NULL);
  yj_library_save_conversation (yj_chat_page_get_library (self), self->conversation);
}

static void
items_changed_cb (YjChatPage *self)
{
  yj_chat_page_update_stack (self);
  yj_chat_page_update_history (self);
}

void
yj_chat_page_watch_conversation (YjChatPage *self)
{
  g_signal_connect_object (self->conversation, "notify::title", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->conversation, "notify::busy", G_CALLBACK (yj_chat_page_update_busy), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->conversation, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  yj_chat_page_update_waiting (self);
}

/* ---- opening */

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  gboolean loaded = yj_library_load_conversation_finish (YJ_LIBRARY (object), result, &error);
  YjChatPage *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!loaded)
    yj_chat_page_show_error (self, error);
  yj_chat_page_update_stack (self);
  yj_chat_page_update_history (self);
  yj_chat_page_update_busy (self);
  yj_chat_page_show_hit (self);
}

/* A conversation that was begun and then holds nothing is not kept in the list. */
static void
drop_if_empty (YjChatPage *self)
{
  const char *system_prompt;

  if (self->conversation == NULL || !yj_conversation_get_loaded (self->conversation) ||
      g_list_model_get_n_items (G_LIST_MODEL (self->conversation)) > 0)
    return;
  system_prompt = yj_conversation_get_system_prompt (self->conversation);
  if (!yj_conversation_has_draft (self->conversation) && (system_prompt == NULL || *system_prompt == '\0'))
    yj_library_trash_conversation (yj_chat_page_get_library (self), self->conversation);
}

/* Leaves what is open, with its draft stored, for @conversation, or for a new one. */
static void
set_conversation (YjChatPage     *self,
                  YjConversation *conversation)
{
  yj_chat_page_store_draft (self);
  drop_if_empty (self);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_set_object (&self->conversation, conversation);
  self->hit = 0;
  yj_find_bar_set_model (self->find_bar, G_LIST_MODEL (conversation));

  yj_transcript_set_model (self->transcript, G_LIST_MODEL (conversation));
  yj_composer_set_draft (self->composer,
                         conversation != NULL ? yj_conversation_get_draft (conversation) : NULL,
                         conversation != NULL ? yj_conversation_get_draft_cursor (conversation) : -1,
                         conversation != NULL ? yj_conversation_get_attachments (conversation) : NULL);
  yj_chat_page_update_waiting (self);
  if (conversation != NULL)
    {
      yj_chat_page_load_attachments (self);
      yj_chat_page_watch_conversation (self);
      yj_library_load_conversation_async (yj_chat_page_get_library (self), conversation, self->loading, loaded_cb, self);
    }
  yj_conversation_list_select (self->conversations, conversation);
  update_title (self);
  yj_chat_page_update_stack (self);
  update_unread (self);
  yj_chat_page_update_busy (self);
  update_model (self);
  yj_chat_page_update_system_prompt (self);
}

static void
open_cb (YjChatPage     *self,
         YjConversation *conversation)
{
  yj_chat_page_open (self, conversation);
}

static void
deleted_cb (YjChatPage     *self,
            YjConversation *conversation)
{
  YjChat *chat = yj_chat_page_get_chat (self);

  if (chat != NULL && yj_chat_is_busy (chat, conversation))
    yj_chat_stop (chat, conversation);
  if (conversation == self->conversation)
    set_conversation (self, NULL);
}

/* When the list is all that is in sight, none of it is open: a press on any one opens it. */
static void
show_content_cb (YjChatPage *self)
{
  if (adw_navigation_split_view_get_collapsed (self->split_view) && !adw_navigation_split_view_get_show_content (self->split_view))
    yj_conversation_list_select (self->conversations, NULL);
  else
    yj_conversation_list_select (self->conversations, self->conversation);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  YjChatPage *self = YJ_CHAT_PAGE (widget);

  set_conversation (self, NULL);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  YjChatPage *self = YJ_CHAT_PAGE (widget);

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  yj_conversation_list_search (self->conversations);
}

static void
scroll_to_end_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  yj_transcript_show_end (YJ_CHAT_PAGE (widget)->transcript);
}

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  yj_transcript_step (YJ_CHAT_PAGE (widget)->transcript, g_variant_get_int32 (parameter));
}

/* ---- the session */

static void
platform_changed_cb (YjChatPage *self)
{
  if (yj_session_get_platform (self->session) != NULL)
    gtk_widget_set_visible (self->key_card, FALSE);
}

static void
failed_cb (YjChatPage   *self,
           const GError *error)
{
  yj_chat_page_show_error (self, error);
}

static void
set_session (YjChatPage *self,
             YjSession  *session)
{
  GListModel *conversations;

  if (self->session == session || !g_set_object (&self->session, session) || session == NULL)
    return;
  g_object_set (self->model_button, "session", session, NULL);
  g_signal_connect_object (session, "notify::platform", G_CALLBACK (platform_changed_cb), self, G_CONNECT_SWAPPED);
  if (yj_chat_page_get_library (self) == NULL)
    return;
  g_settings_bind (self->settings, "chat-stream", yj_chat_page_get_chat (self), "stream", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "chat-history", yj_chat_page_get_chat (self), "history", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "chat-history-budget", yj_chat_page_get_chat (self), "history-budget", G_SETTINGS_BIND_GET);
  g_signal_connect_object (yj_chat_page_get_chat (self), "notify", G_CALLBACK (yj_chat_page_update_history), self, G_CONNECT_SWAPPED);
  yj_chat_page_watch_chat (self);
  g_signal_connect_object (yj_chat_page_get_library (self), "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  yj_conversation_list_set_library (self->conversations, yj_chat_page_get_library (self));
  yj_composer_set_prompts (self->composer, yj_library_get_prompts (yj_chat_page_get_library (self)));

  yj_chat_page_update_busy (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
  conversations = yj_library_get_conversations (yj_chat_page_get_library (self));
  if (g_list_model_get_n_items (conversations) > 0)
    {
      g_autoptr(YjConversation) latest = g_list_model_get_item (conversations, 0);

      set_conversation (self, latest);
    }
}

/* ---- the object */

static void
yj_chat_page_dispose (GObject *object)
{
  YjChatPage *self = YJ_CHAT_PAGE (object);

  if (self->composer != NULL)
    yj_chat_page_store_draft (self);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_CHAT_PAGE);
  g_clear_object (&self->conversation);
  g_clear_pointer (&self->hit_words, g_free);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (yj_chat_page_parent_class)->dispose (object);
}

static void
yj_chat_page_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  YjChatPage *self = YJ_CHAT_PAGE (object);

  switch ((YjChatPageProps) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    }
}

static void
yj_chat_page_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  YjChatPage *self = YJ_CHAT_PAGE (object);

  switch ((YjChatPageProps) prop_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-chat-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, split_view);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, conversations);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, content_page);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, transcript);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, find_bar);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, end_button);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, key_card);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, waiting_line);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, composer);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, model_button);
  gtk_widget_class_bind_template_child (widget_class, YjChatPage, system_button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, deleted_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_content_cb);
}

static void
yj_chat_page_class_init (YjChatPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_chat_page_dispose;
  object_class->get_property = yj_chat_page_get_property;
  object_class->set_property = yj_chat_page_set_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (YJ_TYPE_CHAT_START);
  g_type_ensure (YJ_TYPE_COMPOSER);
  g_type_ensure (YJ_TYPE_CONVERSATION_LIST);
  g_type_ensure (YJ_TYPE_FIND_BAR);
  g_type_ensure (YJ_TYPE_MARK_BIN);
  g_type_ensure (YJ_TYPE_MODEL_BUTTON);
  g_type_ensure (YJ_TYPE_TRANSCRIPT);
  g_type_ensure (YJ_TYPE_WAITING_LINE);
  bind_template (widget_class);

  gtk_widget_class_install_action (widget_class, "chat.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "chat.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "chat.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "chat.scroll-to-end", NULL, scroll_to_end_action);
  yj_chat_page_install_messages (widget_class);
  yj_chat_page_install_draft (widget_class);
  yj_chat_page_install_settings (widget_class);
  yj_chat_page_install_find (widget_class);
  yj_chat_page_install_asking (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "chat.new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, GDK_CONTROL_MASK, "chat.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "chat.prompts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "chat.attach", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "chat.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "chat.find-step", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "chat.find-step", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "chat.stop", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "chat.step", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "chat.step", "i", 1);
}

static void
yj_chat_page_init (YjChatPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (YJ_APP_ID);
  self->loading = g_cancellable_new ();
  yj_keep_focus (adw_bin_get_child (ADW_BIN (self)), "current-breakpoint");
  yj_composer_accept_drops (self->composer, GTK_WIDGET (self->content_page));
  /* A label that the keyboard comes to is read, not taken hold of. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  yj_transcript_take_keys (self->transcript, GTK_WIDGET (self->composer));
  g_object_bind_property (self->transcript, "at-end", self->end_button, "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  g_signal_connect_object (self->transcript, "map", G_CALLBACK (update_unread), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update_model (self);
}

/**
 * yj_chat_page_open:
 * @self: a chat page
 * @conversation: a conversation of the session's library
 *
 * Opens @conversation at its end, with its draft.
 */
void
yj_chat_page_open (YjChatPage     *self,
                   YjConversation *conversation)
{
  g_return_if_fail (YJ_IS_CHAT_PAGE (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  if (conversation == self->conversation)
    return;
  set_conversation (self, conversation);
  if (!adw_navigation_split_view_get_collapsed (self->split_view))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/**
 * yj_chat_page_search:
 * @self: a chat page
 * @words: what to look for
 *
 * Shows the conversations that have @words, with the cursor in the search.
 */
void
yj_chat_page_search (YjChatPage *self,
                     const char *words)
{
  g_return_if_fail (YJ_IS_CHAT_PAGE (self));
  g_return_if_fail (words != NULL);

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  yj_conversation_list_search_for (self->conversations, words);
}
