/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-gallery-model.h"
#include "yj-job-card.h"

G_BEGIN_DECLS

/* The jobs of a model as cards below the headers of their sections; only those in sight have widgets. Properties "size"
   (YjJobCardSize) and those of GtkScrollable. Signals "activate" (YjJob), "selection-changed", "cursor-changed". */
#define YJ_TYPE_GALLERY_GRID (yj_gallery_grid_get_type ())
G_DECLARE_FINAL_TYPE (YjGalleryGrid, yj_gallery_grid, YJ, GALLERY_GRID, GtkWidget)

void       yj_gallery_grid_set_model     (YjGalleryGrid  *self,
                                          YjGalleryModel *model);
/* The card of a job, while it has one. */
YjJobCard *yj_gallery_grid_find_card     (YjGalleryGrid  *self,
                                          YjJob          *job);
/* The one below a point of the grid. */
YjJobCard *yj_gallery_grid_pick_card     (YjGalleryGrid  *self,
                                          double          x,
                                          double          y);
/* The one that has, or had last, the focus of the keyboard; lent. */
YjJob     *yj_gallery_grid_get_cursor    (YjGalleryGrid  *self);
void       yj_gallery_grid_focus         (YjGalleryGrid  *self);

/* What is selected: (GPtrArray of YjJob), in the order of the model. */
GPtrArray *yj_gallery_grid_list_selected (YjGalleryGrid  *self);
guint      yj_gallery_grid_count_selected (YjGalleryGrid *self);
gboolean   yj_gallery_grid_is_selected   (YjGalleryGrid  *self,
                                          YjJob          *job);
void       yj_gallery_grid_select        (YjGalleryGrid  *self,
                                          YjJob          *job,
                                          gboolean        selected);
void       yj_gallery_grid_select_all    (YjGalleryGrid  *self);
void       yj_gallery_grid_unselect_all  (YjGalleryGrid  *self);

G_END_DECLS
