/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-platform-private.h"

/* What is free to ask. */

/* Gives the caller what the call brought. */
void
yj_ask_done (YjCall   *call,
             gpointer  user_data)
{
  YjAsk *ask = user_data;

  if (ask->error != NULL)
    g_task_return_error (ask->task, yj_platform_redact (ask->platform, g_steal_pointer (&ask->error)));
  else
    g_task_return_pointer (ask->task, g_steal_pointer (&ask->reply), ask->reply_free);
  g_object_unref (ask->task);
  g_clear_object (&ask->platform);
  g_free (ask->argument);
  g_free (ask);
}

/* What a call needs, to be given to yj_call_start () together with yj_ask_done (). */
YjAsk *
yj_ask_new (YjPlatform          *self,
            gpointer             tag,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data,
            GDestroyNotify       reply_free)
{
  YjAsk *ask = g_new0 (YjAsk, 1);

  ask->platform = g_object_ref (self);
  ask->task = g_task_new (self, cancellable, callback, user_data);
  ask->reply_free = reply_free;
  g_task_set_source_tag (ask->task, tag);
  /* What came back counts, even when somebody has lost interest meanwhile. */
  g_task_set_check_cancellable (ask->task, FALSE);
  return ask;
}

/* Whether asking again soon can help, and in how many ms at most. */
static gboolean
is_passing (const GError *error,
            guint        *wait)
{
  int after = yj_error_get_retry_after (error);

  if (after >= 0)
    *wait = after * 1000;
  return (error->code == YJ_ERROR_UNSENT || error->code == YJ_ERROR_CUT || error->code == YJ_ERROR_SERVER
          || (error->code == YJ_ERROR_RATE_LIMIT && after >= 0))
      && after <= 5;
}

/* A body that is shorter than it was said to be; libsoup takes it for whole when the connection was to close. */
static gboolean
is_short (SoupMessage   *message,
          const GString *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && (goffset) body->len < soup_message_headers_get_content_length (headers);
}

static gboolean
get_once (YjPlatform  *self,
          YjCall      *call,
          const char  *path,
          GString     *into,
          GError     **error)
{
  g_autoptr(SoupMessage) message = yj_platform_new_message (self, "GET", path);
  g_autoptr(GInputStream) body = NULL;

  /* The platform's examples set it on GET too. */
  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Type", "application/json");
  body = yj_call_send (call, yj_platform_get_session (self), message, error);
  if (body == NULL)
    return FALSE;
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    g_propagate_error (error, yj_call_new_refusal (call, message, body));
  else if (yj_call_read_all (call, body, YJ_JSON_BODY_MAX, into, error))
    {
      if (!is_short (message, into))
        return TRUE;
      g_set_error_literal (error, YJ_ERROR, YJ_ERROR_CUT, "The platform's answer broke off");
    }
  return FALSE;
}

/**
 * yj_platform_get:
 * @self: a platform
 * @call: the call this is part of
 * @path: what to get, below the platform's address
 * @into: where the body goes
 * @error: return location for an error
 *
 * Gets a document, in up to four tries with waits between them, for what passes: no connection, a broken one, 5xx.
 */
gboolean
yj_platform_get (YjPlatform  *self,
                 YjCall      *call,
                 const char  *path,
                 GString     *into,
                 GError     **error)
{
  const YjPlatformPatience *patience = yj_platform_get_patience (self);

  for (guint try = 1;; try++)
    {
      g_autoptr(GError) failure = NULL;
      guint wait = g_random_int_range (0, MAX (patience->back_off << (try - 1), 1) + 1);

      g_string_truncate (into, 0);
      if (get_once (self, call, path, into, &failure))
        return TRUE;
      g_debug ("try %u: %s", try, yj_platform_redact (self, failure)->message);
      if (try >= patience->tries || !is_passing (failure, &wait) || !yj_call_sleep (call, wait))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
}

static void
query_task_work (YjCall   *call,
                 gpointer  user_data)
{
  YjAsk *ask = user_data;
  g_autofree char *escaped = g_uri_escape_string (ask->argument, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/llmage/tasks?taskid=", escaped, NULL);
  g_autoptr(GString) body = g_string_new (NULL);

  if (!yj_platform_get (ask->platform, call, path, body, &ask->error))
    return;
  ask->reply = yj_task_reply_new_from_data (body->str, body->len, yj_platform_get_base_url (ask->platform), &ask->error);
  /* The call failed, which says nothing of the task. */
  if (g_error_matches (ask->error, YJ_ERROR, YJ_ERROR_REFUSED))
    ask->error->code = YJ_ERROR_SERVER;
}

/**
 * yj_platform_query_task_async:
 * @self: a platform
 * @task_id: the id that a submission gave
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Asks how a task stands: `GET /llmage/tasks?taskid=`. Free; up to four tries within a minute.
 */
void
yj_platform_query_task_async (YjPlatform          *self,
                              const char          *task_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  YjAsk *ask;

  g_return_if_fail (YJ_IS_PLATFORM (self));
  g_return_if_fail (task_id != NULL);

  ask = yj_ask_new (self, yj_platform_query_task_async, cancellable, callback, user_data, g_object_unref);
  ask->argument = g_strdup (task_id);
  yj_call_start (YJ_CALL_FREE, &yj_platform_get_patience (self)->get, cancellable, NULL, NULL, query_task_work, yj_ask_done, ask);
}

/**
 * yj_platform_query_task_finish:
 * @self: a platform
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full): how the task stands (a failed task, or an unknown one, is a reply too), or %NULL when it
 *   could not be asked; [func@Yj.error_get_retry_after] tells when to ask again where the platform said so
 */
YjTaskReply *
yj_platform_query_task_finish (YjPlatform    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- which models there are ---- */

/* A row of one of the lists: a model by name, or a row of the platform's database, whose id is the llmid. */
static YjRemoteModel *
new_model (YjJson row)
{
  YjRemoteModel *model = g_new0 (YjRemoteModel, 1);
  g_autofree char *id = yj_json_dup_text (yj_json_get (row, "id"));

  model->id = yj_json_dup_string (yj_json_get (row, "model"));
  if (model->id == NULL || yj_json_equals (yj_json_get (row, "object"), "model"))
    g_set_str (&model->id, id);
  else
    model->llmid = g_steal_pointer (&id);
  model->title = yj_json_dup_string (yj_json_get (row, "name"));
  if (model->title == NULL)
    model->title = g_strdup (model->id);
  if (model->id != NULL && *model->id != '\0')
    return model;
  yj_remote_model_free (model);
  return NULL;
}

/* A list, or one under `data` or `rows`. */
static GPtrArray *
new_models (const char  *data,
            gsize        length,
            GError     **error)
{
  g_autoptr(GPtrArray) models = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_remote_model_free);
  YjJson list;
  YjJson name;
  YjJson row;
  YjJsonIter iter;
  gboolean read = yj_json_scan (data, length, &list, NULL) == YJ_JSON_COMPLETE;

  for (int i = 0; read && i < 2 && yj_json_is_object (list); i++)
    {
      YjJson inner = yj_json_get (list, "data");

      list = yj_json_is_absent (inner) ? yj_json_get (list, "rows") : inner;
    }
  if (!read || !yj_json_is_array (list))
    {
      g_set_error_literal (error, YJ_ERROR, YJ_ERROR_PROTOCOL, "The platform's list of models cannot be read");
      return NULL;
    }
  yj_json_iter_init (&iter, list);
  while (yj_json_iter_next (&iter, &name, &row))
    {
      YjRemoteModel *model = yj_json_is_object (row) ? new_model (row) : NULL;

      if (model != NULL)
        g_ptr_array_add (models, model);
    }
  return g_steal_pointer (&models);
}

static GPtrArray *
get_models (YjAsk       *ask,
            YjCall      *call,
            const char  *path,
            GError     **error)
{
  g_autoptr(GString) body = g_string_new (NULL);

  return yj_platform_get (ask->platform, call, path, body, error) ? new_models (body->str, body->len, error) : NULL;
}

/* The word for a catalogue in the list by kind, which knows the video kinds only. */
static const char *
get_kind (const char *catalogue)
{
  return g_str_equal (catalogue, "t2v") ? "文生视频" : g_str_equal (catalogue, "i2v") ? "图生视频"
         : g_str_equal (catalogue, "r2v") ? "参考生视频" : NULL;
}

/* Whether this platform may not have the list at all. */
static gboolean
is_lacking (const GError *error)
{
  return error->code == YJ_ERROR_NOT_FOUND || error->code == YJ_ERROR_PROTOCOL || error->code == YJ_ERROR_INVALID_REQUEST
      || error->code == YJ_ERROR_SERVER;
}

/* From the list that says most to the one that says least; none of them need exist. */
static void
list_models_work (YjCall   *call,
                  gpointer  user_data)
{
  YjAsk *ask = user_data;
  const char *kind = get_kind (ask->argument);
  g_autofree char *catalogue = g_uri_escape_string (ask->argument, NULL, FALSE);
  g_autofree char *escaped = kind != NULL ? g_uri_escape_string (kind, NULL, FALSE) : NULL;
  char *paths[] = {
    g_strconcat ("/llmage/v1/models/catelog.dspy?catelogid=", catalogue, NULL),
    kind != NULL ? g_strconcat ("/llmage/get_type_llms.dspy?type=", escaped, NULL) : NULL,
    g_strconcat ("/llmage/v1/models?catelogid=", catalogue, NULL),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      if (paths[i] == NULL)
        continue;
      g_clear_error (&ask->error);
      ask->reply = get_models (ask, call, paths[i], &ask->error);
      if (ask->reply != NULL || !is_lacking (ask->error))
        break;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    g_free (paths[i]);
}

/**
 * yj_platform_list_models_async:
 * @self: a platform
 * @catalogue: `t2t`, `t2v`, `i2v` or `r2v`
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Asks the platform which models it has. Its lists are an extra that need not be there: the ones that name the llmid
 * are asked first, then the one that does not.
 */
void
yj_platform_list_models_async (YjPlatform          *self,
                               const char          *catalogue,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  YjAsk *ask;

  g_return_if_fail (YJ_IS_PLATFORM (self));
  g_return_if_fail (catalogue != NULL);

  ask = yj_ask_new (self, yj_platform_list_models_async, cancellable, callback, user_data,
                    (GDestroyNotify) g_ptr_array_unref);
  ask->argument = g_strdup (catalogue);
  yj_call_start (YJ_CALL_FREE, &yj_platform_get_patience (self)->get, cancellable, NULL, NULL, list_models_work,
                 yj_ask_done, ask);
}

/**
 * yj_platform_list_models_finish:
 * @self: a platform
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type YjRemoteModel): the models, or %NULL
 */
GPtrArray *
yj_platform_list_models_finish (YjPlatform    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- whether the key is taken ---- */

static void
check_key_work (YjCall   *call,
                gpointer  user_data)
{
  YjAsk *ask = user_data;
  g_autoptr(GString) body = g_string_new (NULL);
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  if (yj_platform_get (ask->platform, call, "/llmage/tasks?taskid=0", body, &error))
    reply = yj_task_reply_new_from_data (body->str, body->len, yj_platform_get_base_url (ask->platform), &error);
  /* Who gets as far as being told about the task has been let in. */
  if (reply != NULL || error->code == YJ_ERROR_NOT_FOUND || error->code == YJ_ERROR_INVALID_REQUEST
      || error->code == YJ_ERROR_REFUSED || error->code == YJ_ERROR_BALANCE)
    ask->reply = GINT_TO_POINTER (TRUE);
  else
    ask->error = g_steal_pointer (&error);
}

/**
 * yj_platform_check_key_async:
 * @self: a platform
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Finds out whether the key is taken, by asking for a task that does not exist. Free.
 */
void
yj_platform_check_key_async (YjPlatform          *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (YJ_IS_PLATFORM (self));

  yj_call_start (YJ_CALL_FREE, &yj_platform_get_patience (self)->get, cancellable, NULL, NULL, check_key_work,
                 yj_ask_done, yj_ask_new (self, yj_platform_check_key_async, cancellable, callback, user_data, NULL));
}

/**
 * yj_platform_check_key_finish:
 * @self: a platform
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: %TRUE when the key is taken; else %FALSE with %YJ_ERROR_UNAUTHORIZED, or with why it could not be asked
 *   (%YJ_ERROR_SERVER is also what some versions of the platform answer to a key they do not know)
 */
gboolean
yj_platform_check_key_finish (YjPlatform    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (result), error));
}
