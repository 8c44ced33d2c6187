/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block.h"

G_BEGIN_DECLS

#define YJ_TYPE_LIST_BLOCK (yj_list_block_get_type ())
G_DECLARE_FINAL_TYPE (YjListBlock, yj_list_block, YJ, LIST_BLOCK, GtkWidget)

GtkWidget *yj_list_block_new       (void);
void       yj_list_block_set_block (YjListBlock *self,
                                    YjBlock     *block,
                                    gboolean     chinese);
void       yj_list_block_collect (YjListBlock *self,
                                  GArray *pieces);

G_END_DECLS
