/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Fetches what lies at an address that a person dropped or pasted into a file of its own below @folder. */
void   yj_web_fetch_async  (const char           *address,
                            GFile                *folder,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
GFile *yj_web_fetch_finish (GAsyncResult         *result,
                            GError              **error);
/* http, https, or a picture that is in the address itself (data:image/…;base64). */
gboolean yj_web_fetch_takes (const char          *address);

G_END_DECLS
