/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gint64 yj_picture_end_read (const char *path);

G_END_DECLS
