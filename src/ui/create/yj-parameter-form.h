/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* The settings of a draft's model, each with the right control, made from the catalogue. */
#define YJ_TYPE_PARAMETER_FORM (yj_parameter_form_get_type ())
G_DECLARE_FINAL_TYPE (YjParameterForm, yj_parameter_form, YJ, PARAMETER_FORM, AdwBin)

void  yj_parameter_form_set_draft     (YjParameterForm *self,
                                       YjDraft         *draft);
void  yj_parameter_form_show_problems (YjParameterForm *self,
                                       GPtrArray       *problems);

G_END_DECLS
