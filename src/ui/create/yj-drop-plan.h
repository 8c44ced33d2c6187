/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-attacher.h"

G_BEGIN_DECLS

/* What a drop of files of these kinds would do. */
typedef struct
{
  guint  landing[YJ_SLOT_REFERENCE_AUDIO + 1];  /* by role, how many land there */
  guint  unknown;                               /* only looking into them tells */
  guint  aside;                                 /* kept for another model */
  guint  refused;
  char  *refusal;                               /* why the first of these two is; NULL when none is */
} YjDropPlan;

void  yj_drop_plan_make  (YjDropPlan        *plan,
                          YjDraft           *draft,
                          const YjAttachAim *aim,
                          const YjMediaKind *kinds,
                          guint              n);
void  yj_drop_plan_clear (YjDropPlan        *plan);
/* What a drop does in this slot, as a sentence for the slot itself. */
char *yj_drop_plan_dup_text (const YjDropPlan  *plan,
                             YjDraft           *draft,
                             const YjAttachAim *aim,
                             YjSlotRole         role);

G_END_DECLS
