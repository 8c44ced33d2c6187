/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-secrets"

#include <string.h>
#include <libsecret/secret.h>

#include "yj-secrets.h"

/* A keyring answers in milliseconds; one that does not by then hangs, and the 25 s of D-Bus are too long to wait for. */
#define SILENT_SECONDS 5
/* While a person types the password of the keyring. */
#define PROMPT_SECONDS 180

#define KEY_MINIMUM 8
#define KEY_MAXIMUM 512

/**
 * YjSecrets:
 *
 * API keys by origin (the base URL): in the Secret Service (in Flatpak: the app's own file, sealed through the
 * Secret portal), or in memory for this run only. Nothing is ever written anywhere else, and memory is wiped before
 * it is given back.
 */
struct _YjSecrets
{
  GObject     parent_instance;
  GHashTable *for_run;          /* origin → key */
};

G_DEFINE_FINAL_TYPE (YjSecrets, yj_secrets, G_TYPE_OBJECT)

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
    .name = YJ_APP_ID ".ApiKey",
    .flags = SECRET_SCHEMA_NONE,
    .attributes = { { "origin", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  };

  return &schema;
}

static void
yj_secrets_finalize (GObject *object)
{
  YjSecrets *self = YJ_SECRETS (object);

  g_hash_table_unref (self->for_run);

  G_OBJECT_CLASS (yj_secrets_parent_class)->finalize (object);
}

static void
yj_secrets_class_init (YjSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_secrets_finalize;
}

static void
yj_secrets_init (YjSecrets *self)
{
  self->for_run = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) yj_secrets_free_key);
}

/**
 * yj_secrets_new:
 *
 * Returns: (transfer full): keys, none for this run yet; the keyring is not asked
 */
YjSecrets *
yj_secrets_new (void)
{
  return g_object_new (YJ_TYPE_SECRETS, NULL);
}

/**
 * yj_secrets_free_key:
 * @key: (nullable) (transfer full): a key from one of these functions
 *
 * Overwrites the key with zeros and frees it.
 */
void
yj_secrets_free_key (char *key)
{
  secret_password_free (key);
}

/**
 * yj_secrets_clean_key:
 * @key: what a person typed or pasted
 *
 * Cuts white space off both ends. What remains must be 8 to 512 visible ASCII characters: anything else is a mistake
 * in pasting, and a line break in it would break the header that it goes into.
 *
 * Returns: (transfer full) (nullable): the key, freed with yj_secrets_free_key(), or %NULL
 */
char *
yj_secrets_clean_key (const char *key)
{
  gsize length = 0;

  g_return_val_if_fail (key != NULL, NULL);

  while (g_ascii_isspace (*key))
    key++;
  while (key[length] >= '!' && key[length] <= '~')
    length++;
  for (const char *rest = key + length; *rest != '\0'; rest++)
    if (!g_ascii_isspace (*rest))
      return NULL;
  return length >= KEY_MINIMUM && length <= KEY_MAXIMUM ? g_strndup (key, length) : NULL;
}

/**
 * yj_secrets_set_for_run:
 * @self: keys
 * @origin: a base URL
 * @key: (nullable): its key, %NULL to forget it
 *
 * Takes a key for this run: it wins over a stored one, and nothing is written anywhere.
 */
void
yj_secrets_set_for_run (YjSecrets  *self,
                        const char *origin,
                        const char *key)
{
  g_return_if_fail (YJ_IS_SECRETS (self));
  g_return_if_fail (origin != NULL);

  if (key != NULL)
    g_hash_table_replace (self->for_run, g_strdup (origin), g_strdup (key));
  else
    g_hash_table_remove (self->for_run, origin);
}

/* ---------------------------------------------------------------- a call with an end */

/* The steps of one call share a cancellable that the caller's and the time limit cancel. */
typedef struct
{
  char         *origin;
  char         *key;            /* to store */
  GCancellable *cancellable;
  GCancellable *outer;
  gulong        outer_handler;
  guint         timer;
  gboolean      timed_out;
} Call;

static void
call_free (Call *call)
{
  g_clear_handle_id (&call->timer, g_source_remove);
  g_cancellable_disconnect (call->outer, call->outer_handler);
  g_clear_object (&call->outer);
  g_clear_object (&call->cancellable);
  g_free (call->origin);
  yj_secrets_free_key (call->key);
  g_free (call);
}

static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
timer_cb (gpointer user_data)
{
  Call *call = user_data;

  call->timer = 0;
  call->timed_out = TRUE;
  g_cancellable_cancel (call->cancellable);
  return G_SOURCE_REMOVE;
}

static void
limit (Call *call,
       guint seconds)
{
  g_clear_handle_id (&call->timer, g_source_remove);
  call->timer = g_timeout_add_seconds (seconds, timer_cb, call);
}

static GTask *
begin (YjSecrets           *self,
       const char          *origin,
       const char          *key,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data,
       gpointer             source_tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, source_tag);
  call->origin = g_strdup (origin);
  call->key = g_strdup (key);
  call->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  if (cancellable != NULL)
    {
      call->outer = g_object_ref (cancellable);
      call->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                   g_object_ref (call->cancellable), g_object_unref);
    }
  limit (call, SILENT_SECONDS);
  return task;
}

static void
fail (GTask  *task,
      GError *error)
{
  Call *call = g_task_get_task_data (task);

  if (call->timed_out)
    {
      g_error_free (error);
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The keyring does not answer");
    }
  else
    g_task_return_error (task, error);
}

/* Every call first asks what there is, which never prompts: so a keyring that hangs is known from one that waits for
   its password. */
static void
ask (GTask               *task,
     GAsyncReadyCallback  callback)
{
  Call *call = g_task_get_task_data (task);

  secret_password_search (get_schema (), SECRET_SEARCH_NONE, call->cancellable, callback, task, "origin", call->origin, NULL);
}

static gboolean
answered (GTask         *task,
          GAsyncResult  *result,
          gboolean      *any)
{
  Call *call = g_task_get_task_data (task);
  g_autolist(GObject) items = NULL;
  GError *error = NULL;

  items = secret_password_search_finish (result, &error);
  if (error != NULL)
    {
      fail (task, error);
      return FALSE;
    }
  *any = items != NULL;
  limit (call, PROMPT_SECONDS);
  return TRUE;
}

/* ---------------------------------------------------------------- looking up */

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  char *key = secret_password_lookup_nonpageable_finish (result, &error);

  if (error != NULL)
    fail (task, error);
  else if (key == NULL)
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The keyring stays locked");
  else
    g_task_return_pointer (task, key, (GDestroyNotify) yj_secrets_free_key);
}

static void
lookup_asked_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  gboolean any;

  if (!answered (task, result, &any))
    return;
  if (any)
    secret_password_lookup (get_schema (), call->cancellable, looked_up_cb, g_steal_pointer (&task), "origin", call->origin, NULL);
  else
    g_task_return_pointer (task, NULL, NULL);
}

/**
 * yj_secrets_lookup_async:
 * @self: keys
 * @origin: a base URL
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Looks for the key of @origin: that of this run, else the stored one. A locked keyring asks the person for its
 * password.
 *
 * Fails with `G_IO_ERROR_TIMED_OUT` when the keyring hangs (after 5 seconds), `G_IO_ERROR_PERMISSION_DENIED` when it
 * stays locked, and with any error of libsecret or D-Bus, above all where there is no keyring.
 */
void
yj_secrets_lookup_async (YjSecrets           *self,
                         const char          *origin,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  const char *key;

  g_return_if_fail (YJ_IS_SECRETS (self));
  g_return_if_fail (origin != NULL);

  task = begin (self, origin, NULL, cancellable, callback, user_data, yj_secrets_lookup_async);
  key = g_hash_table_lookup (self->for_run, origin);
  if (key != NULL)
    g_task_return_pointer (task, g_strdup (key), (GDestroyNotify) yj_secrets_free_key);
  else
    ask (g_steal_pointer (&task), lookup_asked_cb);
}

/**
 * yj_secrets_lookup_finish:
 * @self: keys
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the key, freed with yj_secrets_free_key(); %NULL without @error: there is none
 */
char *
yj_secrets_lookup_finish (YjSecrets     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---------------------------------------------------------------- storing */

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjSecrets *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (!secret_password_store_finish (result, &error))
    {
      if (error == NULL)
        error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The keyring stays locked");
      fail (task, error);
      return;
    }
  /* From now on the stored one counts. */
  g_hash_table_remove (self->for_run, call->origin);
  g_task_return_boolean (task, TRUE);
}

static void
store_asked_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autofree char *label = NULL;
  gboolean any;

  if (!answered (task, result, &any))
    return;
  /* What keyring managers list; names are not translated there. */
  label = g_strdup_printf ("Yuanjing API key for %s", call->origin);
  secret_password_store (get_schema (), SECRET_COLLECTION_DEFAULT, label, call->key, call->cancellable, stored_cb,
                         g_steal_pointer (&task), "origin", call->origin, NULL);
}

/**
 * yj_secrets_store_async:
 * @self: keys
 * @origin: a base URL
 * @key: its key
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Puts the key into the keyring, in place of an older one of the same origin. Fails like
 * [method@Yj.Secrets.lookup_async].
 */
void
yj_secrets_store_async (YjSecrets           *self,
                        const char          *origin,
                        const char          *key,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (YJ_IS_SECRETS (self));
  g_return_if_fail (origin != NULL);
  g_return_if_fail (key != NULL);

  ask (begin (self, origin, key, cancellable, callback, user_data, yj_secrets_store_async), store_asked_cb);
}

/**
 * yj_secrets_store_finish:
 * @self: keys
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the keyring has it
 */
gboolean
yj_secrets_store_finish (YjSecrets     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---------------------------------------------------------------- clearing */

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    fail (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
clear_asked_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  gboolean any;

  if (!answered (task, result, &any))
    return;
  if (any)
    secret_password_clear (get_schema (), call->cancellable, cleared_cb, g_steal_pointer (&task), "origin", call->origin, NULL);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * yj_secrets_clear_async:
 * @self: keys
 * @origin: a base URL
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Forgets the key of this run at once and takes the stored one out of the keyring. That there was none is no error.
 * Fails like [method@Yj.Secrets.lookup_async].
 */
void
yj_secrets_clear_async (YjSecrets           *self,
                        const char          *origin,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (YJ_IS_SECRETS (self));
  g_return_if_fail (origin != NULL);

  g_hash_table_remove (self->for_run, origin);
  ask (begin (self, origin, NULL, cancellable, callback, user_data, yj_secrets_clear_async), clear_asked_cb);
}

/**
 * yj_secrets_clear_finish:
 * @self: keys
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether none is stored any more
 */
gboolean
yj_secrets_clear_finish (YjSecrets     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
