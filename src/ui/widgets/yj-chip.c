/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-chip"

#include "yj-chip.h"

#include <glib/gi18n.h>

/**
 * YjChip:
 *
 * Something small that stands in a row of its like: an icon, a name and a word more. Pressing it opens it, the cross or
 * the Delete key takes it away.
 */
struct _YjChip
{
  GtkWidget  parent_instance;
  GtkWidget *button;
  GtkImage  *icon;
  GtkLabel  *label;
  GtkLabel  *detail;
  GtkWidget *remove_button;
};

typedef enum
{
  PROP_REMOVABLE = 1,
} YjChipProps;

enum
{
  ACTIVATED,
  REMOVED,
  N_SIGNALS,
};

static GParamSpec *props[PROP_REMOVABLE + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjChip, yj_chip, GTK_TYPE_WIDGET)

static void
clicked_cb (YjChip *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
remove_clicked_cb (YjChip *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static gboolean
delete_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  YjChip *self = YJ_CHIP (widget);

  if (!gtk_widget_get_visible (self->remove_button))
    return FALSE;
  g_signal_emit (self, signals[REMOVED], 0);
  return TRUE;
}

static void
update_name (YjChip *self)
{
  const char *label = gtk_label_get_text (self->label), *detail = gtk_label_get_text (self->detail);
  /* translators: what a screen reader says of something attached: its name and its size */
  g_autofree char *name = *detail != '\0' ? g_strdup_printf (_("%s, %s"), label, detail) : g_strdup (label);
  /* translators: %s is the name of what is removed */
  g_autofree char *removed = g_strdup_printf (_("Remove %s"), label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, removed, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
}

/* ---- the object */

static gboolean
yj_chip_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (YJ_CHIP (widget)->button);
}

static void
yj_chip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), YJ_TYPE_CHIP);

  G_OBJECT_CLASS (yj_chip_parent_class)->dispose (object);
}

static void
yj_chip_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  YjChip *self = YJ_CHIP (object);

  switch ((YjChipProps) prop_id)
    {
    case PROP_REMOVABLE:
      g_value_set_boolean (value, gtk_widget_get_visible (self->remove_button));
      break;
    }
}

static void
yj_chip_set_property (GObject      *object,
                      guint         prop_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  YjChip *self = YJ_CHIP (object);

  switch ((YjChipProps) prop_id)
    {
    case PROP_REMOVABLE:
      gtk_widget_set_visible (self->remove_button, g_value_get_boolean (value));
      break;
    }
}

static void
yj_chip_class_init (YjChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_chip_dispose;
  object_class->get_property = yj_chip_get_property;
  object_class->set_property = yj_chip_set_property;
  widget_class->grab_focus = yj_chip_grab_focus;

  /**
   * YjChip:removable:
   *
   * Whether it can be taken away here.
   */
  props[PROP_REMOVABLE] = g_param_spec_boolean ("removable", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[ACTIVATED] = g_signal_new ("activated", YJ_TYPE_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", YJ_TYPE_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, YjChip, button);
  gtk_widget_class_bind_template_child (widget_class, YjChip, icon);
  gtk_widget_class_bind_template_child (widget_class, YjChip, label);
  gtk_widget_class_bind_template_child (widget_class, YjChip, detail);
  gtk_widget_class_bind_template_child (widget_class, YjChip, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "yj-chip");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_BackSpace, 0, delete_cb, NULL);
}

static void
yj_chip_init (YjChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_chip_new:
 * @icon_name: (nullable): an icon
 * @label: its name
 * @detail: (nullable): a word more, such as its size
 *
 * Returns: (transfer floating): a chip
 */
GtkWidget *
yj_chip_new (const char *icon_name,
             const char *label,
             const char *detail)
{
  YjChip *self = g_object_new (YJ_TYPE_CHIP, NULL);

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon_name != NULL);
  gtk_label_set_text (self->label, label);
  gtk_label_set_text (self->detail, detail != NULL ? detail : "");
  update_name (self);
  return GTK_WIDGET (self);
}

/**
 * yj_chip_set_label:
 * @self: a chip
 * @label: its name
 */
void
yj_chip_set_label (YjChip     *self,
                   const char *label)
{
  g_return_if_fail (YJ_IS_CHIP (self));

  gtk_label_set_text (self->label, label);
  update_name (self);
}
