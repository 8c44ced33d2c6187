/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int     yj_day_get_group       (gint64 time,
                                gint64 now);
gint64  yj_day_get_start       (gint64 time);
char   *yj_day_dup_group_title (gint64 time,
                                gint64 now);

G_END_DECLS
