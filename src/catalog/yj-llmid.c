/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people paste for an llmid. */
#include "yj-catalog.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHORTEST 3
#define LONGEST 64              /* characters; those of the platform have 21 */

/* Without white space, quotation marks, and the name before it: llmid=abc, "llmid": "abc", */
static char *
dup_bare (const char *text)
{
  g_autoptr(GString) bare = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* the rest of a line that was pasted whole stays, and is complained about */
      if (!g_unichar_isspace (c) && c != '"' && c != '\'' && c != 0x201c && c != 0x201d && c != '`')
        g_string_append_unichar (bare, c == 0xff1a ? ':' : c);
    }
  if (g_ascii_strncasecmp (bare->str, "llmid", 5) == 0 && (bare->str[5] == '=' || bare->str[5] == ':'))
    g_string_erase (bare, 0, 6);
  if (bare->len > 0 && bare->str[bare->len - 1] == ',')
    g_string_truncate (bare, bare->len - 1);

  return g_string_free_and_steal (g_steal_pointer (&bare));
}

/**
 * yj_llmid_parse:
 * @text: what a person entered
 * @error: return location
 *
 * Takes an llmid out of what was typed or pasted, as `abc`, `llmid=abc` or `"llmid": "abc"`. Fails with
 * `YJ_CATALOG_ERROR_LLMID` and a whole sentence, translated, that says what is wrong.
 *
 * Returns: (transfer full) (nullable): the llmid
 */
char *
yj_llmid_parse (const char  *text,
                GError     **error)
{
  g_autofree char *bare = NULL;
  const char *p;

  g_return_val_if_fail (text != NULL, NULL);

  bare = dup_bare (text);
  for (p = bare; g_ascii_isalnum (*p) || (*p != '\0' && strchr ("-_.", *p) != NULL);)
    p++;
  if (*bare == '\0')
    g_set_error_literal (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_LLMID, _("Enter the id that the model plaza shows."));
  else if (*p != '\0')
    {
      g_autofree char *wrong = g_utf8_substring (p, 0, 1);

      g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_LLMID,
                   /* translators: %s: a character */
                   _("An id has only letters, digits, “-” and “_”; there is “%s” in this one."), wrong);
    }
  else if (strlen (bare) < SHORTEST || strlen (bare) > LONGEST)
    g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_LLMID,
                 /* translators: %1$d: characters of an id, %2$d and %3$d: how few and how many there can be */
                 _("This id has %1$d characters; an id has %2$d to %3$d."), (int) strlen (bare), SHORTEST, LONGEST);
  else
    return g_steal_pointer (&bare);

  return NULL;
}
