/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block.h"
#include "yj-inline-math.h"

G_BEGIN_DECLS

void yj_inline_code_snapshot (const YjBlock *block,
                              YjInlineMath  *math,
                              GtkLabel      *label,
                              PangoLayout   *grown,
                              GtkSnapshot   *snapshot);

G_END_DECLS
