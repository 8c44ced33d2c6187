/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-session.h"

G_BEGIN_DECLS

/* A video model as the platform's own lists name it, beside what the catalogue knows of it. */
typedef struct
{
  YjMode   mode;
  YjModel *model;               /* of the catalogue; NULL: it has no such model */
  char    *name;
  char    *title;
  char    *llmid;               /* NULL: the lists do not tell */
} YjListedModel;

void       yj_listed_model_free    (YjListedModel        *listed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjListedModel, yj_listed_model_free)

/* Asks the platform for its lists of all three modes. Free. */
void       yj_model_lists_async    (YjSession            *session,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
/* GPtrArray of YjListedModel, those of the catalogue first. */
GPtrArray *yj_model_lists_finish   (YjSession            *session,
                                    GAsyncResult         *result,
                                    GError              **error);
/* Completes or corrects the llmid; kept, unless the sandbox made it up. */
void       yj_model_lists_take     (YjSession            *session,
                                    YjModel              *model,
                                    const char           *llmid);

G_END_DECLS
