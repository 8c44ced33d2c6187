/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The one place where an error becomes a translated sentence that says what to do next. */
char *yj_error_text_dup      (const GError *error);
/* The same for a code and the platform's own words kept with a job or message. */
char *yj_error_text_dup_code (int           code,
                              const char   *message);

G_END_DECLS
