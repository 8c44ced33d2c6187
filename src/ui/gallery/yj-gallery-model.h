/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-gallery-filter.h"

G_BEGIN_DECLS

typedef enum
{
  YJ_GALLERY_NEWEST,
  YJ_GALLERY_OLDEST,
  YJ_GALLERY_LONGEST,
  YJ_GALLERY_BY_MODEL,
} YjGalleryOrder;

/* The jobs that are shown, in their order and their sections: a GListModel of YjJob. Signal "changed": what it is
   filtered by, or its sections, are others now, though perhaps no items. */
#define YJ_TYPE_GALLERY_MODEL (yj_gallery_model_get_type ())
G_DECLARE_FINAL_TYPE (YjGalleryModel, yj_gallery_model, YJ, GALLERY_MODEL, GObject)

YjGalleryModel *yj_gallery_model_new         (YjJobQueue      *queue,
                                              YjCatalog       *catalog);
void            yj_gallery_model_set_query   (YjGalleryModel  *self,
                                              const char      *query);
void            yj_gallery_model_set_order   (YjGalleryModel  *self,
                                              YjGalleryOrder   order);
void            yj_gallery_model_set_value   (YjGalleryModel  *self,
                                              YjGalleryField   field,
                                              const char      *value);
const char     *yj_gallery_model_get_value   (YjGalleryModel  *self,
                                              YjGalleryField   field);
guint           yj_gallery_model_count_values (YjGalleryModel *self);
/* Without the query. */
void            yj_gallery_model_clear       (YjGalleryModel  *self);
/* What is due is done now and not before the next frame. */
void            yj_gallery_model_update      (YjGalleryModel  *self);
YjJobQueue     *yj_gallery_model_get_queue   (YjGalleryModel  *self);
YjCatalog      *yj_gallery_model_get_catalog (YjGalleryModel  *self);
/* Lent. */
YjJob          *yj_gallery_model_get_job     (YjGalleryModel  *self,
                                              guint            position);
/* Where it is; GTK_INVALID_LIST_POSITION: nowhere. */
guint           yj_gallery_model_find        (YjGalleryModel  *self,
                                              YjJob           *job);
guint           yj_gallery_model_get_n_jobs  (YjGalleryModel  *self);
guint           yj_gallery_model_get_n_sections (YjGalleryModel *self);
/* First of its jobs; its end is the next one's first. Lent title; NULL: has none. */
guint           yj_gallery_model_get_section (YjGalleryModel  *self,
                                              guint            section,
                                              const char     **title);

/* How many are out of sight behind @job. */
guint           yj_gallery_model_count_behind (YjGalleryModel *self,
                                               YjJob          *job);

G_END_DECLS
