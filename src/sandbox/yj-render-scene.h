/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-render.h"

#include <cairo.h>

G_BEGIN_DECLS

/* What is to be seen at each moment. */
typedef struct _YjRenderScene YjRenderScene;

YjRenderScene *yj_render_scene_new    (YjRenderSpec   *spec,
                                       GError        **error);
int            yj_render_scene_width  (YjRenderScene  *self);
int            yj_render_scene_height (YjRenderScene  *self);
guint          yj_render_scene_frames (YjRenderScene  *self);
gboolean       yj_render_scene_draw   (YjRenderScene  *self,
                                       guint           number,
                                       cairo_t        *cr,
                                       GError        **error);
GByteArray    *yj_render_scene_sound  (YjRenderScene  *self,
                                       GError        **error);
void           yj_render_scene_free   (YjRenderScene  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjRenderScene, yj_render_scene_free)

/* Painted shapes, text and tones that come from the prompt alone. */
cairo_surface_t *yj_render_caption    (const char     *text,
                                       int             width,
                                       int             height);
cairo_surface_t *yj_render_mark       (int             width,
                                       int             height);
void             yj_render_backdrop   (cairo_t        *cr,
                                       guint32         seed,
                                       int             width,
                                       int             height,
                                       double          time);
void             yj_render_tones      (GByteArray     *samples,
                                       guint32         seed,
                                       gsize           bytes);

G_END_DECLS
