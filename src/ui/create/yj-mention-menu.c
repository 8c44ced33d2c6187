/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-mention-menu"

#include "yj-mention-menu.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-thumbnail.h"

#define MAX_HEIGHT 264          /* px: some five rows */

struct _YjMentionMenu
{
  GtkPopover  parent_instance;
  GtkListBox *list;
  GtkWidget  *scroller;
  gboolean    editing;
};

enum
{
  CHOSEN,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjMentionMenu, yj_mention_menu, GTK_TYPE_POPOVER)

static void
row_activated_cb (YjMentionMenu *self,
                  GtkListBoxRow *row)
{
  g_autoptr(YjMentionMenu) kept = g_object_ref (self);
  YjDraftFile *file = g_object_get_data (G_OBJECT (row), "file");
  g_autoptr(YjDraftFile) chosen = file != NULL ? g_object_ref (file) : NULL;

  gtk_popover_popdown (GTK_POPOVER (self));
  if (chosen != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, chosen);
  else
    g_signal_emit (self, signals[REMOVED], 0);
}

static GtkWidget *
new_label (const char *text,
           gboolean    small)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 26);
  if (small)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dimmed");
    }
  return label;
}

static void
add_row (YjMentionMenu *self,
         GtkWidget     *child,
         YjDraftFile   *file,
         const char    *spoken)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_widget_set_focusable (row, self->editing);
  if (file != NULL)
    g_object_set_data_full (G_OBJECT (row), "file", g_object_ref (file), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->list, row);
}

static void
add_file (YjMentionMenu *self,
          YjDraftFile   *file,
          const char    *label,
          const char    *word)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *picture = yj_thumbnail_new (48, 36);
  g_autofree char *spoken = g_strdup_printf ("%s %s", label, word != NULL ? word : "");

  yj_thumbnail_set_file (YJ_THUMBNAIL (picture), file);
  gtk_widget_add_css_class (picture, "mention-picture");
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), new_label (label, FALSE));
  if (word != NULL)
    gtk_box_append (GTK_BOX (lines), new_label (word, TRUE));
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), lines);
  add_row (self, box, file, g_strstrip (spoken));
}

static void
add_remove (YjMentionMenu *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_size_request (icon, 48, -1);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), new_label (_("Remove Mention"), FALSE));
  add_row (self, box, NULL, _("Remove Mention"));
}

/* ---- the object */

static void
yj_mention_menu_class_init (YjMentionMenuClass *klass)
{
  /**
   * YjMentionMenu::chosen:
   * @file: the file that is meant
   */
  signals[CHOSEN] = g_signal_new ("chosen", YJ_TYPE_MENTION_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, YJ_TYPE_DRAFT_FILE);
  /**
   * YjMentionMenu::removed:
   *
   * The mention shall go.
   */
  signals[REMOVED] = g_signal_new ("removed", YJ_TYPE_MENTION_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yj_mention_menu_init (YjMentionMenu *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "mention-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("References"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));
  gtk_popover_set_child (GTK_POPOVER (self), self->scroller);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

/**
 * yj_mention_menu_new:
 * @editing: whether it is about a mention that is there
 *
 * Returns: (transfer floating): a menu, to be given a parent
 */
YjMentionMenu *
yj_mention_menu_new (gboolean editing)
{
  YjMentionMenu *self = g_object_new (YJ_TYPE_MENTION_MENU, NULL);

  self->editing = editing;
  gtk_popover_set_autohide (GTK_POPOVER (self), editing);
  return self;
}

static gboolean
matches (const char *text,
         const char *sought)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, sought) != NULL;
}

static void
add_files (YjMentionMenu *self,
           YjDraft       *draft,
           GListModel    *files,
           const char    *sought)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);
      g_autofree char *label = yj_draft_dup_label (draft, file), *word = yj_draft_dup_mention (draft, file);

      if (matches (label, sought) || matches (word, sought) || matches (yj_draft_file_get_name (file), sought))
        add_file (self, file, label, word);
    }
}

/**
 * yj_mention_menu_fill:
 * @self: a menu
 * @draft: a draft
 * @sought: a part of a name, or empty for all
 *
 * Returns: whether there is anything to choose from; the first is selected then
 */
gboolean
yj_mention_menu_fill (YjMentionMenu *self,
                      YjDraft       *draft,
                      const char    *sought)
{
  GListModel *slots;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (YJ_IS_MENTION_MENU (self), FALSE);
  g_return_val_if_fail (YJ_IS_DRAFT (draft), FALSE);

  folded = g_utf8_casefold (sought, -1);
  gtk_list_box_remove_all (self->list);
  slots = yj_model_get_slots (yj_draft_get_model (draft));
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      add_files (self, draft, yj_draft_get_files (draft, yj_slot_get_role (slot)), folded);
    }
  if (self->editing)
    add_remove (self);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);

  return gtk_list_box_get_row_at_index (self->list, 0) != NULL;
}

/**
 * yj_mention_menu_move:
 * @self: a menu
 * @by: 1: down, -1: up; round at the ends
 */
void
yj_mention_menu_move (YjMentionMenu *self,
                      int            by)
{
  GtkListBoxRow *row;
  graphene_rect_t bounds;
  int n = 0;

  g_return_if_fail (YJ_IS_MENTION_MENU (self));

  while (gtk_list_box_get_row_at_index (self->list, n) != NULL)
    n++;
  row = gtk_list_box_get_selected_row (self->list);
  if (n == 0 || row == NULL)
    return;
  row = gtk_list_box_get_row_at_index (self->list, (gtk_list_box_row_get_index (row) + by + n) % n);
  gtk_list_box_select_row (self->list, row);
  /* it has no focus that would be scrolled to */
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
                               bounds.origin.y, bounds.origin.y + bounds.size.height);
}

/**
 * yj_mention_menu_choose:
 * @self: a menu
 *
 * Takes what is selected.
 */
void
yj_mention_menu_choose (YjMentionMenu *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (YJ_IS_MENTION_MENU (self));

  row = gtk_list_box_get_selected_row (self->list);
  if (row != NULL)
    row_activated_cb (self, row);
}
