/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* How a video was made, and what became of it. Property "job" (YjJob). */
#define YJ_TYPE_RECIPE_VIEW (yj_recipe_view_get_type ())
G_DECLARE_FINAL_TYPE (YjRecipeView, yj_recipe_view, YJ, RECIPE_VIEW, AdwBin)

G_END_DECLS
