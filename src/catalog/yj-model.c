/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-limit-private.h"

/* YjModel: one model of one mode. All but the llmid is immutable; "llmid" notifies when it is completed. */
struct _YjModel
{
  GObject      parent_instance;
  YjModelParts parts;
};

typedef enum
{
  PROP_TITLE = 1,
  PROP_LLMID,
} YjModelProps;

static GParamSpec *props[PROP_LLMID + 1];

G_DEFINE_FINAL_TYPE (YjModel, yj_model, G_TYPE_OBJECT)

void
yj_limit_free (YjLimit *limit)
{
  g_free (limit->subject);
  g_strfreev (limit->loosest_values);
  g_strfreev (limit->strictest_values);
  g_free (limit->when);
  g_strfreev (limit->when_values);
  g_free (limit->source);
  g_free (limit);
}

void
yj_rule_free (YjRule *rule)
{
  g_array_unref (rule->roles);
  g_array_unref (rule->groups);
  g_free (rule->limit.source);
  g_free (rule);
}

void
yj_surprise_free (YjSurprise *surprise)
{
  g_free (surprise->id);
  g_free (surprise->text);
  g_free (surprise->source);
  g_free (surprise);
}

void
yj_model_parts_clear (YjModelParts *parts)
{
  g_clear_pointer (&parts->id, g_free);
  g_clear_pointer (&parts->name, g_free);
  g_clear_pointer (&parts->title, g_free);
  g_clear_pointer (&parts->provider, g_free);
  g_clear_pointer (&parts->provider_key, g_free);
  g_clear_pointer (&parts->llmid, g_free);
  g_clear_pointer (&parts->note, g_free);
  g_clear_object (&parts->parameters);
  g_clear_object (&parts->slots);
  g_clear_pointer (&parts->limits, g_ptr_array_unref);
  g_clear_pointer (&parts->rules, g_ptr_array_unref);
  g_clear_pointer (&parts->surprises, g_ptr_array_unref);
  g_clear_pointer (&parts->speech, g_free);
  g_clear_pointer (&parts->first_frame_sets_ratio, g_free);
  g_clear_pointer (&parts->last_frame_cropped, g_free);
  g_clear_pointer (&parts->advice, g_free);
  g_clear_pointer (&parts->advice_zh, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (parts->mentions); i++)
    {
      g_clear_pointer (&parts->mentions[i], g_free);
      g_clear_pointer (&parts->mentions_zh[i], g_free);
    }
}

static void
yj_model_finalize (GObject *object)
{
  YjModel *self = YJ_MODEL (object);

  yj_model_parts_clear (&self->parts);

  G_OBJECT_CLASS (yj_model_parent_class)->finalize (object);
}

static void
yj_model_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  YjModel *self = YJ_MODEL (object);

  switch ((YjModelProps) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->parts.title);
      break;
    case PROP_LLMID:
      g_value_set_string (value, self->parts.llmid);
      break;
    }
}

static void
yj_model_class_init (YjModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = yj_model_finalize;
  object_class->get_property = yj_model_get_property;

  /**
   * YjModel:title:
   *
   * For people, such as "HappyHorse 1.0".
   */
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * YjModel:llmid:
   *
   * The platform's id of the model; %NULL while it is unknown.
   */
  props[PROP_LLMID] = g_param_spec_string ("llmid", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_model_init (YjModel *self)
{
}

YjModel *
yj_model_new_from_parts (YjModelParts *parts)
{
  YjModel *self = g_object_new (YJ_TYPE_MODEL, NULL);

  self->parts = *parts;
  *parts = (YjModelParts) { 0 };

  return self;
}

const YjModelParts *
yj_model_get_parts (YjModel *self)
{
  return &self->parts;
}

GPtrArray *
yj_model_get_limits (YjModel *self)
{
  return self->parts.limits;
}

GPtrArray *
yj_model_get_rules (YjModel *self)
{
  return self->parts.rules;
}

void
yj_model_set_llmid (YjModel    *self,
                    const char *llmid)
{
  if (g_set_str (&self->parts.llmid, llmid))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LLMID]);
}

/**
 * yj_model_get_id:
 * @self: a model
 *
 * Returns: (transfer none): our own name of it, unique and stable, such as `i2v/happyhorse-1.0-i2v`
 */
const char *
yj_model_get_id (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  return self->parts.id;
}

/**
 * yj_model_get_name:
 * @self: a model
 *
 * Returns: (transfer none): the provider's name of it, such as `wan2.6-t2v`; not unique
 */
const char *
yj_model_get_name (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  return self->parts.name;
}

/**
 * yj_model_get_title:
 * @self: a model
 *
 * Returns: (transfer none): what people call it, such as "HappyHorse 1.0"
 */
const char *
yj_model_get_title (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  return self->parts.title;
}

/**
 * yj_model_get_provider:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): who offers it, in the person's language; %NULL when the source lost it
 */
const char *
yj_model_get_provider (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  return self->parts.provider;
}

/**
 * yj_model_get_provider_key:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): what tells its provider from others, the same in every language: "Alibaba Cloud"
 */
const char *
yj_model_get_provider_key (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  return self->parts.provider_key;
}

/**
 * yj_model_get_mode:
 * @self: a model
 *
 * Returns: what it makes a video from
 */
YjMode
yj_model_get_mode (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), YJ_MODE_TEXT_TO_VIDEO);

  return self->parts.mode;
}

/**
 * yj_model_get_llmid:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): the platform's id of it, %NULL while it is unknown
 */
const char *
yj_model_get_llmid (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  return self->parts.llmid;
}

/**
 * yj_model_get_note:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): what is uncertain about this entry, in the person's language
 */
const char *
yj_model_get_note (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  return self->parts.note;
}

/**
 * yj_model_get_sends_model:
 * @self: a model
 *
 * Returns: whether its form has a field `model` with its name
 */
gboolean
yj_model_get_sends_model (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), FALSE);

  return self->parts.sends_model;
}

/**
 * yj_model_get_parameters:
 * @self: a model
 *
 * Returns: (transfer none): a list of [class@Yj.Parameter] in the document's order, without `llmid`, `prompt`
 *   and `model`
 */
GListModel *
yj_model_get_parameters (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  return G_LIST_MODEL (self->parts.parameters);
}

/**
 * yj_model_get_slots:
 * @self: a model
 *
 * Returns: (transfer none): a list of [class@Yj.Slot] in the document's order, empty for text to video
 */
GListModel *
yj_model_get_slots (YjModel *self)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  return G_LIST_MODEL (self->parts.slots);
}

/**
 * yj_model_get_advice:
 * @self: a model
 * @chinese: whether it is wanted in Chinese
 *
 * Returns: (transfer none) (nullable): how to write for it, for whoever writes or improves a prompt
 */
const char *
yj_model_get_advice (YjModel  *self,
                     gboolean  chinese)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  return chinese && self->parts.advice_zh != NULL ? self->parts.advice_zh : self->parts.advice;
}

/**
 * yj_model_dup_mention:
 * @self: a model
 * @kind: the kind of a file
 * @n: which one, from 1, counted as yj_draft_dup_mention() counts
 * @name: the same as a name, for a model that goes by names
 * @chinese: whether the prompt is written in Chinese
 *
 * Returns: (transfer full) (nullable): the word by which the prompt means that file, such as `[Image 1]`;
 *   %NULL when no such word is documented
 */
char *
yj_model_dup_mention (YjModel     *self,
                      YjMediaKind  kind,
                      guint        n,
                      const char  *name,
                      gboolean     chinese)
{
  const char *pattern;
  g_autoptr(GString) mention = NULL;
  char number[16];

  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);
  g_return_val_if_fail (kind <= YJ_MEDIA_KIND_AUDIO, NULL);

  pattern = chinese && self->parts.mentions_zh[kind] != NULL ? self->parts.mentions_zh[kind] : self->parts.mentions[kind];
  if (pattern == NULL)
    return NULL;

  g_snprintf (number, sizeof number, "%u", n);
  mention = g_string_new (pattern);
  g_string_replace (mention, "{n}", number, 0);
  g_string_replace (mention, "{name}", name, 0);
  return g_string_free_and_steal (g_steal_pointer (&mention));
}

/**
 * yj_model_find_parameter:
 * @self: a model
 * @name_or_meaning: a wire name such as `radio`, or a meaning such as `ratio`
 *
 * Returns: (transfer none) (nullable): the parameter of that name, else the one of that meaning
 */
YjParameter *
yj_model_find_parameter (YjModel    *self,
                         const char *name_or_meaning)
{
  GListModel *list;

  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  list = G_LIST_MODEL (self->parts.parameters);
  for (int by_meaning = 0; by_meaning < 2; by_meaning++)
    for (guint i = 0; i < g_list_model_get_n_items (list); i++)
      {
        g_autoptr(YjParameter) parameter = g_list_model_get_item (list, i);
        const char *text = by_meaning ? yj_parameter_get_meaning (parameter) : yj_parameter_get_name (parameter);

        if (g_strcmp0 (text, name_or_meaning) == 0)
          return parameter;     /* the list holds it */
      }

  return NULL;
}

/**
 * yj_model_get_advised_range:
 * @self: a model
 * @parameter: one of its whole-number parameters
 * @minimum: (out): the least value
 * @maximum: (out): the greatest value
 *
 * The range to offer to people: the platform's own, else the loosest that the model's makers document, else from 1 on.
 *
 * Returns: whether anybody documents one
 */
gboolean
yj_model_get_advised_range (YjModel     *self,
                            YjParameter *parameter,
                            gint64      *minimum,
                            gint64      *maximum)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), FALSE);
  g_return_val_if_fail (YJ_IS_PARAMETER (parameter), FALSE);

  if (yj_parameter_get_range (parameter, minimum, maximum))
    return TRUE;

  for (guint i = 0; i < self->parts.limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (self->parts.limits, i);

      if (limit->unit != YJ_LIMIT_NUMBER || !g_str_equal (limit->subject, yj_parameter_get_meaning (parameter)))
        continue;
      *minimum = limit->loosest.minimum > 1 ? (gint64) limit->loosest.minimum : 1;
      if (limit->loosest.maximum < G_MAXINT32)
        *maximum = (gint64) limit->loosest.maximum;
      return TRUE;
    }

  return FALSE;
}

/**
 * yj_model_find_slot:
 * @self: a model
 * @role: what a file is for
 *
 * Returns: (transfer none) (nullable): the slot for it, %NULL when the model has none
 */
YjSlot *
yj_model_find_slot (YjModel    *self,
                    YjSlotRole  role)
{
  GListModel *list;

  g_return_val_if_fail (YJ_IS_MODEL (self), NULL);

  list = G_LIST_MODEL (self->parts.slots);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (list, i);

      if (yj_slot_get_role (slot) == role)
        return slot;            /* the list holds it */
    }

  return NULL;
}
