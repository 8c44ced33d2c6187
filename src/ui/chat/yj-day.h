/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int     yj_day_get_group       (gint64 time,
                                gint64 now);
gint64  yj_day_get_start       (gint64 time);
char   *yj_day_dup_group_title (gint64 time,
                                gint64 now);
/* One day only: "Today", "Yesterday", or its date. */
char   *yj_day_dup_title       (gint64 time,
                                gint64 now);

/* Calls a function whenever a new day has begun where we are, until it is freed. */
typedef struct _YjDayWatch YjDayWatch;

YjDayWatch *yj_day_watch_new  (GSourceOnceFunc  func,
                               gpointer         user_data);
void        yj_day_watch_free (YjDayWatch      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjDayWatch, yj_day_watch_free)

G_END_DECLS
