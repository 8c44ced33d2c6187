/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-prompt-form"

#include "yj-prompt-form.h"

struct _YjPromptForm
{
  AdwNavigationPage    parent_instance;
  AdwPreferencesGroup *group;
  YjPrompt            *prompt;
  GStrv                names;
  GPtrArray           *rows;            /* of AdwEntryRow, one for each name; borrowed */
};

enum
{
  FILLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjPromptForm, yj_prompt_form, ADW_TYPE_NAVIGATION_PAGE)

static void
insert_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  YjPromptForm *self = YJ_PROMPT_FORM (widget);
  g_autoptr(GStrvBuilder) values = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    g_strv_builder_add (values, gtk_editable_get_text (GTK_EDITABLE (self->rows->pdata[i])));
  list = g_strv_builder_end (values);
  text = yj_prompt_fill (yj_prompt_get_body (self->prompt), (const char * const *) self->names, (const char * const *) list);
  g_signal_emit (self, signals[FILLED], 0, text);
}

/* Enter goes to the next one; in the last it is done. */
static void
row_entered_cb (YjPromptForm *self,
                GtkWidget    *row)
{
  guint i;

  if (g_ptr_array_find (self->rows, row, &i) && i + 1 < self->rows->len)
    gtk_widget_grab_focus (self->rows->pdata[i + 1]);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "form.insert", NULL);
}

static void
yj_prompt_form_shown (AdwNavigationPage *page)
{
  YjPromptForm *self = YJ_PROMPT_FORM (page);

  if (self->rows->len > 0)
    gtk_widget_grab_focus (self->rows->pdata[0]);
}

static void
yj_prompt_form_dispose (GObject *object)
{
  YjPromptForm *self = YJ_PROMPT_FORM (object);

  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_PROMPT_FORM);
  g_clear_object (&self->prompt);

  G_OBJECT_CLASS (yj_prompt_form_parent_class)->dispose (object);
}

static void
yj_prompt_form_finalize (GObject *object)
{
  YjPromptForm *self = YJ_PROMPT_FORM (object);

  g_strfreev (self->names);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (yj_prompt_form_parent_class)->finalize (object);
}

static void
yj_prompt_form_class_init (YjPromptFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_prompt_form_dispose;
  object_class->finalize = yj_prompt_form_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = yj_prompt_form_shown;

  signals[FILLED] = g_signal_new ("filled", YJ_TYPE_PROMPT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-prompt-form.ui");
  gtk_widget_class_bind_template_child (widget_class, YjPromptForm, group);

  gtk_widget_class_install_action (widget_class, "form.insert", NULL, insert_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "form.insert", NULL);
}

static void
yj_prompt_form_init (YjPromptForm *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_prompt_form_new:
 * @prompt: a prompt with variables
 *
 * Returns: (transfer floating): a page that asks for each of them
 */
AdwNavigationPage *
yj_prompt_form_new (YjPrompt *prompt)
{
  YjPromptForm *self = g_object_new (YJ_TYPE_PROMPT_FORM, NULL);

  self->prompt = g_object_ref (prompt);
  self->names = yj_prompt_list_variables (yj_prompt_get_body (prompt));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), yj_prompt_get_name (prompt));
  for (guint i = 0; self->names[i] != NULL; i++)
    {
      GtkWidget *row = adw_entry_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), self->names[i]);
      g_signal_connect_object (row, "entry-activated", G_CALLBACK (row_entered_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  return ADW_NAVIGATION_PAGE (self);
}
