/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job-queue.h"

G_BEGIN_DECLS

/* A small picture of a file, of a fixed size. */
GtkWidget *yj_send_dialog_new_picture (int          width,
                                       int          height);
void       yj_send_dialog_set_picture (GtkWidget   *picture,
                                       YjDraftFile *file);
/* All that will be sent of @draft, with pictures. */
AdwDialog *yj_send_dialog_new (YjDraft    *draft,
                               YjJobQueue *queue,
                               guint       n_takes);

G_END_DECLS
