/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-job.h"

static const char * const state_names[] = {
  [YJ_JOB_WAITING] = "waiting",
  [YJ_JOB_SUBMITTING] = "submitting",
  [YJ_JOB_UNCONFIRMED] = "unconfirmed",
  [YJ_JOB_CREATED] = "created",
  [YJ_JOB_PENDING] = "pending",
  [YJ_JOB_RUNNING] = "running",
  [YJ_JOB_DOWNLOADING] = "downloading",
  [YJ_JOB_READY] = "ready",
  [YJ_JOB_FAILED] = "failed",
  [YJ_JOB_EXPIRED] = "expired",
  [YJ_JOB_CANCELLED] = "cancelled",
};

/**
 * yj_job_state_to_string:
 * @state: a state
 *
 * Returns: (transfer none): its name in the library and in scripts, such as `unconfirmed`
 */
const char *
yj_job_state_to_string (YjJobState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

/**
 * yj_job_state_from_string:
 * @string: (nullable): a name
 * @state: (out): the state
 *
 * Returns: whether @string names a state; @state is unchanged when it does not
 */
gboolean
yj_job_state_from_string (const char *string,
                          YjJobState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (string, state_names[i]) == 0)
      {
        *state = (YjJobState) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * yj_job_state_is_final:
 * @state: a state
 *
 * Returns: whether nothing more happens to a job in @state by itself; `unconfirmed` is final in this sense
 */
gboolean
yj_job_state_is_final (YjJobState state)
{
  switch (state)
    {
    case YJ_JOB_UNCONFIRMED:
    case YJ_JOB_READY:
    case YJ_JOB_FAILED:
    case YJ_JOB_EXPIRED:
    case YJ_JOB_CANCELLED:
      return TRUE;
    case YJ_JOB_WAITING:
    case YJ_JOB_SUBMITTING:
    case YJ_JOB_CREATED:
    case YJ_JOB_PENDING:
    case YJ_JOB_RUNNING:
    case YJ_JOB_DOWNLOADING:
      return FALSE;
    }

  g_return_val_if_reached (TRUE);
}
