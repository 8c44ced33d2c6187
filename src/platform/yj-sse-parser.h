/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-json.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YjSsePayload:
 * @YJ_SSE_JSON: a JSON object, checked
 * @YJ_SSE_DONE: `[DONE]`
 * @YJ_SSE_TEXT: anything else, one line
 */
typedef enum
{
  YJ_SSE_JSON,
  YJ_SSE_DONE,
  YJ_SSE_TEXT,
} YjSsePayload;

/* @span is valid during the call only. */
typedef void (*YjSseFunc) (YjSsePayload payload,
                           YjJson       span,
                           gpointer     user_data);

typedef struct _YjSseParser YjSseParser;

YjSseParser *yj_sse_parser_new    (YjSseFunc     func,
                                   gpointer      user_data);
void         yj_sse_parser_free   (YjSseParser  *self);
gboolean     yj_sse_parser_push   (YjSseParser  *self,
                                   const char   *data,
                                   gsize         length,
                                   GError      **error);
void         yj_sse_parser_finish (YjSseParser  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjSseParser, yj_sse_parser_free)

G_END_DECLS
