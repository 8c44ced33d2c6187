/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block.h"

G_BEGIN_DECLS

#define YJ_TYPE_RICH_LABEL (yj_rich_label_get_type ())
G_DECLARE_FINAL_TYPE (YjRichLabel, yj_rich_label, YJ, RICH_LABEL, GtkWidget)

GtkWidget  *yj_rich_label_new       (void);
void        yj_rich_label_set_block (YjRichLabel *self,
                                     YjBlock     *block,
                                     gboolean     chinese);
void        yj_rich_label_set_fills (YjRichLabel *self);
GtkLabel   *yj_rich_label_get_label (YjRichLabel *self);
YjBlock    *yj_rich_label_get_block (YjRichLabel *self);
const char *yj_rich_label_get_link  (YjRichLabel *self,
                                     double       x,
                                     double       y);

G_END_DECLS
