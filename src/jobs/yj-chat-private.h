/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjChat share. */
#pragma once

#include "yj-chat.h"

G_BEGIN_DECLS

/* An answer under way. */
typedef struct
{
  YjChat         *chat;         /* borrowed */
  YjConversation *conversation;
  YjMessage      *message;
  YjChatStream   *stream;
  YjMessage      *former;       /* the answer that was shown before; NULL: none */
  gboolean        goes_on;      /* the message was there already, and cut */
  gint64          prompt_tokens;        /* of the requests before this one, as the next three; -1: none */
  gint64          completion_tokens;
  gint64          cached_tokens;
  gint64          duration_us;
  gint64          started;      /* µs, monotonic */
  gint64          first_token;  /* µs since started, -1: none yet */
  gint64          thinking;     /* µs since started, when the first thought came; -1: none yet, or they have ended */
  gint64          last_news;    /* µs, monotonic */
  gboolean        dirty;        /* has text that is not in the library yet */
} YjChatAnswer;

struct _YjChat
{
  GObject     parent_instance;

  YjLibrary  *library;
  YjPlatform *platform;
  GPtrArray  *answers;          /* of YjChatAnswer, those under way */
  guint       journal_id;
  gint64      stall_us;         /* of silence until the person is told */
  gboolean    stream;
  gboolean    history;
  guint       history_budget;   /* tokens */
};

/* Who is asked what; all borrowed. */
typedef struct
{
  YjConversation *conversation;
  YjMessage      *message;      /* that grows */
  YjMessage      *former;
  gboolean        goes_on;
  const char     *prompt;
  const char     *model;        /* NULL: the conversation's */
  GArray         *turns;        /* of YjChatTurn */
} YjChatStart;

void       yj_chat_start      (YjChat            *self,
                               const YjChatStart *start);
/* After an answer has ended: what comes next of what waits, if it may. */
void       yj_chat_line_step  (YjChat            *self,
                               YjConversation    *conversation,
                               YjMessage         *ended);

G_END_DECLS
