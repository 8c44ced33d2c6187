/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Problems: how they are found out, written down and let go. */
#include "yj-check-private.h"

#include <math.h>

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
  g_free (problem->source);
  g_free (problem->id);
  g_free (problem->remedy);
  g_free (problem->remedy_field);
  g_free (problem->remedy_value);
  g_free (problem);
}

/**
 * yj_problem_is_mendable:
 * @problem: a problem
 *
 * Returns: whether it is about one file, of which a copy made here (scaled, cropped, shortened, converted) could be
 *   within the limit; not so for a clip that is too short
 */
gboolean
yj_problem_is_mendable (const YjProblem *problem)
{
  if (problem->file == NULL)
    return FALSE;

  switch (problem->unit)
    {
    case YJ_LIMIT_TYPES:
    case YJ_LIMIT_VIDEO_CODEC:
    case YJ_LIMIT_AUDIO_CODEC:
    case YJ_LIMIT_OPAQUE:
    case YJ_LIMIT_BYTES:
    case YJ_LIMIT_TOTAL_BYTES:
    case YJ_LIMIT_SIDE:
    case YJ_LIMIT_SHORT_SIDE:
    case YJ_LIMIT_PIXELS:
    case YJ_LIMIT_RATIO:
    case YJ_LIMIT_FRAME_RATE:
    case YJ_LIMIT_TOTAL_DURATION:
      return TRUE;
    case YJ_LIMIT_DURATION:
      /* a sound can be padded with silence */
      return problem->value > problem->bound || yj_draft_file_get_kind (problem->file) == YJ_MEDIA_KIND_AUDIO;
    case YJ_LIMIT_NONE:
    case YJ_LIMIT_NUMBER:
    case YJ_LIMIT_VALUES:
    case YJ_LIMIT_CHARACTERS:
    case YJ_LIMIT_HAN:
    case YJ_LIMIT_WORDS:
    case YJ_LIMIT_COUNT:
    case YJ_LIMIT_COMPANION:
    case YJ_LIMIT_EXCLUSIVE:
      break;
    }

  return FALSE;
}

void
yj_problem_set_remedy (YjProblem  *problem,
                       char       *remedy,
                       const char *field,
                       const char *value)
{
  g_free (problem->remedy);
  problem->remedy = remedy;
  g_set_str (&problem->remedy_field, field);
  g_set_str (&problem->remedy_value, value);
}

YjProblem *
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
  return problem;
}

YjProblem *
yj_check_tell (YjCheck           *check,
               YjProblemSeverity  severity,
               const char        *field,
               char              *message)
{
  return yj_check_tell_of (check, severity, field, NULL, message);
}

void
yj_check_tell_missing (YjCheck    *check,
                       const char *field,
                       char       *message)
{
  yj_check_tell (check, YJ_PROBLEM_ERROR, field, message)->missing = TRUE;
}

YjProblem *
yj_check_tell_breach (YjCheck        *check,
                      const YjLimit  *limit,
                      const YjBreach *breach,
                      const char     *field,
                      YjDraftFile    *file,
                      char           *message)
{
  YjProblem *problem = yj_check_tell_of (check, breach->severity, field, file, message);

  problem->unit = limit->unit;
  problem->value = breach->value;
  problem->bound = breach->bound;
  problem->source = g_strdup (limit->source);
  return problem;
}

/* ---- limits */
gboolean
yj_check_holds (YjDraft       *draft,
                const YjLimit *limit)
{
  YjParameter *parameter = limit->when != NULL ? yj_model_find_parameter (yj_draft_get_model (draft), limit->when) : NULL;
  const char *value = parameter != NULL ? yj_draft_get_value (draft, yj_parameter_get_name (parameter)) : NULL;

  return limit->when == NULL || (value != NULL && yj_check_contains (limit->when_values, value));
}

gboolean
yj_check_is_within (const YjBounds *bounds,
                    double          value)
{
  return value >= bounds->minimum && value <= bounds->maximum;
}

gboolean
yj_check_breaks (const YjLimit *limit,
                 double         value,
                 YjBreach      *breach)
{
  const YjBounds *broken = !yj_check_is_within (&limit->loosest, value) ? &limit->loosest : &limit->strictest;

  if (yj_check_is_within (broken, value))
    return FALSE;

  breach->severity = broken == &limit->loosest && !limit->cut ? YJ_PROBLEM_LIMIT : YJ_PROBLEM_NOTE;
  breach->value = value;
  breach->too_much = value > broken->maximum;
  breach->bound = breach->too_much ? broken->maximum : broken->minimum;
  return TRUE;
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

gboolean
yj_check_lacks (const YjLimit       *limit,
                const char          *value,
                YjProblemSeverity   *severity,
                char              ***values)
{
  gboolean refused = value != NULL && limit->loosest_values != NULL && !yj_check_contains (limit->loosest_values, value);

  *values = refused || limit->strictest_values == NULL ? limit->loosest_values : limit->strictest_values;
  *severity = refused ? YJ_PROBLEM_LIMIT : YJ_PROBLEM_NOTE;
  return value != NULL && *values != NULL && !yj_check_contains (*values, value);
}

gboolean
yj_check_is_opaque (const YjLimit     *limit,
                    const char        *type,
                    YjProblemSeverity *severity)
{
  gboolean refused = type != NULL && limit->loosest_values != NULL && yj_check_contains (limit->loosest_values, type);

  *severity = refused ? YJ_PROBLEM_LIMIT : YJ_PROBLEM_NOTE;
  return refused || (type != NULL && limit->strictest_values != NULL && yj_check_contains (limit->strictest_values, type));
}

/* ---- figures as people write them */
static char *
format_decimals (double value,
                 int    decimals)
{
  char buffer[64];
  gsize length;

  g_snprintf (buffer, sizeof buffer, "%.*f", decimals, value);
  length = strlen (buffer);
  if (strchr (buffer, '.') == NULL)
    return g_strdup (buffer);

  while (buffer[length - 1] == '0')
    buffer[--length] = '\0';
  if (buffer[length - 1] == '.')
    buffer[--length] = '\0';
  return g_strdup (buffer);
}

/* At most two decimals, none where there are none. */
char *
yj_check_format_number (double value)
{
  return format_decimals (value, 2);
}

void
yj_check_format_pair (YjLimitUnit   unit,
                      double        value,
                      double        bound,
                      char        **is,
                      char        **can)
{
  gboolean bytes = unit == YJ_LIMIT_BYTES || unit == YJ_LIMIT_TOTAL_BYTES;
  /* the limit in the unit in which it is a round number, and the figure in the same */
  GFormatSizeFlags flags = fmod (bound, 1 << 20) == 0 ? G_FORMAT_SIZE_IEC_UNITS : G_FORMAT_SIZE_DEFAULT;

  if (bytes)
    {
      *is = g_format_size_full ((guint64) value, flags);
      *can = g_format_size_full ((guint64) bound, flags);
      if (!g_str_equal (*is, *can))
        return;
      g_free (*is);
      *is = g_format_size_full ((guint64) value, flags | G_FORMAT_SIZE_LONG_FORMAT);
      return;
    }

  *can = yj_check_format_number (bound);
  *is = yj_check_format_number (value);
  for (int decimals = 3; decimals < 7 && g_str_equal (*is, *can); decimals++)
    {
      g_free (*is);
      *is = format_decimals (value, decimals);
    }
}

char *
yj_check_dup_file_name (YjDraftFile *file)
{
  return g_strdup (yj_draft_file_get_name (file));
}
