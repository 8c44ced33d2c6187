/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-filter-popover"

#include "yj-filter-popover.h"

#include <glib/gi18n.h>

struct _YjFilterPopover
{
  GtkPopover      parent_instance;

  YjGalleryModel *model;
  gboolean        showing;      /* the controls are being set, not used */

  GtkWidget      *labels[YJ_GALLERY_N_FIELDS];
  GtkWidget      *controls[YJ_GALLERY_N_FIELDS];        /* GtkDropDown, of favourites a GtkSwitch */
  GStrv           values[YJ_GALLERY_N_FIELDS];          /* below "Any" */
  GtkWidget      *clear;
};

G_DEFINE_FINAL_TYPE (YjFilterPopover, yj_filter_popover, GTK_TYPE_POPOVER)

/* ---- from the model */

static void
fill_choices (YjFilterPopover *self,
              YjGalleryField   field)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  const char *value = yj_gallery_model_get_value (self->model, field);
  guint selected = 0;

  g_clear_pointer (&self->values[field], g_strfreev);
  self->values[field] = yj_gallery_field_list_values (field, yj_gallery_model_get_queue (self->model));
  /* translators: of states, models, lengths … : all of them */
  gtk_string_list_append (labels, _("Any"));
  for (guint i = 0; self->values[field][i] != NULL; i++)
    {
      g_autofree char *label = yj_gallery_field_dup_label (field, self->values[field][i], yj_gallery_model_get_catalog (self->model));

      gtk_string_list_append (labels, label);
      if (g_strcmp0 (value, self->values[field][i]) == 0)
        selected = i + 1;
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->controls[field]), G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->controls[field]), selected);
  /* Where there are no tags there is nothing to choose. */
  gtk_widget_set_visible (self->labels[field], field != YJ_FIELD_TAG || *self->values[field] != NULL);
  gtk_widget_set_visible (self->controls[field], gtk_widget_get_visible (self->labels[field]));
}

static void
show_values (YjFilterPopover *self)
{
  self->showing = TRUE;
  for (int i = 0; i < YJ_FIELD_FAVOURITE; i++)
    fill_choices (self, (YjGalleryField) i);
  gtk_switch_set_active (GTK_SWITCH (self->controls[YJ_FIELD_FAVOURITE]),
                         yj_gallery_model_get_value (self->model, YJ_FIELD_FAVOURITE) != NULL);
  gtk_widget_set_sensitive (self->clear, yj_gallery_model_count_values (self->model) > 0);
  self->showing = FALSE;
}

/* ---- to the model */

static YjGalleryField
find_field (YjFilterPopover *self,
            gpointer         control)
{
  int field = 0;

  while (self->controls[field] != control)
    field++;
  return (YjGalleryField) field;
}

static void
selected_cb (YjFilterPopover *self,
             GParamSpec      *pspec,
             GtkDropDown     *control)
{
  YjGalleryField field = find_field (self, control);
  guint selected = gtk_drop_down_get_selected (control);

  if (self->showing || self->model == NULL || self->values[field] == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;

  yj_gallery_model_set_value (self->model, field, selected > 0 ? self->values[field][selected - 1] : NULL);
  gtk_widget_set_sensitive (self->clear, yj_gallery_model_count_values (self->model) > 0);
}

static void
favourite_cb (YjFilterPopover *self,
              GParamSpec      *pspec,
              GtkSwitch       *control)
{
  if (self->showing || self->model == NULL)
    return;

  yj_gallery_model_set_value (self->model, YJ_FIELD_FAVOURITE, gtk_switch_get_active (control) ? "yes" : NULL);
  gtk_widget_set_sensitive (self->clear, yj_gallery_model_count_values (self->model) > 0);
}

static void
clear_cb (YjFilterPopover *self)
{
  yj_gallery_model_clear (self->model);
  show_values (self);
  gtk_widget_grab_focus (self->controls[0]);
}

/* ---- the object */

static void
yj_filter_popover_map (GtkWidget *widget)
{
  if (YJ_FILTER_POPOVER (widget)->model != NULL)
    show_values (YJ_FILTER_POPOVER (widget));
  GTK_WIDGET_CLASS (yj_filter_popover_parent_class)->map (widget);
}

static void
yj_filter_popover_dispose (GObject *object)
{
  YjFilterPopover *self = YJ_FILTER_POPOVER (object);

  g_clear_object (&self->model);
  for (int i = 0; i < YJ_GALLERY_N_FIELDS; i++)
    g_clear_pointer (&self->values[i], g_strfreev);

  G_OBJECT_CLASS (yj_filter_popover_parent_class)->dispose (object);
}

static void
yj_filter_popover_class_init (YjFilterPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_filter_popover_dispose;
  GTK_WIDGET_CLASS (klass)->map = yj_filter_popover_map;
}

static void
add_row (YjFilterPopover *self,
         GtkGrid         *grid,
         YjGalleryField   field)
{
  GtkWidget *control = field == YJ_FIELD_FAVOURITE ? gtk_switch_new () : gtk_drop_down_new_from_strings ((const char *[]) { "", NULL });
  GtkWidget *label = gtk_label_new (yj_gallery_field_get_title (field));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), control);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_grid_attach (grid, label, 0, (int) field, 1, 1);
  gtk_grid_attach (grid, control, 1, (int) field, 1, 1);
  if (field == YJ_FIELD_FAVOURITE)
    {
      gtk_widget_set_halign (control, GTK_ALIGN_END);
      gtk_widget_set_margin_top (control, 6);
      gtk_widget_set_hexpand (label, TRUE);
      g_signal_connect_object (control, "notify::active", G_CALLBACK (favourite_cb), self, G_CONNECT_SWAPPED);
    }
  else
    {
      gtk_widget_set_hexpand (control, TRUE);
      g_signal_connect_object (control, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
    }
  self->labels[field] = label;
  self->controls[field] = control;
}

static void
yj_filter_popover_init (YjFilterPopover *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (int i = 0; i < YJ_GALLERY_N_FIELDS; i++)
    add_row (self, GTK_GRID (grid), (YjGalleryField) i);
  gtk_box_append (GTK_BOX (box), grid);

  self->clear = gtk_button_new_with_mnemonic (_("_Clear Filters"));
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->clear);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_size_request (box, 280, -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  gtk_popover_set_child (GTK_POPOVER (self), scroll);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters"), -1);
}

/**
 * yj_filter_popover_set_model:
 * @self: a popover
 * @model: what is filtered
 */
void
yj_filter_popover_set_model (YjFilterPopover *self,
                             YjGalleryModel  *model)
{
  g_return_if_fail (YJ_IS_FILTER_POPOVER (self));
  g_return_if_fail (YJ_IS_GALLERY_MODEL (model));

  g_set_object (&self->model, model);
}
