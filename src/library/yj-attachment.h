/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes of text that may go with one message, all attachments together: the platform takes bodies of 10 MiB, and
 * JSON makes a text longer. */
#define YJ_ATTACHMENT_MAX (4 * 1024 * 1024)

#define YJ_ATTACHMENT_ERROR (yj_attachment_error_quark ())
GQuark yj_attachment_error_quark (void);

/**
 * YjAttachmentError:
 * @YJ_ATTACHMENT_ERROR_NOT_TEXT: what is in the file is no text
 * @YJ_ATTACHMENT_ERROR_TOO_LARGE: there is more than may be attached
 * @YJ_ATTACHMENT_ERROR_ENCODING: it may be text, but in an encoding that is not known
 * @YJ_ATTACHMENT_ERROR_EMPTY: there is nothing in it
 */
typedef enum
{
  YJ_ATTACHMENT_ERROR_NOT_TEXT,
  YJ_ATTACHMENT_ERROR_TOO_LARGE,
  YJ_ATTACHMENT_ERROR_ENCODING,
  YJ_ATTACHMENT_ERROR_EMPTY,
} YjAttachmentError;

#define YJ_TYPE_ATTACHMENT (yj_attachment_get_type ())
G_DECLARE_FINAL_TYPE (YjAttachment, yj_attachment, YJ, ATTACHMENT, GObject)

YjAttachment *yj_attachment_new         (const char           *name,
                                         const char           *text);
void          yj_attachment_load_async  (GFile                *file,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
YjAttachment *yj_attachment_load_finish (GFile                *file,
                                         GAsyncResult         *result,
                                         GError              **error);
char         *yj_attachment_decode      (const char           *bytes,
                                         gsize                 length,
                                         GError              **error);
const char   *yj_attachment_get_name    (YjAttachment         *self);
const char   *yj_attachment_get_text    (YjAttachment         *self);
gsize         yj_attachment_get_size    (YjAttachment         *self);

/* ---- messages that carry some */
char         *yj_attachment_compose     (GListModel           *attachments,
                                         const char           *body);
const char   *yj_attachment_get_body    (const char           *text);
GListModel   *yj_attachment_parse       (const char           *text);
char         *yj_attachment_dup_readable (const char          *text);

G_END_DECLS
