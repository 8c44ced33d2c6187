/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recipe outside of the library: a folder with the video, the recipe as JSON and its references. */
#pragma once

#include "yj-job-queue.h"

G_BEGIN_DECLS

/* What the names of such JSON files end with. */
#define YJ_RECIPE_FILE_ENDING ".yuanjing.json"

/* Makes a folder of its own below @folder, called @name; gives the folder. */
void     yj_recipe_export_async  (YjJobQueue           *queue,
                                  YjJob                *job,
                                  GFile                *folder,
                                  const char           *name,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
GFile   *yj_recipe_export_finish (GAsyncResult         *result,
                                  GError              **error);
/* Reads the JSON; gives the draft, and how many references were not found beside it. */
void     yj_recipe_import_async  (YjCatalog            *catalog,
                                  GFile                *file,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
YjDraft *yj_recipe_import_finish (GAsyncResult         *result,
                                  guint                *missing,
                                  GError              **error);

G_END_DECLS
