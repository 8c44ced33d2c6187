/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  yj_sandbox_json_append_string (GString    *json,
                                     const char *string,
                                     gboolean    ascii);
char *yj_sandbox_json_quote         (const char *string,
                                     gboolean    ascii);
char *yj_sandbox_json_error         (const char *message);

G_END_DECLS
