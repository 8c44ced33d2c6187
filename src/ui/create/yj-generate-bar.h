/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* Generate, and what it will do in words. Signal changed (): it may be ready now, or no longer. */
#define YJ_TYPE_GENERATE_BAR (yj_generate_bar_get_type ())
G_DECLARE_FINAL_TYPE (YjGenerateBar, yj_generate_bar, YJ, GENERATE_BAR, AdwBin)

void     yj_generate_bar_set_session (YjGenerateBar *self,
                                      YjSession     *session);
/* Shows what will be sent of @draft; @problems are those of it. TRUE: Generate may be pressed. */
gboolean yj_generate_bar_show        (YjGenerateBar *self,
                                      YjDraft       *draft,
                                      GPtrArray     *problems);
/* While files are on their way into the draft it is not sent. TRUE: that is different from before. */
gboolean yj_generate_bar_set_awaited (YjGenerateBar *self,
                                      gboolean       awaited);
void     yj_generate_bar_generate    (YjGenerateBar *self);

G_END_DECLS
