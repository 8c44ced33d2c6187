/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* Where the prompt of a draft is written. It follows the draft; whoever checks the draft tells it the problems. */
#define YJ_TYPE_CREATE_PROMPT (yj_create_prompt_get_type ())
G_DECLARE_FINAL_TYPE (YjCreatePrompt, yj_create_prompt, YJ, CREATE_PROMPT, GtkWidget)

void yj_create_prompt_set_session   (YjCreatePrompt *self,
                                     YjSession      *session);
void yj_create_prompt_set_draft     (YjCreatePrompt *self,
                                     YjDraft        *draft);
void yj_create_prompt_show_problems (YjCreatePrompt *self,
                                     GPtrArray      *problems);
/* All of the text, in a step that undo takes back. */
void yj_create_prompt_replace       (YjCreatePrompt *self,
                                     const char     *text);
/* A mention of the file of that identity, where the cursor is, and the keyboard there. */
void yj_create_prompt_mention       (YjCreatePrompt *self,
                                     const char     *id);
/* The same of what was pasted: the keyboard stays where it is. */
void yj_create_prompt_mention_pasted (YjCreatePrompt *self,
                                     YjDraftFile    *file,
                                     GtkTextMark    *mark);

G_END_DECLS
