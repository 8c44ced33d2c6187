/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-transcript.h"

G_BEGIN_DECLS

void yj_selection_menu_show (YjTranscript *transcript,
                             GtkWidget    *row,
                             const char   *link,
                             double        x,
                             double        y);

G_END_DECLS
