/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-block.h"

G_BEGIN_DECLS

void yj_blocks_write_markdown (GPtrArray *blocks,
                               GString   *target);
void yj_blocks_write_html     (GPtrArray *blocks,
                               GString   *target);
void yj_blocks_write_plain    (GPtrArray *blocks,
                               GString   *target);

G_END_DECLS
