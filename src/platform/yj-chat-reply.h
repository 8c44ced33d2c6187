/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-json.h"

G_BEGIN_DECLS

/* What has been understood of an answer so far. content and reasoning hold what was not yet taken out of them. */
typedef struct
{
  GString  *content;
  GString  *reasoning;
  char     *model;
  char     *usage_id;
  char     *error;              /* the platform's words, short; NULL unless failed */
  gint64    prompt_tokens;      /* -1: not said, as the next two */
  gint64    completion_tokens;
  gint64    cached_tokens;
  gboolean  has_text;
  gboolean  understood;         /* at least one chunk */
  gboolean  finished;           /* finish "1", a finish_reason, or the chunk that holds only the usage */
  gboolean  failed;
} YjChatReply;

YjChatReply *yj_chat_reply_new  (void);
void         yj_chat_reply_free (YjChatReply *self);
void         yj_chat_reply_take (YjChatReply *self,
                                 YjJson       chunk);
void         yj_chat_reply_take_text (YjChatReply *self,
                                      YjJson       span);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjChatReply, yj_chat_reply_free)

G_END_DECLS
