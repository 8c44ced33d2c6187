/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The SHA-256 of what is in a file. */
void  yj_file_digest_async  (GFile               *file,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
char *yj_file_digest_finish (GAsyncResult        *result,
                             GError             **error);

G_END_DECLS
