/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several drafts that are ordered together, as one draft for several models. */
#pragma once

#include "yj-job-queue.h"

G_BEGIN_DECLS

void  yj_order_add_async  (YjJobQueue           *queue,
                           GPtrArray            *drafts,
                           const YjJobOrder     *order,
                           gboolean              force,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
guint yj_order_add_finish (YjJobQueue           *queue,
                           GAsyncResult         *result,
                           GPtrArray           **left,
                           GError              **error);

G_END_DECLS
