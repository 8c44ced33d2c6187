/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-catalog.h"

G_BEGIN_DECLS

/* The platform's lists of models, from the catalogue. */
char *yj_sandbox_list_models (YjCatalog  *catalog,
                              const char *catalogue);
char *yj_sandbox_list_rows   (YjCatalog  *catalog,
                              const char *catalogue);

G_END_DECLS
