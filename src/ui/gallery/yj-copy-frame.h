/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-window.h"

G_BEGIN_DECLS

/* A frame as a picture on the clipboard. */
void yj_copy_frame (YjWindow *window,
                    YjJob    *job,
                    gint64    position);

G_END_DECLS
