/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* Chooses the model of a chat. Properties: "session" (YjSession), "model" (string, its name on the wire).
   Signal "chosen" (string): a person chose. */
#define YJ_TYPE_MODEL_BUTTON (yj_model_button_get_type ())
G_DECLARE_FINAL_TYPE (YjModelButton, yj_model_button, YJ, MODEL_BUTTON, GtkWidget)

const char *yj_model_button_get_model (YjModelButton *self);
void        yj_model_button_set_model (YjModelButton *self,
                                       const char    *model);
GStrv       yj_model_button_dup_models (YjModelButton *self);

G_END_DECLS
