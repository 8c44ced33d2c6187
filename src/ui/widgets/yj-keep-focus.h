/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A change of layout takes what has the keyboard focus out of the window for a moment: the focus would go elsewhere. */
void yj_keep_focus (GtkWidget  *widget,
                    const char *property);

G_END_DECLS
