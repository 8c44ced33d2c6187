/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-gallery-model.h"

G_BEGIN_DECLS

/* Where one chooses what the gallery shows. */
#define YJ_TYPE_FILTER_POPOVER (yj_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (YjFilterPopover, yj_filter_popover, YJ, FILTER_POPOVER, GtkPopover)

void yj_filter_popover_set_model (YjFilterPopover *self,
                                  YjGalleryModel  *model);

G_END_DECLS
