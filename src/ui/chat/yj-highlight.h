/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

char          *yj_highlight_dup_name      (const char *language);
char          *yj_highlight_dup_file_name (const char *language);
PangoAttrList *yj_highlight_attributes    (const char *language,
                                           const char *code,
                                           gboolean    dark);

G_END_DECLS
