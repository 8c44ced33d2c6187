/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-fix.h"
#include "yj-mend.h"
#include "yj-probe.h"

G_BEGIN_DECLS

/* From what is to be done to a file to how it is done. */
YjFixPlan    yj_mend_plan_new      (const YjMend      *mend,
                                    guint32            background);
/* The mended file, ready to take the place of the other. */
YjDraftFile *yj_mend_plan_new_file (YjDraftFile       *before,
                                    GFile             *file,
                                    const YjMediaInfo *info);

G_END_DECLS
