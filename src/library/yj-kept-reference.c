/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include "yj-kept-reference.h"

struct _YjKeptReference
{
  GObject      parent_instance;
  char        *sha256;
  GFile       *file;
  char        *given;                /* the name; "": as the file is called */
  char        *note;
  YjKeptFacts  facts;
};

typedef enum
{
  PROP_NAME = 1,
  PROP_NOTE,
} YjKeptReferenceProps;

static GParamSpec *props[PROP_NOTE + 1];

G_DEFINE_FINAL_TYPE (YjKeptReference, yj_kept_reference, G_TYPE_OBJECT)

static void
yj_kept_reference_finalize (GObject *object)
{
  YjKeptReference *self = YJ_KEPT_REFERENCE (object);

  g_free (self->sha256);
  g_clear_object (&self->file);
  g_free (self->given);
  g_free (self->note);
  g_free (self->facts.file_name);
  g_free (self->facts.content_type);

  G_OBJECT_CLASS (yj_kept_reference_parent_class)->finalize (object);
}

static void
yj_kept_reference_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  YjKeptReference *self = YJ_KEPT_REFERENCE (object);

  switch ((YjKeptReferenceProps) prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, yj_kept_reference_get_name (self));
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    }
}

/* Left as it is shown, it stays what it was: the name of the file is not given by saving it again. */
static gboolean
set_name (YjKeptReference *self,
          const char      *name)
{
  if (g_str_equal (name, yj_kept_reference_get_name (self)))
    return FALSE;
  return g_set_str (&self->given, g_strcmp0 (name, self->facts.file_name) != 0 ? name : "");
}

static void
yj_kept_reference_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  YjKeptReference *self = YJ_KEPT_REFERENCE (object);
  const char *text = g_value_get_string (value);

  switch ((YjKeptReferenceProps) prop_id)
    {
    case PROP_NAME:
      if (set_name (self, text != NULL ? text : ""))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_NOTE:
      if (g_set_str (&self->note, text != NULL ? text : ""))
        g_object_notify_by_pspec (object, pspec);
      break;
    }
}

static void
yj_kept_reference_class_init (YjKeptReferenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = yj_kept_reference_finalize;
  object_class->get_property = yj_kept_reference_get_property;
  object_class->set_property = yj_kept_reference_set_property;

  /**
   * YjKeptReference:name:
   *
   * What the person calls it; the name of the file that it was when that is nothing, and set to nothing by that.
   */
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "",
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /**
   * YjKeptReference:note:
   *
   * What the person wrote about it.
   */
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, "",
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_kept_reference_init (YjKeptReference *self)
{
  self->given = g_strdup ("");
  self->note = g_strdup ("");
}

/**
 * yj_kept_reference_new:
 * @sha256: 64 hex digits
 * @file: inside the library
 * @name: (nullable): what the person calls it
 * @note: (nullable): what the person wrote about it
 * @facts: what else is known; copied
 *
 * Returns: (transfer full): a reference
 */
YjKeptReference *
yj_kept_reference_new (const char        *sha256,
                       GFile             *file,
                       const char        *name,
                       const char        *note,
                       const YjKeptFacts *facts)
{
  YjKeptReference *self = g_object_new (YJ_TYPE_KEPT_REFERENCE, NULL);

  self->sha256 = g_strdup (sha256);
  self->file = g_object_ref (file);
  g_set_str (&self->given, name != NULL ? name : "");
  g_set_str (&self->note, note != NULL ? note : "");
  self->facts = *facts;
  self->facts.file_name = g_strdup (facts->file_name);
  self->facts.content_type = g_strdup (facts->content_type);
  return self;
}

/**
 * yj_kept_reference_get_sha256:
 * @self: a reference
 *
 * Returns: (transfer none): the hash of its content, 64 hex digits
 */
const char *
yj_kept_reference_get_sha256 (YjKeptReference *self)
{
  g_return_val_if_fail (YJ_IS_KEPT_REFERENCE (self), NULL);

  return self->sha256;
}

/**
 * yj_kept_reference_get_file:
 * @self: a reference
 *
 * Returns: (transfer none): where it lies in the library
 */
GFile *
yj_kept_reference_get_file (YjKeptReference *self)
{
  g_return_val_if_fail (YJ_IS_KEPT_REFERENCE (self), NULL);

  return self->file;
}

/**
 * yj_kept_reference_get_name:
 * @self: a reference
 *
 * Returns: (transfer none): what it is called: by the person, or else the name of the file
 */
const char *
yj_kept_reference_get_name (YjKeptReference *self)
{
  g_return_val_if_fail (YJ_IS_KEPT_REFERENCE (self), NULL);

  if (*self->given == '\0' && self->facts.file_name != NULL)
    return self->facts.file_name;
  return self->given;
}

/**
 * yj_kept_reference_get_given_name:
 * @self: a reference
 *
 * Returns: (transfer none): what the person calls it, or ""
 */
const char *
yj_kept_reference_get_given_name (YjKeptReference *self)
{
  g_return_val_if_fail (YJ_IS_KEPT_REFERENCE (self), NULL);

  return self->given;
}

/**
 * yj_kept_reference_get_note:
 * @self: a reference
 *
 * Returns: (transfer none): what the person wrote about it, or ""
 */
const char *
yj_kept_reference_get_note (YjKeptReference *self)
{
  g_return_val_if_fail (YJ_IS_KEPT_REFERENCE (self), NULL);

  return self->note;
}

/**
 * yj_kept_reference_get_facts:
 * @self: a reference
 *
 * Returns: (transfer none): what else is known of it
 */
const YjKeptFacts *
yj_kept_reference_get_facts (YjKeptReference *self)
{
  g_return_val_if_fail (YJ_IS_KEPT_REFERENCE (self), NULL);

  return &self->facts;
}

/**
 * yj_kept_reference_is_kept:
 * @self: a reference
 *
 * Returns: whether anything keeps it: a job, be it in the trash, or a name or a note of the person's
 */
gboolean
yj_kept_reference_is_kept (YjKeptReference *self)
{
  g_return_val_if_fail (YJ_IS_KEPT_REFERENCE (self), FALSE);

  return self->facts.n_jobs > 0 || self->facts.n_trashed > 0 || *self->given != '\0' || *self->note != '\0';
}
