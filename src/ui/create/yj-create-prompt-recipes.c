/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prompts that are kept with their model and settings, to be used again with other files. */
#define G_LOG_DOMAIN "yj-create-prompt"

#include "yj-create-prompt-private.h"

#include <glib/gi18n.h>

#include "yj-job-text.h"
#include "yj-window.h"

#define UNDO_SECONDS 10
#define MAX_NAME 28             /* columns of a name that is proposed: a Chinese character has two */

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

/* ---- naming */

typedef struct
{
  YjSession *session;
  YjPrompt  *recipe;            /* to be renamed, or NULL: a new one is made */
  char      *body;              /* of a new one: as it was when it was asked for a name */
  GtkWidget *entry;
} Naming;

static GListModel *
list_recipes (YjCreatePrompt *self)
{
  return yj_library_get_recipes (yj_session_get_library (self->session));
}

/* Another one that has this name already; a pointer into the library. */
static YjPrompt *
find_namesake (Naming     *naming,
               const char *name)
{
  GListModel *recipes = yj_library_get_recipes (yj_session_get_library (naming->session));

  for (guint i = 0; i < g_list_model_get_n_items (recipes); i++)
    {
      g_autoptr(YjPrompt) other = g_list_model_get_item (recipes, i);

      if (other != naming->recipe && g_str_equal (yj_prompt_get_name (other), name))
        return other;
    }
  return NULL;
}

static char *
dup_name (Naming *naming)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (naming->entry))));
}

/* A new one may take the place of another: the button says so. A renamed one may not. */
static void
name_changed_cb (AdwAlertDialog *dialog,
                 GtkEditable    *entry)
{
  Naming *naming = g_object_get_data (G_OBJECT (entry), "naming");
  g_autofree char *name = dup_name (naming);
  gboolean taken = find_namesake (naming, name) != NULL;

  adw_alert_dialog_set_response_enabled (dialog, "save", *name != '\0' && !(taken && naming->recipe != NULL));
  if (naming->recipe == NULL)
    adw_alert_dialog_set_response_label (dialog, "save", taken ? _("_Replace") : _("_Save"));
}

static void
named_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Naming *naming = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);
  g_autofree char *name = dup_name (naming);
  YjPrompt *other = find_namesake (naming, name);
  g_autoptr(YjPrompt) recipe = NULL;

  if (g_strcmp0 (response, "save") == 0 && *name != '\0')
    {
      if (naming->recipe != NULL)
        {
          recipe = g_object_ref (naming->recipe);
          g_object_set (recipe, "name", name, NULL);
        }
      else if (other != NULL)
        {
          recipe = g_object_ref (other);
          g_object_set (recipe, "body", naming->body, NULL);
        }
      else
        recipe = yj_prompt_new_recipe (0, name, naming->body);
      yj_library_save_prompt (yj_session_get_library (naming->session), recipe);
    }
  g_signal_handlers_disconnect_by_func (naming->entry, name_changed_cb, object);
  g_object_unref (naming->entry);
  g_object_unref (naming->session);
  g_clear_object (&naming->recipe);
  g_free (naming->body);
  g_free (naming);
}

static gboolean
ends_clause (gunichar c)
{
  return g_utf8_strchr ("\n\r,.;:!?，。；：！？、", -1, c) != NULL;
}

/* How the prompt begins: to the end of the clause, or of the last word that has room. */
static char *
dup_proposal (YjDraft *draft)
{
  g_autofree char *text = g_strstrip (g_strdup (yj_draft_get_prompt (draft)));
  const char *end = text, *space = NULL;
  int columns = 0;

  for (; *end != '\0' && !ends_clause (g_utf8_get_char (end)); end = g_utf8_next_char (end))
    {
      columns += g_unichar_iswide (g_utf8_get_char (end)) ? 2 : 1;
      if (columns > MAX_NAME)
        break;
      if (g_ascii_isspace (*end))
        space = end;
    }
  if (columns > MAX_NAME && space != NULL)
    end = space;
  return g_strndup (text, end - text);
}

/* @recipe: to be renamed; NULL: one is made of what is on show */
static void
ask_for_name (YjCreatePrompt *self,
              YjPrompt       *recipe)
{
  g_autofree char *proposal = recipe != NULL ? g_strdup (yj_prompt_get_name (recipe)) : dup_proposal (self->draft);
  AdwDialog *dialog = adw_alert_dialog_new (recipe != NULL ? _("Rename Recipe") : _("Save as Recipe"),
                                            recipe != NULL ? _("Each recipe has a name of its own.") :
                                            _("Keeps the prompt, the model and the settings, not the files."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  Naming *naming = g_new0 (Naming, 1);

  naming->session = g_object_ref (self->session);
  if (recipe != NULL)
    naming->recipe = g_object_ref (recipe);
  else
    naming->body = yj_draft_to_recipe (self->draft);
  naming->entry = g_object_ref_sink (gtk_entry_new ());
  gtk_menu_button_popdown (self->recipe_button);
  gtk_entry_set_activates_default (GTK_ENTRY (naming->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (naming->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  adw_alert_dialog_set_extra_child (alert, naming->entry);
  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), "save", recipe != NULL ? _("_Rename") : _("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (alert, "save");
  adw_alert_dialog_set_close_response (alert, "cancel");
  adw_dialog_set_focus (dialog, naming->entry);
  g_object_set_data (G_OBJECT (naming->entry), "naming", naming);
  g_signal_connect_object (naming->entry, "changed", G_CALLBACK (name_changed_cb), dialog, G_CONNECT_SWAPPED);
  gtk_editable_set_text (GTK_EDITABLE (naming->entry), proposal);
  name_changed_cb (alert, GTK_EDITABLE (naming->entry));
  adw_alert_dialog_choose (alert, GTK_WIDGET (self), NULL, named_cb, naming);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  YjCreatePrompt *self = YJ_CREATE_PROMPT (widget);

  if (self->draft != NULL && self->session != NULL)
    ask_for_name (self, NULL);
}

/* ---- the menu */

static YjPrompt *
get_recipe (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "recipe");
}

static void
row_activated_cb (YjCreatePrompt *self,
                  GtkListBoxRow  *row)
{
  g_autoptr(YjPrompt) kept = g_object_ref (get_recipe (GTK_WIDGET (row)));

  gtk_menu_button_popdown (self->recipe_button);
  if (self->draft != NULL)
    use (self, kept);
}

static void
delete (YjCreatePrompt *self,
        YjPrompt       *recipe)
{
  g_autoptr(YjPrompt) kept = g_object_ref (recipe);
  Undo *undo = g_new0 (Undo, 1);

  gtk_menu_button_popdown (self->recipe_button);
  yj_library_delete_prompt (yj_session_get_library (self->session), kept);
  undo->recipe = g_object_ref (kept);
  /* translators: %s: name of a recipe */
  offer_undo (self, g_strdup_printf (_("Deleted “%s”"), yj_prompt_get_name (kept)), undo);
}

static void
delete_cb (GtkButton *button,
           YjPrompt  *recipe)
{
  delete (YJ_CREATE_PROMPT (gtk_widget_get_ancestor (GTK_WIDGET (button), YJ_TYPE_CREATE_PROMPT)), recipe);
}

static void
rename_cb (GtkButton *button,
           YjPrompt  *recipe)
{
  ask_for_name (YJ_CREATE_PROMPT (gtk_widget_get_ancestor (GTK_WIDGET (button), YJ_TYPE_CREATE_PROMPT)), recipe);
}

static gboolean
row_key_cb (GtkWidget *row,
            GVariant  *parameter,
            gpointer   user_data)
{
  YjCreatePrompt *self = YJ_CREATE_PROMPT (gtk_widget_get_ancestor (row, YJ_TYPE_CREATE_PROMPT));

  if (GPOINTER_TO_INT (user_data))
    ask_for_name (self, get_recipe (row));
  else
    delete (self, get_recipe (row));
  return TRUE;
}

static void
add_row_keys (GtkWidget *row)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F2, 0), gtk_callback_action_new (row_key_cb, GINT_TO_POINTER (TRUE), NULL)));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Delete|KP_Delete"),
                      gtk_callback_action_new (row_key_cb, GINT_TO_POINTER (FALSE), NULL)));
  gtk_widget_add_controller (row, controller);
}

static GtkWidget *
new_row_button (YjPrompt   *recipe,
                const char *icon,
                const char *spoken,
                GCallback   callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_object (button, "clicked", callback, recipe, G_CONNECT_DEFAULT);
  return button;
}

/* What it is for: the model, then the mode, which may be cut off. */
static char *
dup_subtitle (YjCreatePrompt *self,
              YjPrompt       *recipe)
{
  g_autoptr(YjDraft) draft = yj_draft_new_from_json (yj_prompt_get_body (recipe), find_model,
                                                     yj_session_get_catalog (self->session), NULL);
  YjModel *model = draft != NULL ? yj_draft_get_model (draft) : NULL;

  if (model == NULL)
    return g_strdup (_("Its model is no longer known"));
  return g_strdup_printf ("%s · %s", yj_model_get_title (model), yj_job_text_get_mode (yj_model_get_mode (model)));
}

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 18);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  return label;
}

static void
add_row (YjCreatePrompt *self,
         YjPrompt       *recipe)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *labels = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *subtitle = dup_subtitle (self, recipe);
  GtkWidget *name = new_label (yj_prompt_get_name (recipe)), *about = new_label (subtitle);
  /* translators: %s: name of a recipe */
  g_autofree char *renames = g_strdup_printf (_("Rename “%s”"), yj_prompt_get_name (recipe));
  /* translators: %s: name of a recipe */
  g_autofree char *deletes = g_strdup_printf (_("Delete “%s”"), yj_prompt_get_name (recipe));

  gtk_widget_add_css_class (about, "caption");
  gtk_widget_add_css_class (about, "dimmed");
  gtk_widget_set_hexpand (labels, TRUE);
  gtk_widget_set_valign (labels, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_end (labels, 6);
  gtk_box_append (GTK_BOX (labels), name);
  gtk_box_append (GTK_BOX (labels), about);
  gtk_box_append (GTK_BOX (box), labels);
  gtk_box_append (GTK_BOX (box), new_row_button (recipe, "document-edit-symbolic", renames, G_CALLBACK (rename_cb)));
  gtk_box_append (GTK_BOX (box), new_row_button (recipe, "user-trash-symbolic", deletes, G_CALLBACK (delete_cb)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "recipe", g_object_ref (recipe), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, yj_prompt_get_name (recipe),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  add_row_keys (row);
  gtk_list_box_append (self->recipe_list, row);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (yj_prompt_get_name ((YjPrompt *) a), yj_prompt_get_name ((YjPrompt *) b));
}

/* Before it opens, so that the keyboard finds what to stand on. */
static void
fill_cb (GtkMenuButton *button,
         gpointer       user_data)
{
  YjCreatePrompt *self = user_data;
  GListModel *recipes = self->session != NULL ? list_recipes (self) : NULL;
  guint n = recipes != NULL ? g_list_model_get_n_items (recipes) : 0;
  g_autoptr(GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (sorted, g_list_model_get_item (recipes, i));
  g_ptr_array_sort_values (sorted, compare_names);
  yj_create_prompt_clear_list (self->recipe_list, _("Prompts that you save with their model and settings appear here."));
  for (guint i = 0; i < sorted->len; i++)
    add_row (self, g_ptr_array_index (sorted, i));
}

static void
show_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_menu_button_popup (YJ_CREATE_PROMPT (widget)->recipe_button);
}

void
yj_create_prompt_load_recipes (YjCreatePrompt *self)
{
  list_recipes (self);          /* read once, to be there when they are asked for */
}

void
yj_create_prompt_install_recipes (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "prompt.recipes", NULL, show_action);
  gtk_widget_class_install_action (klass, "prompt.save-recipe", NULL, save_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_p, GDK_CONTROL_MASK, "prompt.recipes", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_s, GDK_CONTROL_MASK, "prompt.save-recipe", NULL);
}

void
yj_create_prompt_init_recipes (YjCreatePrompt *self)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new (), *button = gtk_button_new_with_mnemonic (_("_Save as Recipe…"));

  self->recipe_list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->recipe_list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->recipe_list), "navigation-sidebar");
  gtk_widget_add_css_class (GTK_WIDGET (self->recipe_list), "recipe-list");
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
  gtk_widget_set_margin_bottom (button, 6);
  gtk_widget_set_margin_start (button, 6);
  gtk_widget_set_margin_end (button, 6);
  gtk_box_append (GTK_BOX (box), button);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_add_css_class (popover, "menu");
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_menu_button_set_create_popup_func (self->recipe_button, fill_cb, self, NULL);
  gtk_menu_button_set_popover (self->recipe_button, popover);
}
