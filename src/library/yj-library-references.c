/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "yj-library-private.h"

#define BLOCK (256 * 1024)
#define HASH_CHARS 64
#define KEPT_DAYS 30

/**
 * yj_reference_free:
 * @reference: (transfer full): a reference
 *
 * Frees what tells of the file; the file stays.
 */
void
yj_reference_free (YjReference *reference)
{
  g_free (reference->sha256);
  g_clear_object (&reference->file);
  g_free (reference);
}

typedef struct
{
  char *source;
  char *folder;                 /* …/references */
  char *extension;
} Keep;

static void
keep_free (Keep *keep)
{
  g_free (keep->source);
  g_free (keep->folder);
  g_free (keep->extension);
  g_free (keep);
}

static void
set_system_error (GError     **error,
                  const char  *path,
                  int          code)
{
  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    g_set_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_FULL, "%s: %s", path, g_strerror (code));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
}

/* Opens what is a file with something in it; a FIFO without a writer, a device or a folder does not hold us up. */
static int
open_source (const char   *path,
             struct stat  *facts,
             GError      **error)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0);

  if (fd < 0 || fstat (fd, facts) != 0)
    set_system_error (error, path, errno);
  else if (S_ISDIR (facts->st_mode))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "%s is a folder", path);
  else if (!S_ISREG (facts->st_mode))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s is no regular file", path);
  else if (facts->st_size == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is empty", path);
  else
    return g_steal_fd (&fd);
  return -1;
}

static gboolean
write_all (int         fd,
           const char *data,
           gsize       length)
{
  while (length > 0)
    {
      ssize_t written = write (fd, data, length);

      if (written < 0 && errno != EINTR)
        return FALSE;
      if (written > 0)
        {
          data += written;
          length -= written;
        }
    }
  return TRUE;
}

/* Copies @from into @to, which is synced then. Returns the hash in hex. */
static char *
copy_and_hash (Keep          *keep,
               int            from,
               struct stat   *before,
               int            to,
               const char    *part,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *block = g_malloc (BLOCK);
  struct stat after;
  gint64 size = 0;
  ssize_t n;

  while ((n = read (from, block, BLOCK)) != 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_system_error (error, keep->source, errno);
          return NULL;
        }
      g_checksum_update (checksum, (guchar *) block, n);
      size += n;
      if (!write_all (to, block, n))
        {
          set_system_error (error, part, errno);
          return NULL;
        }
    }
  if (fstat (from, &after) != 0 || after.st_size != size || before->st_size != size ||
      after.st_mtim.tv_sec != before->st_mtim.tv_sec || after.st_mtim.tv_nsec != before->st_mtim.tv_nsec)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s changed while it was read", keep->source);
      return NULL;
    }
  if (fsync (to) != 0)
    {
      set_system_error (error, part, errno);
      return NULL;
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static void
sync_folder (const char *path)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0)
    fsync (fd);
}

/* Gives the finished copy its place; one that is there already is as good. */
static char *
settle (Keep        *keep,
        const char  *part,
        const char  *hash,
        GError     **error)
{
  g_autofree char *folder = g_strdup_printf ("%s/%.2s", keep->folder, hash);
  g_autofree char *path = g_strdup_printf ("%s/%s.%s", folder, hash, keep->extension);

  if (g_mkdir (folder, 0700) != 0 && errno != EEXIST)
    set_system_error (error, folder, errno);
  /* Also renews its time, from which the month counts that it may lie unused. */
  else if (g_rename (part, path) != 0)
    set_system_error (error, path, errno);
  else
    {
      sync_folder (folder);
      sync_folder (keep->folder);
      return g_steal_pointer (&path);
    }
  return NULL;
}

/* Whether the file lies in the library already, by its place and name. */
static char *
get_known_hash (Keep *keep)
{
  const char *rest = g_str_has_prefix (keep->source, keep->folder) ? keep->source + strlen (keep->folder) : NULL;
  g_autofree char *hash = NULL;

  /* "/ab/" and the hash, then the extension. */
  if (rest == NULL || strlen (rest) < 4 + HASH_CHARS || rest[0] != '/' || rest[3] != '/')
    return NULL;
  hash = g_strndup (rest + 4, HASH_CHARS);
  if (strspn (hash, "0123456789abcdef") != HASH_CHARS || rest[4 + HASH_CHARS] != '.' || strchr (rest + 4, '/') != NULL)
    return NULL;
  return g_steal_pointer (&hash);
}

static char *
copy_into_place (Keep          *keep,
                 int            from,
                 struct stat   *facts,
                 char         **hash,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autofree char *part = g_strdup_printf ("%s/XXXXXX.part", keep->folder);
  g_autofd int to = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);
  char *path = NULL;

  if (to < 0)
    {
      set_system_error (error, keep->folder, errno);
      return NULL;
    }
  *hash = copy_and_hash (keep, from, facts, to, part, cancellable, error);
  if (*hash != NULL)
    path = settle (keep, part, *hash, error);
  if (path == NULL)
    {
      g_unlink (part);
      g_clear_pointer (hash, g_free);
    }
  return path;
}

static void
keep_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Keep *keep = task_data;
  g_autofree char *path = NULL;
  char *hash = get_known_hash (keep);
  YjReference *reference;
  struct stat facts;
  GError *error = NULL;
  g_autofd int from = open_source (keep->source, &facts, &error);

  if (from >= 0 && hash != NULL)
    {
      futimens (from, NULL);
      path = g_strdup (keep->source);
    }
  else if (from >= 0)
    path = copy_into_place (keep, from, &facts, &hash, cancellable, &error);
  if (path == NULL)
    {
      g_free (hash);
      g_task_return_error (task, error);
      return;
    }
  reference = g_new (YjReference, 1);
  reference->sha256 = hash;
  reference->file = g_file_new_for_path (path);
  reference->size = facts.st_size;
  g_task_return_pointer (task, reference, (GDestroyNotify) yj_reference_free);
}

/**
 * yj_library_keep_reference_async:
 * @self: a library
 * @file: a file with a local path
 * @extension: letters and digits, without dot
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Copies @file byte for byte to `references/ab/HASH.EXTENSION` on a thread of its own and hashes it on the way. The
 * copy appears whole and synced, or not at all; the same content is kept once; a file that lies there already is not
 * copied again.
 *
 * Fails with `YJ_LIBRARY_ERROR_FULL` when the disk is, `G_IO_ERROR_IS_DIRECTORY` or `G_IO_ERROR_NOT_REGULAR_FILE` for
 * what is no file, `G_IO_ERROR_INVALID_DATA` for 0 bytes, `G_IO_ERROR_BUSY` for a file that changed while it was read,
 * and any other `G_IO_ERROR`.
 */
void
yj_library_keep_reference_async (YjLibrary           *self,
                                 GFile               *file,
                                 const char          *extension,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;
  Keep *keep;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (extension != NULL && *extension != '\0' && strspn (extension, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS) == strlen (extension));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_keep_reference_async);
  keep = g_new0 (Keep, 1);
  keep->source = g_file_get_path (file);
  keep->folder = g_build_filename (g_file_peek_path (self->folder), "references", NULL);
  keep->extension = g_ascii_strdown (extension, -1);
  g_task_set_task_data (task, keep, (GDestroyNotify) keep_free);
  if (keep->source != NULL)
    g_task_run_in_thread (task, keep_thread);
  else
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "The file is not on this machine");
  g_object_unref (task);
}

/**
 * yj_library_keep_reference_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the copy, or %NULL
 */
YjReference *
yj_library_keep_reference_finish (YjLibrary     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---------------------------------------------------------------- tidying */

typedef void (*NameFunc) (const char *name,
                          gpointer    data);

/* Calls @func with "ab/HASH.ext" for every reference that a recipe names. */
static void
foreach_name (const char *recipe,
              NameFunc    func,
              gpointer    data)
{
  for (const char *p = recipe; p != NULL && (p = strstr (p, "references/")) != NULL;)
    {
      gsize length;

      p += strlen ("references/");
      length = strspn (p, G_CSET_DIGITS G_CSET_a_2_z "/.");
      if (length > 3 + HASH_CHARS && p[2] == '/' && strcspn (p + 3, "/.") == HASH_CHARS)
        {
          g_autofree char *name = g_strndup (p, length);

          func (name, data);
        }
    }
}

static void
add_hash (const char *name,
          gpointer    data)
{
  g_hash_table_add (data, g_strndup (name + 3, HASH_CHARS));
}

/* The hashes of all references that any job or draft names in its recipe, or that the person gave a name or a note. */
static GHashTable *
read_needed (YjDatabase *database)
{
  g_autoptr(GHashTable) needed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *error = NULL;

  statement = yj_database_prepare (database, &error, "SELECT recipe FROM jobs WHERE instr (recipe, 'references/')"
                                   " UNION ALL SELECT recipe FROM drafts WHERE instr (recipe, 'references/')"
                                   /* as a recipe would name them; what the file's name ends with does not matter */
                                   " UNION ALL SELECT 'references/' || substr (sha256, 1, 2) || '/' || sha256 || '.' FROM reference_notes"
                                   "  WHERE name <> '' OR note <> ''", "");
  while (statement != NULL && yj_database_step (database, statement, &error))
    {
      g_autofree char *recipe = yj_database_dup_text (statement, 0);

      foreach_name (recipe, add_hash, needed);
    }
  if (error == NULL)
    return g_steal_pointer (&needed);
  g_debug ("Cannot tell which references are needed: %s", error->message);
  g_error_free (error);
  return NULL;
}

static void
touch (const char *name,
       gpointer    data)
{
  g_autofree char *path = g_build_filename (data, "references", name, NULL);

  utimensat (AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW);
}

void
yj_library_renew_references (const char *folder,
                             const char *recipe)
{
  foreach_name (recipe, touch, (gpointer) folder);
}

static void
tidy_folder (const char *path,
             GHashTable *needed,
             gboolean    top)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *hash = g_strndup (name, HASH_CHARS);
      gboolean part = g_str_has_suffix (name, ".part");
      struct stat facts;

      if (lstat (child, &facts) != 0)
        continue;
      if (S_ISDIR (facts.st_mode) && top)
        tidy_folder (child, needed, FALSE);
      else if (S_ISREG (facts.st_mode) && (part || !g_hash_table_contains (needed, hash)) &&
               facts.st_mtime < now - (part ? 1 : KEPT_DAYS) * 24 * 60 * 60)
        g_unlink (child);
    }
}

static void
tidy_references (YjDatabase *database,
                 GTask      *task,
                 gpointer    task_data)
{
  g_autoptr(GHashTable) needed = read_needed (database);

  if (needed != NULL)
    tidy_folder (task_data, needed, TRUE);
  g_task_return_boolean (task, TRUE);
}

void
yj_library_tidy_references (YjLibrary *self)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (task, g_build_filename (g_file_peek_path (self->folder), "references", NULL), g_free);
  yj_library_push (self, task, tidy_references);
}
