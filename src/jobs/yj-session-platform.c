/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The person's choice of a platform: the sandbox, or one that takes a key. */
#define G_LOG_DOMAIN "yj-session"

#include "yj-session-private.h"

#include <glib/gi18n-lib.h>

/* ---- the sandbox */

static void
sandbox_ended_cb (YjSandboxProcess *sandbox,
                  gpointer          user_data)
{
  YjSession *self = user_data;
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, _("The sandbox has ended"));

  yj_session_set_platform (self, NULL, NULL);
  yj_session_set_error (self, "platform-error", error);
}

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
  yj_session_set_error (self, "platform-error", NULL);
  yj_session_set_platform (self, platform, sandbox);
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

  base = yj_session_dup_base_url (yj_session_first_given (base_url, self->base_url, NULL));
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
  yj_session_set_error (self, "key-error", NULL);
  yj_session_set_platform (self, platform, NULL);
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
    yj_session_set_platform (self, NULL, NULL);
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
