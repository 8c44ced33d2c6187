/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "yj-conversation.h"

G_BEGIN_DECLS

/* A place where the words are, in what is shown of a message. */
typedef struct
{
  YjMessage *message;           /* held by what was found */
  guint      position;          /* of the message */
  guint      row;               /* of its column of blocks; of a question 0 */
  guint      nth;               /* of the places in that row, from 0 */
} YjFindHit;

typedef struct
{
  GPtrArray *messages;
  GArray    *hits;              /* of YjFindHit, in order */
} YjFound;

void     yj_find_async  (GListModel           *messages,
                         const char           *words,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data);
YjFound *yj_find_finish (GAsyncResult         *result,
                         GError              **error);
void     yj_found_free  (YjFound              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjFound, yj_found_free)

G_END_DECLS
