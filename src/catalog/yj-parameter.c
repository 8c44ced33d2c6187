/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-limit-private.h"

#include <glib/gi18n.h>

/* YjParameter: one field of a model's form that is not a file, as models.json describes it. Immutable. */
struct _YjParameter
{
  GObject          parent_instance;
  char            *name;
  char            *meaning;
  char            *label;       /* given by a person's own file, else NULL */
  YjParameterType  type;
  gboolean         required;
  char            *default_value;
  char           **allowed;
  gint64           minimum;     /* G_MININT64: none */
  gint64           maximum;     /* G_MAXINT64: none */
};

G_DEFINE_FINAL_TYPE (YjParameter, yj_parameter, G_TYPE_OBJECT)

static const struct { const char *meaning, *label; } labels[] = {
  { "ratio", N_("Ratio") },
  { "resolution", N_("Resolution") },
  { "size", N_("Size") },
  { "duration", N_("Duration") },
  { "off-peak", N_("Off-Peak") },
  { "negative-prompt", N_("Negative Prompt") },
};

static void
yj_parameter_finalize (GObject *object)
{
  YjParameter *self = YJ_PARAMETER (object);

  g_free (self->name);
  g_free (self->meaning);
  g_free (self->label);
  g_free (self->default_value);
  g_strfreev (self->allowed);

  G_OBJECT_CLASS (yj_parameter_parent_class)->finalize (object);
}

static void
yj_parameter_class_init (YjParameterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_parameter_finalize;
}

static void
yj_parameter_init (YjParameter *self)
{
}

YjParameter *
yj_parameter_new (char            *name,
                  char            *meaning,
                  char            *label,
                  YjParameterType  type,
                  gboolean         required,
                  char            *default_value,
                  char           **allowed,
                  gint64           minimum,
                  gint64           maximum)
{
  YjParameter *self = g_object_new (YJ_TYPE_PARAMETER, NULL);

  self->name = name;
  self->meaning = meaning;
  self->label = label;
  self->type = type;
  self->required = required;
  self->default_value = default_value;
  self->allowed = allowed;
  self->minimum = minimum;
  self->maximum = maximum;

  return self;
}

/**
 * yj_parameter_get_name:
 * @self: a parameter
 *
 * Returns: (transfer none): the exact field name on the wire, such as `resolution` or `radio`
 */
const char *
yj_parameter_get_name (YjParameter *self)
{
  g_return_val_if_fail (YJ_IS_PARAMETER (self), NULL);

  return self->name;
}

/**
 * yj_parameter_get_meaning:
 * @self: a parameter
 *
 * What the field means, the same word for all models whatever they call the field: `ratio`, `resolution`,
 * `size`, `duration`, `off-peak`, `negative-prompt`, or the field's own name for one that is none of these.
 *
 * Returns: (transfer none): the meaning
 */
const char *
yj_parameter_get_meaning (YjParameter *self)
{
  g_return_val_if_fail (YJ_IS_PARAMETER (self), NULL);

  return self->meaning;
}

/**
 * yj_parameter_get_label:
 * @self: a parameter
 *
 * Returns: (transfer none): what people read beside the control, translated
 */
const char *
yj_parameter_get_label (YjParameter *self)
{
  g_return_val_if_fail (YJ_IS_PARAMETER (self), NULL);

  if (self->label != NULL)
    return self->label;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (self->meaning, labels[i].meaning))
      return _(labels[i].label);

  return self->name;
}

/**
 * yj_meaning_get_label:
 * @meaning: what a parameter means, such as `ratio`
 *
 * Returns: (transfer none): what people read beside its control, translated; @meaning itself for one of a person's own
 */
const char *
yj_meaning_get_label (const char *meaning)
{
  g_return_val_if_fail (meaning != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (meaning, labels[i].meaning))
      return _(labels[i].label);

  return meaning;
}

/**
 * yj_parameter_get_value_type:
 * @self: a parameter
 *
 * Returns: what kind of value the field takes
 */
YjParameterType
yj_parameter_get_value_type (YjParameter *self)
{
  g_return_val_if_fail (YJ_IS_PARAMETER (self), YJ_PARAMETER_TEXT);

  return self->type;
}

/**
 * yj_parameter_get_required:
 * @self: a parameter
 *
 * Returns: whether the platform refuses a job without this field
 */
gboolean
yj_parameter_get_required (YjParameter *self)
{
  g_return_val_if_fail (YJ_IS_PARAMETER (self), FALSE);

  return self->required;
}

/**
 * yj_parameter_get_default:
 * @self: a parameter
 *
 * Returns: (transfer none) (nullable): the documented default, or %NULL when none is given
 */
const char *
yj_parameter_get_default (YjParameter *self)
{
  g_return_val_if_fail (YJ_IS_PARAMETER (self), NULL);

  return self->default_value;
}

/**
 * yj_parameter_get_allowed:
 * @self: a parameter
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): the allowed values in the document's order
 *   and spelling; %NULL when anything of the type may be given
 */
const char * const *
yj_parameter_get_allowed (YjParameter *self)
{
  g_return_val_if_fail (YJ_IS_PARAMETER (self), NULL);

  return (const char * const *) self->allowed;
}

/**
 * yj_parameter_get_range:
 * @self: a parameter
 * @minimum: (out): the least value
 * @maximum: (out): the greatest value
 *
 * The range that the platform's document gives. Where it gives none, both are still set: to 1 and %G_MAXINT32.
 *
 * Returns: whether the document gives a range
 */
gboolean
yj_parameter_get_range (YjParameter *self,
                        gint64      *minimum,
                        gint64      *maximum)
{
  g_return_val_if_fail (YJ_IS_PARAMETER (self), FALSE);

  *minimum = self->minimum != G_MININT64 ? self->minimum : 1;
  *maximum = self->maximum != G_MAXINT64 ? self->maximum : G_MAXINT32;
  return self->minimum != G_MININT64 || self->maximum != G_MAXINT64;
}
