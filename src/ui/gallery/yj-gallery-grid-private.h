/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjGalleryGrid share. */
#pragma once

#include "yj-gallery-grid.h"
#include "yj-gallery-layout.h"

G_BEGIN_DECLS

struct _YjGalleryGrid
{
  GtkWidget            parent_instance;

  YjGalleryModel      *model;
  YjGalleryLayout     *layout;
  YjJobCardSize        size;

  GtkAdjustment       *adjustments[2];  /* horizontal, vertical */
  GtkScrollablePolicy  policies[2];
  int                  width;           /* that the layout was made for */
  int                  height;          /* of the last allocation */
  gboolean             stale;           /* the layout is of another model, width or size */
  gboolean             placing;         /* the adjustment is set by us */
  gboolean             moved;           /* cards may have other neighbours, or another place in the set */

  GHashTable          *cards;           /* YjJob to YjJobCard: those in sight, and that with the focus */
  GPtrArray           *spare;           /* YjJobCard: out of sight, hidden, borrowed */
  GPtrArray           *heads;           /* GtkLabel, hidden those that are not needed, borrowed */
  GtkWidget           *sample;          /* a card that is only measured */
  GHashTable          *heights;         /* of kinds of cards, by kind */
  int                  head_height;

  YjJob               *anchor;          /* stays where it is when others come or go; NULL: the top does */
  int                  anchor_y;        /* of its row, from the top of the view */

  YjJob               *cursor;          /* has, or had last, the focus */
  guint                cursor_position; /* where it was then */
  YjJob               *range_start;     /* from which Shift selects */
  GHashTable          *selected;        /* YjJob, held */
};

enum
{
  YJ_GALLERY_GRID_ACTIVATE,
  YJ_GALLERY_GRID_SELECTION_CHANGED,
  YJ_GALLERY_GRID_CURSOR_CHANGED,
  YJ_GALLERY_GRID_N_SIGNALS,
};
extern guint yj_gallery_grid_signals[YJ_GALLERY_GRID_N_SIGNALS];

/* ---- yj-gallery-grid.c */
guint    yj_gallery_grid_find_position (YjGalleryGrid  *self,
                                        YjJob          *job);
/* Scrolls until all of its card is in sight, and gives it the focus. */
void     yj_gallery_grid_move_to       (YjGalleryGrid  *self,
                                        guint           position);
int      yj_gallery_grid_get_top       (YjGalleryGrid  *self);

/* ---- yj-gallery-grid-place.c: which jobs have a card, and where */
/* Puts everything into its place for a width. */
void     yj_gallery_grid_make_layout   (YjGalleryGrid  *self,
                                        int             width);
/* Gives cards to what is in sight. */
void     yj_gallery_grid_bind_visible  (YjGalleryGrid  *self);
/* Remembers what is to stay where it is. */
void     yj_gallery_grid_drop_anchor   (YjGalleryGrid  *self);
void     yj_gallery_grid_place         (YjGalleryGrid  *self);
void     yj_gallery_grid_draw_plates   (YjGalleryGrid  *self,
                                        GtkSnapshot    *snapshot);
/* Where the top of the view belongs after what is there has moved. */
int      yj_gallery_grid_find_top      (YjGalleryGrid  *self);

/* ---- yj-gallery-grid-keys.c: the keys, and the pointer */
void     yj_gallery_grid_install_keys  (GtkWidgetClass *widget_class);
void     yj_gallery_grid_add_pointer   (YjGalleryGrid  *self);

/* ---- yj-gallery-grid-select.c */
void     yj_gallery_grid_select_range  (YjGalleryGrid  *self,
                                        guint           to,
                                        gboolean        add);
/* After the model has changed: what is no longer shown is no longer selected. */
void     yj_gallery_grid_prune         (YjGalleryGrid  *self);

G_END_DECLS
