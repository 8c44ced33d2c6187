/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean yj_disk_fail (GError     **error,
                       const char  *path);
gboolean yj_disk_sync (const char  *path,
                       int          flags);

G_END_DECLS
