/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* A job in the grid: its poster or its state. Properties "job" (YjJob), "description" (string: all of it in words). */
#define YJ_TYPE_JOB_CARD (yj_job_card_get_type ())
G_DECLARE_FINAL_TYPE (YjJobCard, yj_job_card, YJ, JOB_CARD, AdwBin)

typedef enum
{
  YJ_JOB_CARD_SMALL,            /* one line of the prompt */
  YJ_JOB_CARD_MEDIUM,
  YJ_JOB_CARD_LARGE,
} YjJobCardSize;

YjJob   *yj_job_card_get_job      (YjJobCard     *self);
void     yj_job_card_set_size     (YjJobCard     *self,
                                   YjJobCardSize  size);
/* Its place among what was ordered together, from 1; 0: ordered alone. */
void     yj_job_card_set_batch    (YjJobCard     *self,
                                   guint          which,
                                   guint          n);
void     yj_job_card_set_selected (YjJobCard     *self,
                                   gboolean       selected);
/* Shown over the poster; NULL: the poster alone. */
void     yj_job_card_set_video    (YjJobCard     *self,
                                   GdkPaintable  *video);
/* Its menu is open, or it is being dragged. */
gboolean yj_job_card_is_busy      (YjJobCard     *self);

/* Cards of one kind and width have one height: that of one that is filled. */
int      yj_job_card_get_kind     (YjJob         *job);
void     yj_job_card_fill         (YjJobCard     *self,
                                   YjJob         *job);

/* How many lie folded behind it. */
void yj_job_card_set_behind (YjJobCard *self,
                             guint      n);

G_END_DECLS
