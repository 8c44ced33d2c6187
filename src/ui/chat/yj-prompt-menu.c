/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-prompt-menu"

#include "yj-prompt-menu.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-prompt.h"

#define MAX_OFFERED 6

/* The keyboard stays where is written: who writes sends it Up, Down and Enter. */
struct _YjPromptMenu
{
  GtkPopover  parent_instance;
  GtkListBox *list;
  GListModel *prompts;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjPromptMenu, yj_prompt_menu, GTK_TYPE_POPOVER)

static void
row_activated_cb (YjPromptMenu  *self,
                  GtkListBoxRow *row)
{
  g_autoptr(YjPromptMenu) kept = g_object_ref (self);
  YjPrompt *prompt = g_object_get_data (G_OBJECT (row), "prompt");
  g_autoptr(YjPrompt) chosen = prompt != NULL ? g_object_ref (prompt) : NULL;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, chosen);
}

static GtkWidget *
new_label (const char *text,
           const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  if (class != NULL)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, class);
    }
  return label;
}

static void
add_row (YjPromptMenu *self,
         YjPrompt     *prompt)
{
  const char *name = prompt != NULL ? yj_prompt_get_name (prompt) : _("All Saved Prompts…");
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), new_label (name, NULL));
  if (prompt != NULL)
    {
      g_autofree char *line = g_strdelimit (g_strndup (yj_prompt_get_body (prompt), 400), "\n\r\t", ' ');
      g_autofree char *valid = g_utf8_make_valid (line, -1);

      gtk_box_append (GTK_BOX (box), new_label (valid, "dimmed"));
      g_object_set_data_full (G_OBJECT (row), "prompt", g_object_ref (prompt), g_object_unref);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
}

static gboolean
matches (YjPrompt   *prompt,
         const char *sought)
{
  g_autofree char *name = g_utf8_casefold (yj_prompt_get_name (prompt), -1);

  return strstr (name, sought) != NULL;
}

/* ---- the object */

static void
yj_prompt_menu_dispose (GObject *object)
{
  g_clear_object (&YJ_PROMPT_MENU (object)->prompts);

  G_OBJECT_CLASS (yj_prompt_menu_parent_class)->dispose (object);
}

static void
yj_prompt_menu_class_init (YjPromptMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_prompt_menu_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", YJ_TYPE_PROMPT_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, YJ_TYPE_PROMPT);
}

static void
yj_prompt_menu_init (YjPromptMenu *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "yj-models");
  gtk_widget_set_size_request (GTK_WIDGET (self->list), 240, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Saved Prompts"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->list));
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_TOP);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

/**
 * yj_prompt_menu_new:
 *
 * Returns: (transfer floating): a menu, to be given a parent
 */
YjPromptMenu *
yj_prompt_menu_new (void)
{
  return g_object_new (YJ_TYPE_PROMPT_MENU, NULL);
}

/**
 * yj_prompt_menu_set_prompts:
 * @self: a prompt menu
 * @prompts: a model of [class@Yj.Prompt]
 */
void
yj_prompt_menu_set_prompts (YjPromptMenu *self,
                            GListModel   *prompts)
{
  g_return_if_fail (YJ_IS_PROMPT_MENU (self));

  g_set_object (&self->prompts, prompts);
}

/**
 * yj_prompt_menu_offer:
 * @self: a prompt menu
 * @sought: (nullable): a part of a name; %NULL: nothing is to be offered
 *
 * Shows the prompts with @sought in their name, the first of them selected.
 */
void
yj_prompt_menu_offer (YjPromptMenu *self,
                      const char   *sought)
{
  guint n, offered = 0;
  g_autofree char *folded = NULL;

  g_return_if_fail (YJ_IS_PROMPT_MENU (self));

  if (sought == NULL || self->prompts == NULL)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  folded = g_utf8_casefold (sought, -1);
  gtk_list_box_remove_all (self->list);
  n = g_list_model_get_n_items (self->prompts);
  for (guint i = 0; i < n && offered < MAX_OFFERED; i++)
    {
      g_autoptr(YjPrompt) prompt = g_list_model_get_item (self->prompts, i);

      if (!matches (prompt, folded))
        continue;
      add_row (self, prompt);
      offered++;
    }
  /* A slash is also just a slash: without a prompt to it, nothing is in the way. */
  if (offered == 0 && *sought != '\0')
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  add_row (self, NULL);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_popover_popup (GTK_POPOVER (self));
}

/**
 * yj_prompt_menu_move:
 * @self: a prompt menu
 * @by: 1: down, -1: up; round at the ends
 */
void
yj_prompt_menu_move (YjPromptMenu *self,
                     int           by)
{
  GtkListBoxRow *row;
  int n = 0;

  g_return_if_fail (YJ_IS_PROMPT_MENU (self));

  while (gtk_list_box_get_row_at_index (self->list, n) != NULL)
    n++;
  row = gtk_list_box_get_selected_row (self->list);
  if (n == 0 || row == NULL)
    return;
  row = gtk_list_box_get_row_at_index (self->list, (gtk_list_box_row_get_index (row) + by + n) % n);
  gtk_list_box_select_row (self->list, row);
}

/**
 * yj_prompt_menu_choose:
 * @self: a prompt menu
 *
 * Takes what is selected.
 */
void
yj_prompt_menu_choose (YjPromptMenu *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (YJ_IS_PROMPT_MENU (self));

  row = gtk_list_box_get_selected_row (self->list);
  if (row != NULL)
    row_activated_cb (self, row);
}
