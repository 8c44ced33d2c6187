/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* A still of a picture or clip, scaled to fit @size × @size px, made in the helper process and cached
   by content (path, size, mtime) in the user's cache folder. Sounds give YJ_MEDIA_ERROR_UNSUPPORTED. */
void        yj_poster_load_async  (GFile                *file,
                                   int                   size,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
/* The same of the frame at @position (ns) of a clip; not cached. */
void        yj_poster_load_frame_async (GFile           *file,
                                   int                   size,
                                   gint64                position,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
GdkTexture *yj_poster_load_finish (GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
