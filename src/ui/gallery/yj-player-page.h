/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* The page of one job: its video and its recipe. Property "job" (YjJob). */
#define YJ_TYPE_PLAYER_PAGE (yj_player_page_get_type ())
G_DECLARE_FINAL_TYPE (YjPlayerPage, yj_player_page, YJ, PLAYER_PAGE, AdwNavigationPage)

YjPlayerPage *yj_player_page_new (YjJob *job);

G_END_DECLS
