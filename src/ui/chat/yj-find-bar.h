/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-mark-bin.h"

G_BEGIN_DECLS

/* Finds words in a conversation. Properties: "marks" (YjMarkBin), "transcript" (YjTranscript). Invisible until it is opened;
   signal "closed": the person is done with it. */
#define YJ_TYPE_FIND_BAR (yj_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (YjFindBar, yj_find_bar, YJ, FIND_BAR, GtkWidget)

/* What to look into; closes it when it is another one. */
void yj_find_bar_set_model (YjFindBar  *self,
                            GListModel *messages);
void yj_find_bar_open      (YjFindBar  *self);
/* With @words in it, at the first hit in the message @id. */
void yj_find_bar_show      (YjFindBar  *self,
                            const char *words,
                            gint64      id);
void yj_find_bar_close     (YjFindBar  *self);
/* To the next hit, or with -1 to the one before. */
void yj_find_bar_step      (YjFindBar  *self,
                            int         step);
/* What is on its way has come: counts anew. */
void yj_find_bar_refresh   (YjFindBar  *self);

G_END_DECLS
