/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-job.h"

static void
test_round_trip (void)
{
  for (int i = YJ_JOB_WAITING; i <= YJ_JOB_CANCELLED; i++)
    {
      YjJobState state = YJ_JOB_WAITING;

      g_assert_true (yj_job_state_from_string (yj_job_state_to_string (i), &state));
      g_assert_cmpint (state, ==, i);
    }
}

static void
test_unknown (void)
{
  YjJobState state = YJ_JOB_READY;

  g_assert_false (yj_job_state_from_string ("no such state", &state));
  g_assert_false (yj_job_state_from_string (NULL, &state));
  g_assert_cmpint (state, ==, YJ_JOB_READY);
}

static void
test_unconfirmed_stays (void)
{
  g_assert_true (yj_job_state_is_final (YJ_JOB_UNCONFIRMED));
  g_assert_false (yj_job_state_is_final (YJ_JOB_SUBMITTING));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job-state/round-trip", test_round_trip);
  g_test_add_func ("/job-state/unknown", test_unknown);
  g_test_add_func ("/job-state/unconfirmed-stays", test_unconfirmed_stays);

  return g_test_run ();
}
