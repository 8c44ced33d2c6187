/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-selection-menu"

#include "yj-selection-menu.h"

#include <glib/gi18n.h>

#include "yj-selection.h"

/* The menu of a message: what can be done with what is selected, with a link, and with the message. */

static void
add_section (GMenu *menu,
             GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
add_link (GMenu      *section,
          const char *label,
          const char *action,
          const char *link)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", link);
  g_menu_append_item (section, item);
}

/* What cannot be done with this message, or not now, is left out. */
static void
add_message (GMenu      *section,
             const char *label,
             const char *action)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (section, item);
}

static GMenuModel *
create_model (YjTranscript *transcript,
              YjMessage    *shown,
              const char   *link)
{
  gboolean question = yj_message_get_role (shown) == YJ_MESSAGE_USER;
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) links = g_menu_new ();
  g_autoptr(GMenu) selected = g_menu_new ();
  g_autoptr(GMenu) message = g_menu_new ();

  if (link != NULL)
    {
      add_link (links, _("_Open Link"), "transcript.open-link", link);
      add_link (links, _("Copy Link _Address"), "transcript.copy-link", link);
    }
  if (!yj_selection_is_empty (yj_transcript_get_selection (transcript)))
    {
      g_menu_append (selected, _("_Copy"), "transcript.copy");
      g_menu_append (selected, _("Use Selection as _Prompt"), "transcript.use-selection");
    }
  g_menu_append (selected, _("_Select All"), "transcript.select-all");
  add_message (message, _("Copy _Message"), "message.copy");
  add_message (message, _("_Edit"), "message.edit");
  add_message (message, question ? _("_Ask Again") : _("New _Answer"), "message.ask-again");
  add_message (message, _("_Use as Prompt"), "message.use-prompt");
  add_message (message, _("_Delete"), "message.delete");
  add_section (menu, links);
  add_section (menu, selected);
  add_section (menu, message);
  return G_MENU_MODEL (menu);
}

static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* The action of the item that was chosen runs after the menu has closed. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

/**
 * yj_selection_menu_show:
 * @transcript: a transcript
 * @row: the row of one of its messages
 * @link: (nullable): where a link at that place leads
 * @x: px in @row, < 0: at the row's beginning
 * @y: px in @row
 *
 * Opens the menu of a message.
 */
void
yj_selection_menu_show (YjTranscript *transcript,
                        GtkWidget    *row,
                        const char   *link,
                        double        x,
                        double        y)
{
  g_autoptr(GMenuModel) model = create_model (transcript, yj_message_card_get_message (YJ_MESSAGE_CARD (row)), link);
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);
  GdkRectangle place = { x, y, 1, 1 };

  /* From the keyboard: where the message begins, or where the view does. */
  if (x < 0)
    {
      graphene_rect_t box;

      place = (GdkRectangle) { 12, 12, 1, 1 };
      if (gtk_widget_compute_bounds (row, GTK_WIDGET (transcript), &box) && box.origin.y < 0)
        place.y = 12 - box.origin.y;
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, row);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}
