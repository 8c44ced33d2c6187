/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GUri     *yj_uri_parse       (const char  *text);
char     *yj_uri_check_base  (const char  *text,
                              GError     **error);
char     *yj_uri_resolve     (const char  *base_url,
                              const char  *reference);
gboolean  yj_uri_same_origin (GUri        *a,
                              GUri        *b);
gboolean  yj_uri_is_loopback (GUri        *uri);
gboolean  yj_uri_is_local_address (GInetAddress *address);

G_END_DECLS
