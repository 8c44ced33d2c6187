/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"

G_BEGIN_DECLS

/* Array of YjProblem: what is wrong with the draft, then what is unwise and was not put away. */
GPtrArray *yj_notes_collect  (YjDraft    *draft);
/* The problem that keeps Generate off, NULL when none does; a missing llmid does not: it is asked for. */
const YjProblem *yj_notes_find_obstacle (GPtrArray *problems);
/* The note of this id is not told again. */
void       yj_notes_put_away (const char *id);

G_END_DECLS
