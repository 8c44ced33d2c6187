/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of library.db and how older files come to them. Private to the library. */
#pragma once

#include "yj-database.h"

G_BEGIN_DECLS

/* What brings a file from version N to N + 1: element N of a NULL-terminated list. Element 0 makes the first tables. */
typedef const char *YjMigration;

const YjMigration *yj_schema_get_steps (void);
gboolean yj_schema_check_version (YjDatabase         *self,
                                  GError            **error);
gboolean yj_schema_is_newest     (YjDatabase         *self,
                                  GError            **error);
gboolean yj_schema_migrate       (YjDatabase         *self,
                                  const char         *folder,
                                  GError            **error);
/* Exposed for tests: the same with other steps. */
gboolean yj_schema_migrate_with  (YjDatabase         *self,
                                  const char         *folder,
                                  const YjMigration  *steps,
                                  GError            **error);

G_END_DECLS
