/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-conversation.h"
#include "yj-markdown-view.h"

G_BEGIN_DECLS

#define YJ_TYPE_REASONING_VIEW (yj_reasoning_view_get_type ())
G_DECLARE_FINAL_TYPE (YjReasoningView, yj_reasoning_view, YJ, REASONING_VIEW, GtkWidget)

void yj_reasoning_view_set_message (YjReasoningView *self,
                                    YjMessage       *message);
void yj_reasoning_view_update      (YjReasoningView *self);
void yj_reasoning_view_set_marked  (YjReasoningView *self,
                                    const YjRange   *range);
void yj_reasoning_view_collect     (YjReasoningView *self,
                                    GArray          *pieces);
YjMarkdownView *yj_reasoning_view_get_thoughts (YjReasoningView *self);

G_END_DECLS
