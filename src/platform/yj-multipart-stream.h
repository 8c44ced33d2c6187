/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-submission.h"

G_BEGIN_DECLS

/* A submission as the body of a form, read from disk as it is sent. */
#define YJ_TYPE_MULTIPART_STREAM (yj_multipart_stream_get_type ())
G_DECLARE_FINAL_TYPE (YjMultipartStream, yj_multipart_stream, YJ, MULTIPART_STREAM, GInputStream)

GInputStream *yj_multipart_stream_new              (YjSubmission       *submission,
                                                    GError            **error);
const char   *yj_multipart_stream_get_content_type (YjMultipartStream  *self);
gint64        yj_multipart_stream_get_length       (YjMultipartStream  *self);
const GError *yj_multipart_stream_get_failure      (YjMultipartStream  *self);

G_END_DECLS
