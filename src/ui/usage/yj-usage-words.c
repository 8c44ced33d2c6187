/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-usage-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "yj-usage-cap.h"

/**
 * yj_usage_words_dup_amount:
 * @amount: a figure
 *
 * Returns: (transfer full): it with at most two decimals and the digits grouped as the language does
 */
char *
yj_usage_words_dup_amount (double amount)
{
  g_autofree char *text = g_strdup_printf (fabs (amount - round (amount)) < 0.005 ? "%'.0f" : "%'.2f", amount);

  return g_locale_to_utf8 (text, -1, NULL, NULL, NULL);
}

static char *
dup_unit (const char *provider,
          const char *name)
{
  if (provider != NULL && *provider != '\0')
    /* translators: %1$s: a provider, %2$s: the platform's own name of a figure: "Vidu: credits" */
    return g_strdup_printf (_("%1$s: %2$s"), provider, name);
  if (g_str_equal (name, "prompt_tokens"))
    return g_strdup (_("Chat: tokens in"));
  if (g_str_equal (name, "completion_tokens"))
    return g_strdup (_("Chat: tokens out"));
  if (g_str_equal (name, "cached_tokens"))
    return g_strdup (_("Chat: of those in, cached"));

  /* translators: %s: the platform's own name of a figure */
  return g_strdup_printf (_("Chat: %s"), name);
}

/**
 * yj_usage_words_dup_unit:
 * @unit: a column of the ledger
 *
 * Returns: (transfer full): its name
 */
char *
yj_usage_words_dup_unit (const YjLedgerUnit *unit)
{
  return dup_unit (unit->provider, unit->name);
}

/**
 * yj_usage_words_dup_id:
 * @id: the id of a unit, or %YJ_USAGE_CAP_JOBS
 * @catalog: tells the provider's name
 *
 * Returns: (transfer full): its name
 */
char *
yj_usage_words_dup_id (const char *id,
                       YjCatalog  *catalog)
{
  const char *slash = strrchr (id, '/');
  g_autofree char *key = slash != NULL ? g_strndup (id, slash - id) : NULL;
  g_autofree char *provider = yj_ledger_dup_provider_name (catalog, key);

  return slash != NULL ? dup_unit (provider, slash + 1) : g_strdup (_("Videos"));
}

static char *
dup_time (const char *key)
{
  int year, month, day = 0;
  g_autoptr(GDateTime) time = NULL;

  if (sscanf (key, "%d-%d-%d", &year, &month, &day) < 2)
    return g_strdup (key);
  time = g_date_time_new_local (year, month, MAX (day, 1), 12, 0, 0);
  if (time == NULL)
    return g_strdup (key);

  /* translators: a day and a month, for g_date_time_format (); below: a month and a year */
  return g_date_time_format (time, day > 0 ? _("%B %-d") : _("%B %Y"));
}

/**
 * yj_usage_words_dup_key:
 * @key: of a row
 * @by: what the rows are for
 *
 * Returns: (transfer full): its name
 */
char *
yj_usage_words_dup_key (const char *key,
                        YjLedgerBy  by)
{
  if (by == YJ_LEDGER_BY_TIME)
    return dup_time (key);
  if (*key == '\0')
    return g_strdup (_("Not Known"));
  if (by == YJ_LEDGER_BY_MODEL)
    return g_strdup (key);
  if (g_str_equal (key, "t2v"))
    return g_strdup (_("Text to Video"));
  if (g_str_equal (key, "i2v"))
    return g_strdup (_("Image to Video"));
  if (g_str_equal (key, "r2v"))
    return g_strdup (_("References to Video"));

  return g_strdup (g_str_equal (key, "chat") ? _("Chat") : key);
}

/**
 * yj_usage_words_dup_counts:
 * @row: a row of the ledger
 *
 * Returns: (transfer full): how many there were
 */
char *
yj_usage_words_dup_counts (const YjLedgerRow *row)
{
  g_autofree char *videos = g_strdup_printf (ngettext ("%d video", "%d videos", (gulong) row->n_videos), (int) row->n_videos);
  g_autofree char *answers = g_strdup_printf (ngettext ("%d answer", "%d answers", (gulong) row->n_answers), (int) row->n_answers);

  if (row->n_answers == 0)
    return g_steal_pointer (&videos);
  if (row->n_videos == 0)
    return g_steal_pointer (&answers);

  /* translators: %1$s: "3 videos", %2$s: "20 answers" */
  return g_strdup_printf (_("%1$s and %2$s"), videos, answers);
}
