/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One that has to be read: a toast cuts its title off after one line. */
AdwToast *yj_long_toast_new (const char *text);

G_END_DECLS
