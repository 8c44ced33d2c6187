/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* An editor of the prompt of a draft, with its mentions as chips in the text. It writes what is typed into the draft,
   follows the draft, has its undo (see yj-prompt-undo.h), and offers the attached files at an “@”.
   Signal steps-changed (): what can be undone. */
#define YJ_TYPE_MENTION_VIEW (yj_mention_view_get_type ())
G_DECLARE_FINAL_TYPE (YjMentionView, yj_mention_view, YJ, MENTION_VIEW, GtkTextView)

void     yj_mention_view_set_draft (YjMentionView *self,
                                    YjDraft       *draft);
/* A mention, or a text, where the cursor is, and the keyboard there. */
void     yj_mention_view_mention   (YjMentionView *self,
                                    YjDraftFile   *file);
/* The place of the cursor, and a mention there later: without the keyboard, set apart from the word before. */
GtkTextMark *yj_mention_view_mark  (YjMentionView *self);
void     yj_mention_view_mention_apart (YjMentionView *self,
                                    YjDraftFile   *file,
                                    GtkTextMark   *mark);
void     yj_mention_view_insert    (YjMentionView *self,
                                    const char    *text);
/* Types the sign that offers the files. */
void     yj_mention_view_offer     (YjMentionView *self);
gboolean yj_mention_view_is_empty  (YjMentionView *self);
gboolean yj_mention_view_is_composing (YjMentionView *self);

G_END_DECLS
