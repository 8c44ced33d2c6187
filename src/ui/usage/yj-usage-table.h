/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-ledger.h"

G_BEGIN_DECLS

/* Fills @view with the columns and rows of @ledger, which is taken over, and a last row with the sums. */
void yj_usage_table_fill (GtkColumnView *view,
                          YjLedger      *ledger,
                          YjLedgerBy     by);

G_END_DECLS
