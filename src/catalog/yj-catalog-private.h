/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjCatalog share. */
#pragma once

#include <json-glib/json-glib.h>

#include "yj-catalog.h"

G_BEGIN_DECLS

/* The models, as a list. The JSON stays beside it: a person's own file is laid over the shipped one member by member,
   and what comes out is read again. */
struct _YjCatalog
{
  GObject      parent_instance;
  GPtrArray   *models;          /* of YjModel */
  JsonObject  *merged;          /* of the file's form, the overlay already in it */
  JsonObject  *overlay;         /* the person's own */
  GHashTable  *lent;            /* id → llmid that is not kept */
  char       **chat_models;
  guint        n_shipped;       /* so many models at the beginning are the shipped ones */
};

JsonObject *yj_catalog_find_entry (JsonObject *file,
                                   const char *id);
void        yj_catalog_lend_again (YjCatalog  *self);

G_END_DECLS
