/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TIFFs built by hand, in each byte order and width, that tell of much beside the picture. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean    little;
  gboolean    big;              /* BigTIFF */
  guint       orientation;
  guint       pages;
  guint       kind;             /* of the first page; 1: another one made smaller */
  guint       kind_of_others;
  gboolean    circle;           /* the last page leads back to the first */
  guint       missing;          /* bytes, in what it says of the length of its strips */
  const char *secret;
} TiffShape;

GBytes *tiff_make (const TiffShape *shape);

G_END_DECLS
