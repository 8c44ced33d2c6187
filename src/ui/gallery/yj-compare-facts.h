/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-job-queue.h"

G_BEGIN_DECLS

/* What tells videos apart, a line for each: "Seed: 7 · Length: 0:05". */
GStrv yj_compare_facts_list (YjJobQueue *queue,
                             GPtrArray  *jobs,
                             GStrv      *names);

G_END_DECLS
