/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-mend.h"

G_BEGIN_DECLS

/* A picture as it is, with what will be cut off in the shade; or as it will be. Property "result" (boolean): the latter. */
#define YJ_TYPE_FIX_PREVIEW (yj_fix_preview_get_type ())
G_DECLARE_FINAL_TYPE (YjFixPreview, yj_fix_preview, YJ, FIX_PREVIEW, GtkWidget)

void yj_fix_preview_set_picture (YjFixPreview *self,
                                 GdkPaintable *picture);
/* @mend: copied; @width and @height: of the file, px. */
void yj_fix_preview_set_mend    (YjFixPreview *self,
                                 const YjMend *mend,
                                 int           width,
                                 int           height,
                                 const GdkRGBA *background);

G_END_DECLS
