/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-poll-policy.h"

#include <time.h>

#include "yj-error.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/**
 * yj_poll_now:
 *
 * The clock of all waiting here. It runs on while the machine sleeps, so that what fell due meanwhile is done at once
 * after it wakes, and setting the wall clock does not move it.
 *
 * Returns: µs since an unknown moment
 */
gint64
yj_poll_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);

  return (gint64) now.tv_sec * SECOND + now.tv_nsec / 1000;
}

/**
 * yj_poll_asleep:
 *
 * Returns: µs that the machine has slept since it was started
 */
gint64
yj_poll_asleep (void)
{
  struct timespec awake;

  clock_gettime (CLOCK_MONOTONIC, &awake);

  return yj_poll_now () - ((gint64) awake.tv_sec * SECOND + awake.tv_nsec / 1000);
}

/**
 * yj_poll_has_slept:
 * @before: what [func@Yj.poll_asleep] gave then
 * @now: what it gives now
 *
 * Returns: whether the machine has slept for longer than a hiccup meanwhile
 */
gboolean
yj_poll_has_slept (gint64 before,
                   gint64 now)
{
  return now - before > 5 * SECOND;
}

/**
 * yj_poll_interval:
 * @age: µs since the job was sent; below 0 (the clock was set) counts as 0
 *
 * The platform itself looks every 10 to 30 seconds: asking quickly wins nothing beyond the first minutes.
 *
 * Returns: µs between two questions: 2 s at first, 60 s in the end
 */
gint64
yj_poll_interval (gint64 age)
{
  if (age < 30 * SECOND)
    return 2 * SECOND;
  if (age < 2 * MINUTE)
    return 5 * SECOND;
  if (age < 10 * MINUTE)
    return 10 * SECOND;
  if (age < HOUR)
    return 30 * SECOND;

  return 60 * SECOND;
}

/**
 * yj_poll_back_off:
 * @n_errors: errors in a row
 *
 * Returns: µs to wait after them: 0, 2 s, 4 s, 8 s, … at most 5 min
 */
gint64
yj_poll_back_off (guint n_errors)
{
  if (n_errors == 0)
    return 0;

  return MIN (SECOND << MIN (n_errors, 16), 5 * MINUTE);
}

/**
 * yj_poll_jitter:
 * @delay: µs
 * @random: 0.0 to 1.0
 *
 * Returns: @delay moved by up to 20 % either way, so that many clients do not ask in step
 */
gint64
yj_poll_jitter (gint64 delay,
                double random)
{
  return (gint64) ((double) delay * (0.8 + 0.4 * CLAMP (random, 0.0, 1.0)));
}

/**
 * yj_poll_delay:
 * @age: µs since the job was sent
 * @n_errors: errors in a row
 * @retry_after: what the platform asked for in µs, 0: nothing; obeyed up to an hour
 * @random: 0.0 to 1.0
 *
 * Returns: µs until the next question
 */
gint64
yj_poll_delay (gint64 age,
               guint  n_errors,
               gint64 retry_after,
               double random)
{
  gint64 delay = yj_poll_jitter (MAX (yj_poll_interval (age), yj_poll_back_off (n_errors)), random);

  return MAX (delay, CLAMP (retry_after, 0, HOUR));
}

/**
 * yj_poll_turn:
 * @n: how many jobs are asked about before this one
 * @random: 0.0 to 1.0
 *
 * When a program starts, wakes or finds the network again, all its jobs are due. Each gets its turn: the first at once,
 * then five a second.
 *
 * Returns: µs to wait
 */
gint64
yj_poll_turn (guint  n,
              double random)
{
  return n == 0 ? 0 : yj_poll_jitter (n * (SECOND / 5), random);
}

/**
 * yj_poll_is_gone:
 * @age: µs since the job was sent
 * @missed_for: µs since the platform first said that it does not know the task
 *
 * The platform answers a submission before it stores the task, and says "not exist" meanwhile.
 *
 * Returns: whether to believe it: not in the first minute, and later only when it says so again after half a minute
 */
gboolean
yj_poll_is_gone (gint64 age,
                 gint64 missed_for)
{
  return age >= MINUTE && missed_for >= 30 * SECOND;
}

/**
 * yj_poll_submit_verdict:
 * @error: what a paid request ended with
 *
 * Whatever is not known to be harmless is unconfirmed.
 *
 * Returns: what becomes of the job
 */
YjVerdict
yj_poll_submit_verdict (const GError *error)
{
  g_return_val_if_fail (error != NULL, YJ_VERDICT_UNCONFIRMED);

  /* a file to be sent that is missing: the request was not begun */
  if (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED)
    return YJ_VERDICT_REFUSED;
  if (error->domain != YJ_ERROR)
    return YJ_VERDICT_UNCONFIRMED;

  switch ((YjError) error->code)
    {
    case YJ_ERROR_UNSENT:
    case YJ_ERROR_RATE_LIMIT:
      return YJ_VERDICT_UNSENT;
    case YJ_ERROR_UNAUTHORIZED:
    case YJ_ERROR_BALANCE:
    case YJ_ERROR_INVALID_REQUEST:
    case YJ_ERROR_NOT_FOUND:
    case YJ_ERROR_REFUSED:
      return YJ_VERDICT_REFUSED;
    case YJ_ERROR_CANCELLED:
      return YJ_VERDICT_CANCELLED;
    case YJ_ERROR_SERVER:
    case YJ_ERROR_PROTOCOL:
    case YJ_ERROR_AMBIGUOUS:
    case YJ_ERROR_CUT:
      return YJ_VERDICT_UNCONFIRMED;
    }

  return YJ_VERDICT_UNCONFIRMED;
}
