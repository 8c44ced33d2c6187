/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-limit-private.h"

#include <glib/gi18n.h>

/* YjSlot: one place for files in a model's form. Immutable. */
struct _YjSlot
{
  GObject     parent_instance;
  YjSlotRole  role;
  char       *field;
  char       *wire_type;
  guint       minimum;
  guint       maximum;
  GPtrArray  *limits;           /* of YjLimit */
};

G_DEFINE_FINAL_TYPE (YjSlot, yj_slot, G_TYPE_OBJECT)

static const struct { const char *name, *label; YjMediaKind kind; } roles[] = {
  [YJ_SLOT_FIRST_FRAME]      = { "first-frame", N_("First Frame"), YJ_MEDIA_KIND_IMAGE },
  [YJ_SLOT_LAST_FRAME]       = { "last-frame", N_("Last Frame"), YJ_MEDIA_KIND_IMAGE },
  [YJ_SLOT_REFERENCE_IMAGES] = { "reference-images", N_("Reference Images"), YJ_MEDIA_KIND_IMAGE },
  [YJ_SLOT_REFERENCE_VIDEOS] = { "reference-videos", N_("Reference Videos"), YJ_MEDIA_KIND_VIDEO },
  [YJ_SLOT_REFERENCE_AUDIO]  = { "reference-audio", N_("Reference Audio"), YJ_MEDIA_KIND_AUDIO },
};

static void
yj_slot_finalize (GObject *object)
{
  YjSlot *self = YJ_SLOT (object);

  g_free (self->field);
  g_free (self->wire_type);
  g_ptr_array_unref (self->limits);

  G_OBJECT_CLASS (yj_slot_parent_class)->finalize (object);
}

static void
yj_slot_class_init (YjSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_slot_finalize;
}

static void
yj_slot_init (YjSlot *self)
{
}

YjSlot *
yj_slot_new (YjSlotRole  role,
             char       *field,
             char       *wire_type,
             guint       minimum,
             guint       maximum,
             GPtrArray  *limits)
{
  YjSlot *self = g_object_new (YJ_TYPE_SLOT, NULL);

  self->role = role;
  self->field = field;
  self->wire_type = wire_type;
  self->minimum = minimum;
  self->maximum = maximum;
  self->limits = limits;

  return self;
}

const char *
yj_slot_role_to_string (YjSlotRole role)
{
  g_return_val_if_fail (role < G_N_ELEMENTS (roles), NULL);

  return roles[role].name;
}

gboolean
yj_slot_role_from_string (const char *string,
                          YjSlotRole *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (string, roles[i].name) == 0)
      {
        *role = (YjSlotRole) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * yj_slot_get_field:
 * @self: a slot
 *
 * Returns: (transfer none): the exact field name on the wire, repeated for every file of a list
 */
const char *
yj_slot_get_field (YjSlot *self)
{
  g_return_val_if_fail (YJ_IS_SLOT (self), NULL);

  return self->field;
}

/**
 * yj_slot_get_wire_type:
 * @self: a slot
 *
 * Returns: (transfer none): the type as the platform documents it: `file`, `files`, `string/file` or `string`
 */
const char *
yj_slot_get_wire_type (YjSlot *self)
{
  g_return_val_if_fail (YJ_IS_SLOT (self), NULL);

  return self->wire_type;
}

/**
 * yj_slot_get_role:
 * @self: a slot
 *
 * Returns: what the files in it are for
 */
YjSlotRole
yj_slot_get_role (YjSlot *self)
{
  g_return_val_if_fail (YJ_IS_SLOT (self), YJ_SLOT_FIRST_FRAME);

  return self->role;
}

/**
 * yj_slot_get_label:
 * @self: a slot
 *
 * Returns: (transfer none): what people read above it, translated
 */
const char *
yj_slot_get_label (YjSlot *self)
{
  g_return_val_if_fail (YJ_IS_SLOT (self), NULL);

  return _(roles[self->role].label);
}

/**
 * yj_slot_get_kind:
 * @self: a slot
 *
 * Returns: the one kind of file that it takes
 */
YjMediaKind
yj_slot_get_kind (YjSlot *self)
{
  g_return_val_if_fail (YJ_IS_SLOT (self), YJ_MEDIA_KIND_UNKNOWN);

  return roles[self->role].kind;
}

/**
 * yj_slot_get_minimum:
 * @self: a slot
 *
 * Returns: how many files it must hold before a job can be sent
 */
guint
yj_slot_get_minimum (YjSlot *self)
{
  g_return_val_if_fail (YJ_IS_SLOT (self), 0);

  return self->minimum;
}

/**
 * yj_slot_get_maximum:
 * @self: a slot
 *
 * Returns: how many files the platform takes, 0 when its document gives no count
 */
guint
yj_slot_get_maximum (YjSlot *self)
{
  g_return_val_if_fail (YJ_IS_SLOT (self), 0);

  return self->maximum;
}

/**
 * yj_slot_get_advised_maximum:
 * @self: a slot
 *
 * The count to show to people, "3 of 9": the platform's own, else the one that the model's maker documents.
 *
 * Returns: the count, 0 when nobody documents one
 */
guint
yj_slot_get_advised_maximum (YjSlot *self)
{
  g_return_val_if_fail (YJ_IS_SLOT (self), 0);

  if (self->maximum != 0)
    return self->maximum;

  for (guint i = 0; i < self->limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (self->limits, i);

      if (limit->unit == YJ_LIMIT_COUNT && limit->loosest.maximum < G_MAXUINT)
        return (guint) limit->loosest.maximum;
    }

  return 0;
}

GPtrArray *
yj_slot_get_limits (YjSlot *self)
{
  return self->limits;
}
