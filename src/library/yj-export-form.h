/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forms that conversations are exported in, piece by piece. Private to the library. */
#pragma once

#include "yj-conversation-private.h"
#include "yj-export.h"

G_BEGIN_DECLS

#define YJ_EXPORT_FORM "yuanjing-conversation"
#define YJ_EXPORT_VERSION 1

/* Each appends to @target: what comes before the messages, a message, what comes behind them. The ids of rows are
   those of the file: 1, 2, … */
void  yj_export_head      (YjExportFormat           format,
                           const YjExportStyle     *style,
                           const YjConversationRow *conversation,
                           GString                 *target);
void  yj_export_message   (YjExportFormat           format,
                           const YjExportStyle     *style,
                           const YjMessageRow      *message,
                           gboolean                 first,
                           GString                 *target);
void  yj_export_tail      (YjExportFormat           format,
                           GString                 *target);

/* Of a file: NULL with a YJ_IMPORT_ERROR, else the row, with @messages (YjMessageRow), parents before children and the
   ids those of the file. */
YjConversationRow *yj_import_parse (const char  *data,
                                    gsize        length,
                                    GPtrArray  **messages,
                                    GError     **error);

/* µs since 1970 as ISO 8601 in UTC, to the microsecond, and back; -1: it is no such time. */
char   *yj_export_dup_time  (gint64      time);
gint64  yj_export_read_time (const char *string);

G_END_DECLS
