/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-conversation-line"

#include "yj-conversation-line.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-conversation-list.h"
#include "yj-text.h"

struct _YjConversationLine
{
  GtkWidget       parent_instance;

  YjConversation *conversation;
  GtkLabel       *label;
  GtkMenuButton  *menu_button;
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
  const char *title = yj_conversation_get_title (self->conversation);
  g_autoptr(GString) shown = g_string_new (NULL);
  g_autoptr(PangoAttrList) list = pango_attr_list_new ();

  if (title != NULL)
    yj_text_neutralise (shown, title, strlen (title), TRUE);
  g_strdelimit (shown->str, "\n", ' ');
  gtk_label_set_text (self->label, shown->len > 0 ? shown->str : _("New Chat"));
  if (yj_text_get_language (shown->str) != NULL)
    pango_attr_list_insert (list, pango_attr_language_new (pango_language_from_string ("zh-cn")));
  gtk_label_set_attributes (self->label, list);
}

static void
menu_pressed_cb (YjConversationLine *self)
{
  gtk_menu_button_popup (self->menu_button);
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

  yj_conversation_line_set_conversation (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_CONVERSATION_LINE);

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

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-conversation-line.ui");
  gtk_widget_class_bind_template_child (widget_class, YjConversationLine, label);
  gtk_widget_class_bind_template_child (widget_class, YjConversationLine, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_set_css_name (widget_class, "yj-conversation");

  gtk_widget_class_install_action (widget_class, "conversation.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "conversation.delete", NULL, delete_action);
}

static void
yj_conversation_line_init (YjConversationLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_conversation_line_set_conversation:
 * @self: a conversation line
 * @conversation: (nullable): what it shows
 */
void
yj_conversation_line_set_conversation (YjConversationLine *self,
                                      YjConversation    *conversation)
{
  g_return_if_fail (YJ_IS_CONVERSATION_LINE (self));

  if (self->conversation == conversation)
    return;
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_func (self->conversation, update_title, self);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    {
      g_signal_connect_swapped (conversation, "notify::title", G_CALLBACK (update_title), self);
      update_title (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONVERSATION]);
}
