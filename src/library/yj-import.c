/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-import"

#include <json-glib/json-glib.h>
#include <string.h>

#include "yj-export-form.h"

/* Reads what yj-export-json.c writes, and nothing else: a file may come from anybody. Every field is checked for its
 * kind before it is used; unknown ones are passed over, for what a later program of the same version may add. */

#define MAX_DEPTH 8             /* of brackets; ours have three */
#define MAX_COMMAS 2000000      /* outside of strings: values; a message of ours has 18 at most */

G_DEFINE_QUARK (yj-import-error-quark, yj_import_error)

/* Where in the file we are, for the message of an error. */
typedef struct
{
  JsonObject *object;
  const char *place;            /* "" or "messages[3]." */
  GError    **error;
} Fields;

static gboolean
fail (Fields     *fields,
      const char *name,
      const char *what)
{
  if (*fields->error == NULL)
    g_set_error (fields->error, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_DAMAGED, "%s%s: %s", fields->place, name, what);
  return FALSE;
}

static gboolean
get_member (Fields      *fields,
            const char  *name,
            GType        type,
            gboolean     needed,
            JsonNode   **node)
{
  *node = json_object_get_member (fields->object, name);
  if (*node == NULL)
    return needed ? fail (fields, name, "missing") : TRUE;
  if (!JSON_NODE_HOLDS_VALUE (*node) || json_node_get_value_type (*node) != type)
    return fail (fields, name, "of a wrong kind");
  return TRUE;
}

static gboolean
get_string (Fields      *fields,
            const char  *name,
            gboolean     needed,
            char       **value)
{
  JsonNode *node;

  if (!get_member (fields, name, G_TYPE_STRING, needed, &node))
    return FALSE;
  if (node != NULL && !g_utf8_validate (json_node_get_string (node), -1, NULL))
    return fail (fields, name, "no UTF-8");
  g_set_str (value, node != NULL ? json_node_get_string (node) : NULL);
  return TRUE;
}

static gboolean
get_int (Fields     *fields,
         const char *name,
         gint64      minimum,
         gint64      maximum,
         gint64      missing,
         gint64     *value)
{
  JsonNode *node;

  *value = missing;
  if (!get_member (fields, name, G_TYPE_INT64, FALSE, &node))
    return FALSE;
  if (node == NULL)
    return TRUE;
  *value = json_node_get_int (node);
  return (*value >= minimum && *value <= maximum) || fail (fields, name, "out of range");
}

static gboolean
get_time (Fields     *fields,
          const char *name,
          gboolean    needed,
          gint64     *value)
{
  g_autofree char *string = NULL;

  if (!get_string (fields, name, needed, &string))
    return FALSE;
  *value = string != NULL ? yj_export_read_time (string) : 0;
  return *value >= 0 || fail (fields, name, "no time");
}

/* ---------------------------------------------------------------- a message */

static gboolean
get_role_and_state (Fields       *fields,
                    YjMessageRow *row)
{
  g_autofree char *role = NULL, *state = NULL;

  if (!get_string (fields, "role", TRUE, &role) || !get_string (fields, "state", TRUE, &state))
    return FALSE;
  row->role = yj_message_role_from_string (role);
  if (!g_str_equal (role, yj_message_role_to_string (row->role)))
    return fail (fields, "role", "unknown");
  row->state = yj_message_state_from_string (state);
  if (!g_str_equal (state, yj_message_state_to_string (row->state)) || row->state == YJ_MESSAGE_STREAMING)
    return fail (fields, "state", "unknown");
  return TRUE;
}

static gboolean
get_texts (Fields       *fields,
           YjMessageRow *row)
{
  g_autofree char *text = NULL, *reasoning = NULL;

  if (!get_string (fields, "text", TRUE, &text) || !get_string (fields, "reasoning", FALSE, &reasoning) ||
      !get_string (fields, "model", FALSE, &row->model) || !get_string (fields, "error", FALSE, &row->error) ||
      !get_string (fields, "usage_id", FALSE, &row->usage_id))
    return FALSE;
  g_string_assign (row->text, text);
  g_string_assign (row->reasoning, reasoning != NULL ? reasoning : "");
  return TRUE;
}

/* @n: how many came before. Ids are 1, 2, …, so that a parent that came before is a smaller number, and no circle is possible. */
static YjMessageRow *
parse_message (JsonNode  *node,
               guint      n,
               GError   **error)
{
  g_autofree char *place = g_strdup_printf ("messages[%u].", n);
  g_autoptr(YjMessageRow) row = yj_message_row_new ();
  Fields fields = { NULL, place, error };
  gint64 error_code, continued;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (&fields, "", "of a wrong kind");
      return NULL;
    }
  fields.object = json_node_get_object (node);
  row->whole = TRUE;
  if (!get_int (&fields, "id", n + 1, n + 1, 0, &row->id) || !get_int (&fields, "parent", 1, n, 0, &row->parent) ||
      !get_role_and_state (&fields, row) || !get_texts (&fields, row) ||
      !get_time (&fields, "created", TRUE, &row->created) || !get_time (&fields, "chosen", FALSE, &row->chosen) ||
      !get_int (&fields, "error_code", -1, G_MAXINT, -1, &error_code) ||
      !get_int (&fields, "continued", 0, G_MAXINT, 0, &continued) ||
      !get_int (&fields, "prompt_tokens", -1, G_MAXINT64, -1, &row->prompt_tokens) ||
      !get_int (&fields, "completion_tokens", -1, G_MAXINT64, -1, &row->completion_tokens) ||
      !get_int (&fields, "cached_tokens", -1, G_MAXINT64, -1, &row->cached_tokens) ||
      !get_int (&fields, "first_token_us", -1, G_MAXINT64, -1, &row->first_token_us) ||
      !get_int (&fields, "duration_us", -1, G_MAXINT64, -1, &row->duration_us) ||
      !get_int (&fields, "reasoning_us", -1, G_MAXINT64, -1, &row->reasoning_us))
    return NULL;
  if (row->id == 0)
    {
      fail (&fields, "id", "missing");
      return NULL;
    }
  row->error_code = error_code;
  row->continued = continued;
  return g_steal_pointer (&row);
}

/* ---------------------------------------------------------------- the whole */

/* The parser calls itself for every bracket, and a value takes many times the memory that it takes in the file: whoever
 * sends millions of them must not get that far. */
static gboolean
check_bounds (const char  *data,
              gsize        length,
              GError     **error)
{
  gboolean string = FALSE;
  int depth = 0, commas = 0;

  for (gsize i = 0; i < length && depth <= MAX_DEPTH && commas <= MAX_COMMAS; i++)
    {
      if (string && data[i] == '\\')
        i++;
      else if (data[i] == '"')
        string = !string;
      else if (!string && (data[i] == '{' || data[i] == '['))
        depth++;
      else if (!string && (data[i] == '}' || data[i] == ']'))
        depth--;
      else if (!string && data[i] == ',')
        commas++;
    }
  if (depth > MAX_DEPTH)
    g_set_error_literal (error, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_NOT_JSON, "Too deep");
  else if (commas > MAX_COMMAS)
    g_set_error_literal (error, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_TOO_LARGE, "Too many values");
  else
    return TRUE;
  return FALSE;
}

static JsonObject *
check_form (JsonNode  *root,
            GError   **error)
{
  JsonObject *object;
  JsonNode *form, *version;

  object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  form = object != NULL ? json_object_get_member (object, "format") : NULL;
  version = object != NULL ? json_object_get_member (object, "version") : NULL;
  if (form == NULL || json_node_get_value_type (form) != G_TYPE_STRING ||
      !g_str_equal (json_node_get_string (form), YJ_EXPORT_FORM) ||
      version == NULL || json_node_get_value_type (version) != G_TYPE_INT64 || json_node_get_int (version) < 1)
    g_set_error_literal (error, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_NOT_OURS, "No conversation");
  else if (json_node_get_int (version) > YJ_EXPORT_VERSION)
    g_set_error (error, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_NEWER, "Version %" G_GINT64_FORMAT, json_node_get_int (version));
  else
    return object;
  return NULL;
}

static GPtrArray *
parse_messages (JsonObject  *object,
                GError     **error)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_message_row_free);
  JsonNode *node = json_object_get_member (object, "messages");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error_literal (error, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_DAMAGED, "messages: missing");
      return NULL;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      YjMessageRow *row = parse_message (json_array_get_element (array, i), i, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (messages, row);
    }
  if (messages->len > 0)
    return g_steal_pointer (&messages);
  g_set_error_literal (error, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_EMPTY, "No message");
  return NULL;
}

YjConversationRow *
yj_import_parse (const char  *data,
                 gsize        length,
                 GPtrArray  **messages,
                 GError     **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(YjConversationRow) row = g_new0 (YjConversationRow, 1);
  g_autoptr(GPtrArray) rows = NULL;
  GError *local_error = NULL;
  Fields fields = { NULL, "", &local_error };

  /* Some programs put a byte order mark before what they save. */
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  if (!check_bounds (data, length, error))
    return NULL;
  if (!g_utf8_validate_len (data, length, NULL) ||
      !json_parser_load_from_data (parser, data, length, NULL) || json_parser_get_root (parser) == NULL)
    {
      g_set_error_literal (error, YJ_IMPORT_ERROR, YJ_IMPORT_ERROR_NOT_JSON, "No JSON");
      return NULL;
    }
  fields.object = check_form (json_parser_get_root (parser), &local_error);
  if (fields.object == NULL ||
      !get_string (&fields, "title", FALSE, &row->title) || !get_string (&fields, "model", FALSE, &row->model) ||
      !get_string (&fields, "system_prompt", FALSE, &row->system_prompt) || !get_time (&fields, "updated", TRUE, &row->updated) ||
      (rows = parse_messages (fields.object, &local_error)) == NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  row->stream = -1;
  *messages = g_steal_pointer (&rows);
  return g_steal_pointer (&row);
}
