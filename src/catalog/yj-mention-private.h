/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"

G_BEGIN_DECLS

/* Of YjDraftFile: those in slots, in the order in which models count. */
GPtrArray *yj_draft_list_attached      (YjDraft      *self);
/* Typed words in a piece of text that stand for files that are not there; @seen: those that need no second mention. */
void       yj_draft_list_typed_missing (YjDraft      *self,
                                        const char   *text,
                                        gsize         length,
                                        GStrvBuilder *missing,
                                        GHashTable   *seen);

G_END_DECLS
