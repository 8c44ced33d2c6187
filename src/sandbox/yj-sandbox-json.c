/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-json.h"

/*
 * JSON as the platform writes it: keys in a fixed order, a space after commas and colons, and, in streams, everything
 * beyond ASCII as \u escapes. json-glib's generator does neither.
 */

/**
 * yj_sandbox_json_append_string:
 * @json: where to
 * @string: (nullable): valid UTF-8; %NULL becomes `null`
 * @ascii: whether to escape everything beyond ASCII
 */
void
yj_sandbox_json_append_string (GString    *json,
                               const char *string,
                               gboolean    ascii)
{
  if (string == NULL)
    {
      g_string_append (json, "null");
      return;
    }

  g_string_append_c (json, '"');
  for (const char *p = string; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      switch (c)
        {
        case '"': g_string_append (json, "\\\""); break;
        case '\\': g_string_append (json, "\\\\"); break;
        case '\n': g_string_append (json, "\\n"); break;
        case '\r': g_string_append (json, "\\r"); break;
        case '\t': g_string_append (json, "\\t"); break;
        default:
          if (c < 0x20 || (ascii && c >= 0x7f && c < 0x10000))
            g_string_append_printf (json, "\\u%04x", c);
          else if (ascii && c >= 0x10000)
            g_string_append_printf (json, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
          else
            g_string_append_unichar (json, c);
        }
    }
  g_string_append_c (json, '"');
}

/**
 * yj_sandbox_json_quote:
 * @string: (nullable): valid UTF-8
 * @ascii: whether to escape everything beyond ASCII
 *
 * Returns: (transfer full): @string as a JSON value
 */
char *
yj_sandbox_json_quote (const char *string,
                       gboolean    ascii)
{
  GString *json = g_string_new (NULL);

  yj_sandbox_json_append_string (json, string, ascii);

  return g_string_free_and_steal (json);
}

/**
 * yj_sandbox_json_error:
 * @message: what is wrong
 *
 * Returns: (transfer full): `{"error": MESSAGE}`, the platform's form of an error
 */
char *
yj_sandbox_json_error (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  g_autofree char *quoted = yj_sandbox_json_quote (valid, FALSE);

  return g_strdup_printf ("{\"error\": %s}", quoted);
}
