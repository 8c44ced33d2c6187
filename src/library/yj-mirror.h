/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One folder made like another, file by file. All of it may take long: for threads. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef void (*YjMirrorFunc) (gint64   bytes,
                              gpointer user_data);

gint64   yj_mirror_measure (const char    *folder);
gboolean yj_mirror_update  (const char    *from,
                            const char    *to,
                            GHashTable    *copies,      /* path to path of the original, or NULL */
                            YjMirrorFunc   func,        /* told how much has been copied by now, or NULL */
                            gpointer       user_data,
                            GCancellable  *cancellable,
                            guint         *n_changed,
                            GError       **error);
void     yj_mirror_remove  (const char    *from,
                            const char    *to);

G_END_DECLS
