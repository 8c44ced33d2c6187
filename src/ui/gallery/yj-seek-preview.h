/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Small pictures of a clip at some places of it, made when they are asked for. Signal "changed": another one is there. */
#define YJ_TYPE_SEEK_PREVIEW (yj_seek_preview_get_type ())
G_DECLARE_FINAL_TYPE (YjSeekPreview, yj_seek_preview, YJ, SEEK_PREVIEW, GObject)

YjSeekPreview *yj_seek_preview_new    (void);
void           yj_seek_preview_set    (YjSeekPreview *self,
                                       GFile         *file,
                                       gint64         duration);
GdkTexture    *yj_seek_preview_look   (YjSeekPreview *self,
                                       gint64         position);
void           yj_seek_preview_cancel (YjSeekPreview *self);

G_END_DECLS
