/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* Where what comes was aimed. */
typedef struct
{
  int          role;            /* a YjSlotRole, -1: wherever it fits */
  guint        position;        /* before which file there; G_MAXUINT: behind all */
  YjDraftFile *replaced;        /* the file to be replaced by the first that fits, or NULL */
} YjAttachAim;

/* Looks into files and puts them where they fit in a draft, in the order given. Properties "draft" (YjDraft) and
   "busy" (boolean, with notify). Signals: refused (string: a name, string: a whole sentence), noted (string: a
   whole sentence), replaced (YjDraftFile: the one that was there before, YjDraftFile: the new one), attached (YjDraftFile),
   recipe (GFile: no medium, but a recipe as it is exported), needs-slots (guint: pictures, guint: videos, guint: sounds
   that came together, and the model takes no files at all; a handler may change the model). */
#define YJ_TYPE_ATTACHER (yj_attacher_get_type ())
G_DECLARE_FINAL_TYPE (YjAttacher, yj_attacher, YJ, ATTACHER, GObject)

YjAttacher *yj_attacher_new         (void);
void        yj_attacher_set_draft   (YjAttacher  *self,
                                     YjDraft     *draft);
void        yj_attacher_add_to      (YjAttacher  *self,
                                     GSList      *files,
                                     const YjAttachAim *aim);
void        yj_attacher_add_address (YjAttacher  *self,
                                     const char  *address,
                                     const YjAttachAim *aim);
void        yj_attacher_add_named   (YjAttacher  *self,
                                     GFile       *file,
                                     const char  *name);
gboolean    yj_attacher_get_busy    (YjAttacher  *self);
/* Whether something is on its way into that draft. */
gboolean    yj_attacher_awaits      (YjAttacher  *self,
                                     YjDraft     *draft);
void        yj_attacher_hold        (YjAttacher  *self);
void        yj_attacher_release     (YjAttacher  *self);
/* Whether a slot for several files has as many as the loosest document says; one for a single file never is full. */
gboolean    yj_attacher_is_full     (YjDraft     *draft,
                                     YjSlotRole   role);
/* Whether a file of this kind, one of @n that came together, is kept though there is no slot for it, or no room. */
gboolean    yj_attacher_sets_aside  (YjDraft     *draft,
                                     YjMediaKind  kind,
                                     guint        n);
/* How many of so many pictures, videos and sounds (by YjMediaKind) go into the empty slots of a model. */
guint       yj_attacher_count_taken (YjModel     *model,
                                     const guint *counts);
/* Why a draft takes no (more) file of this kind, as a sentence. */
char       *yj_attacher_dup_refusal (YjDraft     *draft,
                                     YjMediaKind  kind);

G_END_DECLS
