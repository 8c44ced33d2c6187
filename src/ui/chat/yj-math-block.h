/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block.h"

G_BEGIN_DECLS

#define YJ_TYPE_MATH_BLOCK (yj_math_block_get_type ())
G_DECLARE_FINAL_TYPE (YjMathBlock, yj_math_block, YJ, MATH_BLOCK, GtkWidget)

GtkWidget *yj_math_block_new       (void);
void       yj_math_block_set_block (YjMathBlock *self,
                                    YjBlock     *block,
                                    gboolean     chinese);

G_END_DECLS
