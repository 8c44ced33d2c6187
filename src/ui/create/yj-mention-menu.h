/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* The attached files by thumbnail, to choose one from. Signals: chosen (YjDraftFile), removed ().
   @editing: it has the keyboard, and offers to remove the mention that it is about; else who writes has it. */
#define YJ_TYPE_MENTION_MENU (yj_mention_menu_get_type ())
G_DECLARE_FINAL_TYPE (YjMentionMenu, yj_mention_menu, YJ, MENTION_MENU, GtkPopover)

YjMentionMenu *yj_mention_menu_new    (gboolean       editing);
/* Shows those of @draft that have @sought in their name or word; FALSE: there is none, and nothing is shown. */
gboolean       yj_mention_menu_fill   (YjMentionMenu *self,
                                       YjDraft       *draft,
                                       const char    *sought);
void           yj_mention_menu_move   (YjMentionMenu *self,
                                       int            by);
void           yj_mention_menu_choose (YjMentionMenu *self);

G_END_DECLS
