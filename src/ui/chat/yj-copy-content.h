/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block-range.h"

G_BEGIN_DECLS

#define YJ_TYPE_COPY_CONTENT (yj_copy_content_get_type ())
G_DECLARE_FINAL_TYPE (YjCopyContent, yj_copy_content, YJ, COPY_CONTENT, GdkContentProvider)

typedef enum
{
  YJ_COPY_TYPED,                /* a question: plain text */
  YJ_COPY_MARKDOWN,             /* an answer */
  YJ_COPY_GROWING,              /* one that is still under way */
} YjCopyKind;

typedef enum
{
  YJ_COPY_AS_MARKDOWN,
  YJ_COPY_AS_PLAIN,
  YJ_COPY_AS_HTML,
} YjCopyForm;

YjCopyContent      *yj_copy_content_new          (void);
GdkContentProvider *yj_copy_content_new_message  (YjCopyKind     kind,
                                                  const char    *text);
void                yj_copy_content_add          (YjCopyContent *self,
                                                  YjCopyKind     kind,
                                                  const char    *text,
                                                  const YjRange *range);
char               *yj_copy_content_render       (YjCopyContent *self,
                                                  YjCopyForm     form);

G_END_DECLS
