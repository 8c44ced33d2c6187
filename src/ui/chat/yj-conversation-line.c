/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-conversation-line"

#include "yj-conversation-line.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-conversation-actions.h"
#include "yj-conversation-list.h"
#include "yj-text.h"

struct _YjConversationLine
{
  GtkWidget       parent_instance;

  YjConversation *conversation;
  GtkLabel       *label;
  GtkLabel       *snippet;
  GtkWidget      *spinner;
  GtkWidget      *under_way;
  GtkWidget      *dot;
  GtkMenuButton  *menu_button;
  gboolean        selected;
};

typedef enum
{
  PROP_CONVERSATION = 1,
} YjConversationLineProps;

static GParamSpec *props[PROP_CONVERSATION + 1];

G_DEFINE_FINAL_TYPE (YjConversationLine, yj_conversation_line, GTK_TYPE_WIDGET)

static void
update_title (YjConversationLine *self)
{
  g_autofree char *title = yj_conversation_dup_shown_title (self->conversation);
  g_autoptr(PangoAttrList) list = pango_attr_list_new ();

  gtk_label_set_text (self->label, title);
  if (yj_text_get_language (title) != NULL)
    pango_attr_list_insert (list, pango_attr_language_new (pango_language_from_string ("zh-cn")));
  gtk_label_set_attributes (self->label, list);
}

/* What the row shows by signs; a screen reader hears it of the list item. Nothing turns beside the answer that is being
 * read: one sees it come, and each step of a spinner has the window painted. */
static void
update_signs (YjConversationLine *self)
{
  gboolean busy = yj_conversation_get_busy (self->conversation);
  gboolean unread = yj_conversation_get_unread (self->conversation);

  gtk_widget_set_visible (self->spinner, busy && !self->selected);
  gtk_widget_set_visible (self->under_way, busy && self->selected);
  gtk_widget_set_visible (self->dot, unread && !busy);
  if (unread)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "heading");
}

static void
menu_pressed_cb (YjConversationLine *self)
{
  gtk_menu_button_popup (self->menu_button);
}

/* Made when it is wanted: a menu for each row would cost more than the row. */
static void
create_menu_cb (GtkMenuButton *button,
                gpointer       user_data)
{
  YjConversationLine *self = user_data;
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) export = g_menu_new ();
  g_autoptr(GMenu) deletion = g_menu_new ();

  g_menu_append (menu, _("_Rename…"), "conversation.rename");
  g_menu_append (menu, yj_conversation_get_pinned (self->conversation) ? _("Un_pin") : _("_Pin"), "conversation.pin");
  g_menu_append (export, _("_Markdown…"), "conversation.export::markdown");
  g_menu_append (export, _("_HTML…"), "conversation.export::html");
  g_menu_append (export, _("_JSON…"), "conversation.export::json");
  g_menu_append_submenu (menu, _("_Export"), G_MENU_MODEL (export));
  g_menu_append (deletion, _("Move to _Trash"), "conversation.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (deletion));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static YjConversationList *
get_list (GtkWidget *widget)
{
  return YJ_CONVERSATION_LIST (gtk_widget_get_ancestor (widget, YJ_TYPE_CONVERSATION_LIST));
}

static void
rename_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  yj_conversation_list_rename (get_list (widget), YJ_CONVERSATION_LINE (widget)->conversation);
}

static void
pin_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  yj_conversation_list_toggle_pin (get_list (widget), YJ_CONVERSATION_LINE (widget)->conversation);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  yj_conversation_list_export (get_list (widget), YJ_CONVERSATION_LINE (widget)->conversation, g_variant_get_string (parameter, NULL));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  yj_conversation_list_delete (get_list (widget), YJ_CONVERSATION_LINE (widget)->conversation);
}

static void
yj_conversation_line_dispose (GObject *object)
{
  YjConversationLine *self = YJ_CONVERSATION_LINE (object);
  GtkWidget *child;

  yj_conversation_line_set_conversation (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_CONVERSATION_LINE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (yj_conversation_line_parent_class)->dispose (object);
}

static void
yj_conversation_line_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  YjConversationLine *self = YJ_CONVERSATION_LINE (object);

  switch ((YjConversationLineProps) prop_id)
    {
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    }
}

static void
yj_conversation_line_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  YjConversationLine *self = YJ_CONVERSATION_LINE (object);

  switch ((YjConversationLineProps) prop_id)
    {
    case PROP_CONVERSATION:
      yj_conversation_line_set_conversation (self, g_value_get_object (value));
      break;
    }
}

static void
yj_conversation_line_class_init (YjConversationLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_conversation_line_dispose;
  object_class->get_property = yj_conversation_line_get_property;
  object_class->set_property = yj_conversation_line_set_property;

  props[PROP_CONVERSATION] = g_param_spec_object ("conversation", NULL, NULL, YJ_TYPE_CONVERSATION,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (ADW_TYPE_SPINNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-conversation-line.ui");
  gtk_widget_class_bind_template_child (widget_class, YjConversationLine, label);
  gtk_widget_class_bind_template_child (widget_class, YjConversationLine, snippet);
  gtk_widget_class_bind_template_child (widget_class, YjConversationLine, spinner);
  gtk_widget_class_bind_template_child (widget_class, YjConversationLine, under_way);
  gtk_widget_class_bind_template_child (widget_class, YjConversationLine, dot);
  gtk_widget_class_bind_template_child (widget_class, YjConversationLine, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_set_css_name (widget_class, "yj-conversation");

  gtk_widget_class_install_action (widget_class, "conversation.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "conversation.pin", NULL, pin_action);
  gtk_widget_class_install_action (widget_class, "conversation.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "conversation.delete", NULL, delete_action);
}

static void
yj_conversation_line_init (YjConversationLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb, self, NULL);
}

/**
 * yj_conversation_line_set_conversation:
 * @self: a conversation line
 * @conversation: (nullable): what it shows
 */
void
yj_conversation_line_set_conversation (YjConversationLine *self,
                                       YjConversation     *conversation)
{
  g_return_if_fail (YJ_IS_CONVERSATION_LINE (self));

  if (self->conversation == conversation)
    return;
  if (self->conversation != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->conversation, update_title, self);
      g_signal_handlers_disconnect_by_func (self->conversation, update_signs, self);
    }
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    {
      g_signal_connect_swapped (conversation, "notify::title", G_CALLBACK (update_title), self);
      g_signal_connect_swapped (conversation, "notify::busy", G_CALLBACK (update_signs), self);
      g_signal_connect_swapped (conversation, "notify::unread", G_CALLBACK (update_signs), self);
      update_title (self);
      update_signs (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONVERSATION]);
}

/**
 * yj_conversation_line_set_selected:
 * @self: a conversation line
 * @selected: whether its conversation is the one that is open
 */
void
yj_conversation_line_set_selected (YjConversationLine *self,
                                   gboolean            selected)
{
  g_return_if_fail (YJ_IS_CONVERSATION_LINE (self));

  self->selected = selected;
  if (self->conversation != NULL)
    update_signs (self);
}

/**
 * yj_conversation_line_set_hit:
 * @self: a conversation line
 * @hit: (nullable): where the words are that were searched for
 *
 * Shows the words around a hit below the title.
 */
void
yj_conversation_line_set_hit (YjConversationLine *self,
                              const YjSearchHit  *hit)
{
  g_autoptr(PangoAttrList) list = pango_attr_list_new ();
  PangoAttribute *bold;

  g_return_if_fail (YJ_IS_CONVERSATION_LINE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->snippet), hit != NULL && hit->snippet != NULL);
  if (hit == NULL || hit->snippet == NULL)
    return;
  bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  bold->start_index = hit->start;
  bold->end_index = hit->end;
  pango_attr_list_insert (list, bold);
  bold = pango_attr_background_new (0xf7f7, 0xcccc, 0x1919);
  bold->start_index = hit->start;
  bold->end_index = hit->end;
  pango_attr_list_insert (list, bold);
  bold = pango_attr_background_alpha_new (0x6000);
  bold->start_index = hit->start;
  bold->end_index = hit->end;
  pango_attr_list_insert (list, bold);
  if (yj_text_get_language (hit->snippet) != NULL)
    pango_attr_list_insert (list, pango_attr_language_new (pango_language_from_string ("zh-cn")));
  gtk_label_set_text (self->snippet, hit->snippet);
  gtk_label_set_attributes (self->snippet, list);
}
