/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block.h"

G_BEGIN_DECLS

#define YJ_TYPE_CODE_BLOCK (yj_code_block_get_type ())
G_DECLARE_FINAL_TYPE (YjCodeBlock, yj_code_block, YJ, CODE_BLOCK, GtkWidget)

GtkWidget *yj_code_block_new       (void);
void       yj_code_block_set_block (YjCodeBlock *self,
                                    YjBlock     *block,
                                    gboolean     chinese);

G_END_DECLS
