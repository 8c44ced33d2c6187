/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "yj-library-private.h"
#include "yj-videos-place.h"

/**
 * YjLibrary:
 *
 * What is kept: conversations, messages, jobs and references, in one folder that holds `library.db` (SQLite),
 * `videos/` and `references/`.
 *
 * The database has one connection on one thread; what is asked here is queued for it and answered on the caller's
 * main context, in order. Several processes may have the same library open.
 */

enum
{
  FAILED,
  JOBS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjLibrary, yj_library, G_TYPE_OBJECT)

static void
yj_library_dispose (GObject *object)
{
  YjLibrary *self = YJ_LIBRARY (object);

  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->database, yj_database_stop);

  G_OBJECT_CLASS (yj_library_parent_class)->dispose (object);
}

static void
yj_library_finalize (GObject *object)
{
  YjLibrary *self = YJ_LIBRARY (object);

  g_clear_object (&self->folder);
  g_clear_object (&self->videos);
  g_clear_object (&self->conversations);
  g_clear_object (&self->prompts);
  g_clear_object (&self->recipes);
  g_clear_object (&self->trash);
  g_clear_pointer (&self->members, g_array_unref);
  g_clear_pointer (&self->unsaved, g_hash_table_unref);
  g_clear_pointer (&self->unsaved_drafts, g_hash_table_unref);
  g_clear_pointer (&self->messages, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_mutex_clear (&self->lock);
  g_clear_fd (&self->lock_fd, NULL);

  G_OBJECT_CLASS (yj_library_parent_class)->finalize (object);
}

static void
yj_library_class_init (YjLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_library_dispose;
  object_class->finalize = yj_library_finalize;

  /**
   * YjLibrary::failed:
   * @self: the library
   * @error: a `YJ_LIBRARY_ERROR`
   *
   * Something that nobody waits for, such as a message, could not be written.
   */
  signals[FAILED] = g_signal_new ("failed", YJ_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  /**
   * YjLibrary::jobs-changed:
   * @self: the library
   *
   * Another process wrote to the library.
   */
  signals[JOBS_CHANGED] = g_signal_new ("jobs-changed", YJ_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
yj_library_init (YjLibrary *self)
{
  self->lock_fd = -1;
  self->conversations = g_list_store_new (YJ_TYPE_CONVERSATION);
  self->trash = g_list_store_new (YJ_TYPE_CONVERSATION);
  self->unsaved = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->unsaved_drafts = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_mutex_init (&self->lock);
  self->messages = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) yj_message_row_free);
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) yj_conversation_row_free);
}

/* ---------------------------------------------------------------- shared by the files of this type */

/* Milliseconds, then 20 bits of chance, so that two processes do not meet; growing, so that the index grows at its end. */
gint64
yj_library_new_id (YjLibrary *self)
{
  gint64 id = (g_get_real_time () / 1000) << 20 | g_random_int_range (0, 1 << 20);

  self->last_id = MAX (id, self->last_id + 1);
  return self->last_id;
}

void
yj_library_push (YjLibrary      *self,
                 GTask          *task,
                 YjDatabaseFunc  func)
{
  if (self->database != NULL)
    yj_database_push (self->database, task, func);
  else
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The library is closed");
      g_object_unref (task);
    }
}

void
yj_library_tell_failed (YjLibrary *self,
                        GError    *error)
{
  g_debug ("Failed: %s", error->message);
  g_signal_emit (self, signals[FAILED], 0, error);
  g_error_free (error);
}

/* ---------------------------------------------------------------- what other processes write */

/* SQLite's own counter of commits by other connections; -1 when it cannot be read. */
static void
read_data_version (YjDatabase *database,
                   GTask      *task,
                   gpointer    task_data)
{
  gint64 version;

  if (!yj_database_get_int (database, "PRAGMA data_version", &version, NULL))
    version = -1;
  g_task_return_int (task, version);
}

static void look_for_changes (YjLibrary *self);

static void
look_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  gint64 version = g_task_propagate_int (G_TASK (result), NULL);

  self->looking = FALSE;
  if (version >= 0 && version != self->data_version)
    {
      self->data_version = version;
      g_signal_emit (self, signals[JOBS_CHANGED], 0);
    }
  if (self->look_again)
    look_for_changes (self);
}

static void
look_for_changes (YjLibrary *self)
{
  self->look_again = self->looking;
  if (self->looking || self->database == NULL)
    return;
  self->looking = TRUE;
  yj_library_push (self, g_task_new (self, NULL, look_cb, NULL), read_data_version);
}

static void
watch (YjLibrary *self)
{
  g_autoptr(GFile) log = g_file_get_child (self->folder, "library.db-wal");

  /* Our own writes wake us too; then the counter stands still and nothing is told. */
  self->monitor = g_file_monitor_file (log, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor == NULL)
    return;
  g_file_monitor_set_rate_limit (self->monitor, 200);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (look_for_changes), self, G_CONNECT_SWAPPED);
}

/* ---------------------------------------------------------------- opening */

typedef struct
{
  char      *folder;
  GPtrArray *conversations;     /* of YjConversationRow */
  gint64     data_version;
  int        lock_fd;
  gint64     holder;
} Opening;

static void
opening_free (Opening *opening)
{
  g_free (opening->folder);
  g_clear_pointer (&opening->conversations, g_ptr_array_unref);
  g_clear_fd (&opening->lock_fd, NULL);
  g_free (opening);
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  int code;

  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  code = errno;
  g_set_error (error, YJ_LIBRARY_ERROR,
               code == ENOSPC || code == EDQUOT ? YJ_LIBRARY_ERROR_FULL :
               code == EACCES || code == EPERM || code == EROFS ? YJ_LIBRARY_ERROR_READ_ONLY : YJ_LIBRARY_ERROR_FAILED,
               "%s: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
make_folders (const char  *folder,
              GError     **error)
{
  g_autofree char *videos = g_build_filename (folder, "videos", NULL);
  g_autofree char *references = g_build_filename (folder, "references", NULL);

  if (!make_folder (folder, error))
    return FALSE;
  yj_videos_place_recover (folder);
  /* a link that leads nowhere is a disk that is not connected: all but the videos can be used */
  return (g_file_test (videos, G_FILE_TEST_IS_SYMLINK) || make_folder (videos, error)) && make_folder (references, error);
}

/* Each process that has the library open locks one byte of library.lock, far apart by chance. The system lets go of
   it when the process ends, however it ends and whichever process namespace it lived in, as a process id cannot. */
static gboolean
lock_byte (Opening  *opening,
           GError  **error)
{
  g_autofree char *path = g_build_filename (opening->folder, "library.lock", NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };
  int result, code;

  result = opening->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  while (result >= 0)
    {
      lock.l_start = opening->holder = (gint64) g_random_int () << 16 | (g_random_int () & 0xffff);
      result = fcntl (opening->lock_fd, F_OFD_SETLK, &lock);
      if (result == 0)
        return TRUE;
      if (errno == EAGAIN || errno == EACCES)
        result = 0;
    }
  code = errno;
  g_set_error (error, YJ_LIBRARY_ERROR, code == EROFS || code == EACCES ? YJ_LIBRARY_ERROR_READ_ONLY : YJ_LIBRARY_ERROR_FAILED,
               "%s: %s", path, g_strerror (code));
  return FALSE;
}

static void
open_library (YjDatabase *database,
              GTask      *task,
              gpointer    task_data)
{
  Opening *opening = task_data;
  g_autoptr(GError) error = NULL;

  if (make_folders (opening->folder, &error) &&
      lock_byte (opening, &error) &&
      yj_database_open (database, opening->folder, &error) &&
      yj_rows_tidy (database, &error) &&
      yj_database_get_int (database, "PRAGMA data_version", &opening->data_version, &error) &&
      (opening->conversations = yj_rows_read_conversations (database, &error)) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    {
      yj_database_close (database);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjLibrary *self = YJ_LIBRARY (object);
  Opening *opening = g_task_get_task_data (G_TASK (result));
  g_autoptr(GPtrArray) conversations = NULL;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  conversations = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < opening->conversations->len; i++)
    {
      g_autoptr(YjConversation) conversation = yj_conversation_new_from_row (opening->conversations->pdata[i]);

      if (yj_conversation_get_trashed (conversation) == 0)
        g_ptr_array_add (conversations, g_steal_pointer (&conversation));
      else
        g_list_store_insert_sorted (self->trash, conversation, yj_library_compare_trashed, NULL);
    }
  g_list_store_splice (self->conversations, 0, 0, conversations->pdata, conversations->len);
  self->lock_fd = g_steal_fd (&opening->lock_fd);
  self->holder = opening->holder;
  self->data_version = opening->data_version;
  watch (self);
  yj_library_tidy_references (self);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/**
 * yj_library_new_default_folder:
 *
 * Returns: (transfer full): where the library lies: `YUANJING_DATA_DIR`, else in the user's data folder
 */
GFile *
yj_library_new_default_folder (void)
{
  const char *given = g_getenv ("YUANJING_DATA_DIR");

  if (given != NULL && *given != '\0')
    return g_file_new_for_path (given);

  return g_file_new_build_filename (g_get_user_data_dir (), "yuanjing", NULL);
}

/**
 * yj_library_open_async:
 * @folder: holds `library.db`, `videos/`, `references/`; made (0700) when missing; must have a local path
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Opens the library in @folder: checks the file, brings it to the newest schema (a copy of what it was is kept beside
 * it), ends what was still streaming when a process was killed, throws away what has been in the trash for 30 days.
 *
 * Fails with any `YJ_LIBRARY_ERROR`; the files are unchanged then.
 */
void
yj_library_open_async (GFile               *folder,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(YjLibrary) self = NULL;
  GTask *task, *work;
  Opening *opening;

  g_return_if_fail (G_IS_FILE (folder));
  g_return_if_fail (g_file_peek_path (folder) != NULL);

  self = g_object_new (YJ_TYPE_LIBRARY, NULL);
  self->folder = g_object_ref (folder);
  self->videos = g_file_get_child (folder, "videos");
  self->database = yj_database_new ();

  opening = g_new0 (Opening, 1);
  opening->folder = g_file_get_path (folder);
  opening->lock_fd = -1;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_open_async);
  work = g_task_new (self, cancellable, opened_cb, task);
  g_task_set_task_data (work, opening, (GDestroyNotify) opening_free);
  yj_library_push (self, work, open_library);
}

/**
 * yj_library_open_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the open library, or %NULL
 */
YjLibrary *
yj_library_open_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * yj_library_get_folder:
 * @self: a library
 *
 * Returns: (transfer none): the folder it lies in
 */
GFile *
yj_library_get_folder (YjLibrary *self)
{
  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);

  return self->folder;
}

/**
 * yj_library_get_videos_folder:
 * @self: a library
 *
 * Returns: (transfer none): where finished videos and their covers lie
 */
GFile *
yj_library_get_videos_folder (YjLibrary *self)
{
  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);

  return self->videos;
}

/* ---------------------------------------------------------------- closing */

static void
close_library (YjDatabase *database,
               GTask      *task,
               gpointer    task_data)
{
  int lock_fd = GPOINTER_TO_INT (task_data);

  yj_database_close (database);
  /* Only now: what we were driving may be taken over. */
  close (lock_fd);
  g_task_return_boolean (task, TRUE);
}

/**
 * yj_library_close_async:
 * @self: a library
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Waits until all that was asked before is on disk and closes the connection. What is asked afterwards fails with
 * `G_IO_ERROR_CLOSED`. Closing twice is harmless.
 */
void
yj_library_close_async (YjLibrary           *self,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, yj_library_close_async);
  if (self->database == NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  yj_library_try_again (self);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_task_set_task_data (task, GINT_TO_POINTER (g_steal_fd (&self->lock_fd)), NULL);
  yj_library_push (self, task, close_library);
  g_clear_pointer (&self->database, yj_database_stop);
}

/**
 * yj_library_close_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: %TRUE
 */
gboolean
yj_library_close_finish (YjLibrary     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
