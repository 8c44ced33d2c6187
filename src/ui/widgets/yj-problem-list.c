/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-problem-list.h"

#include <glib/gi18n.h>

#include "yj-draft.h"

struct _YjProblemList
{
  GtkBox  parent_instance;
  char   *shown;                /* what the lines say, to leave them alone while it stays the same */
};

G_DEFINE_FINAL_TYPE (YjProblemList, yj_problem_list, GTK_TYPE_BOX)

static void
yj_problem_list_finalize (GObject *object)
{
  YjProblemList *self = YJ_PROBLEM_LIST (object);

  g_free (self->shown);

  G_OBJECT_CLASS (yj_problem_list_parent_class)->finalize (object);
}

static void
yj_problem_list_class_init (YjProblemListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_problem_list_finalize;
}

static void
yj_problem_list_init (YjProblemList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
concerns (const YjProblem *problem,
          const char      *field)
{
  return !problem->missing && (field == NULL || g_str_equal (problem->field, field));
}

static GtkWidget *
new_button (const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "problem-remedy");
  return button;
}

/* The file cannot be had any more. */
static gboolean
is_lost (const YjProblem *problem)
{
  return problem->file != NULL && yj_draft_file_get_state (problem->file) != YJ_FILE_THERE;
}

/* @spoken: with the name of the file in the place of its %s. */
static void
add_file_button (GtkBox          *buttons,
                 const YjProblem *problem,
                 const char      *label,
                 const char      *spoken,
                 const char      *action)
{
  GtkWidget *button = new_button (label);
  g_autoptr(GString) text = g_string_new (spoken);

  g_string_replace (text, "%s", yj_draft_file_get_name (problem->file), 1);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", yj_draft_file_get_id (problem->file));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (buttons, button);
}

/* What one click does about it: the page and the panel that hold the list have the actions. */
static void
add_buttons (GtkBox          *words,
             const YjProblem *problem)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (problem->remedy != NULL)
    {
      GtkWidget *button = new_button (problem->remedy);

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sms)", problem->remedy_field, problem->remedy_value);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "create.remedy");
      gtk_box_append (GTK_BOX (buttons), button);
    }
  if (problem->can_mend)
    /* translators: %s: a file name; spoken */
    add_file_button (GTK_BOX (buttons), problem, _("Fix…"), _("Fix “%s”"), "create.fix");
  if (is_lost (problem))
    {
      add_file_button (GTK_BOX (buttons), problem, _("Replace…"), _("Replace “%s”"), "panel.replace-file");
      add_file_button (GTK_BOX (buttons), problem, _("Remove"), _("Remove “%s”"), "panel.remove-file");
    }
  else if (problem->can_remove)
    add_file_button (GTK_BOX (buttons), problem, _("Remove"), _("Remove “%s”"), "panel.remove-file");
  if (problem->id != NULL)
    {
      GtkWidget *button = new_button (_("Do Not Tell Again"));

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", problem->id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "create.put-away");
      gtk_box_append (GTK_BOX (buttons), button);
    }
  gtk_box_append (words, buttons);
}

static void
add_line (YjProblemList   *self,
          const YjProblem *problem)
{
  static const char * const icons[] = { "dialog-error-symbolic", "dialog-warning-symbolic", "dialog-information-symbolic" };
  static const char * const classes[] = { "error", "warning", "dimmed" };
  guint kind = problem->severity;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icons[kind], "valign", GTK_ALIGN_START,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", problem->message, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "hexpand", TRUE, NULL);

  if (problem->source != NULL)
    {
      /* translators: %s: who documents a limit, as “UCloud modelverse” */
      g_autofree char *source = g_strdup_printf (_("According to: %s"), problem->source);

      gtk_widget_set_tooltip_text (label, source);
    }
  gtk_widget_add_css_class (line, "caption");
  gtk_widget_add_css_class (icon, classes[kind]);
  gtk_widget_add_css_class (label, classes[kind]);
  gtk_box_append (GTK_BOX (words), label);
  if (problem->remedy != NULL || problem->id != NULL || problem->can_mend || problem->can_remove || is_lost (problem))
    add_buttons (GTK_BOX (words), problem);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (self), line);
}

/**
 * yj_problem_list_show:
 * @self: a list
 * @problems: (element-type Yj.Problem): what yj_draft_validate() found
 * @field: (nullable): the field to tell of, %NULL for all
 *
 * Shows what concerns @field, and hides the list when nothing does.
 */
void
yj_problem_list_show (YjProblemList *self,
                      GPtrArray     *problems,
                      const char    *field)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GtkWidget *child;

  g_return_if_fail (YJ_IS_PROBLEM_LIST (self));

  for (guint i = 0; i < problems->len; i++)
    {
      YjProblem *problem = g_ptr_array_index (problems, i);

      if (concerns (problem, field))
        g_string_append_printf (text, "%d %s %s %s %s\n", problem->severity, problem->message, problem->remedy != NULL ? problem->remedy : "",
                                problem->remedy_value != NULL ? problem->remedy_value : "",
                                problem->can_mend || problem->can_remove ? yj_draft_file_get_id (problem->file) : "");
    }
  if (!g_set_str (&self->shown, text->str))
    return;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  for (guint i = 0; i < problems->len; i++)
    {
      YjProblem *problem = g_ptr_array_index (problems, i);

      if (concerns (problem, field))
        add_line (self, problem);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), text->len > 0);
}
