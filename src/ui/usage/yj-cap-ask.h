/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks before an order that would cross the month's limit. */
#pragma once

#include <adwaita.h>

#include "yj-job-queue.h"

G_BEGIN_DECLS

/* @go: nothing is in the way, or the person wants it all the same. Called once. */
typedef void (*YjCapFunc) (gboolean go,
                           gpointer user_data);

void yj_cap_ask           (GtkWidget  *parent,
                           YjJobQueue *queue,
                           GPtrArray  *drafts,          /* of YjDraft */
                           guint       n_takes,         /* of each */
                           YjCapFunc   func,
                           gpointer    user_data);
/* Orders @job once more, unless a limit is in the way and stays there. */
void yj_cap_ask_for_again (GtkWidget  *parent,
                           YjJobQueue *queue,
                           YjJob      *job);

G_END_DECLS
