/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-block.h"

G_BEGIN_DECLS

/* The text of a block while it is put together. */
typedef struct
{
  GString *text;
  GArray  *spans;               /* of YjSpan */
  GArray  *runs;                /* of YjSourceRun */
} YjLeaf;

YjLeaf    *yj_leaf_new      (void);
void       yj_leaf_free     (YjLeaf     *self);
void       yj_leaf_clear    (YjLeaf     *self);
void       yj_leaf_add_span (YjLeaf     *self,
                             guint       start,
                             YjStyle     style,
                             const char *uri);
void       yj_leaf_add_run  (YjLeaf     *self,
                             guint       start,
                             gsize       source_start,
                             gsize       source_end);
void       yj_leaf_fill     (YjLeaf     *self,
                             YjBlock    *block);
GPtrArray *yj_leaf_part     (YjLeaf     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjLeaf, yj_leaf_free)

G_END_DECLS
