/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cli.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "yj-ledger.h"
#include "yj-usage-cap.h"

/* Of a figure, what is to be read: up to two decimals, and never cut to so many digits. */
static char *
dup_amount (double amount)
{
  return g_strdup_printf (fabs (amount - round (amount)) < 0.005 ? "%.0f" : "%.2f", amount);
}

static void
append_figure (GString    *text,
               const char *name,
               double      amount)
{
  g_autofree char *figure = dup_amount (amount);

  g_string_append_printf (text, "\n  %s: %s", name, figure);
}

/* "Vidu: credits" of "Vidu/credits". */
static char *
dup_unit (YjCli      *cli,
          const char *unit)
{
  const char *slash = strrchr (unit, '/');
  g_autofree char *key = slash != NULL ? g_strndup (unit, slash - unit) : NULL;
  g_autofree char *provider = yj_ledger_dup_provider_name (yj_session_get_catalog (cli->session), key);

  /* translators: %1$s: a provider, %2$s: the platform's own name of a figure: "Vidu: credits" */
  return slash != NULL ? g_strdup_printf (_("%1$s: %2$s"), provider, slash + 1) : g_strdup (_("Videos"));
}

static void
say_crossed (YjCli                *cli,
             const char           *unit,
             double                limit,
             const YjUsageVerdict *verdict)
{
  gboolean jobs = g_str_equal (unit, YJ_USAGE_CAP_JOBS);
  g_autofree char *name = dup_unit (cli, unit);
  g_autoptr(GString) text = g_string_new (NULL);

  append_figure (text, _("Limit"), limit);
  append_figure (text, jobs ? _("Ordered") : _("Used, as far as replies told"), verdict->spent);
  if (verdict->under_way > 0)
    append_figure (text, jobs ? _("Waiting to be sent") : _("Under way, by jobs like it"), verdict->under_way);
  if (verdict->coming > 0)
    append_figure (text, jobs ? _("This order") : _("This order, by jobs like it"), verdict->coming);
  if (verdict->n_unknown > 0)
    {
      g_string_append (text, "\n  ");
      g_string_append_printf (text, ngettext ("What %d job takes is not known: no reply to one like it has told.",
                                              "What %d jobs take is not known: no reply to one like them has told.",
                                              verdict->n_unknown), (int) verdict->n_unknown);
    }
  yj_cli_say (_("yuanjing-cli: This order may cross your limit of this month, which counts %s.%s"), name, text->str);
  yj_cli_say (_("Nothing was sent. “--over-limit” sends it all the same; the limit itself is set in the window, under Usage."));
}

/**
 * yj_cli_check_limit:
 * @cli: the program, with a platform
 * @draft: what is to be ordered
 *
 * Asks whether the limit of this month, which the person has set in the window, may be crossed, and says so then.
 *
 * Returns: %YJ_EXIT_DONE when it stays within, or there is none; else what to exit with
 */
int
yj_cli_check_limit (YjCli   *cli,
                    YjDraft *draft)
{
  YjJobQueue *queue = yj_session_get_queue (cli->session);
  g_autoptr(GSettings) settings = yj_cli_new_settings ("usage-limit-unit");
  g_autoptr(GPtrArray) drafts = g_ptr_array_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *unit = settings != NULL ? g_settings_get_string (settings, "usage-limit-unit") : NULL;
  YjUsageVerdict verdict;
  double limit;

  if (unit == NULL || (!g_str_equal (unit, YJ_USAGE_CAP_JOBS) && strchr (unit, '/') == NULL))
    return YJ_EXIT_DONE;

  limit = g_settings_get_double (settings, "usage-limit");
  g_ptr_array_add (drafts, draft);
  yj_usage_cap_judge_async (queue, unit, limit, drafts, 1, cli->cancellable, yj_cli_take_result, &result);
  yj_cli_wait_for (result != NULL);
  if (!yj_usage_cap_judge_finish (queue, result, &verdict, &error))
    {
      yj_cli_say (_("Nothing was sent."));
      return cli->interrupted ? YJ_EXIT_INTERRUPTED : yj_cli_fail (error);
    }
  if (!verdict.asks)
    return YJ_EXIT_DONE;
  say_crossed (cli, unit, limit, &verdict);
  return YJ_EXIT_INVALID;
}
