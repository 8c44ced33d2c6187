/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-block.h"

G_BEGIN_DECLS

/* No block lies deeper than this, whatever the text. */
#define YJ_MARKDOWN_MAX_DEPTH 16

GPtrArray  *yj_markdown_parse      (const char *text,
                                    gsize       length,
                                    gsize       base);

/* A document that grows at its end. */
typedef struct _YjMarkdown YjMarkdown;

YjMarkdown *yj_markdown_new        (void);
void        yj_markdown_free       (YjMarkdown *self);
guint       yj_markdown_set_text   (YjMarkdown *self,
                                    const char *text,
                                    gboolean    complete);
GPtrArray  *yj_markdown_get_blocks (YjMarkdown *self);
const char *yj_markdown_get_text   (YjMarkdown *self);
guint       yj_markdown_get_frozen (YjMarkdown *self);
gboolean    yj_markdown_is_chinese (YjMarkdown *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjMarkdown, yj_markdown_free)

G_END_DECLS
