/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a month's limit, which the person has set, would be crossed. */
#pragma once

#include "yj-job-queue.h"

G_BEGIN_DECLS

#define YJ_USAGE_CAP_JOBS "jobs"        /* the limit counts jobs, not figures of replies */

typedef struct
{
  gboolean asks;                /* the person is to be asked first */
  double   spent;               /* this month, as far as replies told */
  double   under_way;           /* what is ordered and has not told yet, by one's own jobs of the same kind */
  double   coming;              /* the same of what is to be ordered */
  guint    n_unknown;           /* of both, jobs of which nothing is known */
} YjUsageVerdict;

void      yj_usage_cap_judge_async  (YjJobQueue           *queue,
                                     const char           *unit,        /* YJ_USAGE_CAP_JOBS or an id of YjLedgerUnit */
                                     double                limit,
                                     GPtrArray            *drafts,      /* of YjDraft: what is to be ordered */
                                     guint                 n_takes,     /* of each */
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean  yj_usage_cap_judge_finish (YjJobQueue           *queue,
                                     GAsyncResult         *result,
                                     YjUsageVerdict       *verdict,
                                     GError              **error);
/* The first moment of a month of the local time, µs since 1970; @ago: 0 is this month, 1 the one before, -1 the next. */
gint64    yj_usage_cap_get_month    (int                   ago);

G_END_DECLS
