/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media-fixtures.h"

#define NUMBERED_WIDTH 640
#define NUMBERED_HEIGHT 360

GFile *numbered_clip      (const char *name,
                           int         frames,
                           int         fps_n,
                           int         fps_d,
                           double      sound);
int    numbered_clip_read (GdkTexture *texture);
