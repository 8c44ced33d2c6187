/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's own models in their file: one writer at a time, so that an older text never comes last. */
#include "yj-session-private.h"

static void save (YjSession *self);

/**
 * yj_session_new_overlay_file:
 *
 * Returns: (transfer full): the file with the person's own changes to the catalogue; it need not exist
 */
GFile *
yj_session_new_overlay_file (void)
{
  return g_file_new_build_filename (g_get_user_config_dir (), "yuanjing", "models.json", NULL);
}

typedef struct
{
  char *json;
  char *etag;                   /* of the file as we know it, then as we wrote it; NULL: it is not known */
} Text;

static void
text_free (Text *text)
{
  g_free (text->json);
  g_free (text->etag);
  g_free (text);
}

/* Whether somebody else has written it since. */
static gboolean
is_foreign (GFile      *file,
            const char *etag)
{
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL && g_strcmp0 (g_file_info_get_etag (info), etag) != 0;
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Text *text = task_data;
  g_autoptr(GFile) file = yj_session_new_overlay_file ();
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *etag = NULL;
  GError *error = NULL;

  (void) source;
  /* Where there can be no folder, the writing says so. */
  g_mkdir_with_parents (g_file_peek_path (folder), 0700);
  /* What a person wrote by hand and we did not read, or could not, stays beside it as models.json~. */
  if (g_file_replace_contents (file, text->json, strlen (text->json), NULL, is_foreign (file, text->etag), G_FILE_CREATE_PRIVATE,
                               &etag, cancellable, &error))
    {
      g_set_str (&text->etag, etag);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  YjSession *self = YJ_SESSION (object);
  g_autoptr(GError) error = NULL;
  GTask *waiter;

  (void) user_data;
  self->saving_catalog = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_set_str (&self->catalog_etag, ((Text *) g_task_get_task_data (G_TASK (result)))->etag);
  yj_session_set_error (self, "catalog-error", error);
  if (self->save_catalog_again)
    {
      save (self);
      return;
    }
  while ((waiter = g_queue_pop_head (&self->catalog_waiters)) != NULL)
    {
      g_task_return_boolean (waiter, TRUE);
      g_object_unref (waiter);
    }
}

static void
save (YjSession *self)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, written_cb, NULL);
  Text *text = g_new0 (Text, 1);

  text->json = yj_catalog_dup_overlay (self->catalog);
  text->etag = g_strdup (self->catalog_etag);
  g_task_set_source_tag (task, save);
  g_task_set_task_data (task, text, (GDestroyNotify) text_free);
  self->saving_catalog = TRUE;
  self->save_catalog_again = FALSE;
  g_task_run_in_thread (task, write_thread);
}

/**
 * yj_session_save_catalog:
 * @self: an opened session
 *
 * Keeps the person's own changes to the catalogue in `yuanjing/models.json` in the config folder. What somebody else
 * wrote there since it was read is kept beside it, as `models.json~`. A failure is told by
 * [property@Yj.Session:catalog-error].
 */
void
yj_session_save_catalog (YjSession *self)
{
  g_return_if_fail (YJ_IS_SESSION (self));
  g_return_if_fail (self->catalog != NULL);

  if (self->saving_catalog)
    self->save_catalog_again = TRUE;
  else
    save (self);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjSession *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL, *etag = NULL;
  gsize length = 0;

  if (!g_file_load_contents_finish (G_FILE (object), result, &json, &length, &etag, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_clear_error (&error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (error == NULL && yj_catalog_replace_overlay (self->catalog, json != NULL ? json : "{}", json != NULL ? (gssize) length : -1, &error))
    g_set_str (&self->catalog_etag, etag);
  yj_session_set_error (self, "catalog-error", error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
read_now_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(GFile) file = yj_session_new_overlay_file ();

  g_file_load_contents_async (file, g_task_get_cancellable (task), read_cb, task);
}

/**
 * yj_session_read_catalog_async:
 * @self: an opened session
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Reads the person's own file again, which may have been changed by hand; no file is as an empty one. Where it cannot be
 * read, the catalogue stays as it was and [property@Yj.Session:catalog-error] tells why.
 */
void
yj_session_read_catalog_async (YjSession           *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_SESSION (self));
  g_return_if_fail (self->catalog != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_session_read_catalog_async);
  yj_session_wait_for_catalog (self, read_now_cb, task);
}

/**
 * yj_session_read_catalog_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether the file is in use now
 */
gboolean
yj_session_read_catalog_finish (YjSession     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * yj_session_wait_for_catalog:
 * @self: an opened session
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Calls back when nothing of the person's own models is on its way to the disk.
 */
void
yj_session_wait_for_catalog (YjSession           *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, yj_session_wait_for_catalog);
  if (self->saving_catalog)
    {
      g_queue_push_tail (&self->catalog_waiters, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}
