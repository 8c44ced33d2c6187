/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-draft-list.h"

G_BEGIN_DECLS

/* The drafts that lie side by side, as tabs; not seen while there is one. */
#define YJ_TYPE_DRAFT_BAR (yj_draft_bar_get_type ())
G_DECLARE_FINAL_TYPE (YjDraftBar, yj_draft_bar, YJ, DRAFT_BAR, AdwBin)

void  yj_draft_bar_set_drafts  (YjDraftBar  *self,
                                YjDraftList *drafts);
/* Gives @page the actions "drafts.new", "drafts.duplicate", … and their keys. */
void  yj_draft_bar_add_actions (YjDraftBar  *self,
                                GtkWidget   *page);
/* Puts @draft in place of the one on show, which a toast with this title can bring back. */
void  yj_draft_bar_replace     (YjDraftBar  *self,
                                YjDraft     *draft,
                                const char  *title);

G_END_DECLS
