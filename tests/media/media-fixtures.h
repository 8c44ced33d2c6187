/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real media, made by real encoders, in a folder of the test's own. */
#pragma once

#include <gdk/gdk.h>
#include <gst/gst.h>

#include "yj-test.h"

#define FRAME_NS (GST_SECOND / 25)      /* all clips here have 25 frames a second */

void        media_init         (void);
const char *media_folder       (void);
GFile      *media_file         (const char  *name);
GFile      *media_write        (const char  *name,
                                const void  *data,
                                gsize        length);
GFile      *media_launch       (const char  *name,
                                const char  *pipeline);
void        media_run          (GstElement  *pipeline);
GFile      *media_clip         (const char  *name,
                                int          frames,
                                const char  *convert_to,
                                gboolean     with_sound);
guint32     media_colour       (int          frame);
guint32     media_pixel        (GdkTexture  *texture,
                                int          x,
                                int          y);
int         media_difference   (guint32      a,
                                guint32      b);
void        media_assert_colour (GdkTexture *texture,
                                 int         x,
                                 int         y,
                                 guint32     colour);
int         media_frame_number (guint32      colour);
