/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-session"

#include "yj-session.h"

#include <glib/gi18n-lib.h>

#include "yj-sandbox-process.h"

#define DEFAULT_BASE_URL "https://opencomputing.ai"
#define KEY_SECONDS 3           /* how long opening waits for the keyring */

/**
 * YjSession:
 *
 * Everything a front end works with, put together: library, catalogue, key, platform, queue and chat. The window and
 * the command line share it.
 *
 * `YUANJING_BASE_URL`, `YUANJING_API_KEY` and `YUANJING_DATA_DIR` win over what is stored and are never written.
 */
struct _YjSession
{
  GObject           parent_instance;

  char             *base_url;   /* of the platform that a key is for; the sandbox has its own */
  YjLibrary        *library;
  YjCatalog        *catalog;
  YjSecrets        *secrets;
  YjJobQueue       *queue;
  YjChat           *chat;
  YjPlatform       *platform;
  YjSandboxProcess *sandbox;    /* NULL: the platform is not our own local one */
  GError           *key_error;
  GError           *catalog_error;
  GError           *platform_error;
  guint             choice;     /* counts the person's choices of a platform: an older answer does not undo a newer */
  gboolean          drive_jobs;
};

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

static void
set_error (YjSession       *self,
           GError         **place,
           YjSessionProps   prop,
           const GError    *error)
{
  if (*place == NULL && error == NULL)
    return;

  g_clear_error (place);
  *place = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* ---- the platform */

static void
set_platform (YjSession        *self,
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
  g_set_object (&self->platform, platform);
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

static void
take_key (YjSession  *self,
          const char *key)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjPlatform) platform = yj_platform_new (self->base_url, key, &error);

  set_error (self, &self->key_error, PROP_KEY_ERROR, error);
  if (platform != NULL)
    set_platform (self, platform, NULL);
}

static void
sandbox_ended_cb (YjSandboxProcess *sandbox,
                  gpointer          user_data)
{
  YjSession *self = user_data;
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, _("The sandbox has ended"));

  set_platform (self, NULL, NULL);
  set_error (self, &self->platform_error, PROP_PLATFORM_ERROR, error);
}

/* ---- opening: the library with all that lies on it, and the key, side by side */

typedef struct
{
  guint  pending;               /* of the two */
  guint  choice;
  guint  key_id;
  GError *error;
} Open;

static void
open_free (Open *open)
{
  g_clear_handle_id (&open->key_id, g_source_remove);
  g_clear_error (&open->error);
  g_free (open);
}

static void
part_done (GTask *task)
{
  Open *open = g_task_get_task_data (task);

  if (--open->pending > 0)
    return;
  if (open->error != NULL)
    g_task_return_error (task, g_steal_pointer (&open->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Open *open = g_task_get_task_data (task);

  yj_job_queue_load_finish (YJ_JOB_QUEUE (object), result, &open->error);
  part_done (task);
}

static void
overlay_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  YjSession *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (object), result, &json, &length, NULL, &error))
    yj_catalog_overlay (self->catalog, json, (gssize) length, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    set_error (self, &self->catalog_error, PROP_CATALOG_ERROR, error);

  self->chat = yj_chat_new (self->library);
  self->queue = yj_job_queue_new (self->library, self->catalog, self->drive_jobs);
  /* the key may have been quicker */
  yj_chat_set_platform (self->chat, self->platform);
  yj_job_queue_set_platform (self->queue, self->platform, self->sandbox != NULL);
  yj_job_queue_load_async (self->queue, g_task_get_cancellable (task), loaded_cb, task);
}

static GFile *
new_overlay_file (void)
{
  return g_file_new_build_filename (g_get_user_config_dir (), "yuanjing", "models.json", NULL);
}

static void
library_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  YjSession *self = g_task_get_source_object (task);
  Open *open = g_task_get_task_data (task);
  g_autoptr(GFile) overlay = new_overlay_file ();

  self->library = yj_library_open_finish (result, &open->error);
  if (self->library == NULL)
    {
      part_done (task);
      g_object_unref (task);
      return;
    }

  self->catalog = yj_catalog_new ();
  g_file_load_contents_async (overlay, g_task_get_cancellable (task), overlay_cb, task);
}

static void
key_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjSession *self = g_task_get_source_object (task);
  Open *open = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  char *key = yj_secrets_lookup_finish (YJ_SECRETS (object), result, &error);

  if (open->choice == self->choice)
    {
      set_error (self, &self->key_error, PROP_KEY_ERROR, error);
      if (key != NULL)
        take_key (self, key);
    }
  yj_secrets_free_key (key);

  if (open->key_id != 0)
    {
      g_clear_handle_id (&open->key_id, g_source_remove);
      part_done (task);
    }
}

static gboolean
key_slow_cb (gpointer user_data)
{
  GTask *task = user_data;
  YjSession *self = g_task_get_source_object (task);
  Open *open = g_task_get_task_data (task);
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("The keyring does not answer"));

  open->key_id = 0;
  set_error (self, &self->key_error, PROP_KEY_ERROR, error);
  part_done (task);

  return G_SOURCE_REMOVE;
}

static GFile *
new_data_folder (void)
{
  const char *given = g_getenv ("YUANJING_DATA_DIR");

  if (given != NULL && *given != '\0')
    return g_file_new_for_path (given);

  return g_file_new_build_filename (g_get_user_data_dir (), "yuanjing", NULL);
}

static void
look_for_key (YjSession *self,
              GTask     *task)
{
  const char *given = g_getenv ("YUANJING_API_KEY");
  Open *open = g_task_get_task_data (task);

  if (given != NULL && *given != '\0')
    {
      char *clean = yj_secrets_clean_key (given);

      take_key (self, clean != NULL ? clean : given);
      yj_secrets_free_key (clean);
      return;
    }

  open->pending++;
  open->choice = self->choice;
  open->key_id = g_timeout_add_seconds (KEY_SECONDS, key_slow_cb, task);
  yj_secrets_lookup_async (self->secrets, self->base_url, g_task_get_cancellable (task), key_cb, g_object_ref (task));
}

static char *
dup_base_url (const char *base_url)
{
  gsize length = strlen (base_url);

  while (length > 0 && base_url[length - 1] == '/')
    length--;

  return g_strndup (base_url, length);
}

static const char *
first_given (const char *one,
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

  self->base_url = dup_base_url (first_given (base_url, g_getenv ("YUANJING_BASE_URL"), default_base_url));

  return self;
}

/**
 * yj_session_open_async:
 * @self: a new session
 * @drive_jobs: whether jobs that are found go on; those added in this session always do
 * @cancellable: (nullable): stops it
 * @callback: called when all is there
 * @user_data: for @callback
 *
 * Opens the library, the catalogue with the person's own file over it, the queue, and looks for the key. A broken
 * catalogue file is told by [property@Yj.Session:catalog-error]. The keyring is waited for three seconds; a key that
 * comes later comes with a change of [property@Yj.Session:platform].
 */
void
yj_session_open_async (YjSession           *self,
                       gboolean             drive_jobs,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GFile) folder = new_data_folder ();
  g_autoptr(GTask) task = NULL;
  Open *open;

  g_return_if_fail (YJ_IS_SESSION (self));
  g_return_if_fail (self->library == NULL);

  self->drive_jobs = drive_jobs;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_session_open_async);
  open = g_new0 (Open, 1);
  open->pending = 1;
  g_task_set_task_data (task, open, (GDestroyNotify) open_free);

  look_for_key (self, task);
  yj_library_open_async (folder, cancellable, library_cb, g_object_ref (task));
}

/**
 * yj_session_open_finish:
 * @self: a session
 * @result: from the callback
 * @error: return location: a [enum@Yj.LibraryError], `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether the session can be used; without a key it can, and says so by a %NULL platform
 */
gboolean
yj_session_open_finish (YjSession     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- the sandbox */

static void
sandbox_started_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(YjSandboxProcess) sandbox = yj_sandbox_process_start_finish (result, &error);
  g_autoptr(YjPlatform) platform = NULL;

  if (sandbox != NULL)
    platform = yj_platform_new (yj_sandbox_process_get_base_url (sandbox), yj_sandbox_process_get_key (sandbox), &error);
  if (platform == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_signal_connect (sandbox, "ended", G_CALLBACK (sandbox_ended_cb), self);
  set_error (self, &self->platform_error, PROP_PLATFORM_ERROR, NULL);
  set_platform (self, platform, sandbox);
  g_task_return_boolean (task, TRUE);
}

/**
 * yj_session_start_sandbox_async:
 * @self: a session
 * @cancellable: (nullable): stops it
 * @callback: called when it answers
 * @user_data: for @callback
 *
 * Starts `yuanjing-sandbox` as a subprocess that ends with us, and makes it the platform. When it ends unasked, the
 * platform becomes %NULL and [property@Yj.Session:platform-error] is set.
 */
void
yj_session_start_sandbox_async (YjSession           *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_session_start_sandbox_async);
  self->choice++;
  if (self->sandbox != NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  yj_sandbox_process_start_async (cancellable, sandbox_started_cb, task);
}

/**
 * yj_session_start_sandbox_finish:
 * @self: a session
 * @result: from the callback
 * @error: return location: `G_SPAWN_ERROR` or `G_IO_ERROR`
 *
 * Returns: whether the sandbox is the platform now
 */
gboolean
yj_session_start_sandbox_finish (YjSession     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- the key */

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (yj_secrets_store_finish (YJ_SECRETS (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * yj_session_use_key_async:
 * @self: a session
 * @base_url: (nullable): the platform that the key is for; %NULL: the one there is
 * @key: the key, as pasted
 * @remember: whether it is kept in the keyring; else it is used for this run only
 * @cancellable: (nullable): stops waiting for the keyring
 * @callback: called when done
 * @user_data: for @callback
 *
 * Takes a key, and leaves the sandbox. The platform is not asked whether it knows the key.
 */
void
yj_session_use_key_async (YjSession           *self,
                          const char          *base_url,
                          const char          *key,
                          gboolean             remember,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autofree char *base = NULL;
  g_autoptr(YjPlatform) platform = NULL;
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  char *clean;

  g_return_if_fail (YJ_IS_SESSION (self));
  g_return_if_fail (key != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_session_use_key_async);

  base = dup_base_url (first_given (base_url, self->base_url, NULL));
  clean = yj_secrets_clean_key (key);
  if (clean == NULL)
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("This is not an API key"));
      return;
    }

  platform = yj_platform_new (base, clean, &error);
  if (platform == NULL)
    {
      yj_secrets_free_key (clean);
      g_task_return_error (task, error);
      return;
    }

  self->choice++;
  g_free (self->base_url);
  self->base_url = g_steal_pointer (&base);
  set_error (self, &self->key_error, PROP_KEY_ERROR, NULL);
  set_platform (self, platform, NULL);
  if (remember)
    yj_secrets_store_async (self->secrets, self->base_url, clean, cancellable, stored_cb, g_steal_pointer (&task));
  else
    {
      yj_secrets_set_for_run (self->secrets, self->base_url, clean);
      g_task_return_boolean (task, TRUE);
    }
  yj_secrets_free_key (clean);
}

/**
 * yj_session_use_key_finish:
 * @self: a session
 * @result: from the callback
 * @error: return location: `G_IO_ERROR_INVALID_ARGUMENT` when it cannot be a key or the address is none, nothing is
 *   changed then; else the keyring's own error, and the key is still used for this run
 *
 * Returns: whether all was done
 */
gboolean
yj_session_use_key_finish (YjSession     *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (yj_secrets_clear_finish (YJ_SECRETS (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * yj_session_forget_key_async:
 * @self: a session
 * @cancellable: (nullable): stops waiting for the keyring
 * @callback: called when done
 * @user_data: for @callback
 *
 * Takes the key out of the keyring and out of use. The sandbox, if it is the platform, stays.
 */
void
yj_session_forget_key_async (YjSession           *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_session_forget_key_async);
  self->choice++;
  yj_secrets_set_for_run (self->secrets, self->base_url, NULL);
  if (self->sandbox == NULL)
    set_platform (self, NULL, NULL);
  yj_secrets_clear_async (self->secrets, self->base_url, cancellable, cleared_cb, task);
}

/**
 * yj_session_forget_key_finish:
 * @self: a session
 * @result: from the callback
 * @error: return location: the keyring's own
 *
 * Returns: whether it is out of the keyring
 */
gboolean
yj_session_forget_key_finish (YjSession     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- closing */

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
    g_task_return_boolean (task, TRUE);
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

static void
catalog_saved_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(YjSession) self = user_data;
  g_autoptr(GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (object), result, NULL, &error);
  set_error (self, &self->catalog_error, PROP_CATALOG_ERROR, error);
}

/**
 * yj_session_save_catalog:
 * @self: an opened session
 *
 * Keeps the person's own changes to the catalogue in `yuanjing/models.json` in the config folder. A failure is told by
 * [property@Yj.Session:catalog-error].
 */
void
yj_session_save_catalog (YjSession *self)
{
  g_autoptr(GFile) file = new_overlay_file ();
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autoptr(GBytes) bytes = NULL;
  char *json;

  g_return_if_fail (YJ_IS_SESSION (self));
  g_return_if_fail (self->catalog != NULL);

  json = yj_catalog_dup_overlay (self->catalog);
  bytes = g_bytes_new_take (json, strlen (json));
  g_mkdir_with_parents (g_file_peek_path (folder), 0700);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, catalog_saved_cb,
                                       g_object_ref (self));
}
