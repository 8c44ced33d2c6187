/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YjTaskStatus:
 * @YJ_TASK_STATUS_UNKNOWN: any word that is neither below nor final: "not yet"
 */
typedef enum
{
  YJ_TASK_STATUS_UNKNOWN,
  YJ_TASK_STATUS_CREATED,
  YJ_TASK_STATUS_PENDING,
  YJ_TASK_STATUS_RUNNING,
  YJ_TASK_STATUS_SUCCEEDED,
  YJ_TASK_STATUS_FAILED,
} YjTaskStatus;

/* What the platform says of a task, out of any of the shapes it is known to send. */
#define YJ_TYPE_TASK_REPLY (yj_task_reply_get_type ())
G_DECLARE_FINAL_TYPE (YjTaskReply, yj_task_reply, YJ, TASK_REPLY, GObject)

YjTaskReply  *yj_task_reply_new_from_data (const char   *data,
                                           gssize        length,
                                           const char   *base_url,
                                           GError      **error);
YjTaskStatus  yj_task_reply_get_status    (YjTaskReply  *self);
const char   *yj_task_reply_get_task_id   (YjTaskReply  *self);
const char   *yj_task_reply_get_video     (YjTaskReply  *self);
const char   *yj_task_reply_get_image     (YjTaskReply  *self);
const char   *yj_task_reply_get_usage     (YjTaskReply  *self);
const char   *yj_task_reply_get_message   (YjTaskReply  *self);
gboolean      yj_task_reply_is_not_found  (YjTaskReply  *self);

G_END_DECLS
