/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-open-draft.h"

G_BEGIN_DECLS

/* One of several drafts as a tab. Signals chosen (), closed (), dropped (YjOpenDraft): another one, onto it. */
#define YJ_TYPE_DRAFT_TAB (yj_draft_tab_get_type ())
G_DECLARE_FINAL_TYPE (YjDraftTab, yj_draft_tab, YJ, DRAFT_TAB, AdwBin)

YjDraftTab  *yj_draft_tab_new       (YjOpenDraft *item);
YjOpenDraft *yj_draft_tab_get_item  (YjDraftTab  *self);
void         yj_draft_tab_set_shown (YjDraftTab  *self,
                                     gboolean     shown);
char        *yj_draft_tab_dup_title (YjOpenDraft *item);

G_END_DECLS
