/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* Asks for a model of one's own and adds it to the catalogue. @given: what is known of it, as
   "mode\nname\ntitle\nllmid", or "". */
void yj_model_adder_present (GtkWidget  *parent,
                             YjSession  *session,
                             const char *given);

G_END_DECLS
