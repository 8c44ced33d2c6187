/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-catalog.h"
#include "yj-finder.h"

G_BEGIN_DECLS

/* What a shell shows of something found: two lines of text and a picture. */
char     *yj_result_text_dup_name        (const YjFinding *finding);
char     *yj_result_text_dup_description (const YjFinding *finding,
                                          YjCatalog       *catalog,
                                          gint64           now);
GIcon    *yj_result_text_new_icon        (const YjFinding *finding);

G_END_DECLS
