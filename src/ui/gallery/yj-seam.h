/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where one clip ends and the next begins: how much the last frame differs from the first. */
#define YJ_TYPE_SEAM (yj_seam_get_type ())
G_DECLARE_FINAL_TYPE (YjSeam, yj_seam, YJ, SEAM, GtkListBoxRow)

GtkWidget *yj_seam_new (GFile *before,
                        GFile *after);

G_END_DECLS
