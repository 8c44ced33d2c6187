/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"

G_BEGIN_DECLS

/* What will be sent, in words: "To HappyHorse 1.0: the prompt, First Frame, 720P, 5 s". */
char *yj_draft_summary_dup            (YjDraft   *draft);
/* Only the settings that @other has otherwise: "480P, 3 s". */
char *yj_draft_summary_dup_difference (YjDraft   *draft,
                                       YjDraft   *other);
/* What goes beyond the limits of their models, a line for each; NULL: nothing does. */
char *yj_draft_summary_dup_limits     (GPtrArray *drafts);

G_END_DECLS
