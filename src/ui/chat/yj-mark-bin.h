/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-find.h"
#include "yj-transcript.h"

G_BEGIN_DECLS

/* Around the view of a transcript: paints behind the text where words are. Property "transcript". */
#define YJ_TYPE_MARK_BIN (yj_mark_bin_get_type ())
G_DECLARE_FINAL_TYPE (YjMarkBin, yj_mark_bin, YJ, MARK_BIN, AdwBin)

/* NULL: nothing is marked. */
void yj_mark_bin_set_words (YjMarkBin       *self,
                            const char      *words);
/* The one that is marked above the others, and brought into sight; NULL: none. */
void yj_mark_bin_show_hit  (YjMarkBin       *self,
                            const YjFindHit *hit);

G_END_DECLS
