/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Ratios to choose from, each drawn as its shape. Notifies "value". */
#define YJ_TYPE_RATIO_PICKER (yj_ratio_picker_get_type ())
G_DECLARE_FINAL_TYPE (YjRatioPicker, yj_ratio_picker, YJ, RATIO_PICKER, AdwBin)

GtkWidget  *yj_ratio_picker_new       (void);
/* @value NULL: nothing is sent, the platform decides. */
void        yj_ratio_picker_add       (YjRatioPicker *self,
                                       const char    *value,
                                       const char    *label,
                                       const char    *explanation);
const char *yj_ratio_picker_get_value (YjRatioPicker *self);
/* A value that is not there leaves none chosen. */
void        yj_ratio_picker_set_value (YjRatioPicker *self,
                                       const char    *value);

G_END_DECLS
