/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "yj-sniff.h"

G_BEGIN_DECLS

void       yj_still_heif_prepare     (void);
gboolean   yj_still_heif_can_decode  (YjFormat format);
GdkPixbuf *yj_still_heif_decode      (GBytes  *bytes);
GBytes    *yj_still_heif_dup_profile (GBytes  *bytes);

G_END_DECLS
