/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block.h"

G_BEGIN_DECLS

void yj_inline_code_snapshot (const YjBlock *block,
                              GtkLabel      *label,
                              GtkSnapshot   *snapshot);

G_END_DECLS
