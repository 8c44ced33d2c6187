/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-day"

#include "yj-day.h"

#include <glib/gi18n.h>

#define WEEK 7                  /* days that have not become a month yet */
#define LONGEST_SLEEP 600       /* s, between looks at the date */

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

/**
 * yj_day_dup_title:
 * @time: µs since 1970, UTC
 * @now: the same, of this moment
 *
 * Returns: (transfer full): the name of the day of @time, with the year only when it is not this one
 */
char *
yj_day_dup_title (gint64 time,
                  gint64 now)
{
  g_autoptr(GDateTime) then = get_local (time);
  g_autoptr(GDateTime) today = get_local (now);

  switch (yj_day_get_group (time, now))
    {
    case 0:
      return g_strdup (_("Today"));
    case 1:
      return g_strdup (_("Yesterday"));
    default:
      if (g_date_time_get_year (then) == g_date_time_get_year (today))
        /* translators: a day of this year, as for g_date_time_format () */
        return g_date_time_format (then, _("%A, %-d %B"));
      /* translators: a day of another year, as for g_date_time_format () */
      return g_date_time_format (then, _("%-d %B %Y"));
    }
}

/* ---- the next day */

struct _YjDayWatch
{
  GSourceOnceFunc func;
  gpointer        user_data;
  gint64          day;          /* its begin, µs since 1970, UTC */
  guint           source;
};

static gboolean
look_cb (gpointer user_data)
{
  YjDayWatch *self = user_data;
  gint64 now = g_get_real_time ();
  gint64 day = yj_day_get_start (now);
  gboolean other = day != self->day;
  gint64 next;

  self->day = day;
  /* No day has more than 25 hours. A machine that slept is behind its own clock: it looks again before long. */
  next = yj_day_get_start (day + 26 * G_TIME_SPAN_HOUR);
  self->source = g_timeout_add_seconds (MIN ((next - now) / G_USEC_PER_SEC + 1, LONGEST_SLEEP), look_cb, self);
  if (other)
    self->func (self->user_data);
  return G_SOURCE_REMOVE;
}

/**
 * yj_day_watch_new:
 * @func: called when a day begins
 * @user_data: for @func
 *
 * Returns: (transfer full): what sees to it, until it is freed
 */
YjDayWatch *
yj_day_watch_new (GSourceOnceFunc func,
                  gpointer        user_data)
{
  YjDayWatch *self = g_new0 (YjDayWatch, 1);

  self->func = func;
  self->user_data = user_data;
  self->day = yj_day_get_start (g_get_real_time ());
  look_cb (self);
  return self;
}

/**
 * yj_day_watch_free:
 * @self: (transfer full): a watch
 */
void
yj_day_watch_free (YjDayWatch *self)
{
  g_source_remove (self->source);
  g_free (self);
}
