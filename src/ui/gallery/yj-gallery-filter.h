/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-catalog.h"
#include "yj-job-queue.h"

G_BEGIN_DECLS

/* What jobs can be told apart by. A value is a short word, %NULL means any. */
typedef enum
{
  YJ_FIELD_STATE,             /* "active", "ready", "not-made" */
  YJ_FIELD_MODE,              /* "t2v", … */
  YJ_FIELD_MODEL,             /* the id of a model */
  YJ_FIELD_MADE_FROM,         /* "words", "image", "video", "audio" */
  YJ_FIELD_RATIO,             /* "16:9", … */
  YJ_FIELD_LENGTH,            /* "short", "middle", "long" */
  YJ_FIELD_TAG,
  YJ_FIELD_FAVOURITE,         /* "yes" */
} YjGalleryField;
#define YJ_GALLERY_N_FIELDS (YJ_FIELD_FAVOURITE + 1)

const char *yj_gallery_field_get_title   (YjGalleryField  field);
/* The values that there are to choose from, in order. */
GStrv       yj_gallery_field_list_values (YjGalleryField  field,
                                          YjJobQueue     *queue);
char       *yj_gallery_field_dup_label   (YjGalleryField  field,
                                          const char     *value,
                                          YjCatalog      *catalog);
gboolean    yj_gallery_field_matches     (YjGalleryField  field,
                                          const char     *value,
                                          YjJob          *job);
/* The title of the model of a job, lent; its wire name when the catalogue has lost it. */
const char *yj_gallery_get_model_title   (YjJob          *job,
                                          YjCatalog      *catalog);
/* All of @words (case-folded, see yj_gallery_split_words ()) are in the prompt, the names of the model, or the tags. */
gboolean    yj_gallery_has_words         (YjJob          *job,
                                          YjCatalog      *catalog,
                                          char          **words);
char      **yj_gallery_split_words       (const char     *query);
/* After the tags of @job have changed. */
void        yj_gallery_forget_words      (YjJob          *job);

G_END_DECLS
