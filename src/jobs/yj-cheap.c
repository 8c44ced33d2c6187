/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cheap.h"

#define MOST_TRIES 60           /* so many seconds above the shortest are looked at */

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

/* Whether anything is said against what @field is now, be it a note: a try is to show what the model can, and does not
   go where its makers document nothing. */
static gboolean
is_contested (YjDraft    *draft,
              const char *field)
{
  g_autoptr(GPtrArray) problems = yj_draft_validate (draft);

  for (guint i = 0; i < problems->len; i++)
    if (g_strcmp0 (((YjProblem *) g_ptr_array_index (problems, i))->field, field) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
try_value (YjDraft    *draft,
           const char *name,
           const char *value)
{
  g_autofree char *before = g_strdup (yj_draft_get_value (draft, name));

  yj_draft_set_value (draft, name, value);
  if (!is_contested (draft, name))
    return TRUE;

  yj_draft_set_value (draft, name, before);
  return FALSE;
}

/* What is no size has no shape, and so the same. */
static gboolean
is_of_shape (const char *value,
             const char *other)
{
  const char *one, *two, *resolution;

  return !yj_size_describe (value, &one, &resolution) || !yj_size_describe (other, &two, &resolution) || g_str_equal (one, two);
}

/* The least of @allowed with more than @more pixels and less than @less, in the shape of @now. */
static const char *
find_lowest (const char * const *allowed,
             const char         *now,
             gint64              more,
             gint64              less)
{
  const char *lowest = NULL;

  for (guint i = 0; allowed[i] != NULL; i++)
    {
      gint64 pixels = count_pixels (allowed[i]);

      if (pixels <= more || pixels >= less || (now != NULL && !is_of_shape (allowed[i], now)))
        continue;
      less = pixels;
      lowest = allowed[i];
    }

  return lowest;
}

/* A value of another shape is looked at only where there is none at all of this one: the try of a wide film is wide. */
static void
lower_size (YjDraft    *draft,
            const char *meaning)
{
  YjParameter *parameter = yj_model_find_parameter (yj_draft_get_model (draft), meaning);
  const char * const *allowed = parameter != NULL ? yj_parameter_get_allowed (parameter) : NULL;
  const char *name, *value, *shape;
  g_autofree char *now = NULL;
  gint64 less;

  if (allowed == NULL)
    return;

  name = yj_parameter_get_name (parameter);
  now = g_strdup (yj_draft_get_value (draft, name));
  less = now != NULL ? count_pixels (now) : G_MAXINT64;
  shape = now != NULL && find_lowest (allowed, now, 0, G_MAXINT64) != NULL ? now : NULL;
  value = find_lowest (allowed, shape, 0, less);
  while (value != NULL && !try_value (draft, name, value))
    value = find_lowest (allowed, shape, count_pixels (value), less);
}

/* The next longer duration after @seconds: of the list where there is one, else of the whole numbers from @minimum on. */
static gint64
find_longer (const char * const *allowed,
             gint64              minimum,
             gint64              seconds)
{
  gint64 next = G_MAXINT64;

  if (allowed == NULL)
    return seconds < minimum + MOST_TRIES ? MAX (minimum, seconds + 1) : G_MAXINT64;

  for (guint i = 0; allowed[i] != NULL; i++)
    {
      gint64 its = g_ascii_strtoll (allowed[i], NULL, 10);

      if (its > seconds)        /* not -1, which lets the model choose */
        next = MIN (next, its);
    }

  return next;
}

static void
shorten (YjDraft *draft)
{
  YjModel *model = yj_draft_get_model (draft);
  YjParameter *parameter = yj_model_find_parameter (model, "duration");
  const char * const *allowed = parameter != NULL ? yj_parameter_get_allowed (parameter) : NULL;
  gint64 minimum = 1, maximum, now = 0;
  const char *name, *value;

  if (parameter == NULL || yj_parameter_get_value_type (parameter) == YJ_PARAMETER_SWITCH ||
      (allowed == NULL && !yj_model_get_advised_range (model, parameter, &minimum, &maximum)))
    return;

  name = yj_parameter_get_name (parameter);
  value = yj_draft_get_value (draft, name);
  if (value != NULL)
    now = g_ascii_strtoll (value, NULL, 10);
  if (now <= 0)
    now = G_MAXINT64;
  for (gint64 seconds = find_longer (allowed, MAX (minimum, 1), 0); seconds < now; seconds = find_longer (allowed, minimum, seconds))
    {
      g_autofree char *shorter = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);

      if (try_value (draft, name, shorter))
        return;
    }
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
 * Returns: (transfer full) (nullable): the same in the same shape, in the lowest resolution and the shortest duration
 *   against which nothing is said; %NULL: it is that already
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
