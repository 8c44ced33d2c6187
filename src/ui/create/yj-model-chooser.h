/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* The models of one mode: which one, who offers it, how well it takes what is attached, what is uncertain about it or
   surprises; asks for an llmid that is not known. Signal chosen (YjModel): by the person. */
#define YJ_TYPE_MODEL_CHOOSER (yj_model_chooser_get_type ())
G_DECLARE_FINAL_TYPE (YjModelChooser, yj_model_chooser, YJ, MODEL_CHOOSER, AdwBin)

void yj_model_chooser_set_session (YjModelChooser *self,
                                   YjSession      *session);
/* Shows the model of @draft among those of its mode. */
void yj_model_chooser_show_draft  (YjModelChooser *self,
                                   YjDraft        *draft,
                                   GPtrArray      *problems);

G_END_DECLS
