/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjConversation share. */
#pragma once

#include "yj-message-tree.h"

G_BEGIN_DECLS

struct _YjConversation
{
  GObject        parent_instance;
  YjMessageTree *tree;
  GPtrArray     *messages;      /* the branch; borrowed from the tree */
  GListStore    *waiting;       /* of YjWaiting */
  gboolean       waiting_rests;
  gint64         key;
  gboolean       stored;
  gboolean       loaded;
  char          *title;
  char          *model;
  char          *system_prompt;
  char          *draft;
  gint64         updated;
  gint64         trashed;
  gboolean       pinned;
  gboolean       unread;
  gboolean       busy;          /* not stored */
  int            draft_cursor;  /* characters, -1: at the end */
  int            stream;        /* -1: as preferred */
  GListStore    *attachments;   /* of the draft */
  guint          n_attachments; /* how many are stored, until they are loaded; 0 then */
};

/* The list of messages has changed, as of items-changed. */
void yj_conversation_tell_items (YjConversation *self,
                                 guint           position,
                                 guint           removed,
                                 guint           added);

G_END_DECLS
