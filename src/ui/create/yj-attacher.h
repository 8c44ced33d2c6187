/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-attach-rules.h"
#include "yj-job-queue.h"

G_BEGIN_DECLS

/* Looks into files and puts them where they fit in a draft, in the order given. Properties "draft" (YjDraft) and
   "busy" (boolean, with notify). Signals: refused (string: a name, string: a whole sentence), noted (string: a
   whole sentence), replaced (YjDraftFile: the one that was there before, YjDraftFile: the new one), attached (YjDraftFile),
   mention (YjDraftFile, GtkTextMark: where in the prompt),
   recipe (GFile: no medium, but a recipe as it is exported), needs-slots (guint: pictures, guint: videos, guint: sounds
   that came together, and the model takes no files at all; a handler may change the model). */
#define YJ_TYPE_ATTACHER (yj_attacher_get_type ())
G_DECLARE_FINAL_TYPE (YjAttacher, yj_attacher, YJ, ATTACHER, GObject)

YjAttacher *yj_attacher_new         (void);
void        yj_attacher_set_draft   (YjAttacher  *self,
                                     YjDraft     *draft);
/* Whose videos are called by their prompts. */
void        yj_attacher_set_queue   (YjAttacher  *self,
                                     YjJobQueue  *queue);
void        yj_attacher_add_to      (YjAttacher  *self,
                                     GSList      *files,
                                     const YjAttachAim *aim);
void        yj_attacher_add_address (YjAttacher  *self,
                                     const char  *address,
                                     GFile       *spare,
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

G_END_DECLS
