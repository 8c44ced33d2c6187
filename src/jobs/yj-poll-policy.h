/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to ask, and what an answer means: pure functions, so that they can be tested without waiting. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is to become of a job whose submission ended with an error. */
typedef enum
{
  YJ_VERDICT_UNSENT,            /* nothing reached the platform: may be sent again by itself */
  YJ_VERDICT_REFUSED,           /* the platform said no: nothing was charged as far as the reply tells */
  YJ_VERDICT_CANCELLED,         /* stopped before anything could have been accepted */
  YJ_VERDICT_UNCONFIRMED,       /* may have been accepted: never sent again by itself */
} YjVerdict;

#define YJ_POLL_MAX_UNSENT 3    /* how often a submission is tried again by itself */

gint64    yj_poll_now            (void);
gint64    yj_poll_asleep         (void);
gboolean  yj_poll_has_slept      (gint64        before,
                                  gint64        now);
gint64    yj_poll_interval       (gint64        age);
gint64    yj_poll_back_off       (guint         n_errors);
gint64    yj_poll_jitter         (gint64        delay,
                                  double        random);
gint64    yj_poll_delay          (gint64        age,
                                  guint         n_errors,
                                  gint64        retry_after,
                                  double        random);
gint64    yj_poll_turn           (guint         n,
                                  double        random);
gboolean  yj_poll_is_gone        (gint64        age,
                                  gint64        missed_for);
YjVerdict yj_poll_submit_verdict (const GError *error);

G_END_DECLS
