/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-job-queue.h"

G_BEGIN_DECLS

void yj_stop_sending (GtkWidget  *widget,
                      YjJobQueue *queue,
                      YjJob      *job);

G_END_DECLS
