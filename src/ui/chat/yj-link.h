/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *yj_link_find      (const char *text,
                               gsize       length,
                               gsize      *link_length);
char       *yj_link_normalise (const char *address);
char       *yj_link_dup_host  (const char *uri);

G_END_DECLS
