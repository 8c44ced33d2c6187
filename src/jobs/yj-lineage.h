/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which video was made of which. */
#pragma once

#include "yj-job-queue.h"

G_BEGIN_DECLS

typedef enum
{
  YJ_LINK_REMIX,                /* the same recipe, perhaps changed */
  YJ_LINK_EXTEND,               /* begins with the other's last frame */
  YJ_LINK_FRAME,                /* another frame of it is among the references */
  YJ_LINK_CLIP,                 /* the whole of it is */
  YJ_LINK_JOIN,                 /* it is a part of the film */
} YjLinkKind;

typedef struct
{
  YjLinkKind  kind;
  YjJob      *job;              /* NULL: no longer in the gallery */
} YjLink;

void       yj_link_free              (YjLink       *link);

/* The job whose video this file is, or NULL. */
YjJob     *yj_lineage_find_maker     (YjJobQueue   *queue,
                                      GFile        *file);
/* For yj_draft_set_origin () and yj_draft_file_set_origin (). */
char      *yj_lineage_dup_origin     (YjLinkKind    kind,
                                      YjJob        *job);
/* Lines as jobs keep them; NULL: of nothing. */
char      *yj_lineage_dup_parents    (YjJobQueue   *queue,
                                      YjDraft      *draft);
/* GPtrArray of YjLink. */
GPtrArray *yj_lineage_list_parents   (YjJobQueue   *queue,
                                      YjJob        *job);
GPtrArray *yj_lineage_list_children  (YjJobQueue   *queue,
                                      YjJob        *job);
/* GPtrArray of YjJob: videos that go on from each other, the first one first, @job among them. */
GPtrArray *yj_lineage_list_chain     (YjJobQueue   *queue,
                                      YjJob        *job);

/* Whether it is a film joined from others, and no order. */
gboolean   yj_job_is_joined          (YjJob        *job);

G_END_DECLS
