/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* Asks for the id of a model whose id is not known; looks on the platform's lists meanwhile. */
void     yj_model_id_dialog_ask        (GtkWidget            *parent,
                                        YjSession            *session,
                                        YjModel              *model,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* Whether the model has an id now. */
gboolean yj_model_id_dialog_ask_finish (GtkWidget            *parent,
                                        GAsyncResult         *result);

G_END_DECLS
