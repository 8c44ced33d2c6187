/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-attach-look.h"
#include "yj-attach-rules.h"

G_BEGIN_DECLS

/* What came together, in one drop or one paste, and where the next file of it goes. */
typedef struct
{
  guint        refs;
  guint        n;               /* files that came with it, those of folders among them */
  YjDraft     *draft;           /* where it goes, on show or not by then; NULL: nowhere */
  int          role;            /* what it was aimed at, -1: nothing */
  guint        position;        /* before which of the files there, G_MAXUINT: behind all */
  YjDraftFile *replaced;        /* the one that is to go for the first that fits, or NULL */
  GtkTextMark *mention;         /* where what came is to be mentioned in the prompt, or NULL */
  char        *name;            /* what it is called, NULL: by its file */
} YjAttachBatch;

/* What became of a file: it was attached (@file), set aside (@file and @reason), refused (@reason), or it had been set aside
   before and went where it was dropped, or is only to be mentioned and was there already (none of these). */
typedef struct
{
  YjDraftFile *file;            /* the one that is new in the draft, or NULL */
  YjDraftFile *before;          /* the one whose place it took, or NULL */
  YjDraftFile *mentioned;       /* the one that is in a slot and to be mentioned, or NULL */
  char        *reason;          /* a whole sentence, or NULL */
} YjAttachOutcome;

void           yj_attach_outcome_clear   (YjAttachOutcome    *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YjAttachOutcome, yj_attach_outcome_clear)

YjAttachBatch *yj_attach_batch_new       (YjDraft            *draft,
                                          const YjAttachAim  *aim);
YjAttachBatch *yj_attach_batch_ref       (YjAttachBatch      *batch);
void           yj_attach_batch_unref     (YjAttachBatch      *batch);
void           yj_attach_batch_set_name  (YjAttachBatch      *batch,
                                          const char         *name);
/* One more file came with it. */
void           yj_attach_batch_count     (YjAttachBatch      *batch);
/* The rest is for a batch with a draft. Whether the model takes files at all. */
gboolean       yj_attach_batch_has_slots (YjAttachBatch      *batch);
/* Whether one more file of this kind would be kept. */
gboolean       yj_attach_batch_has_room  (YjAttachBatch      *batch,
                                          YjMediaKind         kind);
/* Puts what was found where it was aimed, or where it fits, or sets it aside. @name: what to call it, NULL: by its file. */
void           yj_attach_batch_put       (YjAttachBatch      *batch,
                                          const YjAttachLook *look,
                                          const char         *name,
                                          YjAttachOutcome    *outcome);

G_END_DECLS
