/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-transport.h"

G_BEGIN_DECLS

/* Where a video plays but shows no picture: the offer to leave out something that may be the reason, a rung at a time. */
#define YJ_TYPE_PLAINER_BANNER (yj_plainer_banner_get_type ())
G_DECLARE_FINAL_TYPE (YjPlainerBanner, yj_plainer_banner, YJ, PLAINER_BANNER, AdwBin)

YjPlainerBanner *yj_plainer_banner_new        (void);
void             yj_plainer_banner_set_player (YjPlainerBanner *self,
                                               YjTransport     *player);

G_END_DECLS
