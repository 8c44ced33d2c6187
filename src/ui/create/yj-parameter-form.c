/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-parameter-form"

#include "yj-parameter-form.h"

#include <glib/gi18n.h>

#include "yj-problem-list.h"

#define MOST_TOGGLES 4          /* more values than that go into a list */

/* One setting: its control, and the lines below it. */
typedef struct
{
  YjParameterForm *form;        /* unowned */
  YjParameter     *parameter;
  GtkWidget       *row;
  AdwToggleGroup  *toggles;     /* or NULL */
  YjProblemList   *problems;
} Setting;

struct _YjParameterForm
{
  AdwBin     parent_instance;
  YjDraft   *draft;
  YjModel   *model;             /* whose settings are shown */
  GPtrArray *settings;          /* of Setting */
  gulong     changed_id;
  gboolean   updating;          /* the draft speaks, the controls listen */
};

G_DEFINE_FINAL_TYPE (YjParameterForm, yj_parameter_form, ADW_TYPE_BIN)

static void
setting_free (Setting *setting)
{
  g_object_unref (setting->parameter);
  g_free (setting);
}

/**
 * yj_parameter_form_dup_value:
 * @parameter: a parameter
 * @value: one of its values
 *
 * Returns: (transfer full): the value as people read it
 */
char *
yj_parameter_form_dup_value (YjParameter *parameter,
                             const char  *value)
{
  const char *meaning = yj_parameter_get_meaning (parameter);

  if (g_str_equal (value, "adaptive"))
    return g_strdup (_("Adaptive"));
  if (g_str_equal (value, "keep_ratio"))
    return g_strdup (_("Keep Ratio"));
  if (g_str_equal (meaning, "duration"))
    /* translators: %s: a number of seconds */
    return g_strdup_printf (_("%s s"), value);
  if (g_str_equal (meaning, "size"))
    {
      g_autoptr(GString) text = g_string_new (value);

      g_string_replace (text, "*", " × ", 1);
      return g_string_free_and_steal (g_steal_pointer (&text));
    }

  return g_strdup (value);
}

static const char *
get_explanation (const char *value)
{
  if (g_strcmp0 (value, "adaptive") == 0)
    return _("The model chooses what fits");
  if (g_strcmp0 (value, "keep_ratio") == 0)
    return _("As in the pictures");

  return "";
}

/* ---- from the controls to the draft */
static void
set_value (Setting    *setting,
           const char *value)
{
  if (!setting->form->updating)
    yj_draft_set_value (setting->form->draft, yj_parameter_get_name (setting->parameter), value);
}

static void
combo_cb (AdwComboRow *row,
          GParamSpec  *pspec,
          Setting     *setting)
{
  guint selected = adw_combo_row_get_selected (row);
  const char * const *allowed = yj_parameter_get_allowed (setting->parameter);
  gboolean has_none = yj_parameter_get_default (setting->parameter) == NULL;

  if (selected == GTK_INVALID_LIST_POSITION)
    return;

  set_value (setting, has_none && selected == 0 ? NULL : allowed[selected - has_none]);
}

static void
toggles_cb (AdwToggleGroup *toggles,
            GParamSpec     *pspec,
            Setting        *setting)
{
  const char *name = adw_toggle_group_get_active_name (toggles);

  if (name != NULL)
    set_value (setting, name);
}

static void
spin_cb (AdwSpinRow *row,
         GParamSpec *pspec,
         Setting    *setting)
{
  g_autofree char *value = g_strdup_printf ("%d", (int) adw_spin_row_get_value (row));

  set_value (setting, value);
}

static void
switch_cb (AdwSwitchRow *row,
           GParamSpec   *pspec,
           Setting      *setting)
{
  set_value (setting, adw_switch_row_get_active (row) ? "Y" : "N");
}

static void
text_cb (GtkEditable *row,
         Setting     *setting)
{
  const char *text = gtk_editable_get_text (row);

  set_value (setting, *text != '\0' ? text : NULL);
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
show_value (Setting    *setting,
            const char *value)
{
  if (setting->toggles != NULL && value != NULL && adw_toggle_group_get_toggle_by_name (setting->toggles, value) != NULL)
    adw_toggle_group_set_active_name (setting->toggles, value);
  else if (setting->toggles != NULL)
    adw_toggle_group_set_active (setting->toggles, GTK_INVALID_LIST_POSITION);
  else if (ADW_IS_COMBO_ROW (setting->row))
    {
      adw_combo_row_set_selected (ADW_COMBO_ROW (setting->row), find_value (setting->parameter, value));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (setting->row), get_explanation (value));
    }
  else if (ADW_IS_SWITCH_ROW (setting->row))
    adw_switch_row_set_active (ADW_SWITCH_ROW (setting->row), g_strcmp0 (value, "Y") == 0);
  else if (ADW_IS_SPIN_ROW (setting->row))
    {
      double number = value != NULL ? g_ascii_strtod (value, NULL) : 0;
      GtkAdjustment *adjustment = adw_spin_row_get_adjustment (ADW_SPIN_ROW (setting->row));

      /* a value from elsewhere is shown as it is, and complained about below */
      gtk_adjustment_set_upper (adjustment, MAX (gtk_adjustment_get_upper (adjustment), number));
      gtk_adjustment_set_lower (adjustment, MIN (gtk_adjustment_get_lower (adjustment), number));
      adw_spin_row_set_value (ADW_SPIN_ROW (setting->row), number);
    }
  else if (GTK_IS_EDITABLE (setting->row) && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (setting->row)), value != NULL ? value : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (setting->row), value != NULL ? value : "");
}

/* ---- making the controls */
static void
name_control (GtkWidget  *control,
              const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static GtkWidget *
new_toggles (Setting *setting)
{
  const char * const *allowed = yj_parameter_get_allowed (setting->parameter);
  GtkWidget *row = adw_action_row_new (), *toggles = adw_toggle_group_new ();

  for (guint i = 0; allowed[i] != NULL; i++)
    {
      g_autofree char *label = yj_parameter_form_dup_value (setting->parameter, allowed[i]);
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_name (toggle, allowed[i]);
      adw_toggle_set_label (toggle, label);
      adw_toggle_group_add (ADW_TOGGLE_GROUP (toggles), toggle);
    }
  gtk_widget_set_valign (toggles, GTK_ALIGN_CENTER);
  name_control (toggles, yj_parameter_get_label (setting->parameter));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggles);
  setting->toggles = ADW_TOGGLE_GROUP (toggles);
  g_signal_connect (toggles, "notify::active-name", G_CALLBACK (toggles_cb), setting);
  return row;
}

static GtkWidget *
new_combo (Setting *setting)
{
  const char * const *allowed = yj_parameter_get_allowed (setting->parameter);
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  if (yj_parameter_get_default (setting->parameter) == NULL)
    gtk_string_list_append (list, _("Default"));
  for (guint i = 0; allowed[i] != NULL; i++)
    gtk_string_list_take (list, yj_parameter_form_dup_value (setting->parameter, allowed[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_signal_connect (row, "notify::selected", G_CALLBACK (combo_cb), setting);
  return row;
}

static GtkWidget *
new_spin (Setting *setting)
{
  GtkWidget *row;
  gint64 minimum, maximum;

  if (!yj_model_get_advised_range (setting->form->model, setting->parameter, &minimum, &maximum))
    maximum = 600;
  row = adw_spin_row_new_with_range ((double) minimum, (double) maximum, 1);
  if (g_str_equal (yj_parameter_get_meaning (setting->parameter), "duration"))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Seconds"));
  g_signal_connect (row, "notify::value", G_CALLBACK (spin_cb), setting);
  return row;
}

static GtkWidget *
new_control (Setting *setting)
{
  const char * const *allowed = yj_parameter_get_allowed (setting->parameter);
  GtkWidget *row;

  switch (yj_parameter_get_value_type (setting->parameter))
    {
    case YJ_PARAMETER_SWITCH:
      row = adw_switch_row_new ();
      if (g_str_equal (yj_parameter_get_meaning (setting->parameter), "off-peak"))
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Wait for hours when little is going on"));
      g_signal_connect (row, "notify::active", G_CALLBACK (switch_cb), setting);
      return row;
    case YJ_PARAMETER_TEXT:
      row = adw_entry_row_new ();
      g_signal_connect (row, "changed", G_CALLBACK (text_cb), setting);
      return row;
    case YJ_PARAMETER_INTEGER:
    case YJ_PARAMETER_CHOICE:
      break;
    }
  if (allowed == NULL)
    return new_spin (setting);
  if (g_strv_length ((char **) allowed) <= MOST_TOGGLES && yj_parameter_get_default (setting->parameter) != NULL)
    return new_toggles (setting);

  return new_combo (setting);
}

static void
add_setting (YjParameterForm     *self,
             AdwPreferencesGroup *group,
             YjParameter         *parameter)
{
  Setting *setting = g_new0 (Setting, 1);
  const char *label = yj_parameter_get_label (parameter);
  GtkWidget *below = adw_preferences_row_new ();

  setting->form = self;
  setting->parameter = g_object_ref (parameter);
  setting->row = new_control (setting);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (setting->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (setting->row), label);
  name_control (setting->row, label);
  adw_preferences_group_add (group, setting->row);

  setting->problems = g_object_new (YJ_TYPE_PROBLEM_LIST, "margin-top", 9, "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (below), FALSE);
  gtk_widget_set_focusable (below, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (below), GTK_WIDGET (setting->problems));
  g_object_bind_property (setting->problems, "visible", below, "visible", G_BINDING_SYNC_CREATE);
  adw_preferences_group_add (group, below);
  g_ptr_array_add (self->settings, setting);
}

static void
build (YjParameterForm *self)
{
  GListModel *parameters = yj_model_get_parameters (self->model);
  GtkWidget *group = adw_preferences_group_new ();

  self->updating = TRUE;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_ptr_array_set_size (self->settings, 0);
  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);

      add_setting (self, ADW_PREFERENCES_GROUP (group), parameter);
    }
  adw_bin_set_child (ADW_BIN (self), group);
  self->updating = FALSE;
}

static void
changed_cb (YjParameterForm *self)
{
  if (self->updating)
    return;
  if (g_set_object (&self->model, yj_draft_get_model (self->draft)))
    build (self);

  self->updating = TRUE;
  for (guint i = 0; i < self->settings->len; i++)
    {
      Setting *setting = g_ptr_array_index (self->settings, i);

      show_value (setting, yj_draft_get_value (self->draft, yj_parameter_get_name (setting->parameter)));
    }
  self->updating = FALSE;
}

static void
let_go_of_draft (YjParameterForm *self)
{
  if (self->draft != NULL)
    g_clear_signal_handler (&self->changed_id, self->draft);
  g_clear_object (&self->draft);
}

static void
yj_parameter_form_dispose (GObject *object)
{
  YjParameterForm *self = YJ_PARAMETER_FORM (object);

  self->updating = TRUE;
  let_go_of_draft (self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->model);
  g_clear_pointer (&self->settings, g_ptr_array_unref);

  G_OBJECT_CLASS (yj_parameter_form_parent_class)->dispose (object);
}

static void
yj_parameter_form_class_init (YjParameterFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_parameter_form_dispose;
}

static void
yj_parameter_form_init (YjParameterForm *self)
{
  self->settings = g_ptr_array_new_with_free_func ((GDestroyNotify) setting_free);
}

/**
 * yj_parameter_form_set_draft:
 * @self: a form
 * @draft: (nullable): the draft whose settings it shows and changes
 */
void
yj_parameter_form_set_draft (YjParameterForm *self,
                             YjDraft         *draft)
{
  g_return_if_fail (YJ_IS_PARAMETER_FORM (self));

  if (self->draft == draft)
    return;

  let_go_of_draft (self);
  if (draft == NULL)
    return;

  self->draft = g_object_ref (draft);
  self->changed_id = g_signal_connect_object (draft, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * yj_parameter_form_show_problems:
 * @self: a form
 * @problems: (element-type Yj.Problem): what is wrong with the draft
 *
 * Shows under each setting what is wrong with it.
 */
void
yj_parameter_form_show_problems (YjParameterForm *self,
                                 GPtrArray       *problems)
{
  g_return_if_fail (YJ_IS_PARAMETER_FORM (self));

  for (guint i = 0; i < self->settings->len; i++)
    {
      Setting *setting = g_ptr_array_index (self->settings, i);

      yj_problem_list_show (setting->problems, problems, yj_parameter_get_name (setting->parameter));
    }
}
