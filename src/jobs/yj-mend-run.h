/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-fix.h"
#include "yj-library.h"
#include "yj-mend.h"

G_BEGIN_DECLS

/* Makes the mended file and looks into it; it is kept among the library's references. */
void         yj_mend_run_async  (YjLibrary           *library,
                                 YjDraftFile         *file,
                                 const YjMend        *mend,
                                 guint32              background,
                                 YjFixProgressFunc    progress,
                                 gpointer             progress_data,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
YjDraftFile *yj_mend_run_finish (YjLibrary           *library,
                                 GAsyncResult        *result,
                                 GError             **error);

G_END_DECLS
