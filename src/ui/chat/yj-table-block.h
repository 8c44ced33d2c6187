/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block.h"

G_BEGIN_DECLS

#define YJ_TYPE_TABLE_BLOCK (yj_table_block_get_type ())
G_DECLARE_FINAL_TYPE (YjTableBlock, yj_table_block, YJ, TABLE_BLOCK, GtkWidget)

GtkWidget *yj_table_block_new       (void);
void       yj_table_block_set_block (YjTableBlock *self,
                                     YjBlock      *block,
                                     gboolean      chinese);
void       yj_table_block_collect (YjTableBlock *self,
                                   GArray *pieces);

G_END_DECLS
