/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"

G_BEGIN_DECLS

/* Array of YjProblem: what is wrong with the draft, then what is unwise and was not put away. */
GPtrArray *yj_notes_collect  (YjDraft    *draft);
/* The note of this id is not told again. */
void       yj_notes_put_away (const char *id);

G_END_DECLS
