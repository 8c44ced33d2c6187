/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-block-column.h"
#include "yj-block-range.h"

G_BEGIN_DECLS

#define YJ_TYPE_MARKDOWN_VIEW (yj_markdown_view_get_type ())
G_DECLARE_FINAL_TYPE (YjMarkdownView, yj_markdown_view, YJ, MARKDOWN_VIEW, AdwBin)

GtkWidget *yj_markdown_view_new       (void);
void       yj_markdown_view_set_text  (YjMarkdownView *self,
                                       const char     *text,
                                       gboolean        complete);
YjBlockColumn *yj_markdown_view_get_column (YjMarkdownView *self);
char      *yj_markdown_view_dup_plain (YjMarkdownView *self,
                                       gsize           max);
void       yj_markdown_view_set_marked (YjMarkdownView *self,
                                        const YjRange  *range);
void       yj_markdown_view_collect    (YjMarkdownView *self,
                                        GArray         *pieces);

G_END_DECLS
