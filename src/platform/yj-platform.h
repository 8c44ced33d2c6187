/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "yj-chat-stream.h"
#include "yj-error.h"
#include "yj-submission.h"
#include "yj-task-reply.h"

G_BEGIN_DECLS

/* One earlier turn that travels in `messages`. */
typedef struct
{
  const char *role;             /* "system", "user" or "assistant" */
  const char *content;
} YjChatTurn;

/* What is asked; everything is borrowed for the duration of the call. */
typedef struct
{
  const char       *model;         /* NULL: the platform's default */
  const char       *prompt;        /* the newest user text, never NULL */
  const char       *system_prompt; /* NULL or "": none */
  gboolean          stream;
  const YjChatTurn *history;       /* earlier turns, oldest first; NULL on the first turn */
  gsize             n_history;
} YjChatRequest;

/* Bytes moved so far and in all (-1: unknown). Called on the caller's context, at most some 10 times a second. */
typedef void (*YjProgressFunc) (gint64   moved,
                                gint64   total,
                                gpointer user_data);

/* A finished or interrupted download: what must be known to go on later. */
typedef struct
{
  char   *etag;                 /* strong validator, or NULL */
  char   *content_type;         /* as sent, never to be trusted */
  gint64  total;                /* bytes of the whole file, -1 when the server did not say */
} YjDownloadInfo;

void yj_download_info_free (YjDownloadInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjDownloadInfo, yj_download_info_free)

/* A model as the platform's own lists name it. */
typedef struct
{
  char *id;                     /* model name on the wire */
  char *llmid;                  /* NULL where the list has none */
  char *title;
} YjRemoteModel;

void yj_remote_model_free (YjRemoteModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjRemoteModel, yj_remote_model_free)

#define YJ_TYPE_PLATFORM (yj_platform_get_type ())
G_DECLARE_FINAL_TYPE (YjPlatform, yj_platform, YJ, PLATFORM, GObject)

YjPlatform     *yj_platform_new                (const char           *base_url,
                                                const char           *key,
                                                GError              **error);
const char     *yj_platform_get_base_url       (YjPlatform           *self);
gboolean        yj_platform_is_same_origin     (YjPlatform           *self,
                                                const char           *uri);
YjChatStream   *yj_platform_chat               (YjPlatform           *self,
                                                const YjChatRequest  *request);
void            yj_platform_submit_async       (YjPlatform           *self,
                                                YjSubmission         *submission,
                                                YjProgressFunc        progress,
                                                gpointer              progress_data,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
YjTaskReply    *yj_platform_submit_finish      (YjPlatform           *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void            yj_platform_query_task_async   (YjPlatform           *self,
                                                const char           *task_id,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
YjTaskReply    *yj_platform_query_task_finish  (YjPlatform           *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* Appends to what @part already holds when @etag still matches, else starts anew. */
void            yj_platform_download_async     (YjPlatform           *self,
                                                const char           *uri,
                                                GFile                *part,
                                                const char           *etag,
                                                YjProgressFunc        progress,
                                                gpointer              progress_data,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
YjDownloadInfo *yj_platform_download_finish    (YjPlatform           *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* @catalogue: "t2t", "t2v", "i2v", "r2v". Returns a GPtrArray of YjRemoteModel. */
void            yj_platform_list_models_async  (YjPlatform           *self,
                                                const char           *catalogue,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GPtrArray      *yj_platform_list_models_finish (YjPlatform           *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* Asks something free to see whether the key is taken: TRUE, or YJ_ERROR_UNAUTHORIZED, or why it could not be asked. */
void            yj_platform_check_key_async    (YjPlatform           *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        yj_platform_check_key_finish   (YjPlatform           *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
