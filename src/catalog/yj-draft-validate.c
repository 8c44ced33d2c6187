/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a draft: first the platform's contract, then the limits that the models' makers document. */
#include "yj-check-private.h"
#include "yj-mend.h"

#include <glib/gi18n.h>

/* ---- parameters */
static void
check_contract_value (YjCheck     *check,
                      YjParameter *parameter,
                      const char  *value)
{
  const char *name = yj_parameter_get_name (parameter), *label = yj_parameter_get_label (parameter);
  const char * const *allowed = yj_parameter_get_allowed (parameter);
  g_autofree char *list = allowed != NULL ? g_strjoinv (", ", (char **) allowed) : NULL;
  gint64 minimum, maximum;

  if (allowed != NULL)
    /* translators: %1$s: a value, %2$s: name of a setting such as Resolution, %3$s: the values that it can have */
    yj_check_tell (check, YJ_PROBLEM_ERROR, name, g_strdup_printf (_("“%1$s” is not possible for %2$s. Choose one of: %3$s."), value, label, list));
  else if (yj_parameter_get_value_type (parameter) == YJ_PARAMETER_SWITCH)
    /* translators: %1$s: a value, %2$s: name of a setting such as Off-Peak */
    yj_check_tell (check, YJ_PROBLEM_ERROR, name, g_strdup_printf (_("“%1$s” is not possible for %2$s. Choose Y or N."), value, label));
  else if (yj_parameter_get_range (parameter, &minimum, &maximum))
    yj_check_tell (check, YJ_PROBLEM_ERROR, name,
                   /* translators: %1$s: a value, %2$s: name of a setting such as Duration, %3$d and %4$d: the least and the greatest number */
                   g_strdup_printf (_("“%1$s” is not possible for %2$s. Choose a whole number from %3$d to %4$d."), value, label,
                                    (int) minimum, (int) maximum));
  else
    yj_check_tell (check, YJ_PROBLEM_ERROR, name,
                   /* translators: %1$s: a value, %2$s: name of a setting such as Duration */
                   g_strdup_printf (_("“%1$s” is not possible for %2$s. Choose a whole number of at least 1."), value, label));
}

static void
check_parameter (YjCheck     *check,
                 YjParameter *parameter)
{
  const char *name = yj_parameter_get_name (parameter);
  const char *value = yj_draft_get_value (check->draft, name);

  if (value == NULL || *value == '\0')
    {
      if (yj_parameter_get_required (parameter))
        /* translators: %s: name of a setting such as Resolution */
        yj_check_tell_missing (check, name, g_strdup_printf (_("Choose a value for %s."), yj_parameter_get_label (parameter)));
    }
  else if (yj_parameter_accept (parameter, value) == NULL ||
           (yj_parameter_get_allowed (parameter) != NULL &&
            !g_strv_contains (yj_parameter_get_allowed (parameter), value)))
    check_contract_value (check, parameter, value);
}

static void
check_unknown_values (YjCheck *check)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, yj_draft_get_values (check->draft));
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (yj_model_find_parameter (check->model, key) != NULL || g_str_equal (key, "llmid") ||
          (g_str_equal (key, "model") && yj_model_get_sends_model (check->model)))
        continue;
      /* translators: %1$s: title of a model, %2$s: name of a setting that it does not have */
      yj_check_tell (check, YJ_PROBLEM_ERROR, key, g_strdup_printf (_("%1$s has no setting “%2$s”."), yj_model_get_title (check->model), (char *) key));
    }
}

char *
yj_check_dup_use (YjParameter *parameter,
                  const char  *value)
{
  g_autofree char *text = yj_parameter_dup_value (parameter, value);

  /* translators: on a button, %s: a value such as 720p, 16:9 or 5 s */
  return g_strdup_printf (_("Use %s"), text);
}

static void
check_number (YjCheck       *check,
              const YjLimit *limit,
              YjParameter   *parameter,
              const char    *value)
{
  const char *title = yj_model_get_title (check->model), *label = yj_parameter_get_label (parameter);
  const char *name = yj_parameter_get_name (parameter);
  g_autofree char *is = NULL, *can = NULL;
  YjProblem *problem;
  YjBreach breach;
  gint64 number;

  if (value == NULL || !g_ascii_string_to_signed (value, 10, G_MININT32, G_MAXINT32, &number, NULL) ||
      !yj_check_breaks (limit, (double) number, &breach))
    return;

  yj_check_format_pair (limit->unit, (double) number, breach.bound, &is, &can);
  problem = yj_check_tell_breach (check, limit, &breach, name, NULL,
                                  breach.too_much
                                  /* translators: %1$s: a setting such as Duration, %2$s: its number, %3$s: title of a model, %4$s: a number */
                                  ? g_strdup_printf (_("%1$s is %2$s; %3$s is documented to take at most %4$s."), label, is, title, can)
                                  /* translators: %1$s: a setting such as Duration, %2$s: its number, %3$s: title of a model, %4$s: a number */
                                  : g_strdup_printf (_("%1$s is %2$s; %3$s is documented to take at least %4$s."), label, is, title, can));
  yj_problem_set_remedy (problem, yj_check_dup_use (parameter, can), name, can);
}

/* Of @values the one that stands nearest to @value in the order of what the platform allows. */
static const char *
find_nearest (YjParameter  *parameter,
              char        **values,
              const char   *value)
{
  const char * const *allowed = yj_parameter_get_allowed (parameter);
  const char *best = NULL;
  int place = 0, least = G_MAXINT;

  for (int i = 0; allowed[i] != NULL; i++)
    if (g_ascii_strcasecmp (allowed[i], value) == 0)
      place = i;
  for (int i = 0; allowed[i] != NULL; i++)
    if (yj_check_contains (values, allowed[i]) && ABS (i - place) < least)
      {
        least = ABS (i - place);
        best = allowed[i];
      }

  return best;
}

static void
check_choice (YjCheck       *check,
              const YjLimit *limit,
              YjParameter   *parameter,
              const char    *value)
{
  const char *name = yj_parameter_get_name (parameter), *nearest;
  g_autofree char *list = NULL;
  YjBreach breach = { 0 };
  YjProblem *problem;
  char **values;

  if (!yj_check_lacks (limit, value, &breach.severity, &values))
    return;

  list = g_strjoinv (_(", "), values);
  problem = yj_check_tell_breach (check, limit, &breach, name, NULL,
                                  /* translators: %1$s: a setting such as Resolution, %2$s: its value, %3$s: title of a model, %4$s: values */
                                  g_strdup_printf (_("%1$s is %2$s; %3$s is documented with %4$s only."), yj_parameter_get_label (parameter),
                                                   value, yj_model_get_title (check->model), list));
  nearest = find_nearest (parameter, values, value);
  if (nearest != NULL)
    yj_problem_set_remedy (problem, yj_check_dup_use (parameter, nearest), name, nearest);
}

static void
check_model_limits (YjCheck *check)
{
  GPtrArray *limits = yj_model_get_limits (check->model);
  g_autofree char *prompt = yj_draft_dup_sent_prompt (check->draft);

  for (guint i = 0; i < limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (limits, i);
      YjParameter *parameter;
      const char *value;

      if (g_str_equal (limit->subject, "prompt"))
        {
          yj_check_text (check, limit, "prompt", prompt);
          continue;
        }
      parameter = yj_model_find_parameter (check->model, limit->subject);
      value = yj_draft_get_value (check->draft, limit->subject);
      if (limit->unit == YJ_LIMIT_NUMBER)
        check_number (check, limit, parameter, value);
      else if (limit->unit == YJ_LIMIT_VALUES)
        check_choice (check, limit, parameter, value);
      else
        yj_check_text (check, limit, yj_parameter_get_name (parameter), value);
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const YjProblem *one = *(YjProblem * const *) a, *two = *(YjProblem * const *) b;

  return (int) one->severity - (int) two->severity;
}

static gboolean
is_blank (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

/* Which files can be mended, beside the first that is wrong with each. */
static void
mark_mendable (YjCheck *check)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < check->problems->len; i++)
    {
      YjProblem *problem = g_ptr_array_index (check->problems, i);
      int role = problem->file != NULL ? yj_draft_find_place (check->draft, problem->file, NULL) : -1;
      g_autoptr(YjMend) mend = NULL;

      if (role < 0 || !yj_problem_is_mendable (problem) || !g_hash_table_add (seen, problem->file))
        continue;
      mend = yj_mend_new (check->draft, yj_model_find_slot (check->model, (YjSlotRole) role), problem->file, NULL);
      problem->can_mend = mend != NULL;
    }
}

/**
 * yj_draft_validate:
 * @self: a draft
 *
 * Checks the draft against its model: `YJ_PROBLEM_ERROR` where the platform's document forbids it, `YJ_PROBLEM_LIMIT`
 * beyond the loosest figure that the model's makers document, `YJ_PROBLEM_NOTE` beyond the strictest. What is not
 * known of a file yet is not complained about.
 *
 * Returns: (transfer full) (element-type Yj.Problem): the problems, the worst first
 */
GPtrArray *
yj_draft_validate (YjDraft *self)
{
  YjCheck check;
  GListModel *list;
  GPtrArray *rules;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  check = (YjCheck) { self, yj_draft_get_model (self), g_ptr_array_new_with_free_func ((GDestroyNotify) yj_problem_free) };
  if (yj_draft_get_value (self, "llmid") == NULL)
    yj_check_tell_missing (&check, "llmid", g_strdup (_("The platform's id of this model is not known. Look it up in the model plaza and enter it.")));

  list = yj_model_get_slots (check.model);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (list, i);

      yj_check_slot (&check, slot);
    }
  if (is_blank (yj_draft_get_prompt (self)))
    yj_check_tell_missing (&check, "prompt", g_strdup (_("Write a prompt that says what to show.")));
  rules = yj_model_get_rules (check.model);
  for (guint i = 0; i < rules->len; i++)
    yj_check_rule (&check, g_ptr_array_index (rules, i));

  list = yj_model_get_parameters (check.model);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (list, i);

      check_parameter (&check, parameter);
    }
  check_unknown_values (&check);
  check_model_limits (&check);

  g_ptr_array_sort (check.problems, compare);
  mark_mendable (&check);
  return check.problems;
}
