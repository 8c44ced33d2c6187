/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one's own jobs taught of time and cost, in words. */
#pragma once

#include "yj-job-queue.h"

G_BEGIN_DECLS

char *yj_usual_words_dup      (YjJobQueue *queue,
                               YjDraft    *draft,
                               guint       n_takes);
char *yj_usual_words_dup_cost (YjJobQueue *queue,
                               YjDraft    *draft);

G_END_DECLS
