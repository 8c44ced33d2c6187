/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-library.h"
#include "yj-platform.h"

G_BEGIN_DECLS

/* Fetches what a job has made, and puts it into the library's folder of videos. */
void      yj_job_fetch_async  (YjPlatform           *platform,
                               GFile                *folder,
                               const YjJobRow       *row,
                               YjProgressFunc        progress,
                               gpointer              progress_data,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
YjJobRow *yj_job_fetch_finish (GAsyncResult         *result,
                               GError              **error);
/* The same with a video that lies there already under its part name. Finishes with yj_job_fetch_finish (). */
void      yj_job_fetch_place_async (GFile              *folder,
                               const YjJobRow       *row,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
/* Names of its files that are not whole yet. */
char     *yj_job_fetch_dup_part_name (const YjJobRow *row,
                                      gboolean        cover);

G_END_DECLS
