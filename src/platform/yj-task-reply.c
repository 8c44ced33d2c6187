/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-task-reply.h"

#include "yj-json.h"
#include "yj-refusal.h"
#include "yj-uri.h"

#include <string.h>

/**
 * YjTaskReply:
 *
 * What the platform says of a task: the reply to a submission or to a question about it.
 *
 * The platform has many shapes for the same facts (wrapped in `data`, results under `output`, ids as numbers, any
 * letter case); this type knows them all and is one shape. It never changes.
 */
struct _YjTaskReply
{
  GObject       parent_instance;
  YjTaskStatus  status;
  char         *task_id;
  char         *video;
  char         *image;
  char         *usage;          /* JSON */
  char         *message;
  gboolean      not_found;
};

G_DEFINE_FINAL_TYPE (YjTaskReply, yj_task_reply, G_TYPE_OBJECT)

static void
yj_task_reply_finalize (GObject *object)
{
  YjTaskReply *self = YJ_TASK_REPLY (object);

  g_free (self->task_id);
  g_free (self->video);
  g_free (self->image);
  g_free (self->usage);
  g_free (self->message);

  G_OBJECT_CLASS (yj_task_reply_parent_class)->finalize (object);
}

static void
yj_task_reply_class_init (YjTaskReplyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_task_reply_finalize;
}

static void
yj_task_reply_init (YjTaskReply *self)
{
}

/* An object as it is, a list by its last element. */
static YjJson
object_of (YjJson value)
{
  return yj_json_is_array (value) ? yj_json_get_last (value) : value;
}

/* Takes `{"status": "ok", "data": {…}}` and `{"data": {"resposne": {…}}}` off. */
static YjJson
unwrap (YjJson reply)
{
  static const char *const names[] = { "data", "resposne", "response" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      YjJson inner = object_of (yj_json_get (reply, names[i]));

      if (yj_json_is_object (inner))
        reply = inner;
    }
  return reply;
}

/* A member of the reply or of its `output`. */
static YjJson
find (YjJson      reply,
      const char *name)
{
  YjJson value = yj_json_get (reply, name);

  return yj_json_is_absent (value) ? yj_json_get (object_of (yj_json_get (reply, "output")), name) : value;
}

static YjTaskStatus
status_of (const char *word)
{
  static const struct { const char *word; YjTaskStatus status; } known[] = {
    { "CREATED", YJ_TASK_STATUS_CREATED },     { "SUBMITTED", YJ_TASK_STATUS_CREATED },
    { "PENDING", YJ_TASK_STATUS_PENDING },     { "RUNNING", YJ_TASK_STATUS_RUNNING },
    { "SUCCEEDED", YJ_TASK_STATUS_SUCCEEDED }, { "FAILED", YJ_TASK_STATUS_FAILED },
  };

  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (word, known[i].word) == 0)
      return known[i].status;
  return YJ_TASK_STATUS_UNKNOWN;
}

/* The address under @name: text, or an object with `url`, or the last of a list of those; %NULL when not http(s). */
static char *
dup_address (YjJson      reply,
             const char *name,
             const char *base_url)
{
  YjJson value = object_of (find (reply, name));
  g_autofree char *text = yj_json_dup_string (yj_json_is_object (value) ? yj_json_get (value, "url") : value);

  return text != NULL && *text != '\0' ? yj_uri_resolve (base_url, text) : NULL;
}

static char *
dup_task_id (YjJson reply)
{
  g_autofree char *id = yj_json_dup_text (find (reply, "taskid"));

  if (id == NULL)
    id = yj_json_dup_text (find (reply, "task_id"));
  return id != NULL && *g_strstrip (id) != '\0' ? g_steal_pointer (&id) : NULL;
}

/* What a document after the first one says: only an error is believed. */
static char *
dup_later_error (const char *data,
                 gsize       length)
{
  YjJson second;

  if (yj_json_scan (data, length, &second, NULL) != YJ_JSON_COMPLETE || yj_json_is_absent (yj_json_get (second, "error")))
    return NULL;
  return yj_refusal_dup_message (second);
}

static gboolean
read_reply (YjTaskReply  *self,
            YjJson        whole,
            const char   *base_url,
            GError      **error)
{
  YjJson reply = unwrap (whole);
  YjJson usage = find (reply, "usage");
  g_autofree char *outer = yj_json_dup_string (yj_json_get (whole, "status"));
  g_autofree char *word = yj_json_dup_string (find (reply, "status"));
  gboolean wrapped = reply.start != whole.start;

  self->status = status_of (word);
  self->task_id = dup_task_id (reply);
  if (self->message == NULL)
    self->message = yj_refusal_dup_message (reply);
  if (self->message == NULL)
    self->message = yj_refusal_dup_message (object_of (yj_json_get (reply, "output")));
  if (self->message == NULL)
    self->message = yj_refusal_dup_message (whole);
  self->not_found = self->status != YJ_TASK_STATUS_SUCCEEDED && yj_refusal_is_no_task (self->message);
  self->video = dup_address (reply, "video", base_url);
  self->image = dup_address (reply, "image", base_url);
  self->usage = yj_json_is_absent (usage) ? NULL : yj_json_dup_json (usage);

  if (self->not_found)
    self->status = YJ_TASK_STATUS_FAILED;
  if (self->status != YJ_TASK_STATUS_UNKNOWN || self->task_id != NULL)
    return TRUE;
  /* No state of a job in it. Words such as "ok" or "error" tell of the call only. */
  if (outer != NULL && (g_str_equal (outer, "need_login") || g_str_equal (outer, "no_permission")))
    g_set_error_literal (error, YJ_ERROR, YJ_ERROR_UNAUTHORIZED, outer);
  else if (self->message != NULL && (word == NULL || wrapped || g_ascii_strcasecmp (word, "error") == 0))
    g_propagate_error (error, yj_refusal_new_in_band (self->message));
  else if (word == NULL || g_ascii_strcasecmp (word, "ok") == 0)
    g_set_error_literal (error, YJ_ERROR, YJ_ERROR_PROTOCOL, "The platform's answer does not speak of a task");
  else
    return TRUE;
  return FALSE;
}

/**
 * yj_task_reply_new_from_data:
 * @data: the body of a reply
 * @length: bytes of @data, -1 when terminated
 * @base_url: the platform's address, against which relative addresses are resolved
 * @error: return location for an error
 *
 * Reads the first JSON object of @data (for a second one only its `error` counts, and only where the first has none).
 *
 * Returns: (transfer full): the reply; or %NULL with %YJ_ERROR_PROTOCOL when there is no object in it or none that
 *   speaks of a task, with %YJ_ERROR_REFUSED (or what the words mean) when the call itself failed though HTTP said 200.
 *   A task that failed is a reply, not an error.
 */
YjTaskReply *
yj_task_reply_new_from_data (const char  *data,
                             gssize       length,
                             const char  *base_url,
                             GError     **error)
{
  g_autoptr(YjTaskReply) self = g_object_new (YJ_TYPE_TASK_REPLY, NULL);
  gsize size = length < 0 ? strlen (data) : (gsize) length;
  gsize consumed;
  YjJson whole;

  g_return_val_if_fail (base_url != NULL, NULL);

  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    data += 3, size -= 3;
  if (yj_json_scan (data, size, &whole, &consumed) != YJ_JSON_COMPLETE || !yj_json_is_object (object_of (whole)))
    {
      g_set_error_literal (error, YJ_ERROR, YJ_ERROR_PROTOCOL, "The platform's answer is not JSON");
      return NULL;
    }
  whole = object_of (whole);
  self->message = yj_refusal_dup_message (unwrap (whole));
  if (self->message == NULL)
    self->message = dup_later_error (data + consumed, size - consumed);
  return read_reply (self, whole, base_url, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * yj_task_reply_get_status:
 * @self: a reply
 *
 * Returns: the state of the task; %YJ_TASK_STATUS_UNKNOWN for any word that is not final, which means "not yet"
 */
YjTaskStatus
yj_task_reply_get_status (YjTaskReply *self)
{
  g_return_val_if_fail (YJ_IS_TASK_REPLY (self), YJ_TASK_STATUS_UNKNOWN);

  return self->status;
}

/**
 * yj_task_reply_get_task_id:
 * @self: a reply
 *
 * Returns: (nullable): the task's id, digit by digit as it came, whether it was a number or text
 */
const char *
yj_task_reply_get_task_id (YjTaskReply *self)
{
  g_return_val_if_fail (YJ_IS_TASK_REPLY (self), NULL);

  return self->task_id;
}

/**
 * yj_task_reply_get_video:
 * @self: a reply
 *
 * Returns: (nullable): the absolute address of the video, http or https
 */
const char *
yj_task_reply_get_video (YjTaskReply *self)
{
  g_return_val_if_fail (YJ_IS_TASK_REPLY (self), NULL);

  return self->video;
}

/**
 * yj_task_reply_get_image:
 * @self: a reply
 *
 * Returns: (nullable): the absolute address of the cover picture, http or https
 */
const char *
yj_task_reply_get_image (YjTaskReply *self)
{
  g_return_val_if_fail (YJ_IS_TASK_REPLY (self), NULL);

  return self->image;
}

/**
 * yj_task_reply_get_usage:
 * @self: a reply
 *
 * Returns: (nullable): the billing facts as JSON, different for every provider; numbers keep their digits
 */
const char *
yj_task_reply_get_usage (YjTaskReply *self)
{
  g_return_val_if_fail (YJ_IS_TASK_REPLY (self), NULL);

  return self->usage;
}

/**
 * yj_task_reply_get_message:
 * @self: a reply
 *
 * Returns: (nullable): the platform's words about a failure, one short line
 */
const char *
yj_task_reply_get_message (YjTaskReply *self)
{
  g_return_val_if_fail (YJ_IS_TASK_REPLY (self), NULL);

  return self->message;
}

/**
 * yj_task_reply_is_not_found:
 * @self: a reply
 *
 * The platform answers a submission before it stores the task, so in the first minute this means "not yet".
 *
 * Returns: whether the platform says that it does not know the task (the status is then %YJ_TASK_STATUS_FAILED)
 */
gboolean
yj_task_reply_is_not_found (YjTaskReply *self)
{
  g_return_val_if_fail (YJ_IS_TASK_REPLY (self), FALSE);

  return self->not_found;
}
