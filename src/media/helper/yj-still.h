/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "yj-sniff.h"

G_BEGIN_DECLS

/* What the header of a picture says. */
typedef struct
{
  guint32 width;                /* px, as stored */
  guint32 height;
  guint   orientation;          /* 1 to 8 as in EXIF */
  gsize   orientation_at;       /* where that number stands in the file, 0 when nowhere */
  gboolean cut_short;           /* the end is missing */
} YjStillHeader;

gboolean   yj_still_read_header (YjFormat        format,
                                 const guint8   *data,
                                 gsize           length,
                                 YjStillHeader  *header);
gboolean   yj_still_is_read_by_gdk (YjFormat     format);
gboolean   yj_still_is_heif     (YjFormat         format);
void       yj_still_prepare     (const YjSniff  *sniff);
GdkPixbuf *yj_still_decode      (const YjSniff  *sniff,
                                 GBytes         *bytes);
GdkPixbuf *yj_still_orient      (GdkPixbuf      *pixbuf,
                                 guint           orientation);

G_END_DECLS
