/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A button that plays a part of a clip or sound. Signals: shows (GdkPaintable: the clip, now that it has a picture),
   failed (GError). */
#define YJ_TYPE_PART_BUTTON (yj_part_button_get_type ())
G_DECLARE_FINAL_TYPE (YjPartButton, yj_part_button, YJ, PART_BUTTON, AdwBin)

void     yj_part_button_set_file    (YjPartButton *self,
                                     GFile        *file);
void     yj_part_button_set_part    (YjPartButton *self,
                                     gint64        start,
                                     gint64        length);
void     yj_part_button_stop        (YjPartButton *self);
gboolean yj_part_button_get_playing (YjPartButton *self);

G_END_DECLS
