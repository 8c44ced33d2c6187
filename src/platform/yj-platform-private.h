/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-call.h"
#include "yj-json.h"

G_BEGIN_DECLS

#define YJ_JSON_BODY_MAX (16 * 1024 * 1024)

/* How long each kind of call waits; a test changes it before it calls. */
typedef struct
{
  YjPatience get;
  YjPatience chat;
  YjPatience submit;
  YjPatience download;
  guint      tries;             /* of a GET */
  guint      back_off;          /* ms before the second one at most, doubled for each further */
} YjPlatformPatience;

/* A call that ends in a GTask. The call fills in reply or error. */
typedef struct
{
  YjPlatform     *platform;
  GTask          *task;
  char           *argument;     /* task id, catalogue, address */
  gpointer        reply;
  GDestroyNotify  reply_free;
  GError         *error;
} YjAsk;

YjPlatformPatience *yj_platform_get_patience (YjPlatform            *self);
SoupSession        *yj_platform_get_session  (YjPlatform            *self);
SoupSession        *yj_platform_new_session  (YjPlatform            *self);
SoupMessage        *yj_platform_new_message  (YjPlatform            *self,
                                              const char            *method,
                                              const char            *uri);
GError             *yj_platform_redact       (YjPlatform            *self,
                                              GError                *error);
gboolean            yj_platform_get          (YjPlatform            *self,
                                              YjCall                *call,
                                              const char            *path,
                                              GString               *into,
                                              GError               **error);
YjAsk              *yj_ask_new               (YjPlatform            *self,
                                              gpointer               tag,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data,
                                              GDestroyNotify         reply_free);
void                yj_ask_done              (YjCall                *call,
                                              gpointer               user_data);
void                yj_platform_tell_chat_ended (YjPlatform         *self,
                                              YjChatStream          *stream);
YjChatStream       *yj_chat_stream_new       (YjPlatform            *platform,
                                              const YjChatRequest   *request);

G_END_DECLS
