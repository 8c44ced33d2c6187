/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cheap.h"

/* Pixels that a value stands for: 720P, 1280*720, 1280x720, 2K, 4k; 0: it is no such thing. */
static gint64
count_pixels (const char *value)
{
  char *end;
  gint64 one = g_ascii_strtoll (value, &end, 10), other;

  if (end == value || one <= 0 || one > 100000)
    return 0;
  if (g_ascii_strcasecmp (end, "p") == 0 || *end == '\0')
    return one * one;
  if (g_ascii_strcasecmp (end, "k") == 0)
    return one * 540 * one * 540;       /* 4K has 2160 lines */
  if (*end != '*' && *end != 'x' && *end != 'X' && *end != ':')
    return 0;

  other = g_ascii_strtoll (end + 1, NULL, 10);
  return *end != ':' && other > 0 && other <= 100000 ? one * other : 0;
}

/* Whether the platform or the model's documents forbid @value where they did not forbid what was there before. */
static gboolean
is_refused (YjDraft    *draft,
            const char *field)
{
  g_autoptr(GPtrArray) problems = yj_draft_validate (draft);

  for (guint i = 0; i < problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (problems, i);

      if (problem->severity != YJ_PROBLEM_NOTE && g_strcmp0 (problem->field, field) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
try_value (YjDraft    *draft,
           const char *name,
           const char *value)
{
  g_autofree char *before = g_strdup (yj_draft_get_value (draft, name));

  if (g_strcmp0 (before, value) == 0)
    return;
  yj_draft_set_value (draft, name, value);
  if (is_refused (draft, name))
    yj_draft_set_value (draft, name, before);
}

static void
lower_size (YjDraft    *draft,
            const char *meaning)
{
  YjParameter *parameter = yj_model_find_parameter (yj_draft_get_model (draft), meaning);
  const char * const *allowed = parameter != NULL ? yj_parameter_get_allowed (parameter) : NULL;
  const char *now = parameter != NULL ? yj_draft_get_value (draft, yj_parameter_get_name (parameter)) : NULL;
  gint64 limit = now != NULL ? count_pixels (now) : G_MAXINT64, done = 0;

  /* from below, until one is not refused */
  for (;;)
    {
      const char *lowest = NULL;
      gint64 least = limit;

      for (guint i = 0; allowed != NULL && allowed[i] != NULL; i++)
        {
          gint64 pixels = count_pixels (allowed[i]);

          if (pixels > done && pixels < least)
            {
              least = pixels;
              lowest = allowed[i];
            }
        }
      if (lowest == NULL)
        return;
      try_value (draft, yj_parameter_get_name (parameter), lowest);
      if (g_strcmp0 (yj_draft_get_value (draft, yj_parameter_get_name (parameter)), lowest) == 0)
        return;
      done = least;
    }
}

static void
shorten (YjDraft *draft)
{
  YjModel *model = yj_draft_get_model (draft);
  YjParameter *parameter = yj_model_find_parameter (model, "duration");
  const char * const *allowed = parameter != NULL ? yj_parameter_get_allowed (parameter) : NULL;
  gint64 least = G_MAXINT64, minimum, maximum;
  g_autofree char *value = NULL;
  const char *now;

  if (parameter == NULL || yj_parameter_get_value_type (parameter) == YJ_PARAMETER_SWITCH)
    return;

  for (guint i = 0; allowed != NULL && allowed[i] != NULL; i++)
    {
      gint64 seconds = g_ascii_strtoll (allowed[i], NULL, 10);

      if (seconds > 0)          /* -1 lets the model choose */
        least = MIN (least, seconds);
    }
  if (allowed == NULL && yj_model_get_advised_range (model, parameter, &minimum, &maximum))
    least = MAX (minimum, 1);
  now = yj_draft_get_value (draft, yj_parameter_get_name (parameter));
  if (least == G_MAXINT64 || (now != NULL && g_ascii_strtoll (now, NULL, 10) > 0 && g_ascii_strtoll (now, NULL, 10) <= least))
    return;

  value = g_strdup_printf ("%" G_GINT64_FORMAT, least);
  try_value (draft, yj_parameter_get_name (parameter), value);
}

static YjModel *
same_model (const char *model_id,
            gpointer    user_data)
{
  return YJ_MODEL (user_data);
}

/**
 * yj_cheap_new_draft:
 * @draft: what is to be made in the end
 *
 * Returns: (transfer full) (nullable): the same in the lowest resolution and the shortest duration that the model allows;
 *   %NULL: it is that already
 */
YjDraft *
yj_cheap_new_draft (YjDraft *draft)
{
  g_autofree char *json = NULL, *cheap_json = NULL;
  g_autoptr(YjDraft) cheap = NULL;

  g_return_val_if_fail (YJ_IS_DRAFT (draft), NULL);

  json = yj_draft_to_json (draft);
  cheap = yj_draft_new_from_json (json, same_model, yj_draft_get_model (draft), NULL);
  if (cheap == NULL)
    return NULL;

  lower_size (cheap, "resolution");
  lower_size (cheap, "size");
  shorten (cheap);
  cheap_json = yj_draft_to_json (cheap);

  return g_strcmp0 (json, cheap_json) != 0 ? g_steal_pointer (&cheap) : NULL;
}
