/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-ratio-picker.h"

#include "yj-model.h"

#define SHAPE_SIZE 24           /* px of the longer side */

struct _YjRatioPicker
{
  AdwBin      parent_instance;
  AdwWrapBox *box;
  GPtrArray  *choices;          /* of GtkCheckButton, unowned; "yj-value" is the value */
  char       *value;
  gboolean    updating;
};

typedef enum
{
  PROP_VALUE = 1,
} YjRatioPickerProps;

static GParamSpec *props[PROP_VALUE + 1];

G_DEFINE_FINAL_TYPE (YjRatioPicker, yj_ratio_picker, ADW_TYPE_BIN)

static void
yj_ratio_picker_finalize (GObject *object)
{
  YjRatioPicker *self = YJ_RATIO_PICKER (object);

  g_ptr_array_unref (self->choices);
  g_free (self->value);

  G_OBJECT_CLASS (yj_ratio_picker_parent_class)->finalize (object);
}

static void
yj_ratio_picker_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch ((YjRatioPickerProps) prop_id)
    {
    case PROP_VALUE:
      g_value_set_string (value, YJ_RATIO_PICKER (object)->value);
      break;
    }
}

static void
yj_ratio_picker_class_init (YjRatioPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = yj_ratio_picker_finalize;
  object_class->get_property = yj_ratio_picker_get_property;

  /**
   * YjRatioPicker:value:
   *
   * The chosen value; %NULL when the platform decides.
   */
  props[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
yj_ratio_picker_init (YjRatioPicker *self)
{
  self->choices = g_ptr_array_new ();
  self->box = g_object_new (ADW_TYPE_WRAP_BOX, "child-spacing", 3, "line-spacing", 3, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * yj_ratio_picker_new:
 *
 * Returns: (transfer floating): a picker with nothing to choose from
 */
GtkWidget *
yj_ratio_picker_new (void)
{
  return g_object_new (YJ_TYPE_RATIO_PICKER, NULL);
}

static void
mark (GtkCheckButton *choice)
{
  if (gtk_check_button_get_active (choice))
    gtk_widget_add_css_class (GTK_WIDGET (choice), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (choice), "chosen");
}

static void
toggled_cb (GtkCheckButton *choice,
            YjRatioPicker  *self)
{
  mark (choice);
  if (self->updating || !gtk_check_button_get_active (choice))
    return;
  if (g_set_str (&self->value, g_object_get_data (G_OBJECT (choice), "yj-value")))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
}

/* The shape in a square of one size for all; dashed where there is none yet. */
static GtkWidget *
new_shape (const char *value)
{
  GtkWidget *square = gtk_center_box_new ();
  GtkWidget *shape = g_object_new (GTK_TYPE_BOX, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, NULL);
  double ratio = value != NULL ? yj_ratio_parse (value) : 0;
  int width = ratio >= 1 ? SHAPE_SIZE : (int) (SHAPE_SIZE * ratio), height = ratio >= 1 ? (int) (SHAPE_SIZE / ratio) : SHAPE_SIZE;

  gtk_widget_add_css_class (shape, "ratio-shape");
  if (ratio <= 0)
    {
      gtk_widget_add_css_class (shape, "open");
      width = height = SHAPE_SIZE * 3 / 4;
    }
  gtk_widget_set_size_request (shape, width, height);
  gtk_widget_set_size_request (square, SHAPE_SIZE, SHAPE_SIZE);
  gtk_center_box_set_center_widget (GTK_CENTER_BOX (square), shape);
  return square;
}

/**
 * yj_ratio_picker_add:
 * @self: a picker
 * @value: (nullable): a ratio as `16:9`, or a word as `adaptive`; %NULL: nothing is sent
 * @label: the value as people read it
 * @explanation: (nullable): what it does, where that is not plain to see
 */
void
yj_ratio_picker_add (YjRatioPicker *self,
                     const char    *value,
                     const char    *label,
                     const char    *explanation)
{
  GtkWidget *choice, *column;

  g_return_if_fail (YJ_IS_RATIO_PICKER (self));

  choice = gtk_check_button_new ();
  column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (column), new_shape (value));
  gtk_box_append (GTK_BOX (column), g_object_new (GTK_TYPE_LABEL, "label", label, "css-classes", (const char *[]) { "caption", "numeric", NULL },
                                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_check_button_set_child (GTK_CHECK_BUTTON (choice), column);
  gtk_widget_add_css_class (choice, "ratio-choice");
  gtk_widget_set_tooltip_text (choice, explanation);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (self->choices->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), g_ptr_array_index (self->choices, 0));
  g_object_set_data_full (G_OBJECT (choice), "yj-value", g_strdup (value), g_free);
  g_signal_connect (choice, "toggled", G_CALLBACK (toggled_cb), self);
  g_ptr_array_add (self->choices, choice);
  adw_wrap_box_append (self->box, choice);
}

/**
 * yj_ratio_picker_get_value:
 * @self: a picker
 *
 * Returns: (transfer none) (nullable): the chosen value
 */
const char *
yj_ratio_picker_get_value (YjRatioPicker *self)
{
  g_return_val_if_fail (YJ_IS_RATIO_PICKER (self), NULL);

  return self->value;
}

/**
 * yj_ratio_picker_set_value:
 * @self: a picker
 * @value: (nullable): the value to choose
 */
void
yj_ratio_picker_set_value (YjRatioPicker *self,
                           const char    *value)
{
  g_return_if_fail (YJ_IS_RATIO_PICKER (self));

  self->updating = TRUE;
  for (guint i = 0; i < self->choices->len; i++)
    {
      GtkCheckButton *choice = g_ptr_array_index (self->choices, i);

      gtk_check_button_set_active (choice, g_strcmp0 (g_object_get_data (G_OBJECT (choice), "yj-value"), value) == 0);
    }
  self->updating = FALSE;
  g_set_str (&self->value, value);
}
