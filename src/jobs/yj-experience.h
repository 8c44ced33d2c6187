/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one's own jobs of the same model and values have taught: time and usage. Nothing else is known of either. */
#pragma once

#include "yj-job-queue.h"

G_BEGIN_DECLS

#define YJ_EXPERIENCE_MOST 20   /* jobs, the latest, are looked at */

typedef struct
{
  guint  n;                     /* jobs it is learned from, 0: nothing is known */
  gint64 median;                /* µs */
  gint64 ninth;                 /* of ten, nine took no longer, µs */
} YjUsualWait;

/* One figure of the platform's own replies: "credits", from least to most. */
typedef struct
{
  char   *name;
  double  least;
  double  most;
} YjUsualUsage;

void        yj_usual_usage_free         (YjUsualUsage *usage);

char       *yj_experience_dup_key       (YjDraft      *draft);
YjUsualWait yj_experience_get_wait      (YjJobQueue   *queue,
                                         YjJob        *job);
YjUsualWait yj_experience_get_wait_for  (YjJobQueue   *queue,
                                         YjDraft      *draft);
GPtrArray  *yj_experience_list_usage    (YjJobQueue   *queue,
                                         YjDraft      *draft,
                                         guint        *n_jobs);
gint64      yj_experience_pick          (gint64       *values,
                                         guint         n,
                                         guint         part,
                                         guint         of);

G_END_DECLS
