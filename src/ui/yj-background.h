/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running without a window: as the portal sees it where programs are watched by one, else as one likes. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean yj_background_uses_portal    (void);
/* Asks the desktop whether the program may go on without a window. */
void     yj_background_request_async  (GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean yj_background_request_finish (GAsyncResult         *result);
/* What the desktop shows of a program without a window. */
void     yj_background_set_status     (const char           *text);

G_END_DECLS
