/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-attacher.h"

G_BEGIN_DECLS

/* One thing that is being dragged. */
typedef struct
{
  YjMediaKind kind;
  const char *type;             /* its content type, interned; NULL while unknown */
} YjDropItem;

/* What a drop of such files would do. */
typedef struct
{
  guint  foreign[YJ_SLOT_REFERENCE_AUDIO + 1];  /* by role, how many of those that land there are of no type that it takes */
  char  *foreign_type[YJ_SLOT_REFERENCE_AUDIO + 1];  /* what people call that type, NULL: there are several, or none */
  guint  landing[YJ_SLOT_REFERENCE_AUDIO + 1];  /* by role, how many land there */
  guint  unknown;                               /* only looking into them tells */
  guint  aside;                                 /* kept for another model */
  guint  refused;
  char  *refusal;                               /* why the first of these two is; NULL when none is */
} YjDropPlan;

void  yj_drop_plan_make  (YjDropPlan        *plan,
                          YjDraft           *draft,
                          const YjAttachAim *aim,
                          const YjDropItem  *items,
                          guint              n);
void  yj_drop_plan_clear (YjDropPlan        *plan);
/* What a drop does in this slot, as a sentence for the slot itself. */
char *yj_drop_plan_dup_text (const YjDropPlan  *plan,
                             YjDraft           *draft,
                             const YjAttachAim *aim,
                             YjSlotRole         role);
/* Adds to a sentence about all of them what is to be done about those of a foreign type. */
void  yj_drop_plan_add_fixes (const YjDropPlan  *plan,
                              char             **text);

G_END_DECLS
