/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void yj_code_save (GtkWidget  *widget,
                   const char *language,
                   const char *code);

G_END_DECLS
