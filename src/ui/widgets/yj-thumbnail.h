/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* A small still of an attached file, of a size that nothing changes; for a sound its sign. */
#define YJ_TYPE_THUMBNAIL (yj_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (YjThumbnail, yj_thumbnail, YJ, THUMBNAIL, GtkWidget)

GtkWidget *yj_thumbnail_new      (int          width,
                                  int          height);
void       yj_thumbnail_set_file (YjThumbnail *self,
                                  YjDraftFile *file);

G_END_DECLS
