/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-session"

#include "yj-session-private.h"

#define DEFAULT_BASE_URL "https://opencomputing.ai"

/**
 * YjSession:
 *
 * Everything a front end works with, put together: library, catalogue, key, platform, queue and chat. The window and
 * the command line share it.
 *
 * `YUANJING_BASE_URL`, `YUANJING_API_KEY` and `YUANJING_DATA_DIR` win over what is stored and are never written.
 */
typedef enum
{
  PROP_PLATFORM = 1,
  PROP_SANDBOX,
  PROP_BASE_URL,
  PROP_KEY_ERROR,
  PROP_CATALOG_ERROR,
  PROP_PLATFORM_ERROR,
} YjSessionProps;

static GParamSpec *props[PROP_PLATFORM_ERROR + 1];

G_DEFINE_FINAL_TYPE (YjSession, yj_session, G_TYPE_OBJECT)

static void
yj_session_dispose (GObject *object)
{
  YjSession *self = YJ_SESSION (object);

  if (self->sandbox != NULL)
    g_signal_handlers_disconnect_by_data (self->sandbox, self);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->platform);
  g_clear_object (&self->chat);
  g_clear_object (&self->drafts);
  g_clear_object (&self->videos_move);
  g_clear_object (&self->queue);
  g_clear_object (&self->secrets);
  g_clear_object (&self->catalog);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (yj_session_parent_class)->dispose (object);
}

static void
yj_session_finalize (GObject *object)
{
  YjSession *self = YJ_SESSION (object);

  g_clear_error (&self->key_error);
  g_clear_error (&self->catalog_error);
  g_clear_error (&self->platform_error);
  g_free (self->base_url);
  g_free (self->catalog_etag);

  G_OBJECT_CLASS (yj_session_parent_class)->finalize (object);
}

static void
yj_session_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  YjSession *self = YJ_SESSION (object);

  switch ((YjSessionProps) prop_id)
    {
    case PROP_PLATFORM:
      g_value_set_object (value, self->platform);
      break;
    case PROP_SANDBOX:
      g_value_set_boolean (value, yj_session_get_sandbox (self));
      break;
    case PROP_BASE_URL:
      g_value_set_string (value, yj_session_get_base_url (self));
      break;
    case PROP_KEY_ERROR:
      g_value_set_boxed (value, self->key_error);
      break;
    case PROP_CATALOG_ERROR:
      g_value_set_boxed (value, self->catalog_error);
      break;
    case PROP_PLATFORM_ERROR:
      g_value_set_boxed (value, self->platform_error);
      break;
    }
}

static GParamSpec *
error_property (const char *name)
{
  return g_param_spec_boxed (name, NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
yj_session_class_init (YjSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_session_dispose;
  object_class->finalize = yj_session_finalize;
  object_class->get_property = yj_session_get_property;

  /**
   * YjSession:platform:
   *
   * Who is asked; %NULL: there is no key yet. May come after opening has finished, when the keyring is slow.
   */
  props[PROP_PLATFORM] = g_param_spec_object ("platform", NULL, NULL, YJ_TYPE_PLATFORM,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * YjSession:sandbox:
   *
   * Whether the platform is our own local one.
   */
  props[PROP_SANDBOX] = g_param_spec_boolean ("sandbox", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * YjSession:base-url:
   *
   * The base URL of the platform that is asked, or would be if there were a key.
   */
  props[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * YjSession:key-error:
   *
   * Why there is no key though one may be stored, or %NULL: no keyring, locked, too slow, no key by its form.
   */
  props[PROP_KEY_ERROR] = error_property ("key-error");
  /**
   * YjSession:catalog-error:
   *
   * Why the person's own catalogue is not used or could not be written, or %NULL.
   */
  props[PROP_CATALOG_ERROR] = error_property ("catalog-error");
  /**
   * YjSession:platform-error:
   *
   * Why the sandbox is gone, or %NULL.
   */
  props[PROP_PLATFORM_ERROR] = error_property ("platform-error");

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_session_init (YjSession *self)
{
  self->secrets = yj_secrets_new ();
}

/* @name: that of the property; @error %NULL: nothing is wrong any more. */
void
yj_session_set_error (YjSession    *self,
                      const char   *name,
                      const GError *error)
{
  GError **place = &self->key_error;

  if (g_str_equal (name, "catalog-error"))
    place = &self->catalog_error;
  else if (g_str_equal (name, "platform-error"))
    place = &self->platform_error;

  if (*place == NULL && error == NULL)
    return;

  g_clear_error (place);
  *place = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify (G_OBJECT (self), name);
}

/* ---- the platform */

/* @sandbox: whose the platform is, or %NULL; the one before is told to end. */
void
yj_session_set_platform (YjSession        *self,
                         YjPlatform       *platform,
                         YjSandboxProcess *sandbox)
{
  gboolean was_sandbox = self->sandbox != NULL;
  g_autoptr(YjSandboxProcess) old = NULL;

  g_object_freeze_notify (G_OBJECT (self));
  if (self->sandbox != sandbox)
    {
      old = g_steal_pointer (&self->sandbox);
      self->sandbox = sandbox != NULL ? g_object_ref (sandbox) : NULL;
    }
  if (g_set_object (&self->platform, platform) && platform != NULL)
    yj_session_watch_chats (self, platform, sandbox != NULL);
  if (sandbox == NULL && self->catalog != NULL)
    yj_catalog_return_llmids (self->catalog);
  if (self->queue != NULL)
    yj_job_queue_set_platform (self->queue, platform, sandbox != NULL);
  if (self->chat != NULL)
    yj_chat_set_platform (self->chat, platform);

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLATFORM]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BASE_URL]);
  if (was_sandbox != (sandbox != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SANDBOX]);
  g_object_thaw_notify (G_OBJECT (self));

  if (old != NULL)
    {
      g_signal_handlers_disconnect_by_data (old, self);
      yj_sandbox_process_stop (old);
    }
}

/* Makes the platform of the base URL and @key, or says why not. */
void
yj_session_take_key (YjSession  *self,
                     const char *key)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjPlatform) platform = yj_platform_new (self->base_url, key, &error);

  yj_session_set_error (self, "key-error", error);
  if (platform != NULL)
    yj_session_set_platform (self, platform, NULL);
}

/* Without slashes at the end. */
char *
yj_session_dup_base_url (const char *base_url)
{
  gsize length = strlen (base_url);

  while (length > 0 && base_url[length - 1] == '/')
    length--;

  return g_strndup (base_url, length);
}

/* The first that says anything, else the platform's own base URL. */
const char *
yj_session_first_given (const char *one,
                        const char *two,
                        const char *three)
{
  if (one != NULL && *one != '\0')
    return one;
  if (two != NULL && *two != '\0')
    return two;
  if (three != NULL && *three != '\0')
    return three;

  return DEFAULT_BASE_URL;
}

/**
 * yj_session_new:
 * @base_url: (nullable): what the person asks for now, on the command line
 * @default_base_url: (nullable): what is stored
 *
 * The base URL is the first given of @base_url, `YUANJING_BASE_URL`, @default_base_url and the platform's own.
 *
 * Returns: (transfer full): a session, to be opened
 */
YjSession *
yj_session_new (const char *base_url,
                const char *default_base_url)
{
  YjSession *self = g_object_new (YJ_TYPE_SESSION, NULL);

  self->base_url = yj_session_dup_base_url (yj_session_first_given (base_url, g_getenv ("YUANJING_BASE_URL"), default_base_url));

  return self;
}

/* ---- closing */

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  (void) object;
  (void) result;
  g_task_return_boolean (task, TRUE);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (self->sandbox != NULL)
    yj_sandbox_process_stop (self->sandbox);
  if (yj_library_close_finish (YJ_LIBRARY (object), result, &error))
    yj_session_wait_for_catalog (self, saved_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
stopped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  YjSession *self = g_task_get_source_object (G_TASK (user_data));

  yj_job_queue_stop_finish (YJ_JOB_QUEUE (object), result, NULL);
  yj_library_close_async (self->library, closed_cb, user_data);
}

/**
 * yj_session_close_async:
 * @self: a session
 * @callback: called when all is on disk
 * @user_data: for @callback
 *
 * Stops answers and downloads, keeping what has come, gives a submission a few seconds to be answered, writes what is
 * pending, closes the library and ends the sandbox.
 */
void
yj_session_close_async (YjSession           *self,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, yj_session_close_async);
  if (self->chat != NULL)
    yj_chat_stop_all (self->chat);
  if (self->drafts != NULL)
    yj_draft_list_flush (self->drafts);
  if (self->queue != NULL)
    yj_job_queue_stop_async (self->queue, stopped_cb, task);
  else if (self->library != NULL)
    yj_library_close_async (self->library, closed_cb, task);
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

/**
 * yj_session_close_finish:
 * @self: a session
 * @result: from the callback
 * @error: return location: a [enum@Yj.LibraryError]
 *
 * Returns: whether all is on disk
 */
gboolean
yj_session_close_finish (YjSession     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- the parts */

/**
 * yj_session_get_library:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the library; %NULL until opened
 */
YjLibrary *
yj_session_get_library (YjSession *self)
{
  g_return_val_if_fail (YJ_IS_SESSION (self), NULL);

  return self->library;
}

/**
 * yj_session_get_catalog:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the models; %NULL until opened
 */
YjCatalog *
yj_session_get_catalog (YjSession *self)
{
  g_return_val_if_fail (YJ_IS_SESSION (self), NULL);

  return self->catalog;
}

/**
 * yj_session_get_queue:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the jobs; %NULL until opened
 */
YjJobQueue *
yj_session_get_queue (YjSession *self)
{
  g_return_val_if_fail (YJ_IS_SESSION (self), NULL);

  return self->queue;
}

/**
 * yj_session_get_videos_move:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what moves the videos elsewhere; %NULL until opened
 */
YjVideosMove *
yj_session_get_videos_move (YjSession *self)
{
  g_return_val_if_fail (YJ_IS_SESSION (self), NULL);

  return self->videos_move;
}

/**
 * yj_session_get_drafts:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the drafts of videos; %NULL until opened
 */
YjDraftList *
yj_session_get_drafts (YjSession *self)
{
  g_return_val_if_fail (YJ_IS_SESSION (self), NULL);

  return self->drafts;
}

/**
 * yj_session_get_chat:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the answers under way; %NULL until opened
 */
YjChat *
yj_session_get_chat (YjSession *self)
{
  g_return_val_if_fail (YJ_IS_SESSION (self), NULL);

  return self->chat;
}

/**
 * yj_session_get_platform:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): who is asked; %NULL: there is no key
 */
YjPlatform *
yj_session_get_platform (YjSession *self)
{
  g_return_val_if_fail (YJ_IS_SESSION (self), NULL);

  return self->platform;
}

/**
 * yj_session_get_base_url:
 * @self: a session
 *
 * Returns: (transfer none): the base URL of the platform that is asked, or would be if there were a key
 */
const char *
yj_session_get_base_url (YjSession *self)
{
  g_return_val_if_fail (YJ_IS_SESSION (self), NULL);

  return self->sandbox != NULL ? yj_sandbox_process_get_base_url (self->sandbox) : self->base_url;
}

/**
 * yj_session_get_sandbox:
 * @self: a session
 *
 * Returns: whether the platform is our own local one
 */
gboolean
yj_session_get_sandbox (YjSession *self)
{
  g_return_val_if_fail (YJ_IS_SESSION (self), FALSE);

  return self->sandbox != NULL;
}
