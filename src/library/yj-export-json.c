/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-export"

#include <json-glib/json-glib.h>
#include <string.h>

#include "yj-export-json.h"

/* ---------------------------------------------------------------- times */

char *
yj_export_dup_time (gint64 time)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *whole = date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%S") : g_strdup ("1970-01-01T00:00:00");

  return g_strdup_printf ("%s.%06dZ", whole, (int) (time % G_USEC_PER_SEC));
}

gint64
yj_export_read_time (const char *string)
{
  g_autoptr(GDateTime) date = NULL;
  g_autofree char *whole = NULL;
  gint64 fraction = 0;

  /* GLib reads the seconds as a floating number, which is not exact: so the fraction is ours. */
  if (strlen (string) != strlen ("1970-01-01T00:00:00.000000Z") || string[19] != '.' || string[26] != 'Z')
    return -1;
  for (guint i = 20; i < 26; i++)
    {
      if (!g_ascii_isdigit (string[i]))
        return -1;
      fraction = fraction * 10 + string[i] - '0';
    }
  whole = g_strdup_printf ("%.19sZ", string);
  date = g_date_time_new_from_iso8601 (whole, NULL);
  if (date == NULL || g_date_time_to_unix (date) < 0)
    return -1;
  return g_date_time_to_unix (date) * G_USEC_PER_SEC + fraction;
}

/* ---------------------------------------------------------------- fields */

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (value == NULL || *value == '\0')
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_time (JsonBuilder *builder,
          const char  *name,
          gint64       time)
{
  g_autofree char *string = yj_export_dup_time (time);

  add_string (builder, name, string);
}

/* Left out: what says that nothing is known. */
static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value,
         gint64       unknown)
{
  if (value == unknown)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static char *
write_object (JsonBuilder *builder)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

/* Members of an object, without its braces. */
void
yj_export_json_head (const YjConversationRow *conversation,
                     GString                 *target)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *object = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "format", YJ_EXPORT_FORM);
  add_int (builder, "version", YJ_EXPORT_VERSION, 0);
  add_string (builder, "title", conversation->title);
  add_string (builder, "model", conversation->model);
  add_string (builder, "system_prompt", conversation->system_prompt);
  add_time (builder, "updated", conversation->updated);
  object = write_object (builder);
  g_string_append_len (target, object, strlen (object) - 1);
  g_string_append (target, ",\"messages\":[\n");
}

void
yj_export_json_message (const YjMessageRow *message,
                        gboolean            first,
                        GString            *target)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *object = NULL;

  json_builder_begin_object (builder);
  add_int (builder, "id", message->id, 0);
  add_int (builder, "parent", message->parent, 0);
  add_string (builder, "role", yj_message_role_to_string (message->role));
  add_string (builder, "state", yj_message_state_to_string (message->state));
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, message->text->str);
  add_string (builder, "reasoning", message->reasoning->str);
  add_string (builder, "model", message->model);
  add_string (builder, "error", message->error);
  add_int (builder, "error_code", message->error_code, -1);
  add_time (builder, "created", message->created);
  if (message->chosen != 0)
    add_time (builder, "chosen", message->chosen);
  add_int (builder, "continued", message->continued, 0);
  add_int (builder, "prompt_tokens", message->prompt_tokens, -1);
  add_int (builder, "completion_tokens", message->completion_tokens, -1);
  add_int (builder, "cached_tokens", message->cached_tokens, -1);
  add_int (builder, "first_token_us", message->first_token_us, -1);
  add_int (builder, "duration_us", message->duration_us, -1);
  add_int (builder, "reasoning_us", message->reasoning_us, -1);
  add_string (builder, "usage_id", message->usage_id);
  object = write_object (builder);
  if (!first)
    g_string_append (target, ",\n");
  g_string_append (target, object);
}
