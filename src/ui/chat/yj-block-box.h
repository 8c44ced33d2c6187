/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block.h"

G_BEGIN_DECLS

#define YJ_TYPE_BLOCK_BOX (yj_block_box_get_type ())
G_DECLARE_FINAL_TYPE (YjBlockBox, yj_block_box, YJ, BLOCK_BOX, GtkWidget)

GtkWidget *yj_block_box_new        (void);
void       yj_block_box_set_blocks (YjBlockBox *self,
                                    GPtrArray  *blocks,
                                    guint       first,
                                    gboolean    chinese);
void       yj_block_box_set_tight  (YjBlockBox *self,
                                    gboolean    tight);
void       yj_block_box_collect (YjBlockBox *self,
                                 GArray *pieces);

GtkWidget *yj_block_create_widget  (YjBlock    *block);
void       yj_block_update_widget  (GtkWidget  *widget,
                                    YjBlock    *block,
                                    gboolean    chinese);
gboolean   yj_block_can_take_over  (const YjBlock *old,
                                    const YjBlock *new);
void       yj_block_collect_pieces (YjBlock   *block,
                                    GtkWidget *widget,
                                    GArray    *pieces);

G_END_DECLS
