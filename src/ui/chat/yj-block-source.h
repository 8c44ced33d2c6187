/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-block.h"

G_BEGIN_DECLS

void yj_block_source_find  (GPtrArray  *blocks,
                            const char *text,
                            gsize       length,
                            gsize       base);
void yj_block_source_limit (GPtrArray  *blocks,
                            gsize       end);

G_END_DECLS
