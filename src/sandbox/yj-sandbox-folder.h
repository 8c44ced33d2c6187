/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A temporary folder that is known to be in use by a lock, which is @lock, an open file. */
char *yj_sandbox_folder_new    (int         *lock,
                                GError     **error);
void  yj_sandbox_folder_remove (const char  *path);
/* Removes what sandboxes left that were killed. */
void  yj_sandbox_folder_sweep  (void);

G_END_DECLS
