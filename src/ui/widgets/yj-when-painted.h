/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

guint yj_when_painted (GtkWidget       *widget,
                       GSourceOnceFunc  callback,
                       gpointer         user_data);

G_END_DECLS
