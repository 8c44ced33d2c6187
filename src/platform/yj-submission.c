/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-submission-private.h"

#include "yj-json.h"

/**
 * YjSubmission:
 *
 * The ordered fields of one paid request.
 *
 * Without a file it travels as JSON, with one as `multipart/form-data`: values first, in their order, then the files.
 * Whoever adds fields knows their wire names; nothing here does.
 */
struct _YjSubmission
{
  GObject    parent_instance;
  GPtrArray *fields;            /* of YjField */
  gboolean   has_files;
};

G_DEFINE_FINAL_TYPE (YjSubmission, yj_submission, G_TYPE_OBJECT)

static void
field_free (YjField *field)
{
  g_free (field->name);
  g_free (field->value);
  g_free (field->content_type);
  g_clear_object (&field->file);
  g_clear_pointer (&field->cuts, g_array_unref);
  g_free (field);
}

static void
yj_submission_finalize (GObject *object)
{
  YjSubmission *self = YJ_SUBMISSION (object);

  g_ptr_array_unref (self->fields);

  G_OBJECT_CLASS (yj_submission_parent_class)->finalize (object);
}

static void
yj_submission_class_init (YjSubmissionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_submission_finalize;
}

static void
yj_submission_init (YjSubmission *self)
{
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
}

/* Returns: (transfer full): a submission without fields */
YjSubmission *
yj_submission_new (void)
{
  return g_object_new (YJ_TYPE_SUBMISSION, NULL);
}

/* Lends the fields in the order they were added. */
GPtrArray *
yj_submission_get_fields (YjSubmission *self)
{
  return self->fields;
}

gboolean
yj_submission_has_field (YjSubmission *self,
                         const char   *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_str_equal (((YjField *) g_ptr_array_index (self->fields, i))->name, name))
      return TRUE;
  return FALSE;
}

static void
add_value (YjSubmission *self,
           const char   *name,
           char         *value,
           gboolean      quoted)
{
  YjField *field = g_new0 (YjField, 1);

  field->name = g_strdup (name);
  field->value = value;
  field->quoted = quoted;
  g_ptr_array_add (self->fields, field);
}

/**
 * yj_submission_add_string:
 * @self: a submission
 * @name: the field's name on the wire
 * @value: (nullable): UTF-8 text
 *
 * Adds a text. An empty one or %NULL is left out, because the platform's form reader loses the field behind it.
 * The same name once more makes a list: repeated in a form, an array in JSON.
 */
void
yj_submission_add_string (YjSubmission *self,
                          const char   *name,
                          const char   *value)
{
  g_return_if_fail (YJ_IS_SUBMISSION (self));
  g_return_if_fail (name != NULL);

  if (value != NULL && *value != '\0')
    add_value (self, name, g_utf8_make_valid (value, -1), TRUE);
}

/**
 * yj_submission_add_integer:
 * @self: a submission
 * @name: the field's name on the wire
 * @value: a number
 *
 * Adds a number: a JSON number, or its decimal digits in a form.
 */
void
yj_submission_add_integer (YjSubmission *self,
                           const char   *name,
                           gint64        value)
{
  g_return_if_fail (YJ_IS_SUBMISSION (self));
  g_return_if_fail (name != NULL);

  add_value (self, name, g_strdup_printf ("%" G_GINT64_FORMAT, value), FALSE);
}

/**
 * yj_submission_add_boolean:
 * @self: a submission
 * @name: the field's name on the wire
 * @value: a truth
 *
 * Adds a JSON boolean, or `true` or `false` in a form.
 */
void
yj_submission_add_boolean (YjSubmission *self,
                           const char   *name,
                           gboolean      value)
{
  g_return_if_fail (YJ_IS_SUBMISSION (self));
  g_return_if_fail (name != NULL);

  add_value (self, name, g_strdup (value ? "true" : "false"), FALSE);
}

/**
 * yj_submission_add_file:
 * @self: a submission
 * @name: the field's name on the wire; the same name again for each file of a list
 * @file: a local file that stays as it is until the submission is over
 * @content_type: (nullable): its media type, such as `image/jpeg`; %NULL: by the name of @file
 *
 * Adds a file. It is read while it is sent, and what the platform sees of its name is its kind, number and ending.
 */
void
yj_submission_add_file (YjSubmission *self,
                        const char   *name,
                        GFile        *file,
                        const char   *content_type)
{
  YjField *field;

  g_return_if_fail (YJ_IS_SUBMISSION (self));
  g_return_if_fail (name != NULL);
  g_return_if_fail (G_IS_FILE (file));

  field = g_new0 (YjField, 1);
  field->name = g_strdup (name);
  field->file = g_object_ref (file);
  field->content_type = g_strdup (content_type);
  g_ptr_array_add (self->fields, field);
  self->has_files = TRUE;
}

static void
clear_cut (gpointer data)
{
  YjFieldCut *cut = data;

  g_clear_pointer (&cut->instead, g_bytes_unref);
}

/**
 * yj_submission_cut_file:
 * @self: a submission whose last field is a file
 * @size: bytes of that file, to which the cut belongs; it must not have another size when it is sent
 * @at: where the cut begins, behind the cut before
 * @length: bytes that are left out
 * @instead: (nullable): what takes their place
 *
 * Leaves a run of the last file out when it is sent.
 */
void
yj_submission_cut_file (YjSubmission *self,
                        gint64        size,
                        gint64        at,
                        gint64        length,
                        GBytes       *instead)
{
  YjFieldCut cut = { at, length, instead != NULL ? g_bytes_ref (instead) : NULL };
  YjField *field;

  g_return_if_fail (YJ_IS_SUBMISSION (self));
  g_return_if_fail (self->fields->len > 0);
  g_return_if_fail (at >= 0 && length >= 0 && length <= size - at);

  field = g_ptr_array_index (self->fields, self->fields->len - 1);
  if (field->cuts == NULL)
    {
      field->cuts = g_array_new (FALSE, FALSE, sizeof (YjFieldCut));
      g_array_set_clear_func (field->cuts, clear_cut);
    }
  field->cut_size = size;
  g_array_append_val (field->cuts, cut);
}

/* Returns: whether it travels as a form */
gboolean
yj_submission_has_files (YjSubmission *self)
{
  g_return_val_if_fail (YJ_IS_SUBMISSION (self), FALSE);

  return self->has_files;
}

static void
append_value (GString *json,
              YjField *field)
{
  if (field->quoted)
    yj_json_quote (json, field->value);
  else
    g_string_append (json, field->value);
}

/* How many values have the name of the one at @index, and whether one of them comes before it. */
static guint
count_namesakes (YjSubmission *self,
                 guint         index,
                 gboolean     *earlier)
{
  YjField *field = g_ptr_array_index (self->fields, index);
  guint count = 0;

  *earlier = FALSE;
  for (guint i = 0; i < self->fields->len; i++)
    {
      YjField *other = g_ptr_array_index (self->fields, i);

      if (other->value != NULL && g_str_equal (other->name, field->name))
        {
          *earlier |= i < index;
          count++;
        }
    }
  return count;
}

/**
 * yj_submission_to_json:
 * @self: a submission
 *
 * Returns: (transfer full): its values as one JSON object, in the order they were added; files are not in it
 */
char *
yj_submission_to_json (YjSubmission *self)
{
  GString *json = g_string_new ("{");

  g_return_val_if_fail (YJ_IS_SUBMISSION (self), NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      YjField *field = g_ptr_array_index (self->fields, i);
      gboolean earlier;
      guint count;

      if (field->value == NULL)
        continue;
      count = count_namesakes (self, i, &earlier);
      if (earlier)
        continue;
      if (json->len > 1)
        g_string_append (json, ", ");
      yj_json_quote (json, field->name);
      g_string_append (json, count > 1 ? ": [" : ": ");
      append_value (json, field);
      for (guint j = i + 1; j < self->fields->len && count > 1; j++)
        {
          YjField *other = g_ptr_array_index (self->fields, j);

          if (other->value == NULL || !g_str_equal (other->name, field->name))
            continue;
          g_string_append (json, ", ");
          append_value (json, other);
        }
      if (count > 1)
        g_string_append_c (json, ']');
    }
  g_string_append_c (json, '}');
  return g_string_free_and_steal (json);
}
