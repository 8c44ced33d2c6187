/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the videos of a library lie: in its folder `videos`, or elsewhere, and then `videos` is a link to that place. */
#pragma once

#include "yj-mirror.h"

G_BEGIN_DECLS

typedef struct
{
  char     *elsewhere;          /* where `videos` leads to, or NULL: into the library's own folder */
  char     *unfinished;         /* where they were being moved to when that was cut off, or NULL */
  gboolean  gone;               /* nothing is there, as of a disk that is not connected */
} YjVideosPlace;

void           yj_videos_place_free    (YjVideosPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjVideosPlace, yj_videos_place_free)

YjVideosPlace *yj_videos_place_look    (const char    *library);
void           yj_videos_place_recover (const char    *library);
gboolean       yj_videos_place_move    (const char    *library,
                                        const char    *to,          /* NULL: home, into the library's own folder */
                                        gboolean       resume,      /* what was cut off; @to is of no matter */
                                        YjMirrorFunc   func,
                                        gpointer       user_data,   /* told the bytes copied, and first of all the whole, negative */
                                        GCancellable  *cancellable,
                                        GError       **error);
void           yj_videos_place_discard (const char    *library);

G_END_DECLS
