/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* Where the videos lie, and moving them elsewhere, as a group of preferences. */
#define YJ_TYPE_VIDEOS_GROUP (yj_videos_group_get_type ())
G_DECLARE_FINAL_TYPE (YjVideosGroup, yj_videos_group, YJ, VIDEOS_GROUP, AdwPreferencesGroup)

void  yj_videos_group_set_session (YjVideosGroup *self,
                                   YjSession     *session);
/* What a moving came to, in the person's words; NULL: it was cancelled. */
char *yj_videos_text_dup          (const GError  *error);

G_END_DECLS
