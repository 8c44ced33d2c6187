/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _YjLabelGrowth YjLabelGrowth;

/* @widget, whose label it is, is to give the label its text: no more is drawn in the label's place. */
typedef void (*YjLabelCatchUp) (gpointer widget);

YjLabelGrowth *yj_label_growth_new        (GtkWidget      *widget,
                                           GtkLabel       *label,
                                           YjLabelCatchUp  catch_up);
void           yj_label_growth_free       (YjLabelGrowth  *self);
gboolean       yj_label_growth_take       (YjLabelGrowth  *self,
                                           const char     *text,
                                           PangoAttrList  *attributes);
PangoLayout   *yj_label_growth_get_layout (YjLabelGrowth  *self);
void           yj_label_growth_snapshot   (YjLabelGrowth  *self,
                                           GtkSnapshot    *snapshot);
void           yj_label_growth_check      (YjLabelGrowth  *self);
void           yj_label_growth_drop       (YjLabelGrowth  *self);
void           yj_label_growth_end        (YjLabelGrowth  *self);

G_END_DECLS
