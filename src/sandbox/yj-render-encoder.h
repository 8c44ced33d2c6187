/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes frames and sound into a video file. */
typedef struct _YjRenderEncoder YjRenderEncoder;

/* The best container that can be written here: "video.mp4" or "video.webm". */
const char      *yj_render_encoder_file_name (void);
YjRenderEncoder *yj_render_encoder_new       (const char       *folder,
                                              int               width,
                                              int               height,
                                              GError          **error);
/* All the sound, once, before the first frame. */
void             yj_render_encoder_set_sound (YjRenderEncoder  *self,
                                              GByteArray       *samples);
/* An empty frame to draw on, and back with it. */
cairo_surface_t *yj_render_encoder_begin     (YjRenderEncoder  *self);
gboolean         yj_render_encoder_push      (YjRenderEncoder  *self,
                                              cairo_surface_t  *frame,
                                              GError          **error);
gboolean         yj_render_encoder_finish    (YjRenderEncoder  *self,
                                              GError          **error);
void             yj_render_encoder_free      (YjRenderEncoder  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjRenderEncoder, yj_render_encoder_free)

gboolean         yj_render_save_jpeg         (cairo_surface_t  *frame,
                                              const char       *path,
                                              GError          **error);

G_END_DECLS
