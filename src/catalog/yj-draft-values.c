/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is set in a draft, under the meaning of each parameter, so that it goes along from model to model. */
#include "yj-draft-private.h"

#include <string.h>

/* What stands for @parameter in the tables: its meaning where the model has it, else the name as it is. */
static const char *
get_key (YjDraft    *self,
         const char *parameter)
{
  YjParameter *found = yj_model_find_parameter (yj_draft_get_model (self), parameter);

  return found != NULL ? yj_parameter_get_meaning (found) : parameter;
}

const char *
yj_parameter_accept (YjParameter *parameter,
                     const char  *value)
{
  const char * const *allowed = yj_parameter_get_allowed (parameter);
  gint64 minimum, maximum, number;

  for (guint i = 0; allowed != NULL && allowed[i] != NULL; i++)
    if (g_ascii_strcasecmp (allowed[i], value) == 0)
      return allowed[i];

  if (allowed != NULL)
    return NULL;

  switch (yj_parameter_get_value_type (parameter))
    {
    case YJ_PARAMETER_TEXT:
    case YJ_PARAMETER_CHOICE:
      return value;
    case YJ_PARAMETER_SWITCH:
      return g_str_equal (value, "Y") || g_str_equal (value, "N") ? value : NULL;
    case YJ_PARAMETER_INTEGER:
      yj_parameter_get_range (parameter, &minimum, &maximum);
      return g_ascii_string_to_signed (value, 10, minimum, maximum, &number, NULL) ? value : NULL;
    }

  return NULL;
}

static void
put (GHashTable *values,
     const char *key,
     const char *value)
{
  if (value != NULL)
    g_hash_table_insert (values, g_strdup (key), g_strdup (value));
}

/* The size that says what ratio and resolution say; what is missing of the two is as in the default. */
static const char *
find_size (YjParameter *size,
           const char  *ratio,
           const char  *resolution)
{
  const char * const *allowed = yj_parameter_get_allowed (size);
  const char *usual_ratio = NULL, *usual_resolution = NULL;

  if (yj_parameter_get_default (size) != NULL)
    yj_size_describe (yj_parameter_get_default (size), &usual_ratio, &usual_resolution);
  if (ratio == NULL || yj_ratio_parse (ratio) <= 0)
    ratio = usual_ratio;
  if (resolution == NULL)
    resolution = usual_resolution;

  for (guint i = 0; allowed != NULL && allowed[i] != NULL; i++)
    {
      const char *its_ratio, *its_resolution;

      if (yj_size_describe (allowed[i], &its_ratio, &its_resolution) && g_strcmp0 (its_ratio, ratio) == 0 &&
          resolution != NULL && g_ascii_strcasecmp (its_resolution, resolution) == 0)
        return allowed[i];
    }

  return NULL;
}

/* A size says what a ratio and a resolution say together: a model that has the one gets it from the other. */
static void
translate_size (YjDraft *self)
{
  YjModel *model = yj_draft_get_model (self);
  YjParameter *size = yj_model_find_parameter (model, "size");
  YjParameter *shape = yj_model_find_parameter (model, "ratio"), *tier = yj_model_find_parameter (model, "resolution");
  GHashTable *values = yj_draft_get_values (self), *aside = yj_draft_get_set_aside (self);
  const char *ratio = g_hash_table_lookup (aside, "ratio"), *resolution = g_hash_table_lookup (aside, "resolution");
  const char *kept = g_hash_table_lookup (aside, "size");

  if (size != NULL && (ratio != NULL || resolution != NULL) && !g_hash_table_contains (values, "size"))
    put (values, "size", find_size (size, ratio, resolution));
  else if (size == NULL && kept != NULL && yj_size_describe (kept, &ratio, &resolution))
    {
      if (shape != NULL && !g_hash_table_contains (values, "ratio"))
        put (values, "ratio", yj_parameter_accept (shape, ratio));
      if (tier != NULL && !g_hash_table_contains (values, "resolution"))
        put (values, "resolution", yj_parameter_accept (tier, resolution));
    }
}

/* Each value in the model's spelling where it takes it; otherwise aside, for a model that does. */
void
yj_draft_sort_values (YjDraft *self)
{
  GHashTable *values = yj_draft_get_values (self), *aside = yj_draft_get_set_aside (self);
  g_autoptr(GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTable *tables[] = { aside, values };     /* what is in use wins */
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_hash_table_iter_init (&iter, tables[i]);
      while (g_hash_table_iter_next (&iter, &key, &value))
        put (all, key, value);
      g_hash_table_remove_all (tables[i]);
    }

  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      YjParameter *parameter = yj_model_find_parameter (yj_draft_get_model (self), key);
      const char *spelling = parameter != NULL ? yj_parameter_accept (parameter, value) : NULL;

      if (spelling != NULL)
        put (values, key, spelling);
      else
        put (aside, key, value);
    }
  translate_size (self);
}

/* A choice that was made now outdoes one that is set aside and says the same in another way. */
static void
forget_rivals (YjDraft    *self,
               const char *key)
{
  GHashTable *aside = yj_draft_get_set_aside (self);

  g_hash_table_remove (aside, key);
  if (g_str_equal (key, "size"))
    {
      g_hash_table_remove (aside, "ratio");
      g_hash_table_remove (aside, "resolution");
    }
  else if (g_str_equal (key, "ratio") || g_str_equal (key, "resolution"))
    g_hash_table_remove (aside, "size");
}

/**
 * yj_draft_get_value:
 * @self: a draft
 * @parameter: a wire name or meaning; `llmid` and `model` give what will be sent for them
 *
 * Returns: (transfer none) (nullable): the value as set, else the default, %NULL when there is neither
 */
const char *
yj_draft_get_value (YjDraft    *self,
                    const char *parameter)
{
  const char *value;
  YjParameter *found;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);
  g_return_val_if_fail (parameter != NULL, NULL);

  value = g_hash_table_lookup (yj_draft_get_values (self), get_key (self, parameter));
  if (value != NULL)
    return value;
  if (g_str_equal (parameter, "llmid"))
    return yj_model_get_llmid (yj_draft_get_model (self));
  if (g_str_equal (parameter, "model"))
    return yj_model_get_sends_model (yj_draft_get_model (self)) ? yj_model_get_name (yj_draft_get_model (self)) : NULL;

  found = yj_model_find_parameter (yj_draft_get_model (self), parameter);
  return found != NULL ? yj_parameter_get_default (found) : NULL;
}

/**
 * yj_draft_set_value:
 * @self: a draft
 * @parameter: a wire name or meaning; also `llmid`, for this draft only, `prompt`, and `prompt-source`, the prompt with
 *   its mentions
 * @value: (nullable): the value as text; %NULL goes back to the default
 *
 * Whatever is set is kept; yj_draft_validate() says what is wrong with it.
 */
void
yj_draft_set_value (YjDraft    *self,
                    const char *parameter,
                    const char *value)
{
  const char *key;

  g_return_if_fail (YJ_IS_DRAFT (self));
  g_return_if_fail (parameter != NULL);

  if (g_str_equal (parameter, "prompt"))
    {
      yj_draft_set_prompt (self, value);
      return;
    }
  if (g_str_equal (parameter, "prompt-source"))
    {
      yj_draft_set_prompt_source (self, value != NULL ? value : "");
      return;
    }

  key = get_key (self, parameter);
  if (g_strcmp0 (g_hash_table_lookup (yj_draft_get_values (self), key), value) == 0)
    return;

  forget_rivals (self, key);
  if (value != NULL)
    put (yj_draft_get_values (self), key, value);
  else
    g_hash_table_remove (yj_draft_get_values (self), key);
  yj_draft_changed (self);
}

/**
 * yj_draft_dup_set_aside:
 * @self: a draft
 *
 * What was set for other models and has no place in the form of this one. A size that ratio and resolution say as well,
 * and the other way round, is not among it.
 *
 * Returns: (transfer full): the meanings, such as `negative-prompt`, in alphabetical order
 */
GStrv
yj_draft_dup_set_aside (YjDraft *self)
{
  g_autoptr(GPtrArray) keys = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  YjModel *model;
  gboolean sized, shaped;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  model = yj_draft_get_model (self);
  sized = g_hash_table_contains (yj_draft_get_values (self), "size");
  shaped = yj_model_find_parameter (model, "ratio") != NULL || yj_model_find_parameter (model, "resolution") != NULL;
  keys = g_hash_table_get_keys_as_ptr_array (yj_draft_get_set_aside (self));
  g_ptr_array_sort_values (keys, (GCompareFunc) strcmp);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      gboolean said = g_str_equal (key, "size") ? shaped : sized && (g_str_equal (key, "ratio") || g_str_equal (key, "resolution"));

      if (!said)
        g_strv_builder_add (builder, key);
    }

  return g_strv_builder_end (builder);
}

/**
 * yj_draft_get_aside:
 * @self: a draft
 * @meaning: what a value means
 *
 * Returns: (transfer none) (nullable): what was set for it and is not sent to this model
 */
const char *
yj_draft_get_aside (YjDraft    *self,
                    const char *meaning)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  return g_hash_table_lookup (yj_draft_get_set_aside (self), meaning);
}
