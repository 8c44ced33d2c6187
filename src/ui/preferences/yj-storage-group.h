/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* In the preferences: what takes how much of the disk, what has vanished, and what belongs to nothing. */
#define YJ_TYPE_STORAGE_GROUP (yj_storage_group_get_type ())
G_DECLARE_FINAL_TYPE (YjStorageGroup, yj_storage_group, YJ, STORAGE_GROUP, AdwPreferencesGroup)

void yj_storage_group_set_session (YjStorageGroup *self,
                                   YjSession      *session);

G_END_DECLS
