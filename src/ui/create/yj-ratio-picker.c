/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-ratio-picker.h"

#include "yj-model.h"

#define SHAPE_SIZE 24           /* px of the longer side */

struct _YjRatioPicker
{
  AdwBin      parent_instance;
  AdwWrapBox *box;
  GPtrArray  *choices;          /* of GtkToggleButton, unowned; "yj-value" is the value */
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

/* Arrows choose the neighbour, as in other groups of which one is chosen. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        YjRatioPicker         *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int step = keyval == GDK_KEY_Right || keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Left || keyval == GDK_KEY_Up ? -1 : 0;
  int n = (int) self->choices->len;

  if (rtl && (keyval == GDK_KEY_Right || keyval == GDK_KEY_Left))
    step = -step;
  if (step == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  for (int i = 0; i < n; i++)
    if (gtk_widget_is_focus (g_ptr_array_index (self->choices, i)))
      {
        GtkWidget *next = g_ptr_array_index (self->choices, (i + step + n) % n);

        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (next), TRUE);
        gtk_widget_grab_focus (next);
        return GDK_EVENT_STOP;
      }

  return GDK_EVENT_PROPAGATE;
}

static void
yj_ratio_picker_init (YjRatioPicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
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

/* As one stop for Tab, the chosen one, or the first where none is. */
static void
mark_all (YjRatioPicker *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->choices->len; i++)
    any |= gtk_toggle_button_get_active (g_ptr_array_index (self->choices, i));
  for (guint i = 0; i < self->choices->len; i++)
    {
      GtkToggleButton *choice = g_ptr_array_index (self->choices, i);
      gboolean active = gtk_toggle_button_get_active (choice);

      gtk_accessible_update_state (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_STATE_CHECKED,
                                   active ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
      gtk_widget_set_focusable (GTK_WIDGET (choice), active || (!any && i == 0));
    }
}

static void
toggled_cb (GtkToggleButton *choice,
            YjRatioPicker  *self)
{
  if (self->updating)
    return;
  mark_all (self);
  if (!gtk_toggle_button_get_active (choice))
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

  choice = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, "focusable", self->choices->len == 0, NULL);
  column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (column), new_shape (value));
  gtk_box_append (GTK_BOX (column), g_object_new (GTK_TYPE_LABEL, "label", label, "css-classes", (const char *[]) { "caption", "numeric", NULL },
                                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_button_set_child (GTK_BUTTON (choice), column);
  gtk_widget_add_css_class (choice, "flat");
  gtk_widget_add_css_class (choice, "ratio-choice");
  gtk_widget_set_tooltip_text (choice, explanation);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (self->choices->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (choice), g_ptr_array_index (self->choices, 0));
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
      GtkToggleButton *choice = g_ptr_array_index (self->choices, i);

      gtk_toggle_button_set_active (choice, g_strcmp0 (g_object_get_data (G_OBJECT (choice), "yj-value"), value) == 0);
    }
  self->updating = FALSE;
  mark_all (self);
  g_set_str (&self->value, value);
}
