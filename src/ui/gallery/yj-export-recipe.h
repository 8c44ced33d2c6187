/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-window.h"

G_BEGIN_DECLS

/* Asks for a folder, and puts a copy of the video with its recipe and references there. */
void yj_export_recipe (YjWindow *window,
                       YjJob    *job);

G_END_DECLS
