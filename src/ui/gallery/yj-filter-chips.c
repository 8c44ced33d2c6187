/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-filter-chips"

#include "yj-filter-chips.h"

#include <glib/gi18n.h>

struct _YjFilterChips
{
  AdwBin          parent_instance;

  YjGalleryModel *model;
  char           *shown;        /* what the chips were made for */
  GtkWidget      *box;
  GtkWidget      *count;
};

G_DEFINE_FINAL_TYPE (YjFilterChips, yj_filter_chips, ADW_TYPE_BIN)

static void
remove_cb (YjFilterChips *self,
           GtkWidget     *chip)
{
  YjGalleryField field = (YjGalleryField) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "field"));

  yj_gallery_model_set_value (self->model, field, NULL);
}

static void
clear_cb (YjFilterChips *self)
{
  yj_gallery_model_clear (self->model);
}

static GtkWidget *
new_chip (YjFilterChips  *self,
          YjGalleryField  field,
          const char     *value)
{
  g_autofree char *label = yj_gallery_field_dup_label (field, value, yj_gallery_model_get_catalog (self->model));
  g_autofree char *name = NULL;
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (label);

  /* translators: %s is what the gallery is filtered by, such as “Ready” or a name */
  name = g_strdup_printf (_("Remove Filter: %s"), label);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 24);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (chip, "yj-filter-chip");
  g_object_set_data (G_OBJECT (chip), "field", GINT_TO_POINTER (field));
  g_signal_connect_object (chip, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  return chip;
}

static void
make_chips (YjFilterChips *self)
{
  GtkWidget *child, *clear;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->box), child);
  for (int i = 0; i < YJ_GALLERY_N_FIELDS; i++)
    {
      const char *value = yj_gallery_model_get_value (self->model, (YjGalleryField) i);

      if (value != NULL)
        adw_wrap_box_append (ADW_WRAP_BOX (self->box), new_chip (self, (YjGalleryField) i, value));
    }

  clear = gtk_button_new_with_label (_("Clear"));
  gtk_widget_set_tooltip_text (clear, _("Clear Filters"));
  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_add_css_class (clear, "yj-filter-chip");
  g_signal_connect_object (clear, "clicked", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (self->box), clear);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "dimmed");
  gtk_widget_add_css_class (self->count, "caption");
  adw_wrap_box_append (ADW_WRAP_BOX (self->box), self->count);
}

static void
update (YjFilterChips *self)
{
  g_autoptr(GString) key = g_string_new (NULL);
  g_autofree char *text = NULL;
  guint all = g_list_model_get_n_items (G_LIST_MODEL (yj_gallery_model_get_queue (self->model)));
  guint shown = yj_gallery_model_get_n_jobs (self->model);

  gtk_widget_set_visible (GTK_WIDGET (self), yj_gallery_model_count_values (self->model) > 0);
  for (int i = 0; i < YJ_GALLERY_N_FIELDS; i++)
    {
      const char *value = yj_gallery_model_get_value (self->model, (YjGalleryField) i);

      g_string_append_printf (key, "%s\n", value != NULL ? value : "");
    }
  if (g_strcmp0 (self->shown, key->str) != 0)
    {
      make_chips (self);
      g_set_str (&self->shown, key->str);
    }
  /* translators: how many videos are shown, of how many that there are */
  text = g_strdup_printf (ngettext ("%u of %u video", "%u of %u videos", all), shown, all);
  gtk_label_set_text (GTK_LABEL (self->count), text);
}

static void
yj_filter_chips_dispose (GObject *object)
{
  YjFilterChips *self = YJ_FILTER_CHIPS (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (yj_filter_chips_parent_class)->dispose (object);
}

static void
yj_filter_chips_class_init (YjFilterChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_filter_chips_dispose;
}

static void
yj_filter_chips_init (YjFilterChips *self)
{
  self->box = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->box), 6);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 6);
  adw_bin_set_child (ADW_BIN (self), self->box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * yj_filter_chips_set_model:
 * @self: the chips
 * @model: what is filtered
 */
void
yj_filter_chips_set_model (YjFilterChips  *self,
                           YjGalleryModel *model)
{
  g_return_if_fail (YJ_IS_FILTER_CHIPS (self));
  g_return_if_fail (YJ_IS_GALLERY_MODEL (model));

  if (!g_set_object (&self->model, model))
    return;

  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
