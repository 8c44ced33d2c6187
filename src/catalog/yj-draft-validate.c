/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a draft: first the platform's contract, then the limits that the models' makers document. */
#include "yj-draft-private.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct
{
  YjDraft   *draft;
  YjModel   *model;
  GPtrArray *problems;
} Check;

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
static void
tell_of (Check             *check,
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

static void
tell (Check             *check,
      YjProblemSeverity  severity,
      const char        *field,
      char              *message)
{
  tell_of (check, severity, field, NULL, message);
}

static void
tell_missing (Check      *check,
              const char *field,
              char       *message)
{
  YjProblem *problem;

  tell (check, YJ_PROBLEM_ERROR, field, message);
  problem = g_ptr_array_index (check->problems, check->problems->len - 1);
  problem->missing = TRUE;
}

static gboolean
is_within (const YjBounds *bounds,
           double          value)
{
  return value >= bounds->minimum && value <= bounds->maximum;
}

/* Which figure @value breaks, if any. */
static gboolean
breaks (const YjLimit      *limit,
        double              value,
        YjProblemSeverity  *severity,
        const YjBounds    **broken)
{
  if (!is_within (&limit->loosest, value))
    {
      *severity = YJ_PROBLEM_LIMIT;
      *broken = &limit->loosest;
      return TRUE;
    }
  if (!is_within (&limit->strictest, value))
    {
      *severity = YJ_PROBLEM_NOTE;
      *broken = &limit->strictest;
      return TRUE;
    }

  return FALSE;
}

/* A number as people write it: at most two decimals, none where there are none. */
static char *
format_number (double value)
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
check_contract_value (Check       *check,
                      YjParameter *parameter,
                      const char  *value)
{
  const char *name = yj_parameter_get_name (parameter), *label = yj_parameter_get_label (parameter);
  const char * const *allowed = yj_parameter_get_allowed (parameter);
  g_autofree char *list = allowed != NULL ? g_strjoinv (", ", (char **) allowed) : NULL;
  gint64 minimum, maximum;

  if (allowed != NULL)
    /* translators: %1$s: a value, %2$s: name of a setting such as Resolution, %3$s: the values that it can have */
    tell (check, YJ_PROBLEM_ERROR, name, g_strdup_printf (_("“%1$s” is not possible for %2$s. Choose one of: %3$s."), value, label, list));
  else if (yj_parameter_get_value_type (parameter) == YJ_PARAMETER_SWITCH)
    /* translators: %s: name of a setting such as Off-Peak */
    tell (check, YJ_PROBLEM_ERROR, name, g_strdup_printf (_("%s is either Y or N."), label));
  else if (yj_parameter_get_range (parameter, &minimum, &maximum))
    tell (check, YJ_PROBLEM_ERROR, name,
          /* translators: %1$s: name of a setting such as Duration, %2$d and %3$d: the least and the greatest number */
          g_strdup_printf (_("%1$s must be a whole number from %2$d to %3$d."), label, (int) minimum, (int) maximum));
  else
    /* translators: %s: name of a setting such as Duration */
    tell (check, YJ_PROBLEM_ERROR, name, g_strdup_printf (_("%s must be a whole number of at least 1."), label));
}

static void
check_parameter (Check       *check,
                 YjParameter *parameter)
{
  const char *name = yj_parameter_get_name (parameter);
  const char *value = yj_draft_get_value (check->draft, name);

  if (value == NULL || *value == '\0')
    {
      if (yj_parameter_get_required (parameter))
        /* translators: %s: name of a setting such as Resolution */
        tell_missing (check, name, g_strdup_printf (_("Choose a value for %s."), yj_parameter_get_label (parameter)));
    }
  else if (yj_parameter_accept (parameter, value) == NULL ||
           (yj_parameter_get_allowed (parameter) != NULL &&
            !g_strv_contains (yj_parameter_get_allowed (parameter), value)))
    check_contract_value (check, parameter, value);
}

static void
check_unknown_values (Check *check)
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
      tell (check, YJ_PROBLEM_ERROR, key, g_strdup_printf (_("%1$s has no setting “%2$s”."), yj_model_get_title (check->model), (char *) key));
    }
}

static gboolean
is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

static glong
count_text (const char  *text,
            YjLimitUnit  unit)
{
  glong n = 0;
  gboolean inside = FALSE;

  if (unit == YJ_LIMIT_CHARACTERS)
    return g_utf8_strlen (text, -1);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (unit == YJ_LIMIT_HAN)
        n += is_han (c);
      else
        {
          gboolean letter = g_unichar_isalnum (c) && !is_han (c);

          n += letter && !inside;
          inside = letter || (inside && (c == '\'' || c == 0x2019 || c == '-'));
        }
    }

  return n;
}

static void
check_text (Check         *check,
            const YjLimit *limit,
            const char    *field,
            const char    *text)
{
  glong n = text != NULL ? count_text (text, limit->unit) : 0;
  YjProblemSeverity severity;
  const YjBounds *broken;
  char *message;
  int most;

  if (!breaks (limit, n, &severity, &broken))
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
  tell (check, severity, field, message);
}

static void
check_number (Check         *check,
              const YjLimit *limit,
              YjParameter   *parameter,
              const char    *value)
{
  g_autofree char *least = NULL, *most = NULL;
  YjProblemSeverity severity;
  const YjBounds *broken;
  gint64 number;

  if (value == NULL || !g_ascii_string_to_signed (value, 10, G_MININT32, G_MAXINT32, &number, NULL) ||
      !breaks (limit, (double) number, &severity, &broken))
    return;

  least = format_number (broken->minimum);
  most = format_number (broken->maximum);
  if (broken->minimum > -G_MAXDOUBLE && broken->maximum < G_MAXDOUBLE)
    tell (check, severity, yj_parameter_get_name (parameter),
          /* translators: %1$s: title of a model, %2$s: a setting such as Duration, %3$s and %4$s: least and greatest number */
          g_strdup_printf (_("%1$s is documented to take a %2$s from %3$s to %4$s."), yj_model_get_title (check->model),
                           yj_parameter_get_label (parameter), least, most));
  else
    tell (check, severity, yj_parameter_get_name (parameter),
          /* translators: %1$s: title of a model, %2$s: a setting such as Duration, %3$s: a number */
          g_strdup_printf (broken->maximum < G_MAXDOUBLE ? _("%1$s is documented to take a %2$s of at most %3$s.")
                                                         : _("%1$s is documented to take a %2$s of at least %3$s."),
                           yj_model_get_title (check->model), yj_parameter_get_label (parameter),
                           broken->maximum < G_MAXDOUBLE ? most : least));
}

/* Case does not matter: the platform writes 720p where a maker writes 720P. */
static gboolean
contains (char       **values,
          const char  *value)
{
  for (guint i = 0; values[i] != NULL; i++)
    if (g_ascii_strcasecmp (values[i], value) == 0)
      return TRUE;

  return FALSE;
}

static void
check_choice (Check         *check,
              const YjLimit *limit,
              YjParameter   *parameter,
              const char    *value)
{
  gboolean refused = limit->loosest_values != NULL && value != NULL && !contains (limit->loosest_values, value);
  g_autofree char *list = NULL;

  if (value == NULL || (!refused && (limit->strictest_values == NULL || contains (limit->strictest_values, value))))
    return;

  list = g_strjoinv (", ", refused ? limit->loosest_values : limit->strictest_values);
  tell (check, refused ? YJ_PROBLEM_LIMIT : YJ_PROBLEM_NOTE, yj_parameter_get_name (parameter),
        /* translators: %1$s: title of a model, %2$s: a setting such as Resolution, %3$s: its values */
        g_strdup_printf (_("%1$s is documented with these values for %2$s only: %3$s."), yj_model_get_title (check->model),
                         yj_parameter_get_label (parameter), list));
}

static void
check_model_limits (Check *check)
{
  GPtrArray *limits = yj_model_get_limits (check->model);

  for (guint i = 0; i < limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (limits, i);
      YjParameter *parameter;
      const char *value;

      if (g_str_equal (limit->subject, "prompt"))
        {
          check_text (check, limit, "prompt", yj_draft_get_prompt (check->draft));
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

/* ---- files */
static char *
dup_name (YjDraftFile *file)
{
  g_autofree char *base = g_file_get_basename (yj_draft_file_get_file (file));

  return base != NULL ? g_filename_display_name (base) : g_strdup ("");
}

/* The figure that a limit measures of a file; %FALSE while it is unknown. */
static gboolean
measure (YjDraftFile *file,
         YjLimitUnit  unit,
         double      *value)
{
  double width = yj_draft_file_get_width (file), height = yj_draft_file_get_height (file);

  *value = 0;
  switch (unit)
    {
    case YJ_LIMIT_BYTES:
      *value = (double) yj_draft_file_get_size (file);
      break;
    case YJ_LIMIT_SHORT_SIDE:
      *value = MIN (width, height);
      break;
    case YJ_LIMIT_PIXELS:
      *value = width * height;
      break;
    case YJ_LIMIT_RATIO:
      *value = height > 0 ? width / height : 0;
      break;
    case YJ_LIMIT_FRAME_RATE:
      /* to a tenth: 23.976 counts as 24 */
      *value = round (yj_draft_file_get_frame_rate (file) * 10) / 10;
      break;
    case YJ_LIMIT_DURATION:
      *value = round ((double) yj_draft_file_get_duration (file) / 1e8) / 10;
      break;
    case YJ_LIMIT_SIDE:
    case YJ_LIMIT_NUMBER:
    case YJ_LIMIT_VALUES:
    case YJ_LIMIT_CHARACTERS:
    case YJ_LIMIT_HAN:
    case YJ_LIMIT_WORDS:
    case YJ_LIMIT_COUNT:
    case YJ_LIMIT_TYPES:
    case YJ_LIMIT_TOTAL_DURATION:
      return FALSE;
    }

  return *value > 0;
}

/* The sentence for one broken figure of a file; @too_much: the maximum is broken, else the minimum. */
static char *
describe (YjLimitUnit  unit,
          const char  *name,
          double       value,
          double       bound,
          gboolean     too_much)
{
  g_autofree char *is = unit == YJ_LIMIT_BYTES ? g_format_size ((guint64) value) : format_number (value);
  g_autofree char *can = unit == YJ_LIMIT_BYTES ? g_format_size ((guint64) bound) : format_number (bound);

  switch ((int) unit)
    {
    case YJ_LIMIT_BYTES:
      /* translators: %1$s: file name, %2$s: its size, %3$s: the greatest size */
      return g_strdup_printf (_("“%1$s” has %2$s; the model takes at most %3$s."), name, is, can);
    case YJ_LIMIT_SIDE:
    case YJ_LIMIT_SHORT_SIDE:
      return too_much
             /* translators: %1$s: file name, %2$s and %3$s: a number of pixels */
             ? g_strdup_printf (_("“%1$s” is %2$s pixels long on one side; the model takes at most %3$s."), name, is, can)
             /* translators: %1$s: file name, %2$s and %3$s: a number of pixels */
             : g_strdup_printf (_("“%1$s” is only %2$s pixels long on one side; the model takes at least %3$s."), name, is, can);
    case YJ_LIMIT_PIXELS:
      return too_much
             /* translators: %1$s: file name, %2$s and %3$s: a number of pixels */
             ? g_strdup_printf (_("“%1$s” has %2$s pixels a frame; the model takes at most %3$s. Scale it down."), name, is, can)
             /* translators: %1$s: file name, %2$s and %3$s: a number of pixels */
             : g_strdup_printf (_("“%1$s” has only %2$s pixels a frame; the model takes at least %3$s."), name, is, can);
    case YJ_LIMIT_RATIO:
      return too_much
             /* translators: %1$s: file name, %2$s: its width divided by its height, %3$s: the greatest such number */
             ? g_strdup_printf (_("“%1$s” is too wide: %2$s times its height; the model takes at most %3$s times."), name, is, can)
             /* translators: %1$s: file name, %2$s: its width divided by its height, %3$s: the least such number */
             : g_strdup_printf (_("“%1$s” is too narrow: %2$s times its height; the model takes at least %3$s times."), name, is, can);
    case YJ_LIMIT_FRAME_RATE:
      return too_much
             /* translators: %1$s: file name, %2$s and %3$s: frames per second */
             ? g_strdup_printf (_("“%1$s” has %2$s frames per second; the model takes at most %3$s."), name, is, can)
             /* translators: %1$s: file name, %2$s and %3$s: frames per second */
             : g_strdup_printf (_("“%1$s” has only %2$s frames per second; the model takes at least %3$s."), name, is, can);
    default:
      return too_much
             /* translators: %1$s: file name, %2$s and %3$s: seconds */
             ? g_strdup_printf (_("“%1$s” is %2$s seconds long; the model takes at most %3$s."), name, is, can)
             /* translators: %1$s: file name, %2$s and %3$s: seconds */
             : g_strdup_printf (_("“%1$s” is only %2$s seconds long; the model takes at least %3$s."), name, is, can);
    }
}

static void
check_figure (Check         *check,
              const YjLimit *limit,
              YjSlot        *slot,
              YjDraftFile   *file,
              double         value)
{
  g_autofree char *name = dup_name (file);
  YjProblemSeverity severity;
  const YjBounds *broken;
  gboolean too_much;

  if (!breaks (limit, value, &severity, &broken))
    return;

  too_much = value > broken->maximum;
  tell_of (check, severity, yj_slot_get_field (slot), file,
           describe (limit->unit, name, value, too_much ? broken->maximum : broken->minimum, too_much));
}

static void
check_type (Check         *check,
            const YjLimit *limit,
            YjSlot        *slot,
            YjDraftFile   *file)
{
  const char *type = yj_draft_file_get_content_type (file);
  g_autoptr(GString) list = g_string_new (NULL);
  g_autofree char *name = NULL;

  if (type == NULL || limit->loosest_values == NULL || contains (limit->loosest_values, type))
    return;

  for (guint i = 0; limit->loosest_values[i] != NULL; i++)
    {
      const char *short_name = strchr (limit->loosest_values[i], '/') + 1;

      if (!g_str_has_prefix (short_name, "x-") && !g_str_has_prefix (short_name, "vnd."))
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", short_name);
    }
  name = dup_name (file);
  tell_of (check, YJ_PROBLEM_LIMIT, yj_slot_get_field (slot), file,
           /* translators: %1$s: file name, %2$s: its type, %3$s: the types that the model takes */
           g_strdup_printf (_("“%1$s” is of type %2$s; the model takes: %3$s."), name, type, list->str));
}

static void
check_one_file (Check       *check,
                YjSlot      *slot,
                YjDraftFile *file)
{
  GPtrArray *limits = yj_slot_get_limits (slot);

  for (guint i = 0; i < limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (limits, i);
      double value;

      if (limit->unit == YJ_LIMIT_TYPES)
        check_type (check, limit, slot, file);
      else if (limit->unit == YJ_LIMIT_SIDE)
        {
          double width = yj_draft_file_get_width (file), height = yj_draft_file_get_height (file);
          double least = MIN (width, height), most = MAX (width, height);

          if (least > 0)
            check_figure (check, limit, slot, file, is_within (&limit->strictest, least) ? most : least);
        }
      else if (measure (file, limit->unit, &value))
        check_figure (check, limit, slot, file, value);
    }
}

static char *
dup_missing (YjSlot *slot)
{
  switch (yj_slot_get_role (slot))
    {
    case YJ_SLOT_FIRST_FRAME:
      return g_strdup (_("Add a picture as the first frame."));
    case YJ_SLOT_LAST_FRAME:
      return g_strdup (_("Add a picture as the last frame."));
    case YJ_SLOT_REFERENCE_IMAGES:
      return g_strdup (_("Add a reference picture."));
    case YJ_SLOT_REFERENCE_VIDEOS:
      return g_strdup (_("Add a reference video."));
    case YJ_SLOT_REFERENCE_AUDIO:
      return g_strdup (_("Add a reference sound."));
    }

  return NULL;
}

static void
check_slot (Check  *check,
            YjSlot *slot)
{
  GListModel *files = yj_draft_get_files (check->draft, yj_slot_get_role (slot));
  guint n = g_list_model_get_n_items (files), maximum = yj_slot_get_maximum (slot);
  const char *field = yj_slot_get_field (slot), *label = yj_slot_get_label (slot);
  GPtrArray *limits = yj_slot_get_limits (slot);
  double seconds = 0;

  if (n < yj_slot_get_minimum (slot))
    tell_missing (check, field, dup_missing (slot));
  if (maximum > 0 && n > maximum)
    /* translators: %1$s: a slot such as Reference Images, %2$d: how many files it takes */
    tell (check, YJ_PROBLEM_ERROR, field, g_strdup_printf (_("%1$s takes at most %2$d. Remove some."), label, (int) maximum));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

      check_one_file (check, slot, file);
      seconds += (double) yj_draft_file_get_duration (file) / 1e9;
    }
  for (guint i = 0; i < limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (limits, i);
      YjProblemSeverity severity;
      const YjBounds *broken;

      if (limit->unit == YJ_LIMIT_COUNT && breaks (limit, n, &severity, &broken))
        tell (check, severity, field,
              /* translators: %1$s: a slot such as Reference Images, %2$d: how many files the model takes there */
              g_strdup_printf (_("The model is documented to take at most %2$d for %1$s. Remove some."), label, (int) broken->maximum));
      if (limit->unit == YJ_LIMIT_TOTAL_DURATION && breaks (limit, round (seconds * 10) / 10, &severity, &broken))
        {
          g_autofree char *is = format_number (round (seconds * 10) / 10), *can = format_number (broken->maximum);

          tell (check, severity, field,
                /* translators: %1$s: a slot such as Reference Videos, %2$s and %3$s: seconds */
                g_strdup_printf (_("%1$s are %2$s seconds long together; the model takes at most %3$s. Remove or shorten some."),
                                 label, is, can));
        }
    }
}

/* ---- rules between slots */
static void
check_rule (Check        *check,
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
    tell (check, n > rule->loosest ? YJ_PROBLEM_LIMIT : YJ_PROBLEM_NOTE, yj_slot_get_field (slot),
          /* translators: %1$d: attached files, %2$d: files that the model takes */
          g_strdup_printf (_("There are %1$d files; the model is documented to take at most %2$d in all. Remove some."), (int) n,
                           (int) (n > rule->loosest ? rule->loosest : rule->strictest)));
  else if (rule->kind == YJ_RULE_NEEDS_COMPANION && n > others && others == 0)
    tell (check, YJ_PROBLEM_LIMIT, yj_slot_get_field (slot),
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
  Check check;
  GListModel *list;
  GPtrArray *rules;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  check = (Check) { self, yj_draft_get_model (self), g_ptr_array_new_with_free_func ((GDestroyNotify) yj_problem_free) };
  if (yj_draft_get_value (self, "llmid") == NULL)
    tell_missing (&check, "llmid", g_strdup (_("The platform's id of this model is not known. Look it up in the model plaza and enter it.")));

  list = yj_model_get_slots (check.model);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (list, i);

      check_slot (&check, slot);
    }
  if (is_blank (yj_draft_get_prompt (self)))
    tell_missing (&check, "prompt", g_strdup (_("Write a prompt that says what to show.")));
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
