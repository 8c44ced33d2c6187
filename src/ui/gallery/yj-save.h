/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-window.h"

G_BEGIN_DECLS

/* Asks where to, and saves a copy there. */
void yj_save_video (YjWindow *window,
                    YjJob    *job);
void yj_save_videos (YjWindow  *window,
                     GPtrArray *jobs);
void yj_save_frame (YjWindow *window,
                    YjJob    *job,
                    gint64    position);

/* The first words of its prompt as the name of a file. */
char *yj_save_dup_name (YjJob      *job,
                        const char *ending);

G_END_DECLS
