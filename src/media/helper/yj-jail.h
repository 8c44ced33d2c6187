/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     yj_jail_allow_output (guint64 bytes);
gboolean yj_jail_enter (guint    seconds,
                        char   **why);
gboolean yj_jail_prove (char   **why);

G_END_DECLS
