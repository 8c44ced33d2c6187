/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft-private.h"

G_BEGIN_DECLS

/* One look at a draft: yj-draft-validate.c begins it, yj-check-files.c does the part of the files. */
typedef struct
{
  YjDraft   *draft;
  YjModel   *model;
  GPtrArray *problems;
} YjCheck;

void yj_check_tell_of (YjCheck           *check,
                       YjProblemSeverity  severity,
                       const char        *field,
                       YjDraftFile       *file,
                       char              *message);
void yj_check_tell (YjCheck           *check,
                    YjProblemSeverity  severity,
                    const char        *field,
                    char              *message);
void yj_check_tell_missing (YjCheck    *check,
                            const char *field,
                            char       *message);
gboolean yj_check_is_within (const YjBounds *bounds,
                             double          value);
gboolean yj_check_breaks (const YjLimit      *limit,
                          double              value,
                          YjProblemSeverity  *severity,
                          const YjBounds    **broken);
char *yj_check_format_number (double value);
gboolean yj_check_contains (char       **values,
                            const char  *value);
void yj_check_slot (YjCheck *check,
                    YjSlot  *slot);

G_END_DECLS
