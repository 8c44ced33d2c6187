/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-mention-chip.h"
#include "yj-mention-hint.h"
#include "yj-mention-menu.h"
#include "yj-mention-view.h"
#include "yj-prompt-text.h"

G_BEGIN_DECLS

/* What the parts of the editor share: yj-mention-view.c (text, chips, undo), yj-mention-clip.c (copy and paste),
   yj-mention-offer.c (the menus). */
struct _YjMentionView
{
  GtkTextView    parent_instance;

  GtkTextBuffer *buffer;
  GtkTextTag    *chinese;       /* picks the shapes of Chinese writing */
  YjDraft       *draft;
  gulong         changed_id;
  char          *shown;         /* the prompt that stands here */
  int            cursor;        /* where it was after the last change */
  int            before;        /* where it was before the action under way */
  gboolean       acting;        /* a user action is under way */
  gboolean       showing;       /* the draft speaks, the text listens */
  gboolean       composing;     /* an input method is at work */

  YjMentionMenu *menu;          /* at the cursor */
  GtkPopover    *hint;          /* there while nothing is attached */
  YjMentionMenu *chip_menu;     /* at a chip */
  YjMentionChip *chip;          /* weak: the one that it is about */
  GPtrArray     *marks;         /* of GtkTextMark: places kept for what comes later */
  GtkTextMark   *at;            /* before the “@” that the menu is about, or NULL */
  gboolean       dismissed;     /* and it is not wanted there */
  GCancellable  *cancellable;
};

/* The prompt between two places. */
char     *yj_mention_view_dup_range      (YjMentionView     *self,
                                          const GtkTextIter *start,
                                          const GtkTextIter *end);
/* Puts it at the cursor in place of what is selected, in one step; mentions of what the draft does not have by name. */
void      yj_mention_view_insert_source  (YjMentionView     *self,
                                          const char        *source);

void      yj_mention_view_init_clipboard (GtkTextViewClass  *klass);
void      yj_mention_view_init_offer     (YjMentionView     *self);
void      yj_mention_view_update_offer   (YjMentionView     *self);
void      yj_mention_view_edit_chip      (YjMentionView     *self,
                                          YjMentionChip     *chip);

G_END_DECLS
