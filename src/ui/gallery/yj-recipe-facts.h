/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* The list of what is known of a job and of its video. */
#define YJ_TYPE_RECIPE_FACTS (yj_recipe_facts_get_type ())
G_DECLARE_FINAL_TYPE (YjRecipeFacts, yj_recipe_facts, YJ, RECIPE_FACTS, AdwBin)

void       yj_recipe_facts_set_job (YjRecipeFacts *self,
                                    YjJob         *job);
/* Appends a row that shows @value under @title, if there is one. */
GtkWidget *yj_recipe_facts_add_row (GtkListBox    *list,
                                    const char    *title,
                                    const char    *value);

G_END_DECLS
