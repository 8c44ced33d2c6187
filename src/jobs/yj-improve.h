/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"
#include "yj-platform.h"

G_BEGIN_DECLS

/* Asks a chat model for a better prompt for the draft, once. This is a chat answer like any other, and paid as one. */
void   yj_improve_async  (YjPlatform           *platform,
                          const char           *chat_model,
                          YjDraft              *draft,
                          const char           *wish,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data);
/* The prompt with its mentions, in the form of yj-prompt-text.h. */
char  *yj_improve_finish (GAsyncResult         *result,
                          GError              **error);

/* Its parts, for tests: what is asked, and what of an answer is taken. */
char  *yj_improve_dup_question     (YjDraft    *draft);
char  *yj_improve_dup_instructions (YjDraft    *draft,
                                    const char *wish);
char  *yj_improve_read_answer      (YjDraft    *draft,
                                    const char *answer);

G_END_DECLS
