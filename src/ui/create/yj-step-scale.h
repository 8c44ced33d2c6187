/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A slider for whole numbers that stops at those that are allowed only. Notifies "number". */
#define YJ_TYPE_STEP_SCALE (yj_step_scale_get_type ())
G_DECLARE_FINAL_TYPE (YjStepScale, yj_step_scale, YJ, STEP_SCALE, AdwBin)

/* @steps: ascending, at least one; @format: how a number is read out, with one %d. */
GtkWidget *yj_step_scale_new        (const int   *steps,
                                     guint        n_steps,
                                     int          usual,
                                     const char  *format);
int        yj_step_scale_get_number (YjStepScale *self);
/* A number that is none of the steps is shown at the place of the nearest. */
void       yj_step_scale_set_number (YjStepScale *self,
                                     int          number);
void       yj_step_scale_set_label  (YjStepScale *self,
                                     const char  *label);

G_END_DECLS
