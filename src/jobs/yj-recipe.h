/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a draft to what is kept of it, and to what is sent. */
#pragma once

#include "yj-draft.h"
#include "yj-submission.h"

G_BEGIN_DECLS

char         *yj_recipe_to_stored      (const char *json,
                                        GFile      *folder);
char         *yj_recipe_from_stored    (const char *recipe,
                                        GFile      *folder);
char         *yj_recipe_dup_extension  (const char *content_type,
                                        GFile      *file);
char         *yj_recipe_with_full      (const char *recipe,
                                        YjDraft    *full);
void          yj_recipe_apply_full     (const char *recipe,
                                        YjDraft    *draft);
guint         yj_recipe_list_kinds     (const char *recipe);
gboolean      yj_recipe_is_cheap       (const char *recipe);
YjSubmission *yj_recipe_new_submission (YjDraft    *draft,
                                        GHashTable *cuts);

G_END_DECLS
