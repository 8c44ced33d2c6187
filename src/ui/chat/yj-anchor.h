/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-message-card.h"

G_BEGIN_DECLS

/* A place in a message that stays the same whatever becomes of the heights above it. */
typedef struct
{
  YjMessagePart part;
  guint         row;            /* of the part's column; YJ_BLOCK_COLUMN_END: behind the last */
  int           offset;         /* px from the beginning of the row, or of the card */
} YjAnchor;

#define YJ_ANCHOR_BEGIN ((YjAnchor) { YJ_MESSAGE_CARD_ITSELF, 0, 0 })
#define YJ_ANCHOR_END ((YjAnchor) { YJ_MESSAGE_ANSWER, YJ_BLOCK_COLUMN_END, 0 })

YjAnchor yj_anchor_find  (YjMessageCard  *card,
                          int             width,
                          int             y);
int      yj_anchor_get_y (const YjAnchor *self,
                          YjMessageCard  *card,
                          int             width);
void     yj_anchor_reach (const YjAnchor *self,
                          YjMessageCard  *card,
                          int             before,
                          int             after);

G_END_DECLS
