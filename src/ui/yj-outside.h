/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-application.h"
#include "yj-job-notices.h"

G_BEGIN_DECLS

/* What is asked for from outside the window: by a click on a notification, by the desktop's search. */
typedef struct _YjOutside YjOutside;

YjOutside *yj_outside_new  (GtkApplication *application,
                            YjJobNotices   *notices);
void       yj_outside_free (YjOutside      *self);
/* The window has its session now: does what was asked for before. */
void       yj_outside_run  (YjOutside      *self);

G_END_DECLS
