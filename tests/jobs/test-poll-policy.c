/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-error.h"
#include "yj-poll-policy.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
test_interval (void)
{
  gint64 last = 0;

  g_assert_cmpint (yj_poll_interval (0), ==, 2 * SECOND);
  g_assert_cmpint (yj_poll_interval (-90 * SECOND), ==, 2 * SECOND);
  g_assert_cmpint (yj_poll_interval (59 * 60 * SECOND), ==, 30 * SECOND);
  g_assert_cmpint (yj_poll_interval (3600 * SECOND), ==, 60 * SECOND);
  /* no upper age */
  g_assert_cmpint (yj_poll_interval (400 * 24 * 3600 * SECOND), ==, 60 * SECOND);

  for (gint64 age = 0; age < 7200 * SECOND; age += 5 * SECOND)
    {
      g_assert_cmpint (yj_poll_interval (age), >=, last);
      last = yj_poll_interval (age);
    }
}

/* A thousand clients, one job each: in the first hour none asks more than 250 times, after it once a minute. */
static void
test_not_felt (void)
{
  gint64 age = 0;
  guint n = 0;

  for (; age < 3600 * SECOND; n++)
    age += yj_poll_delay (age, 0, 0, 0.0);
  g_assert_cmpuint (n, <, 250);
  g_assert_cmpint (yj_poll_delay (age, 0, 0, 0.0), ==, 48 * SECOND);
}

static void
test_jitter (void)
{
  g_assert_cmpint (yj_poll_jitter (10 * SECOND, 0.0), ==, 8 * SECOND);
  g_assert_cmpint (yj_poll_jitter (10 * SECOND, 0.5), ==, 10 * SECOND);
  g_assert_cmpint (yj_poll_jitter (10 * SECOND, 1.0), ==, 12 * SECOND);
  g_assert_cmpint (yj_poll_jitter (10 * SECOND, 7.0), ==, 12 * SECOND);
}

static void
test_back_off (void)
{
  g_assert_cmpint (yj_poll_back_off (0), ==, 0);
  g_assert_cmpint (yj_poll_back_off (1), ==, 2 * SECOND);
  g_assert_cmpint (yj_poll_back_off (3), ==, 8 * SECOND);
  g_assert_cmpint (yj_poll_back_off (40), ==, 300 * SECOND);
  g_assert_cmpint (yj_poll_back_off (G_MAXUINT), ==, 300 * SECOND);
}

static void
test_retry_after (void)
{
  g_assert_cmpint (yj_poll_delay (0, 0, 90 * SECOND, 0.0), ==, 90 * SECOND);
  g_assert_cmpint (yj_poll_delay (7200 * SECOND, 0, SECOND, 0.5), ==, 60 * SECOND);
  /* a server's word is believed up to an hour, and never backwards */
  g_assert_cmpint (yj_poll_delay (0, 0, 7 * 24 * 3600 * SECOND, 0.5), ==, 3600 * SECOND);
  g_assert_cmpint (yj_poll_delay (0, 0, -SECOND, 0.5), ==, 2 * SECOND);
}

static void
test_turn (void)
{
  g_assert_cmpint (yj_poll_turn (0, 1.0), ==, 0);
  g_assert_cmpint (yj_poll_turn (1, 0.5), ==, SECOND / 5);
  g_assert_cmpint (yj_poll_turn (100, 0.0), ==, 16 * SECOND);
}

static void
test_gone (void)
{
  g_assert_false (yj_poll_is_gone (59 * SECOND, 59 * SECOND));
  g_assert_false (yj_poll_is_gone (3600 * SECOND, 0));
  g_assert_true (yj_poll_is_gone (3600 * SECOND, 31 * SECOND));
}

static YjVerdict
verdict (GQuark domain,
         int    code)
{
  g_autoptr(GError) error = g_error_new_literal (domain, code, "");

  return yj_poll_submit_verdict (error);
}

static void
test_verdict (void)
{
  g_assert_cmpint (verdict (YJ_ERROR, YJ_ERROR_UNSENT), ==, YJ_VERDICT_UNSENT);
  g_assert_cmpint (verdict (YJ_ERROR, YJ_ERROR_RATE_LIMIT), ==, YJ_VERDICT_UNSENT);
  g_assert_cmpint (verdict (YJ_ERROR, YJ_ERROR_UNAUTHORIZED), ==, YJ_VERDICT_REFUSED);
  g_assert_cmpint (verdict (YJ_ERROR, YJ_ERROR_BALANCE), ==, YJ_VERDICT_REFUSED);
  g_assert_cmpint (verdict (YJ_ERROR, YJ_ERROR_REFUSED), ==, YJ_VERDICT_REFUSED);
  g_assert_cmpint (verdict (YJ_ERROR, YJ_ERROR_CANCELLED), ==, YJ_VERDICT_CANCELLED);
  g_assert_cmpint (verdict (YJ_ERROR, YJ_ERROR_AMBIGUOUS), ==, YJ_VERDICT_UNCONFIRMED);
  /* a file that cannot be read was told before anything could be accepted */
  g_assert_cmpint (verdict (G_IO_ERROR, G_IO_ERROR_NOT_FOUND), ==, YJ_VERDICT_REFUSED);
  /* whatever is not known to be harmless */
  g_assert_cmpint (verdict (YJ_ERROR, YJ_ERROR_SERVER), ==, YJ_VERDICT_UNCONFIRMED);
  g_assert_cmpint (verdict (YJ_ERROR, YJ_ERROR_PROTOCOL), ==, YJ_VERDICT_UNCONFIRMED);
  g_assert_cmpint (verdict (YJ_ERROR, YJ_ERROR_CUT), ==, YJ_VERDICT_UNCONFIRMED);
  g_assert_cmpint (verdict (G_IO_ERROR, G_IO_ERROR_CANCELLED), ==, YJ_VERDICT_UNCONFIRMED);
  g_assert_cmpint (verdict (YJ_ERROR, 4711), ==, YJ_VERDICT_UNCONFIRMED);
  g_assert_cmpint (verdict (G_FILE_ERROR, G_FILE_ERROR_IO), ==, YJ_VERDICT_UNCONFIRMED);
}

static void
test_clock (void)
{
  gint64 before = yj_poll_now (), asleep = yj_poll_asleep ();

  g_usleep (1000);
  g_assert_cmpint (yj_poll_now (), >, before);
  g_assert_false (yj_poll_has_slept (asleep, yj_poll_asleep ()));
}

static void
test_slept (void)
{
  g_assert_false (yj_poll_has_slept (70 * SECOND, 70 * SECOND));
  g_assert_false (yj_poll_has_slept (70 * SECOND, 71 * SECOND));
  g_assert_true (yj_poll_has_slept (70 * SECOND, 80 * SECOND));
  g_assert_true (yj_poll_has_slept (0, 8 * 3600 * SECOND));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/poll-policy/interval", test_interval);
  g_test_add_func ("/poll-policy/not-felt", test_not_felt);
  g_test_add_func ("/poll-policy/jitter", test_jitter);
  g_test_add_func ("/poll-policy/back-off", test_back_off);
  g_test_add_func ("/poll-policy/retry-after", test_retry_after);
  g_test_add_func ("/poll-policy/turn", test_turn);
  g_test_add_func ("/poll-policy/gone", test_gone);
  g_test_add_func ("/poll-policy/verdict", test_verdict);
  g_test_add_func ("/poll-policy/clock", test_clock);
  g_test_add_func ("/poll-policy/slept", test_slept);

  return g_test_run ();
}
