/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _YjHeights YjHeights;

YjHeights *yj_heights_new        (void);
void       yj_heights_free       (YjHeights *self);
guint      yj_heights_get_length (YjHeights *self);
void       yj_heights_splice     (YjHeights *self,
                                  guint      position,
                                  guint      removed,
                                  guint      added);
void       yj_heights_set        (YjHeights *self,
                                  guint      i,
                                  int        height);
int        yj_heights_get        (YjHeights *self,
                                  guint      i);
int        yj_heights_get_y      (YjHeights *self,
                                  guint      i);
guint      yj_heights_find       (YjHeights *self,
                                  int        y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjHeights, yj_heights_free)

G_END_DECLS
