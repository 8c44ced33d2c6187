/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* Where what comes was aimed. */
typedef struct
{
  int          role;            /* a YjSlotRole, -1: wherever it fits */
  guint        position;        /* before which file there; G_MAXUINT: behind all */
  YjDraftFile *replaced;        /* the file to be replaced by the first that fits, or NULL */
  GtkTextMark *mention;         /* among the words of the prompt: what comes is meant there; NULL: it was not */
  YjDraft     *draft;           /* the one that was on show then; NULL: the one that is when it comes */
} YjAttachAim;

/* For what comes later: with references to all that it names. */
YjAttachAim *yj_attach_aim_copy (const YjAttachAim *aim);
void         yj_attach_aim_free (YjAttachAim       *aim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjAttachAim, yj_attach_aim_free)

/* Which files find a place in a draft, before they come and when they do. */

/* How many files go into a slot; 0: nobody says. */
guint     yj_attach_get_limit   (YjSlot      *slot);
/* Whether a slot for several files has as many as the loosest document says; one for a single file never is full. */
gboolean  yj_attach_is_full     (YjDraft     *draft,
                                 YjSlotRole   role);
/* Whether a file of this kind, one of @n that came together, is kept though there is no slot for it, or no room. */
gboolean  yj_attach_sets_aside  (YjDraft     *draft,
                                 YjMediaKind  kind,
                                 guint        n);
/* How many of so many pictures, videos and sounds (by YjMediaKind) go into the empty slots of a model. */
guint     yj_attach_count_taken (YjModel     *model,
                                 const guint *counts);
/* Why a draft takes no (more) file of this kind, as a sentence. */
char     *yj_attach_dup_refusal (YjDraft     *draft,
                                 YjMediaKind  kind);

G_END_DECLS
