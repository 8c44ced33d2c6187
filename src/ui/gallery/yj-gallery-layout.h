/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the cards of the gallery and the headers of its sections stand. No widgets, no pixels on the screen: numbers. */
typedef struct
{
  guint first;                  /* of its jobs */
  guint n;
  int   y;
  int   height;
} YjGalleryRow;

typedef struct
{
  guint section;
  int   y;
} YjGalleryHead;

typedef struct
{
  GArray *rows;                 /* YjGalleryRow */
  GArray *heads;                /* YjGalleryHead */
  guint   columns;
  int     card_width;
  int     gap;
  int     margin;               /* at both sides */
  int     height;
} YjGalleryLayout;

/* How high the card of a job is; @title: whether a section has a header. */
typedef int      (*YjGalleryHeightFunc)  (guint    position,
                                          gpointer user_data);
typedef guint    (*YjGallerySectionFunc) (guint     section,
                                          gboolean *title,
                                          gpointer  user_data);

YjGalleryLayout *yj_gallery_layout_new       (void);
void             yj_gallery_layout_free      (YjGalleryLayout      *self);
void             yj_gallery_layout_set_width (YjGalleryLayout      *self,
                                              int                   width,
                                              int                   wanted,
                                              guint                 least);
void             yj_gallery_layout_make      (YjGalleryLayout      *self,
                                              guint                 n_sections,
                                              int                   head_height,
                                              YjGallerySectionFunc  section_func,
                                              YjGalleryHeightFunc   height_func,
                                              gpointer              user_data);
/* The row that holds @y, else the one below; the number of rows when there is none. */
guint            yj_gallery_layout_find_row  (YjGalleryLayout      *self,
                                              int                   y);
guint            yj_gallery_layout_find_row_of (YjGalleryLayout    *self,
                                              guint                 position);
int              yj_gallery_layout_get_x     (YjGalleryLayout      *self,
                                              guint                 column);
/* Where the focus goes from @position by so many rows, in the same column as far as there is one. */
guint            yj_gallery_layout_move      (YjGalleryLayout      *self,
                                              guint                 position,
                                              int                   rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjGalleryLayout, yj_gallery_layout_free)

G_END_DECLS
