/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define YJ_TYPE_APPLICATION (yj_application_get_type ())
G_DECLARE_FINAL_TYPE (YjApplication, yj_application, YJ, APPLICATION, AdwApplication)

YjApplication *yj_application_new (void);

G_END_DECLS
