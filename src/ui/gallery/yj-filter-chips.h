/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-gallery-model.h"

G_BEGIN_DECLS

/* What the gallery is filtered by, each as a button that takes it away. Not there while it is by nothing. */
#define YJ_TYPE_FILTER_CHIPS (yj_filter_chips_get_type ())
G_DECLARE_FINAL_TYPE (YjFilterChips, yj_filter_chips, YJ, FILTER_CHIPS, AdwBin)

void yj_filter_chips_set_model (YjFilterChips  *self,
                                YjGalleryModel *model);

G_END_DECLS
