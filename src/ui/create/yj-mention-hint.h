/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* What stands at an “@” in place of the menu while nothing is attached that could be mentioned; a popover without the
   keyboard, to be given a parent. */
GtkPopover *yj_mention_hint_new    (void);
/* The words for the model of @draft; FALSE: something is attached, or the model takes nothing, so there is no hint. */
gboolean    yj_mention_hint_update (GtkPopover *hint,
                                    YjDraft    *draft);

G_END_DECLS
