/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-block.h"

G_BEGIN_DECLS

/* px, where no width is known yet */
#define YJ_BLOCK_USUAL_WIDTH 700

int yj_block_guess_height (const YjBlock *self,
                           int            width);
int yj_text_guess_lines   (const char    *text,
                           int            width);

G_END_DECLS
