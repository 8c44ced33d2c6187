/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

#define YJ_TYPE_PREFERENCES (yj_preferences_get_type ())
G_DECLARE_FINAL_TYPE (YjPreferences, yj_preferences, YJ, PREFERENCES, AdwPreferencesDialog)

YjPreferences *yj_preferences_new (YjSession *session);

G_END_DECLS
