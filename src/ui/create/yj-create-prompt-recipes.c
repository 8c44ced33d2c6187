/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prompts that are kept with their model and settings, to be used again with other files. */
#define G_LOG_DOMAIN "yj-create-prompt"

#include "yj-create-prompt-private.h"

#include <glib/gi18n.h>

#include "yj-window.h"

#define UNDO_SECONDS 10
#define MAX_NAME 40             /* characters of a name that is proposed */

static YjModel *
find_model (const char *id,
            gpointer    user_data)
{
  return yj_catalog_find_by_id (YJ_CATALOG (user_data), id);
}

/* What an undo in a toast needs: a draft and what it was, or a recipe that was deleted. */
typedef struct
{
  YjSession *session;
  YjDraft   *draft;
  char      *before;
  YjPrompt  *recipe;
} Undo;

static void
undo_free (Undo     *undo,
           GClosure *closure)
{
  g_clear_object (&undo->session);
  g_clear_object (&undo->draft);
  g_clear_object (&undo->recipe);
  g_free (undo->before);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast,
         Undo     *undo)
{
  if (undo->recipe != NULL)
    yj_library_save_prompt (yj_session_get_library (undo->session), undo->recipe);
  else
    yj_draft_apply_recipe (undo->draft, undo->before, find_model, yj_session_get_catalog (undo->session), NULL);
}

static void
offer_undo (YjCreatePrompt *self,
            char           *title,      /* taken over */
            Undo           *undo)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  AdwToast *toast = adw_toast_new (title);

  g_free (title);
  undo->session = g_object_ref (self->session);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, (GClosureNotify) undo_free, G_CONNECT_DEFAULT);
  if (YJ_IS_WINDOW (root))
    yj_window_add_toast (YJ_WINDOW (root), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

static void
use (YjCreatePrompt *self,
     YjPrompt       *recipe)
{
  g_autofree char *before = yj_draft_to_recipe (self->draft);
  g_autoptr(GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Undo *undo;

  if (!yj_draft_apply_recipe (self->draft, yj_prompt_get_body (recipe), find_model, yj_session_get_catalog (self->session), &error))
    {
      g_debug ("A recipe cannot be used: %s", error->message);
      if (YJ_IS_WINDOW (root))
        yj_window_add_toast (YJ_WINDOW (root), adw_toast_new (_("The model of this recipe is no longer known")));
      return;
    }
  undo = g_new0 (Undo, 1);
  undo->draft = g_object_ref (self->draft);
  undo->before = g_steal_pointer (&before);
  /* translators: %s: name of a recipe */
  offer_undo (self, g_strdup_printf (_("Took “%s”"), yj_prompt_get_name (recipe)), undo);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
row_activated_cb (YjCreatePrompt *self,
                  GtkListBoxRow  *row)
{
  YjPrompt *recipe = g_object_get_data (G_OBJECT (row), "recipe");
  g_autoptr(YjPrompt) kept = g_object_ref (recipe);

  gtk_menu_button_popdown (self->recipe_button);
  if (self->draft != NULL)
    use (self, kept);
}

static void
delete_cb (GtkButton *button,
           YjPrompt  *recipe)
{
  YjCreatePrompt *self = YJ_CREATE_PROMPT (gtk_widget_get_ancestor (GTK_WIDGET (button), YJ_TYPE_CREATE_PROMPT));
  g_autoptr(YjPrompt) kept = g_object_ref (recipe);
  Undo *undo = g_new0 (Undo, 1);

  gtk_menu_button_popdown (self->recipe_button);
  yj_library_delete_prompt (yj_session_get_library (self->session), kept);
  undo->recipe = g_object_ref (kept);
  /* translators: %s: name of a recipe */
  offer_undo (self, g_strdup_printf (_("Deleted “%s”"), yj_prompt_get_name (kept)), undo);
}

static GtkWidget *
new_row (gpointer item,
         gpointer user_data)
{
  YjPrompt *recipe = item;
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (yj_prompt_get_name (recipe)), *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* translators: %s: name of a recipe */
  g_autofree char *spoken = g_strdup_printf (_("Delete “%s”"), yj_prompt_get_name (recipe));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 20);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (delete_cb), recipe, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "recipe", g_object_ref (recipe), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, yj_prompt_get_name (recipe), -1);
  return row;
}

/* ---- saving */

typedef struct
{
  YjSession *session;
  char      *body;              /* as it was when it was asked for a name */
  GtkWidget *entry;
} Save;

static void
save_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Save *save = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (save->entry))));

  if (g_strcmp0 (response, "save") == 0)
    {
      g_autoptr(YjPrompt) recipe = yj_prompt_new_recipe (0, *name != '\0' ? name : _("Recipe"), save->body);

      yj_library_save_prompt (yj_session_get_library (save->session), recipe);
    }
  g_object_unref (save->entry);
  g_object_unref (save->session);
  g_free (save->body);
  g_free (save);
}

/* How the prompt begins. */
static char *
dup_proposal (YjDraft *draft)
{
  g_autofree char *line = g_strstrip (g_strdelimit (g_strdup (yj_draft_get_prompt (draft)), "\r\n\t", ' '));

  return g_utf8_strlen (line, -1) > MAX_NAME ? g_utf8_substring (line, 0, MAX_NAME) : g_steal_pointer (&line);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  YjCreatePrompt *self = YJ_CREATE_PROMPT (widget);
  g_autofree char *proposal = NULL;
  AdwAlertDialog *dialog;
  Save *save;

  if (self->draft == NULL || self->session == NULL)
    return;

  gtk_menu_button_popdown (self->recipe_button);
  proposal = dup_proposal (self->draft);
  save = g_new0 (Save, 1);
  save->session = g_object_ref (self->session);
  save->body = yj_draft_to_recipe (self->draft);
  save->entry = g_object_ref_sink (gtk_entry_new ());
  gtk_editable_set_text (GTK_EDITABLE (save->entry), proposal);
  gtk_entry_set_activates_default (GTK_ENTRY (save->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (save->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Save as Recipe"),
                                                   _("Keeps the prompt, the model and the settings, not the files.")));
  adw_alert_dialog_set_extra_child (dialog, save->entry);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "save");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_dialog_set_focus (ADW_DIALOG (dialog), save->entry);
  adw_alert_dialog_choose (dialog, widget, NULL, save_cb, save);
}

void
yj_create_prompt_load_recipes (YjCreatePrompt *self)
{
  gtk_list_box_bind_model (self->recipe_list, yj_library_get_recipes (yj_session_get_library (self->session)), new_row, NULL, NULL);
}

void
yj_create_prompt_install_recipes (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "prompt.save-recipe", NULL, save_action);
}

void
yj_create_prompt_init_recipes (YjCreatePrompt *self)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new (), *button = gtk_button_new_with_mnemonic (_("_Save as Recipe…"));

  self->recipe_list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->recipe_list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->recipe_list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->recipe_list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Saved Recipes"), -1);
  g_signal_connect_object (self->recipe_list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->recipe_list));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "prompt.save-recipe");
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), button);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_menu_button_set_popover (self->recipe_button, popover);
}
