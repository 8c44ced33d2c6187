/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading JSON members; every error names its place. */
#include "yj-reader-private.h"

#include <math.h>

#include "yj-catalog.h"

gboolean
yj_reader_wrong (GError    **error,
                 const char *path,
                 const char *format,
                 ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX, "%s: %s", path, text);
  return FALSE;
}

gboolean
yj_reader_known_members (JsonObject         *object,
                         const char         *path,
                         const char * const *known,
                         GError            **error)
{
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      return yj_reader_wrong (error, path, "unknown member “%s”", (const char *) l->data);

  return TRUE;
}

gboolean
yj_reader_is_null (JsonObject *object,
                   const char *member)
{
  return object == NULL || !json_object_has_member (object, member) || json_object_get_null_member (object, member);
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

/* A number of a member; the caller's value stays when it is missing. */
gboolean
yj_reader_number (JsonObject *object,
                  const char *path,
                  const char *member,
                  double     *number,
                  GError    **error)
{
  JsonNode *node;

  if (yj_reader_is_null (object, member))
    return TRUE;

  node = json_object_get_member (object, member);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_STRING ||
      json_node_get_value_type (node) == G_TYPE_BOOLEAN || !isfinite (json_node_get_double (node)))
    return yj_reader_wrong (error, path, "“%s” is no number", member);

  *number = json_node_get_double (node);
  return TRUE;
}

gboolean
yj_reader_boolean (JsonObject *object,
                   const char *path,
                   const char *member,
                   gboolean   *value,
                   GError    **error)
{
  JsonNode *node;

  if (yj_reader_is_null (object, member))
    return TRUE;

  node = json_object_get_member (object, member);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return yj_reader_wrong (error, path, "“%s” is neither true nor false", member);

  *value = json_node_get_boolean (node);
  return TRUE;
}

/* Of {"en": …, "zh": …} the text in the person's language. */
static JsonNode *
pick_language (JsonObject *texts)
{
  const char * const *languages = g_get_language_names ();

  for (guint i = 0; languages[i] != NULL; i++)
    if (json_object_has_member (texts, languages[i]))
      return json_object_get_member (texts, languages[i]);

  return json_object_has_member (texts, "en") ? json_object_get_member (texts, "en") : NULL;
}

/* A string, or an object of strings by language. @text stays %NULL when the member is missing or null. */
gboolean
yj_reader_text (JsonObject *object,
                const char *path,
                const char *member,
                gboolean    required,
                char      **text,
                GError    **error)
{
  JsonNode *node;

  if (yj_reader_is_null (object, member))
    return !required || yj_reader_wrong (error, path, "“%s” is missing", member);

  node = json_object_get_member (object, member);
  if (JSON_NODE_HOLDS_OBJECT (node))
    node = pick_language (json_node_get_object (node));
  if (node == NULL || !is_text (node))
    return yj_reader_wrong (error, path, "“%s” is no text", member);
  if (*json_node_get_string (node) == '\0')
    return yj_reader_wrong (error, path, "“%s” is empty", member);

  g_free (*text);
  *text = json_node_dup_string (node);
  return TRUE;
}

/* A string or a whole number, as the string that a draft holds. */
char *
yj_reader_dup_value (JsonNode *node)
{
  if (is_text (node))
    return json_node_dup_string (node);
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return NULL;
}

gboolean
yj_reader_values (JsonObject *object,
                  const char *path,
                  const char *member,
                  char     ***values,
                  GError    **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node;
  JsonArray *array;

  if (yj_reader_is_null (object, member))
    return TRUE;

  node = json_object_get_member (object, member);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return yj_reader_wrong (error, path, "“%s” is no list", member);

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      char *value = yj_reader_dup_value (json_array_get_element (array, i));

      if (value == NULL)
        return yj_reader_wrong (error, path, "“%s[%u]” is neither a text nor a whole number", member, i);
      g_strv_builder_take (builder, value);
    }

  *values = g_strv_builder_end (builder);
  return TRUE;
}
