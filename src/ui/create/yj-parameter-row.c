/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-parameter-row.h"

#include <glib/gi18n.h>

#include "yj-length-counter.h"
#include "yj-problem-list.h"
#include "yj-ratio-picker.h"
#include "yj-step-scale.h"

#define MOST_TOGGLES 4          /* more values than that go into a list */
#define MOST_STEPS 60           /* more numbers than that are typed */
#define DEFAULT "default"       /* the toggle for sending nothing */

struct _YjParameterRow
{
  YjModel            *model;
  YjParameter        *parameter;
  YjParameterRowFunc  set;
  gpointer            user_data;
  GtkWidget          *widget;
  AdwToggleGroup     *toggles;  /* or NULL, as the next two */
  YjRatioPicker      *ratios;
  YjStepScale        *steps;
  GtkLabel           *value;    /* of the slider, in words; or NULL */
  GtkLabel           *hint;     /* below the title; or NULL where the row has a subtitle */
  GtkWidget          *reset;    /* or NULL */
  GtkLabel           *counter;  /* of a text; or NULL */
  YjProblemList      *problems;
};

/* A size with its ratio, for choosing among many. */
static char *
dup_choice (YjParameter *parameter,
            const char  *value)
{
  g_autofree char *text = yj_parameter_dup_value (parameter, value);
  const char *ratio, *resolution;

  return yj_size_describe (value, &ratio, &resolution) ? g_strdup_printf ("%s · %s", text, ratio) : g_steal_pointer (&text);
}

/* What a word among ratios does with this model. */
static const char *
get_explanation (YjModel    *model,
                 const char *value)
{
  gboolean frames = yj_model_get_mode (model) == YJ_MODE_IMAGE_TO_VIDEO;

  if (value == NULL)
    return _("Nothing is sent: the platform decides");
  if (g_str_equal (value, "adaptive"))
    return frames ? _("As the first frame")
           : yj_model_get_mode (model) == YJ_MODE_TEXT_TO_VIDEO ? _("The model chooses what suits the prompt")
           : _("The model chooses what suits prompt and references");
  if (g_str_equal (value, "keep_ratio"))
    return frames ? _("As the attached picture") : _("As an attached picture; without one the model chooses");

  return NULL;
}

/* ---- from the controls to the draft */
static void
set_value (YjParameterRow *self,
           const char     *value)
{
  self->set (yj_parameter_get_name (self->parameter), value, self->user_data);
}

static void
combo_cb (AdwComboRow    *row,
          GParamSpec     *pspec,
          YjParameterRow *self)
{
  guint selected = adw_combo_row_get_selected (row);
  const char * const *allowed = yj_parameter_get_allowed (self->parameter);
  gboolean has_none = yj_parameter_get_default (self->parameter) == NULL;

  if (selected == GTK_INVALID_LIST_POSITION)
    return;

  set_value (self, has_none && selected == 0 ? NULL : allowed[selected - has_none]);
}

static void
toggles_cb (AdwToggleGroup *toggles,
            GParamSpec     *pspec,
            YjParameterRow *self)
{
  const char *name = adw_toggle_group_get_active_name (toggles);

  if (name != NULL)
    set_value (self, g_str_equal (name, DEFAULT) ? NULL : name);
}

static void
ratio_cb (YjRatioPicker  *ratios,
          GParamSpec     *pspec,
          YjParameterRow *self)
{
  set_value (self, yj_ratio_picker_get_value (ratios));
}

static void
steps_cb (YjStepScale    *steps,
          GParamSpec     *pspec,
          YjParameterRow *self)
{
  g_autofree char *value = g_strdup_printf ("%d", yj_step_scale_get_number (steps));

  set_value (self, value);
}

static void
reset_cb (GtkButton      *button,
          YjParameterRow *self)
{
  set_value (self, NULL);
}

static void
spin_cb (AdwSpinRow     *row,
         GParamSpec     *pspec,
         YjParameterRow *self)
{
  g_autofree char *value = g_strdup_printf ("%d", (int) adw_spin_row_get_value (row));

  set_value (self, value);
}

static void
switch_cb (AdwSwitchRow   *row,
           GParamSpec     *pspec,
           YjParameterRow *self)
{
  set_value (self, adw_switch_row_get_active (row) ? "Y" : "N");
}

static void
text_cb (GtkEditable    *row,
         YjParameterRow *self)
{
  const char *text = gtk_editable_get_text (row);

  set_value (self, *text != '\0' ? text : NULL);
}

/* ---- from the draft to the controls */
static guint
find_value (YjParameter *parameter,
            const char  *value)
{
  const char * const *allowed = yj_parameter_get_allowed (parameter);
  gboolean has_none = yj_parameter_get_default (parameter) == NULL;

  for (guint i = 0; value != NULL && allowed[i] != NULL; i++)
    if (g_str_equal (allowed[i], value))
      return i + has_none;

  return value == NULL && has_none ? 0 : GTK_INVALID_LIST_POSITION;
}

static void
show_toggle (YjParameterRow *self,
             const char     *value)
{
  const char *name = value != NULL ? value : DEFAULT;

  if (adw_toggle_group_get_toggle_by_name (self->toggles, name) != NULL)
    adw_toggle_group_set_active_name (self->toggles, name);
  else
    adw_toggle_group_set_active (self->toggles, GTK_INVALID_LIST_POSITION);
}

static void
show_steps (YjParameterRow *self,
            const char     *value)
{
  g_autofree char *text = value != NULL ? yj_parameter_dup_value (self->parameter, value) : g_strdup (_("Default"));

  if (value != NULL)
    yj_step_scale_set_number (self->steps, (int) CLAMP (g_ascii_strtoll (value, NULL, 10), G_MININT, G_MAXINT));
  gtk_label_set_label (self->value, text);
}

static void
show_number (AdwSpinRow *row,
             const char *value)
{
  double number = value != NULL ? g_ascii_strtod (value, NULL) : 0;
  GtkAdjustment *adjustment = adw_spin_row_get_adjustment (row);

  /* a value from elsewhere is shown as it is, and complained about below */
  gtk_adjustment_set_upper (adjustment, MAX (gtk_adjustment_get_upper (adjustment), number));
  gtk_adjustment_set_lower (adjustment, MIN (gtk_adjustment_get_lower (adjustment), number));
  adw_spin_row_set_value (row, number);
}

/* What the value does where that is not plain, and the default where it is not chosen. */
static void
show_hint (YjParameterRow *self,
           const char     *value)
{
  const char *usual = yj_parameter_get_default (self->parameter);
  gboolean among = yj_parameter_get_value_type (self->parameter) == YJ_PARAMETER_CHOICE;
  const char *explanation = among ? get_explanation (self->model, value) : NULL;
  gboolean changed = g_strcmp0 (value, usual) != 0;
  g_autofree char *name = usual != NULL ? yj_parameter_dup_value (self->parameter, usual) : g_strdup (_("left to the platform"));
  /* translators: %s: the value that a setting has when nothing is chosen */
  g_autofree char *text = explanation != NULL ? g_strdup (explanation) : changed ? g_strdup_printf (_("Default: %s"), name) : g_strdup ("");

  if (self->hint != NULL)
    {
      gtk_label_set_label (self->hint, text);
      gtk_widget_set_visible (GTK_WIDGET (self->hint), *text != '\0');
    }
  else if (self->toggles != NULL || ADW_IS_COMBO_ROW (self->widget))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->widget), text);
  if (self->reset != NULL)
    gtk_widget_set_visible (self->reset, changed);
}

static void
show_text (YjParameterRow *self,
           const char     *value)
{
  const char *text = value != NULL ? value : "";
  YjPromptLength length;

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->widget)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->widget), text);
  yj_length_counter_show (self->counter, yj_model_get_text_length (self->model, self->parameter, text, &length) ? &length : NULL);
}

/**
 * yj_parameter_row_show:
 * @self: a row
 * @value: (nullable): what to show
 */
void
yj_parameter_row_show (YjParameterRow *self,
                       const char     *value)
{
  if (self->toggles != NULL)
    show_toggle (self, value);
  else if (self->ratios != NULL)
    yj_ratio_picker_set_value (self->ratios, value);
  else if (self->steps != NULL)
    show_steps (self, value);
  else if (ADW_IS_COMBO_ROW (self->widget))
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->widget), find_value (self->parameter, value));
  else if (ADW_IS_SWITCH_ROW (self->widget))
    adw_switch_row_set_active (ADW_SWITCH_ROW (self->widget), g_strcmp0 (value, "Y") == 0);
  else if (ADW_IS_SPIN_ROW (self->widget))
    show_number (ADW_SPIN_ROW (self->widget), value);
  else if (self->counter != NULL)
    show_text (self, value);
  show_hint (self, value);
}

/* ---- making the controls */
static void
name_control (GtkWidget  *control,
              const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static GtkWidget *
new_reset (YjParameterRow *self)
{
  self->reset = g_object_new (GTK_TYPE_BUTTON, "icon-name", "edit-undo-symbolic", "tooltip-text", _("Back to the Default"),
                                 "valign", GTK_ALIGN_CENTER, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->reset, "flat");
  g_signal_connect (self->reset, "clicked", G_CALLBACK (reset_cb), self);
  return self->reset;
}

static void
add_toggle (YjParameterRow *self,
            const char     *name,
            const char     *label)
{
  AdwToggle *toggle = adw_toggle_new ();

  adw_toggle_set_name (toggle, name);
  adw_toggle_set_label (toggle, label);
  adw_toggle_group_add (self->toggles, toggle);
}

static GtkWidget *
new_toggles (YjParameterRow *self)
{
  const char * const *allowed = yj_parameter_get_allowed (self->parameter);
  GtkWidget *row = adw_action_row_new ();

  self->toggles = ADW_TOGGLE_GROUP (adw_toggle_group_new ());
  if (yj_parameter_get_default (self->parameter) == NULL)
    add_toggle (self, DEFAULT, _("Default"));
  for (guint i = 0; allowed[i] != NULL; i++)
    {
      g_autofree char *label = yj_parameter_dup_value (self->parameter, allowed[i]);

      add_toggle (self, allowed[i], label);
    }
  gtk_widget_set_valign (GTK_WIDGET (self->toggles), GTK_ALIGN_CENTER);
  name_control (GTK_WIDGET (self->toggles), yj_parameter_get_label (self->parameter));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->toggles));
  gtk_widget_set_focusable (row, FALSE);        /* there is nothing to press beside them */
  g_signal_connect (self->toggles, "notify::active-name", G_CALLBACK (toggles_cb), self);
  return row;
}

/* A row with the title above the control, which has the whole width. */
static GtkWidget *
new_tall_row (YjParameterRow *self,
              GtkWidget      *control)
{
  const char *label = yj_parameter_get_label (self->parameter);
  GtkWidget *row = adw_preferences_row_new (), *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", label, "xalign", 0.0f, "hexpand", TRUE,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->hint = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                "css-classes", (const char *[]) { "caption", "dimmed", NULL }, "visible", FALSE, NULL);
  self->value = g_object_new (GTK_TYPE_LABEL, "css-classes", (const char *[]) { "numeric", NULL }, NULL);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->hint));
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), new_reset (self));
  gtk_widget_set_visible (GTK_WIDGET (self->value), self->steps != NULL);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->value));
  gtk_widget_add_css_class (column, "tall-row");
  gtk_box_append (GTK_BOX (column), line);
  gtk_box_append (GTK_BOX (column), control);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), column);
  return row;
}

static GtkWidget *
new_ratios (YjParameterRow *self)
{
  const char * const *allowed = yj_parameter_get_allowed (self->parameter);
  GtkWidget *ratios = yj_ratio_picker_new ();

  self->ratios = YJ_RATIO_PICKER (ratios);
  if (yj_parameter_get_default (self->parameter) == NULL)
    yj_ratio_picker_add (self->ratios, NULL, _("Default"), get_explanation (self->model, NULL));
  for (guint i = 0; allowed[i] != NULL; i++)
    {
      g_autofree char *label = yj_parameter_dup_value (self->parameter, allowed[i]);

      yj_ratio_picker_add (self->ratios, allowed[i], label, get_explanation (self->model, allowed[i]));
    }
  name_control (ratios, yj_parameter_get_label (self->parameter));
  g_signal_connect (ratios, "notify::value", G_CALLBACK (ratio_cb), self);
  return new_tall_row (self, ratios);
}

/* The numbers that can be chosen: those that are allowed, else the range that is documented. NULL: too many. */
static GArray *
list_steps (YjParameterRow *self)
{
  const char * const *allowed = yj_parameter_get_allowed (self->parameter);
  g_autoptr(GArray) steps = g_array_new (FALSE, FALSE, sizeof (int));
  gint64 minimum, maximum;

  for (guint i = 0; allowed != NULL && allowed[i] != NULL; i++)
    {
      int step = (int) CLAMP (g_ascii_strtoll (allowed[i], NULL, 10), G_MININT, G_MAXINT);

      g_array_append_val (steps, step);
    }
  if (allowed == NULL)
    {
      if (!yj_model_get_advised_range (self->model, self->parameter, &minimum, &maximum) || maximum - minimum >= MOST_STEPS)
        return NULL;
      for (int step = (int) minimum; step <= maximum; step++)
        g_array_append_val (steps, step);
    }

  return steps->len > 0 ? g_steal_pointer (&steps) : NULL;
}

static GtkWidget *
new_steps (YjParameterRow *self,
           GArray         *list)
{
  const char *usual = yj_parameter_get_default (self->parameter);
  gboolean seconds = g_str_equal (yj_parameter_get_meaning (self->parameter), "duration");
  GtkWidget *steps = yj_step_scale_new ((const int *) (gpointer) list->data, list->len,
                                        usual != NULL ? (int) g_ascii_strtoll (usual, NULL, 10) : 0,
                                        /* translators: read out by screen readers */
                                        seconds ? _("%d seconds") : "%d");

  self->steps = YJ_STEP_SCALE (steps);
  yj_step_scale_set_label (self->steps, yj_parameter_get_label (self->parameter));
  g_signal_connect (steps, "notify::number", G_CALLBACK (steps_cb), self);
  return new_tall_row (self, steps);
}

static GtkWidget *
new_combo (YjParameterRow *self)
{
  const char * const *allowed = yj_parameter_get_allowed (self->parameter);
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  if (yj_parameter_get_default (self->parameter) == NULL)
    gtk_string_list_append (list, _("Default"));
  for (guint i = 0; allowed[i] != NULL; i++)
    gtk_string_list_take (list, dup_choice (self->parameter, allowed[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_signal_connect (row, "notify::selected", G_CALLBACK (combo_cb), self);
  return row;
}

static GtkWidget *
new_spin (YjParameterRow *self)
{
  GtkWidget *row;
  gint64 minimum, maximum;

  if (!yj_model_get_advised_range (self->model, self->parameter, &minimum, &maximum))
    maximum = 600;
  row = adw_spin_row_new_with_range ((double) minimum, (double) maximum, 1);
  if (g_str_equal (yj_parameter_get_meaning (self->parameter), "duration"))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Seconds"));
  g_signal_connect (row, "notify::value", G_CALLBACK (spin_cb), self);
  return row;
}

static GtkWidget *
new_switch (YjParameterRow *self)
{
  GtkWidget *row = adw_switch_row_new ();

  if (g_str_equal (yj_parameter_get_meaning (self->parameter), "off-peak"))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Wait for hours when little is going on"));
  g_signal_connect (row, "notify::active", G_CALLBACK (switch_cb), self);
  return row;
}

static GtkWidget *
new_entry (YjParameterRow *self)
{
  GtkWidget *row = adw_entry_row_new ();

  self->counter = g_object_new (GTK_TYPE_LABEL, "visible", FALSE,
                                "css-classes", (const char *[]) { "caption", "numeric", "dimmed", NULL }, NULL);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), GTK_WIDGET (self->counter));
  g_signal_connect (row, "changed", G_CALLBACK (text_cb), self);
  return row;
}

static GtkWidget *
new_control (YjParameterRow *self)
{
  const char * const *allowed = yj_parameter_get_allowed (self->parameter);
  g_autoptr(GArray) steps = NULL;
  guint n;

  switch (yj_parameter_get_value_type (self->parameter))
    {
    case YJ_PARAMETER_SWITCH:
      return new_switch (self);
    case YJ_PARAMETER_TEXT:
      return new_entry (self);
    case YJ_PARAMETER_INTEGER:
      steps = list_steps (self);
      return steps != NULL ? new_steps (self, steps) : new_spin (self);
    case YJ_PARAMETER_CHOICE:
      break;
    }
  if (g_str_equal (yj_parameter_get_meaning (self->parameter), "ratio"))
    return new_ratios (self);

  n = g_strv_length ((char **) allowed) + (yj_parameter_get_default (self->parameter) == NULL);
  return n <= MOST_TOGGLES ? new_toggles (self) : new_combo (self);
}

/**
 * yj_parameter_row_new:
 * @model: the model
 * @parameter: one of its parameters
 * @set: called when the control changes
 * @user_data: for @set
 *
 * Returns: (transfer full): a row
 */
YjParameterRow *
yj_parameter_row_new (YjModel            *model,
                      YjParameter        *parameter,
                      YjParameterRowFunc  set,
                      gpointer            user_data)
{
  YjParameterRow *self = g_new0 (YjParameterRow, 1);
  const char *label = yj_parameter_get_label (parameter);

  self->model = g_object_ref (model);
  self->parameter = g_object_ref (parameter);
  self->set = set;
  self->user_data = user_data;
  self->widget = new_control (self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget), label);
  name_control (self->widget, label);
  return self;
}

/**
 * yj_parameter_row_free:
 * @self: (transfer full): a row
 */
void
yj_parameter_row_free (YjParameterRow *self)
{
  g_object_unref (self->model);
  g_object_unref (self->parameter);
  g_free (self);
}

/**
 * yj_parameter_row_get_name:
 * @self: a row
 *
 * Returns: (transfer none): the wire name of its parameter
 */
const char *
yj_parameter_row_get_name (YjParameterRow *self)
{
  return yj_parameter_get_name (self->parameter);
}

/**
 * yj_parameter_row_add_to:
 * @self: a row
 * @group: where it shall stand, with the lines below it
 */
void
yj_parameter_row_add_to (YjParameterRow      *self,
                         AdwPreferencesGroup *group)
{
  GtkWidget *below = adw_preferences_row_new ();

  adw_preferences_group_add (group, self->widget);
  self->problems = g_object_new (YJ_TYPE_PROBLEM_LIST, "margin-top", 9, "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (below), FALSE);
  gtk_widget_set_focusable (below, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (below), GTK_WIDGET (self->problems));
  g_object_bind_property (self->problems, "visible", below, "visible", G_BINDING_SYNC_CREATE);
  adw_preferences_group_add (group, below);
}

/**
 * yj_parameter_row_show_problems:
 * @self: a row
 * @problems: (element-type Yj.Problem): what is wrong with the draft
 */
void
yj_parameter_row_show_problems (YjParameterRow *self,
                                GPtrArray      *problems)
{
  yj_problem_list_show (self->problems, problems, yj_parameter_get_name (self->parameter));
}
