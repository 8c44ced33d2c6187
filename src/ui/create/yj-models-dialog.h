/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-catalog.h"
#include "yj-draft.h"
#include "yj-job-queue.h"

G_BEGIN_DECLS

/* @drafts: (element-type YjDraft): one for each chosen model. */
typedef void (*YjModelsChosenFunc) (GPtrArray *drafts,
                                    gpointer   user_data);

/* Lets the person choose several models for one draft. @user_data: a GObject, held until the dialog is gone. */
void yj_models_dialog_present (GtkWidget          *parent,
                               YjCatalog          *catalog,
                               YjJobQueue         *queue,
                               YjDraft            *draft,
                               GPtrArray          *left,
                               guint               n_takes,
                               YjModelsChosenFunc  func,
                               gpointer            user_data);

G_END_DECLS
