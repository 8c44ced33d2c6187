/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block.h"

G_BEGIN_DECLS

/* Behind the last row. */
#define YJ_BLOCK_COLUMN_END G_MAXUINT

#define YJ_TYPE_BLOCK_COLUMN (yj_block_column_get_type ())
G_DECLARE_FINAL_TYPE (YjBlockColumn, yj_block_column, YJ, BLOCK_COLUMN, GtkWidget)

GtkWidget *yj_block_column_new        (void);
void       yj_block_column_set_blocks (YjBlockColumn *self,
                                       GPtrArray     *blocks,
                                       guint          first,
                                       gboolean       chinese);
void       yj_block_column_reach      (YjBlockColumn *self,
                                       guint          row,
                                       int            before,
                                       int            after);
void       yj_block_column_show       (YjBlockColumn *self,
                                       int            top,
                                       int            bottom);
guint      yj_block_column_get_n_rows (YjBlockColumn *self);
GtkWidget *yj_block_column_get_row    (YjBlockColumn *self,
                                       guint          row,
                                       YjBlock      **block);
guint      yj_block_column_find       (YjBlockColumn *self,
                                       int            y);
int        yj_block_column_get_y      (YjBlockColumn *self,
                                       guint          row);
void       yj_block_column_collect    (YjBlockColumn *self,
                                       GArray        *pieces);

G_END_DECLS
