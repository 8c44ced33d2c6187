/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-result-text"

#include "yj-result-text.h"

#include <glib/gi18n-lib.h>

#include "yj-title.h"

/**
 * yj_result_text_dup_name:
 * @finding: what was found
 *
 * Returns: (transfer full): its title, or what its prompt says first; never empty, as a shell would drop all results
 */
char *
yj_result_text_dup_name (const YjFinding *finding)
{
  gboolean job = yj_finder_is_job (finding->name);
  g_autofree char *text = NULL;

  if (finding->text != NULL)
    text = job ? yj_title_make (finding->text) : g_strdup (finding->text);
  if (text == NULL || *text == '\0')
    g_set_str (&text, job ? _("Video") : _("New Chat"));

  return g_steal_pointer (&text);
}

static int
get_day (GDateTime *date)
{
  g_autoptr(GDate) day = g_date_new_dmy (g_date_time_get_day_of_month (date), g_date_time_get_month (date), g_date_time_get_year (date));

  return g_date_get_julian (day);
}

static char *
dup_day (gint64 when,
         gint64 now)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local_usec (when);
  g_autoptr(GDateTime) today = g_date_time_new_from_unix_local_usec (now);

  if (get_day (then) >= get_day (today))
    return g_strdup (_("Today"));
  if (get_day (then) == get_day (today) - 1)
    return g_strdup (_("Yesterday"));

  /* translators: the date of something found, as for g_date_time_format () */
  return g_date_time_format (then, g_date_time_get_year (then) == g_date_time_get_year (today) ? _("%-d %B") : _("%-d %B %Y"));
}

static const char *
get_state (const YjFinding *finding)
{
  static const struct { const char *state, *text; } states[] = {
    { "unconfirmed", N_("Unconfirmed") },
    { "failed", N_("Failed") },
    { "expired", N_("No longer kept by the platform") },
    { "cancelled", N_("Withdrawn") },
    { "ready", NULL },          /* a video: its length says it */
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (finding->state, states[i].state) == 0)
      return states[i].text != NULL ? _(states[i].text) : NULL;

  return _("On Its Way");
}

static void
add (GString    *text,
     const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static void
add_job (GString         *text,
         const YjFinding *finding,
         YjCatalog       *catalog)
{
  YjModel *model = finding->model_id != NULL ? yj_catalog_find_by_id (catalog, finding->model_id) : NULL;
  g_autofree char *duration = NULL;
  int seconds = (int) ((finding->duration + 500000000) / 1000000000);

  if (seconds > 0)
    duration = g_strdup_printf ("%d:%02d", seconds / 60, seconds % 60);
  add (text, get_state (finding));
  add (text, duration);
  add (text, model != NULL ? yj_model_get_title (model) : finding->model_name);
}

/**
 * yj_result_text_dup_description:
 * @finding: what was found
 * @catalog: the models
 * @now: µs since 1970, UTC
 *
 * One line: around the words, where the name does not have them, else what kind of thing it is and of when.
 *
 * Returns: (transfer full): a line, empty for what is gone
 */
char *
yj_result_text_dup_description (const YjFinding *finding,
                                YjCatalog       *catalog,
                                gint64           now)
{
  g_autoptr(GString) text = g_string_new (finding->snippet);
  g_autofree char *day = NULL;

  if (finding->text == NULL || finding->snippet != NULL)
    return g_string_free_and_steal (g_steal_pointer (&text));

  day = dup_day (finding->when, now);
  if (yj_finder_is_job (finding->name))
    add_job (text, finding, catalog);
  else
    add (text, _("Chat"));
  add (text, day);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * yj_result_text_new_icon:
 * @finding: what was found
 *
 * Returns: (transfer full): the poster of a video, else the program's own icon
 */
GIcon *
yj_result_text_new_icon (const YjFinding *finding)
{
  g_autoptr(GFile) cover = NULL;

  if (finding->cover == NULL)
    return g_themed_icon_new (YJ_APP_ID);

  cover = g_file_new_for_path (finding->cover);
  return g_file_icon_new (cover);
}
