/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"

G_BEGIN_DECLS

/* What the prompt of a draft was before. It belongs to the draft: whatever is sent or shown meanwhile, it stays. */
typedef struct _YjPromptUndo YjPromptUndo;

typedef struct
{
  char *source;                 /* see yj-prompt-text.h */
  int   cursor;                 /* in characters, a mention being one; -1: unknown */
} YjPromptState;

YjPromptUndo        *yj_prompt_undo_get      (YjDraft      *draft);
/* @before became @after. What is typed in one go is one step. */
void                 yj_prompt_undo_note     (YjPromptUndo *self,
                                              const char   *before,
                                              int           cursor,
                                              const char   *after);
gboolean             yj_prompt_undo_can_step (YjPromptUndo *self,
                                              gboolean      back);
/* To what was before (or after, for redo), with what is now kept for the way back; NULL at the end. */
const YjPromptState *yj_prompt_undo_step     (YjPromptUndo *self,
                                              gboolean      back,
                                              const char   *now,
                                              int           cursor);

G_END_DECLS
