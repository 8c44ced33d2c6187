/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-prompts-dialog"

#include "yj-prompts-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-prompt-editor.h"
#include "yj-prompt-form.h"

/* What is kept, by name: a press uses it, the menu of a row changes or deletes it. */
struct _YjPromptsDialog
{
  AdwDialog          parent_instance;
  AdwToastOverlay   *toasts;
  AdwNavigationView *navigation;
  GtkEditable       *entry;
  GtkStack          *stack;
  GtkListBox        *list;
  YjLibrary         *library;
  GListModel        *found;
  char              *draft;             /* what a new one begins with */
};

enum
{
  INSERT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjPromptsDialog, yj_prompts_dialog, ADW_TYPE_DIALOG)

/* ---- using one */

static void
use_text (YjPromptsDialog *self,
          const char      *text)
{
  g_autoptr(YjPromptsDialog) kept = g_object_ref (self);
  g_autofree char *copy = g_strdup (text);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[INSERT], 0, copy);
}

static void
filled_cb (YjPromptsDialog *self,
           const char      *text)
{
  use_text (self, text);
}

/**
 * yj_prompts_dialog_use:
 * @self: a prompts dialog
 * @prompt: a prompt
 *
 * Emits `insert` with its text and closes; asks for its variables first when it has any.
 */
void
yj_prompts_dialog_use (YjPromptsDialog *self,
                       YjPrompt        *prompt)
{
  g_auto(GStrv) names = NULL;
  AdwNavigationPage *page;

  g_return_if_fail (YJ_IS_PROMPTS_DIALOG (self));
  g_return_if_fail (YJ_IS_PROMPT (prompt));

  names = yj_prompt_list_variables (yj_prompt_get_body (prompt));
  if (names[0] == NULL)
    {
      use_text (self, yj_prompt_get_body (prompt));
      return;
    }
  page = yj_prompt_form_new (prompt);
  g_signal_connect_object (page, "filled", G_CALLBACK (filled_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, page);
}

static void
row_activated_cb (YjPromptsDialog *self,
                  GtkListBoxRow   *row)
{
  yj_prompts_dialog_use (self, g_object_get_data (G_OBJECT (row), "prompt"));
}

static void
entry_activate_cb (YjPromptsDialog *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first != NULL)
    row_activated_cb (self, first);
}

/* ---- changing one */

static void
saved_cb (YjPromptsDialog *self,
          YjPrompt        *prompt)
{
  yj_library_save_prompt (self->library, prompt);
  adw_navigation_view_pop (self->navigation);
}

/**
 * yj_prompts_dialog_edit:
 * @self: a prompts dialog
 * @prompt: (nullable): a prompt, %NULL: a new one
 * @body: (nullable): the text of a new one
 *
 * Shows where it is written.
 */
void
yj_prompts_dialog_edit (YjPromptsDialog *self,
                        YjPrompt        *prompt,
                        const char      *body)
{
  g_autoptr(YjPrompt) fresh = NULL;
  AdwNavigationPage *page;

  g_return_if_fail (YJ_IS_PROMPTS_DIALOG (self));

  if (prompt == NULL)
    prompt = fresh = yj_prompt_new (0, "", body != NULL ? body : "");
  page = yj_prompt_editor_new (prompt);
  g_signal_connect_object (page, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, page);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  yj_prompts_dialog_edit (YJ_PROMPTS_DIALOG (widget), NULL, YJ_PROMPTS_DIALOG (widget)->draft);
}

static void
undo_cb (AdwToast        *toast,
         YjPromptsDialog *self)
{
  yj_library_save_prompt (self->library, g_object_get_data (G_OBJECT (toast), "prompt"));
}

static void
delete_prompt (YjPromptsDialog *self,
               YjPrompt        *prompt)
{
  /* translators: %s is the name of a prompt */
  g_autofree char *text = g_strdup_printf (_("“%s” deleted"), yj_prompt_get_name (prompt));
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "prompt", g_object_ref (prompt), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_DEFAULT);
  yj_library_delete_prompt (self->library, prompt);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
edit_clicked_cb (GtkWidget       *button,
                 YjPromptsDialog *self)
{
  yj_prompts_dialog_edit (self, g_object_get_data (G_OBJECT (button), "prompt"), NULL);
}

static void
delete_clicked_cb (GtkWidget       *button,
                   YjPromptsDialog *self)
{
  g_autoptr(YjPrompt) prompt = g_object_ref (g_object_get_data (G_OBJECT (button), "prompt"));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  delete_prompt (self, prompt);
}

/* On a row: F2 edits, Delete deletes. */
static gboolean
row_key_cb (GtkEventControllerKey *controller,
            guint                  key,
            guint                  code,
            GdkModifierType        modifiers,
            YjPromptsDialog       *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  g_autoptr(YjPrompt) prompt = g_object_ref (g_object_get_data (G_OBJECT (row), "prompt"));

  if (key == GDK_KEY_F2)
    yj_prompts_dialog_edit (self, prompt, NULL);
  else if (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      delete_prompt (self, prompt);
    }
  else
    return FALSE;
  return TRUE;
}

/* ---- the list */

static GtkWidget *
new_button (YjPromptsDialog *self,
            YjPrompt        *prompt,
            const char      *icon_name,
            const char      *tooltip,
            GCallback        clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "prompt", g_object_ref (prompt), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_DEFAULT);
  return button;
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  YjPromptsDialog *self = user_data;
  YjPrompt *prompt = item;
  GtkWidget *row = adw_action_row_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree char *line = g_strdup (yj_prompt_get_body (prompt));

  g_strdelimit (line, "\n\r\t", ' ');
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), yj_prompt_get_name (prompt));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             new_button (self, prompt, "document-edit-symbolic", _("Edit"), G_CALLBACK (edit_clicked_cb)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             new_button (self, prompt, "user-trash-symbolic", _("Delete"), G_CALLBACK (delete_clicked_cb)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "prompt", g_object_ref (prompt), g_object_unref);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (row_key_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row, keys);
  return row;
}

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  YjPromptsDialog *self = user_data;
  g_autofree char *sought = g_utf8_casefold (gtk_editable_get_text (self->entry), -1);
  g_autofree char *name = g_utf8_casefold (yj_prompt_get_name (item), -1);
  g_autofree char *body = g_utf8_casefold (yj_prompt_get_body (item), -1);

  g_strstrip (sought);
  return strstr (name, sought) != NULL || strstr (body, sought) != NULL;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  return g_utf8_collate (yj_prompt_get_name ((YjPrompt *) a), yj_prompt_get_name ((YjPrompt *) b));
}

static void
update_stack (YjPromptsDialog *self)
{
  guint all = g_list_model_get_n_items (yj_library_get_prompts (self->library));
  guint found = g_list_model_get_n_items (self->found);

  gtk_stack_set_visible_child_name (self->stack, all == 0 ? "empty" : found == 0 ? "nothing" : "list");
}

/* They are few: the list is made anew whenever one of them, or what is sought, has changed. */
static void
refill (YjPromptsDialog *self)
{
  GListModel *all = g_object_ref (yj_library_get_prompts (self->library));
  GListModel *found = G_LIST_MODEL (gtk_filter_list_model_new (all, GTK_FILTER (gtk_custom_filter_new (matches, self, NULL))));
  GListModel *sorted = G_LIST_MODEL (gtk_sort_list_model_new (found, GTK_SORTER (gtk_custom_sorter_new (compare, NULL, NULL))));

  g_clear_object (&self->found);
  self->found = sorted;
  gtk_list_box_bind_model (self->list, sorted, create_row, self, NULL);
  update_stack (self);
}

/* Escape first ends the search. */
static void
stop_search_cb (YjPromptsDialog *self)
{
  if (*gtk_editable_get_text (self->entry) != '\0')
    gtk_editable_set_text (self->entry, "");
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
search_changed_cb (YjPromptsDialog *self)
{
  refill (self);
}

/* ---- the object */

static void
yj_prompts_dialog_dispose (GObject *object)
{
  YjPromptsDialog *self = YJ_PROMPTS_DIALOG (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_PROMPTS_DIALOG);
  g_clear_object (&self->found);
  g_clear_object (&self->library);
  g_clear_pointer (&self->draft, g_free);

  G_OBJECT_CLASS (yj_prompts_dialog_parent_class)->dispose (object);
}

static void
yj_prompts_dialog_class_init (YjPromptsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_prompts_dialog_dispose;

  signals[INSERT] = g_signal_new ("insert", YJ_TYPE_PROMPTS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-prompts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YjPromptsDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, YjPromptsDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, YjPromptsDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, YjPromptsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, YjPromptsDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  gtk_widget_class_install_action (widget_class, "prompts.new", NULL, new_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "prompts.new", NULL);
}

static void
yj_prompts_dialog_init (YjPromptsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_prompts_dialog_new:
 * @library: where prompts are kept
 * @draft: (nullable): what a new one begins with
 *
 * Returns: (transfer floating): a dialog to present
 */
YjPromptsDialog *
yj_prompts_dialog_new (YjLibrary  *library,
                       const char *draft)
{
  YjPromptsDialog *self = g_object_new (YJ_TYPE_PROMPTS_DIALOG, NULL);

  self->library = g_object_ref (library);
  self->draft = g_strdup (draft);
  refill (self);
  g_signal_connect_object (yj_library_get_prompts (library), "items-changed", G_CALLBACK (refill), self, G_CONNECT_SWAPPED);
  return self;
}
