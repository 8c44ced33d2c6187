/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

int yj_plainness_get (GtkWidget *near);

G_END_DECLS
