/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YJ_TYPE_LINK_STOP (yj_link_stop_get_type ())
G_DECLARE_FINAL_TYPE (YjLinkStop, yj_link_stop, YJ, LINK_STOP, GtkWidget)

GtkWidget  *yj_link_stop_new     (void);
void        yj_link_stop_set     (YjLinkStop *self,
                                  const char *text,
                                  const char *uri);
const char *yj_link_stop_get_uri (YjLinkStop *self);
void        yj_link_stop_open    (YjLinkStop *self);

G_END_DECLS
