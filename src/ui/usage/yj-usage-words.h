/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the ledger's figures, units and rows are called. */
#pragma once

#include "yj-ledger.h"

G_BEGIN_DECLS

char *yj_usage_words_dup_amount (double              amount);
char *yj_usage_words_dup_unit   (const YjLedgerUnit *unit);
/* The same from its id, as it is kept in the settings. */
char *yj_usage_words_dup_id     (const char         *id,
                                 YjCatalog          *catalog);
char *yj_usage_words_dup_key    (const char         *key,
                                 YjLedgerBy          by);
/* "3 videos and 20 answers" */
char *yj_usage_words_dup_counts (const YjLedgerRow  *row);

G_END_DECLS
