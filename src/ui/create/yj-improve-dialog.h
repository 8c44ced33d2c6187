/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* Asks a chat model for a better prompt, when told to, and shows what it would change. Signal accepted (string): the
   prompt with its mentions, see yj-prompt-text.h. */
#define YJ_TYPE_IMPROVE_DIALOG (yj_improve_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjImproveDialog, yj_improve_dialog, YJ, IMPROVE_DIALOG, AdwDialog)

YjImproveDialog *yj_improve_dialog_new (YjSession  *session,
                                        YjDraft    *draft,
                                        const char *chat_model);

G_END_DECLS
