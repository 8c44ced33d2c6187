/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

char          *yj_highlight_dup_name      (const char *language);
char          *yj_highlight_dup_file_name (const char *language);

/* Code being read for its colours. */
typedef struct _YjHighlight YjHighlight;

YjHighlight   *yj_highlight_new           (const char  *language,
                                           const char  *code,
                                           gboolean     dark);
void           yj_highlight_free          (YjHighlight *self);
PangoAttrList *yj_highlight_step          (YjHighlight *self);

G_END_DECLS
