/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"

G_BEGIN_DECLS

/* What will be sent, in words: "To HappyHorse 1.0: the prompt, First Frame, 720P, 5 s". */
char *yj_draft_summary_dup (YjDraft *draft);

G_END_DECLS
