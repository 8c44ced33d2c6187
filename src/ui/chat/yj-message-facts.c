/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-message-facts"

#include "yj-message-facts.h"

#include <glib/gi18n.h>

static void
add (GString *facts,
     char    *fact)
{
  if (facts->len > 0)
    g_string_append (facts, " · ");
  g_string_append (facts, fact);
  g_free (fact);
}

/**
 * yj_message_facts_dup:
 * @message: an answer
 *
 * Puts into one line what is known of an answer: the model, tokens in and out, time to the first token, tokens a second.
 *
 * Returns: (transfer full): the line, without what is not known; "" when nothing is
 */
char *
yj_message_facts_dup (YjMessage *message)
{
  g_autoptr(GString) facts = g_string_new (NULL);
  const char *model = yj_message_get_model (message);
  gint64 in = yj_message_get_prompt_tokens (message);
  gint64 out = yj_message_get_completion_tokens (message);
  gint64 first = yj_message_get_first_token_us (message);
  gint64 duration = yj_message_get_duration_us (message);

  if (model != NULL && *model != '\0')
    add (facts, g_strdup (model));
  if (in >= 0 && out >= 0)
    /* translators: tokens that went to the model and that came from it */
    add (facts, g_strdup_printf (_("%d tokens in, %d out"), (int) in, (int) out));
  if (first >= 0)
    /* translators: seconds until the first token of an answer came */
    add (facts, g_strdup_printf (_("first after %.1f s"), first / 1e6));
  if (out > 1 && first >= 0 && duration - first > 10000)
    /* translators: tokens a second */
    add (facts, g_strdup_printf (_("%.0f tokens/s"), out * 1e6 / (duration - first)));
  return g_string_free_and_steal (g_steal_pointer (&facts));
}
