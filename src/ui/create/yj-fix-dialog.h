/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-draft.h"
#include "yj-library.h"

G_BEGIN_DECLS

/* Shows what mending a file of a draft would make of it, lets the person choose what matters, and does it.
   Signal fixed (YjDraftFile): the mended file, not in the draft yet. */
#define YJ_TYPE_FIX_DIALOG (yj_fix_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjFixDialog, yj_fix_dialog, YJ, FIX_DIALOG, AdwDialog)

AdwDialog   *yj_fix_dialog_new       (YjLibrary   *library,
                                      YjDraft     *draft,
                                      YjDraftFile *file);
YjDraft     *yj_fix_dialog_get_draft (YjFixDialog *self);
YjDraftFile *yj_fix_dialog_get_file  (YjFixDialog *self);

G_END_DECLS
