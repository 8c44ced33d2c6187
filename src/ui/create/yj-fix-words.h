/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-mend.h"

G_BEGIN_DECLS

/* What a mend does, in words: a line for each thing; and what comes out, in a line. */
char *yj_fix_words_dup_steps  (const YjMend *mend,
                               YjMendFit     fit);
char *yj_fix_words_dup_result (const YjMend *mend,
                               gint64        duration);

G_END_DECLS
