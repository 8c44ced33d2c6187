/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YJ_TYPE_LINK_STOP (yj_link_stop_get_type ())
G_DECLARE_FINAL_TYPE (YjLinkStop, yj_link_stop, YJ, LINK_STOP, GtkWidget)

GtkWidget *yj_link_stop_new (void);
void       yj_link_stop_set (YjLinkStop *self,
                             const char *text,
                             const char *uri);
void       yj_link_open     (GtkWidget  *widget,
                             const char *uri);

G_END_DECLS
