/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-block.h"

G_BEGIN_DECLS

/* A place in a document as it is shown: a leaf, counted from the first, and bytes into its text. */
typedef struct
{
  guint leaf;
  guint offset;
} YjPlace;

/* From a place up to another that does not lie before it. */
typedef struct
{
  YjPlace start;
  YjPlace end;
} YjRange;

#define YJ_RANGE_ALL ((YjRange) { { 0, 0 }, { G_MAXUINT, G_MAXUINT } })

typedef enum
{
  YJ_CUT_STRUCTURE,             /* rows of tables whole and with their header, list marks, fences */
  YJ_CUT_EXACT,                 /* not a letter more than what is marked */
} YjCut;

int        yj_place_compare          (YjPlace              a,
                                      YjPlace              b);
gboolean   yj_block_is_leaf          (const YjBlock       *self);
guint      yj_block_get_length       (const YjBlock       *self);
void       yj_blocks_collect_leaves  (GPtrArray           *blocks,
                                      GPtrArray           *leaves);
gboolean   yj_range_is_empty         (const YjRange       *self);
gboolean   yj_range_covers           (const YjRange       *self,
                                      GPtrArray           *blocks);
gboolean   yj_range_in_leaf          (const YjRange       *self,
                                      guint                leaf,
                                      guint                length,
                                      guint               *start,
                                      guint               *end);
GPtrArray *yj_blocks_cut             (GPtrArray           *blocks,
                                      const YjRange       *range,
                                      YjCut                cut);

G_END_DECLS
