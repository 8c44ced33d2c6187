/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-message-tools"

#include "yj-message-tools.h"

#include <glib/gi18n.h>

#include "yj-chat-page.h"

#define MOST_MODELS 40          /* in a menu: the button below has all of them */

/**
 * YjMessageTools:
 *
 * Activates the actions of [class@Yj.MessageCard], `message.*`. The menu is made when it is opened, of what can be done
 * then.
 */
struct _YjMessageTools
{
  GtkWidget  parent_instance;
  YjMessage *message;
  GtkWidget *button;
  GtkWidget *menu_button;
};

G_DEFINE_FINAL_TYPE (YjMessageTools, yj_message_tools, GTK_TYPE_WIDGET)

static gboolean
is_question (YjMessageTools *self)
{
  return yj_message_get_role (self->message) == YJ_MESSAGE_USER;
}

/* ---- the menu */

static GMenuModel *
new_models_menu (YjChatPage *page)
{
  g_auto(GStrv) models = yj_chat_page_dup_models (page);
  GMenu *menu = g_menu_new ();

  for (guint i = 0; models[i] != NULL && i < MOST_MODELS; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (NULL, NULL);
      g_autoptr(GString) label = g_string_new (models[i]);

      /* A name's underline is no mnemonic. */
      g_string_replace (label, "_", "__", 0);
      g_menu_item_set_label (item, label->str);
      g_menu_item_set_action_and_target (item, "message.ask-model", "s", models[i]);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
fill_menu (YjMessageTools *self,
           GMenu          *menu,
           YjChatPage     *page)
{
  g_autoptr(GMenu) ask = g_menu_new (), use = g_menu_new (), end = g_menu_new ();
  g_autoptr(GMenuModel) models = new_models_menu (page);

  if (is_question (self))
    g_menu_append (ask, _("_Edit"), "message.edit");
  g_menu_append (ask, is_question (self) ? _("_Ask Again") : _("New _Answer"), "message.ask-again");
  g_menu_append_submenu (ask, is_question (self) ? _("Ask Another _Model") : _("Answer by Another _Model"), models);
  if (yj_chat_page_can_go_on (page, self->message))
    g_menu_append (ask, _("_Continue"), "message.go-on");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ask));

  if (*yj_message_get_text (self->message) != '\0')
    g_menu_append (use, _("_Use as Prompt in Create"), "message.use-prompt");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (use));
  g_menu_append (end, _("_Delete"), "message.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
}

static void
create_popup (GtkMenuButton *button,
              gpointer       user_data)
{
  YjMessageTools *self = user_data;
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), YJ_TYPE_CHAT_PAGE);
  g_autoptr(GMenu) menu = g_menu_new ();

  if (page != NULL)
    fill_menu (self, menu, YJ_CHAT_PAGE (page));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* ---- the object */

static void
yj_message_tools_dispose (GObject *object)
{
  YjMessageTools *self = YJ_MESSAGE_TOOLS (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->menu_button, gtk_widget_unparent);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (yj_message_tools_parent_class)->dispose (object);
}

static void
yj_message_tools_class_init (YjMessageToolsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_message_tools_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "yj-tools");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static void
yj_message_tools_init (YjMessageTools *self)
{
  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->menu_button, _("Message Menu"));
  gtk_widget_add_css_class (self->menu_button, "flat");
  gtk_widget_set_parent (self->menu_button, GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu_button), create_popup, self, NULL);
}

/**
 * yj_message_tools_set_message:
 * @self: the tools of a message
 * @message: that message; only once
 */
void
yj_message_tools_set_message (YjMessageTools *self,
                              YjMessage      *message)
{
  g_return_if_fail (YJ_IS_MESSAGE_TOOLS (self));
  g_return_if_fail (YJ_IS_MESSAGE (message) && self->message == NULL);

  self->message = g_object_ref (message);
  gtk_button_set_icon_name (GTK_BUTTON (self->button), is_question (self) ? "document-edit-symbolic" : "view-refresh-symbolic");
  gtk_widget_set_tooltip_text (self->button, is_question (self) ? _("Edit") : _("New Answer"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), is_question (self) ? "message.edit" : "message.ask-again");
}
