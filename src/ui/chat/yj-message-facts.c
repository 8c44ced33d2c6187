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

/* One token, or all of them at once, have no speed. */
static gboolean
has_speed (YjMessage *message)
{
  gint64 first = yj_message_get_first_token_us (message);

  return yj_message_get_completion_tokens (message) > 1 && first >= 0 && yj_message_get_duration_us (message) - first > 10000;
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
  if (has_speed (message))
    /* translators: tokens a second */
    add (facts, g_strdup_printf (_("%.0f tokens/s"), out * 1e6 / (duration - first)));
  if (yj_message_get_continued (message) > 0)
    /* translators: the answer was cut off and the model was asked to go on with it */
    add (facts, g_strdup (_("continued after a cut")));
  return g_string_free_and_steal (g_steal_pointer (&facts));
}

static void
free_fact (gpointer data)
{
  YjFact *fact = data;

  g_free (fact->name);
  g_free (fact->value);
  g_free (fact);
}

/* @value: (transfer full): NULL: not known */
static void
add_fact (GPtrArray  *facts,
          const char *name,
          char       *value)
{
  YjFact *fact;

  if (value == NULL || *value == '\0')
    {
      g_free (value);
      return;
    }
  fact = g_new0 (YjFact, 1);
  fact->name = g_strdup (name);
  fact->value = value;
  g_ptr_array_add (facts, fact);
}

static char *
dup_count (gint64 n)
{
  return n >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, n) : NULL;
}

static char *
dup_seconds (gint64 us)
{
  /* translators: a length of time in seconds */
  return us >= 0 ? g_strdup_printf (_("%.2f s"), us / 1e6) : NULL;
}

/**
 * yj_message_facts_list:
 * @message: an answer
 *
 * Returns: (transfer full) (element-type YjFact): all that is known of it, to be read one by one
 */
GPtrArray *
yj_message_facts_list (YjMessage *message)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (free_fact);
  gint64 first = yj_message_get_first_token_us (message);
  gint64 duration = yj_message_get_duration_us (message);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc_usec (yj_message_get_created (message));
  g_autoptr(GDateTime) created = g_date_time_to_local (utc);

  add_fact (facts, _("Model"), g_strdup (yj_message_get_model (message)));
  add_fact (facts, _("Tokens In"), dup_count (yj_message_get_prompt_tokens (message)));
  /* translators: how many of the tokens that went to the model it had in its memory and need not read again */
  add_fact (facts, _("Of Them Cached"), dup_count (yj_message_get_cached_tokens (message)));
  add_fact (facts, _("Tokens Out"), dup_count (yj_message_get_completion_tokens (message)));
  add_fact (facts, _("First Token After"), dup_seconds (first));
  add_fact (facts, _("Thinking"), dup_seconds (yj_message_get_reasoning_us (message)));
  add_fact (facts, _("Whole Answer"), dup_seconds (duration));
  if (has_speed (message))
    /* translators: tokens a second */
    add_fact (facts, _("Speed"), g_strdup_printf (_("%.1f tokens/s"), yj_message_get_completion_tokens (message) * 1e6 / (duration - first)));
  add_fact (facts, _("Asked At"), g_date_time_format (created, "%Y-%m-%d %H:%M:%S"));
  /* translators: the number under which the platform accounts for an answer */
  add_fact (facts, _("Usage ID"), g_strdup (yj_message_get_usage_id (message)));
  return facts;
}
