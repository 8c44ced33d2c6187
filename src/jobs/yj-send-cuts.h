/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-camera-facts.h"
#include "yj-draft.h"

G_BEGIN_DECLS

/* What of one file is not sent. */
typedef struct
{
  gint64     size;              /* bytes of the whole file */
  GPtrArray *cuts;              /* of YjCut */
} YjSendCuts;

/* Looks, on a thread, for the camera facts in all files that a draft would send. */
void        yj_send_cuts_find_async  (YjDraft              *draft,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GHashTable *yj_send_cuts_find_finish (GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
