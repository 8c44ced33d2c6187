/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"
#include "yj-limit-private.h"

G_BEGIN_DECLS

#define YJ_N_ROLES (YJ_SLOT_REFERENCE_AUDIO + 1)

/* Where the person put the file; it goes back there when a model has such a slot again. */
YjSlotRole  yj_draft_file_get_home   (YjDraftFile *self);
void        yj_draft_file_set_home   (YjDraftFile *self,
                                      YjSlotRole   home);
void        yj_draft_file_set_id     (YjDraftFile *self,
                                      const char  *id);
/* Draft and file are told of each other's changes by this signal of the file. */
#define YJ_DRAFT_FILE_CHANGED "changed"

GHashTable *yj_draft_get_values      (YjDraft     *self);   /* wire name or meaning → value, as set */
GHashTable *yj_draft_get_set_aside   (YjDraft     *self);   /* meaning → value that the model does not take */
void        yj_draft_changed         (YjDraft     *self);
void        yj_draft_sort_values     (YjDraft     *self);
/* An empty draft of @model with the same files, where they would go; nobody is told of anything. */
YjDraft    *yj_draft_new_shadow      (YjDraft     *self,
                                      YjModel     *model);
void        yj_draft_park            (YjDraft     *self,
                                      YjDraftFile *file);
/* The spelling in which @parameter takes @value, NULL when it does not; transfer none. */
const char *yj_parameter_accept      (YjParameter *parameter,
                                      const char  *value);

G_END_DECLS
