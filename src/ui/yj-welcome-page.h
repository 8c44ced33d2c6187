/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* The first run: two ways in. Property "session" (YjSession), set once it is open. */
#define YJ_TYPE_WELCOME_PAGE (yj_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (YjWelcomePage, yj_welcome_page, YJ, WELCOME_PAGE, AdwBin)

G_END_DECLS
