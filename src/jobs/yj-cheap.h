/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same for less: the lowest resolution and the shortest duration that a model allows. */
#pragma once

#include "yj-draft.h"

G_BEGIN_DECLS

/* NULL: the draft is as cheap as it can be. Finish with the values that it is a try of: YjJobOrder.full. */
YjDraft *yj_cheap_new_draft (YjDraft *draft);

G_END_DECLS
