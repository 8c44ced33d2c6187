/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One child in a box whose height follows its width. Properties "child" (GtkWidget), "ratio" (double, width to height). */
#define YJ_TYPE_RATIO_BIN (yj_ratio_bin_get_type ())
G_DECLARE_FINAL_TYPE (YjRatioBin, yj_ratio_bin, YJ, RATIO_BIN, GtkWidget)

G_END_DECLS
