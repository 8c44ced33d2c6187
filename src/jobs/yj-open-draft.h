/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"
#include "yj-library.h"

G_BEGIN_DECLS

/* One of the drafts that lie side by side in Create. Properties with notify: "draft" (YjDraft, another one after Start
   Over), "name" (string, "" until the person gave one). Signal changed (): anything of it or of its draft. */
#define YJ_TYPE_OPEN_DRAFT (yj_open_draft_get_type ())
G_DECLARE_FINAL_TYPE (YjOpenDraft, yj_open_draft, YJ, OPEN_DRAFT, GObject)

YjOpenDraft *yj_open_draft_new       (YjDraft     *draft,
                                      const char  *name);
YjDraft     *yj_open_draft_get_draft (YjOpenDraft *self);
void         yj_open_draft_set_draft (YjOpenDraft *self,
                                      YjDraft     *draft);
const char  *yj_open_draft_get_name  (YjOpenDraft *self);
void         yj_open_draft_set_name  (YjOpenDraft *self,
                                      const char  *name);
/* Nothing was entered: no prompt, no file, no name. */
gboolean     yj_open_draft_is_empty  (YjOpenDraft *self);

G_END_DECLS
