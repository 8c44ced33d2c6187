/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-models-dialog"

#include "yj-models-dialog.h"

#include <glib/gi18n.h>

#include "yj-usual-words.h"

/* One dialog; it lives as long as that. */
typedef struct
{
  AdwDialog          *dialog;
  GtkWidget          *generate;
  GtkWidget          *words;
  GPtrArray          *drafts;   /* of YjDraft, one for each model that can take it */
  GPtrArray          *checks;   /* of GtkCheckButton, beside them, not owned */
  YjJobQueue         *queue;    /* for what one's own jobs taught */
  GPtrArray          *left;     /* of YjDraft: what could not be ordered before, or NULL */
  guint               n_takes;
  YjModelsChosenFunc  func;
  gpointer            user_data;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_ptr_array_unref (choice->drafts);
  g_ptr_array_unref (choice->checks);
  g_object_unref (choice->queue);
  g_clear_pointer (&choice->left, g_ptr_array_unref);
  g_object_unref (choice->user_data);
  g_free (choice);
}

static guint
count_chosen (Choice *choice)
{
  guint n = 0;

  for (guint i = 0; i < choice->checks->len; i++)
    n += gtk_check_button_get_active (g_ptr_array_index (choice->checks, i));

  return n;
}

static void
toggled_cb (GtkCheckButton *check,
            Choice         *choice)
{
  guint n_models = count_chosen (choice), n_jobs = n_models * choice->n_takes;
  g_autofree char *jobs = g_strdup_printf (ngettext ("%d job, charged for itself", "%d jobs, each charged for itself", n_jobs), (int) n_jobs);

  gtk_label_set_label (GTK_LABEL (choice->words), n_jobs > 0 ? jobs : _("Choose at least one model"));
  gtk_widget_set_sensitive (choice->generate, n_jobs > 0);
}

static void
generate_cb (GtkButton *button,
             Choice    *choice)
{
  g_autoptr(GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < choice->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (choice->checks, i)))
      g_ptr_array_add (chosen, g_object_ref (g_ptr_array_index (choice->drafts, i)));
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  choice->func (chosen, choice->user_data);
  adw_dialog_close (choice->dialog);
}

static YjModel *
same_model (const char *model_id,
            gpointer    user_data)
{
  return YJ_MODEL (user_data);
}

/* The draft as @model would get it. */
static YjDraft *
copy_for (YjDraft *draft,
          YjModel *model)
{
  g_autofree char *json = yj_draft_to_json (draft);
  YjDraft *copy = yj_draft_new_from_json (json, same_model, yj_draft_get_model (draft), NULL);

  if (copy != NULL)
    yj_draft_set_model (copy, model);
  return copy;
}

/* Whether @left is the same draft, for other models. */
static gboolean
is_left_of (GPtrArray *left,
            YjDraft   *draft)
{
  YjDraft *other = left != NULL && left->len > 0 ? g_ptr_array_index (left, 0) : NULL;
  g_autoptr(YjDraft) copy = other != NULL ? copy_for (draft, yj_draft_get_model (other)) : NULL;
  g_autofree char *json = copy != NULL ? yj_draft_to_json (copy) : NULL, *left_json = copy != NULL ? yj_draft_to_json (other) : NULL;

  return json != NULL && g_str_equal (json, left_json);
}

/* What is sent to is chosen by the person: at first only the model of the form is; what is in the queue already is not. */
static gboolean
is_chosen_at_first (Choice  *choice,
                    YjDraft *draft,
                    YjModel *model)
{
  if (choice->left == NULL)
    return model == yj_draft_get_model (draft);

  for (guint i = 0; i < choice->left->len; i++)
    if (yj_draft_get_model (g_ptr_array_index (choice->left, i)) == model)
      return TRUE;
  return FALSE;
}

/* How well the model takes it: what keeps it from that, else what goes beyond its limits, else how many files. */
static char *
dup_verdict (YjDraft  *draft,
             YjDraft  *copy,
             gboolean *possible)
{
  g_autoptr(GPtrArray) problems = yj_draft_validate (copy);
  const YjProblem *worst = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;
  g_autoptr(YjFit) fit = NULL;
  g_autofree char *text = NULL;

  *possible = worst == NULL || worst->severity != YJ_PROBLEM_ERROR;
  if (worst != NULL && worst->severity != YJ_PROBLEM_NOTE)
    return g_strdup (worst->message);

  fit = yj_draft_fit (draft, yj_draft_get_model (copy));
  text = yj_fit_dup_text (fit);
  if (text != NULL)
    return g_steal_pointer (&text);

  return g_strdup (yj_model_get_provider (yj_draft_get_model (copy)));
}

static void
add_model (Choice              *choice,
           AdwPreferencesGroup *group,
           YjDraft             *draft,
           YjModel             *model)
{
  GtkWidget *row, *check;
  g_autoptr(YjDraft) copy = copy_for (draft, model);
  g_autofree char *verdict = NULL, *usual = NULL, *words = NULL;
  gboolean possible;

  if (copy == NULL)
    return;

  row = adw_action_row_new ();
  verdict = dup_verdict (draft, copy, &possible);
  usual = possible ? yj_usual_words_dup (choice->queue, copy, 1) : NULL;
  words = g_strjoin (usual != NULL ? "\n" : "", verdict != NULL ? verdict : "", usual, NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), yj_model_get_title (model));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_preferences_group_add (group, row);
  if (!possible)
    {
      gtk_widget_add_css_class (row, "dimmed");
      return;
    }

  check = gtk_check_button_new ();
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, yj_model_get_title (model),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_ptr_array_add (choice->drafts, g_steal_pointer (&copy));
  g_ptr_array_add (choice->checks, check);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), choice);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_chosen_at_first (choice, draft, model));
}

static GtkWidget *
new_foot (Choice *choice)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  choice->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "hexpand", TRUE, "wrap", TRUE, NULL);
  choice->generate = gtk_button_new_with_label (_("Generate"));
  gtk_widget_add_css_class (choice->words, "caption");
  gtk_widget_add_css_class (choice->generate, "suggested-action");
  g_object_set (foot, "margin-top", 9, "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  gtk_box_append (GTK_BOX (foot), choice->words);
  gtk_box_append (GTK_BOX (foot), choice->generate);
  g_signal_connect (choice->generate, "clicked", G_CALLBACK (generate_cb), choice);
  return foot;
}

/**
 * yj_models_dialog_present:
 * @parent: what it is for
 * @catalog: the models
 * @queue: one's own jobs, for what they taught of time and cost
 * @draft: what is to be made; not changed
 * @left: (nullable) (element-type YjDraft): what could not be ordered before; where @draft is still that, only the models
 *   of these are chosen at first
 * @n_takes: how often with each
 * @func: called with copies of @draft for the chosen models
 * @user_data: (type GObject): for @func
 *
 * Offers the models of the same mode, each with how well it takes the draft.
 */
void
yj_models_dialog_present (GtkWidget          *parent,
                          YjCatalog          *catalog,
                          YjJobQueue         *queue,
                          YjDraft            *draft,
                          GPtrArray          *left,
                          guint               n_takes,
                          YjModelsChosenFunc  func,
                          gpointer            user_data)
{
  Choice *choice = g_new0 (Choice, 1);
  GtkWidget *view = adw_toolbar_view_new (), *page = adw_preferences_page_new (), *group = adw_preferences_group_new ();
  YjMode mode = yj_model_get_mode (yj_draft_get_model (draft));
  GtkWidget *foot;

  choice->dialog = adw_dialog_new ();
  choice->drafts = g_ptr_array_new_with_free_func (g_object_unref);
  choice->checks = g_ptr_array_new ();
  choice->queue = g_object_ref (queue);
  choice->left = is_left_of (left, draft) ? g_ptr_array_ref (left) : NULL;
  choice->n_takes = n_takes;
  choice->func = func;
  choice->user_data = g_object_ref (user_data);
  g_object_set_data_full (G_OBJECT (choice->dialog), "yj-choice", choice, choice_free);

  foot = new_foot (choice);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("The same prompt and files, side by side in the queue. "
                                                                          "What a model does not take stays here."));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);

      if (yj_model_get_mode (model) == mode)
        add_model (choice, ADW_PREFERENCES_GROUP (group), draft, model);
    }
  toggled_cb (NULL, choice);

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), foot);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (choice->dialog, _("Several Models"));
  adw_dialog_set_child (choice->dialog, view);
  adw_dialog_set_content_width (choice->dialog, 480);
  adw_dialog_set_content_height (choice->dialog, 600);
  adw_dialog_present (choice->dialog, parent);
}
