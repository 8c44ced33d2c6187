/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of settings as people read them. */
#include "yj-model.h"

#include <glib/gi18n.h>
#include <string.h>

#define NO_BREAK_SPACE "\302\240"

static gboolean
is_times (const char *p)
{
  return g_str_has_prefix (p, "×");
}

/**
 * yj_text_keep_figures:
 * @text: (transfer full): a few words
 *
 * Puts no-break spaces between figures and what they count, and around “×”, so that no line ends there: in "12 s",
 * "2 pictures", "1280 × 720".
 *
 * Returns: (transfer full): the words
 */
char *
yj_text_keep_figures (char *text)
{
  GString *kept;

  g_return_val_if_fail (text != NULL, NULL);

  kept = g_string_sized_new (strlen (text) + 4);
  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean after = kept->len > 0 && (g_ascii_isdigit (kept->str[kept->len - 1]) || g_str_has_suffix (kept->str, "×"));

      if (*p == ' ' && (after || is_times (p + 1)))
        g_string_append (kept, NO_BREAK_SPACE);
      else
        g_string_append_c (kept, *p);
    }
  g_free (text);

  return g_string_free_and_steal (kept);
}

/**
 * yj_meaning_dup_value:
 * @meaning: what a parameter means, such as `ratio`
 * @value: a value of it as the platform knows it, such as `adaptive`, `5` or `1280*720`
 *
 * Returns: (transfer full): the value as people read it, translated: "Adaptive", "5 s", "1280 × 720"
 */
char *
yj_meaning_dup_value (const char *meaning,
                      const char *value)
{
  g_return_val_if_fail (meaning != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  if (g_str_equal (meaning, "negative-prompt"))
    return g_strdup (value);
  if (g_ascii_strcasecmp (value, "adaptive") == 0)
    return g_strdup (_("Adaptive"));
  if (g_ascii_strcasecmp (value, "keep_ratio") == 0)
    return g_strdup (_("Keep Ratio"));
  if (g_str_equal (meaning, "off-peak"))
    return g_strdup (g_str_equal (value, "Y") ? _("Yes") : _("No"));
  if (g_str_equal (meaning, "duration"))
    /* translators: %s: a number of seconds */
    return yj_text_keep_figures (g_strdup_printf (_("%s s"), value));
  if (g_str_equal (meaning, "size"))
    {
      g_autoptr(GString) text = g_string_new (value);

      g_string_replace (text, "*", " × ", 1);
      return yj_text_keep_figures (g_string_free_and_steal (g_steal_pointer (&text)));
    }

  return g_strdup (value);
}

/**
 * yj_parameter_dup_value:
 * @self: a parameter
 * @value: one of its values
 *
 * Returns: (transfer full): the value as people read it, the same wherever it is shown: "Adaptive", "5 s", "Yes"
 */
char *
yj_parameter_dup_value (YjParameter *self,
                        const char  *value)
{
  g_return_val_if_fail (YJ_IS_PARAMETER (self), NULL);
  g_return_val_if_fail (value != NULL, NULL);

  switch (yj_parameter_get_value_type (self))
    {
    case YJ_PARAMETER_SWITCH:
      return g_strdup (g_str_equal (value, "Y") ? _("Yes") : _("No"));
    case YJ_PARAMETER_TEXT:
      return g_strdup (value);
    case YJ_PARAMETER_CHOICE:
    case YJ_PARAMETER_INTEGER:
      break;
    }

  return yj_meaning_dup_value (yj_parameter_get_meaning (self), value);
}
