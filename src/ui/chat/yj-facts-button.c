/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-facts-button"

#include "yj-facts-button.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-copy-button.h"
#include "yj-message-facts.h"

/* The line of facts under an answer; pressed, it shows all of them, to be copied one by one or together. */
struct _YjFactsButton
{
  GtkWidget  parent_instance;

  YjMessage *message;
  GtkWidget *button;
  GtkLabel  *label;
};

G_DEFINE_FINAL_TYPE (YjFactsButton, yj_facts_button, GTK_TYPE_WIDGET)

static void
add_row (GtkWidget       *grid,
         int              row,
         const YjFact    *fact)
{
  GtkWidget *name = gtk_label_new (fact->name);
  GtkWidget *value = gtk_label_new (fact->value);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_add_css_class (name, "dimmed");
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (value), 24);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name, NULL, -1);
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), value, 1, row, 1, 1);
}

static void
mapped_cb (GtkWidget *popover,
           GtkWidget *copy)
{
  gtk_widget_child_focus (copy, GTK_DIR_TAB_FORWARD);
}

/* Made when it is asked for: most are never opened. */
static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       user_data)
{
  YjFactsButton *self = user_data;
  g_autoptr(GPtrArray) facts = yj_message_facts_list (self->message);
  g_autoptr(GString) text = g_string_new (NULL);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *copy = yj_copy_button_new (_("Copy Details"));

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < facts->len; i++)
    {
      const YjFact *fact = g_ptr_array_index (facts, i);

      add_row (grid, i, fact);
      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "", fact->name, fact->value);
    }
  yj_copy_button_set_text (YJ_COPY_BUTTON (copy), text->str);
  gtk_widget_set_halign (copy, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), copy);
  gtk_widget_add_css_class (box, "yj-facts");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Details of the Answer"), -1);
  g_signal_connect (popover, "map", G_CALLBACK (mapped_cb), copy);
  gtk_menu_button_set_popover (button, popover);
}

static void
yj_facts_button_dispose (GObject *object)
{
  YjFactsButton *self = YJ_FACTS_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (yj_facts_button_parent_class)->dispose (object);
}

static void
yj_facts_button_class_init (YjFactsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_facts_button_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static void
yj_facts_button_init (YjFactsButton *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), GTK_WIDGET (self->label));
  gtk_menu_button_set_can_shrink (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_popover_cb, self, NULL);
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->button, _("Details of the Answer"));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * yj_facts_button_set_message:
 * @self: a facts button
 * @message: an answer; set once
 */
void
yj_facts_button_set_message (YjFactsButton *self,
                             YjMessage     *message)
{
  g_return_if_fail (YJ_IS_FACTS_BUTTON (self));
  g_return_if_fail (self->message == NULL);

  self->message = g_object_ref (message);
  yj_facts_button_update (self);
}

/**
 * yj_facts_button_update:
 * @self: a facts button with a message
 *
 * Shows what is known by now.
 */
void
yj_facts_button_update (YjFactsButton *self)
{
  g_autofree char *facts = NULL;

  g_return_if_fail (YJ_IS_FACTS_BUTTON (self));

  facts = yj_message_facts_dup (self->message);
  gtk_widget_set_visible (self->button, *facts != '\0');
  if (strcmp (facts, gtk_label_get_text (self->label)) == 0)
    return;
  gtk_label_set_text (self->label, facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, facts, -1);
}
