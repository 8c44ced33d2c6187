/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The still of a picture or clip, loaded when it comes on screen; an icon while there is none.
   Properties "file" (GFile), "icon-name", "size" (px of the longer side asked for), "content-fit",
   "icon-size" (px). */
#define YJ_TYPE_POSTER_IMAGE (yj_poster_image_get_type ())
G_DECLARE_FINAL_TYPE (YjPosterImage, yj_poster_image, YJ, POSTER_IMAGE, GtkWidget)

GdkPaintable *yj_poster_image_get_paintable (YjPosterImage *self);
/* For all that show @file: it has changed. */
void          yj_poster_image_refresh       (GFile         *file);

G_END_DECLS
