/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  YJ_MESSAGE_USER,
  YJ_MESSAGE_ASSISTANT,
} YjMessageRole;

typedef enum
{
  YJ_MESSAGE_STREAMING,         /* an answer on its way; found so at start: the app was killed, shown as cut */
  YJ_MESSAGE_COMPLETE,
  YJ_MESSAGE_STOPPED,
  YJ_MESSAGE_CUT,
  YJ_MESSAGE_FAILED,
} YjMessageState;

/* One message. Every field is a GObject property of the same name with notify; text only grows while streaming. */
#define YJ_TYPE_MESSAGE (yj_message_get_type ())
G_DECLARE_FINAL_TYPE (YjMessage, yj_message, YJ, MESSAGE, GObject)

gint64          yj_message_get_id          (YjMessage *self);   /* row id, 0 until stored */
YjMessageRole   yj_message_get_role        (YjMessage *self);
YjMessageState  yj_message_get_state       (YjMessage *self);
const char     *yj_message_get_text        (YjMessage *self);
const char     *yj_message_get_reasoning   (YjMessage *self);
const char     *yj_message_get_model       (YjMessage *self);
const char     *yj_message_get_error       (YjMessage *self);   /* the platform's own words, or NULL */
int             yj_message_get_error_code  (YjMessage *self);   /* a YjError, -1: none */
gint64          yj_message_get_created     (YjMessage *self);   /* µs since 1970, UTC */
gint64          yj_message_get_prompt_tokens     (YjMessage *self);  /* -1: unknown, as the next three */
gint64          yj_message_get_completion_tokens (YjMessage *self);
gint64          yj_message_get_cached_tokens     (YjMessage *self);
gint64          yj_message_get_first_token_us    (YjMessage *self);
gint64          yj_message_get_duration_us       (YjMessage *self);  /* from sending to the last byte */
gint64          yj_message_get_reasoning_us      (YjMessage *self);  /* from the first thought to the first word */
gboolean        yj_message_get_stalled     (YjMessage *self);   /* streaming, and nothing has come for long; not kept */
const char     *yj_message_get_usage_id    (YjMessage *self);
guint           yj_message_get_continued   (YjMessage *self);
/* Which of its versions it is, from 1: of a question, or of an answer to one question. */
guint           yj_message_get_sibling     (YjMessage *self,
                                            guint     *n_siblings);
/* How many messages hang below the other versions, not counting the answers to them. */
guint           yj_message_get_n_hidden    (YjMessage *self);
/* Whether messages before it are not told to the model. */
gboolean        yj_message_get_history_begins (YjMessage *self);
void            yj_message_append          (YjMessage *self,
                                            const char *text,
                                            const char *reasoning);
/* Others are set with g_object_set (): "state", "model", "error", "error-code", "prompt-tokens", … */

/* A question that waits for its turn. Property "text". */
#define YJ_TYPE_WAITING (yj_waiting_get_type ())
G_DECLARE_FINAL_TYPE (YjWaiting, yj_waiting, YJ, WAITING, GObject)

YjWaiting      *yj_waiting_new               (const char *text);
const char     *yj_waiting_get_text          (YjWaiting  *self);

/* A conversation: a GListModel of YjMessage, oldest first, empty until loaded. They are a tree; the list is the branch
   that was chosen last. */
#define YJ_TYPE_CONVERSATION (yj_conversation_get_type ())
G_DECLARE_FINAL_TYPE (YjConversation, yj_conversation, YJ, CONVERSATION, GObject)

gint64          yj_conversation_get_id       (YjConversation *self);
const char     *yj_conversation_get_title    (YjConversation *self);
gint64          yj_conversation_get_updated  (YjConversation *self);  /* µs since 1970, UTC */
const char     *yj_conversation_get_model    (YjConversation *self);
const char     *yj_conversation_get_system_prompt (YjConversation *self);
const char     *yj_conversation_get_draft    (YjConversation *self);
int             yj_conversation_get_draft_cursor (YjConversation *self);  /* characters, -1: at the end */
GListStore     *yj_conversation_get_attachments (YjConversation *self);  /* of YjAttachment: those of the draft */
void            yj_conversation_take_attachments (YjConversation *self,
                                                  GListStore     *attachments);
gboolean        yj_conversation_get_attachments_loaded (YjConversation *self);
gboolean        yj_conversation_has_draft    (YjConversation *self);
int             yj_conversation_get_stream   (YjConversation *self);  /* whether answers come piece by piece; -1: as preferred */
gboolean        yj_conversation_get_loaded   (YjConversation *self);
gboolean        yj_conversation_get_pinned   (YjConversation *self);
gboolean        yj_conversation_get_unread   (YjConversation *self);  /* an answer ended while nobody looked */
gboolean        yj_conversation_get_busy     (YjConversation *self);  /* an answer is on its way */
gint64          yj_conversation_get_trashed  (YjConversation *self);  /* µs since 1970, UTC; 0: it is not in the trash */
GListStore     *yj_conversation_get_waiting  (YjConversation *self);
gboolean        yj_conversation_get_waiting_rests (YjConversation *self);  /* it does not follow by itself */
gboolean        yj_conversation_is_deleted   (YjConversation *self,
                                              YjMessage      *message);
YjMessage      *yj_conversation_get_parent   (YjConversation *self,
                                              YjMessage      *message);
/* With @message itself, oldest first. */
GPtrArray      *yj_conversation_list_siblings (YjConversation *self,
                                              YjMessage      *message);
GPtrArray      *yj_conversation_list_answers (YjConversation *self,
                                              YjMessage      *question);
guint           yj_conversation_count_below  (YjConversation *self,
                                              YjMessage      *message);
/* Whether it is on the branch that is shown. */
gboolean        yj_conversation_find         (YjConversation *self,
                                              YjMessage      *message,
                                              guint          *position);

G_END_DECLS
