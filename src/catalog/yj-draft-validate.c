/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a draft: first the platform's contract, then the limits that the models' makers document. */
#include "yj-check-private.h"

#include <glib/gi18n.h>

/**
 * yj_problem_free:
 * @problem: (transfer full): a problem
 */
void
yj_problem_free (YjProblem *problem)
{
  g_free (problem->field);
  g_free (problem->message);
  g_clear_object (&problem->file);
  g_free (problem);
}

/* Takes @message over. */
void
yj_check_tell_of (YjCheck           *check,
                  YjProblemSeverity  severity,
                  const char        *field,
                  YjDraftFile       *file,
                  char              *message)
{
  YjProblem *problem = g_new0 (YjProblem, 1);

  problem->severity = severity;
  problem->field = g_strdup (field);
  problem->message = message;
  problem->file = file != NULL ? g_object_ref (file) : NULL;
  g_ptr_array_add (check->problems, problem);
}

void
yj_check_tell (YjCheck           *check,
               YjProblemSeverity  severity,
               const char        *field,
               char              *message)
{
  yj_check_tell_of (check, severity, field, NULL, message);
}

void
yj_check_tell_missing (YjCheck    *check,
                       const char *field,
                       char       *message)
{
  YjProblem *problem;

  yj_check_tell (check, YJ_PROBLEM_ERROR, field, message);
  problem = g_ptr_array_index (check->problems, check->problems->len - 1);
  problem->missing = TRUE;
}

gboolean
yj_check_is_within (const YjBounds *bounds,
                    double          value)
{
  return value >= bounds->minimum && value <= bounds->maximum;
}

/* Which figure @value breaks, if any. */
gboolean
yj_check_breaks (const YjLimit      *limit,
                 double              value,
                 YjProblemSeverity  *severity,
                 const YjBounds    **broken)
{
  if (!yj_check_is_within (&limit->loosest, value))
    {
      *severity = YJ_PROBLEM_LIMIT;
      *broken = &limit->loosest;
      return TRUE;
    }
  if (!yj_check_is_within (&limit->strictest, value))
    {
      *severity = YJ_PROBLEM_NOTE;
      *broken = &limit->strictest;
      return TRUE;
    }

  return FALSE;
}

/* A number as people write it: at most two decimals, none where there are none. */
char *
yj_check_format_number (double value)
{
  char buffer[32];

  g_snprintf (buffer, sizeof buffer, "%.2f", value);
  for (gsize length = strlen (buffer); length > 1 && strchr (buffer, '.') != NULL; length--)
    {
      char last = buffer[length - 1];

      if (last != '0' && last != '.')
        break;
      buffer[length - 1] = '\0';
      if (last == '.')
        break;
    }

  return g_strdup (buffer);
}

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
    /* translators: %s: name of a setting such as Off-Peak */
    yj_check_tell (check, YJ_PROBLEM_ERROR, name, g_strdup_printf (_("%s is either Y or N."), label));
  else if (yj_parameter_get_range (parameter, &minimum, &maximum))
    yj_check_tell (check, YJ_PROBLEM_ERROR, name,
                   /* translators: %1$s: name of a setting such as Duration, %2$d and %3$d: the least and the greatest number */
                   g_strdup_printf (_("%1$s must be a whole number from %2$d to %3$d."), label, (int) minimum, (int) maximum));
  else
    /* translators: %s: name of a setting such as Duration */
    yj_check_tell (check, YJ_PROBLEM_ERROR, name, g_strdup_printf (_("%s must be a whole number of at least 1."), label));
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

static void
check_text (YjCheck       *check,
            const YjLimit *limit,
            const char    *field,
            const char    *text)
{
  glong n = text != NULL ? yj_text_count (text, limit->unit) : 0;
  YjProblemSeverity severity;
  const YjBounds *broken;
  char *message;
  int most;

  if (!yj_check_breaks (limit, n, &severity, &broken))
    return;

  most = (int) broken->maximum;
  if (limit->unit == YJ_LIMIT_WORDS)
    /* translators: %1$d: words in the text, %2$d: words that the model reads */
    message = g_strdup_printf (_("This text has %1$d words; the model is documented to read only %2$d. Shorten it."), (int) n, most);
  else if (limit->unit == YJ_LIMIT_HAN)
    /* translators: %1$d: Chinese characters in the text, %2$d: Chinese characters that the model reads */
    message = g_strdup_printf (_("This text has %1$d Chinese characters; the model is documented to read only %2$d. Shorten it."),
                               (int) n, most);
  else
    /* translators: %1$d: characters in the text, %2$d: characters that the model reads */
    message = g_strdup_printf (_("This text has %1$d characters; the model is documented to read only %2$d. Shorten it."), (int) n, most);
  yj_check_tell (check, severity, field, message);
}

static void
check_number (YjCheck       *check,
              const YjLimit *limit,
              YjParameter   *parameter,
              const char    *value)
{
  g_autofree char *least = NULL, *most = NULL;
  YjProblemSeverity severity;
  const YjBounds *broken;
  gint64 number;

  if (value == NULL || !g_ascii_string_to_signed (value, 10, G_MININT32, G_MAXINT32, &number, NULL) ||
      !yj_check_breaks (limit, (double) number, &severity, &broken))
    return;

  least = yj_check_format_number (broken->minimum);
  most = yj_check_format_number (broken->maximum);
  if (broken->minimum > -G_MAXDOUBLE && broken->maximum < G_MAXDOUBLE)
    yj_check_tell (check, severity, yj_parameter_get_name (parameter),
                   /* translators: %1$s: title of a model, %2$s: a setting such as Duration, %3$s and %4$s: least and greatest number */
                   g_strdup_printf (_("%1$s is documented to take a %2$s from %3$s to %4$s."), yj_model_get_title (check->model),
                                    yj_parameter_get_label (parameter), least, most));
  else
    yj_check_tell (check, severity, yj_parameter_get_name (parameter),
                   /* translators: %1$s: title of a model, %2$s: a setting such as Duration, %3$s: a number */
                   g_strdup_printf (broken->maximum < G_MAXDOUBLE ? _("%1$s is documented to take a %2$s of at most %3$s.")
                                                                  : _("%1$s is documented to take a %2$s of at least %3$s."),
                                    yj_model_get_title (check->model), yj_parameter_get_label (parameter),
                                    broken->maximum < G_MAXDOUBLE ? most : least));
}

/* Case does not matter: the platform writes 720p where a maker writes 720P. */
gboolean
yj_check_contains (char       **values,
                   const char  *value)
{
  for (guint i = 0; values[i] != NULL; i++)
    if (g_ascii_strcasecmp (values[i], value) == 0)
      return TRUE;

  return FALSE;
}

static void
check_choice (YjCheck       *check,
              const YjLimit *limit,
              YjParameter   *parameter,
              const char    *value)
{
  gboolean refused = limit->loosest_values != NULL && value != NULL && !yj_check_contains (limit->loosest_values, value);
  g_autofree char *list = NULL;

  if (value == NULL || (!refused && (limit->strictest_values == NULL || yj_check_contains (limit->strictest_values, value))))
    return;

  list = g_strjoinv (", ", refused ? limit->loosest_values : limit->strictest_values);
  yj_check_tell (check, refused ? YJ_PROBLEM_LIMIT : YJ_PROBLEM_NOTE, yj_parameter_get_name (parameter),
                 /* translators: %1$s: title of a model, %2$s: a setting such as Resolution, %3$s: its values */
                 g_strdup_printf (_("%1$s is documented with these values for %2$s only: %3$s."), yj_model_get_title (check->model),
                                  yj_parameter_get_label (parameter), list));
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
          check_text (check, limit, "prompt", prompt);
          continue;
        }
      parameter = yj_model_find_parameter (check->model, limit->subject);
      value = yj_draft_get_value (check->draft, limit->subject);
      if (limit->unit == YJ_LIMIT_NUMBER)
        check_number (check, limit, parameter, value);
      else if (limit->unit == YJ_LIMIT_VALUES)
        check_choice (check, limit, parameter, value);
      else
        check_text (check, limit, yj_parameter_get_name (parameter), value);
    }
}

/* ---- rules between slots */
static void
check_rule (YjCheck      *check,
            const YjRule *rule)
{
  YjSlot *slot = yj_model_find_slot (check->model, g_array_index (rule->roles, YjSlotRole, 0));
  guint n = 0, others = 0;

  if (slot == NULL)
    return;

  for (guint i = 0; i < rule->roles->len; i++)
    {
      guint here = g_list_model_get_n_items (yj_draft_get_files (check->draft, g_array_index (rule->roles, YjSlotRole, i)));

      n += here;
      if (i > 0)
        others += here;
    }

  if (rule->kind == YJ_RULE_TOTAL_FILES && n > rule->strictest)
    yj_check_tell (check, n > rule->loosest ? YJ_PROBLEM_LIMIT : YJ_PROBLEM_NOTE, yj_slot_get_field (slot),
                   /* translators: %1$d: attached files, %2$d: files that the model takes */
                   g_strdup_printf (_("There are %1$d files; the model is documented to take at most %2$d in all. Remove some."), (int) n,
                                    (int) (n > rule->loosest ? rule->loosest : rule->strictest)));
  else if (rule->kind == YJ_RULE_NEEDS_COMPANION && n > others && others == 0)
    yj_check_tell (check, YJ_PROBLEM_LIMIT, yj_slot_get_field (slot),
                   yj_slot_get_kind (slot) == YJ_MEDIA_KIND_AUDIO
                   ? g_strdup (_("The model takes a sound only together with a picture or a video. Add one."))
                   : g_strdup (_("The model takes a last frame only together with a first frame. Add one.")));
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
    check_rule (&check, g_ptr_array_index (rules, i));

  list = yj_model_get_parameters (check.model);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (list, i);

      check_parameter (&check, parameter);
    }
  check_unknown_values (&check);
  check_model_limits (&check);

  g_ptr_array_sort (check.problems, compare);
  return check.problems;
}
