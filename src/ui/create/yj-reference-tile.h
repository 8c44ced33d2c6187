/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* One attached file inside a YjReferencePanel: its picture, its facts, and what can be done with it: actions tile.remove,
   tile.earlier, tile.later, tile.open, and tile.mention, which activates create.mention with the id of the file. */
#define YJ_TYPE_REFERENCE_TILE (yj_reference_tile_get_type ())
G_DECLARE_FINAL_TYPE (YjReferenceTile, yj_reference_tile, YJ, REFERENCE_TILE, GtkWidget)

GtkWidget   *yj_reference_tile_new      (YjDraft         *draft,
                                         YjDraftFile     *file,
                                         gboolean         small);
YjDraftFile *yj_reference_tile_get_file (YjReferenceTile *self);
/* Shows what depends on the others: its number, what can be moved. */
void         yj_reference_tile_update   (YjReferenceTile *self,
                                         guint            position,
                                         guint            n);
/* What is known of a file, in a line: "1024 × 768 · 245 kB". */
char        *yj_reference_tile_dup_facts (YjDraftFile    *file);

G_END_DECLS
