/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void yj_html_append (GString    *target,
                     const char *text,
                     gssize      length,
                     gboolean    breaks);

G_END_DECLS
