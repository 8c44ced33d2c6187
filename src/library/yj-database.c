/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-database"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "yj-database.h"
#include "yj-library.h"
#include "yj-schema.h"

/* Another process may be checkpointing or migrating, and a disk may be slow: longer than either takes. */
#define BUSY_TIMEOUT_MS 10000

/* Who only looks can do without an answer. */
#define READ_TIMEOUT_MS 500

struct _YjDatabase
{
  GAsyncQueue *queue;           /* of Work */
  GThread     *thread;
  sqlite3     *handle;          /* touched by the thread only */
};

typedef struct
{
  GTask          *task;
  YjDatabaseFunc  func;         /* NULL: the end */
} Work;

#define ASSERT_THREAD(self) g_assert (g_thread_self () == (self)->thread)

/* ---------------------------------------------------------------- the thread */

static gpointer
work_thread (gpointer user_data)
{
  YjDatabase *self = user_data;
  gboolean running = TRUE;

  while (running)
    {
      Work *work = g_async_queue_pop (self->queue);

      if (work->func == NULL)
        running = FALSE;
      else if (!g_task_return_error_if_cancelled (work->task))
        work->func (self, work->task, g_task_get_task_data (work->task));
      g_clear_object (&work->task);
      g_free (work);
    }

  yj_database_close (self);
  g_async_queue_unref (self->queue);
  g_thread_unref (self->thread);
  g_free (self);
  return NULL;
}

/**
 * yj_database_new:
 *
 * Starts the thread that will own the connection. Nothing is opened yet: push a function that calls
 * yj_database_open().
 *
 * Returns: (transfer full): to be given up with yj_database_stop()
 */
YjDatabase *
yj_database_new (void)
{
  YjDatabase *self = g_new0 (YjDatabase, 1);

  self->queue = g_async_queue_new ();
  /* The thread compares itself with this field: it takes its first work only after it is set. */
  self->thread = g_thread_new ("yj-database", work_thread, self);
  return self;
}

/**
 * yj_database_stop:
 * @self: (transfer full): a database
 *
 * Lets the thread do what is queued, close the connection and end. Does not wait, so that it may be called from
 * any thread, the database's own included.
 */
void
yj_database_stop (YjDatabase *self)
{
  g_async_queue_push (self->queue, g_new0 (Work, 1));
}

/**
 * yj_database_push:
 * @self: a database
 * @task: (transfer full): what waits for the work; its task data goes to @func
 * @func: the work
 *
 * Queues work. What is pushed first is done first. A task cancelled before its turn is not begun.
 */
void
yj_database_push (YjDatabase     *self,
                  GTask          *task,
                  YjDatabaseFunc  func)
{
  Work *work = g_new (Work, 1);

  work->task = task;
  work->func = func;
  g_async_queue_push (self->queue, work);
}

/* ---------------------------------------------------------------- errors */

static int
error_code (int result,
            int system)
{
  if (system == ENOSPC || system == EDQUOT || system == EFBIG)
    return YJ_LIBRARY_ERROR_FULL;
  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return YJ_LIBRARY_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return YJ_LIBRARY_ERROR_BUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return YJ_LIBRARY_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return YJ_LIBRARY_ERROR_DAMAGED;
    case SQLITE_CANTOPEN:
      return system == EACCES || system == EROFS || system == EPERM ? YJ_LIBRARY_ERROR_READ_ONLY : YJ_LIBRARY_ERROR_FAILED;
    default:
      return YJ_LIBRARY_ERROR_FAILED;
    }
}

/**
 * yj_database_set_error:
 * @self: a database whose last call failed
 * @error: return location
 *
 * Makes a `YJ_LIBRARY_ERROR` of SQLite's last result code and, for input and output errors, of the system's.
 */
void
yj_database_set_error (YjDatabase  *self,
                       GError     **error)
{
  int result = sqlite3_extended_errcode (self->handle);
  int primary = result & 0xff;
  /* Only meaningful right after a failure of the file layer; else it is a number of long ago. */
  int system = primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN ? sqlite3_system_errno (self->handle) : 0;

  ASSERT_THREAD (self);
  g_set_error (error, YJ_LIBRARY_ERROR, error_code (result, system), "%s", sqlite3_errmsg (self->handle));
}

/* ---------------------------------------------------------------- statements */

static gboolean
bind_values (sqlite3_stmt *statement,
             const char   *types,
             va_list       values)
{
  int result = SQLITE_OK;

  for (int i = 0; types[i] != '\0' && result == SQLITE_OK; i++)
    switch (types[i])
      {
      case 'i':
        result = sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
        break;
      case 's':
        /* Valid until the caller lets go of the statement, which is before it lets go of the text. */
        result = sqlite3_bind_text (statement, i + 1, va_arg (values, const char *), -1, SQLITE_STATIC);
        break;
      default:
        g_assert_not_reached ();
      }
  return result == SQLITE_OK;
}

static sqlite3_stmt *
prepare_valist (YjDatabase  *self,
                GError     **error,
                const char  *sql,
                const char  *types,
                va_list      values)
{
  sqlite3_stmt *statement = NULL;

  ASSERT_THREAD (self);

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL) == SQLITE_OK && bind_values (statement, types, values))
    return statement;
  yj_database_set_error (self, error);
  sqlite3_finalize (statement);
  return NULL;
}

/**
 * yj_database_prepare:
 * @self: a database
 * @error: return location
 * @sql: one statement
 * @types: a letter for each value: `i` a #gint64, `s` a string or %NULL
 * @...: the values; strings must outlive the statement
 *
 * Returns: (nullable): the statement, freed with sqlite3_finalize(), or %NULL with @error
 */
sqlite3_stmt *
yj_database_prepare (YjDatabase  *self,
                     GError     **error,
                     const char  *sql,
                     const char  *types,
                     ...)
{
  va_list values;
  sqlite3_stmt *statement;

  va_start (values, types);
  statement = prepare_valist (self, error, sql, types, values);
  va_end (values);
  return statement;
}

/**
 * yj_database_step:
 * @self: a database
 * @statement: a statement of it
 * @error: return location
 *
 * Returns: %TRUE when there is a row to read; %FALSE at the end, or with @error set
 */
gboolean
yj_database_step (YjDatabase    *self,
                  sqlite3_stmt  *statement,
                  GError       **error)
{
  int result;

  ASSERT_THREAD (self);

  result = sqlite3_step (statement);
  if (result != SQLITE_ROW && result != SQLITE_DONE)
    yj_database_set_error (self, error);
  return result == SQLITE_ROW;
}

/**
 * yj_database_run:
 * @self: a database
 * @error: return location
 * @sql: one statement
 * @types: as for yj_database_prepare()
 * @...: as for yj_database_prepare()
 *
 * Runs a statement to its end and throws its rows away.
 *
 * Returns: whether it ran
 */
gboolean
yj_database_run (YjDatabase  *self,
                 GError     **error,
                 const char  *sql,
                 const char  *types,
                 ...)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  va_list values;
  int result;

  va_start (values, types);
  statement = prepare_valist (self, error, sql, types, values);
  va_end (values);
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    ;
  if (result != SQLITE_DONE)
    yj_database_set_error (self, error);
  return result == SQLITE_DONE;
}

/**
 * yj_database_exec:
 * @self: a database
 * @sql: statements
 * @error: return location
 *
 * Runs statements one after the other, up to the first that fails.
 *
 * Returns: whether all ran
 */
gboolean
yj_database_exec (YjDatabase  *self,
                  const char  *sql,
                  GError     **error)
{
  ASSERT_THREAD (self);

  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  yj_database_set_error (self, error);
  return FALSE;
}

/**
 * yj_database_get_int:
 * @self: a database
 * @sql: a query without values that gives one number
 * @value: (out): the number
 * @error: return location
 *
 * Returns: whether there was one
 */
gboolean
yj_database_get_int (YjDatabase  *self,
                     const char  *sql,
                     gint64      *value,
                     GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = yj_database_prepare (self, error, sql, "");

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    {
      yj_database_set_error (self, error);
      return FALSE;
    }
  *value = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

/**
 * yj_database_transact:
 * @self: a database
 * @func: what is to happen whole or not at all
 * @data: data for @func
 * @error: return location
 *
 * One transaction that may write from its start, so that what it read first is still true when it writes. When it
 * returns %TRUE, all is on the disk.
 *
 * Returns: whether it was committed
 */
gboolean
yj_database_transact (YjDatabase         *self,
                      YjTransactionFunc   func,
                      gpointer            data,
                      GError            **error)
{
  if (!yj_database_run (self, error, "BEGIN IMMEDIATE", ""))
    return FALSE;
  if (func (self, data, error) && yj_database_run (self, error, "COMMIT", ""))
    return TRUE;
  /* Some failures have rolled back already; then this one has nothing to do. */
  if (!sqlite3_get_autocommit (self->handle))
    yj_database_run (self, NULL, "ROLLBACK", "");
  return FALSE;
}

/**
 * yj_database_dup_text:
 * @statement: a statement at a row
 * @column: a column's number
 *
 * What a file holds need not be UTF-8, whoever wrote it: it is made valid here.
 *
 * Returns: (nullable) (transfer full): the text, %NULL where the column is
 */
char *
yj_database_dup_text (sqlite3_stmt *statement,
                      int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  if (text == NULL)
    return NULL;
  return g_utf8_validate (text, -1, NULL) ? g_strdup (text) : g_utf8_make_valid (text, -1);
}

/* ---------------------------------------------------------------- opening */

static gboolean
make_private_file (const char  *path,
                   GError     **error)
{
  /* SQLite would make it readable by others; its -wal and -shm files take the mode from this one. */
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
  int code = errno;

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  g_set_error (error, YJ_LIBRARY_ERROR, error_code (SQLITE_CANTOPEN, code), "%s: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
configure (YjDatabase  *self,
           GError     **error)
{
  static const char * const pragmas[] = {
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = FAST",
    "PRAGMA synchronous = FULL",
    "PRAGMA journal_size_limit = 16777216",
  };

  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    if (!yj_database_run (self, error, pragmas[i], ""))
      return FALSE;
  return TRUE;
}

/* The change of journal does not ask the busy handler when two do it at once. */
static gboolean
use_wal (YjDatabase  *self,
         GError     **error)
{
  for (int try = 0; ; try++)
    {
      g_autoptr(GError) local_error = NULL;

      if (yj_database_run (self, &local_error, "PRAGMA journal_mode = WAL", ""))
        return TRUE;
      if (try == 500 || !g_error_matches (local_error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_usleep (20 * 1000);
    }
}

static gboolean
check_table (YjDatabase  *self,
             const char  *name,
             GError     **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  char *sql = sqlite3_mprintf ("PRAGMA quick_check(%Q)", name);
  g_autofree char *verdict = NULL;

  statement = yj_database_prepare (self, error, sql, "");
  sqlite3_free (sql);
  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    {
      yj_database_set_error (self, error);
      return FALSE;
    }
  verdict = yj_database_dup_text (statement, 0);
  if (g_strcmp0 (verdict, "ok") == 0)
    return TRUE;
  g_set_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_DAMAGED, "%s: %s", name, verdict != NULL ? verdict : "no verdict");
  return FALSE;
}

/* Every table that lies in the file. Asked for the whole file, SQLite would also read through the search index as such,
   which takes ten times as long as all the rest. */
static gboolean
check (YjDatabase  *self,
       GError     **error)
{
  g_autoptr(sqlite3_stmt) tables = NULL;
  GError *local_error = NULL;

  tables = yj_database_prepare (self, error, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0", "");
  if (tables == NULL)
    return FALSE;
  while (yj_database_step (self, tables, &local_error))
    {
      g_autofree char *name = yj_database_dup_text (tables, 0);

      if (!check_table (self, name, error))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/**
 * yj_database_open_file:
 * @self: a database that is not open
 * @path: the file; made with mode 0600 when missing
 * @error: return location
 *
 * The first part of yj_database_open(): the connection, as we want it, without a look at what is in the file.
 *
 * Returns: whether it is open
 */
gboolean
yj_database_open_file (YjDatabase  *self,
                       const char  *path,
                       GError     **error)
{
  ASSERT_THREAD (self);
  g_assert (self->handle == NULL);

  if (!make_private_file (path, error))
    return FALSE;
  if (sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      yj_database_set_error (self, error);
      return FALSE;
    }
  if (!configure (self, error))
    return FALSE;
  if (sqlite3_db_readonly (self->handle, "main") == 1)
    {
      g_set_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_READ_ONLY, "%s cannot be written", path);
      return FALSE;
    }
  return TRUE;
}

/**
 * yj_database_open:
 * @self: a database that is not open
 * @folder: where `library.db` lies or will lie; must exist
 * @error: return location
 *
 * Opens `library.db`, made with mode 0600 when missing: write-ahead log, every commit synced, foreign keys, and
 * nothing in the file trusted. It is checked (`quick_check`) and brought to the newest schema.
 *
 * Fails with any `YJ_LIBRARY_ERROR`; the connection is closed then and a file that was there is unchanged.
 *
 * Returns: whether it is open
 */
gboolean
yj_database_open (YjDatabase  *self,
                  const char  *folder,
                  GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);

  if (yj_database_open_file (self, path, error) &&
      yj_schema_check_version (self, error) &&
      use_wal (self, error) &&
      check (self, error) &&
      yj_schema_migrate (self, folder, error))
    return TRUE;
  yj_database_close (self);
  return FALSE;
}

/**
 * yj_database_open_to_read:
 * @self: a database that is not open
 * @folder: where `library.db` may lie
 * @error: return location
 *
 * Opens `library.db` for a look, beside whoever works with it: nothing is made, migrated, checked or changed, and a
 * writer is not waited for long. The connection is one that could write, held back by SQLite itself, so that, closed
 * last, it takes away the two files of the log that reading needs.
 *
 * Fails with any `YJ_LIBRARY_ERROR`, also for a file of an older version.
 *
 * Returns: whether it is open
 */
gboolean
yj_database_open_to_read (YjDatabase  *self,
                          const char  *folder,
                          GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);

  ASSERT_THREAD (self);
  g_assert (self->handle == NULL);

  if (sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    yj_database_set_error (self, error);
  else if (configure (self, error) && yj_database_run (self, error, "PRAGMA query_only = ON", ""))
    {
      sqlite3_busy_timeout (self->handle, READ_TIMEOUT_MS);
      if (yj_schema_is_newest (self, error))
        return TRUE;
    }
  yj_database_close (self);
  return FALSE;
}

/**
 * yj_database_is_moved:
 * @self: an open database
 *
 * Returns: whether its file is not where it was opened any more, or another lies there
 */
gboolean
yj_database_is_moved (YjDatabase *self)
{
  int moved = 0;

  ASSERT_THREAD (self);

  return sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || moved != 0;
}

/**
 * yj_database_close:
 * @self: a database
 *
 * Closes the connection, if any; the last one of a file takes its log into the file.
 */
void
yj_database_close (YjDatabase *self)
{
  ASSERT_THREAD (self);

  if (self->handle != NULL)
    sqlite3_close_v2 (g_steal_pointer (&self->handle));
}
