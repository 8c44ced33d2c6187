/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used, as far as replies told: the material of the ledger. */
#pragma once

#include "yj-library.h"

G_BEGIN_DECLS

/* One figure, or without @unit: how many uses there were. */
typedef struct
{
  char   *when;         /* the step of the time that it belongs to: "2026-10-07" or "2026-10"; NULL in a list of single uses */
  char   *mode;         /* "t2v", "i2v", "r2v", "chat" */
  char   *model_id;     /* of the catalogue, or NULL */
  char   *model;        /* the model's name, or NULL */
  char   *unit;         /* the platform's own name of the figure: "credits", or NULL */
  double  amount;       /* of @unit, all together */
  double  most;         /* the greatest single one */
  gint64  n;            /* uses that told @unit; without it: uses */
  gint64  n_silent;     /* without @unit: those of which no figure was told */
  gint64  moment;       /* a single use: µs since 1970, UTC */
  char   *task_id;      /* a single use */
  char   *state;        /* a single use: of a job, or NULL */
} YjUse;

void       yj_use_free                       (YjUse                *use);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjUse, yj_use_free)

typedef enum
{
  YJ_USE_BY_DAY,
  YJ_USE_BY_MONTH,
  YJ_USE_SINGLE,
} YjUseStep;

void       yj_library_list_uses_async        (YjLibrary            *self,
                                              gint64                from,       /* µs since 1970, UTC */
                                              gint64                until,
                                              YjUseStep             step,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray *yj_library_list_uses_finish       (YjLibrary            *self,
                                              GAsyncResult         *result,
                                              GError              **error);
/* Written behind; signal "failed" of the library as for messages. */
void       yj_library_add_chat_use           (YjLibrary            *self,
                                              const char           *origin,
                                              const char           *model,
                                              const char           *usage);     /* JSON, or NULL: nothing was told */

G_END_DECLS
