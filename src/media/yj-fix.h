/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* What a new file is to be made from, and how. Pixels are those of the upright picture. */
typedef struct
{
  const char   *content_type;   /* image/jpeg, image/png, video/mp4, audio/mpeg or audio/wav */
  gint64        max_bytes;      /* 0: as many as it takes */
  GdkRectangle  crop;           /* what stays of the source */
  GdkRectangle  place;          /* where that goes in the result; scaled to it */
  int           width;          /* of the result, px; 0: as the source, without crop and place */
  int           height;
  guint32       background;     /* 0xRRGGBB: under what is transparent, and around what is placed */
  double        frame_rate;     /* 0: that of the source */
  gint64        start;          /* ns */
  gint64        length;         /* ns; 0: to the end; a sound that ends before gets silence */
  int           sound_rate;     /* Hz: a clip gets sound of this kind, silent if it has none; 0: as the source */
  int           channels;
  gboolean      opaque;         /* a picture that shines through is laid on the background, be it of a type that can */
  gboolean      common;         /* colours and pixels of the usual kind, so that the results can follow each other */
} YjFixPlan;

char    *yj_fix_plan_to_string   (const YjFixPlan *plan);
gboolean yj_fix_plan_from_string (const char      *string,
                                  YjFixPlan       *plan);

/* @fraction: 0 to 1, in the thread that began */
typedef void (*YjFixProgressFunc) (double   fraction,
                                   gpointer user_data);

/* Makes a new file from a foreign one, in the helper process. */
void     yj_fix_run_async  (GFile               *source,
                            const YjFixPlan     *plan,
                            GFile               *target,
                            YjFixProgressFunc    progress,
                            gpointer             progress_data,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
gboolean yj_fix_run_finish (GAsyncResult        *result,
                            GError             **error);

G_END_DECLS
