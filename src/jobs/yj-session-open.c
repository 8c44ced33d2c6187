/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening: the library with all that lies on it, and the key, side by side. */
#define G_LOG_DOMAIN "yj-session"

#include "yj-session-private.h"

#include <glib/gi18n-lib.h>

#define KEY_SECONDS 3           /* how long opening waits for the keyring */

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
drafts_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  /* the rest is of use without them */
  if (!yj_draft_list_load_finish (YJ_DRAFT_LIST (object), result, &error))
    g_debug ("The drafts cannot be read: %s", error->message);
  part_done (task);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjSession *self = g_task_get_source_object (task);
  Open *open = g_task_get_task_data (task);

  if (yj_job_queue_load_finish (YJ_JOB_QUEUE (object), result, &open->error))
    yj_draft_list_load_async (self->drafts, g_task_get_cancellable (task), drafts_cb, g_object_ref (task));
  else
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
  g_autofree char *json = NULL, *etag = NULL;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (object), result, &json, &length, &etag, &error) &&
      yj_catalog_overlay (self->catalog, json, (gssize) length, &error))
    g_set_str (&self->catalog_etag, etag);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    yj_session_set_error (self, "catalog-error", error);

  self->chat = yj_chat_new (self->library);
  self->drafts = yj_draft_list_new (self->library, self->catalog);
  self->queue = yj_job_queue_new (self->library, self->catalog, self->drive_jobs);
  /* the key may have been quicker */
  yj_chat_set_platform (self->chat, self->platform);
  yj_job_queue_set_platform (self->queue, self->platform, self->sandbox != NULL);
  yj_job_queue_load_async (self->queue, g_task_get_cancellable (task), loaded_cb, task);
}

static void
library_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  YjSession *self = g_task_get_source_object (task);
  Open *open = g_task_get_task_data (task);
  g_autoptr(GFile) overlay = yj_session_new_overlay_file ();

  self->library = yj_library_open_finish (result, &open->error);
  if (self->library == NULL)
    {
      part_done (task);
      g_object_unref (task);
      return;
    }

  self->videos_move = yj_videos_move_new (yj_library_get_folder (self->library));
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
      yj_session_set_error (self, "key-error", error);
      if (key != NULL)
        yj_session_take_key (self, key);
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
  yj_session_set_error (self, "key-error", error);
  part_done (task);

  return G_SOURCE_REMOVE;
}

static void
look_for_key (YjSession *self,
              GTask     *task)
{
  const char *given = g_getenv ("YUANJING_API_KEY");
  Open *open = g_task_get_task_data (task);

  /* who is on the sandbox already needs none, and is not asked to unlock a keyring */
  if (self->sandbox != NULL)
    return;

  if (given != NULL && *given != '\0')
    {
      char *clean = yj_secrets_clean_key (given);

      yj_session_take_key (self, clean != NULL ? clean : given);
      yj_secrets_free_key (clean);
      return;
    }

  open->pending++;
  open->choice = self->choice;
  open->key_id = g_timeout_add_seconds (KEY_SECONDS, key_slow_cb, task);
  yj_secrets_lookup_async (self->secrets, self->base_url, g_task_get_cancellable (task), key_cb, g_object_ref (task));
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
  g_autoptr(GFile) folder = yj_library_new_default_folder ();
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
