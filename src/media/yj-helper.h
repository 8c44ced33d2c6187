/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef void (*YjHelperProgress) (double   fraction,
                                  gpointer user_data);

void        yj_helper_push    (GTask               *task,
                               GTaskThreadFunc      func);
JsonObject *yj_helper_ask     (GFile               *file,
                               const char * const  *command,
                               gsize                max_payload,
                               GBytes             **payload,
                               GCancellable        *cancellable,
                               GError             **error);
gboolean    yj_helper_make    (GFile               *file,
                               const char * const  *command,
                               int                  output,
                               YjHelperProgress     progress,
                               gpointer             progress_data,
                               GCancellable        *cancellable,
                               GError             **error);
gboolean    yj_helper_join    (GFile              **files,
                               guint                n_files,
                               const char * const  *command,
                               int                  output,
                               YjHelperProgress     progress,
                               gpointer             progress_data,
                               GCancellable        *cancellable,
                               GError             **error);
gint64      yj_helper_get_int (JsonObject          *facts,
                               const char          *name);

G_END_DECLS
