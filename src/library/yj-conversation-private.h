/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the library does with conversations and messages. */
#pragma once

#include "yj-conversation.h"

G_BEGIN_DECLS

/* A place in the tree of a conversation; see yj-message-tree.h. */
typedef struct _YjMessageNode YjMessageNode;
typedef struct _YjMessageTree YjMessageTree;

/* A message, or what was added to it, on its way to the file. */
typedef struct
{
  gint64          id;
  gint64          conversation;
  gint64          parent;               /* 0: none */
  YjMessageRole   role;
  YjMessageState  state;
  gboolean        whole;                /* text and reasoning are all of it; else what follows the starts */
  gsize           text_start;           /* bytes */
  gsize           reasoning_start;
  GString        *text;
  GString        *reasoning;
  char           *model;
  char           *error;
  int             error_code;
  gint64          created;
  gint64          prompt_tokens;
  gint64          completion_tokens;
  gint64          cached_tokens;
  gint64          first_token_us;
  gint64          duration_us;
  gint64          reasoning_us;
  char           *usage_id;
  guint           continued;
  gint64          chosen;
  gint64          trashed;              /* 0: it is not */
  gint64          adopts;               /* takes over what hangs below that one; 0: nothing */
} YjMessageRow;

YjMessageRow   *yj_message_row_new            (void);
void            yj_message_row_free           (YjMessageRow    *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjMessageRow, yj_message_row_free)

/* A conversation's own row. */
typedef struct
{
  gint64  id;
  char   *title;
  char   *model;
  char   *system_prompt;
  char   *draft;
  gint64  updated;
  gboolean pinned;
  gboolean unread;
  gint64  trashed;                      /* 0: it is not */
  int     draft_cursor;                 /* characters, -1: at the end */
  int     stream;                       /* -1: as preferred */
  guint   n_attachments;                /* of the draft; only read */
} YjConversationRow;

void            yj_conversation_row_free      (YjConversationRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjConversationRow, yj_conversation_row_free)

const char     *yj_message_role_to_string     (YjMessageRole    role);
const char     *yj_message_state_to_string    (YjMessageState   state);
YjMessageRole   yj_message_role_from_string   (const char      *string);
YjMessageState  yj_message_state_from_string  (const char      *string);

YjMessage      *yj_message_new_from_row       (YjMessageRow    *row);
/* The id the row has or will have; the public one is 0 until it is stored. */
gint64          yj_message_get_key            (YjMessage       *self);
void            yj_message_set_stored         (YjMessage       *self);
/* The next write is whole again: one was lost. */
void            yj_message_set_torn           (YjMessage       *self);
/* Its next write also moves what hangs below the message of that key below this one. */
void            yj_message_set_adopts         (YjMessage       *self,
                                               gint64           key);
void            yj_message_set_siblings       (YjMessage       *self,
                                               guint            sibling,
                                               guint            n_siblings,
                                               guint            n_hidden);
/* Puts what is not written yet into @row, which may hold an earlier such piece. */
void            yj_message_take_changes       (YjMessage       *self,
                                               YjMessageRow    *row);

YjConversation *yj_conversation_new           (gint64           key);
YjConversation *yj_conversation_new_from_row  (const YjConversationRow *row);
gint64          yj_conversation_get_key       (YjConversation  *self);
gboolean        yj_conversation_is_stored     (YjConversation  *self);
void            yj_conversation_set_stored    (YjConversation  *self);
void            yj_conversation_touch         (YjConversation  *self,
                                               gint64           now);
/* 0: it is not in the trash */
void            yj_conversation_set_trashed   (YjConversation  *self,
                                               gint64           when);
YjMessageTree  *yj_conversation_get_tree      (YjConversation  *self);
/* After the tree has changed. */
void            yj_conversation_update_branch (YjConversation  *self);
/* Below @parent, or as another beginning, and so that it is shown; with what hung below @adopted. */
void            yj_conversation_add           (YjConversation  *self,
                                               YjMessage       *parent,
                                               YjMessage       *message,
                                               YjMessage       *adopted);
YjMessage      *yj_conversation_get_last      (YjConversation  *self);
/* Takes the stored messages. Those that were added meanwhile come behind them and are returned, to be saved: what
   they follow is known only now. */
GPtrArray      *yj_conversation_set_loaded    (YjConversation  *self,
                                               GPtrArray       *rows);
YjConversationRow *yj_conversation_dup_row    (YjConversation  *self);
/* Takes the attachments of the draft as they are stored, unless it has some already. */
void            yj_conversation_set_attachments (YjConversation *self,
                                                 GListModel     *attachments);
/* Whether there is anything in it that nobody wants to lose. */
gboolean        yj_conversation_is_empty      (YjConversation  *self);

G_END_DECLS
