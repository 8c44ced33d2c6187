/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people and scripts read. */
#include "yj-cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/**
 * yj_cli_plain:
 * @text: text from a server, a file or a person
 * @fd: where it will be written
 *
 * On a terminal control characters could move the cursor, change its title or type for the person: only line feeds and
 * tabs are left. A file or pipe gets the text as it is.
 *
 * Returns: (transfer full): what to write
 */
char *
yj_cli_plain (const char *text,
              int         fd)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *result;

  if (!isatty (fd))
    return g_steal_pointer (&valid);

  result = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t' || !g_unichar_iscntrl (c))
        g_string_append_unichar (result, c);
    }
  return g_string_free_and_steal (result);
}

static void
print_valist (FILE       *stream,
              const char *format,
              va_list     args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  fputs (text, stream);
  fflush (stream);
}

/**
 * yj_cli_print:
 * @format: as for printf()
 * @...: as for printf()
 *
 * Writes to standard output, UTF-8 in every locale.
 */
void
yj_cli_print (const char *format,
              ...)
{
  va_list args;

  va_start (args, format);
  print_valist (stdout, format, args);
  va_end (args);
}

/**
 * yj_cli_say:
 * @format: as for printf(), a whole sentence
 * @...: as for printf()
 *
 * Writes a line to standard error, for people.
 */
void
yj_cli_say (const char *format,
            ...)
{
  g_autofree char *text = NULL, *plain = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  plain = yj_cli_plain (text, STDERR_FILENO);
  fprintf (stderr, "%s\n", plain);
  fflush (stderr);
}

/**
 * yj_cli_print_json:
 * @builder: has one object
 *
 * Writes the object on one line of standard output.
 */
void
yj_cli_print_json (JsonBuilder *builder)
{
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);

  yj_cli_print ("%s\n", text);
}

/**
 * yj_cli_add_string:
 * @builder: in an object
 * @name: a member
 * @value: (nullable): its value, %NULL: `null`
 */
void
yj_cli_add_string (JsonBuilder *builder,
                   const char  *name,
                   const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * yj_cli_add_int:
 * @builder: in an object
 * @name: a member
 * @value: its value, below 0: `null`
 */
void
yj_cli_add_int (JsonBuilder *builder,
                const char  *name,
                gint64       value)
{
  json_builder_set_member_name (builder, name);
  if (value >= 0)
    json_builder_add_int_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * yj_cli_add_raw:
 * @builder: in an object
 * @name: a member
 * @json: (nullable): its value as JSON; `null` where it is none
 */
void
yj_cli_add_raw (JsonBuilder *builder,
                const char  *name,
                const char  *json)
{
  JsonNode *node = json != NULL ? json_from_string (json, NULL) : NULL;

  json_builder_set_member_name (builder, name);
  if (node != NULL)
    json_builder_add_value (builder, node);
  else
    json_builder_add_null_value (builder);
}
