/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* A mention within the text of a prompt: the picture and the name of the file that it is bound to, or, when that is not
   attached, the name with a sign of it. */
#define YJ_TYPE_MENTION_CHIP (yj_mention_chip_get_type ())
G_DECLARE_FINAL_TYPE (YjMentionChip, yj_mention_chip, YJ, MENTION_CHIP, GtkButton)

GtkWidget  *yj_mention_chip_new      (const char    *id,
                                      const char    *name);
const char *yj_mention_chip_get_id   (YjMentionChip *self);
const char *yj_mention_chip_get_name (YjMentionChip *self);
/* Looks anew what @draft has of its file. */
void        yj_mention_chip_update   (YjMentionChip *self,
                                      YjDraft       *draft);

G_END_DECLS
