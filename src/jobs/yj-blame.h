/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the files that were sent a refusal is about. */
#pragma once

#include "yj-draft.h"

G_BEGIN_DECLS

YjDraftFile *yj_blame_find_file (YjDraft    *draft,
                                 const char *message);

G_END_DECLS
