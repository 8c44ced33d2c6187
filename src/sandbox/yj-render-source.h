/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* A picture, turned as its EXIF data says. */
cairo_surface_t *yj_render_picture_load   (const char       *path,
                                           GError          **error);
/* Cut to the ratio of width × height and scaled to it. */
cairo_surface_t *yj_render_picture_cover  (cairo_surface_t  *picture,
                                           int               width,
                                           int               height);

/* A clip as frames of one size at YJ_RENDER_RATE. */
typedef struct _YjRenderClip YjRenderClip;
YjRenderClip    *yj_render_clip_open      (const char       *path,
                                           int               width,
                                           int               height,
                                           GError          **error);
/* The next frame, or the last one again after the end. Transfer none. */
cairo_surface_t *yj_render_clip_next      (YjRenderClip     *self,
                                           GError          **error);
void             yj_render_clip_free      (YjRenderClip     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjRenderClip, yj_render_clip_free)

#define YJ_RENDER_AUDIO_RATE 48000        /* stereo, signed 16 bits, interleaved */
/* Appends at most @limit bytes of decoded sound to @samples. */
gboolean         yj_render_sound_load     (const char       *path,
                                           gsize             limit,
                                           GByteArray       *samples,
                                           GError          **error);

/* What a place names as a file in @folder: itself, or a download of a URL, or what a data: URI holds. */
char            *yj_render_place_to_path  (const char       *place,
                                           const char       *folder,
                                           GError          **error);

G_END_DECLS
