/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define YJ_FRAME_LAST (-1)

/* Writes one decoded frame of @video as an sRGB PNG of full size: the one shown at @position (ns), or the
   last decodable one (YJ_FRAME_LAST). Colours as the stream declares them. */
void     yj_frame_grab_async  (GFile                *video,
                               gint64                position,
                               GFile                *png,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
gboolean yj_frame_grab_finish (GAsyncResult         *result,
                               GError              **error);

G_END_DECLS
