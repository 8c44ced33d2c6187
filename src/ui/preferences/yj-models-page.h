/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* The video models: their ids, what the platform's lists say of them, and models of one's own. */
#define YJ_TYPE_MODELS_PAGE (yj_models_page_get_type ())
G_DECLARE_FINAL_TYPE (YjModelsPage, yj_models_page, YJ, MODELS_PAGE, AdwPreferencesPage)

void yj_models_page_set_session (YjModelsPage *self,
                                 YjSession    *session);

G_END_DECLS
