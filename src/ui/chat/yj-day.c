/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-day"

#include "yj-day.h"

#include <glib/gi18n.h>

#define WEEK 7                  /* days that have not become a month yet */

static GDateTime *
get_local (gint64 time)
{
  return g_date_time_new_from_unix_local_usec (time);
}

/* Days since the year 1 in local time. */
static int
get_day (GDateTime *date)
{
  g_autoptr(GDate) day = g_date_new_dmy (g_date_time_get_day_of_month (date), g_date_time_get_month (date), g_date_time_get_year (date));

  return g_date_get_julian (day);
}

/**
 * yj_day_get_group:
 * @time: µs since 1970, UTC
 * @now: the same, of this moment
 *
 * Which group of a list by days something belongs to: today, yesterday, the seven days before today, then by month.
 *
 * Returns: a number that grows with age
 */
int
yj_day_get_group (gint64 time,
                  gint64 now)
{
  g_autoptr(GDateTime) then = get_local (time);
  g_autoptr(GDateTime) today = get_local (now);
  int days = get_day (today) - get_day (then);

  if (days <= 0)
    return 0;
  if (days == 1)
    return 1;
  if (days <= WEEK)
    return 2;
  return 3 + (g_date_time_get_year (today) - g_date_time_get_year (then)) * 12 +
         g_date_time_get_month (today) - g_date_time_get_month (then);
}

/**
 * yj_day_get_start:
 * @time: µs since 1970, UTC
 *
 * Returns: when the day of @time began where we are, µs since 1970, UTC
 */
gint64
yj_day_get_start (gint64 time)
{
  g_autoptr(GDateTime) then = get_local (time);
  g_autoptr(GDateTime) start = g_date_time_new_local (g_date_time_get_year (then), g_date_time_get_month (then),
                                                      g_date_time_get_day_of_month (then), 0, 0, 0);

  return g_date_time_to_unix_usec (start);
}

/**
 * yj_day_dup_group_title:
 * @time: µs since 1970, UTC
 * @now: the same, of this moment
 *
 * Returns: (transfer full): the name of the group that [func@Yj.day_get_group] puts @time into
 */
char *
yj_day_dup_group_title (gint64 time,
                        gint64 now)
{
  g_autoptr(GDateTime) then = get_local (time);

  switch (yj_day_get_group (time, now))
    {
    case 0:
      return g_strdup (_("Today"));
    case 1:
      return g_strdup (_("Yesterday"));
    case 2:
      return g_strdup (_("Previous 7 Days"));
    default:
      /* translators: month and year, as for g_date_time_format () */
      return g_date_time_format (then, _("%OB %Y"));
    }
}
