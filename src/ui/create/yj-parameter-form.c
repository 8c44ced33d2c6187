/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-parameter-form"

#include "yj-parameter-form.h"

#include <glib/gi18n.h>

#include "yj-parameter-row.h"

struct _YjParameterForm
{
  AdwBin     parent_instance;
  YjDraft   *draft;
  YjModel   *model;             /* whose settings are shown */
  GPtrArray *rows;              /* of YjParameterRow */
  GtkLabel  *aside;             /* what is set for other models; owned by the group */
  gulong     changed_id;
  gboolean   updating;          /* the draft speaks, the controls listen */
};

G_DEFINE_FINAL_TYPE (YjParameterForm, yj_parameter_form, ADW_TYPE_BIN)

static void
set_cb (const char *name,
        const char *value,
        gpointer    user_data)
{
  YjParameterForm *self = YJ_PARAMETER_FORM (user_data);

  if (!self->updating)
    yj_draft_set_value (self->draft, name, value);
}

static void
build (YjParameterForm *self)
{
  GListModel *parameters = yj_model_get_parameters (self->model);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *group = adw_preferences_group_new ();

  self->updating = TRUE;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);
      YjParameterRow *row = yj_parameter_row_new (self->model, parameter, set_cb, self);

      yj_parameter_row_add_to (row, ADW_PREFERENCES_GROUP (group));
      g_ptr_array_add (self->rows, row);
    }
  self->aside = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "margin-start", 12,
                              "margin-end", 12, "css-classes", (const char *[]) { "caption", "dimmed", NULL }, NULL);
  gtk_box_append (GTK_BOX (column), group);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->aside));
  adw_bin_set_child (ADW_BIN (self), column);
  self->updating = FALSE;
}

/* What was set for other models and waits for one that takes it. */
static void
show_aside (YjParameterForm *self)
{
  g_auto(GStrv) meanings = yj_draft_dup_set_aside (self->draft);
  g_autoptr(GString) list = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; meanings[i] != NULL; i++)
    {
      const char *value = yj_draft_get_aside (self->draft, meanings[i]);
      gboolean is_long = g_str_equal (meanings[i], "negative-prompt") || g_str_equal (meanings[i], "off-peak") || strlen (value) > 20;
      g_autofree char *words = is_long ? NULL : yj_meaning_dup_value (meanings[i], value);

      g_string_append_printf (list, "%s%s%s%s", i > 0 ? _(", ") : "", yj_meaning_get_label (meanings[i]), is_long ? "" : " ",
                              is_long ? "" : words);
    }
  if (list->len > 0)
    /* translators: %s: a list of settings, as "Negative Prompt, Ratio 9:21" */
    text = g_strdup_printf (_("Set aside: %s. It comes back with a model that takes it."), list->str);
  gtk_label_set_label (self->aside, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->aside), text != NULL);
}

static void
changed_cb (YjParameterForm *self)
{
  if (self->updating)
    return;
  if (g_set_object (&self->model, yj_draft_get_model (self->draft)))
    build (self);

  self->updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      YjParameterRow *row = g_ptr_array_index (self->rows, i);

      yj_parameter_row_show (row, yj_draft_get_value (self->draft, yj_parameter_row_get_name (row)));
    }
  show_aside (self);
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
  g_clear_pointer (&self->rows, g_ptr_array_unref);

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
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_parameter_row_free);
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

  for (guint i = 0; i < self->rows->len; i++)
    yj_parameter_row_show_problems (g_ptr_array_index (self->rows, i), problems);
}
