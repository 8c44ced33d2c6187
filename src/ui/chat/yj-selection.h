/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-message-card.h"
#include "yj-transcript.h"

G_BEGIN_DECLS

#define YJ_TYPE_SELECTION (yj_selection_get_type ())
G_DECLARE_FINAL_TYPE (YjSelection, yj_selection, YJ, SELECTION, GObject)

YjSelection *yj_selection_new              (YjTranscript  *transcript);
void         yj_selection_clear            (YjSelection   *self);
gboolean     yj_selection_is_empty         (YjSelection   *self);
void         yj_selection_select_all       (YjSelection   *self);
void         yj_selection_show_row         (YjSelection   *self,
                                            YjMessageCard *row);
void         yj_selection_messages_changed (YjSelection   *self);
gboolean     yj_selection_copy             (YjSelection   *self);
char        *yj_selection_dup_markdown     (YjSelection   *self);

G_END_DECLS
